//! What a browser sends about a passkey before the library reads it: the library goes as deep as what
//! it is sent, and the component's stack does not.

use ciborium::Value;

use crate::settings::PASSKEY_DEEPEST;

/// Bytes before the length of a credential's id in authenticator data (WebAuthn level 2, section 6.1).
const BEFORE_ID: usize = 53;

/// Algorithms that the portal asks for, with the kind of key that each takes (RFC 9053, RFC 8812).
const ALGORITHMS: [(i64, Kind); 5] = [
    (-8, Kind::Edwards),
    (-7, Kind::Curve { number: 1, bytes: 32 }),
    (-35, Kind::Curve { number: 2, bytes: 48 }),
    (-257, Kind::Rsa),
    (-258, Kind::Rsa),
];

#[derive(Clone, Copy)]
enum Kind {
    /// Ed25519.
    Edwards,
    /// An elliptic curve by its number, with coordinates of so many bytes.
    Curve { number: i64, bytes: usize },
    /// RSA, of 2,048 bits at least.
    Rsa,
}

/// Whether an attestation object, and the authenticator data in it, nest no deeper than they may.
pub(super) fn is_shallow(attestation: &[u8]) -> bool {
    if !nests_little(attestation) {
        return false;
    }
    // What cannot be read is for the library to refuse.
    let Ok(Value::Map(map)) = ciborium::from_reader::<Value, _>(attestation) else { return true };
    let data = map.iter().find(|(key, _)| key.as_text() == Some("authData"));
    let Some(data) = data.and_then(|(_, data)| data.as_bytes()) else { return true };
    let Some((length, rest)) = data.get(BEFORE_ID..).and_then(|rest| rest.split_first_chunk::<2>()) else {
        return true;
    };
    rest.get(usize::from(u16::from_be_bytes(*length))..).is_none_or(nests_little)
}

/// Whether no item in these bytes nests deeper than it may. It reads heads only, and counts how many
/// items each level still waits for.
fn nests_little(mut bytes: &[u8]) -> bool {
    let mut waiting: Vec<u64> = Vec::new();
    while let Some((&head, rest)) = bytes.split_first() {
        bytes = rest;
        let (major, short) = (head >> 5, head & 0x1f);
        let length = match short {
            0..=23 => u64::from(short),
            24..=27 => {
                let Some((argument, rest)) = bytes.split_at_checked(1 << (short - 24)) else { return true };
                bytes = rest;
                argument.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
            }
            // Of an indefinite length; its end is an item of its own.
            _ => u64::MAX,
        };
        let inside = match major {
            2 | 3 if length != u64::MAX => {
                let skipped = usize::try_from(length).ok().and_then(|length| bytes.get(length..));
                let Some(rest) = skipped else { return true };
                bytes = rest;
                0
            }
            5 => length.saturating_mul(2),
            2..=4 => length,
            6 => 1,
            _ => 0,
        };
        if inside > 0 && head != 0xff {
            waiting.push(inside);
        } else {
            while let Some(last) = waiting.last_mut() {
                *last = if head == 0xff && *last > u64::MAX / 2 { 0 } else { last.saturating_sub(1) };
                if *last > 0 {
                    break;
                }
                waiting.pop();
            }
        }
        if waiting.len() > PASSKEY_DEEPEST {
            return false;
        }
    }
    true
}

/// Whether a key in this form can ever verify anything by this algorithm: the library finds out only when
/// it is used, which is too late for who relies on it.
pub(super) fn is_usable_key(key: &[u8], algorithm: i32) -> bool {
    let Ok(Value::Map(key)) = ciborium::from_reader::<Value, _>(key) else { return false };
    let at =
        |label: i64| key.iter().find(|(at, _)| at.as_integer() == Some(label.into())).map(|(_, value)| value);
    let number = |label| at(label).and_then(Value::as_integer).and_then(|number| i64::try_from(number).ok());
    let bytes = |label| at(label).and_then(Value::as_bytes).map_or(0, Vec::len);
    let known = ALGORITHMS.into_iter().find(|(known, _)| *known == i64::from(algorithm));
    match known.map(|(_, kind)| kind) {
        Some(Kind::Edwards) => (number(1), number(-1), bytes(-2)) == (Some(1), Some(6), 32),
        Some(Kind::Curve { number: curve, bytes: length }) => {
            (number(1), number(-1), bytes(-2), bytes(-3)) == (Some(2), Some(curve), length, length)
        }
        Some(Kind::Rsa) => number(1) == Some(3) && (256..=1_024).contains(&bytes(-1)) && bytes(-2) > 0,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nested(levels: usize, head: u8) -> Vec<u8> {
        let mut bytes = vec![head; levels];
        bytes.push(0);
        bytes
    }

    #[test]
    fn what_is_nested_deep_is_told_from_what_is_not() {
        // Arrays of one, tags, indefinite arrays, and a map of one in the place of a value.
        for head in [0x81, 0xc6, 0x9f] {
            assert!(nests_little(&nested(PASSKEY_DEEPEST, head)), "{head:x}");
            assert!(!nests_little(&nested(PASSKEY_DEEPEST + 1, head)), "{head:x}");
        }
        assert!(!nests_little(&[0xa1, 0x00].repeat(40)));
        // Many beside each other are not deep, and neither is what a text says.
        assert!(nests_little(&[0x81, 0x00].repeat(40)));
        let text = [vec![0x78, 100], vec![0x81; 100]].concat();
        assert!(nests_little(&text));
        assert!(nests_little(&[vec![0x9f], [0x9f, 0xff].repeat(40), vec![0xff]].concat()));
    }

    #[test]
    fn the_data_inside_an_attestation_is_looked_at_too() {
        let attestation = |inside: Vec<u8>| {
            let data = [vec![0; BEFORE_ID], vec![0, 1, 9], inside].concat();
            let map = Value::Map(vec![(Value::Text("authData".to_owned()), Value::Bytes(data))]);
            let mut bytes = Vec::new();
            ciborium::into_writer(&map, &mut bytes).unwrap();
            bytes
        };

        assert!(is_shallow(&attestation(nested(3, 0x81))));
        assert!(!is_shallow(&attestation(nested(200, 0x81))));
        assert!(is_shallow(b""));
    }

    #[test]
    fn a_key_that_can_verify_nothing_is_told() {
        let key = |parts: &[(i64, Value)]| {
            let map = parts.iter().map(|(label, value)| (Value::Integer((*label).into()), value.clone()));
            let mut bytes = Vec::new();
            ciborium::into_writer(&Value::Map(map.collect()), &mut bytes).unwrap();
            bytes
        };
        let (number, bytes) = (|n: i64| Value::Integer(n.into()), |length| Value::Bytes(vec![7; length]));
        let p256 = key(&[(1, number(2)), (3, number(-7)), (-1, number(1)), (-2, bytes(32)), (-3, bytes(32))]);
        let rsa = key(&[(1, number(3)), (3, number(-257)), (-1, bytes(256)), (-2, bytes(3))]);

        assert!(is_usable_key(&p256, -7) && is_usable_key(&rsa, -257));
        for (key, algorithm) in [(&p256, -257), (&p256, -35), (&rsa, -7), (&p256, -47), (&Vec::new(), -7)] {
            assert!(!is_usable_key(key, algorithm), "{algorithm}");
        }
        assert!(!is_usable_key(
            &key(&[(1, number(2)), (-1, number(1)), (-2, bytes(31)), (-3, bytes(32))]),
            -7
        ));
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = (is_shallow(&bytes), is_usable_key(&bytes, -7));
        }
    }
}
