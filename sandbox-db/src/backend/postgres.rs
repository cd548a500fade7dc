//! What is PostgreSQL's own: its address, how its connections are set up, who waits for whom, its migrations.

use super::Alongside;
use crate::driver::Driver;
use portal_host::identity::PracticeId;
use sha2::{Digest, Sha256};
use sqlx::ConnectOptions;
use sqlx::any::AnyConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use std::fmt;
use std::time::Duration;
use url::Url;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// What is read after the lock is what was committed before it was had, whatever the server's default is.
pub(super) const BEGIN_WRITING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

pub(super) const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Connections of each host that write, and as many that read.
const CONNECTIONS: u32 = 8;

/// How long somebody waits for a server that is away before they are asked to try again: less than the portal
/// waits for an answer, and more than a restart takes.
const AWAY: Duration = Duration::from_secs(3);

/// How every connection is set up. Nobody waits for another's lock longer than the portal waits for an
/// answer, and a host that dies in the middle of a transaction does not hold its locks for long. That there was
/// no transaction to end is no news.
const SET_UP: &str = "SET lock_timeout = '4s'; SET statement_timeout = '30s'; \
    SET idle_in_transaction_session_timeout = '30s'; SET client_min_messages = 'error'";

/// What a connection is tried with before it is used: it is dead, or nobody's transaction is left open on it.
/// Whoever gave up while a transaction began may have left one, with its locks.
const AFRESH: &str = "ROLLBACK";

/// Readers, besides, cannot write.
const READING: &str = "SET default_transaction_read_only = on";

/// What an address may say after a question mark.
const PARAMETERS: [&str; 6] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "statement-cache-capacity"];

const IS_THERE: &str = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";

/// A database on a server.
#[derive(Clone)]
pub(crate) struct Server(Url);

/// Without the password.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.name()).finish()
    }
}

impl Server {
    /// The database that `url` names, if it names one.
    pub(super) fn of(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let is_one = matches!(url.scheme(), "postgres" | "postgresql") && url.path().len() > 1;
        // The driver would log one that it does not know with its value, which may be a password.
        let are_known = url.query_pairs().all(|(name, _)| PARAMETERS.contains(&&*name));
        (is_one && are_known).then_some(Self(url))
    }

    /// Host and database.
    pub(super) fn name(&self) -> String {
        let place = self.0.host_str().unwrap_or("localhost");
        format!("{} on {place}", self.0.path().trim_start_matches('/'))
    }

    pub(super) async fn writers(&self, pool: PoolOptions<Driver>) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        self.open(pool, &[SET_UP]).await
    }

    pub(super) async fn readers(&self, pool: PoolOptions<Driver>) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        self.open(pool, &[SET_UP, READING]).await
    }

    pub(super) async fn is_there(&self, pool: PoolOptions<Driver>) -> Result<bool, sqlx::Error> {
        let pool = self.open(pool, &[SET_UP, READING]).await?;
        let there = sqlx::query_scalar(IS_THERE).fetch_one(&pool).await;
        pool.close().await;
        there
    }

    async fn open(
        &self,
        pool: PoolOptions<Driver>,
        set_up: &'static [&'static str],
    ) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        // A server that was away, or a load balancer between, leaves connections that are dead.
        pool.max_connections(CONNECTIONS)
            .acquire_timeout(AWAY)
            .test_before_acquire(false)
            .before_acquire(|connection, _| {
                Box::pin(async move { sqlx::raw_sql(AFRESH).execute(connection).await.map(|_| true) })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    for settings in set_up {
                        sqlx::raw_sql(*settings).execute(&mut *connection).await?;
                    }
                    Ok(())
                })
            })
            .connect_with(AnyConnectOptions::from_url(&self.0)?)
            .await
    }
}

/// Whoever writes to a practice shares a lock on it, or holds it alone; it goes with the transaction.
/// Taken before anything else, so that nobody waits for it who has rows that another waits for.
pub(super) fn lock(practice: &PracticeId, alongside: Alongside) -> String {
    let lock = match alongside {
        Alongside::Others => "pg_advisory_xact_lock_shared",
        Alongside::Nobody => "pg_advisory_xact_lock",
    };
    format!("SELECT {lock}({})", key(practice))
}

/// The number by which the server knows a practice's lock. Two practices of one number would wait for each
/// other now and then, no more.
fn key(practice: &PracticeId) -> i64 {
    let digest = Sha256::digest(format!("practice {practice}"));
    let (first, _) = digest.split_first_chunk().unwrap_or((&[0; 8], &[]));
    i64::from_be_bytes(*first)
}

/// What hosts may do, for an owner who would rather read it first.
const ROLES: &str = include_str!("../../roles.sql");

/// Whose members hosts log in as; see `roles.sql`.
const HOSTS: &str = "portal_host";

pub(super) async fn give_hosts_their_rights(pool: &sqlx::Pool<Driver>) -> Result<&'static str, sqlx::Error> {
    sqlx::raw_sql(ROLES).execute(pool).await?;
    Ok(HOSTS)
}
