//! What never stands in a committed file.

use super::{TextFile, claim, files};

/// Work that somebody put off. Written in pieces, so that this file does not hold them itself.
const PUT_OFF: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("db", "g!("),
];

/// Where somebody's machine or tools show.
const ELSEWHERE: [&str; 12] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tmp/", "plan"),
    concat!("iss", "ues show"),
    concat!("iss", "ue #"),
    concat!("sub", "agent"),
    concat!("clau", "de"),
    concat!("anthro", "pic"),
    concat!("chat", "gpt"),
    concat!("co", "pilot"),
    concat!("language ", "model"),
];

/// Hosts that packages come from: which mirror somebody uses is theirs alone.
const HOSTS: [&str; 6] = [
    concat!("registry.", "npmjs"),
    concat!("registry.", "yarnpkg"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("pythonhosted", ".org"),
    concat!("pypi", ".org"),
];

fn lines_with(file: &TextFile, words: &[&str]) -> Vec<String> {
    let found = |(number, line): (usize, &str)| {
        let folded = line.to_lowercase();
        let word = words.iter().find(|word| whole(&folded, word))?;
        Some(format!("{}:{}: {word}", file.path, number + 1))
    };
    file.text.lines().enumerate().filter_map(found).collect()
}

/// Whether the line holds the words, not as the end of something longer (`apps/home/` is no home).
fn whole(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && !"._-$}".contains(before))
    })
}

#[test]
fn nothing_is_put_off() {
    let put_off = files().iter().flat_map(|file| PUT_OFF.iter().flat_map(|word| file.lines_with(word)));
    claim(&put_off.collect::<Vec<_>>(), "Do it now, or write down what is missing in docs/.");
}

#[test]
fn nobodys_machine_or_tools_show() {
    let found = files().iter().flat_map(|file| lines_with(file, &ELSEWHERE));
    let way_out = "Files speak of the product only, and name paths from the repository's root.";
    claim(&found.collect::<Vec<_>>(), way_out);
}

#[test]
fn no_file_names_a_package_registry() {
    let found = files().iter().flat_map(|file| lines_with(file, &HOSTS));
    let way_out =
        "Leave the registry to the reader's own settings (npm: `omit-lockfile-registry-resolved=true`).";
    claim(&found.collect::<Vec<_>>(), way_out);
}

#[test]
fn lock_files_do_not_say_where_packages_were_fetched() {
    let mut wrong = Vec::new();
    for file in files() {
        let lines = file.text.lines();
        let strange: Vec<&str> = match file.path.rsplit('/').next() {
            Some("package-lock.json") => {
                lines.filter(|line| line.contains("\"resolved\"") && line.contains("://")).collect()
            }
            Some("Cargo.lock") => lines
                .filter(|line| line.starts_with("source = "))
                .filter(|line| !line.contains("registry+https://github.com/rust-lang/crates.io-index"))
                .collect(),
            _ => continue,
        };
        wrong.extend(strange.iter().take(10).map(|line| format!("{}: {}", file.path, line.trim())));
    }
    let way_out = "npm: delete package-lock.json and run `npm install --omit-lockfile-registry-resolved`. \
                   Cargo: depend on published crates only.";
    claim(&wrong, way_out);
}

#[test]
fn words_are_found_only_where_they_begin() {
    let home = ELSEWHERE[2];
    assert!(whole(&format!("see {home}ada"), home) && whole(&format!("\"{home}ada\""), home));
    assert!(!whole(&format!("apps{home}page"), home));
}
