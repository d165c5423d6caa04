//! Every form that an address has which is not for webhooks.

use super::super::tests::{FakeNames, Outcome};
use super::*;

/// What is not of the public internet, in numbers.
const NOT_PUBLIC: [&str; 49] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
];
const PUBLIC: [&str; 12] = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "169.253.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.1.0.1",
    "223.255.255.1",
    "2606:4700::1111",
    "2001:4860:4860::8888",
];

#[test]
fn only_public_addresses_are_public() -> Outcome {
    for text in NOT_PUBLIC {
        assert!(!is_public(text.parse()?), "{text}");
    }
    for text in PUBLIC {
        assert!(is_public(text.parse()?), "{text}");
    }
    Ok(())
}

fn literal(text: &str) -> String {
    if text.contains(':') { format!("[{text}]") } else { text.to_owned() }
}

#[test]
fn a_shop_may_name_its_public_server_only() {
    let good = ["https://shop.example/refunds", "https://shop.example:8443/r?a=b", "HTTPS://商店.example/"];
    for url in good.into_iter().map(str::to_owned).chain(PUBLIC.map(|it| format!("https://{}/", literal(it))))
    {
        assert!(check_url(&url, false).is_ok() && check_url(&url, true).is_ok(), "{url}");
        let plain = url.to_lowercase().replace("https://", "http://");
        assert_eq!(check_url(&plain, true), Err(WhyNotUrl::NotHttps), "{plain}");
    }
    for text in NOT_PUBLIC {
        assert_eq!(
            check_url(&format!("https://{}/", literal(text)), false),
            Err(WhyNotUrl::NotPublic),
            "{text}"
        );
    }
}

#[test]
fn tricks_are_seen_through() {
    for (url, why) in [
        ("", WhyNotUrl::NotAUrl),
        ("shop.example", WhyNotUrl::NotAUrl),
        ("https://", WhyNotUrl::NotAUrl),
        ("https://[::1", WhyNotUrl::NotAUrl),
        ("https://[fe80::1%25eth0]/", WhyNotUrl::NotAUrl),
        ("http://shop.example/", WhyNotUrl::NotHttps),
        ("ftp://shop.example/", WhyNotUrl::NotHttps),
        ("file:///etc/passwd", WhyNotUrl::NotHttps),
        ("gopher://127.0.0.1/", WhyNotUrl::NotHttps),
        ("https://ada@shop.example/", WhyNotUrl::UserInfo),
        ("https://ada:secret@shop.example/", WhyNotUrl::UserInfo),
        ("https://:secret@shop.example/", WhyNotUrl::UserInfo),
        ("https://shop.example@127.0.0.1/", WhyNotUrl::UserInfo),
        // One address, written in every way that libraries read.
        ("https://2130706433/", WhyNotUrl::NotPublic),
        ("https://0x7f000001/", WhyNotUrl::NotPublic),
        ("https://0177.0.0.1/", WhyNotUrl::NotPublic),
        ("https://127.1/", WhyNotUrl::NotPublic),
        ("https://127.0.0.1./", WhyNotUrl::NotPublic),
        ("https://①②⑦.0.0.1/", WhyNotUrl::NotPublic),
        ("https://0xa9fea9fe/latest/meta-data/", WhyNotUrl::NotPublic),
        ("https://[::ffff:7f00:1]/", WhyNotUrl::NotPublic),
        ("https://localhost/", WhyNotUrl::NotPublic),
        ("https://LOCALHOST./", WhyNotUrl::NotPublic),
        ("https://a.localhost/", WhyNotUrl::NotPublic),
        ("http://127.0.0.1/", WhyNotUrl::NotPublic),
    ] {
        assert_eq!(check_url(url, false), Err(why), "{url}");
    }
    assert_eq!(
        check_url(&format!("https://shop.example/{}", "a".repeat(2_000)), false),
        Err(WhyNotUrl::TooLong)
    );
}

#[test]
fn this_machine_is_for_the_local_host_alone() {
    for url in ["http://127.0.0.1:8787/refunds", "http://localhost/", "http://[::1]:1/", "https://127.0.0.1/"]
    {
        assert!(check_url(url, true).is_ok(), "{url}");
        assert_eq!(check_url(url, false), Err(WhyNotUrl::NotPublic), "{url}");
    }
    for url in ["http://192.168.0.1/", "http://[::ffff:127.0.0.1]/", "http://127.0.0.1.example/"] {
        assert_eq!(check_url(url, true), Err(WhyNotUrl::NotHttps), "{url}");
    }
    assert_eq!(check_url("https://192.168.0.1/", true), Err(WhyNotUrl::NotPublic));
}

/// What the guard makes of a name with these answers, one call after the other.
async fn asked(to_loopback: bool, url: &str, answers: &[&[&str]]) -> Outcome<Vec<Option<Vec<SocketAddr>>>> {
    let guard = Guard { to_loopback, resolver: Resolver::Fake(FakeNames::new(answers)?) };
    let url = check_url(url, to_loopback)?;
    let mut found = Vec::new();
    for _ in answers {
        found.push(guard.addresses(&url).await.ok());
    }
    Ok(found)
}

#[tokio::test]
async fn a_name_that_changes_its_address_leads_nowhere() -> Outcome {
    let found = asked(false, "https://shop.example/", &[&["93.184.215.14"], &["127.0.0.1"]]).await?;
    assert_eq!(found, [Some(vec!["93.184.215.14:443".parse()?]), None]);
    Ok(())
}

#[tokio::test]
async fn one_bad_address_among_good_ones_is_enough() -> Outcome {
    let good = ["93.184.215.14", "2606:4700::1111"];
    let mut answers: Vec<Vec<&str>> = Vec::new();
    for bad in NOT_PUBLIC {
        answers.extend([vec![bad], vec![good[0], good[1], bad], vec![bad, good[0]]]);
    }
    let answers: Vec<&[&str]> = answers.iter().map(Vec::as_slice).collect();
    let found = asked(false, "https://shop.example/", &answers).await?;
    assert!(found.iter().all(Option::is_none), "{found:?}");
    let found = asked(false, "https://shop.example:8443/", &[&good, &[]]).await?;
    assert_eq!(found, [Some(vec!["93.184.215.14:8443".parse()?, "[2606:4700::1111]:8443".parse()?]), None]);
    Ok(())
}

#[tokio::test]
async fn unencrypted_calls_stay_on_this_machine() -> Outcome {
    let found = asked(true, "http://localhost:1/", &[&["127.0.0.1", "::1"], &["8.8.8.8"], &["10.0.0.1"]]);
    assert_eq!(found.await?, [Some(vec!["127.0.0.1:1".parse()?, "[::1]:1".parse()?]), None, None]);
    let found = asked(true, "https://shop.example/", &[&["127.0.0.1"], &["8.8.8.8"], &["10.0.0.1"]]);
    assert_eq!(
        found.await?,
        [Some(vec!["127.0.0.1:443".parse()?]), Some(vec!["8.8.8.8:443".parse()?]), None]
    );
    Ok(())
}
