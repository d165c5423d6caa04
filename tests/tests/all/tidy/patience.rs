//! Tests wait for what happens, never for a while; and none of them is left out.

use super::{claim, files};

/// What sleeps, or leaves out. Written in pieces, so that this file does not hold it itself.
const SLEEPS: [&str; 4] = [
    concat!("thread::", "sleep("),
    concat!("time::", "sleep("),
    concat!("waitFor", "Timeout("),
    concat!("page.", "pause("),
];
const LEFT_OUT: [&str; 6] = [
    concat!("#[", "ignore"),
    concat!("test.", "skip("),
    concat!("test.", "only("),
    concat!("it.", "skip("),
    concat!("it.", "only("),
    concat!("describe.", "only("),
];

#[test]
fn no_test_sleeps() {
    // A process that was started says in no other way that it is ready.
    let may = ["tests/tests/all/contract/ministack.rs"];
    let tests = files().iter().filter(|file| {
        let written = file.ends_with_any(&[".rs", ".ts", ".mjs"]);
        let test = file.is_in(&["tests/", "frontend/e2e/"])
            || file.path.contains("/tests")
            || file.path.contains(".test.");
        written && test && !may.contains(&file.path.as_str())
    });
    let lines = tests.flat_map(|file| SLEEPS.iter().flat_map(|word| file.lines_with(word)));
    claim(&lines.collect::<Vec<_>>(), "Move the clock, empty the queue, or wait for what is to appear.");
}

#[test]
fn no_test_is_left_out() {
    let code = files().iter().filter(|file| file.ends_with_any(&[".rs", ".ts", ".mjs"]));
    let lines = code.flat_map(|file| LEFT_OUT.iter().flat_map(|word| file.lines_with(word)));
    claim(&lines.collect::<Vec<_>>(), "Mend the test or take it out.");
}
