//! DynamoDB, SQS and SES behind one port of this machine, as long as a test needs them.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use serde_json::Value;

use crate::support::Folder;
use crate::tidy::root;

/// Ministack in a process of its own, which ends with the last test that uses it.
#[derive(Debug)]
pub struct Ministack {
    port: u16,
    process: Child,
    /// Its watcher reads from here: when this end closes, even by a crash, ministack is ended.
    lifeline: Option<ChildStdin>,
    /// What it writes goes here.
    _folder: Folder,
}

/// Starts ministack, keeps the number of the process, and ends it when nobody holds the other end of the
/// watcher's standard input any more.
const WATCHER: &str =
    r#""$0" </dev/null >"$TMPDIR/log" 2>&1 & child=$!; cat >/dev/null; kill $child; wait $child"#;

impl Ministack {
    /// The one that is running, or a new one.
    pub fn running() -> Result<Arc<Self>, Box<dyn Error>> {
        static SHARED: Mutex<Weak<Ministack>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = shared.upgrade() {
            return Ok(running);
        }
        let started = Arc::new(Self::start()?);
        *shared = Arc::downgrade(&started);
        Ok(started)
    }

    fn start() -> Result<Self, Box<dyn Error>> {
        let program = root().join(".tools/ministack/bin/ministack");
        if !program.is_file() {
            return Err("ministack is not installed: run `make tools`".into());
        }
        // Bound and let go: the next free port of the machine.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let folder = Folder::new();
        let mut process = Command::new("sh")
            .args(["-c", WATCHER])
            .arg(program.canonicalize()?)
            .env("BIND_HOST", "127.0.0.1")
            .env("MINISTACK_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .env("SERVICES", "dynamodb,sqs,ses")
            .env("LOG_LEVEL", "WARNING")
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .stdin(Stdio::piped())
            .spawn()?;
        let lifeline = process.stdin.take();
        let started = Self { port, process, lifeline, _folder: folder };
        started.wait_for_port()?;
        Ok(started)
    }

    /// It needs a second or two; half a minute is the bound.
    #[expect(clippy::disallowed_methods, reason = "a started process tells in no other way that it is ready")]
    fn wait_for_port(&self) -> Result<(), Box<dyn Error>> {
        for _ in 0..600 {
            if self.ask("GET", "/_ministack/health", &[], "").is_ok_and(|(status, _)| status == 200) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("ministack did not answer within 30 seconds".into())
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// One plain HTTP request: status and body.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<(u16, String), Box<dyn Error>> {
        let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        line.set_read_timeout(Some(Duration::from_secs(30)))?;
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        write!(
            line,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )?;
        let mut answer = String::new();
        line.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("half an answer")?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok((status, body.to_owned()))
    }

    /// Makes a table from a `CreateTable` request.
    pub fn make_table(&self, request: &str) -> Result<(), Box<dyn Error>> {
        let headers = [
            ("X-Amz-Target", "DynamoDB_20120810.CreateTable"),
            ("Content-Type", "application/x-amz-json-1.0"),
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
            ),
        ];
        let (status, told) = self.ask("POST", "/", &headers, request)?;
        if status == 200 { Ok(()) } else { Err(told.into()) }
    }

    /// The mails that its SES took, oldest first.
    pub fn mails(&self) -> Result<Vec<Value>, Box<dyn Error>> {
        let (_, body) = self.ask("GET", "/_ministack/ses/messages", &[], "")?;
        let all: Value = serde_json::from_str(&body)?;
        let accounts = all["messages"].as_object().ok_or("no messages")?;
        Ok(accounts.values().filter_map(Value::as_array).flatten().cloned().collect())
    }
}

impl Drop for Ministack {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // The watcher has ended by itself, or nothing can be done about it.
        let _ = self.process.wait();
    }
}

/// What the SDK's clients need to reach it.
macro_rules! client {
    ($service:ident, $ministack:expr) => {{
        use $service::config::{BehaviorVersion, Config, Credentials, Region};
        $service::Client::from_conf(
            Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::from_static("us-east-1"))
                .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
                .endpoint_url($ministack.url())
                .build(),
        )
    }};
}
pub(crate) use client;
