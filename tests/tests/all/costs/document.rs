//! `docs/costs.md` is what the program prints from what is measured.

use bench::costs::page::{AIMS, With, month};
use bench::costs::prices::{TOKYO, VIRGINIA};
use bench::costs::{bill::Bill, document, traffic::Usage};

use super::life::measured;
use crate::tidy::openapi::blesses;
use crate::tidy::root;

const FILE: &str = "docs/costs.md";
/// What a million lives without mail may cost before somebody has to look why, in dollars.
const MILLION: f64 = 60.0;

#[test]
fn the_committed_costs_are_what_the_program_prints() -> std::io::Result<()> {
    let (file, printed) = (root().join(FILE), document(measured()));
    if blesses() {
        std::fs::write(&file, &printed)?;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == printed,
        "{FILE} is not what is computed: run `make bless` and commit it\n{printed}"
    );
    Ok(())
}

#[test]
fn an_idle_month_stays_below_the_aim_and_a_million_within_reason() {
    let idle = Bill::of(&Usage::idle(measured()), &VIRGINIA).sum();
    assert!(idle < AIMS.1, "an idle month: {idle:.2} dollars");
    let million = month(measured(), 150, 1e6, With::Lives, &VIRGINIA).sum();
    assert!(million < MILLION, "a million inquiries: {million:.2} dollars, without mail");
}

#[test]
fn a_bill_grows_with_what_is_counted() {
    for prices in [&VIRGINIA, &TOKYO] {
        let sum = |size, inquiries, with| month(measured(), size, inquiries, with, prices).sum();
        for size in [150, 600, 2_000] {
            let million = [With::Lives, With::Mails, With::Agents].map(|with| sum(size, 1e6, with));
            assert!(million.is_sorted(), "{million:?}");
            let months = [0.0, 1e3, 1e5, 1e6].map(|inquiries| sum(size, inquiries, With::Mails));
            assert!(months.is_sorted(), "{months:?}");
        }
    }
    let terms = Bill::of(&Usage::idle(measured()), &VIRGINIA);
    assert!(terms.0.iter().all(|(_, dollars)| *dollars >= 0.0), "{terms:?}");
    assert!((terms.sum() - terms.largest().iter().map(|term| term.1).sum::<f64>()).abs() < 1e-9);
}
