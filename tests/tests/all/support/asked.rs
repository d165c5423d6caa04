//! An inquiry, as the tests speak of it.

/// Which inquiry: its shop and id, and the short reference that people read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The shop.
    pub shop: String,
    /// `inq_…`
    pub id: String,
    /// `K7QX-3M2P`
    pub reference: String,
    /// `not_needed`, `mail_sent` or `earlier_link`.
    pub confirmation: String,
}

impl Asked {
    /// The inquiry of a header that staff were shown.
    pub fn of(header: &serde_json::Value) -> Self {
        let text = |name: &str| header[name].as_str().unwrap_or_default().to_owned();
        Self {
            shop: super::TAIPEI.to_owned(),
            id: text("id"),
            reference: text("reference"),
            confirmation: String::new(),
        }
    }
}
