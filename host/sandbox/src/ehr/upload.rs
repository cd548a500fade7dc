//! A form that brings a file: the parts of a `multipart/form-data` body that has been read whole, within its
//! bound.

use axum::body::Bytes;
use futures_util::stream;
use std::convert::Infallible;

/// More parts than any form of ours has.
const MOST_PARTS: usize = 20;

/// The fields as text, in the order sent, and the last file with anything in it. None where the body is not
/// what its `kind` says.
pub(super) async fn parts(kind: &str, body: Bytes) -> Option<(Vec<(String, String)>, Option<Bytes>)> {
    let boundary = multer::parse_boundary(kind).ok()?;
    let body = stream::once(async move { Ok::<_, Infallible>(body) });
    let mut parts = multer::Multipart::new(body, boundary);
    let (mut fields, mut file) = (Vec::new(), None);
    for _ in 0..MOST_PARTS {
        let Some(part) = parts.next_field().await.ok()? else { return Some((fields, file)) };
        let (name, is_file) = (part.name()?.to_owned(), part.file_name().is_some());
        let content = part.bytes().await.ok()?;
        if !is_file {
            fields.push((name, String::from_utf8(content.into()).ok()?));
        } else if !content.is_empty() {
            file = Some(content);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=xyz";

    async fn of(body: &str) -> Option<(Vec<(String, String)>, Option<Bytes>)> {
        parts(KIND, Bytes::from(body.to_owned())).await
    }

    #[tokio::test]
    async fn fields_are_text_and_a_file_is_bytes() {
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nabc\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n100001\r\n100002\r\n--xyz--\r\n";

        let (fields, file) = of(body).await.unwrap();

        assert_eq!(fields, [("form_token".to_owned(), "abc".to_owned())]);
        assert_eq!(file.unwrap(), "100001\r\n100002");
    }

    #[tokio::test]
    async fn a_file_that_was_not_chosen_is_none() {
        let body =
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--xyz--\r\n";

        assert_eq!(of(body).await, Some((vec![], None)));
    }

    #[tokio::test]
    async fn what_breaks_off_or_has_no_boundary_is_refused() {
        for body in
            ["", "--xyz", "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc", "no parts"]
        {
            assert_eq!(of(body).await, None, "{body:?}");
        }
        assert_eq!(parts("multipart/form-data", Bytes::new()).await, None);
        let part = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
        assert_eq!(of(&(part.repeat(21) + "--xyz--\r\n")).await, None, "too many parts");
    }
}
