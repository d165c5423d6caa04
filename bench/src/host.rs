//! The program under measurement: started with an empty folder, watched from outside.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::load::Connection;
use bench::Outcome;

/// A running program.
pub struct Host {
    child: Child,
    /// Where it listens.
    pub port: u16,
    /// From its start to its first answer.
    pub started_ms: f64,
    folder: PathBuf,
}

impl Host {
    /// Starts the program and waits for its first answer.
    pub async fn start(program: &Path) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("kefu-bench-{}", std::process::id()));
        // The first start makes keys and shops; what is measured is every later one.
        let (mut first, port, _) = launch(program, &folder).await?;
        first.kill()?;
        first.wait()?;
        let (child, port, started_ms) = match launch(program, &folder).await {
            Ok(running) => running,
            Err(error) => return Err(format!("port {port} again: {error}").into()),
        };
        Ok(Self { child, port, started_ms, folder })
    }

    /// Processor time that it used so far, in seconds.
    pub fn cpu_seconds(&self) -> Outcome<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<f64>().ok());
        let (user, system) = ticks(11).zip(ticks(12)).ok_or("no processor time")?;
        Ok((user + system) / 100.0)
    }

    /// Its share of the machine's memory.
    pub fn memory_mib(&self) -> Outcome<f64> {
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("no memory")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    /// Waits until it has nothing more to do in the background; at most a minute.
    pub async fn settle(&self) -> Outcome<()> {
        for _ in 0..240 {
            let before = self.cpu_seconds()?;
            tokio::time::sleep(Duration::from_millis(250)).await;
            if self.cpu_seconds()? - before < 0.015 {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn launch(program: &Path, folder: &Path) -> Outcome<(Child, u16, f64)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let started = Instant::now();
    let child = Command::new(program)
        .env("KEFU_PORT", port.to_string())
        .env("KEFU_DATA", folder)
        .env("KEFU_DEMO_INQUIRIES", "off")
        .env("KEFU_LIMIT_PER_MEMBER", "100000000")
        .stdout(Stdio::null())
        .spawn()?;
    while started.elapsed() < Duration::from_secs(20) {
        if let Ok(mut connection) = Connection::open(port).await
            && connection.get("/healthz", "").await.is_ok_and(|answer| answer.status == 200)
        {
            return Ok((child, port, started.elapsed().as_secs_f64() * 1000.0));
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Err("the program does not answer".into())
}
