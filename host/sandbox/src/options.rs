//! What `serve` is told: by the command line, else the environment, else the configuration file.

use crate::config::Config;
use crate::kept::Kept;
use crate::logging::LogFormat;
use crate::serve::{Addresses, ServeOptions};
use clap::Args;
use portal_host::serve::{Network, TrustedProxies};
use portal_host::{ComponentDigest, SignerKey, Trust};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Where to listen unless it is said: on this machine only.
const EHR: SocketAddr = on_this_machine(8080);
const PORTAL: SocketAddr = on_this_machine(8081);
const OPERATOR: SocketAddr = on_this_machine(8082);

const fn on_this_machine(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// The options of `serve`, and of `check`, which looks whether they would do.
#[derive(Args)]
pub(crate) struct Serve {
    /// The portal's component, a .wasm file.
    #[arg(long, value_name = "FILE")]
    component: Option<PathBuf>,
    /// The SHA-256 digest that the component's file must have; any other is refused. portal-host plugin inspect
    /// shows it.
    #[arg(long, value_name = "SHA256")]
    pin_plugin: Option<ComponentDigest>,
    /// A public key of minisign, the second line of its .pub file: the component is served only with a good signature
    /// beside it (patient-portal.wasm.minisig). May be given several times, then any one of them will do; those of the
    /// configuration will not.
    #[arg(long = "plugin-key", value_name = "KEY")]
    plugin_keys: Vec<SignerKey>,
    /// Address of the EHR, for staff [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    ehr: Option<SocketAddr>,
    /// Address of the patient website [default: 127.0.0.1:8081].
    #[arg(long, value_name = "ADDR")]
    portal: Option<SocketAddr>,
    /// Where patients find the website, if not at that address: behind a proxy, say.
    #[arg(long, value_name = "URL")]
    portal_url: Option<String>,
    /// Where staff find the EHR, if not at that address: behind a proxy, say.
    #[arg(long, value_name = "URL")]
    ehr_url: Option<String>,
    /// Address for the operator: metrics at /metrics, and for a load balancer /healthz and /readyz. Without a
    /// sign-in, so keep it internal [default: 127.0.0.1:8082].
    #[arg(long, value_name = "ADDR")]
    operator: Option<SocketAddr>,
    /// A proxy in front whose X-Forwarded-For is believed: an address, or a range such as 10.0.0.0/8.
    /// May be given several times; then those of the configuration are not believed.
    #[arg(long = "trusted-proxy", value_name = "NETWORK")]
    trusted_proxies: Vec<Network>,
    /// How long to go on taking visitors after being told to stop, while /readyz says so already: as long as a load
    /// balancer needs to notice. A second signal ends it [default: 0].
    #[arg(long, value_name = "SECONDS")]
    stop_delay: Option<u16>,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

impl Serve {
    /// All of it, with what was not said taken from the configuration, and from the defaults.
    pub(crate) fn options(self, config: Config, log_format: LogFormat) -> ServeOptions {
        let proxies =
            if self.trusted_proxies.is_empty() { config.trusted_proxy } else { self.trusted_proxies };
        let signers = if self.plugin_keys.is_empty() { config.plugin_key } else { self.plugin_keys };
        let stop_delay = self.stop_delay.or(config.stop_delay).unwrap_or_default();
        ServeOptions {
            component: self.component.or(config.component),
            trust: Trust { pin: self.pin_plugin.or(config.pin_plugin), signers },
            addresses: Addresses {
                ehr: self.ehr.or(config.ehr).unwrap_or(EHR),
                portal: self.portal.or(config.portal).unwrap_or(PORTAL),
                operator: self.operator.or(config.operator).unwrap_or(OPERATOR),
                portal_url: self.portal_url.or(config.portal_url),
                ehr_url: self.ehr_url.or(config.ehr_url),
            },
            proxies: TrustedProxies::new(proxies),
            stop_delay: Duration::from_secs(stop_delay.into()),
            log_format,
            kept: self.kept,
        }
    }
}
