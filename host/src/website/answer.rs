//! Checks what the component answered before any of it goes out: it is foreign code, and HTTP
//! framing is the host's.

use crate::contract;
use crate::runtime::{CallError, Limits};
use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode};

/// Headers that frame the response; a component that set them could confuse a proxy.
const FRAMING: [&str; 8] =
    ["connection", "content-length", "date", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

/// Turns a component's answer into a response.
///
/// # Errors
/// Where it is too large or not one HTTP could carry.
pub(super) fn checked(response: contract::Response, limits: &Limits) -> Result<Response, CallError> {
    if response.body.len() > limits.page {
        return Err(CallError::AnswerTooLarge);
    }
    let header_bytes = response.headers.iter().map(|(name, value)| name.len().saturating_add(value.len()));
    if header_bytes.fold(0, usize::saturating_add) > limits.page_headers {
        return Err(CallError::AnswerTooLarge);
    }
    let mut answer = Response::new(Body::from(response.body));
    *answer.status_mut() = status(response.status)?;
    for (name, value) in response.headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| CallError::MalformedAnswer("a header's name is not one"))?;
        if FRAMING.contains(&name.as_str()) {
            return Err(CallError::MalformedAnswer("it frames itself"));
        }
        let value = HeaderValue::from_bytes(&value)
            .map_err(|_| CallError::MalformedAnswer("a header's value is not one"))?;
        answer.headers_mut().append(name, value);
    }
    Ok(answer)
}

fn status(code: u16) -> Result<StatusCode, CallError> {
    let out_of_range = CallError::MalformedAnswer("its status is not between 200 and 599");
    match StatusCode::from_u16(code) {
        Ok(status) if (200..600).contains(&code) => Ok(status),
        Ok(_) | Err(_) => Err(out_of_range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &[u8])], body: usize) -> contract::Response {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect();
        contract::Response { status, headers, body: vec![b'x'; body] }
    }

    fn kind(answer: contract::Response) -> &'static str {
        checked(answer, &Limits::default()).map_or_else(|error| error.kind(), |_| "sent")
    }

    #[test]
    fn an_ordinary_page_goes_out_as_it_is() {
        let page = answer(200, &[("content-type", b"text/html"), ("set-cookie", b"a=b")], 10);
        let sent = checked(page, &Limits::default()).unwrap();
        assert_eq!(sent.status(), StatusCode::OK);
        assert_eq!(sent.headers()["set-cookie"], "a=b");
    }

    #[test]
    fn a_page_or_headers_beyond_the_bound_are_not_sent() {
        assert_eq!(kind(answer(200, &[], Limits::default().page + 1)), "answer-size");
        let long = vec![b'x'; Limits::default().page_headers];
        assert_eq!(kind(answer(200, &[("x", &long)], 0)), "answer-size");
    }

    #[test]
    fn the_component_cannot_frame_or_split_a_response() {
        for framing in FRAMING {
            assert_eq!(kind(answer(200, &[(framing, b"1")], 0)), "malformed-answer", "{framing}");
        }
        assert_eq!(kind(answer(200, &[("x", b"a\r\nset-cookie: b")], 0)), "malformed-answer");
        assert_eq!(kind(answer(200, &[("x y", b"a")], 0)), "malformed-answer");
    }

    #[test]
    fn a_status_outside_http_is_not_sent() {
        for status in [0, 99, 100, 199, 600, 1000, u16::MAX] {
            assert_eq!(kind(answer(status, &[], 0)), "malformed-answer", "{status}");
        }
    }
}
