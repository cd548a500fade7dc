//! Serving: open what is kept, load the component, listen on both addresses, and stop politely.

use crate::ehr::{self, EhrState};
use crate::sandbox::{OpenSandboxError, open_sandbox};
use crate::sign_ins::sandbox_sign_ins;
use crate::staff_cookies::without_staff_cookies;
use crate::state::{StateError, StateFolder};
use portal_host::identity::PracticeId;
use portal_host::serve::{BindError, Bounds, Drained, Listener, observed};
use portal_host::{Clock, Entropy, LoadError, Passwords, Portal, PortalOptions, website};
use sandbox_db::{Database, WebsiteError};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// What to serve, and where.
pub(crate) struct ServeOptions {
    pub(crate) component: PathBuf,
    pub(crate) ehr: SocketAddr,
    pub(crate) portal: SocketAddr,
    pub(crate) portal_url: Option<String>,
    pub(crate) state: PathBuf,
    pub(crate) database: Option<String>,
}

/// Why the host does not serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Sandbox(#[from] OpenSandboxError),
    #[error(transparent)]
    Bind(#[from] BindError),
    #[error("--portal-url {0:?} is not an http or https address without a path")]
    PortalUrl(String),
    #[error(
        "--portal {0} listens on every address of this machine but is none that a patient could open: give the \
         website's address with --portal-url"
    )]
    Unspecified(SocketAddr),
    #[error("the website's address cannot be kept")]
    Website(#[from] WebsiteError),
    #[error(transparent)]
    Component(#[from] LoadError),
    #[error("signals to stop cannot be received")]
    Signals(#[source] io::Error),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
    #[error("a listener ended unexpectedly")]
    Listener(#[from] tokio::task::JoinError),
}

/// Serves until told to stop.
pub(crate) async fn serve(options: ServeOptions) -> Result<(), ServeError> {
    let state = StateFolder::open(&options.state)?;
    // Both first: an address in use is told before anything slow is done.
    let staff = Listener::bind(options.ehr, Bounds::default()).await?;
    let patients = Listener::bind(options.portal, Bounds::default()).await?;
    let website = Website::new(options.portal_url, patients.address())?;

    let defaults = PortalOptions::new(options.component, state.counter_key(&portal_host::SystemEntropy)?)?;
    let (clock, entropy, passwords) =
        (Arc::clone(&defaults.clock), Arc::clone(&defaults.entropy), Arc::clone(&defaults.passwords));
    let elsewhere = options.database.is_some();
    let url = options.database.unwrap_or_else(|| state.database());
    let (database, practice) = open_sandbox(&url, &passwords).await?;
    database.set_website(&practice, &website.url, &website.hosts).await?;

    tracing::info!(component = %defaults.component.display(), "loading the component (some seconds the first time)");
    let component = PortalOptions { cache: Some(state.compiled()?), ..defaults };
    let portal = Arc::new(Portal::load(component, Arc::new(database.clone())).await?);

    let stop = stop_signal()?;
    let ehr = ehr_state(Arc::clone(&portal), &database, practice, passwords, clock, entropy);
    let (ehr_address, portal_url) = (staff.address(), website.url);
    let staff = tokio::spawn(staff.serve(observed(ehr::router(ehr), "staff"), told(stop.clone())));
    let website = without_staff_cookies(website::router(portal));
    let patients = tokio::spawn(patients.serve(website, told(stop)));
    ready(ehr_address, &portal_url, &state, elsewhere).map_err(ServeError::Output)?;

    let (staff, patients) = tokio::join!(staff, patients);
    let drained = [staff?, patients?];
    database.shut_down().await;
    match drained {
        [Drained::Whole, Drained::Whole] => tracing::info!("stopped; everything under way was finished"),
        [Drained::CutOff, _] | [_, Drained::CutOff] => tracing::warn!("stopped; something was cut off"),
    }
    Ok(())
}

fn ehr_state(
    portal: Arc<Portal>,
    database: &Database,
    practice: PracticeId,
    passwords: Arc<Passwords>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> EhrState {
    let (database, sandbox_sign_ins) = (database.clone(), sandbox_sign_ins().into());
    EhrState { portal, database, practice, passwords, clock, entropy, sandbox_sign_ins }
}

/// Where patients find the website, and the host names it answers to.
struct Website {
    url: String,
    hosts: Vec<String>,
}

impl Website {
    fn new(url: Option<String>, address: SocketAddr) -> Result<Self, ServeError> {
        let (http, https) = ("http://", "https://");
        let own = without_default_port(http, &address.to_string()).to_owned();
        let mut hosts = vec![own.clone()];
        if address.ip().is_loopback() {
            let name = format!("localhost:{}", address.port());
            hosts.push(without_default_port(http, &name).to_owned());
        }
        let Some(url) = url else {
            return match address.ip().is_unspecified() {
                true => Err(ServeError::Unspecified(address)),
                false => Ok(Self { url: format!("{http}{own}"), hosts }),
            };
        };
        let url = url.trim_end_matches('/').to_ascii_lowercase();
        let of = |scheme| Some((scheme, without_default_port(scheme, url.strip_prefix(scheme)?)));
        let given = of(https).or_else(|| of(http));
        let given = given.filter(|(_, host)| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']));
        let Some((scheme, host)) = given else { return Err(ServeError::PortalUrl(url)) };
        hosts.push(host.to_owned());
        Ok(Self { url: format!("{scheme}{host}"), hosts })
    }
}

/// A host as browsers name it: without the port that the scheme stands for.
fn without_default_port<'a>(scheme: &str, host: &'a str) -> &'a str {
    let port = if scheme == "https://" { ":443" } else { ":80" };
    host.strip_suffix(port).unwrap_or(host)
}

/// Becomes true at the first Ctrl-C or SIGTERM.
fn stop_signal() -> Result<watch::Receiver<bool>, ServeError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let (stop, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping; finishing what is under way");
        // Nobody listening any more means that serving has ended already.
        let _ = stop.send(true);
    });
    Ok(told)
}

async fn told(mut stop: watch::Receiver<bool>) {
    // An error means the sender is gone: the process is ending.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One line for programs on standard output, the rest for people on standard error.
fn ready(ehr: SocketAddr, portal: &str, state: &StateFolder, elsewhere: bool) -> io::Result<()> {
    let mut people = io::stderr().lock();
    writeln!(people, "\n  The EHR, for staff:           http://{ehr}")?;
    for sign_in in sandbox_sign_ins() {
        writeln!(people, "    {:<10} {:<18} {}", sign_in.user_name, sign_in.password, sign_in.may_do)?;
    }
    writeln!(people, "  The website, for patients:    {portal}")?;
    // A database's URL may hold a password, so it is not repeated.
    let kept =
        if elsewhere { "The database you named, and keys in:" } else { "Everything is kept in:       " };
    writeln!(people, "  {kept} {}\n", state.path().display())?;
    let mut programs = io::stdout().lock();
    writeln!(programs, "ready ehr=http://{ehr} portal={portal}")?;
    programs.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn website(url: &str) -> Result<Website, ServeError> {
        Website::new(Some(url.to_owned()), SocketAddr::from(([127, 0, 0, 1], 8081)))
    }

    #[test]
    fn the_website_answers_to_its_address_and_on_loopback_to_localhost() {
        let website = Website::new(None, SocketAddr::from(([127, 0, 0, 1], 8081))).unwrap();
        assert_eq!(website.url, "http://127.0.0.1:8081");
        assert_eq!(website.hosts, ["127.0.0.1:8081", "localhost:8081"]);
    }

    #[test]
    fn a_given_address_is_answered_to_in_lower_case_and_without_a_slash() {
        let website = website("https://Portal.Example.org/").unwrap();
        assert_eq!(website.url, "https://portal.example.org");
        assert!(website.hosts.contains(&"portal.example.org".to_owned()));
    }

    #[test]
    fn the_port_a_scheme_stands_for_is_dropped_as_browsers_do() {
        for (given, url, host) in [
            ("https://x:443", "https://x", "x"),
            ("http://x:80/", "http://x", "x"),
            ("https://[::1]:443", "https://[::1]", "[::1]"),
            ("https://x:80", "https://x:80", "x:80"),
            ("http://x:443", "http://x:443", "x:443"),
            ("https://x:8443", "https://x:8443", "x:8443"),
        ] {
            let website = website(given).unwrap();
            assert_eq!((website.url.as_str(), website.hosts.last().unwrap().as_str()), (url, host));
        }
        let website = Website::new(None, SocketAddr::from(([127, 0, 0, 1], 80))).unwrap();
        assert_eq!(website.url, "http://127.0.0.1");
        assert_eq!(website.hosts, ["127.0.0.1", "localhost"]);
    }

    #[test]
    fn listening_everywhere_needs_the_address_that_patients_open() {
        for address in ["0.0.0.0:8081", "[::]:8081"] {
            let address = address.parse().unwrap();
            let Err(refused) = Website::new(None, address) else { panic!("{address} was taken") };
            assert!(matches!(refused, ServeError::Unspecified(_)), "{refused}");
            assert!(refused.to_string().contains("--portal-url"), "{refused}");
            let url = Some("https://portal.example.org".to_owned());
            assert_eq!(Website::new(url, address).unwrap().url, "https://portal.example.org");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for url in
            ["", "https://:443", "portal.example.org", "ftp://x", "https://", "https://x/path", "https://a@b"]
        {
            assert!(matches!(website(url), Err(ServeError::PortalUrl(_))), "{url}");
        }
    }
}
