//! What a visitor can be expected to get, and whether it is what came.

use crate::visitor::Answer;

/// What a visitor must get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// The page that says this.
    See(&'static str),
    /// A file of this media type, the same for everyone.
    Get(&'static str),
    /// To be sent on to this path, and nothing changed.
    GoTo(&'static str),
    /// To have it done, and to be sent on to this path.
    Do(&'static str),
    /// To be refused, and nothing changed.
    BeRefused,
    /// To be told that there is no such thing.
    Miss,
}

impl Must {
    /// Whether something is on record afterwards that was not before: yes, no, or as it may be, since
    /// looking at some pages is on record as well.
    pub fn changes(self) -> Option<bool> {
        match self {
            Self::See(_) => None,
            Self::Get(_) | Self::GoTo(_) | Self::BeRefused | Self::Miss => Some(false),
            Self::Do(_) => Some(true),
        }
    }

    /// Whether the answer shows something about people to whoever may see it.
    pub fn shows(self) -> bool {
        match self {
            Self::See(_) => true,
            Self::Get(_) | Self::GoTo(_) | Self::Do(_) | Self::BeRefused | Self::Miss => false,
        }
    }

    /// What is wrong with the answer, if anything. `filled` puts into a path what is known only once the
    /// host runs; what stands in braces after that may be any number.
    pub fn differs(self, answer: &Answer, filled: &dyn Fn(&str) -> String) -> Option<String> {
        let is_it = match self {
            Self::See(words) => answer.status == 200 && answer.says(words),
            Self::Get(kind) => {
                let sent = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok());
                answer.status == 200 && sent.is_some_and(|sent| sent.starts_with(kind))
            }
            Self::GoTo(path) | Self::Do(path) => {
                answer.status == 303 && answer.leads_to().is_some_and(|to| is_like(&to, &filled(path)))
            }
            Self::BeRefused => answer.status == 403,
            Self::Miss => answer.status == 404,
        };
        let came = || {
            let to = answer.leads_to().map(|to| format!(" to {to}")).unwrap_or_default();
            format!("must {self:?} but got {}{to}: {}", answer.status, answer.text())
        };
        (!is_it).then(came)
    }
}

/// Whether the path is the pattern with a number in place of what is in braces.
fn is_like(path: &str, pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else { return path == pattern };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    path.strip_prefix(before)
        .and_then(|path| path.strip_suffix(after))
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}
