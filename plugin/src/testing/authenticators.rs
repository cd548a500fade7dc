//! What patients log in with besides a password, as software: an app that shows codes, and a device
//! that keeps a passkey.

use base64ct::{Base64UrlUnpadded, Encoding};
use ciborium::Value;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret};

use super::memory::Memory;
use crate::patient::response::Response;

/// An app on a phone.
pub(super) struct App(Secret);

impl App {
    /// Scans the code on the page where an app is added.
    pub(super) fn scanning(page: &Response) -> Self {
        Self(Secret::try_from_base32(between(page, "name=\"secret\" value=\"", "\"")).unwrap())
    }

    /// What the form carries back.
    pub(super) fn secret(&self) -> String {
        self.0.to_base32()
    }

    /// What it shows now.
    pub(super) fn code(&self, ehr: &Memory) -> String {
        self.code_at(ehr.now.get())
    }

    pub(super) fn code_at(&self, at: u64) -> String {
        Builder::new().with_secret(self.0.clone()).build().unwrap().generate(at).to_string()
    }
}

/// What stands on the page between these.
pub(super) fn between(page: &Response, before: &str, after: &str) -> String {
    let page = str::from_utf8(&page.body).unwrap();
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0.to_owned()
}

/// What a page asks a browser, which the page carries as JSON.
pub(super) fn asked(page: &Response) -> serde_json::Value {
    let options = between(page, "data-options=\"", "\"").replace("&#34;", "\"").replace("&quot;", "\"");
    serde_json::from_str(&options).unwrap()
}

/// A device with one passkey, and the browser it is used in.
pub(super) struct Device {
    key: SigningKey,
    pub(super) id: Vec<u8>,
    /// What it says its key is for.
    pub(super) algorithm: i64,
    /// How often it signed; zero where it does not count.
    pub(super) count: u32,
    /// Where the browser believes to be.
    pub(super) origin: &'static str,
}

impl Device {
    pub(super) fn new(number: u8) -> Self {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        Self {
            key,
            id: vec![number; 20],
            algorithm: -7,
            count: 0,
            origin: "https://portal.riverside.example",
        }
    }

    /// Answers what a page asks in order to add a passkey.
    pub(super) fn makes(&self, asked: &serde_json::Value) -> String {
        let client = self.client("webauthn.create", asked);
        let point = self.key.verifying_key().to_sec1_point(false);
        let number = |n: i64| Value::Integer(n.into());
        let key = Value::Map(vec![
            (number(1), number(2)),
            (number(3), number(self.algorithm)),
            (number(-1), number(1)),
            (number(-2), Value::Bytes(point.x().unwrap().to_vec())),
            (number(-3), Value::Bytes(point.y().unwrap().to_vec())),
        ]);
        let mut data = self.signed_data(asked["rp"]["id"].as_str().unwrap(), 0x41);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&key, &mut data).unwrap();
        let attestation = Value::Map(vec![
            (Value::Text("fmt".to_owned()), Value::Text("none".to_owned())),
            (Value::Text("attStmt".to_owned()), Value::Map(Vec::new())),
            (Value::Text("authData".to_owned()), Value::Bytes(data)),
        ]);
        let mut object = Vec::new();
        ciborium::into_writer(&attestation, &mut object).unwrap();
        let response = json!({ "clientDataJSON": text(&client), "attestationObject": text(&object) });
        json!({ "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "response": response })
            .to_string()
    }

    /// Answers what a page asks in order to log in.
    pub(super) fn signs(&self, asked: &serde_json::Value) -> String {
        let client = self.client("webauthn.get", asked);
        let data = self.signed_data(asked["rpId"].as_str().unwrap(), 0x01);
        let signed = [data.clone(), Sha256::digest(&client).to_vec()].concat();
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": text(&client),
            "authenticatorData": text(&data),
            "signature": text(signature.to_der().as_bytes()),
        });
        json!({ "id": text(&self.id), "rawId": text(&self.id), "type": "public-key", "response": response })
            .to_string()
    }

    fn client(&self, kind: &str, asked: &serde_json::Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": asked["challenge"], "origin": self.origin })
            .to_string()
            .into_bytes()
    }

    fn signed_data(&self, website: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(website.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.count.to_be_bytes());
        data
    }
}

fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}
