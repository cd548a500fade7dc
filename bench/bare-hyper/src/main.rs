//! Bare hyper with the portal's start page built natively: as much as a server in Rust gives that page without a
//! component, a router, a log and bounds.

use bare_hyper::native::Nobody;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use patient_portal::patient::request::Request as Visit;
use std::convert::Infallible;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves until it is ended, and says where on standard output.
#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let portal = Arc::new(Nobody::at(&format!("http://{address}")));
    writeln!(io::stdout(), "{address}")?;
    loop {
        let (stream, peer) = listener.accept().await?;
        let _ = stream.set_nodelay(true);
        let (portal, client) = (Arc::clone(&portal), peer.ip().to_string());
        tokio::spawn(async move {
            let answer = service_fn(|request| {
                let answer = page(&portal, &client, &request);
                async move { Ok::<_, Infallible>(answer) }
            });
            // Whoever measures ends connections as it likes.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

fn page(portal: &Nobody, client: &str, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let headers = request.headers().iter();
    let visit = Visit {
        method: request.method().as_str().to_owned(),
        target: request.uri().path().to_owned(),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect(),
        body: Vec::new(),
        client: client.to_owned(),
    };
    let page = portal.start_page(&visit);
    let mut answer = Response::builder().status(page.status);
    for (name, value) in page.headers {
        answer = answer.header(name, value);
    }
    let body = Full::new(Bytes::from(page.body));
    answer.body(body).unwrap_or_else(|_| Response::new(Full::default()))
}
