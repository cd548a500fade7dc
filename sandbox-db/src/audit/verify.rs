//! Looking for the first thing in the trail that is not as it was written.
//!
//! The order is fixed, so that "first" means something: the chains by their keys, in each its entries by
//! number and then its head; after that the checkpoints by number, and last the one kept outside.

use super::checkpoint::Checkpoint;
use super::entry::EntryRow;
use super::fault::{AuditFault, Broken, about};
use super::seal::{CheckpointRow, HeadRow, Heads, NOTHING_BEFORE, Verdict, check_entry, check_head};
use crate::columns::{count, timestamp, whole};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statements};
use portal_host::identity::{PracticeId, Timestamp};

/// How many rows are read at a time.
const PAGE: i64 = 1_000;

statements! {
    ENTRIES = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND (chain, sequence) > ($2, $3) ORDER BY chain, sequence LIMIT $4";
    HEADS = "SELECT chain, length, mac, key_id, seal FROM audit_head \
        WHERE practice = $1 AND chain >= $2 ORDER BY chain LIMIT $3";
    LENGTH_OF = "SELECT length FROM audit_head WHERE practice = $1 AND chain = $2";
    CHECKPOINTS = "SELECT number, at, key_id, mac FROM audit_checkpoint \
        WHERE practice = $1 AND number > $2 ORDER BY number LIMIT $3";
    COVERED = "SELECT chain, length, mac FROM audit_checkpoint_head \
        WHERE practice = $1 AND number = $2 ORDER BY chain";
    ENDS_OF_EPOCH = "SELECT audit_entry.chain, audit_entry.sequence, audit_entry.mac FROM (\
        SELECT chain, MAX(sequence) AS newest FROM audit_entry WHERE practice = $1 AND epoch = $2 \
        GROUP BY chain) AS ends \
        CROSS JOIN audit_entry WHERE audit_entry.practice = $1 AND audit_entry.chain = ends.chain \
        AND audit_entry.sequence = ends.newest ORDER BY audit_entry.chain";
    LAST_COVERED = "SELECT COALESCE(MAX(number), 0) FROM audit_checkpoint_head \
        WHERE practice = $1 AND number > 0";
}

/// What there is of a trail in which nothing is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditSummary {
    /// Entries of the trail.
    pub entries: u64,
    /// Patients, and the practice itself, that they are about.
    pub chains: u64,
    /// Checkpoints taken.
    pub checkpoints: u64,
    /// The moments of the oldest and the newest entry.
    pub span: Option<(Timestamp, Timestamp)>,
}

impl Database {
    /// Checks the whole trail of a practice, in bounded memory. `kept` is the newest checkpoint that
    /// was kept outside the database: with it, an older copy put back in whole is noticed too.
    /// `progress` is told now and then how many entries are done.
    ///
    /// # Errors
    /// [`Broken::Fault`] names the first thing that is wrong.
    pub async fn verify_audit(
        &self,
        practice: &PracticeId,
        kept: Option<&Checkpoint>,
        mut progress: impl FnMut(u64),
    ) -> Result<AuditSummary, Broken> {
        let mut summary = AuditSummary::default();
        // As of one moment: what is written meanwhile must not look as if something were missing.
        let mut trail = self.snapshot().await?;
        let newest_epoch =
            self.verify_chains(&mut trail, practice.as_str(), &mut summary, &mut progress).await?;
        let last = self.verify_checkpoints(&mut trail, practice.as_str(), kept).await?;
        let covered: i64 = scalar(LAST_COVERED).bind(practice.as_str()).fetch_one(&mut *trail).await?;
        let kept = kept.map_or(0, |kept| whole(kept.number));
        if newest_epoch > last.saturating_add(1) || covered > last || kept > last {
            return Err(AuditFault::CheckpointMissing { number: count(last).saturating_add(1) }.into());
        }
        summary.checkpoints = count(last);
        Ok(summary)
    }

    /// Every entry and every head; says the newest epoch among the entries.
    async fn verify_chains(
        &self,
        trail: &mut Connection,
        practice: &str,
        summary: &mut AuditSummary,
        progress: &mut impl FnMut(u64),
    ) -> Result<i64, Broken> {
        let mut heads = HeadPages::new(self, practice);
        let mut chain: Option<Walked> = None;
        let mut newest_epoch = 0;
        let mut from = (String::new(), 0_i64);
        loop {
            let page: Vec<EntryRow> = rows(ENTRIES)
                .bind(practice)
                .bind(from.0.clone())
                .bind(from.1)
                .bind(PAGE)
                .fetch_all(&mut *trail)
                .await?;
            let Some(last) = page.last() else { break };
            from = (last.chain.clone(), last.sequence);
            for entry in &page {
                if chain.as_ref().is_none_or(|walked| walked.chain != entry.chain) {
                    if let Some(walked) = chain.take() {
                        heads.ends(trail, &walked).await?;
                    }
                    chain = Some(Walked::begin(&entry.chain));
                }
                if let Some(walked) = &mut chain {
                    walked.step(self, practice, entry)?;
                }
                newest_epoch = newest_epoch.max(entry.epoch);
                summary.count(entry);
            }
            progress(summary.entries);
        }
        if let Some(walked) = chain {
            heads.ends(trail, &walked).await?;
        }
        heads.no_more(trail).await?;
        summary.chains = heads.seen;
        Ok(newest_epoch)
    }

    /// Every checkpoint and all that it covers; says the last one's number.
    async fn verify_checkpoints(
        &self,
        trail: &mut Connection,
        practice: &str,
        kept: Option<&Checkpoint>,
    ) -> Result<i64, Broken> {
        let (mut last, mut before) = (0_i64, NOTHING_BEFORE.to_vec());
        loop {
            let page: Vec<CheckpointRow> =
                rows(CHECKPOINTS).bind(practice).bind(last).bind(PAGE).fetch_all(&mut *trail).await?;
            if page.is_empty() {
                return Ok(last);
            }
            for checkpoint in page {
                let number = checkpoint.number();
                if checkpoint.number != last.saturating_add(1) {
                    return Err(
                        AuditFault::CheckpointMissing { number: count(last).saturating_add(1) }.into()
                    );
                }
                self.verify_checkpoint(trail, practice, &checkpoint, &before).await?;
                if kept.is_some_and(|kept| kept.number == number && kept.mac[..] != checkpoint.mac[..]) {
                    return Err(AuditFault::CheckpointAltered { number }.into());
                }
                (last, before) = (checkpoint.number, checkpoint.mac);
            }
        }
    }

    async fn verify_checkpoint(
        &self,
        trail: &mut Connection,
        practice: &str,
        checkpoint: &CheckpointRow,
        before: &[u8],
    ) -> Result<(), Broken> {
        let covered: Vec<(String, i64, Vec<u8>)> =
            rows(COVERED).bind(practice).bind(checkpoint.number).fetch_all(&mut *trail).await?;
        let mut heads = Heads::default();
        for (chain, length, mac) in &covered {
            heads.add(chain, *length, mac);
        }
        let number = checkpoint.number();
        match heads.check(self.audit_keys(), practice, checkpoint, before) {
            Verdict::Right => {}
            Verdict::Wrong => return Err(AuditFault::CheckpointAltered { number }.into()),
            Verdict::UnknownKey => {
                let what = format!("checkpoint {number}");
                return Err(AuditFault::UnknownKey { what, key: checkpoint.key_id }.into());
            }
        }
        // Everything left to compare is authentic: what does not agree was taken away or came late.
        let there: Vec<(String, i64, Vec<u8>)> =
            rows(ENDS_OF_EPOCH).bind(practice).bind(checkpoint.number).fetch_all(&mut *trail).await?;
        let mut there = there.into_iter().peekable();
        for (chain, length, mac) in covered {
            if let Some((late, sequence, _)) = there.next_if(|(other, ..)| *other < chain) {
                let (chain, sequence) = (late, count(sequence));
                return Err(AuditFault::EntryLate { chain, sequence, checkpoint: number }.into());
            }
            match there.next_if(|(other, ..)| *other == chain) {
                Some((_, sequence, held)) if sequence == length && held == mac => {}
                Some((_, sequence, _)) if sequence > length => {
                    let sequence = count(sequence);
                    return Err(AuditFault::EntryLate { chain, sequence, checkpoint: number }.into());
                }
                Some(_) | None => return Err(first_missing(trail, practice, chain).await?),
            }
        }
        match there.next() {
            Some((chain, sequence, _)) => {
                Err(AuditFault::EntryLate { chain, sequence: count(sequence), checkpoint: number }.into())
            }
            None => Ok(()),
        }
    }
}

/// The entry after the last one that is there: the chain itself has been found whole so far.
async fn first_missing(trail: &mut Connection, practice: &str, chain: String) -> Result<Broken, Broken> {
    let length: Option<i64> =
        scalar(LENGTH_OF).bind(practice).bind(chain.clone()).fetch_optional(trail).await?;
    let sequence = count(length.unwrap_or(0)).saturating_add(1);
    Ok(AuditFault::EntryMissing { chain, sequence }.into())
}

impl AuditSummary {
    fn count(&mut self, entry: &EntryRow) {
        self.entries = self.entries.saturating_add(1);
        let at = timestamp(entry.at);
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
    }
}

/// A chain as far as it has been walked.
struct Walked {
    chain: String,
    length: i64,
    mac: Vec<u8>,
}

impl Walked {
    fn begin(chain: &str) -> Self {
        Self { chain: chain.to_owned(), length: 0, mac: NOTHING_BEFORE.to_vec() }
    }

    fn step(&mut self, database: &Database, practice: &str, entry: &EntryRow) -> Result<(), AuditFault> {
        let expected = self.length.saturating_add(1);
        let chain = || self.chain.clone();
        if entry.sequence < expected {
            // Numbers begin at 1.
            return Err(AuditFault::EntryAltered { chain: chain(), sequence: count(entry.sequence) });
        }
        if entry.sequence > expected {
            return Err(AuditFault::EntryMissing { chain: chain(), sequence: count(expected) });
        }
        let sequence = count(entry.sequence);
        match check_entry(database.audit_keys(), practice, entry, &self.mac) {
            Verdict::Right => {}
            Verdict::Wrong => return Err(AuditFault::EntryAltered { chain: chain(), sequence }),
            Verdict::UnknownKey => {
                let what = format!("entry {sequence} {}", about(&self.chain));
                return Err(AuditFault::UnknownKey { what, key: entry.key_id });
            }
        }
        self.length = entry.sequence;
        self.mac.clone_from(&entry.mac);
        Ok(())
    }
}

/// The heads in order of their chains, a page at a time, beside the entries.
struct HeadPages<'a> {
    database: &'a Database,
    practice: &'a str,
    page: std::vec::IntoIter<HeadRow>,
    last: Option<String>,
    done: bool,
    seen: u64,
}

impl<'a> HeadPages<'a> {
    fn new(database: &'a Database, practice: &'a str) -> Self {
        let page = Vec::new().into_iter();
        Self { database, practice, page, last: None, done: false, seen: 0 }
    }

    async fn next(&mut self, trail: &mut Connection) -> Result<Option<HeadRow>, Broken> {
        loop {
            if let Some(head) = self.page.next() {
                return Ok(Some(head));
            }
            if self.done {
                return Ok(None);
            }
            let from = self.last.clone().unwrap_or_default();
            let mut page: Vec<HeadRow> =
                rows(HEADS).bind(self.practice).bind(from).bind(PAGE).fetch_all(&mut *trail).await?;
            self.done = whole(page.len() as u64) < PAGE;
            // A page begins with the last of the page before.
            page.retain(|head| self.last.as_ref() != Some(&head.chain));
            self.last = page.last().map(|head| head.chain.clone()).or(self.last.take());
            self.page = page.into_iter();
        }
    }

    /// The chain ends here, and its head has to say so.
    async fn ends(&mut self, trail: &mut Connection, walked: &Walked) -> Result<(), Broken> {
        let altered = || AuditFault::HeadAltered { chain: walked.chain.clone() };
        let Some(head) = self.next(trail).await? else { return Err(altered().into()) };
        if head.chain < walked.chain {
            return Err(self.stray(&head));
        }
        if head.chain != walked.chain {
            return Err(altered().into());
        }
        match check_head(self.database.audit_keys(), self.practice, &head) {
            Verdict::Right => {}
            Verdict::Wrong => return Err(altered().into()),
            Verdict::UnknownKey => {
                let what = format!("the end of the entries {}", about(&head.chain));
                return Err(AuditFault::UnknownKey { what, key: head.key_id }.into());
            }
        }
        if head.length > walked.length {
            let (chain, sequence) = (head.chain, count(walked.length).saturating_add(1));
            return Err(AuditFault::EntryMissing { chain, sequence }.into());
        }
        if head.length < walked.length || head.mac != walked.mac {
            return Err(altered().into());
        }
        self.seen = self.seen.saturating_add(1);
        Ok(())
    }

    /// There are no entries left, so there must be no heads either.
    async fn no_more(&mut self, trail: &mut Connection) -> Result<(), Broken> {
        match self.next(trail).await? {
            Some(head) => Err(self.stray(&head)),
            None => Ok(()),
        }
    }

    /// A head without a single entry: genuine, if all its entries are gone.
    fn stray(&self, head: &HeadRow) -> Broken {
        let chain = head.chain.clone();
        match check_head(self.database.audit_keys(), self.practice, head) {
            Verdict::Right => AuditFault::EntryMissing { chain, sequence: 1 }.into(),
            Verdict::Wrong => AuditFault::HeadAltered { chain }.into(),
            Verdict::UnknownKey => {
                let what = format!("the end of the entries {}", about(&chain));
                AuditFault::UnknownKey { what, key: head.key_id }.into()
            }
        }
    }
}
