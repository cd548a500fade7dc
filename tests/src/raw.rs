//! Bytes on a socket, for what no HTTP client would send.

use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `bytes` to `base` (such as `http://127.0.0.1:40123`), and what came back until the other
/// side closed or fell silent for three seconds.
///
/// # Panics
/// Where there is no connection.
pub async fn exchange(base: &str, bytes: &[u8]) -> String {
    let mut stream = connect(base).await;
    // The host may close while we still send: what it said by then counts.
    let _ = stream.write_all(bytes).await;
    read(&mut stream).await
}

/// A connection to `base`.
///
/// # Panics
/// Where there is none.
pub async fn connect(base: &str) -> TcpStream {
    let address = base.strip_prefix("http://").expect("an http address");
    TcpStream::connect(address).await.expect("a connection")
}

/// What comes until the other side closes or falls silent for three seconds.
pub async fn read(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(Ok(count @ 1..)) =
        tokio::time::timeout(Duration::from_secs(3), stream.read(&mut buffer)).await
    {
        answer.extend_from_slice(&buffer[..count]);
        if is_whole(&answer) {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// Whether the answer has all the body that it declared.
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let body = answer.len() - (head.len() + 4).min(answer.len());
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse::<usize>().ok())
        .is_some_and(|length| body >= length)
}

/// The status of an answer, or 0 where there was none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
