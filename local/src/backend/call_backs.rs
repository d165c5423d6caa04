//! What the demo backend does and tells after it has answered.

use common::ids;
use common::provider::{EVENT, signed};
use domain::ids::ShopId;
use http::HeaderValue;

use super::Backend;
use super::ledger::{Later, Ledger, Said};

impl Backend {
    /// Brings a refund to its end and tells Kefu. What a crash cuts off here, the next question finds.
    pub(super) async fn end(&self, shop: &ShopId, key: &str, later: Later) {
        tokio::time::sleep(self.0.pauses.settling).await;
        let now = self.0.clock.now();
        let key = key.to_owned();
        let ended = move |ledger: &mut Ledger| match later {
            Later::Settle { told } => ledger.settle(&key, now).map(|said| (said, told)).into_iter().collect(),
            Later::Return => ledger.give_back(&key, now).map(|said| (said, 1)).into_iter().collect(),
            Later::ReturnOutOfOrder => {
                let paid = ledger.settle(&key, now);
                let returned = ledger.give_back(&key, now);
                returned.into_iter().chain(paid).map(|said| (said, 1)).collect::<Vec<_>>()
            }
        };
        match self.0.books.change(shop, ended).await {
            Ok(tidings) => {
                for (said, told) in tidings {
                    self.call_back(shop, &said, told).await;
                }
            }
            Err(error) => tracing::error!(%error, "the demo backend cannot keep its ledger"),
        }
    }

    /// Tells Kefu what became of a refund, so often, as one event.
    pub(super) async fn call_back(&self, shop: &ShopId, said: &Said, told: u32) {
        let sent = self.signed_call_back(shop, said, told).await;
        if let Err(error) = sent {
            tracing::warn!(%shop, %error, "Kefu did not hear the demo backend; it will ask");
        }
    }

    async fn signed_call_back(
        &self,
        shop: &ShopId,
        said: &Said,
        told: u32,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let keys = (self.0.secrets)(shop.clone()).await.map_err(|failure| failure.chain())?;
        let key = keys.last().ok_or("the shop has no webhook secret")?;
        let body = serde_json::to_vec(said)?;
        let url = format!("{}/v1/shops/{shop}/refund-results", self.0.url);
        let mut headers = signed(key, self.0.clock.now(), &body)?;
        headers.insert(EVENT, HeaderValue::from_str(&ids::random_text())?);
        for _ in 0..told {
            let reply = self.0.webhook.send(&url, headers.clone(), body.clone()).await?;
            if !reply.status.is_success() {
                tracing::debug!(%shop, status = %reply.status, "Kefu did not take the call-back");
            }
        }
        Ok(())
    }
}
