//! Many claim the same inquiry at once: by taking it, by giving it, by the system. Each inquiry is one
//! register that is compared and set: of all who saw the same version exactly one wins, and every other
//! one learns who (SPEC §3.6, §5.5).

use domain::ids::{AgentId, InquiryId, ShopId};
use domain::routing::{Because, Routed};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{Answer, Asked, Call, Desk, Dice, TAIPEI};

const AGENTS: [&str; 4] = ["mia", "leo", "sue", "otto"];
const INQUIRIES: usize = 150;
const CLIENTS: usize = 8;
/// Claims one after the other on each inquiry, each by all clients at once.
const WAVES: usize = 3;

struct Claim<'a> {
    to: Option<&'static str>,
    call: Call<'a>,
}

fn claim<'a>(desk: &'a Desk, dice: &mut Dice, asked: &Asked, version: u64) -> Claim<'a> {
    let who = dice.one_of(&AGENTS);
    let to = match dice.below(4) {
        0 => None,
        1 => Some(dice.one_of(&AGENTS)),
        _ => Some(who),
    };
    let call = desk.agent(TAIPEI, who).command(asked, "assign", &json!({ "to": to })).seeing(version);
    Claim { to, call }
}

/// All of them at once, and the system too; whether the system won.
fn at_once(desk: &Desk, dice: &mut Dice, asked: &Asked, claims: Vec<Call<'_>>) -> (Vec<Answer>, bool) {
    let system_first = dice.percent(50);
    desk.block_on(async {
        let shop = ShopId::parse(TAIPEI).expect("a shop");
        let shop = desk.app.store.shop(&shop).await.expect("the shop").expect("it is there");
        let (id, sue) = (InquiryId::parse(&asked.id).expect("an id"), AgentId::parse("sue").expect("an id"));
        let found =
            desk.app.store.inquiry(&shop.shop.id, &id, true).await.expect("a read").expect("it is there");
        let why = Routed { because: Because::OnlyOne, category: None, load: 1, capacity: 200 };
        let arrival = found.inquiry.arrival(None);
        let route = desk.app.store.route(&shop.shop, &id, &arrival, (&sue, &why), desk.now());
        let claims = join_all(claims.into_iter().map(Call::sent));
        match system_first {
            true => {
                let (routed, answers) = join(route, claims).await;
                (answers, routed.is_ok())
            }
            false => {
                let (answers, routed) = join(claims, route).await;
                (answers, routed.is_ok())
            }
        }
    })
}

fn name(value: &Value) -> Option<&str> {
    value.as_str()
}

#[test]
fn of_all_who_claim_at_once_one_wins_and_the_others_learn_who() {
    let desk = Desk::open();
    let mut dice = Dice::new(11);
    desk.sue().desk("sue", &json!({ "capacity": 200 }));
    desk.sue().is_here();
    desk.distributes();
    let (mut claims_made, mut by_system) = (0, 0);
    for number in 0..INQUIRIES {
        let customer = desk.member(TAIPEI, &format!("c{number}"), "C");
        let asked = customer.submits("Question");
        for _ in 0..WAVES {
            let before = desk.sue().header(&asked);
            let version = before["version"].as_u64().expect("a version");
            let claims: Vec<_> = (0..CLIENTS).map(|_| claim(&desk, &mut dice, &asked, version)).collect();
            let wanted: Vec<_> = claims.iter().map(|claim| claim.to).collect();
            let calls = claims.into_iter().map(|claim| claim.call).collect();
            let (answers, routed) = at_once(&desk, &mut dice, &asked, calls);
            claims_made += answers.len() + 1;
            by_system += usize::from(routed);
            let after = desk.sue().header(&asked);
            let won: Vec<_> = (0..CLIENTS).filter(|at| answers[*at].status == 200).collect();
            let winners = won.len() + usize::from(routed);
            assert!(winners <= 1, "number {number}: {winners} won");
            assert_eq!(after["version"].as_u64(), Some(version + winners as u64), "and nobody else wrote");
            let theirs = won.first().map_or_else(
                || if routed { Some("sue") } else { name(&before["assignee"]) },
                |at| wanted[*at],
            );
            assert_eq!(name(&after["assignee"]), theirs, "the winner has it");
            for (answer, to) in answers.iter().zip(&wanted).filter(|(answer, _)| answer.status != 200) {
                let problem = answer.json();
                assert_eq!(answer.status, 409, "{problem}");
                if *to == name(&before["assignee"]) {
                    // It asked for what already was, and may have been refused before anybody won.
                    continue;
                }
                assert_eq!(name(&problem["current"]["assignee"]), theirs, "it is told who: {problem}");
                let lost_to_another = to.is_some() && theirs.is_some() && *to != theirs;
                let code = if lost_to_another { "already_taken" } else { "inquiry_moved_on" };
                assert_eq!(problem["code"], code, "{problem}");
            }
            if winners == 0 {
                let may_nobody = |to: &Option<&str>| *to == name(&before["assignee"]);
                assert!(wanted.iter().all(may_nobody), "nobody won though somebody could: {before}");
            }
        }
        customer.settles(&asked);
    }
    assert!(claims_made > 3_000 && by_system > 20, "{claims_made} claims, {by_system} won by the system");
    assert!(desk.held(TAIPEI).iter().all(|(_, held)| held.is_empty()), "nothing is left on a desk");
}
