//! Where webhooks may go: a shop's own public server, never what only Kefu can reach (SSRF).
//!
//! A name is resolved once, every address of it is checked, and the connection goes to exactly those: a name
//! that changes its address meanwhile (DNS rebinding) leads nowhere else.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// The longest address of a webhook, in bytes.
const LONGEST: usize = 2_000;

/// Why an address cannot be a webhook's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNotUrl {
    /// It cannot be read, or has no host.
    #[error("not a web address")]
    NotAUrl,
    /// Too long.
    #[error("longer than {LONGEST} bytes")]
    TooLong,
    /// Not encrypted.
    #[error("must begin with https://")]
    NotHttps,
    /// A name or a password in it, which would be shown and logged.
    #[error("must not contain a user name or a password")]
    UserInfo,
    /// Not on the public internet.
    #[error("must be on the public internet")]
    NotPublic,
}

/// Checks an address as far as that goes without resolving it; the guard does the rest with every call.
/// With `allow_loopback` it may be on this machine, and then without `https`.
///
/// # Errors
/// [`WhyNotUrl`].
pub fn check_url(url: &str, allow_loopback: bool) -> Result<Url, WhyNotUrl> {
    if url.len() > LONGEST {
        return Err(WhyNotUrl::TooLong);
    }
    let url = Url::parse(url.trim()).map_err(|_| WhyNotUrl::NotAUrl)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(WhyNotUrl::NotHttps);
    }
    let host = url.host().ok_or(WhyNotUrl::NotAUrl)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WhyNotUrl::UserInfo);
    }
    let here = match &host {
        Host::Domain(name) => is_this_machine(name),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    if here {
        return if allow_loopback { Ok(url) } else { Err(WhyNotUrl::NotPublic) };
    }
    if url.scheme() != "https" {
        return Err(WhyNotUrl::NotHttps);
    }
    let public = match host {
        Host::Domain(_) => true,
        Host::Ipv4(address) => is_public_v4(address),
        Host::Ipv6(address) => is_public_v6(address),
    };
    if public { Ok(url) } else { Err(WhyNotUrl::NotPublic) }
}

fn is_this_machine(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// Decides where connections go.
#[derive(Debug)]
pub struct Guard {
    /// Whether this machine is allowed.
    pub to_loopback: bool,
    pub(super) resolver: Resolver,
}

/// Finds the addresses of a name.
#[derive(Debug)]
pub enum Resolver {
    /// The system's.
    System,
    /// What a test says, one answer after the other.
    #[cfg(test)]
    Fake(super::tests::FakeNames),
}

/// Why no connection is made.
#[derive(Debug, thiserror::Error)]
pub enum NoWay {
    /// The name has no address.
    #[error("the provider's name cannot be resolved")]
    Unresolved(#[source] io::Error),
    /// One of its addresses is not where webhooks may go.
    #[error("the provider's address is not public")]
    NotPublic,
}

impl Guard {
    pub(super) fn new(to_loopback: bool) -> Self {
        Self { to_loopback, resolver: Resolver::System }
    }

    /// The addresses of a checked URL, all of which may be connected to.
    pub async fn addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, NoWay> {
        let port = url.port_or_known_default().unwrap_or(443);
        let found = match url.host() {
            Some(Host::Ipv4(address)) => vec![IpAddr::V4(address)],
            Some(Host::Ipv6(address)) => vec![IpAddr::V6(address)],
            Some(Host::Domain(name)) => self.resolver.resolve(name, port).await.map_err(NoWay::Unresolved)?,
            None => Vec::new(),
        };
        if found.is_empty() {
            return Err(NoWay::Unresolved(io::ErrorKind::NotFound.into()));
        }
        let encrypted = url.scheme() == "https";
        let allowed = |address: &IpAddr| {
            (self.to_loopback && address.is_loopback()) || (encrypted && is_public(*address))
        };
        // One bad address among good ones is an attack or a mistake: nothing is sent to any of them.
        if !found.iter().all(allowed) {
            return Err(NoWay::NotPublic);
        }
        Ok(found.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }
}

impl Resolver {
    async fn resolve(&self, name: &str, port: u16) -> io::Result<Vec<IpAddr>> {
        match self {
            Self::System => {
                let found = tokio::net::lookup_host((name, port)).await?;
                Ok(found.map(|address| address.ip()).collect())
            }
            #[cfg(test)]
            Self::Fake(names) => names.next(),
        }
    }
}

/// Whether an address is of the public internet. What is not known to be is not.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Everything but what IANA lists as for special purposes.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network, private, loopback, multicast, reserved, broadcast.
        (0 | 10 | 127 | 224.., ..) => true,
        // Carriers' own (CGNAT), link-local with the cloud's metadata, private.
        (100, 64..=127, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Protocols, documentation, relays, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => true,
        _ => false,
    };
    !special
}

/// Only what is assigned to the internet (2000::/3), without the parts of it that carry IPv4 or are for
/// protocols and documentation. So unique-local, link-local, mapped and translated addresses are out.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        [0x2001, 0..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x2002, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests;
