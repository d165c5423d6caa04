//! `docs/costs.md` is what the program prints from what is measured, and says of its aims what the numbers say.

use bench::costs::document;
use bench::costs::measured::SIZES;
use bench::costs::page::{AIMS, With, aims, month};
use bench::costs::prices::{TOKYO, VIRGINIA};

use super::life::measured;
use crate::tidy::openapi::blesses;
use crate::tidy::root;

const FILE: &str = "docs/costs.md";
/// What is said of the aims with the usual messages: an idle month, and a million inquiries by how much is counted.
/// Whoever changes one of them changes what Kefu promises.
const VERDICTS: [&str; 5] = ["met", "met", "met", "missed", "missed"];
/// What a million inquiries may cost, without mail, before somebody has to look why: dollars for the five commands, with
/// what is read beside them, with what a storefront asks before, with what happens inside.
const MOST: [f64; 4] = [30.0, 50.0, 68.0, 100.0];

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

/// The cells of the page's rows that have that name and as many columns; the first is the name.
fn rows<'a>(page: &'a str, name: &str, columns: usize) -> Vec<Vec<&'a str>> {
    let cells = |line: &'a str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    page.lines().map(cells).filter(|row| row.len() == columns && row.first() == Some(&name)).collect()
}

#[test]
fn an_aim_is_called_met_only_if_the_number_is_not_above() {
    let page = document(measured());
    for (place, aim) in aims(measured(), SIZES[0]).iter().enumerate() {
        let found = rows(&page, aim.what, 5);
        let [row] = found.as_slice() else { panic!("{}: {found:?}", aim.what) };
        let most: f64 = row[1].parse().expect("the aim");
        for cell in &row[2..] {
            let (is, verdict) = cell.split_once(", ").expect("dollars and a verdict");
            let is: f64 = is.parse().expect("dollars");
            // What is printed is rounded to a cent.
            let right = if verdict == "met" { is <= most } else { verdict == "missed" && is >= most };
            assert!(right, "{}: {cell}, the aim is {most}", aim.what);
        }
        assert!(row[2].ends_with(VERDICTS[place]), "{}: {}", aim.what, row[2]);
    }
}

#[test]
fn what_is_said_of_the_aims_is_what_the_bills_say() {
    let million = |size, with| month(measured(), size, 1e6, with, &VIRGINIA).sum();
    for size in SIZES {
        let aims = aims(measured(), size);
        let idle = month(measured(), size, 0.0, With::Agents, &VIRGINIA).sum();
        let without_mail = [With::Commands, With::Lives, With::Storefront, With::Inside];
        let bills: Vec<f64> =
            std::iter::once(idle).chain(without_mail.map(|with| million(size, with))).collect();
        let said: Vec<f64> = aims.iter().map(|aim| aim.is).collect();
        assert!(bills.iter().zip(&said).all(|(one, other)| (one - other).abs() < 1e-9), "{bills:?} {said:?}");
        let most: Vec<f64> = aims.iter().map(|aim| aim.most).collect();
        assert_eq!(most, [AIMS.1, AIMS.0, AIMS.0, AIMS.0, AIMS.0]);
    }
    assert_eq!(AIMS, (45.0, 2.0));
}

#[test]
fn an_idle_month_stays_below_the_aim_and_a_million_within_reason() {
    let all = aims(measured(), SIZES[0]);
    let (idle, million) = all.split_first().expect("an idle month");
    assert_eq!(million.len(), MOST.len());
    assert!(idle.is < AIMS.1, "an idle month: {:.2} dollars", idle.is);
    for (aim, most) in million.iter().zip(MOST) {
        assert!(aim.is < most, "a million inquiries, {}: {:.2} dollars, without mail", aim.what, aim.is);
    }
}

#[test]
fn a_bill_grows_with_what_is_counted() {
    for prices in [&VIRGINIA, &TOKYO] {
        let sum = |size, inquiries, with| month(measured(), size, inquiries, with, prices).sum();
        for size in SIZES {
            let million = With::ALL.map(|with| sum(size, 1e6, with));
            assert!(million.is_sorted(), "{million:?}");
            let months = [0.0, 1e3, 1e5, 1e6].map(|inquiries| sum(size, inquiries, With::Mails));
            assert!(months.is_sorted(), "{months:?}");
        }
    }
}
