//! `staff-batch`: many at once.

use super::bindings::exports::ehr::patient_portal::staff_batch as wire;
use super::faces::Plugin;
use super::staff_tab::{Refusal, asking};
use crate::batch::{Outcome, Reason};
use crate::identity::PatientId;
use crate::runtime::{Ask, Breach, Call, Caller};
use crate::tab;
use wasmtime::Store;

/// Longest key of a reason, in bytes.
const LONGEST_REASON: usize = 32;
/// Longest words for a reason, in bytes.
const LONGEST_LABEL: usize = 256;

/// Asks the portal to invite a few patients of a list.
pub(crate) struct InviteMany {
    pub(crate) viewer: tab::Viewer,
    pub(crate) list: String,
    pub(crate) patients: Vec<PatientId>,
}

impl Ask for InviteMany {
    type Answer = Result<Vec<Outcome>, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let Some(batch) = plugin.batch(store)? else { return Ok(Err(Refusal::NotOffered)) };
        let patients: Vec<_> = self.patients.iter().map(|patient| patient.as_str().to_owned()).collect();
        let answer = batch.call_invite(store, &self.viewer.into(), &self.list, &patients).await?;
        Ok(match answer {
            Ok(outcomes) => Ok(each(outcomes, patients.len())?),
            Err(refusal) => Err(refusal.into()),
        })
    }
}

/// Asks for the sheets of a few patients.
pub(crate) struct Sheets {
    pub(crate) viewer: tab::Viewer,
    pub(crate) patients: Vec<PatientId>,
}

impl Ask for Sheets {
    type Answer = Result<Vec<Option<tab::Document>>, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let Some(batch) = plugin.batch(store)? else { return Ok(Err(Refusal::NotOffered)) };
        let patients: Vec<_> = self.patients.iter().map(|patient| patient.as_str().to_owned()).collect();
        Ok(match batch.call_sheets(store, &self.viewer.into(), &patients).await? {
            Ok(sheets) => {
                let sheets = as_many(sheets, patients.len())?.into_iter();
                Ok(sheets.map(|sheet| sheet.map(Into::into)).collect())
            }
            Err(refusal) => Err(refusal.into()),
        })
    }
}

/// Takes the outcomes from the component: one for each patient, in words of a known length.
fn each(outcomes: Vec<wire::Outcome>, asked: usize) -> wasmtime::Result<Vec<Outcome>> {
    as_many(outcomes, asked)?.into_iter().map(outcome).collect()
}

fn as_many<T>(answers: Vec<T>, asked: usize) -> wasmtime::Result<Vec<T>> {
    if answers.len() == asked {
        Ok(answers)
    } else {
        Err(Breach("it answered for another number of patients than asked").into())
    }
}

fn outcome(outcome: wire::Outcome) -> wasmtime::Result<Outcome> {
    Ok(match outcome {
        wire::Outcome::Invited => Outcome::Invited,
        wire::Outcome::LeftOut(wire::Reason { id, label }) => {
            if id.len() > LONGEST_REASON || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            {
                return Err(
                    Breach("a reason's key is not 32 lower-case letters and hyphens at the most").into()
                );
            }
            if label.len() > LONGEST_LABEL {
                return Err(Breach("a reason's words are longer than 256 bytes").into());
            }
            Outcome::LeftOut(Reason { id, label })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(id: &str, label: &str) -> wire::Outcome {
        wire::Outcome::LeftOut(wire::Reason { id: id.to_owned(), label: label.to_owned() })
    }

    #[test]
    fn outcomes_are_those_of_the_patients_asked_for() {
        let outcomes = each(vec![wire::Outcome::Invited, left_out("off", "Access is off")], 2).unwrap();

        let off = Reason { id: "off".to_owned(), label: "Access is off".to_owned() };
        assert_eq!(outcomes, [Outcome::Invited, Outcome::LeftOut(off)]);
    }

    #[test]
    fn a_reason_may_be_as_long_as_the_contract_says() {
        let (id, label) = (format!("{}-b", "a".repeat(30)), "é".repeat(128));

        let outcomes = each(vec![left_out(&id, &label)], 1).unwrap();

        assert_eq!(outcomes, [Outcome::LeftOut(Reason { id, label })]);
    }

    #[test]
    fn an_answer_for_more_or_fewer_or_with_a_reason_out_of_bounds_breaks_the_contract() {
        for (outcomes, asked) in [
            (vec![], 1),
            (vec![wire::Outcome::Invited, wire::Outcome::Invited], 1),
            (vec![left_out(&"a".repeat(33), "")], 1),
            (vec![left_out("Off", "")], 1),
            (vec![left_out("off 2", "")], 1),
            (vec![left_out("été", "")], 1),
            (vec![left_out("off", &"x".repeat(257))], 1),
        ] {
            let said = format!("{outcomes:?}");
            assert!(each(outcomes, asked).is_err_and(|error| error.is::<Breach>()), "{said}");
        }
    }
}
