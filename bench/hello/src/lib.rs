//! What `wasmtime serve` answers with in the benchmark: a page of as many bytes as the address says, and nothing
//! that has to be worked out. It stands for the least that a page of a component costs there.

#![allow(unsafe_code, unreachable_pub, reason = "what the exports expand to")]

use wasip2::exports::http::incoming_handler::Guest;
use wasip2::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};

/// The most that the stream takes in one call.
const CHUNK: usize = 4_096;

struct Hello;

wasip2::http::proxy::export!(Hello);

impl Guest for Hello {
    fn handle(request: IncomingRequest, answer: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        let size = path.trim_start_matches('/').parse().unwrap_or(0);
        let headers = Fields::new();
        // Neither can fail: the header is well formed and the length set once.
        let _ = headers.append("content-type", b"text/html; charset=utf-8");
        let _ = headers.append("content-length", size.to_string().as_bytes());
        let response = OutgoingResponse::new(headers);
        let body = response.body();
        ResponseOutparam::set(answer, Ok(response));
        let Ok(body) = body else { return };
        if let Ok(stream) = body.write() {
            for chunk in vec![b'x'; size].chunks(CHUNK) {
                // A visitor who is gone needs no more of it.
                if stream.blocking_write_and_flush(chunk).is_err() {
                    break;
                }
            }
        }
        let _ = OutgoingBody::finish(body, None);
    }
}
