//! Listening: one address, a bounded number of connections, time limits for slow clients, and a
//! shutdown that lets requests under way finish. hyper does the work; the bounds are ours.

mod body;
mod host;
mod observe;
mod proxies;

pub use body::{BodyError, read_body, read_body_up_to};
pub use host::host_of;
pub use observe::{RequestId, observed};
pub use proxies::{Network, NotANetwork, TrustedProxies};

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// How much a listener bears.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections at once; further ones wait in the kernel's queue. An idle one costs some kilobytes and a
    /// descriptor, and goes when it has been silent for as long as `head`.
    pub connections: usize,
    /// How long a client may take to send a request's head, or stay silent between requests.
    pub head: Duration,
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// Headers of a request.
    pub headers: usize,
    /// How long requests under way may take to finish once the listener is told to stop.
    pub drain: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 16_384,
            head: Duration::from_secs(15),
            head_bytes: 32 << 10,
            headers: 100,
            drain: Duration::from_secs(20),
        }
    }
}

/// The client's address as this host trusts it.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// Why an address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}")]
pub struct BindError {
    /// The address asked for.
    pub address: SocketAddr,
    /// What the system said, such as that it is in use.
    #[source]
    pub cause: std::io::Error,
}

/// How a listener ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every request under way was answered.
    Whole,
    /// Some took too long and were cut off.
    CutOff,
}

/// A bound address, not yet serving.
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    bounds: Bounds,
    proxies: TrustedProxies,
}

impl Listener {
    /// Binds `address`; port 0 lets the system choose.
    ///
    /// # Errors
    /// Where the address is in use or not ours.
    pub async fn bind(address: SocketAddr, bounds: Bounds) -> Result<Self, BindError> {
        let failed = |cause| BindError { address, cause };
        let socket = TcpListener::bind(address).await.map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        Ok(Self { socket, address, bounds, proxies: TrustedProxies::default() })
    }

    /// Takes these proxies' word for where a request comes from.
    #[must_use]
    pub fn behind(self, proxies: TrustedProxies) -> Self {
        Self { proxies, ..self }
    }

    /// The address that was bound, its port included.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves `router` until `stop` completes, then lets requests under way finish, for a bounded
    /// time. Afterwards nothing of it is answered any more; of a request that was cut off, a call of the component may go on
    /// until the call's own bounds end it.
    pub async fn serve(self, router: Router, stop: impl Future<Output = ()>) -> Drained {
        let Self { socket, address, bounds, proxies } = self;
        let proxies = Arc::new(proxies);
        let places = Arc::new(Semaphore::new(bounds.connections));
        let connections = GracefulShutdown::new();
        let mut running = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = accept(&socket, &places) => accepted,
                () = &mut stop => break,
            };
            let Some((stream, peer, place)) = accepted else { break };
            let proxies = Arc::clone(&proxies);
            let service = router.clone().map_request(move |mut request: hyper::Request<_>| {
                let client = proxies.client(peer, request.headers());
                request.extensions_mut().insert(ClientAddress(client));
                request
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(bounds.head)
                // hyper panics below its own minimum.
                .max_buf_size(bounds.head_bytes.max(8 << 10))
                .max_headers(bounds.headers)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
            let connection = connections.watch(connection);
            while running.try_join_next().is_some() {}
            running.spawn(async move {
                let _place = place;
                if let Err(error) = connection.await {
                    tracing::debug!(cause = %crate::Chain(&error), "a connection ended early");
                }
            });
        }
        drop(socket);
        let drained = tokio::time::timeout(bounds.drain, connections.shutdown()).await;
        running.shutdown().await;
        match drained {
            Ok(()) => Drained::Whole,
            Err(_) => {
                tracing::warn!(%address, "some requests did not finish in time and were cut off");
                Drained::CutOff
            }
        }
    }
}

type Accepted = (TcpStream, IpAddr, tokio::sync::OwnedSemaphorePermit);

/// The next connection, once there is a place for it; none where places were closed.
async fn accept(socket: &TcpListener, places: &Arc<Semaphore>) -> Option<Accepted> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    loop {
        match socket.accept().await {
            Ok((stream, client)) => {
                // Answers are small and written at once: waiting to fill a segment only delays them.
                let _ = stream.set_nodelay(true);
                return Some((stream, client.ip().to_canonical(), place));
            }
            Err(error) => {
                // Out of descriptors, or a client that was gone before we looked: not ours to end.
                tracing::warn!(cause = %error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}
