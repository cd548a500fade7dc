//! Serving: open what is kept, load the component, listen on every address, and stop politely.

use crate::descriptors;
use crate::ehr::{self, EhrState};
use crate::housekeeping::Housekeeping;
use crate::inviting::Inviting;
use crate::kept::{Kept, KeptError};
use crate::logging::LogFormat;
use crate::practices::{Places, PracticesError, Served};
use crate::progress::during;
use crate::renewal::{Files, Renewal};
use crate::sandbox::{OpenSandboxError, establish, open_sandbox};
use crate::served_names::{ServedNames, only_at_their_names};
use crate::sign_ins::sandbox_sign_ins;
use crate::staff_cookies::without_staff_cookies;
use crate::state::StateError;
use axum::middleware::from_fn_with_state;
use portal_host::lent::Unavailable;
use portal_host::operator::Readiness;
use portal_host::serve::{BindError, Bounds, Drained, Listener, TrustedProxies, observed};
use portal_host::{LoadError, NoEntropy, Portal, PortalOptions, Trust, operator, website};
use sandbox_db::Database;
use std::collections::HashSet;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{oneshot, watch};

/// What to serve, and where.
pub(crate) struct ServeOptions {
    pub(crate) component: Option<PathBuf>,
    /// What its file must show.
    pub(crate) trust: Trust,
    pub(crate) addresses: Addresses,
    pub(crate) proxies: TrustedProxies,
    /// How long to go on taking visitors after being told to stop.
    pub(crate) stop_delay: Duration,
    pub(crate) log_format: LogFormat,
    pub(crate) kept: Kept,
}

/// Where to listen, and where people find that if it is somewhere else.
pub(crate) struct Addresses {
    pub(crate) ehr: SocketAddr,
    pub(crate) portal: SocketAddr,
    pub(crate) operator: SocketAddr,
    pub(crate) portal_url: Option<String>,
    pub(crate) ehr_url: Option<String>,
}

/// Nobody said what to serve.
#[derive(Debug, thiserror::Error)]
#[error("name the portal's component: with --component, or as component in the configuration")]
pub(crate) struct NoComponent;

/// Why the host does not serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error(transparent)]
    NoComponent(#[from] NoComponent),
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error(transparent)]
    Sandbox(#[from] OpenSandboxError),
    #[error(transparent)]
    Bind(#[from] BindError),
    #[error(transparent)]
    Practices(#[from] PracticesError),
    #[error(transparent)]
    Component(#[from] LoadError),
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error("signals to stop cannot be received")]
    Signals(#[source] io::Error),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
    #[error("a listener ended unexpectedly")]
    Listener(#[from] tokio::task::JoinError),
}

/// Serves until told to stop.
pub(crate) async fn serve(options: ServeOptions) -> Result<(), ServeError> {
    let ServeOptions { component, trust, addresses, proxies, stop_delay, log_format, kept } = options;
    let component = component.ok_or(NoComponent)?;
    let shares = descriptors::raise();
    let bounds = |connections| Bounds { connections, ..Bounds::default() };
    let state = kept.folder()?;
    let _serving = state.serving()?;
    // All first: an address in use is told before anything slow is done.
    let staff = Listener::bind(addresses.ehr, bounds(shares.staff)).await?.behind(proxies.clone());
    let patients = Listener::bind(addresses.portal, bounds(shares.patients)).await?.behind(proxies);
    let operator = Listener::bind(addresses.operator, bounds(shares.operator)).await?;
    let places = Places::of(&addresses, &kept.practices, staff.address(), patients.address())?;

    let (_, keys) = kept.keys(&state).await?;
    let defaults = PortalOptions::new(component, keys.clone())?;
    let (clock, entropy, passwords) =
        (Arc::clone(&defaults.clock), Arc::clone(&defaults.entropy), Arc::clone(&defaults.passwords));
    let elsewhere = kept.database.is_some();
    let (url, now) = (kept.database(&state), clock.now());
    let (database, _) = open_sandbox(&url, &keys, &passwords, &kept.practices, now).await?;

    tracing::info!(component = %defaults.component.display(), "loading the component (some seconds the first time)");
    let files = Files::of(defaults.component.clone(), &trust);
    let loaded = files.version();
    let component = PortalOptions { trust, cache: Some(state.compiled()?), ..defaults };
    let loading = Portal::load(component, Arc::new(database.clone()));
    let portal = Arc::new(during("Compiling the component (once)", loading).await?);
    let metrics = portal.metrics().clone();
    // Only now: whoever cannot serve changes nothing about the practices that are there.
    establish(&database, &kept.practices, &passwords, now).await?;
    let practices = places.open(&database, now).await?;
    let ids: Vec<_> = practices.iter().map(|practice| practice.id.clone()).collect();

    let readiness = readiness(&database);
    let stop = stop_signal(readiness.clone(), stop_delay)?;
    let at = Ready {
        practices: practices.clone(),
        operator: operator.address(),
        state: state.path().to_owned(),
        elsewhere,
    };
    let housekeeping = Housekeeping {
        database: database.clone(),
        clock: Arc::clone(&clock),
        checkpoint_file: state.checkpoint_file(),
    };
    let inviting = Inviting::new(Arc::clone(&portal), database.clone(), ids, Arc::clone(&clock), &*entropy)?;
    let renewal = Renewal { portal: Arc::clone(&portal), files, loaded };
    let names = practices.iter().flat_map(|served| served.website.hosts()).cloned();
    // Where no practice is configured, the database knows by which names its one practice is found.
    let names: Option<HashSet<String>> = (!kept.practices.is_empty()).then(|| names.collect());
    let sandbox_sign_ins: Arc<[_]> = sandbox_sign_ins().into();
    let ehrs = practices.into_iter().map(|Served { id, name, ehr, .. }| EhrState {
        portal: Arc::clone(&portal),
        database: database.clone(),
        practice: id,
        practice_name: name.into(),
        passwords: Arc::clone(&passwords),
        clock: Arc::clone(&clock),
        entropy: Arc::clone(&entropy),
        sandbox_sign_ins: Arc::clone(&sandbox_sign_ins),
        keys: keys.clone(),
        site: Arc::new(ehr),
    });
    let ehr = observed(ehr::by_practice(ehrs), "staff", metrics.clone());
    let staff = tokio::spawn(staff.serve(ehr, told(stop.clone())));
    let mut website = website::router(portal);
    if let Some(names) = names {
        let served = ServedNames { names: Arc::new(names), elsewhere: website::nobodys(metrics.clone()) };
        website = website.layer(from_fn_with_state(served, only_at_their_names));
    }
    let website = without_staff_cookies(website);
    let patients = tokio::spawn(patients.serve(website, told(stop.clone())));
    // Last of all: until then a load balancer is told that this host is stopping.
    let (drained, all_drained) = oneshot::channel::<()>();
    let operator = tokio::spawn(operator.serve(operator::router(metrics, readiness), async {
        // An error means that serving ended in another way.
        let _ = all_drained.await;
    }));
    let inviting = tokio::spawn(inviting.run(told(stop.clone())));
    let renewal = tokio::spawn(renewal.run(told(stop.clone())));
    let housekeeping = tokio::spawn(housekeeping.run(told(stop)));
    ready(&at, log_format).map_err(ServeError::Output)?;

    let (staff, patients, inviting, housekeeping) = tokio::join!(staff, patients, inviting, housekeeping);
    drop(drained);
    let drained = [staff?, patients?, operator.await?];
    inviting?;
    renewal.await?;
    // What the last requests did is covered too.
    housekeeping?.checkpoint().await;
    database.shut_down().await;
    if drained.contains(&Drained::CutOff) {
        tracing::warn!("stopped; something was cut off");
    } else {
        tracing::info!("stopped; everything under way was finished");
    }
    Ok(())
}

/// Ready while the database answers.
fn readiness(database: &Database) -> Readiness {
    let database = database.clone();
    Readiness::new(move || {
        let database = database.clone();
        async move { database.practices().await.map(drop).map_err(Unavailable::from) }
    })
}

/// At the first Ctrl-C or SIGTERM the host is not ready any more; `delay` later, or at the second one, this
/// becomes true.
fn stop_signal(readiness: Readiness, delay: Duration) -> Result<watch::Receiver<bool>, ServeError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let (stop, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        readiness.stop();
        if !delay.is_zero() {
            tracing::info!(seconds = delay.as_secs(), "told to stop; visitors are taken a little longer");
            tokio::select! {
                () = tokio::time::sleep(delay) => {}
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
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

/// What people and programs are told once everything answers.
struct Ready {
    practices: Vec<Served>,
    operator: SocketAddr,
    state: PathBuf,
    elsewhere: bool,
}

/// A line for each practice for programs on standard output; on standard error the rest for people, or as many
/// entries of the log.
fn ready(at: &Ready, log_format: LogFormat) -> io::Result<()> {
    let Ready { practices, operator, .. } = at;
    match log_format {
        LogFormat::Pretty => tell_people(at)?,
        LogFormat::Json => {
            for Served { id, ehr, website, .. } in practices {
                let (ehr, portal, operator) = (ehr.url(), website.url(), format!("http://{operator}"));
                tracing::info!(practice = %id, ehr, portal, operator, "ready");
            }
        }
    }
    let mut programs = io::stdout().lock();
    for Served { id, ehr, website, .. } in practices {
        let (ehr, portal) = (ehr.url(), website.url());
        writeln!(programs, "ready ehr={ehr} portal={portal} operator=http://{operator} practice={id}")?;
    }
    programs.flush()
}

fn tell_people(Ready { practices, operator, state, elsewhere }: &Ready) -> io::Result<()> {
    let mut people = io::stderr().lock();
    for Served { name, ehr, website, .. } in practices {
        if practices.len() > 1 {
            writeln!(people, "\n  {name}")?;
        } else {
            writeln!(people)?;
        }
        writeln!(people, "  The EHR, for staff:           {}", ehr.url())?;
        writeln!(people, "  The website, for patients:    {}", website.url())?;
    }
    writeln!(people, "\n  Who can sign in to the EHR:")?;
    for sign_in in sandbox_sign_ins() {
        writeln!(people, "    {:<10} {:<18} {}", sign_in.user_name, sign_in.password, sign_in.may_do)?;
    }
    writeln!(people, "  For the operator:             http://{operator}/metrics, /healthz and /readyz")?;
    // A database's URL may hold a password, so it is not repeated.
    let kept =
        if *elsewhere { "The database you named, and keys in:" } else { "Everything is kept in:       " };
    writeln!(people, "  {kept} {}\n", state.display())
}
