//! The files of one built site.

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use tower::{Service, ServiceExt, service_fn};
use tower_http::services::ServeDir;

use super::headers::{self, Policy};

/// Serves the site in this folder, or says that it is not built: it may be built while this runs.
pub fn site(
    folder: Option<PathBuf>,
    named: &'static str,
    policy: Policy,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static
{
    service_fn(move |request: Request| {
        let folder = folder.clone();
        async move {
            Ok(match folder {
                Some(folder) if folder.is_dir() => file(&folder, request, policy).await,
                _ => super::unbuilt(named),
            })
        }
    })
}

async fn file(folder: &Path, request: Request, policy: Policy) -> Response {
    let path = request.uri().path().to_owned();
    let files = ServeDir::new(folder).precompressed_gzip();
    let Ok(response) = files.oneshot(request).await;
    // A folder inside a site is no page: the redirect to it would not know below which name it lies.
    let folder = response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED;
    if folder || response.status() == StatusCode::NOT_FOUND {
        return super::not_found();
    }
    let mut response = response.map(Body::new).into_response();
    let kept = HeaderValue::from_static(headers::keeping(policy, &path));
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    headers::secure(policy, response.headers_mut());
    response
}
