//! What holds of the repository itself: one name everywhere, edges that nothing crosses, short files,
//! licences, and a description of the API that is the code's own. Each failure says how to mend it.

mod committed;
mod edges;
mod functions;
mod licences;
mod metadata;
pub mod openapi;
mod patience;
mod size;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file of the repository that is text.
#[derive(Debug)]
struct TextFile {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl TextFile {
    fn ends_with_any(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// The lines that hold it, as `path:line`.
    fn lines_with(&self, what: &str) -> Vec<String> {
        let lines = self.text.lines().enumerate().filter(|(_, line)| line.contains(what));
        lines.map(|(number, _)| format!("{}:{}", self.path, number + 1)).collect()
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every text file of the repository, without what `.gitignore` leaves out.
fn files() -> &'static [TextFile] {
    static FILES: OnceLock<Vec<TextFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let ignored = std::fs::read_to_string(root().join(".gitignore")).unwrap_or_default();
        let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]).collect();
        let mut found = Vec::new();
        collect(&root(), "", &ignored, &mut found);
        found
    })
}

fn collect(folder: &Path, prefix: &str, ignored: &[&str], found: &mut Vec<TextFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let left_out = |pattern: &&str| {
            pattern.strip_prefix('*').map_or(**pattern == name, |ending| name.ends_with(ending))
        };
        if ignored.iter().any(left_out) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&entry.path(), &format!("{path}/"), ignored, found);
        } else if let Ok(text) = std::fs::read_to_string(entry.path()) {
            found.push(TextFile { path, text });
        }
    }
}

/// Fails with everything that is wrong and the way out.
#[track_caller]
pub fn claim(wrong: &[String], way_out: &str) {
    assert!(wrong.is_empty(), "\n{}\n\n{way_out}\n", wrong.join("\n"));
}
