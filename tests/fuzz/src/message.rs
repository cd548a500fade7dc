//! A request as a kept input spells it: much like HTTP, but whatever is written is read as something.
//!
//! The first line is the method and the target, then come headers up to an empty line, then the body.

use patient_portal::patient::request::Request;

/// A request in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Up to the first space.
    pub method: Vec<u8>,
    /// The rest of the first line.
    pub target: Vec<u8>,
    /// Names and values; a line without a colon is none.
    pub headers: Vec<(Vec<u8>, Vec<u8>)>,
    /// All that follows the first empty line.
    pub body: Vec<u8>,
}

impl Message {
    /// Reads whatever was written.
    pub fn read(input: &[u8]) -> Self {
        let (first, mut rest) = line(input);
        let (method, target) = split(first, b' ').unwrap_or((first, b"/"));
        let mut headers = Vec::new();
        while !rest.is_empty() {
            let (header, after) = line(rest);
            rest = after;
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = split(header, b':') {
                headers.push((name.to_vec(), value.trim_ascii().to_vec()));
            }
        }
        Self { method: method.to_vec(), target: target.to_vec(), headers, body: rest.to_vec() }
    }

    /// As the host hands it to the portal, from this client.
    pub fn as_request(&self, client: &str) -> Request {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = self.headers.iter();
        Request {
            method: text(&self.method),
            target: text(&self.target),
            headers: headers.map(|(name, value)| (text(name).to_lowercase(), value.clone())).collect(),
            body: self.body.clone(),
            client: client.to_owned(),
        }
    }
}

/// The first line without its end, and what comes after it.
pub fn line(input: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = split(input, b'\n').unwrap_or((input, b""));
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

fn split(input: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = input.iter().position(|&byte| byte == at)?;
    Some((&input[..place], &input[place + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_in_parts() {
        let message = Message::read(b"POST /login?x\r\nHost: a\nno header\nx:\n\nusername=m\n\n&a");

        assert_eq!((&message.method[..], &message.target[..]), (&b"POST"[..], &b"/login?x"[..]));
        assert_eq!(message.headers, [(b"Host".to_vec(), b"a".to_vec()), (b"x".to_vec(), Vec::new())]);
        assert_eq!(message.body, b"username=m\n\n&a");
    }

    #[test]
    fn what_is_no_request_is_one_without_much_in_it() {
        let message = Message::read(b"");
        assert_eq!((&message.method[..], &message.target[..]), (&b""[..], &b"/"[..]));
        assert!(message.headers.is_empty() && message.body.is_empty());
    }
}
