//! The key file: one line for each key, its number and 128 hexadecimal digits, the current one last.

use super::{HostKey, HostKeys, KeyId, SECRET};
use base16ct::{lower, mixed};
use secrecy::SecretString;
use std::fmt::Write;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What a person who opens the file should know.
const HEAD: &str = "# The keys of this portal host, the current one last. Whoever has them and the database can read\n\
     # Portal IDs and forge the audit trail: keep this file private, and its backup apart from the database's.\n";

/// Why a key file cannot be used. The line is counted from 1; what stands there is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// There is no key in it.
    #[error("it holds no key")]
    NoKey,
    /// A line is not a number and 128 hexadecimal digits.
    #[error("line {line} is not a number, a space and 128 hexadecimal digits")]
    Malformed {
        /// Which line.
        line: usize,
    },
    /// A key does not have the number after the one before it.
    #[error("line {line} is out of order: keys are numbered 1, 2, 3 and so on")]
    OutOfOrder {
        /// Which line.
        line: usize,
    },
}

impl HostKeys {
    /// Reads a key file. Empty lines and those that begin with `#` are passed over. A file of exactly
    /// 64 bytes is one key, as the first version of this host wrote it.
    ///
    /// # Errors
    /// Where it is not one; see [`KeyFileError`].
    pub fn read(file: &[u8]) -> Result<Self, KeyFileError> {
        if let Ok(secret) = <[u8; SECRET]>::try_from(file) {
            return Ok(Self::from_bytes(secret));
        }
        let mut keys: Vec<Arc<HostKey>> = Vec::new();
        for (line, text) in file.split(|&byte| byte == b'\n').enumerate() {
            let (line, text) = (line.saturating_add(1), text.trim_ascii());
            if text.is_empty() || text.starts_with(b"#") {
                continue;
            }
            let key = key(text).ok_or(KeyFileError::Malformed { line })?;
            let next = keys.len().saturating_add(1);
            if usize::try_from(key.id.0) != Ok(next) {
                return Err(KeyFileError::OutOfOrder { line });
            }
            keys.push(Arc::new(key));
        }
        let current = keys.pop().ok_or(KeyFileError::NoKey)?;
        Ok(Self { current, retired: keys.into_iter().rev().collect() })
    }

    /// The ring as a key file.
    pub fn written(&self) -> SecretString {
        let mut file = Zeroizing::new(HEAD.to_owned());
        let mut keys: Vec<_> = self.newest_first().collect();
        keys.reverse();
        for key in keys {
            // Writing to a string cannot fail.
            let _ = write!(file, "{} ", key.id);
            let mut digits = Zeroizing::new([0; 2 * SECRET]);
            // There is room for as many.
            file.push_str(lower::encode_str(&*key.secret, &mut *digits).unwrap_or_default());
            file.push('\n');
        }
        SecretString::from(file.as_str())
    }
}

fn key(line: &[u8]) -> Option<HostKey> {
    let (number, digits) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let mut secret = Zeroizing::new([0; SECRET]);
    if mixed::decode(digits.trim_start(), &mut *secret).ok()?.len() != SECRET {
        return None;
    }
    Some(HostKey::new(KeyId(number.parse().ok()?), secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;
    use secrecy::ExposeSecret;

    fn read(file: &str) -> Result<KeyId, KeyFileError> {
        HostKeys::read(file.as_bytes()).map(|keys| keys.current())
    }

    #[test]
    fn a_ring_is_read_back_from_its_file() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap().rotated(&SystemEntropy).unwrap();

        let back = HostKeys::read(keys.written().expose_secret().as_bytes()).unwrap();

        assert_eq!(back.current(), KeyId(2));
        assert_eq!(back.written().expose_secret(), keys.written().expose_secret());
        assert_eq!(back.counter("p", "x"), keys.counter("p", "x"));
    }

    #[test]
    fn the_first_versions_file_is_a_ring_of_one() {
        let keys = HostKeys::read(&[9; 64]).unwrap();

        assert_eq!(keys.counter("p", "x"), HostKeys::from_bytes([9; 64]).counter("p", "x"));
    }

    #[test]
    fn what_is_not_a_key_file_is_named_by_its_line_and_not_repeated() {
        let key = "ab".repeat(SECRET);
        assert_eq!(read(""), Err(KeyFileError::NoKey));
        assert_eq!(read("# nothing\n\n"), Err(KeyFileError::NoKey));
        assert_eq!(read(&format!("1 {key}\n2 {key}0\n")), Err(KeyFileError::Malformed { line: 2 }));
        assert_eq!(read(&format!("#\none {key}\n")), Err(KeyFileError::Malformed { line: 2 }));
        assert_eq!(read(&format!("2 {key}\n")), Err(KeyFileError::OutOfOrder { line: 1 }));
        assert_eq!(read(&format!("1 {key}\n1 {key}\n")), Err(KeyFileError::OutOfOrder { line: 2 }));
        assert!(HostKeys::read(&[0xff; 63]).is_err());
    }
}
