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
}

impl Item {
    /// An item with nothing but its key.
    pub fn at(key: Key) -> Self {
        Self::default().with("pk", Value::Text(key.pk)).with("sk", Value::Text(key.sk))
    }

    /// The item with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        let value = match value {
            Value::Text(text) => AttributeValue::S(text),
            Value::Number(number) => AttributeValue::N(number.to_string()),
            Value::Bytes(bytes) => AttributeValue::B(Blob::new(bytes)),
        };
        self.0.insert(name.to_owned(), value);
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
