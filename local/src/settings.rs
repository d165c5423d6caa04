//! What can be set at the start, as flags or in the environment.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Kefu 客服 on one machine: every function, its database, queue, mails and pages in one process.
#[derive(Clone, Debug, Parser)]
#[command(name = "kefu-local", version)]
pub struct Settings {
    /// The address to listen on; only loopback, since anybody who reaches it may sign in as anybody
    #[arg(long, env = "KEFU_HOST", default_value = "127.0.0.1", value_parser = loopback)]
    pub host: IpAddr,

    /// The port to listen on
    #[arg(long, env = "KEFU_PORT", default_value_t = 8787)]
    pub port: u16,

    /// The folder that everything is kept in: database, mails, keys, the clock
    #[arg(long, env = "KEFU_DATA", default_value = "./.kefu")]
    pub data: PathBuf,

    /// The folder of the built pages; found beside the program or the working directory if not given
    #[arg(long, env = "KEFU_SITE")]
    pub site: Option<PathBuf>,

    /// Whether the first start opens a few inquiries in the demo shops
    #[arg(long, env = "KEFU_DEMO_INQUIRIES", default_value = "on")]
    pub demo_inquiries: Switch,

    /// Guests' submissions accepted from one network address in an hour
    #[arg(long, env = "KEFU_LIMIT_PER_ADDRESS", default_value_t = 300)]
    pub limit_per_address: u32,

    /// Guests' submissions accepted for one mail address in an hour
    #[arg(long, env = "KEFU_LIMIT_PER_MAILBOX", default_value_t = 20)]
    pub limit_per_mailbox: u32,

    /// Submissions accepted from one signed-in member in an hour
    #[arg(long, env = "KEFU_LIMIT_PER_MEMBER", default_value_t = 3600)]
    pub limit_per_member: u32,

    /// What is logged: error, warn, info, debug or trace
    #[arg(long, env = "KEFU_LOG", default_value = "warn")]
    pub log: String,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Switch {
    On,
    Off,
}

impl Settings {
    /// Where to listen.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// The folder of the built pages: as set, or `frontend/apps` in a folder above the program or above
    /// the working directory.
    pub fn site(&self) -> Option<PathBuf> {
        if self.site.is_some() {
            return self.site.clone();
        }
        let program = std::env::current_exe().ok();
        let here = std::env::current_dir().ok();
        program
            .iter()
            .chain(&here)
            .flat_map(|start| start.ancestors())
            .map(|folder| folder.join("frontend/apps"))
            .find(|site| site.is_dir())
    }
}

fn loopback(text: &str) -> Result<IpAddr, String> {
    let address: IpAddr = text.parse().map_err(|_| "not an IP address".to_owned())?;
    if address.is_loopback() {
        Ok(address)
    } else {
        Err("only a loopback address, such as 127.0.0.1: anybody who reaches it may sign in as anybody"
            .into())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn it_is_a_consistent_command_line() {
        Settings::command().debug_assert();
    }

    #[test]
    fn it_listens_on_loopback_only() {
        for refused in ["0.0.0.0", "192.168.1.4", "::", "localhost"] {
            assert!(Settings::try_parse_from(["kefu-local", "--host", refused]).is_err(), "{refused}");
        }
        for accepted in ["127.0.0.1", "127.0.0.9", "::1"] {
            assert!(Settings::try_parse_from(["kefu-local", "--host", accepted]).is_ok(), "{accepted}");
        }
    }

    #[test]
    fn the_help_names_every_variable() {
        let help = Settings::command().render_long_help().to_string();
        for name in ["KEFU_PORT", "KEFU_DATA", "KEFU_SITE", "KEFU_DEMO_INQUIRIES", "KEFU_LIMIT_PER_MAILBOX"] {
            assert!(help.contains(name), "{name}");
        }
    }
}
