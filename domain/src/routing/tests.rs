use proptest::prelude::*;

use super::*;
use crate::testing::{agent, at};

fn candidate(name: &str) -> Candidate {
    Candidate {
        agent: agent(name),
        online: true,
        receiving: true,
        on_duty: None,
        load: 0,
        capacity: 10,
        responsible: Vec::new(),
        last_given_at: Some(at(0)),
    }
}

fn arrival() -> Arrival<'static> {
    Arrival { category: Category::Payment, had_it: None, knows_customer: None, put_back_by: None }
}

fn choice(candidates: &[Candidate], arrival: &Arrival<'_>) -> Option<(String, Because)> {
    route(candidates, arrival, false).map(|(agent, routed)| (agent.to_string(), routed.because))
}

#[test]
fn only_who_is_online_receiving_and_has_room_can_take_one() {
    let cases: [(&str, Candidate, bool); 6] = [
        ("as it should be", candidate("mia"), true),
        ("offline", Candidate { online: false, ..candidate("mia") }, false),
        ("not receiving", Candidate { receiving: false, ..candidate("mia") }, false),
        ("one place left", Candidate { load: 9, ..candidate("mia") }, true),
        ("full", Candidate { load: 10, ..candidate("mia") }, false),
        ("no capacity", Candidate { capacity: 0, ..candidate("mia") }, false),
    ];
    for (name, it, can) in cases {
        assert_eq!(can_take(&it, false), can, "{name}");
        assert_eq!(route(&[it], &arrival(), false).is_some(), can, "{name}");
    }
}

#[test]
fn duty_is_a_preference_and_by_the_shops_will_a_condition() {
    let off = Candidate { on_duty: Some(false), ..candidate("ann") };
    let on = Candidate { on_duty: Some(true), load: 9, ..candidate("bob") };
    assert_eq!(choice(&[off.clone(), on], &arrival()), Some(("bob".to_owned(), Because::OnDuty)));
    assert!(can_take(&off, false) && !can_take(&off, true));
    assert!(can_take(&candidate("cleo"), true), "without a roster nobody is off duty");
}

#[test]
fn each_preference_decides_where_those_before_it_do_not() {
    let knows = agent("dan");
    let arrival = Arrival { knows_customer: Some(&knows), ..arrival() };
    let mut team = vec![
        Candidate { responsible: vec![Category::Payment], load: 8, ..candidate("ann") },
        Candidate { responsible: vec![Category::Payment], load: 3, ..candidate("bob") },
        Candidate { load: 1, ..candidate("cleo") },
        Candidate { load: 9, ..candidate("dan") },
    ];
    assert_eq!(choice(&team, &arrival), Some(("bob".to_owned(), Because::LeastLoaded)));
    team.remove(0);
    assert_eq!(choice(&team, &arrival), Some(("bob".to_owned(), Because::Responsible)));
    team.remove(0);
    assert_eq!(choice(&team, &arrival), Some(("dan".to_owned(), Because::KnowsCustomer)));
    team.push(candidate("eve"));
    team.remove(1);
    assert_eq!(choice(&team, &arrival), Some(("eve".to_owned(), Because::LeastLoaded)));
}

#[test]
fn load_counts_for_its_capacity() {
    let small = Candidate { load: 2, capacity: 4, ..candidate("ann") };
    let large = Candidate { load: 5, capacity: 20, ..candidate("bob") };
    assert_eq!(choice(&[small, large], &arrival()), Some(("bob".to_owned(), Because::LeastLoaded)));
}

#[test]
fn among_equals_who_was_longest_without_and_never_before_ever() {
    let recent = Candidate { last_given_at: Some(at(60)), ..candidate("ann") };
    let earlier = candidate("bob");
    let never = Candidate { last_given_at: None, ..candidate("cleo") };
    let team = [recent, earlier, never];
    assert_eq!(choice(&team, &arrival()), Some(("cleo".to_owned(), Because::LongestWithout)));
    assert_eq!(choice(&team[..2], &arrival()), Some(("bob".to_owned(), Because::LongestWithout)));
}

#[test]
fn whoever_had_it_comes_first_and_whoever_put_it_back_gets_it_not() {
    let (mia, leo) = (agent("mia"), agent("leo"));
    let busy = Candidate { load: 9, ..candidate("mia") };
    let team = [busy, candidate("leo")];
    let back = Arrival { had_it: Some(&mia), ..arrival() };
    assert_eq!(choice(&team, &back), Some(("mia".to_owned(), Because::HadIt)));
    let put_back = Arrival { put_back_by: Some(&leo), ..arrival() };
    assert_eq!(choice(&team, &put_back), Some(("mia".to_owned(), Because::OnlyOne)));
    assert_eq!(choice(&team[1..], &put_back), None);
}

#[test]
fn the_reason_counts_this_one() {
    let team =
        [Candidate { load: 2, responsible: vec![Category::Payment], ..candidate("ann") }, candidate("bob")];
    let routed = route(&team, &arrival(), false).map(|(_, routed)| routed);
    let expected =
        Routed { because: Because::Responsible, category: Some(Category::Payment), load: 3, capacity: 10 };
    assert_eq!(routed, Some(expected));
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (any::<bool>(), any::<bool>(), any::<Option<bool>>(), 0u32..5, 0u32..5, any::<bool>(), 0i64..4);
    proptest::collection::vec(one, 0..8).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered
            .map(|(place, (online, receiving, on_duty, load, capacity, responsible, given))| Candidate {
                agent: agent(&format!("agent-{place}")),
                online,
                receiving,
                on_duty,
                load,
                capacity,
                responsible: if responsible { vec![Category::Payment] } else { Vec::new() },
                last_given_at: (given > 0).then(|| at(given)),
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn it_goes_to_somebody_who_can_take_it_whenever_there_is_one(
        team in candidates(), duty in any::<bool>(), turn in 0usize..8
    ) {
        let arrival = arrival();
        let found = route(&team, &arrival, duty);
        prop_assert_eq!(found.is_some(), team.iter().any(|it| can_take(it, duty)));
        if let Some((who, routed)) = &found {
            let it = team.iter().find(|it| it.agent == *who);
            prop_assert!(it.is_some_and(|it| can_take(it, duty) && routed.load == it.load + 1));
            prop_assert!(routed.load <= routed.capacity);
        }
        let mut turned = team;
        let places = turned.len().max(1);
        turned.rotate_left(turn % places);
        prop_assert_eq!(route(&turned, &arrival, duty), found, "whatever their order");
    }
}
