//! The password once more, before a login is changed: a browser left open, or one that somebody else got
//! hold of, must not do (OWASP ASVS 5.0 section 7.5.1).

use super::form_view::{Field, Kind as FieldKind};
use super::problem::Problem;
use super::session::SignedIn;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{AttemptVerdict, PasswordVerdict, Unavailable};
use crate::rules::password::Password;
use crate::rules::throttle::{Kind, Throttle};
use crate::words::staff::why;

/// The field it is typed in.
pub(super) const CURRENT: &str = "current_password";

/// The password once more.
pub(super) fn password_field(visit: &Visit<'_>, mistake: Option<String>) -> Field<'static> {
    let words = visit.language.second_step();
    Field {
        name: CURRENT,
        label: words.password(),
        hint: words.password_hint().into(),
        mistake: mistake.map(Into::into),
        kind: FieldKind::Password,
        autocomplete: "current-password",
        ..Field::default()
    }
}

/// What came of asking for the password once more.
pub(super) enum CurrentPassword {
    /// It is the right one.
    Right(Password),
    /// What is wrong with what was typed.
    Mistake(String),
}

/// Checks the password that was typed once more.
pub(super) fn typed_password(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<CurrentPassword, Problem> {
    let typed = match Password::typed(visit.form.field(CURRENT)) {
        Ok(typed) => typed,
        Err(mistake) => {
            let mistake = visit.language.log_in_password(mistake, visit.practice.policy);
            return Ok(CurrentPassword::Mistake(mistake));
        }
    };
    Ok(if is_right(visit, signed_in, &typed, Deed::FactorChangeRefused)? {
        CurrentPassword::Right(typed)
    } else {
        CurrentPassword::Mistake(visit.language.account().current_wrong().to_owned())
    })
}

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
    let throttle = Throttle::current_password(&signed_in.username, &signed_in.token);
    let counts = match visit.ehr.take_attempt(&throttle.counters())? {
        AttemptVerdict::Allowed(counts) => counts,
        AttemptVerdict::Blocked(waits) => {
            refuse(why::TOO_MANY)?;
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
