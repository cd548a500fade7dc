//! What the keyed hashes of the trail are over. Every part goes in with its length in front, so that
//! no two different rows have the same message, and every message begins with what it is.

use super::entry::EntryRow;
use crate::columns::count;
use portal_host::{AuditKeys, KeyId};
use sha2::{Digest, Sha256};

/// The hash that the first entry of a chain and the first checkpoint have for a predecessor.
pub(super) const NOTHING_BEFORE: [u8; 32] = [0; 32];

/// A message under construction.
struct Message(Vec<u8>);

impl Message {
    fn of(kind: &str) -> Self {
        Self(Vec::with_capacity(256)).text(kind)
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend((bytes.len() as u64).to_be_bytes());
        self.0.extend(bytes);
        self
    }

    fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    fn number(self, number: i64) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    /// An absent text is not an empty one.
    fn maybe(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.bytes(&[1]).text(text),
            None => self.bytes(&[0]),
        }
    }
}

/// A keyed hash as it is stored.
pub(crate) struct Seal {
    pub(crate) key_id: i64,
    pub(crate) mac: [u8; 32],
}

/// Whether a stored hash is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong,
    /// It names a key that is not in the key file.
    UnknownKey,
}

fn seal(keys: &AuditKeys, message: &Message) -> Seal {
    let (KeyId(key), mac) = keys.mac(&message.0);
    Seal { key_id: key.into(), mac }
}

fn check(keys: &AuditKeys, message: &Message, key_id: i64, mac: &[u8]) -> Verdict {
    let Ok(mac) = mac.try_into() else { return Verdict::Wrong };
    let Ok(key) = u32::try_from(key_id) else { return Verdict::UnknownKey };
    match keys.verifies(KeyId(key), &message.0, mac) {
        Some(true) => Verdict::Right,
        Some(false) => Verdict::Wrong,
        None => Verdict::UnknownKey,
    }
}

/// An entry, after the one with the hash `before`.
fn entry_message(practice: &str, entry: &EntryRow, before: &[u8]) -> Message {
    Message::of("audit entry 1")
        .text(practice)
        .text(&entry.chain)
        .number(entry.sequence)
        .number(entry.epoch)
        .number(entry.at)
        .text(&entry.actor_kind)
        .text(&entry.actor_key)
        .text(&entry.actor_name)
        .maybe(entry.address.as_deref())
        .text(&entry.action)
        .maybe(entry.detail.as_deref())
        .bytes(before)
}

pub(super) fn seal_entry(keys: &AuditKeys, practice: &str, entry: &EntryRow, before: &[u8]) -> Seal {
    seal(keys, &entry_message(practice, entry, before))
}

pub(super) fn check_entry(keys: &AuditKeys, practice: &str, entry: &EntryRow, before: &[u8]) -> Verdict {
    check(keys, &entry_message(practice, entry, before), entry.key_id, &entry.mac)
}

/// The head of a chain: how long it is and the hash of its newest entry.
fn head_message(practice: &str, chain: &str, length: i64, mac: &[u8]) -> Message {
    Message::of("audit head 1").text(practice).text(chain).number(length).bytes(mac)
}

pub(super) fn seal_head(keys: &AuditKeys, practice: &str, chain: &str, length: i64, mac: &[u8]) -> Seal {
    seal(keys, &head_message(practice, chain, length, mac))
}

pub(super) fn check_head(keys: &AuditKeys, practice: &str, head: &HeadRow) -> Verdict {
    let message = head_message(practice, &head.chain, head.length, &head.mac);
    check(keys, &message, head.key_id, &head.seal)
}

/// A stored head of a chain.
#[derive(sqlx::FromRow)]
pub(crate) struct HeadRow {
    pub(crate) chain: String,
    pub(crate) length: i64,
    pub(crate) mac: Vec<u8>,
    pub(crate) key_id: i64,
    pub(crate) seal: Vec<u8>,
}

/// The heads of a checkpoint, one after the other in order of their chains: however many there are,
/// they come to 32 bytes.
#[derive(Default)]
pub(super) struct Heads {
    digest: Sha256,
    count: u64,
}

impl Heads {
    pub(super) fn add(&mut self, chain: &str, length: i64, mac: &[u8]) {
        let head = Message::of("audit checkpoint head 1").text(chain).number(length).bytes(mac);
        self.digest.update((head.0.len() as u64).to_be_bytes());
        self.digest.update(head.0);
        self.count = self.count.saturating_add(1);
    }

    fn message(self, practice: &str, number: i64, at: i64, before: &[u8]) -> Message {
        Message::of("audit checkpoint 1")
            .text(practice)
            .number(number)
            .number(at)
            .bytes(&self.count.to_be_bytes())
            .bytes(&self.digest.finalize())
            .bytes(before)
    }

    pub(super) fn seal(self, keys: &AuditKeys, practice: &str, number: i64, at: i64, before: &[u8]) -> Seal {
        seal(keys, &self.message(practice, number, at, before))
    }

    pub(super) fn check(
        self,
        keys: &AuditKeys,
        practice: &str,
        checkpoint: &CheckpointRow,
        before: &[u8],
    ) -> Verdict {
        let message = self.message(practice, checkpoint.number, checkpoint.at, before);
        check(keys, &message, checkpoint.key_id, &checkpoint.mac)
    }
}

/// A stored checkpoint.
#[derive(sqlx::FromRow)]
pub(crate) struct CheckpointRow {
    pub(crate) number: i64,
    pub(crate) at: i64,
    pub(crate) key_id: i64,
    pub(crate) mac: Vec<u8>,
}

impl CheckpointRow {
    pub(super) fn number(&self) -> u64 {
        count(self.number)
    }
}
