//! Forms: the fields of a POST, or the reason why it is not one of ours.

use std::borrow::Cow;

use super::problem::Problem;
use super::request::Request;
use crate::settings::{LONGEST_KEPT, MOST_FIELDS};

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The hidden field that shows that the form was drawn by us for this browser.
pub(super) const FORM_TOKEN: &str = "form_token";

/// The fields of a form, each at most once.
pub struct Form<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Form<'a> {
    /// The form of a request that is a POST.
    pub fn of(request: &'a Request) -> Result<Self, Problem> {
        let mut media_types = request.header("content-type");
        match (media_types.next(), media_types.next()) {
            (Some(media_type), None) if is_form(media_type) => Self::parse(&request.body),
            (None, None) if request.body.is_empty() => Ok(Self::empty()),
            (None | Some(_), None | Some(_)) => Err(Problem::UnsupportedForm),
        }
    }

    /// Reads what a browser sends. A form that no browser sends for our pages is refused
    /// as a whole, so that nothing is ever half understood.
    fn parse(body: &'a [u8]) -> Result<Self, Problem> {
        if !is_well_encoded(body) {
            return Err(Problem::BadRequest);
        }
        let mut fields: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(body) {
            let acceptable = fields.len() < MOST_FIELDS
                && !value.contains(is_never_typed)
                && fields.iter().all(|(other, _)| *other != name);
            if !acceptable {
                return Err(Problem::BadRequest);
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    /// The form of a request that has none.
    pub(super) fn empty() -> Self {
        Self(Vec::new())
    }

    /// What was typed in the field; nothing where it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// What was typed in the field, to be shown again; nothing where no person typed so much.
    pub fn kept(&self, name: &str) -> &str {
        Some(self.field(name)).filter(|value| value.len() <= LONGEST_KEPT).unwrap_or_default()
    }
}

fn is_form(media_type: &str) -> bool {
    media_type.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(MEDIA_TYPE))
}

/// Whether two hexadecimal digits follow every `%`: the parser lets others pass as they are.
fn is_well_encoded(body: &[u8]) -> bool {
    let mut parts = body.split(|&byte| byte == b'%');
    let _before_the_first = parts.next();
    parts.all(|after| matches!(after, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

/// Control characters cannot be typed in a one-line field, and some stores choke on NUL. A tab
/// comes along with what is pasted from a table; the rules trim or name it. The replacement character is what the parser puts in place of broken UTF-8.
fn is_never_typed(c: char) -> bool {
    (c.is_control() && c != '\t') || c == char::REPLACEMENT_CHARACTER
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(body: &str) -> Option<String> {
        Form::parse(body.as_bytes()).ok().map(|form| form.field("a").to_owned())
    }

    #[test]
    fn fields_are_decoded() {
        assert_eq!(parsed("a=caf%C3%A9+au+lait&b=2").as_deref(), Some("café au lait"));
        assert_eq!(parsed("b=2").as_deref(), Some(""));
    }

    #[test]
    fn what_no_browser_sends_is_refused_as_a_whole() {
        let many: String = (0..=MOST_FIELDS).map(|n| format!("f{n}=1&")).collect();
        for body in ["a=1&a=2", "a=%zz", "a=%", "a=%4", "a=%ff", "a=%00", "a=x%0Ay", "a=%EF%BF%BD", &many] {
            assert_eq!(parsed(body), None, "{body:.40}");
        }
    }

    #[test]
    fn what_is_pasted_from_a_table_may_have_a_tab() {
        assert_eq!(parsed("a=482913%09").as_deref(), Some("482913\t"));
    }

    #[test]
    fn what_no_person_typed_is_read_but_not_shown_again() {
        let body = format!("a={}&b={}", "x".repeat(LONGEST_KEPT + 1), "x".repeat(LONGEST_KEPT));
        let form = Form::parse(body.as_bytes()).ok().unwrap();

        assert_eq!((form.field("a").len(), form.kept("a").len()), (LONGEST_KEPT + 1, 0));
        assert_eq!(form.kept("b"), form.field("b"));
    }

    #[test]
    fn only_a_web_form_is_a_form() {
        assert!(is_form("application/x-www-form-urlencoded"));
        assert!(is_form("Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
        assert!(!is_form("application/json"));
        assert!(!is_form("multipart/form-data; boundary=x"));
        assert!(!is_form(""));
    }

    proptest! {
        #[test]
        fn whatever_bytes_come_they_are_a_form_or_a_problem(body: Vec<u8>) {
            let _ = Form::parse(&body);
        }

        #[test]
        fn what_is_typed_arrives_as_it_was_typed(typed in "[^\\p{Cc}\u{fffd}]{0,100}") {
            let body = form_urlencoded::Serializer::new(String::new()).append_pair("a", &typed).finish();
            prop_assert_eq!(parsed(&body), Some(typed));
        }
    }
}
