//! What a test starts from: two practices with the same people, so that whatever leaks between them
//! would be found.

use super::postgres;
use crate::seed::sandbox::{lakeside, seed_practice};
use crate::{By, Database, StaffPasswordHashes};
use portal_host::identity::{PatientId, PracticeId, StaffId, Timestamp};
use portal_host::lent::{
    Account, Actor, Credentials, Event, Invitation, PasswordHash, PortalId, Purpose, Session, State,
};
use portal_host::{HostKeys, SystemEntropy};
use sqlx::{AnyConnection, Connection, Executor};
use std::sync::Arc;
use tempfile::TempDir;

/// A fresh database with two practices.
#[derive(Clone)]
pub(super) struct Bed {
    pub(super) database: Database,
    /// The practice most tests are about.
    pub(super) practice: PracticeId,
    /// Its neighbour, with the same staff and patients.
    pub(super) other: PracticeId,
    place: Place,
}

/// Where the database is.
#[derive(Clone)]
enum Place {
    /// In a file, in a folder that goes with the bed.
    Folder(Arc<TempDir>),
    /// On the server, until that ends.
    Server {
        /// As the tables' owner reaches it.
        owner: String,
        /// As a host does.
        host: String,
    },
}

/// The moment tests happen: 2026-07-01T12:00:00Z.
pub(super) const NOW: Timestamp = Timestamp(1_782_907_200);

impl Bed {
    pub(super) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        Self::at(&url, Place::Folder(Arc::new(folder))).await
    }

    /// A database of its own on the server, used with the rights of a host.
    pub(super) async fn postgres() -> Self {
        let (owner, host) = postgres::a_database().await;
        let url = host.clone();
        Self::at(&url, Place::Server { owner, host }).await
    }

    /// Where the database is, for those who open it once more.
    pub(super) fn url(&self) -> String {
        match &self.place {
            Place::Folder(_) => format!("sqlite:{}", self.file().display()),
            Place::Server { host, .. } => host.clone(),
        }
    }

    /// Where it is for whoever may do everything.
    pub(super) fn owner(&self) -> String {
        match &self.place {
            Place::Folder(_) => self.url(),
            Place::Server { owner, .. } => owner.clone(),
        }
    }

    /// Where there is nothing of ours yet.
    pub(super) async fn url_of_none(&self) -> String {
        match &self.place {
            Place::Folder(_) => format!("sqlite:{}", self.file().with_extension("none").display()),
            Place::Server { .. } => postgres::an_empty_database().await,
        }
    }

    /// The database's file.
    pub(super) fn file(&self) -> std::path::PathBuf {
        match &self.place {
            Place::Folder(folder) => folder.path().join("portal.db"),
            Place::Server { host, .. } => panic!("{host} is no file"),
        }
    }

    async fn at(url: &str, place: Place) -> Self {
        let database = Database::open(url, keys().audit()).await.unwrap();
        let (practice, details) = lakeside();
        let other = PracticeId::new("neighbour");
        seed_practice(&database, &practice, &details, &passwords()).await.unwrap();
        seed_practice(&database, &other, &details, &passwords()).await.unwrap();
        Self { database, practice, other, place }
    }

    /// The number of entries in a chain.
    pub(super) async fn entries(&self, patient: Option<&PatientId>) -> usize {
        self.database.audit_trail(&self.practice, patient, None, u16::MAX).await.unwrap().len()
    }

    /// The newest action about the practice itself, with its detail.
    pub(super) async fn newest(&self) -> (String, Option<String>) {
        let entry = self.database.audit_trail(&self.practice, None, None, 1).await.unwrap().remove(0);
        (entry.event.action, entry.event.detail)
    }

    /// Makes the next entry of a chain fail, by writing one of its number beforehand.
    pub(super) async fn sabotage(&self, chain: &str) {
        let mut transaction = self.database.write(&self.practice).await.unwrap();
        for sql in [
            "INSERT INTO audit_head (practice, chain, length, mac, key_id, seal) VALUES ($1, $2, 0, $3, 0, $3) \
             ON CONFLICT (practice, chain) DO NOTHING",
            "INSERT INTO audit_entry (practice, chain, sequence, epoch, at, actor_kind, actor_key, actor_name, \
             action, key_id, mac) SELECT $1, $2, length + 1, 1, 0, 'visitor', '', '', 'test.in-the-way', 0, $3 \
             FROM audit_head WHERE practice = $1 AND chain = $2",
        ] {
            sqlx::query(sql)
                .bind(self.practice.as_str())
                .bind(chain)
                .bind(&[][..])
                .execute(&mut *transaction)
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
    }

    /// Changes rows as whoever may do everything.
    pub(super) async fn as_owner(&self, sql: &'static str) {
        let mut connection = AnyConnection::connect(&self.owner()).await.unwrap();
        connection.execute(sql).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Counts rows of a table, in the practice most tests are about.
    pub(super) async fn rows_in(&self, counting: &'static str) -> i64 {
        sqlx::query_scalar(counting)
            .bind(self.practice.as_str())
            .fetch_one(self.database.reader())
            .await
            .unwrap()
    }
}

pub(super) fn passwords() -> StaffPasswordHashes {
    StaffPasswordHashes {
        admin: PasswordHash::new("$argon2id$admin"),
        frontdesk: PasswordHash::new("$argon2id$frontdesk"),
        billing: PasswordHash::new("$argon2id$billing"),
    }
}

/// The keys every test starts with.
pub(super) fn keys() -> HostKeys {
    HostKeys::from_bytes([7; 64])
}

/// Someone of the staff, at a desk with this address.
pub(super) fn acting(staff: StaffId) -> By {
    By { staff, address: Some("192.0.2.7".to_owned()) }
}

pub(super) fn maria() -> PatientId {
    PatientId::new("100001")
}

pub(super) fn elodie() -> PatientId {
    PatientId::new("100002")
}

pub(super) fn admin() -> StaffId {
    StaffId::new("admin")
}

pub(super) fn frontdesk() -> StaffId {
    StaffId::new("frontdesk")
}

pub(super) fn by_front_desk(patient: &PatientId, action: &str) -> Event {
    Event {
        actor: Actor::Staff(frontdesk()),
        patient: Some(patient.clone()),
        action: action.to_owned(),
        detail: None,
        address: Some("192.0.2.7".to_owned()),
    }
}

pub(super) fn invited(patient: &PatientId, portal_id: &str, revision: u64) -> Account {
    let (practice, _) = lakeside();
    let portal_id = keys().seal(&practice, patient, &PortalId::new(portal_id), &SystemEntropy).unwrap();
    let state = State::Invited(Invitation { portal_id, issued: NOW, expires: NOW.plus_seconds(7 * 86_400) });
    Account { patient: patient.clone(), state, revision }
}

pub(super) fn credentials(username: &str) -> Credentials {
    Credentials { username: username.to_owned(), password_hash: PasswordHash::new("$argon2id$x"), since: NOW }
}

pub(super) fn active(patient: &PatientId, username: &str, revision: u64) -> Account {
    Account { patient: patient.clone(), state: State::Active(credentials(username)), revision }
}

pub(super) fn session(patient: &PatientId, ends: Timestamp) -> Session {
    Session {
        patient: patient.clone(),
        purpose: Purpose::Portal,
        opened: NOW,
        seen: NOW,
        ends,
        account_revision: 3,
    }
}
