//! P4, and how everything grows with a practice: tab view, search, confirmation, log in, many invitations, and the
//! audit trail's check and export, at 1,000 to 1,000,000 patients, three in ten of whom have an account. In this
//! process, so that neither sockets nor the beat of forms hide what the database takes.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit, median};
use crate::practice::{PASSWORD, Practice};
use crate::seeding::{accounts_among, chart, file, seed, username};
use crate::visitor::Visitor;
use portal_host::PasswordVerdict;
use portal_host::identity::PatientId;
use portal_host::lent::{PasswordHash, Patients, PersonName};
use sandbox_db::export::{Format, Selection};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::time::{Duration, Instant};
use throwaway_postgres::{address_of, server};

/// Patients of each practice that is compared.
pub(crate) const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// What is done at every size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    TabView,
    Search,
    Confirmation,
    LogIn,
    /// Of many, through a list.
    Invitation,
    AuditVerify,
    AuditExport,
}

/// All of it.
pub(crate) const WHATS: [What; 7] = [
    What::TabView,
    What::Search,
    What::Confirmation,
    What::LogIn,
    What::Invitation,
    What::AuditVerify,
    What::AuditExport,
];

/// Patients of a list that are invited at once.
const AT_ONCE: usize = 8;

/// Rounds in which the whole trail is checked and exported: it takes seconds in a large practice.
const WHOLE_TRAILS: usize = 3;

/// A step through the patients that meets each before any again: it has no divisor in common with the sizes.
const STEP: u64 = 7_919;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Sqlite,
    Postgres,
}

impl Store {
    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A practice of a known size, and how far its patients were made use of.
struct Town {
    practice: Practice,
    patients: u64,
    accounts: u64,
    hash: PasswordHash,
    /// The next patient without an account.
    next: u64,
    visits: u32,
    lists: u32,
}

pub(crate) async fn measure(bench: &Bench, store: Store, rounds: &mut Rounds) -> Result<(), Failure> {
    let sizes = SIZES.iter().copied().filter(|size| *size <= bench.most);
    let mut towns = Vec::new();
    let folder = tempfile::tempdir_in(&bench.folder).map_err(Failure::file(&bench.folder))?;
    for size in sizes {
        let practice = match store {
            Store::Sqlite => {
                let seeded = file(size, &bench.component, &bench.folder.join("seeded")).await?;
                let copy = folder.path().join(format!("{size}.db"));
                fs::copy(&seeded, &copy).map_err(Failure::file(&copy))?;
                let url = format!("sqlite:{}", copy.display());
                Practice::open(&url, &bench.component, &bench.compiled()).await?
            }
            Store::Postgres => on_a_server(size, bench).await?,
        };
        let hash = practice.password_hash().await?;
        let accounts = accounts_among(size);
        towns.push(Town { practice, patients: size, accounts, hash, next: accounts, visits: 0, lists: 0 });
    }
    for round in 0..bench.rounds {
        for what in WHATS {
            let times = if what.takes_the_whole_trail() && round >= WHOLE_TRAILS { 0 } else { what.times() };
            // One at each size, then the next: whatever else the machine does falls on all of them alike.
            let mut took: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
            for _ in 0..times {
                for town in &mut towns {
                    took.entry(town.patients).or_default().extend(town.milliseconds_of(what).await?);
                }
            }
            let medians: Vec<(u64, f64)> =
                took.into_iter().map(|(size, took)| (size, median(took))).collect();
            for (size, milliseconds) in &medians {
                let name = format!("{} {}, {size} patients", store.name(), what.name());
                rounds.push(name, Unit::Milliseconds, *milliseconds);
            }
            if let (Some((_, smallest)), Some((_, largest))) = (medians.first(), medians.last()) {
                rounds.push_ratio(format!("{} {} growth", store.name(), what.name()), *largest, *smallest);
            }
        }
    }
    for town in towns {
        town.practice.database.shut_down().await;
    }
    Ok(())
}

/// A seeded practice in a database of its own on a server that is gone afterwards.
async fn on_a_server(size: u64, bench: &Bench) -> Result<Practice, Failure> {
    let name = format!("bench_{size}");
    let pool = sqlx::PgPool::connect(server().as_str()).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await?;
    pool.close().await;
    let url = address_of(&name, None);
    let practice = Practice::open(&url, &bench.component, &bench.compiled()).await?;
    seed(&practice, size, accounts_among(size)).await?;
    // What the server does by itself within a minute.
    let pool = sqlx::PgPool::connect(&url).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(&pool).await?;
    pool.close().await;
    Ok(practice)
}

impl What {
    /// How often it is done in a round.
    fn times(self) -> usize {
        match self {
            Self::TabView => 30,
            Self::Search => 20,
            Self::Confirmation => 8,
            Self::LogIn => 15,
            Self::Invitation | Self::AuditVerify | Self::AuditExport => 1,
        }
    }

    fn takes_the_whole_trail(self) -> bool {
        match self {
            Self::AuditVerify | Self::AuditExport => true,
            Self::TabView | Self::Search | Self::Confirmation | Self::LogIn | Self::Invitation => false,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TabView => "tab view",
            Self::Search => "search",
            Self::Confirmation => "confirmation",
            Self::LogIn => "log in",
            Self::Invitation => "invitation of many, each",
            Self::AuditVerify => "audit verify",
            Self::AuditExport => "audit export",
        }
    }
}

impl Town {
    /// How long it takes once; none where the patient whose turn it was cannot do it.
    async fn milliseconds_of(&mut self, what: What) -> Result<Option<f64>, Failure> {
        match what {
            What::TabView => self.tab_view().await.map(Some),
            What::Search => self.search().await,
            What::Confirmation => self.confirmation().await,
            What::LogIn => self.log_in().await.map(Some),
            What::Invitation => self.invitations().await.map(Some),
            What::AuditVerify => self.audit_verify().await.map(Some),
            What::AuditExport => self.audit_export().await.map(Some),
        }
    }

    /// Somebody who was not met lately, among the first so many patients.
    fn somebody(&mut self, among: u64) -> u64 {
        self.visits = self.visits.wrapping_add(1);
        u64::from(self.visits).wrapping_mul(STEP).checked_rem(among).unwrap_or_default()
    }

    /// A patient who has no account yet, and whom nobody has invited.
    fn nobody_yet(&mut self) -> Result<PatientId, Failure> {
        let index = self.next;
        self.next = index.saturating_add(1);
        if index < self.patients {
            Ok(chart(index))
        } else {
            Err(Failure::unexpected("the practice", "everybody is invited: there are too many rounds"))
        }
    }

    async fn tab_view(&mut self) -> Result<f64, Failure> {
        let patient = chart(self.somebody(self.accounts));
        let Practice { portal, key, viewer, .. } = &self.practice;
        let begun = Instant::now();
        portal.show(key, viewer, &patient).await?;
        Ok(milliseconds(begun.elapsed()))
    }

    /// The first page of who has this family name and initial: the more patients, the more of them there are.
    async fn search(&mut self) -> Result<Option<f64>, Failure> {
        let patient = chart(self.somebody(self.patients));
        let Practice { database, key, .. } = &self.practice;
        let Some(patient) = database.patient(key, &patient).await? else { return Ok(None) };
        let PersonName::Full { given, family } = patient.name else { return Ok(None) };
        let sought = format!("{family}, {}", given.chars().take(1).collect::<String>());
        let begun = Instant::now();
        database.search_patients(key, &sought, None, 25).await?;
        Ok(Some(milliseconds(begun.elapsed())))
    }

    async fn confirmation(&mut self) -> Result<Option<f64>, Failure> {
        let patient = self.nobody_yet()?;
        let Some(claim) = self.practice.invites(&patient).await? else { return Ok(None) };
        let mut visitor = self.visitor();
        visitor.opens("/activate").await?;
        let begun = Instant::now();
        claim.is_sent_by(&mut visitor).await?;
        Ok(Some(milliseconds(begun.elapsed())))
    }

    /// Without the hash: one is taken right afterwards and what it took subtracted.
    async fn log_in(&mut self) -> Result<f64, Failure> {
        let password = SecretString::from(PASSWORD.to_owned());
        let username = username(self.somebody(self.accounts));
        let mut visitor = self.visitor();
        visitor.opens("/").await?;
        let begun = Instant::now();
        visitor.sends("/login", &[("username", &username), ("password", PASSWORD)]).await?;
        let whole = begun.elapsed();
        let begun = Instant::now();
        let verdict = self.practice.passwords.verify(&password, Some(&self.hash)).await?;
        let hash = begun.elapsed();
        if verdict == PasswordVerdict::Right {
            Ok(milliseconds(whole) - milliseconds(hash))
        } else {
            Err(Failure::unexpected("the password", format!("{verdict:?}")))
        }
    }

    async fn invitations(&mut self) -> Result<f64, Failure> {
        let mut patients = Vec::new();
        while patients.len() < AT_ONCE {
            patients.push(self.nobody_yet()?);
        }
        self.lists = self.lists.saturating_add(1);
        let list = format!("list {}", self.lists);
        let Practice { portal, key, viewer, .. } = &self.practice;
        let batches = portal.batches();
        let batches = batches.ok_or_else(|| Failure::unexpected("the component", "it invites nobody"))?;
        let begun = Instant::now();
        batches.invite(key, viewer, &list, &patients).await?;
        Ok(milliseconds(begun.elapsed()) / AT_ONCE as f64)
    }

    async fn audit_verify(&self) -> Result<f64, Failure> {
        let Practice { database, key, .. } = &self.practice;
        let begun = Instant::now();
        database.verify_audit(key, None, |_| {}).await?;
        Ok(milliseconds(begun.elapsed()))
    }

    async fn audit_export(&self) -> Result<f64, Failure> {
        let (Practice { database, key, .. }, everything) = (&self.practice, Selection::default());
        let begun = Instant::now();
        database.export_audit(key, &everything, Format::Csv, &mut io::sink(), |_| {}).await?;
        Ok(milliseconds(begun.elapsed()))
    }

    fn visitor(&mut self) -> Visitor {
        self.visits = self.visits.wrapping_add(1);
        Visitor::new(&self.practice.website, self.visits)
    }
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
