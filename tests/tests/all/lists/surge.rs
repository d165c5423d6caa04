//! After a surge: counts stop at "999+", and a page costs what it always cost.

use crate::support::{Desk, seconds};

#[test]
fn counts_are_exact_to_999_and_then_1000() {
    let mut desk = Desk::open();
    let ask = |desk: &Desk, many: usize| {
        for _ in 0..many {
            desk.ada().submits("Hello");
            desk.wait(seconds(1));
        }
    };
    ask(&desk, 999);
    assert_eq!(desk.sue().counts()["unassigned"], 999);
    let page = |desk: &Desk| {
        let (cost, rows) = desk.cost(|| desk.sue().lists("list=unassigned&sort=waiting&limit=25"));
        assert_eq!(rows["inquiries"].as_array().map(Vec::len), Some(25));
        cost
    };
    page(&desk);
    let few = page(&desk);
    ask(&desk, 1);
    assert_eq!(desk.sue().counts()["unassigned"], 1000);
    ask(&desk, 200);
    let counts = desk.sue().counts();
    assert_eq!((counts["unassigned"].as_u64(), counts["all"].as_u64()), (Some(1000), Some(1000)));
    assert_eq!(page(&desk), few, "a page costs the same");
    assert_eq!(desk.sue().ids("list=unassigned&limit=100").len(), 1200);
    assert_eq!(desk.sue().ids("list=unassigned&limit=100&sort=latest").len(), 1200);
    desk.forgets();
    assert_eq!(desk.sue().counts()["unassigned"], 1000);
}
