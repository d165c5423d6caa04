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
