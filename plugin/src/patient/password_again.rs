//! The password once more, before a login is changed: a browser left open, or one that somebody else got
//! hold of, must not do (OWASP ASVS 5.0 section 7.5.1).

use super::problem::Problem;
use super::session::SignedIn;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{AttemptVerdict, PasswordVerdict, Unavailable};
use crate::rules::password::Password;
use crate::rules::throttle::{Kind, Throttle};
use crate::words::account as words;
use crate::words::staff::why;

/// Whether it is the right one; any other goes on record as this deed. Guesses are limited like guesses at
/// the login, so that this is no way round the limits there.
pub(super) fn is_right(
    visit: &Visit<'_>,
    signed_in: &SignedIn,
    typed: &Password,
    refused: Deed,
) -> Result<bool, Problem> {
    let patient = &signed_in.patient.id;
    let refuse =
        |why| -> Result<(), Unavailable> { visit.ehr.note(&Event::by_patient(patient, refused).saying(why)) };
    let throttle = Throttle::password_again(&signed_in.username, &signed_in.token);
    let counts = match visit.ehr.take_attempt(&throttle.counters())? {
        AttemptVerdict::Allowed(counts) => counts,
        AttemptVerdict::Blocked(waits) => {
            refuse(words::why::TOO_MANY)?;
            return Err(Problem::too_many(&throttle, &waits));
        }
    };
    let hash = signed_in.account.credentials().map(|credentials| &credentials.password_hash);
    let verdict = visit.ehr.verify(typed, hash).inspect_err(|_| visit.forgive(&throttle))?;
    match verdict {
        PasswordVerdict::Right | PasswordVerdict::RightButOutdated => {
            visit.forgive(&throttle);
            Ok(true)
        }
        PasswordVerdict::Wrong => {
            // A guess that was not answered must not count.
            refuse(why::WRONG_PASSWORD).inspect_err(|_| visit.forgive(&throttle))?;
            if throttle.was_last(Kind::Row, &counts) {
                visit.ehr.note(&Event::by_patient(patient, Deed::SignInDisabled))?;
            }
            Ok(false)
        }
    }
}
