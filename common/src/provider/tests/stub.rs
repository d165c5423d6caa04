//! A provider in a thread: it reads one request a connection and does as it was told.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What it does once it has read a request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends these bytes and closes.
    Say(Vec<u8>),
    /// Sends these bytes and then nothing, until the other side has enough.
    Hang(Vec<u8>),
}

impl Act {
    /// A whole answer.
    pub fn answer(status: u16, body: &str) -> Self {
        let length = body.len();
        Self::Say(format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes())
    }
}

/// The provider.
#[derive(Debug)]
pub struct Stub {
    pub port: u16,
    requests: Receiver<String>,
}

impl Stub {
    pub fn start(act: Act) -> io::Result<Self> {
        Self::wrapped(act, |stream| Ok(Box::new(stream)))
    }

    /// With TLS, or whatever lies between the connection and the text.
    pub fn wrapped(
        act: Act,
        wrap: impl Fn(std::net::TcpStream) -> io::Result<Box<dyn Stream>> + Send + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let (heard, requests) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // What breaks here is what the test sees.
                let _ = wrap(stream).and_then(|stream| serve(stream, &act, &heard));
            }
        });
        Ok(Self { port, requests })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// The next request that came, if one did.
    pub fn request(&self) -> Option<String> {
        self.requests.try_recv().ok()
    }
}

/// What can be read and written.
pub trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

fn serve(mut stream: Box<dyn Stream>, act: &Act, heard: &Sender<String>) -> io::Result<()> {
    let request = read(&mut stream)?;
    let _ = heard.send(request);
    match act {
        Act::Say(bytes) => stream.write_all(bytes)?,
        Act::Hang(bytes) => {
            stream.write_all(bytes)?;
            stream.flush()?;
            io::copy(&mut stream, &mut io::sink())?;
        }
    }
    stream.flush()
}

/// A request with its body.
fn read(stream: &mut impl Read) -> io::Result<String> {
    let (mut request, mut buffer) = (String::new(), [0; 4096]);
    loop {
        let length = stream.read(&mut buffer)?;
        request.push_str(&String::from_utf8_lossy(&buffer[..length]));
        let whole = request.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            length.and_then(|text| text.parse().ok()).is_some_and(|length: usize| body.len() >= length)
        });
        if whole || length == 0 {
            return Ok(request);
        }
    }
}
