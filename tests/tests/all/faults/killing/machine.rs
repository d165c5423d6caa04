//! The program as a process of its own, and people who talk to it over loopback.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

/// Why a request has no answer.
#[derive(Debug)]
pub enum Unanswered {
    /// The program is gone.
    Gone,
    /// It refused; what it said.
    Refused(String),
}

/// The program, running on a port and a folder.
pub struct Machine {
    child: Mutex<Child>,
    port: u16,
    data: PathBuf,
}

/// Somebody with a token.
pub struct Person<'a> {
    machine: &'a Machine,
    token: String,
}

impl Machine {
    /// Starts the built program on this folder, and waits until it is ready.
    pub fn start(data: &Path) -> Self {
        Self::start_at(data, quiet_port())
    }

    /// Starts it again after it was killed, where it was before.
    pub fn start_again(&self) -> Self {
        Self::start_at(&self.data, self.port)
    }

    fn start_at(data: &Path, port: u16) -> Self {
        let child = Command::new(program())
            .env("KEFU_PORT", port.to_string())
            .env("KEFU_DATA", data)
            .env("KEFU_DEMO_INQUIRIES", "off")
            .env("KEFU_LOG", "off")
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let machine = Self { child: Mutex::new(child), port, data: data.to_owned() };
        let ready = machine.until(|| machine.send("GET", "/healthz", "", "").ok());
        ready.expect("the program is ready");
        machine
    }

    /// Ends it as a power cut would (SIGKILL).
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.kill().and_then(|()| child.wait()).expect("it is gone");
    }

    /// Asks again and again, for at most ten seconds, until there is something.
    pub fn until<T>(&self, look: impl Fn() -> Option<T>) -> Option<T> {
        let (_open, never) = channel::<()>();
        (0..2_000).find_map(|_| {
            look().or_else(|| {
                // Nothing ever comes here: it is a wait between two looks.
                let _ = never.recv_timeout(Duration::from_millis(5));
                None
            })
        })
    }

    /// Somebody of the staff.
    pub fn agent(&self, id: &str) -> Result<Person<'_>, Unanswered> {
        self.person("/local/sign-in", &json!({ "agent": id }))
    }

    /// A member of the shop.
    pub fn member(&self, id: &str) -> Result<Person<'_>, Unanswered> {
        self.member_of("taipei", id)
    }

    /// A member of any shop.
    pub fn member_of(&self, shop: &str, id: &str) -> Result<Person<'_>, Unanswered> {
        let email = format!("{id}@example.com");
        let member = json!({ "shop": shop, "id": id, "name": id, "email": email });
        self.person("/local/member-token", &member)
    }

    /// Whoever holds this key of a shop's backend.
    pub fn holder(&self, key: &str) -> Person<'_> {
        Person { machine: self, token: key.to_owned() }
    }

    /// What anybody on this machine may read of the local host.
    pub fn reads(&self, path: &str) -> Result<Value, Unanswered> {
        self.send("GET", path, "", "")
    }

    /// What anybody on this machine may ask of the local host.
    pub fn anybody(&self, path: &str, body: &Value) -> Result<Value, Unanswered> {
        self.send("POST", path, "", &body.to_string())
    }

    fn person(&self, path: &str, who: &Value) -> Result<Person<'_>, Unanswered> {
        let signed_in = self.send("POST", path, "", &who.to_string())?;
        let token = signed_in["token"].as_str().unwrap_or_default().to_owned();
        Ok(Person { machine: self, token })
    }

    /// How many copies of each mail are in the folder, by its notice.
    pub fn mails(&self) -> BTreeMap<String, usize> {
        let mut mails = BTreeMap::new();
        // The first mail makes the folder.
        let files = std::fs::read_dir(self.data.join("mail")).into_iter().flatten();
        for file in files {
            let name = file.expect("a file").file_name().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".eml") else { continue };
            // <milliseconds>-<inquiry>-<number>, and -<copy> behind it for one of the same millisecond.
            let notice = stem.split('-').skip(1).take(2).collect::<Vec<_>>().join("-");
            *mails.entry(notice).or_default() += 1;
        }
        mails
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Result<Value, Unanswered> {
        let gone = |_| Unanswered::Gone;
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).map_err(gone)?;
        line.set_read_timeout(Some(Duration::from_secs(10))).map_err(gone)?;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n{body}",
            self.port
        );
        line.write_all(request.as_bytes()).map_err(gone)?;
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).map_err(gone)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(Unanswered::Gone)?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if length.and_then(|length| length.parse().ok()) != Some(body.len()) {
            // Half an answer is none: nobody was told anything.
            return Err(Unanswered::Gone);
        }
        if !head.starts_with("HTTP/1.1 2") {
            return Err(Unanswered::Refused(answer));
        }
        Ok(serde_json::from_str(body).unwrap_or_default())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        // It may be gone already.
        let _ = child.kill().and_then(|()| child.wait());
    }
}

impl Person<'_> {
    /// Reads.
    pub fn get(&self, path: &str) -> Result<Value, Unanswered> {
        self.machine.send("GET", path, &self.headers(None), "")
    }

    /// Commands, having seen that version.
    pub fn post(&self, path: &str, seen: Option<u32>, body: &Value) -> Result<Value, Unanswered> {
        self.machine.send("POST", path, &self.headers(seen), &body.to_string())
    }

    /// Commands once, however often it is sent under that key; answers with the status and what was said.
    pub fn sends_once(&self, path: &str, (seen, key): (u32, &str), body: &Value) -> (u16, Value) {
        let headers = format!("{}idempotency-key: {key}\r\n", self.headers(Some(seen)));
        match self.machine.send("POST", path, &headers, &body.to_string()) {
            Ok(said) => (200, said),
            Err(Unanswered::Gone) => (0, Value::Null),
            Err(Unanswered::Refused(answer)) => {
                let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or_default();
                let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
                (status, serde_json::from_str(body).unwrap_or_default())
            }
        }
    }

    /// Puts something in place of what was.
    pub fn put(&self, path: &str, body: &Value) -> Result<Value, Unanswered> {
        self.machine.send("PUT", path, &self.headers(None), &body.to_string())
    }

    fn headers(&self, seen: Option<u32>) -> String {
        let seen = seen.map(|seen| format!("if-match: \"{seen}\"\r\n")).unwrap_or_default();
        format!("authorization: Bearer {}\r\n{seen}", self.token)
    }
}

/// A port below those that the system gives to connections, so that it is still free after a kill.
fn quiet_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let from = u16::try_from(std::process::id() % 6_000).unwrap_or_default();
    let ports = || 20_000 + (from + NEXT.fetch_add(1, Ordering::Relaxed)) % 9_000;
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    std::iter::repeat_with(ports).take(1_000).find(free).expect("a free port")
}

/// The program that was built beside this test.
fn program() -> PathBuf {
    let here = std::env::current_exe().expect("this test is a file");
    let built = here.ancestors().nth(2).expect("a folder of builds").join("kefu-local");
    assert!(built.is_file(), "build the program first: cargo build --release -p local");
    built
}
