//! The domain's closed lists on the wire: a word, checked when read, an enum in OpenAPI.

use std::borrow::Cow;

use domain::labels::Label;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A value of a closed list as a JSON string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<T: Label> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, T: Label> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Cow::<'de, str>::deserialize(deserializer)?;
        let found = T::ALL.iter().find(|value| value.word() == word);
        found.map(|value| Self(*value)).ok_or_else(|| D::Error::custom("unknown value"))
    }
}

impl<T: Label> PartialSchema for Word<T> {
    fn schema() -> RefOr<Schema> {
        let words = T::ALL.iter().map(|value| value.word());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
    }
}

impl<T: Label> ToSchema for Word<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }
}

/// [`Source`](domain::labels::Source) on the wire.
pub type SourceWord = Word<domain::labels::Source>;
/// [`Category`](domain::labels::Category) on the wire.
pub type CategoryWord = Word<domain::labels::Category>;
/// [`Priority`](domain::labels::Priority) on the wire.
pub type PriorityWord = Word<domain::labels::Priority>;
/// [`Status`](domain::labels::Status) on the wire.
pub type StatusWord = Word<domain::labels::Status>;
/// [`EndReason`](domain::labels::EndReason) on the wire.
pub type EndReasonWord = Word<domain::labels::EndReason>;
/// [`Flag`](domain::labels::Flag) on the wire.
pub type FlagWord = Word<domain::labels::Flag>;
/// [`Score`](domain::labels::Score) on the wire.
pub type ScoreWord = Word<domain::labels::Score>;
/// [`Locale`](domain::labels::Locale) on the wire.
pub type LocaleWord = Word<domain::labels::Locale>;
/// [`Evidence`](domain::labels::Evidence) on the wire.
pub type EvidenceWord = Word<domain::labels::Evidence>;
/// [`PaymentMethod`](domain::labels::PaymentMethod) on the wire.
pub type PaymentMethodWord = Word<domain::labels::PaymentMethod>;
/// [`RefundReason`](domain::labels::RefundReason) on the wire.
pub type RefundReasonWord = Word<domain::labels::RefundReason>;
/// [`ReturnKind`](domain::labels::ReturnKind) on the wire.
pub type ReturnKindWord = Word<domain::labels::ReturnKind>;
