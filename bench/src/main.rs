//! Measures the running local host: requests a second, latency, CPU of each operation, memory
//! and start. Traffic goes to loopback only, bounded in count.
//!
//! `BENCH_ARGS=--sweeps` measures deadlines and distribution, `BENCH_ARGS=--orders` orders and refunds,
//! `BENCH_ARGS=--lambdas` gauges the functions' programs, `BENCH_ARGS=--costs` prints docs/costs.md.
//! `make bench` at 1,000 and 100,000 stored inquiries; `BENCH_ARGS="--stored 1000000"` for a million.
#![expect(clippy::disallowed_methods, reason = "measuring time is what this is for")]

mod host;
mod load;
mod operations;
mod orders;
mod sweeps;

use std::path::PathBuf;

use bench::costs::measured::FILE;
use bench::costs::{self, Measured};
use bench::{Outcome, lambdas};
use clap::Parser;

use host::Host;
use operations::Desk;

/// What to measure.
#[derive(Debug, Parser)]
struct Settings {
    /// How many inquiries are stored, all of them waiting in one list; may be given more than once
    #[arg(long, default_values_t = [1_000, 100_000])]
    stored: Vec<usize>,
    /// Connections at the same time
    #[arg(long, default_values_t = [1, 8, 32])]
    connections: Vec<usize>,
    /// Requests of each measurement
    #[arg(long, default_value_t = 2_000)]
    requests: usize,
    /// Only what happens without a request: deadlines and distribution
    #[arg(long)]
    sweeps: bool,
    /// Only orders and refunds, at as many stored orders as `--stored` says
    #[arg(long)]
    orders: bool,
    /// Only the functions' programs in `--folder`: size, start, memory, two invocations each
    #[arg(long)]
    lambdas: bool,
    /// Where these programs are
    #[arg(long, default_value = "target/lambda")]
    folder: PathBuf,
    /// Only what Kefu costs, as docs/costs.md has it; nothing is measured
    #[arg(long)]
    costs: bool,
    /// The program
    #[arg(long, default_value = "target/release/kefu-local")]
    program: PathBuf,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let settings = Settings::parse();
    if settings.costs {
        print!("{}", costs::document(&Measured::read(FILE)));
        return Ok(());
    }
    if settings.lambdas {
        return lambdas::measure(&settings.folder).await;
    }
    if settings.sweeps {
        let folder = std::env::temp_dir().join(format!("kefu-sweeps-{}", std::process::id()));
        let measured = sweeps::measure(&folder).await;
        std::fs::remove_dir_all(&folder)?;
        return measured;
    }
    let mut stored = settings.stored.clone();
    stored.sort_unstable();
    let host = Host::start(&settings.program).await?;
    println!(
        "start to first 200: {:.0} ms; idle memory: {:.1} MiB (PSS)\n",
        host.started_ms,
        host.memory_mib()?
    );
    if settings.orders {
        return orders::measure(&host, &stored, &settings.connections, settings.requests).await;
    }
    let desk = Desk::open(&host).await?;
    println!("| stored | operation | connections | requests/s | p50 ms | p99 ms | CPU ms each | bytes |");
    println!("|---:|---|---:|---:|---:|---:|---:|---:|");
    for count in stored {
        desk.fill_up_to(&host, count).await?;
        for connections in &settings.connections {
            for operation in operations::ALL {
                let measured = desk.measure(&host, *operation, *connections, settings.requests).await?;
                println!("| {count} | {} | {connections} | {measured} |", operation.name());
            }
        }
        println!("| {count} | memory, loaded: {:.1} MiB (PSS) | | | | | | |", host.memory_mib()?);
    }
    Ok(())
}
