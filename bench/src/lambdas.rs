//! The functions' programs, gauged as Lambda would run them: size, time from their start to the first request for
//! an event, memory, and the first two invocations. What they ask is answered by the engine of the local host on
//! loopback; queues and mail are not there, and no gauged event needs them.
#![expect(clippy::disallowed_methods, reason = "measuring time is what this is for")]

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use common::clock::Clock;
use common::ids;
use common::store::Store;
use common::store::table::Table;
use domain::labels::Category;
use local::engine::Engine;
use local::lambda::{Deployed, Function, Outcome as Invoked};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::Outcome;
use crate::scene::{ask, shop};

const TABLE: &str = include_str!("../../infra/table.json");
const API: &str = include_str!("../../docs/openapi.json");
/// Starts that are measured of each function.
const RUNS: usize = 20;
/// Milliseconds to the first request for an event that a function may take.
const MOST_MS: f64 = 10.0;
/// Functions that a queue calls; those that neither it nor the API calls are a schedule's.
const QUEUES: [&str; 3] = ["send-notice", "distribute-inquiries", "execute-refund"];
/// What CloudFront tells the functions.
const FRONT: &str = "what only the front knows";
/// What a function is given (infra/template.yaml).
const MEMORY_MB: u32 = 256;

/// What is around the functions: a shop with one inquiry.
struct Cloud {
    settings: Vec<(String, String)>,
    api: Value,
    inquiry: String,
}

/// What was found of one function.
struct Gauged {
    size_mib: f64,
    polled_ms: f64,
    first_ms: f64,
    second_ms: f64,
    memory_mib: f64,
    answer: String,
}

/// Gauges every function whose program is in the folder, as `<folder>/<name>/bootstrap` (cargo-lambda) or
/// `<folder>/<name>` (cargo), and fails if one starts too slowly.
///
/// # Errors
/// When one starts too slowly, says nothing, or none is there.
pub async fn measure(folder: &Path) -> Outcome<()> {
    let cloud = Cloud::open().await?;
    let (mut slow, mut missing, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    println!("| function | MiB | start, ms | first, ms | second, ms | memory, MiB | answer |");
    println!("|---|---:|---:|---:|---:|---:|---|");
    for name in functions()? {
        let Some(program) = program(folder, &name) else {
            missing.push(name);
            continue;
        };
        let gauged = cloud.gauge(&name, &program).await.map_err(|error| format!("{name}: {error}"))?;
        let Gauged { size_mib, polled_ms, first_ms, second_ms, memory_mib, answer } = gauged;
        println!(
            "| {name} | {size_mib:.1} | {polled_ms:.1} | {first_ms:.1} | {second_ms:.1} | {memory_mib:.1} | {answer} |"
        );
        starts.push(polled_ms);
        if polled_ms > MOST_MS {
            slow.push(name);
        }
    }
    println!("\n{} functions, start: median {:.1} ms of {RUNS} runs each", starts.len(), median(&mut starts));
    if !missing.is_empty() {
        println!("not built: {}", missing.join(", "));
    }
    match (starts.is_empty(), slow.is_empty()) {
        (true, _) => Err(format!("no program in {}: build it first", folder.display()).into()),
        (false, false) => Err(format!("above {MOST_MS} ms: {}", slow.join(", ")).into()),
        (false, true) => Ok(()),
    }
}

/// What each function's program in the folder makes of its event, by the function's name: a status and a problem's code,
/// or `done`.
///
/// # Errors
/// When a program is not there, or says nothing.
pub async fn answers(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let cloud = Cloud::open().await?;
    let mut answers = Vec::new();
    for name in functions()? {
        let program = program(folder, &name).ok_or_else(|| format!("{name} is not built"))?;
        let deployed = cloud.deployed(&name);
        let mut function = Function::start(&program, &deployed, None).await?;
        let answer =
            function.invoke(&cloud.event(&name)).await.map_err(|error| format!("{name}: {error}"))?;
        function.stop().await?;
        answers.push((name, told(&answer)));
    }
    Ok(answers)
}

/// The names of all functions, in order.
fn functions() -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../functions"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn program(folder: &Path, name: &str) -> Option<PathBuf> {
    let built = folder.join(name);
    [built.join("bootstrap"), built].into_iter().find(|file| file.is_file())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

impl Cloud {
    async fn open() -> Outcome<Self> {
        let engine = tokio::task::spawn_blocking(|| {
            let engine = Engine::in_memory()?;
            engine.ensure_table(TABLE)?;
            Ok::<_, local::engine::EngineError>(engine)
        });
        let engine = engine.await??;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (store, shop) = (Store::new(Table::new(engine.client(), "kefu")), shop(2)?);
        tokio::spawn(async move {
            if let Err(error) = engine.serve(listener).await {
                eprintln!("the engine is not served any more: {error}");
            }
        });
        let now = Clock::system().now();
        store.put_shop(&shop, None, now).await.map_err(|it| it.chain())?;
        let inquiry = ask(&store, &shop, Category::Product, 1, now).await?;
        let queue = |name: &str| format!("{url}/queues/{name}.fifo");
        let settings = [
            ("KEFU_TABLE", "kefu".to_owned()),
            ("KEFU_NOTICES_QUEUE", queue("notices")),
            ("KEFU_ARRIVALS_QUEUE", queue("arrivals")),
            ("KEFU_REFUNDS_QUEUE", queue("refunds")),
            ("KEFU_PUBLIC_URL", "https://desk.kefu.example".to_owned()),
            ("KEFU_MAIL_FROM", "no-reply@kefu.example".to_owned()),
            ("KEFU_LINK_SECRETS", ids::to_text(&[1; 32])),
            ("KEFU_ORIGIN_SECRETS", FRONT.to_owned()),
            ("AWS_ENDPOINT_URL", url.clone()),
        ];
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(Self { settings, api: serde_json::from_str(API)?, inquiry })
    }

    fn deployed<'a>(&'a self, name: &'a str) -> Deployed<'a> {
        Deployed { name, memory_mb: MEMORY_MB, region: "us-east-1", settings: &self.settings }
    }

    async fn gauge(&self, name: &str, program: &Path) -> Outcome<Gauged> {
        let deployed = self.deployed(name);
        let mut starts = Vec::with_capacity(RUNS);
        // The first start reads the program from the disk.
        for run in 0..=RUNS {
            let started = Instant::now();
            let mut function = Function::start(program, &deployed, None).await?;
            function.ready().await?;
            if run > 0 {
                starts.push(milliseconds(started));
            }
            function.stop().await?;
        }
        let event = self.event(name);
        let mut function = Function::start(program, &deployed, None).await?;
        function.ready().await?;
        let started = Instant::now();
        let answer = function.invoke(&event).await?;
        let first_ms = milliseconds(started);
        let started = Instant::now();
        function.invoke(&event).await?;
        let second_ms = milliseconds(started);
        let memory_mib = peak_memory(function.process().ok_or("it is gone")?)?;
        function.stop().await?;
        Ok(Gauged {
            size_mib: std::fs::metadata(program)?.len() as f64 / 1_048_576.0,
            polled_ms: median(&mut starts),
            first_ms,
            second_ms,
            memory_mib,
            answer: told(&answer),
        })
    }

    /// An event as whoever calls the function would hand it over: a request to its route by somebody of the
    /// staff, with an empty body where it is a command; a message about the inquiry; a shop; a schedule's call.
    fn event(&self, name: &str) -> Value {
        if QUEUES.contains(&name) {
            let (what, id) =
                if name == "execute-refund" { ("order", "A-1") } else { ("inquiry", self.inquiry.as_str()) };
            let body = json!({ "format": 1, "shop": "bench", what: id }).to_string();
            return json!({ "Records": [{ "messageId": "m-1", "body": body, "eventSource": "aws:sqs" }] });
        }
        if name == "put-shop" {
            let owner = json!({ "id": "zoe", "nickname": "Zoe", "role": "owner" });
            return json!({ "id": "another", "name": "港口選物", "members": [owner] });
        }
        let Some((method, path)) = self.route(&name.replace('-', "_")) else { return json!({}) };
        let path: Vec<&str> = path
            .split('/')
            .map(|part| match part {
                "{shop}" => "bench",
                "{id}" => self.inquiry.as_str(),
                "{agent}" => "a0",
                part if part.starts_with('{') => "x",
                part => part,
            })
            .collect();
        let path = path.join("/");
        let body = (method != "GET").then_some("{}");
        json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": "",
            "headers": {
                "content-type": "application/json",
                "host": "gauge.example",
                "if-match": "\"1\"",
                "x-kefu-origin": FRONT,
            },
            "requestContext": {
                "stage": "$default",
                "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7" },
                "authorizer": { "jwt": { "claims": { "sub": "a0", "token_use": "access" }, "scopes": null } },
            },
            "body": body,
            "isBase64Encoded": false,
        })
    }

    /// The operation's method and path.
    fn route(&self, operation: &str) -> Option<(String, &str)> {
        let paths = self.api["paths"].as_object()?;
        paths.iter().find_map(|(path, methods)| {
            let found = methods.as_object()?.iter().find(|(_, it)| it["operationId"] == operation)?;
            Some((found.0.to_uppercase(), path.as_str()))
        })
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// The most memory that the process had at once.
fn peak_memory(process: u32) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no memory")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1_024.0)
}

/// What became of the event, in a word or two.
fn told(answer: &Invoked) -> String {
    match answer {
        Invoked::Failed(error) => format!("error: {}", error["errorType"].as_str().unwrap_or_default()),
        Invoked::Answered(answer) => {
            let body: Value =
                serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
            if let Some(code) = answer["code"].as_str() {
                return code.to_owned();
            }
            let failed = answer["batchItemFailures"].as_array().filter(|failures| !failures.is_empty());
            match (answer["statusCode"].as_u64(), body["code"].as_str(), failed) {
                (Some(status), Some(code), _) => format!("{status} {code}"),
                (Some(status), None, _) => status.to_string(),
                (None, _, Some(_)) => "comes again".to_owned(),
                (None, _, None) => "done".to_owned(),
            }
        }
    }
}
