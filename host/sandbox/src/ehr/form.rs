//! A submitted form, read strictly: what is not a well-formed form is refused before a handler
//! looks at it.

use super::limits::LONGEST_UPLOAD;
use super::refusal::Refusal;
use super::router::Takes;
use super::upload;
use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use portal_host::serve::{BodyError, read_body, read_body_up_to};
use subtle::ConstantTimeEq;

/// The hidden field that shows that a form was drawn by us for the browser that sends it.
const FORM_TOKEN: &str = "form_token";

/// For whom the form of somebody not signed in was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// For the browser that sent it.
    ForThisVisit,
    /// For another, or for none that keeps cookies.
    Elsewhere,
}

/// The fields of a form, in the order sent, and a file where one was sent with them.
#[derive(Clone, Debug)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    file: Option<Bytes>,
}

impl Form {
    /// The value of a field that the page always sends.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, Refusal> {
        self.every(name).next().ok_or(Refusal::MissingField(name))
    }

    /// A field that the page always sends as a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Refusal> {
        self.required(name)?.parse().map_err(|_| Refusal::MissingField(name))
    }

    /// Every value of a field that may come any number of times, as ticked boxes do.
    pub(super) fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    /// The fields whose name begins with `prefix`, without it.
    pub(super) fn under(self, prefix: &str) -> Vec<(String, String)> {
        let fields = self.fields.into_iter();
        fields.filter_map(|(name, value)| Some((name.strip_prefix(prefix)?.to_owned(), value))).collect()
    }

    /// Whether it shows this token, which takes the same time wherever they differ. The empty token is
    /// nobody's.
    pub(super) fn shows(&self, token: &str) -> bool {
        let sent = self.every(FORM_TOKEN).next().unwrap_or_default();
        !token.is_empty() && bool::from(sent.as_bytes().ct_eq(token.as_bytes()))
    }

    /// The file that was sent with it, if any: bytes as they came.
    pub(super) fn file(&self) -> Option<&[u8]> {
        self.file.as_deref()
    }

    /// Reads the form of a POST.
    pub(super) async fn read(headers: &HeaderMap, body: Body, takes: Takes) -> Result<Self, Refusal> {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is = |wanted: &str| {
            kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
        };
        let body = match takes {
            Takes::Fields => read_body(headers, body).await,
            Takes::File => read_body_up_to(LONGEST_UPLOAD, headers, body).await,
        };
        let body = body.map_err(|error| match error {
            BodyError::TooLong => Refusal::TooLarge,
            BodyError::TooSlow => Refusal::TooSlow,
            BodyError::Broken => Refusal::MalformedForm,
        })?;
        // A button alone sends an empty body, which some clients leave without a type.
        if is("application/x-www-form-urlencoded") || body.is_empty() {
            Self::parse(&body)
        } else if takes == Takes::File && is("multipart/form-data") {
            let (fields, file) = upload::parts(kind, body).await.ok_or(Refusal::MalformedForm)?;
            Self::of(fields, file)
        } else {
            Err(Refusal::MalformedForm)
        }
    }

    fn parse(body: &[u8]) -> Result<Self, Refusal> {
        Self::of(form_urlencoded::parse(body).into_owned().collect(), None)
    }

    fn of(fields: Vec<(String, String)>, file: Option<Bytes>) -> Result<Self, Refusal> {
        // The parser puts a replacement character where bytes are not UTF-8. Nobody types one, and
        // none of the control characters but those of a text of several lines.
        let odd = |text: &str| {
            text.chars().any(|c| c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\r' | '\n' | '\t')))
        };
        match fields.iter().any(|(name, value)| odd(name) || odd(value)) {
            true => Err(Refusal::MalformedForm),
            false => Ok(Self { fields, file }),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        // The guard has read and checked it; without that there is none.
        parts.extensions.remove::<Self>().ok_or(Refusal::MalformedForm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_boxes_come_in_any_number() {
        let form = Form::parse(b"right=Patients+%3E+View&version=3&right=Users+%3E+Edit").unwrap();

        assert_eq!(form.every("right").collect::<Vec<_>>(), ["Patients > View", "Users > Edit"]);
        assert_eq!(form.every("nothing").count(), 0);
        assert_eq!(form.number::<u64>("version").unwrap(), 3);
    }

    #[test]
    fn a_form_shows_one_token_and_never_the_empty_one() {
        let form = Form::parse(b"form_token=abc&form_token=def").unwrap();
        assert!(form.shows("abc") && !form.shows("def") && !form.shows("ab"));
        let bare = Form::parse(b"form_token=").unwrap();
        assert!(!bare.shows("") && !Form::parse(b"").unwrap().shows(""));
    }

    #[test]
    fn every_form_that_changes_something_carries_the_token() {
        let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut forms = 0;
        for file in std::fs::read_dir(templates).unwrap() {
            let file = file.unwrap().path();
            let template = std::fs::read_to_string(&file).unwrap();
            for form in template.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap()) {
                assert!(form.contains("method=\"post\""), "{}: {form}", file.display());
                assert!(form.contains("name=\"form_token\""), "{}: {form}", file.display());
                forms += 1;
            }
        }
        assert!(forms >= 9, "{forms}");
    }

    #[test]
    fn answers_are_told_apart_from_our_own_fields() {
        let form = Form::parse(b"answer.reason=moved+away&version=3").unwrap();

        assert_eq!(form.under("answer."), [("reason".to_owned(), "moved away".to_owned())]);
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        for body in [&b"name=%FF%FE"[..], b"name=\xff", b"na%00me=x", b"name=%1B%5B31m"] {
            assert!(matches!(Form::parse(body), Err(Refusal::MalformedForm)), "{body:?}");
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        let form = Form::parse(b"version=three").unwrap();

        assert!(matches!(form.required("name"), Err(Refusal::MissingField("name"))));
        assert!(matches!(form.number::<u64>("version"), Err(Refusal::MissingField("version"))));
    }
}
