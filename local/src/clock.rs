//! How far Kefu's clock is ahead of the machine's: rules, tokens and pages follow it, the queue and the
//! database do not. It only goes forward, and a restart does not set it back.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::kept;

/// It may be moved this far in all: a hundred years, far from where timestamps end.
const FURTHEST: i64 = 100 * 366 * 24 * 60 * 60 * 1000;

/// The offset, kept in a file.
#[derive(Debug)]
pub struct Offset {
    file: PathBuf,
    millis: Arc<AtomicI64>,
    moving: Mutex<()>,
}

impl Offset {
    /// The offset as it was left.
    pub fn open(file: PathBuf) -> io::Result<Self> {
        let content = kept::or_made(&file, || io::Result::Ok(b"0\n".to_vec()))?;
        let text = String::from_utf8_lossy(&content);
        let millis: i64 = text.trim().parse().map_err(io::Error::other)?;
        Ok(Self { file, millis: Arc::new(AtomicI64::new(millis)), moving: Mutex::new(()) })
    }

    /// The offset in milliseconds, for whoever tells the time.
    pub fn millis(&self) -> Arc<AtomicI64> {
        self.millis.clone()
    }

    /// Moves the clock forward. Everybody sees it once it is kept; `false` if it would go too far.
    pub fn advance(&self, seconds: u64) -> io::Result<bool> {
        let _one_at_a_time = self.moving.lock().map_err(|_| io::Error::other("an earlier move broke"))?;
        let further = i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1000));
        let moved = further.and_then(|further| self.millis.load(Ordering::Relaxed).checked_add(further));
        let Some(moved) = moved.filter(|moved| *moved <= FURTHEST) else { return Ok(false) };
        kept::replace(&self.file, format!("{moved}\n").as_bytes())?;
        self.millis.store(moved, Ordering::Relaxed);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Folder;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn a_move_is_seen_at_once_and_after_a_restart() -> Outcome {
        let folder = Folder::new("clock")?;
        let open = || Offset::open(folder.path().join("clock"));
        let offset = open()?;
        let seen = offset.millis();
        assert!(offset.advance(3600)? && offset.advance(1)?);
        assert_eq!(seen.load(Ordering::Relaxed), 3_601_000);
        assert_eq!(open()?.millis().load(Ordering::Relaxed), 3_601_000);
        Ok(())
    }

    #[test]
    fn it_does_not_leave_the_calendar() -> Outcome {
        let folder = Folder::new("clock")?;
        let offset = Offset::open(folder.path().join("clock"))?;
        for seconds in [u64::MAX, i64::MAX as u64, 200 * 366 * 24 * 60 * 60] {
            assert!(!offset.advance(seconds)?);
        }
        assert_eq!(offset.millis().load(Ordering::Relaxed), 0);
        Ok(())
    }
}
