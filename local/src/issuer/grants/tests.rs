//! Codes and tokens, by themselves.

use super::*;

const HOME: &str = "http://127.0.0.1:8787/admin/";
/// The example of RFC 7636.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const NOW: i64 = 1_000_000;

fn asked() -> Asked {
    Asked {
        client: "site".to_owned(),
        redirect_uri: HOME.to_owned(),
        challenge: CHALLENGE.to_owned(),
        nonce: Some("once".to_owned()),
    }
}

fn shown() -> Shown<'static> {
    Shown { client: "site", redirect_uri: HOME, verifier: VERIFIER }
}

fn code(grants: &Grants) -> String {
    grants.code(grants.begin("mia", NOW), asked(), NOW)
}

#[test]
fn the_challenge_is_that_of_the_standard() {
    assert_eq!(challenge_of(VERIFIER).as_deref(), Some(CHALLENGE));
    for bad in ["", "short", "a".repeat(129).as_str(), format!("{VERIFIER} ").as_str()] {
        assert_eq!(challenge_of(bad), None, "{bad}");
    }
}

#[test]
fn a_code_gives_what_was_asked_for() {
    let grants = Grants::default();
    let granted = grants.redeem(&code(&grants), shown(), NOW + 5);
    let granted = granted.map(|it| (it.agent, it.since, it.nonce));
    assert_eq!(granted, Some(("mia".to_owned(), NOW, Some("once".to_owned()))));
}

#[test]
fn a_code_is_good_for_its_asker_only_and_only_once() {
    let wrong = [
        Shown { client: "another", ..shown() },
        Shown { redirect_uri: "http://127.0.0.1:8787/elsewhere/", ..shown() },
        Shown { verifier: "aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", ..shown() },
        Shown { verifier: CHALLENGE, ..shown() },
        Shown { verifier: "", ..shown() },
    ];
    for shown_wrongly in wrong {
        let grants = Grants::default();
        let code = code(&grants);
        assert_eq!(grants.redeem(&code, shown_wrongly, NOW), None, "{shown_wrongly:?}");
        assert_eq!(grants.redeem(&code, shown(), NOW), None, "it was tried: {shown_wrongly:?}");
    }
}

#[test]
fn a_code_that_is_shown_again_ends_what_it_gave() -> Result<(), &'static str> {
    let grants = Grants::default();
    let code = code(&grants);
    let granted = grants.redeem(&code, shown(), NOW).ok_or("nothing")?;
    assert_eq!(grants.redeem(&code, shown(), NOW), None);
    assert_eq!(grants.renew(&granted.renewing, "site", NOW), None);
    Ok(())
}

#[test]
fn a_code_is_good_for_a_minute() {
    let grants = Grants::default();
    let (first, second) = (code(&grants), code(&grants));
    assert!(grants.redeem(&first, shown(), NOW + CODE_SECONDS - 1).is_some());
    assert!(grants.redeem(&second, shown(), NOW + CODE_SECONDS).is_none());
}

#[test]
fn each_renewal_gives_the_next_and_a_spent_token_ends_them_all() -> Result<(), &'static str> {
    let grants = Grants::default();
    let first = grants.redeem(&code(&grants), shown(), NOW).ok_or("nothing")?;
    let second = grants.renew(&first.renewing, "site", NOW + 900).ok_or("no second")?;
    assert_eq!((second.agent.as_str(), second.since), ("mia", NOW));
    let third = grants.renew(&second.renewing, "site", NOW + 1_800).ok_or("no third")?;
    assert_eq!(grants.renew(&first.renewing, "site", NOW + 1_801), None, "a copy");
    assert_eq!(grants.renew(&third.renewing, "site", NOW + 1_802), None, "whoever else has one");
    Ok(())
}

#[test]
fn renewing_ends_with_the_working_day_and_with_the_sign_out() -> Result<(), &'static str> {
    let grants = Grants::default();
    let session = grants.begin("mia", NOW);
    let granted =
        |at| grants.redeem(&grants.code(session.clone(), asked(), at), shown(), at).ok_or("nothing");
    let (late, out) = (granted(NOW)?, granted(NOW)?);
    let late = grants.renew(&late.renewing, "site", NOW + RENEWED_SECONDS - 1).ok_or("not yet over")?;
    assert_eq!(grants.renew(&late.renewing, "site", NOW + RENEWED_SECONDS), None);
    assert_eq!(grants.renew(&out.renewing, "site", NOW + RENEWED_SECONDS), None);

    let grants = Grants::default();
    let session = grants.begin("mia", NOW);
    let code = grants.code(session.clone(), asked(), NOW);
    let granted = grants.redeem(&code, shown(), NOW).ok_or("nothing")?;
    grants.end(session.id(), NOW);
    assert!(grants.session(session.id(), NOW).is_none());
    assert_eq!(grants.renew(&granted.renewing, "site", NOW), None);
    Ok(())
}

#[test]
fn a_token_that_is_given_back_ends_them_all_and_nobody_elses() -> Result<(), &'static str> {
    let grants = Grants::default();
    let granted = || grants.redeem(&code(&grants), shown(), NOW).ok_or("nothing");
    let (mine, other) = (granted()?, granted()?);
    let next = grants.renew(&mine.renewing, "site", NOW).ok_or("no next")?;
    grants.give_back(&next.renewing, "another", NOW);
    grants.give_back("unknown", "site", NOW);
    let next = grants.renew(&next.renewing, "site", NOW).ok_or("given back by another application")?;
    // The one that was spent belongs to them, too.
    grants.give_back(&mine.renewing, "site", NOW);
    assert_eq!(grants.renew(&next.renewing, "site", NOW), None);
    assert!(grants.renew(&other.renewing, "site", NOW).is_some());
    Ok(())
}

#[test]
fn another_application_renews_nothing() -> Result<(), &'static str> {
    let grants = Grants::default();
    let granted = grants.redeem(&code(&grants), shown(), NOW).ok_or("nothing")?;
    assert_eq!(grants.renew(&granted.renewing, "another", NOW), None);
    Ok(())
}

#[test]
fn a_session_ends_after_an_hour() {
    let grants = Grants::default();
    let session = grants.begin("mia", NOW);
    assert!(grants.session(session.id(), NOW + SESSION_SECONDS - 1).is_some());
    assert!(grants.session(session.id(), NOW + SESSION_SECONDS).is_none());
}
