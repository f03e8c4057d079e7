//! Connections: accepted, bounded in number and time, and finished before the program ends.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// How long a client may take to send a request's head; slower ones are let go, so that many slow
/// ones cannot hold every connection.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How many connections are served at once; further ones wait.
const CONNECTIONS: usize = 4_096;
/// How long what is under way may take once the program is asked to end.
const FAREWELL: Duration = Duration::from_secs(20);

/// The address a request's connection comes from, in the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Serves until `shutdown` is done, then finishes what is under way.
///
/// axum's own `serve` is not used because it sets no timer, and without one a client may take for
/// ever to send its request.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(Duration::from_secs(30)));
    let builder = Arc::new(builder);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = async {
                let place = Arc::clone(&connections).acquire_owned().await;
                (listener.accept().await, place)
            } => accepted,
        };
        let ((stream, peer), place) = match accepted {
            (Ok((stream, peer)), Ok(place)) => ((stream, peer), place),
            (Err(error), _) => {
                // Too many open files, most often: waiting lets some be closed.
                tracing::warn!(error = %error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
            (Ok(_), Err(_)) => break,
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(error = %error, "a connection keeps its delay");
        }
        let router = router.clone().map_request(move |mut request: Request<_>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            request
        });
        let service = TowerToHyperService::new(router);
        let builder = Arc::clone(&builder);
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            let connection = builder.serve_connection(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(error = %error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => {
            tracing::warn!("some requests were still under way and were ended");
        }
    }
}
