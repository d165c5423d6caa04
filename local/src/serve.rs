//! Serves the system until somebody stops it.

use std::io;
use std::sync::Arc;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::host::{Host, StartError};

/// Serves on this listener, and works beside it, until the program is asked to end. What is under way is
/// finished first.
pub async fn until_stopped(host: Arc<Host>, listener: TcpListener) -> Result<(), StartError> {
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn({
        let (host, stopped) = (host.clone(), stopped.clone());
        async move { host.work(stopped).await }
    });
    let listener = listener.tap_io(|connection| {
        // An answer is written at once, not when more has gathered.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection without TCP_NODELAY");
        }
    });
    let asked = async move {
        if let Err(error) = asked_to_end().await {
            tracing::error!(%error, "signals cannot be heard: the program has to be killed to end");
            std::future::pending::<()>().await;
        }
        stop.send_replace(true);
    };
    axum::serve(listener, host.router()).with_graceful_shutdown(asked).await?;
    worker.await?;
    Ok(())
}

async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminated, mut hung_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
        _ = hung_up.recv() => Ok(()),
    }
}
