//! Whether it is as it should be: what was read, what the tab shows, who is logged in, what is on record.

use super::act::{Browser, Colleague, Whose};
use super::bed::{Bed, chart};
use super::model::{By, Recorded, World, address_of};
use super::staff::{REASON, can_print};
use patient_portal::audit::Deed;
use portal_host::lent::{Actor, Entry};
use portal_host::tab::{Value, View};
use std::fmt::{self, Debug};

/// More than one act puts on record.
const MOST_ENTRIES: u16 = 64;

/// Something that is not as it should be.
#[derive(Debug)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error where two things differ that should not.
pub(super) fn same<T: Debug + PartialEq>(what: &str, is: &T, should_be: &T) -> Result<(), Fault> {
    if is == should_be {
        Ok(())
    } else {
        Err(Fault(format!("{what}: {is:?}, which should be {should_be:?}")))
    }
}

/// What was read, after what should have been.
///
/// # Errors
/// Where a piece of it is not there.
pub fn read(is: &str, should_be: &[String]) -> Result<(), Fault> {
    match should_be.iter().find(|piece| !is.contains(piece.as_str())) {
        None => Ok(()),
        Some(missing) => Err(Fault(format!("it reads {is:?}, and nothing of {missing:?}"))),
    }
}

impl Bed {
    /// Compares everything that can be seen with how it should be.
    ///
    /// # Errors
    /// Names the first difference.
    pub async fn check(&mut self, world: &mut World) -> Result<(), Fault> {
        for whose in Whose::ALL {
            let view = self.tab(Colleague::Fran, whose).await;
            world.viewed(Colleague::Fran, whose);
            check_tab(world, whose, &view, &self.portal_ids[&whose])?;
        }
        self.check_sessions(world).await?;
        self.check_steps(world).await?;
        self.check_record(world).await
    }

    /// Every token there ever was opens the home page, or does not.
    async fn check_sessions(&self, world: &World) -> Result<(), Fault> {
        let honoured = world.honoured();
        same("log ins so far", &self.tokens.len(), &honoured.len())?;
        for (nth, (token, should_hold)) in self.tokens.iter().zip(honoured).enumerate() {
            // Asking whether the patient is still there does not make a session last longer.
            let path = if should_hold { "/still-there" } else { "/home" };
            let answer = self.thief("portal", token).get(path).await;
            let holds = answer.status == 200;
            same(&format!("log in {nth} still holds"), &holds, &should_hold)?;
        }
        Ok(())
    }

    /// Every step there ever was takes an answer, or does not; and none is a session.
    async fn check_steps(&self, world: &World) -> Result<(), Fault> {
        let open = world.open_steps();
        same("steps so far", &self.steps.len(), &open.len())?;
        for (nth, (token, should_be_open)) in self.steps.iter().zip(open).enumerate() {
            let answer = self.thief("step", token).get("/second-step").await;
            same(&format!("step {nth} is open"), &(answer.status == 200), &should_be_open)?;
            if should_be_open {
                let answer = self.thief("portal", token).get("/home").await;
                same(&format!("step {nth} is a session"), &(answer.status == 200), &false)?;
            }
        }
        Ok(())
    }

    /// What went on record since is what should have, of everybody and of nobody known.
    async fn check_record(&mut self, world: &mut World) -> Result<(), Fault> {
        let should_be = world.recorded();
        for about in [None, Some(Whose::Marias), Some(Whose::Seans)] {
            let should_be: Vec<Recorded> =
                should_be.iter().filter(|entry| entry.about == about).cloned().collect();
            let patient = about.map(chart);
            let entries = self.database.audit_trail(&self.practice, patient.as_ref(), None, MOST_ENTRIES);
            let entries = entries.await.expect("the record");
            let read = self.read.entry(about).or_default();
            // Where the website is found is on record before anybody does anything.
            let is_new =
                |entry: &&Entry| entry.number > *read && entry.event.action != "practice.website-opened";
            let new: Vec<&Entry> = entries.iter().filter(is_new).collect();
            let is: Vec<Recorded> =
                new.iter().rev().map(|entry| recorded(about, entry)).collect::<Result<_, _>>()?;
            *read = entries.first().map_or(0, |newest| newest.number);
            same(&format!("on record about {about:?}"), &is, &should_be)?;
        }
        Ok(())
    }
}

fn check_tab(world: &World, whose: Whose, view: &View, portal_ids: &[String]) -> Result<(), Fault> {
    let should_be = world.tab(whose);
    let fact = |label: &str| {
        let fact = view.facts.iter().find(|fact| fact.label == label)?;
        let (Value::Code(text) | Value::Text(text)) = &fact.value;
        Some(text.clone())
    };
    let status = fact("Status").unwrap_or_default();
    if !status.starts_with(should_be.status) {
        return Err(Fault(format!("{whose:?} status is {status:?}, which should be {:?}", should_be.status)));
    }
    let account = world.account(whose);
    if should_be.status == "Off since" {
        read(&status, std::slice::from_ref(&account.changed_by))?;
        same("why access is off", &fact("Reason"), &Some(REASON.to_owned()))?;
    }
    let has_logged_in = fact("Last login").map(|last| last != "Not yet");
    same("has logged in", &has_logged_in, &should_be.has_logged_in)?;
    same("shows a Portal ID", &fact("Patient Portal ID").is_some(), &should_be.has_id)?;
    same("can be printed", &can_print(view), &should_be.has_id)?;
    same("Portal IDs so far", &portal_ids.len(), &account.issued)?;
    let pause = ["paused by failed attempts", "stopped by failed attempts"];
    let pause = pause.into_iter().find(|pause| status.contains(pause));
    same("what is paused", &pause, &should_be.pause)?;
    same("says what helps", &view.notices.is_empty(), &pause.is_none())?;
    let buttons: Vec<&str> = view.actions.iter().map(|action| action.label.as_str()).collect();
    same("buttons", &buttons, &should_be.buttons)
}

/// An entry in the model's words.
fn recorded(about: Option<Whose>, entry: &Entry) -> Result<Recorded, Fault> {
    let unknown = || Fault(format!("an entry that nobody can have made: {entry:?}"));
    let deed = Deed::named(&entry.event.action).ok_or_else(unknown)?;
    let by = match &entry.event.actor {
        Actor::Staff(id) => {
            Colleague::ALL.into_iter().find(|who| super::bed::viewer(*who).id == *id).map(By::Staff)
        }
        Actor::Patient(id) => Whose::ALL.into_iter().find(|whose| chart(*whose) == *id).map(By::Patient),
        Actor::Visitor(address) => {
            Browser::ALL.into_iter().find(|browser| address_of(*browser) == address).map(By::Visitor)
        }
        Actor::System => Some(By::System),
    };
    Ok(Recorded { about, deed, by: by.ok_or_else(unknown)? })
}
