//! Connections: how many there may be, and how long a slow sender may take to say what it wants.
//!
//! HTTP/1.1 only: browsers speak HTTP/2 with the proxy that ends TLS, and telling protocols apart would wait for ever for
//! somebody who says nothing.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::{ServiceExt as _, service_fn};

/// How long a client may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// For the head of a request, from the first moment that one could come. A connection that says nothing ends too.
    pub(crate) head: Duration,
    /// For an answer that is under way when the server is told to stop.
    pub(crate) farewell: Duration,
}

impl Patience {
    pub(crate) const USUAL: Self = Self { head: Duration::from_secs(20), farewell: Duration::from_secs(30) };
}

/// As many at once as one process has files for with the usual limit of 1024, leaving some for the database. More wait
/// in the socket's queue.
const AT_MOST: usize = 800;

/// How long to wait when the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(100);

/// Answers connections until `shutdown` is ready, then finishes what is under way.
///
/// # Errors
/// When the socket fails for good.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let (open, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(AT_MOST)));
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((listener.accept().await, place))
        };
        let (accepted, place) = tokio::select! {
            next = next => next?,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // The client is gone already, or too many files are open: neither ends the server.
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a connection was not taken");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let connection = builder.serve_connection(TokioIo::new(stream), service(router.clone(), peer));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = &error as &dyn std::error::Error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    // Whoever is slower than this has been told nothing yet, and will ask again.
    drop(tokio::time::timeout(patience.farewell, open.shutdown()).await);
    Ok(())
}

/// The router for one connection, which knows where it comes from.
fn service<B>(
    router: Router,
    peer: SocketAddr,
) -> TowerToHyperService<
    impl tower::Service<axum::http::Request<B>, Response = axum::response::Response, Error = Infallible, Future: Send>
    + Clone
    + Send,
>
where
    B: axum::body::HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
{
    TowerToHyperService::new(service_fn(move |request: axum::http::Request<B>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    }))
}

#[cfg(test)]
mod tests {
    use axum::{http::StatusCode, routing::get};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;

    async fn read_to_the_end(stream: &mut TcpStream) -> String {
        let mut read = Vec::new();
        // A connection that is cut may also be reset.
        drop(stream.read_to_end(&mut read).await);
        String::from_utf8_lossy(&read).into_owned()
    }

    #[tokio::test]
    async fn whoever_never_ends_the_head_of_a_request_is_hung_up_on_and_others_are_answered() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(async || StatusCode::NO_CONTENT));
        let patience = Patience { head: Duration::from_millis(50), farewell: Duration::from_secs(5) };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, router, patience, async { drop(stopped.await) }));

        // Nothing at all; what may become one protocol or another; most of a head.
        for begun in ["", "P", "PRI * HTTP/2.0\r\n\r\n", "GET / HTTP/1.1\r\nhost: hatang.test\r\nx-one: "] {
            let mut slow = TcpStream::connect(address).await.unwrap();
            slow.write_all(begun.as_bytes()).await.unwrap();
            let hung_up = tokio::time::timeout(Duration::from_secs(10), read_to_the_end(&mut slow)).await;
            let said = hung_up.unwrap_or_else(|_| panic!("{begun:?} holds a connection"));
            assert!(!said.contains("204"), "{begun:?}: {said}");
        }

        let mut quick = TcpStream::connect(address).await.unwrap();
        quick.write_all(b"GET / HTTP/1.1\r\nhost: hatang.test\r\nconnection: close\r\n\r\n").await.unwrap();
        assert!(read_to_the_end(&mut quick).await.starts_with("HTTP/1.1 204"));

        stop.send(()).unwrap();
        serving.await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
    }
}
