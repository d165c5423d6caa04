//! An item of the table, as names and values.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

use crate::failure::Failure;
use crate::store::keys::Key;

/// An item: every attribute of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item(HashMap<String, AttributeValue>);

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A set of texts; never empty.
    Texts(Vec<String>),
    /// Yes or no.
    Truth(bool),
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => Self::S(text),
            Value::Number(number) => Self::N(number.to_string()),
            Value::Bytes(bytes) => Self::B(Blob::new(bytes)),
            Value::Texts(texts) => Self::Ss(texts),
            Value::Truth(truth) => Self::Bool(truth),
        }
    }
}

impl Item {
    /// An item with nothing but its key.
    pub fn at(key: Key) -> Self {
        Self::default().with("pk", Value::Text(key.pk)).with("sk", Value::Text(key.sk))
    }

    /// The item with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// A text.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] if there is none.
    pub fn text(&self, name: &str) -> Result<&str, Failure> {
        let value = self.0.get(name).and_then(|value| value.as_s().ok());
        value.map(String::as_str).ok_or_else(|| missing(name))
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] if there is none.
    pub fn number(&self, name: &str) -> Result<u64, Failure> {
        let value = self.0.get(name).and_then(|value| value.as_n().ok());
        value.and_then(|number| number.parse().ok()).ok_or_else(|| missing(name))
    }

    /// Bytes.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] if there are none.
    pub fn bytes(&self, name: &str) -> Result<&[u8], Failure> {
        let value = self.0.get(name).and_then(|value| value.as_b().ok());
        value.map(Blob::as_ref).ok_or_else(|| missing(name))
    }
}

impl Item {
    /// A set of texts; an empty set is stored as no attribute.
    pub fn texts(&self, name: &str) -> &[String] {
        self.0.get(name).and_then(|value| value.as_ss().ok()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Yes or no, if it is there.
    pub fn truth(&self, name: &str) -> Option<bool> {
        self.0.get(name).and_then(|value| value.as_bool().ok()).copied()
    }
}

fn missing(name: &str) -> Failure {
    Failure::Unreadable(format!("the attribute {name} is missing"))
}

impl From<HashMap<String, AttributeValue>> for Item {
    fn from(map: HashMap<String, AttributeValue>) -> Self {
        Self(map)
    }
}

impl From<Item> for HashMap<String, AttributeValue> {
    fn from(item: Item) -> Self {
        item.0
    }
}
