//! What the engine can be asked: the operations of DynamoDB that Kefu uses, by their names on the wire.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What an operation was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The status and the JSON body.
    Given {
        /// 200, or the error's.
        status: u16,
        /// The response, or the error with its `__type`.
        body: Vec<u8>,
    },
    /// The connection broke before the answer came: nobody knows whether it was done.
    Lost,
}

impl Answer {
    /// An error in the shape that the SDK reads.
    pub fn error(code: &str, message: &str) -> Self {
        let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
        let body = serde_json::json!({ "__type": kind, "message": message });
        Self::Given { status: 400, body: body.to_string().into_bytes() }
    }

    /// Whether it was done.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Given { status: 200, .. })
    }
}

/// Something that performs operations, one at a time.
pub trait Operations: Send {
    /// Performs the operation with this request in JSON.
    fn perform(&mut self, operation: &str, request: &[u8]) -> Answer;
}

/// Whether the operation changes what is stored, so that its answer has to wait for the disk.
pub fn writes(operation: &str) -> bool {
    !matches!(
        operation,
        "GetItem" | "Query" | "Scan" | "BatchGetItem" | "TransactGetItems" | "DescribeTable" | "ListTables"
    )
}

impl Operations for Database {
    fn perform(&mut self, operation: &str, request: &[u8]) -> Answer {
        match operation {
            "GetItem" => run(request, |it| self.get_item(it)),
            "PutItem" => run(request, |it| self.put_item(it)),
            "Query" => run(request, |it| self.query(it)),
            "UpdateItem" => run(request, |it| self.update_item(it)),
            "DeleteItem" => run(request, |it| self.delete_item(it)),
            "TransactWriteItems" => run(request, |it| self.transact_write_items(it)),
            "TransactGetItems" => run(request, |it| self.transact_get_items(it)),
            "BatchGetItem" => run(request, |it| self.batch_get_item(it)),
            "BatchWriteItem" => run(request, |it| self.batch_write_item(it)),
            "Scan" => run(request, |it| self.scan(it)),
            "CreateTable" => run(request, |it| self.create_table(it)),
            "DescribeTable" => run(request, |it| self.describe_table(it)),
            "ListTables" => run(request, |it| self.list_tables(it)),
            _ => Answer::error("UnknownOperationException", operation),
        }
    }
}

/// Reads the request, performs it, and writes the response.
fn run<Request, Response>(
    request: &[u8],
    perform: impl FnOnce(Request) -> Result<Response, DynoxideError>,
) -> Answer
where
    Request: DeserializeOwned,
    Response: Serialize,
{
    let performed = serde_json::from_slice(request).map_err(refused).and_then(perform);
    let written = performed.and_then(|response| {
        serde_json::to_vec(&response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
    });
    match written {
        Ok(body) => Answer::Given { status: 200, body },
        Err(error) => Answer::Given { status: error.status_code(), body: error.to_json().into_bytes() },
    }
}

/// A request that cannot be read. The engine marks its own checks with a prefix in capitals.
fn refused(error: serde_json::Error) -> DynoxideError {
    let told = error.to_string();
    let told = told.split_once(':').filter(|(mark, _)| is_mark(mark)).map_or(told.as_str(), |(_, rest)| rest);
    DynoxideError::ValidationException(told.to_owned())
}

fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
