//! What runs by the clock, as EventBridge Scheduler does it in the cloud: each function at its rate on
//! Kefu's clock, also once at the start, and at once when the clock was moved past its time.

use std::pin::Pin;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, watch};

/// A function without input, and how often it runs.
pub struct Schedule {
    /// The function's name.
    pub name: &'static str,
    every: SignedDuration,
    run: Box<dyn Fn() -> Running + Send + Sync>,
}

type Running = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

impl Schedule {
    /// Runs this function at that rate.
    pub fn new<Run>(
        name: &'static str,
        every: SignedDuration,
        run: impl Fn() -> Run + Send + Sync + 'static,
    ) -> Self
    where
        Run: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self { name, every, run: Box::new(move || Box::pin(run())) }
    }
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Schedule({} every {})", self.name, self.every)
    }
}

/// All schedules, and when each ran last.
#[derive(Debug)]
pub struct Schedules {
    all: Mutex<Vec<(Schedule, Option<Timestamp>)>>,
}

impl Schedules {
    /// None of them has run yet.
    pub fn new(all: Vec<Schedule>) -> Self {
        Self { all: Mutex::new(all.into_iter().map(|schedule| (schedule, None)).collect()) }
    }

    /// Runs what is due, one after the other, and returns when it is done. However often something was
    /// missed, it runs once: the functions look at what is due, not at how often they are called.
    pub async fn run_due(&self, now: Timestamp) {
        for (schedule, last) in self.all.lock().await.iter_mut() {
            if last.is_some_and(|last| now.duration_since(last) < schedule.every) {
                continue;
            }
            *last = Some(now);
            if let Err(error) = (schedule.run)().await {
                tracing::error!(function = schedule.name, %error, "a scheduled function failed");
            }
        }
    }

    /// Runs each at its time until `stop` turns true.
    pub async fn keep(&self, now: impl Fn() -> Timestamp, mut stop: watch::Receiver<bool>) {
        loop {
            self.run_due(now()).await;
            let wait = self.wait(now()).await;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// How long nothing is due.
    async fn wait(&self, now: Timestamp) -> Duration {
        let all = self.all.lock().await;
        let waits = all.iter().map(|(schedule, last)| {
            let since = last.map_or(schedule.every, |last| now.duration_since(last));
            Duration::try_from(schedule.every - since).unwrap_or_default()
        });
        // A little late rather than a little early, which would mean a second round.
        waits.min().unwrap_or(Duration::from_secs(60)) + Duration::from_millis(1)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn counting(name: &'static str, minutes: i64, count: &Arc<AtomicU32>) -> Schedule {
        let count = count.clone();
        Schedule::new(name, SignedDuration::from_mins(minutes), move || {
            count.fetch_add(1, Ordering::Relaxed);
            async { Ok(()) }
        })
    }

    #[tokio::test]
    async fn each_runs_at_the_start_and_then_at_its_rate() {
        let (often, seldom) = (Arc::default(), Arc::default());
        let schedules = Schedules::new(vec![counting("often", 1, &often), counting("seldom", 60, &seldom)]);
        let mut seen = Vec::new();
        for seconds in [0, 30, 60, 119, 120, 3600] {
            schedules.run_due(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)).await;
            seen.push((often.load(Ordering::Relaxed), seldom.load(Ordering::Relaxed)));
        }
        assert_eq!(seen, [(1, 1), (1, 1), (2, 1), (2, 1), (3, 1), (4, 2)]);
    }

    #[tokio::test]
    async fn one_that_fails_does_not_stop_the_others() {
        let after = Arc::default();
        let failing = Schedule::new("failing", SignedDuration::from_mins(1), async || Err("broke".into()));
        Schedules::new(vec![failing, counting("after", 1, &after)]).run_due(Timestamp::UNIX_EPOCH).await;
        assert_eq!(after.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn it_waits_for_the_next_one() {
        let schedules = Schedules::new(vec![counting("often", 1, &Arc::default())]);
        let start = Timestamp::UNIX_EPOCH;
        schedules.run_due(start).await;
        let wait = schedules.wait(start + SignedDuration::from_secs(20)).await;
        assert_eq!(wait, Duration::from_millis(40_001));
    }
}
