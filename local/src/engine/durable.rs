//! When a write is on the disk.
//!
//! SQLite appends each commit to its write-ahead log. Left alone it syncs the log at every commit; here
//! it does not (`synchronous = NORMAL`, under which it still syncs around checkpoints), and the engine's
//! thread syncs the log itself, once for all commits of a round, before any of them is acknowledged.
//! The log's frames carry checksums, so a crash between the two loses only what nobody was told.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use dynoxide::{Database, DynoxideError};

/// The write-ahead log of the database, if it has one.
#[derive(Debug)]
pub struct Journal {
    path: Option<PathBuf>,
    file: Option<File>,
}

impl Journal {
    /// Takes the syncing of this database's log over from SQLite.
    pub fn take_over(database: &Database, file: &Path) -> Result<Self, DynoxideError> {
        // The engine's way to say `synchronous = NORMAL`.
        database.disable_bulk_loading()?;
        let mut path = file.as_os_str().to_owned();
        path.push("-wal");
        Ok(Self { path: Some(path.into()), file: None })
    }

    /// There is no disk to wait for.
    pub fn none() -> Self {
        Self { path: None, file: None }
    }

    /// Returns when every commit so far is on the disk.
    pub fn sync(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        // The log keeps its file as long as the database is open; it appears with the first commit.
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(File::open(path)?),
        };
        file.sync_data()
    }
}
