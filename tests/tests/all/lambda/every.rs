//! Every function's program, started as Lambda starts it and asked once: a command with an empty body by somebody of the
//! staff, a message, a schedule's call.

use super::cloud::builds;
use crate::contract::table::Outcome;
use crate::tidy::openapi::blesses;
use crate::tidy::root;

/// What each makes of it, one a line.
const FILE: &str = "tests/tests/all/lambda/every.txt";

#[tokio::test]
async fn every_function_starts_and_answers_its_own_event() -> Outcome {
    let answers = bench::lambdas::answers(&builds()).await.map_err(|error| error.to_string())?;
    for (name, answer) in &answers {
        assert!(!answer.starts_with('5') && !answer.starts_with("error"), "{name}: {answer}");
    }
    let lines: String = answers.iter().map(|(name, answer)| format!("{name}: {answer}\n")).collect();
    if blesses() {
        std::fs::write(root().join(FILE), &lines)?;
    }
    assert_eq!(std::fs::read_to_string(root().join(FILE)).unwrap_or_default(), lines);
    Ok(())
}
