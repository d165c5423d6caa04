//! What the first start begins with: two shops with their staff, and a few inquiries in their inboxes.

use common::app::App;
use common::clock::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use put_shop::{WantedMember, WantedShop};

use crate::host::{Host, StartError};
use crate::settings::{Settings, Switch};
use crate::shops;

mod orders;
mod stories;
mod teller;

use teller::Teller;

/// Makes the demo shops if there is no shop yet, and begins to tell their stories in the background.
pub async fn begin(host: &Arc<Host>, settings: &Settings, url: &str) -> Result<(), StartError> {
    let known = host.local.shops.all();
    if !known.is_empty() {
        return orders::follow(&host.app, &known, url).await;
    }
    for shop in [taipei(url), lantern(url)] {
        shops::put(&host.app, &host.local.shops, shop).await.map_err(|problem| format!("{problem:?}"))?;
    }
    orders::begin(&host.app, url).await?;
    if settings.demo_inquiries == Switch::On {
        let host = host.clone();
        tokio::spawn(async move {
            if let Err(error) = tell(&host).await {
                tracing::error!(%error, "the demo's inquiries are not complete");
            }
        });
    }
    Ok(())
}

/// Tells the stories on a clock of their own, since they happened before the start.
async fn tell(host: &Host) -> Result<(), StartError> {
    let offset = Arc::new(AtomicI64::new(0));
    let parts = &host.app;
    let app = App::new(
        parts.config.clone(),
        parts.store.clone(),
        parts.queues(),
        parts.mailer.clone(),
        Clock::moved(offset.clone()),
    );
    let now = host.local.offset.millis().load(Ordering::Relaxed);
    for story in stories::ALL {
        Teller::new(&app, &host.local.issuer, story)?.tell(&offset, now).await?;
    }
    Ok(())
}

fn member(id: &str, nickname: &str, role: &str, service: bool) -> WantedMember {
    WantedMember {
        id: id.to_owned(),
        nickname: nickname.to_owned(),
        role: role.to_owned(),
        service,
        email: Some(format!("{id}@staff.example")),
    }
}

fn shop(id: &str, name: &str, url: &str, members: Vec<WantedMember>) -> WantedShop {
    WantedShop {
        id: id.to_owned(),
        name: name.to_owned(),
        market: "TW".to_owned(),
        locale: "zh-Hant".to_owned(),
        time_zone: "Asia/Taipei".to_owned(),
        currency: "TWD".to_owned(),
        phone: None,
        email: None,
        account_url: Some(format!("{url}/storefront/?shop={id}#/account")),
        origins: vec![url.to_owned(), url.replace("127.0.0.1", "localhost")],
        members,
        rotate_key: false,
    }
}

fn taipei(url: &str) -> WantedShop {
    let members = vec![
        member("mia", "小米", "agent", true),
        member("leo", "阿樂", "agent", true),
        member("sue", "淑芬", "supervisor", true),
        member("otto", "歐老闆", "owner", true),
    ];
    WantedShop {
        phone: Some("02-2345-6789".to_owned()),
        email: Some("service@taipei.example".to_owned()),
        ..shop("taipei", "台北選物", url, members)
    }
}

fn lantern(url: &str) -> WantedShop {
    let members = vec![member("nora", "諾拉", "owner", true), member("otto", "歐老闆", "owner", false)];
    WantedShop {
        email: Some("hello@lantern.example".to_owned()),
        ..shop("lantern", "燈籠小舖", url, members)
    }
}
