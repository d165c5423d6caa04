//! Finds refunds that were missed.
use common::app::App;
use common::failure::Failure;
/// Runs.
///
/// # Errors
/// [`Failure`].
pub async fn run(_: App) -> Result<(), Failure> { Ok(()) }
