//! Mails as files: the stand-in for SES on one machine.
//!
//! A file appears under its name complete and on disk, or not at all. A mail that is sent twice makes
//! two files, so that tests and people see it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Letter, MailFailure, Receipt};

/// The most files that one notice may make in one millisecond.
const MOST_COPIES: u32 = 10_000;

pub(super) async fn send(folder: &Path, letter: &Letter) -> Result<Receipt, MailFailure> {
    let folder = folder.to_owned();
    let stem = format!("{}-{}", letter.at.as_millisecond(), letter.notice_token());
    let bytes = letter.mime();
    match tokio::task::spawn_blocking(move || drop_into(&folder, &stem, &bytes)).await {
        Ok(Ok(message_id)) => Ok(Receipt { message_id }),
        Ok(Err(error)) => Err(unavailable(format!("mail folder: {}", error.kind()))),
        Err(stopped) => Err(unavailable(format!("mail folder: {stopped}"))),
    }
}

/// Writes the mail beside its place, forces it to disk and gives it its name. Linking refuses a name
/// that is taken (renaming would replace the earlier mail), so a copy gets the next: `-2`, `-3`, …
fn drop_into(folder: &Path, stem: &str, bytes: &[u8]) -> io::Result<String> {
    static DRAFTS: AtomicU64 = AtomicU64::new(0);

    fs::create_dir_all(folder)?;
    let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
    let draft = folder.join(format!(".{stem}.{}.{number}.tmp", std::process::id()));
    let named = write_through(&draft, bytes).and_then(|()| give_name(&draft, folder, stem));
    let removed = fs::remove_file(&draft);
    let name = named?;
    removed?;
    File::open(folder)?.sync_all()?;
    Ok(name)
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn give_name(draft: &Path, folder: &Path, stem: &str) -> io::Result<String> {
    for copy in 1..=MOST_COPIES {
        let name = if copy == 1 { format!("{stem}.eml") } else { format!("{stem}-{copy}.eml") };
        match fs::hard_link(draft, folder.join(&name)) {
            Ok(()) => return Ok(name),
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn unavailable(reason: String) -> MailFailure {
    MailFailure::Unavailable { reason, maybe_sent: false }
}

#[cfg(test)]
#[path = "folder/tests.rs"]
mod tests;
