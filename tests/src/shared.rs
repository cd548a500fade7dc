//! Several hosts on one PostgreSQL database, behind a load balancer that sends each request to the next one.

use crate::balancer::{Balancer, Behind, STOP_DELAY, free_address};
use crate::{Installation, Setup};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use throwaway_postgres::{address_of, server};

/// Whom hosts log in as: a member of the role that has a host's rights, and nothing else.
const HOST: &str = "portal_tests_host";
/// The number of the lock that tests hold while they make that user.
const USERS: i64 = 1;

/// A host on a fresh PostgreSQL database, with the rights of a host only. Its tables are made beforehand, by
/// their owner.
///
/// # Panics
/// Where the database cannot be made ready.
pub async fn on_postgres() -> Setup {
    prepared(Setup::fresh()).await
}

/// The same, of another setup, whose program makes the tables.
///
/// # Panics
/// Where the database cannot be made ready.
pub async fn prepared(setup: Setup) -> Setup {
    static DATABASES: AtomicU32 = AtomicU32::new(0);
    let name = format!("portal_tests_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
    run(format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    let owned = setup.on(&address_of(&name, None));
    owned.make();
    // All databases of a server have the same users. Of two tests that grant this at once the server refuses one, so they
    // wait for each other. The lock holds within one database, which is the server's own for all of them.
    run(format!(
        "DO $$ BEGIN PERFORM pg_advisory_xact_lock({USERS}); \
         IF to_regrole('{HOST}') IS NULL THEN CREATE ROLE {HOST} LOGIN; END IF; GRANT portal_host TO {HOST}; END; $$"
    ))
    .await;
    owned.on(&address_of(&name, Some(HOST)))
}

/// The same state, as the owner of its tables has it.
///
/// # Panics
/// Where it is on no such database.
pub fn owned(setup: &Setup) -> Setup {
    setup.clone().on(&address_of(name_of(setup), None))
}

/// Takes the database away from its hosts as a failing server would, or gives it back.
///
/// # Panics
/// Where the server does not do it.
pub async fn let_connect(setup: &Setup, may_connect: bool) {
    let name = name_of(setup);
    run(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {may_connect}")).await;
    if !may_connect {
        run(format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")).await;
    }
}

fn name_of(setup: &Setup) -> &str {
    setup.database.rsplit('/').next().and_then(|rest| rest.split('?').next()).expect("a name")
}

async fn run(sql: String) {
    let mut connection = PgConnection::connect(server().as_str()).await.expect("the server");
    connection.execute(AssertSqlSafe(sql)).await.expect("the server does it");
}

/// Hosts that share a database and their keys, and the two addresses that people know.
pub struct Hosts {
    /// Where patients go.
    pub portal: Balancer,
    /// Where staff go.
    pub ehr: Balancer,
    /// Each host by itself.
    pub hosts: Vec<Installation>,
    /// What they share.
    pub setup: Setup,
}

impl Hosts {
    /// So many of them on a fresh database.
    ///
    /// # Panics
    /// Where one does not start.
    pub async fn start(many: usize) -> Self {
        Self::on(on_postgres().await, many)
    }

    /// So many of them on this state.
    ///
    /// # Panics
    /// Where one does not start.
    pub fn on(setup: Setup, many: usize) -> Self {
        let (portal, ehr) = (Balancer::reserved(), Balancer::reserved());
        let mut hosts: Vec<Installation> = Vec::new();
        let (mut portals, mut ehrs) = (Vec::new(), Vec::new());
        for _ in 0..many {
            let beside = setup.beside().with_website(&portal.url).with("--ehr-url", &ehr.url);
            let beside = beside.with("--trusted-proxy", "127.0.0.1").with("--stop-delay", STOP_DELAY);
            let (own_portal, own_ehr, operator) = (free_address(), free_address(), free_address());
            hosts.push(beside.listening(&own_portal, &own_ehr, &operator).start());
            portals.push(Behind { address: own_portal, operator: operator.clone() });
            ehrs.push(Behind { address: own_ehr, operator });
        }
        Self { portal: portal.before(&portals), ehr: ehr.before(&ehrs), hosts, setup }
    }
}
