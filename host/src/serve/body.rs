//! Reading a request's body within bounds of size and time, the same on both addresses: a client
//! that sends too much or too slowly holds no place for long.

use axum::body::{Body, Bytes, to_bytes};
use http::{HeaderMap, header};
use std::time::Duration;

/// Longest body taken, in bytes: the forms are a few hundred.
const LONGEST_BODY: usize = 64 << 10;

/// How long a client may take to send one.
const BODY_TIME: Duration = Duration::from_secs(15);

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Longer than any form, declared or sent.
    #[error("the body is too long")]
    TooLong,
    /// Not there in time.
    #[error("the body was sent too slowly")]
    TooSlow,
    /// The connection broke, or its framing did.
    #[error("the body broke off")]
    Broken,
}

/// Reads the whole body of a form. One that declares itself too long is refused before any of it is read.
///
/// # Errors
/// See [`BodyError`].
pub async fn read_body(headers: &HeaderMap, body: Body) -> Result<Bytes, BodyError> {
    read_body_up_to(LONGEST_BODY, headers, body).await
}

/// The same with a bound of its own, in bytes, for a page that takes a file.
///
/// # Errors
/// See [`BodyError`].
pub async fn read_body_up_to(longest: usize, headers: &HeaderMap, body: Body) -> Result<Bytes, BodyError> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    // A length that is no number, or none that fits, has been refused by the framing.
    if declared.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > longest as u64) {
        return Err(BodyError::TooLong);
    }
    match tokio::time::timeout(BODY_TIME, to_bytes(body, longest)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) if is_too_long(&error) => Err(BodyError::TooLong),
        Ok(Err(_)) => Err(BodyError::Broken),
        Err(_) => Err(BodyError::TooSlow),
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    async fn read(declared: Option<&'static str>, sent: usize) -> Result<usize, BodyError> {
        let length = declared.map(|length| (header::CONTENT_LENGTH, HeaderValue::from_static(length)));
        let headers = length.into_iter().collect();
        read_body(&headers, Body::from(vec![b'x'; sent])).await.map(|body| body.len())
    }

    #[tokio::test]
    async fn a_body_up_to_the_bound_is_read_whole() {
        assert_eq!(read(None, 0).await, Ok(0));
        assert_eq!(read(None, LONGEST_BODY).await, Ok(LONGEST_BODY));
    }

    #[tokio::test]
    async fn a_longer_one_is_refused_whether_it_says_so_or_not() {
        assert_eq!(read(None, LONGEST_BODY + 1).await, Err(BodyError::TooLong));
        assert_eq!(read(Some("99999999999"), 0).await, Err(BodyError::TooLong));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_never_comes_is_not_waited_for() {
        let silent = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        assert_eq!(read_body(&HeaderMap::new(), Body::from_stream(silent)).await, Err(BodyError::TooSlow));
    }
}
