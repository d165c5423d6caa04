//! Small pictures inside JSON: `data:image/png;base64,…`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::http::Fields;
use crate::problem::FieldCode;
use crate::store::Picture;

/// The most bytes of a picture.
const MOST_BYTES: usize = 24 * 1024;

/// The picture of a data URL; what it says it is counts for nothing, its first bytes decide.
pub fn picture(fields: &mut Fields, field: &str, url: &str) -> Option<Picture> {
    let content = url.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,"));
    let bytes = content.and_then(|(_, content)| STANDARD.decode(content).ok());
    if bytes.as_ref().is_some_and(|bytes| bytes.len() > MOST_BYTES) {
        fields.wrong(field, FieldCode::TooLarge(MOST_BYTES));
        return None;
    }
    let picture = bytes.and_then(Picture::of);
    if picture.is_none() {
        fields.wrong(field, FieldCode::NotAnImage);
    }
    picture
}

/// A picture as a data URL.
pub fn data_url(picture: &Picture) -> String {
    format!("data:image/{};base64,{}", picture.kind, STANDARD.encode(&picture.bytes))
}
