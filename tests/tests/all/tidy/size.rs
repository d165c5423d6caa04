//! Files stay short enough to be read in one go.

use super::{claim, files};

/// No file that people write is longer.
const MOST_LINES: usize = 400;
/// What people write.
const WRITTEN: [&str; 9] = [".rs", ".ts", ".svelte", ".css", ".js", ".mjs", ".html", ".py", ".sh"];
/// What programs write.
const GENERATED: [&str; 1] = ["frontend/packages/api/schema.d.ts"];

#[test]
fn no_file_is_longer_than_400_lines() {
    let written = files()
        .iter()
        .filter(|file| file.ends_with_any(&WRITTEN) && !GENERATED.contains(&file.path.as_str()));
    let long = written.filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > MOST_LINES).then(|| format!("{}: {lines} lines", file.path))
    });
    let way_out = "Split each along what it does: one capability a file, tests in `<name>/tests.rs`.";
    claim(&long.collect::<Vec<_>>(), way_out);
}

#[test]
fn half_of_the_rust_files_are_shorter_than_150_lines() {
    let rust = files().iter().filter(|file| file.path.ends_with(".rs"));
    let mut lines: Vec<usize> = rust.map(|file| file.text.lines().count()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median < 150, "the median is {median} lines: files have grown together that belong apart");
}
