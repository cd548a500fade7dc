//! One request over a connection of its own: what asks for the pages whose forms a load then sends.

use crate::failure::Failure;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// What it asks a browser to keep or to forget, as it was written.
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

/// A form as it is sent, and from whom.
pub(crate) struct Sent<'a> {
    pub(crate) form: &'a str,
    /// What the browser keeps, as it sends it.
    pub(crate) cookies: &'a str,
    /// Where a proxy says that it comes from.
    pub(crate) client: &'a str,
}

/// Asks for a page at `address`, such as `127.0.0.1:8081`, as somebody new.
pub(crate) fn get(address: &str, path: &str) -> Result<Answer, Failure> {
    send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"))
}

/// Asks for a page with what a browser keeps; what would be sent as a form is not.
pub(crate) fn get_again(address: &str, path: &str, sent: &Sent<'_>) -> Result<Answer, Failure> {
    let headers = headers(sent);
    send(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{headers}\r\n"))
}

/// Sends a form.
pub(crate) fn post(address: &str, path: &str, sent: &Sent<'_>) -> Result<Answer, Failure> {
    let (headers, form, length) = (headers(sent), sent.form, sent.form.len());
    send(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n{headers}\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
        ),
    )
}

fn headers(sent: &Sent<'_>) -> String {
    let client = format!("connection: close\r\nx-forwarded-for: {}\r\n", sent.client);
    if sent.cookies.is_empty() { client } else { format!("{client}cookie: {}\r\n", sent.cookies) }
}

fn send(address: &str, request: &str) -> Result<Answer, Failure> {
    let failed = |cause| Failure::NoAnswer { address: address.to_owned(), cause };
    let mut stream = TcpStream::connect(address).map_err(failed)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    stream.write_all(request.as_bytes()).map_err(failed)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(failed)?;
    read(&bytes).ok_or_else(|| Failure::unexpected("a website", String::from_utf8_lossy(&bytes)))
}

fn read(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let (head, body) = bytes.split_at_checked(end)?;
    let head = std::str::from_utf8(head).ok()?;
    let headers = head.lines().filter_map(|line| line.split_once(": "));
    let cookies = headers.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    Some(Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        cookies: cookies.map(|(_, cookie)| cookie.to_owned()).collect(),
        body: body.get(4..)?.to_vec(),
    })
}
