//! The staff session as the browser carries it: an unguessable token in a cookie, of which only the
//! SHA-256 is stored, and the two limits after which it is of no use.

use super::limits::{ABSOLUTE_LIMIT, IDLE_LIMIT};
use base16ct::{lower, mixed};
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use portal_host::identity::Timestamp;
use portal_host::{Entropy, NoEntropy};
use sha2::{Digest, Sha256};

/// What a browser keeps a token for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// To be signed in.
    Session,
    /// To show that the sign-in form was drawn for it. It stands for nothing else.
    Visit,
}

impl Cookie {
    /// The names a cookie of this kind goes by: over TLS, and on plain http, which is for loopback.
    /// The prefix keeps every other host, and plain HTTP, from setting it.
    pub(crate) const NAMES: [&str; 4] =
        ["__Host-ehr_session", "ehr_session", "__Host-ehr_visit", "ehr_visit"];

    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-ehr_session",
            (Self::Session, false) => "ehr_session",
            (Self::Visit, true) => "__Host-ehr_visit",
            (Self::Visit, false) => "ehr_visit",
        }
    }

    /// Tells the browser to forget it.
    pub(super) fn forgotten(self, secure: bool) -> HeaderValue {
        let header = format!("{}={}; Max-Age=0", self.name(secure), attributes(secure));
        // Only the constants above.
        HeaderValue::try_from(header).unwrap_or(HeaderValue::from_static(""))
    }
}

fn attributes(secure: bool) -> &'static str {
    if secure { "; HttpOnly; SameSite=Strict; Path=/; Secure" } else { "; HttpOnly; SameSite=Strict; Path=/" }
}
/// A session's token: 256 bits, as NIST SP 800-63B-4 section 5.1 asks no less than 64 for.
pub(super) struct Token([u8; 32]);

impl Token {
    /// A new one, never given out before.
    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The token a request carries, if it carries one well-formed token and no other cookie of its
    /// name: a page on another port of this host can plant one, and the browser does not say which
    /// is ours.
    pub(super) fn of(headers: &HeaderMap, cookie: Cookie, secure: bool) -> Option<Self> {
        let wanted = cookie.name(secure);
        let mut sent = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == wanted);
        let (_, value) = sent.next()?;
        if sent.next().is_none() { Self::parse(value) } else { None }
    }

    /// What is stored, and found again, in its place.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// What a form carries to show that it was drawn for the browser that keeps this token. It tells
    /// nothing of the token, and another website can neither read nor make it.
    pub(super) fn for_form(&self) -> String {
        let digest = Sha256::new_with_prefix("sandbox-ehr form 1").chain_update(self.0).finalize();
        lower::encode_string(&digest)
    }

    /// The value of `Set-Cookie`. It ends with the browser, and on our side before that.
    pub(super) fn cookie(&self, cookie: Cookie, secure: bool) -> HeaderValue {
        let header =
            format!("{}={}{}", cookie.name(secure), lower::encode_string(&self.0), attributes(secure));
        // Only hexadecimal digits and the constants above.
        HeaderValue::try_from(header).unwrap_or(HeaderValue::from_static(""))
    }

    fn parse(value: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let whole = mixed::decode(value, &mut bytes).ok()?.len() == bytes.len();
        whole.then_some(Self(bytes))
    }
}

/// The moment from which a session opened now is of no use whatever happens.
pub(super) fn ends(now: Timestamp) -> Timestamp {
    now.plus_seconds(ABSOLUTE_LIMIT)
}

/// Whether a session is still good at `now`. A clock that went back does not end it.
pub(super) fn holds(opened: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
    now.0.saturating_sub(opened.0) < ABSOLUTE_LIMIT && now.0.saturating_sub(seen.0) < IDLE_LIMIT
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
            (0..).zip(bytes).for_each(|(n, byte)| *byte = n);
            Ok(())
        }
    }

    fn carrying(cookies: &[&str]) -> HeaderMap {
        cookies.iter().map(|cookie| (COOKIE, HeaderValue::from_str(cookie).unwrap())).collect()
    }

    #[test]
    fn a_token_is_found_again_in_the_cookie_it_was_sent_in() {
        let token = Token::draw(&Counting).unwrap();
        let cookie = token.cookie(Cookie::Session, false);
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();

        for cookies in [vec![pair.as_str()], vec!["a=b", &format!("x=y; {pair};z=")]] {
            assert_eq!(Token::of(&carrying(&cookies), Cookie::Session, false).unwrap().hash(), token.hash());
        }
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let cookie = Token::draw(&Counting).unwrap().cookie(Cookie::Session, false);

        insta::assert_snapshot!(cookie.to_str().unwrap());
    }

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host_and_the_plain_one_is_not_believed() {
        let token = Token::draw(&Counting).unwrap();
        let cookie = token.cookie(Cookie::Visit, true);
        assert!(cookie.to_str().unwrap().starts_with("__Host-ehr_visit="), "{cookie:?}");
        assert!(cookie.to_str().unwrap().ends_with("; Path=/; Secure"), "{cookie:?}");
        let plain = format!("ehr_session={:064x}", 1);
        assert!(Token::of(&carrying(&[&plain]), Cookie::Session, true).is_none());
        assert!(Token::of(&carrying(&[&plain]), Cookie::Visit, false).is_none());
    }

    #[test]
    fn a_forms_token_is_not_the_cookies() {
        let token = Token::draw(&Counting).unwrap();
        assert_eq!(token.for_form().len(), 64);
        assert!(!token.cookie(Cookie::Session, false).to_str().unwrap().contains(&token.for_form()));
    }

    #[test]
    fn malformed_tokens_are_no_token() {
        let long = format!("ehr_session={}", "0".repeat(66));
        let odd = format!("ehr_session={}", "+f".repeat(32));
        let other = format!("ehr_session2={}", "0".repeat(64));
        for cookie in ["", "ehr_session", "ehr_session=", "ehr_session=00", &long, &odd, &other, ";;==;"] {
            assert!(Token::of(&carrying(&[cookie]), Cookie::Session, false).is_none(), "{cookie}");
        }
    }

    #[test]
    fn of_several_tokens_none_is_taken() {
        let (one, other) = (format!("ehr_session={:064x}", 1), format!("ehr_session={:064x}", 2));
        assert!(Token::of(&carrying(&[&one]), Cookie::Session, false).is_some());
        for cookies in [
            vec![format!("{one}; {other}")],
            vec![format!("{one};a=b; {one}")],
            vec![format!("ehr_session=; {one}")],
            vec![one.clone(), other],
        ] {
            let cookies: Vec<&str> = cookies.iter().map(String::as_str).collect();
            assert!(Token::of(&carrying(&cookies), Cookie::Session, false).is_none(), "{cookies:?}");
        }
    }

    #[test]
    fn a_session_ends_half_an_hour_after_the_last_request() {
        assert!(holds(Timestamp(0), Timestamp(100), Timestamp(100 + 1_799)));
        assert!(!holds(Timestamp(0), Timestamp(100), Timestamp(100 + 1_800)));
    }

    #[test]
    fn a_session_ends_twelve_hours_after_it_was_opened() {
        assert!(holds(Timestamp(0), Timestamp(43_199), Timestamp(43_199)));
        assert!(!holds(Timestamp(0), Timestamp(43_199), Timestamp(43_200)));
    }
}
