//! Clients that hold connections and ask for nothing, or ask so slowly that it never ends.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How often a slow client sends another byte.
const BYTE: Duration = Duration::from_secs(1);

/// How long somebody waits who was turned away.
const PAUSE: Duration = Duration::from_millis(500);

/// A crowd, for as long as it is kept.
pub struct Crowd {
    clients: JoinSet<()>,
    connected: Arc<AtomicU64>,
}

impl Crowd {
    /// So many that only hold a connection, and so many slow ones, half of them with heads and half with bodies
    /// that do not end. Whoever is cut off comes again.
    pub fn at(address: SocketAddr, idle: usize, slow: usize) -> Self {
        let (mut clients, connected) = (JoinSet::new(), Arc::new(AtomicU64::new(0)));
        for number in 0..idle + slow {
            let connected = Arc::clone(&connected);
            clients.spawn(async move {
                loop {
                    if let Ok(stream) = TcpStream::connect(address).await {
                        connected.fetch_add(1, Ordering::Relaxed);
                        hold(stream, number, idle).await;
                        connected.fetch_sub(1, Ordering::Relaxed);
                    }
                    tokio::time::sleep(PAUSE).await;
                }
            });
        }
        Self { clients, connected }
    }

    /// How many are connected now.
    pub fn connected(&self) -> u64 {
        self.connected.load(Ordering::Relaxed)
    }

    /// Sends them away.
    pub async fn leave(mut self) {
        self.clients.shutdown().await;
    }
}

/// Holds the connection until the other side ends it.
async fn hold(mut stream: TcpStream, number: usize, idle: usize) {
    let begins: &[u8] = if number < idle {
        // Every other one asked for something before.
        if number.is_multiple_of(2) { b"" } else { b"GET /favicon.svg HTTP/1.1\r\nHost: x\r\n\r\n" }
    } else if number.is_multiple_of(2) {
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
    } else {
        b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
          Content-Length: 4000\r\n\r\n"
    };
    if stream.write_all(begins).await.is_err() {
        return;
    }
    let (mut reading, mut writing) = stream.split();
    let trickle = async {
        while number >= idle && writing.write_all(b"a").await.is_ok() {
            tokio::time::sleep(BYTE).await;
        }
        std::future::pending::<()>().await;
    };
    let until_ended = async {
        let mut buffer = [0; 4096];
        while reading.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    };
    tokio::select! {
        () = trickle => {}
        () = until_ended => {}
    }
}
