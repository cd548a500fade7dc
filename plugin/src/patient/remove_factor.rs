//! Removing an app or a passkey, and getting new recovery codes.

use super::current_password::{CurrentPassword, password_field, typed_password};
use super::form_view::{Choice, Field, FormView, Kind as FieldKind};
use super::page::Back;
use super::response::Response;
use super::routes::{Answer, NEW_CODES, REMOVE_FACTOR, SECOND_FACTORS};
use super::second_factors::{Next, save, with_new_codes};
use super::session::SignedIn;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::rules::second_factor::{Factor, FactorId, Factors};
use crate::words::staff::what;

const WHICH: &str = "which";

/// The form, where there is something to remove.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    page(visit, signed_in, factors, Mistakes::default())
}

/// Takes the form. One that is removed already was removed all the same.
pub(super) fn submit(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    let words = visit.language.second_step();
    let chosen = visit.form.field(WHICH);
    if chosen.is_empty() {
        let which = Some(words.which_missing());
        return page(visit, signed_in, factors, Mistakes { which, ..Mistakes::default() });
    }
    let Some(left) = factors.without(&FactorId(chosen.to_owned())) else {
        return Ok(Response::see_other(SECOND_FACTORS));
    };
    let password = match typed_password(visit, signed_in)? {
        CurrentPassword::Right(password) => password,
        CurrentPassword::Mistake(mistake) => {
            let password = Some(mistake);
            return page(visit, signed_in, factors, Mistakes { password, ..Mistakes::default() });
        }
    };
    let refused = if left.are_on() {
        None
    } else if visit.ehr.is_second_factor_required() {
        Some(words.last_is_required())
    } else if !password.is_long_enough(visit.practice.policy) {
        Some(words.password_too_short_alone())
    } else {
        None
    };
    if refused.is_some() {
        return page(visit, signed_in, factors, Mistakes { refused, ..Mistakes::default() });
    }
    let removed = if left.are_on() { what::ONE_OF_SEVERAL } else { what::THE_LAST };
    let event = Event::by_patient(&signed_in.patient.id, Deed::FactorRemoved).saying(removed);
    save(visit, signed_in, &left, &event, Next::Settings)
}

/// The form for new recovery codes, where they would stand in for something.
pub(super) fn show_codes(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    if !factors.are_on() {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    Ok(codes_page(visit, signed_in, None))
}

/// Draws new recovery codes and shows them, once.
pub(super) fn submit_codes(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    if !factors.are_on() {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    if let CurrentPassword::Mistake(mistake) = typed_password(visit, signed_in)? {
        return Ok(codes_page(visit, signed_in, Some(mistake)));
    }
    let (codes, with) = with_new_codes(visit, factors);
    let event = Event::by_patient(&signed_in.patient.id, Deed::RecoveryCodesDrawn);
    save(visit, signed_in, &with, &event, Next::Codes { codes, text: None })
}

#[derive(Default)]
struct Mistakes {
    which: Option<&'static str>,
    password: Option<String>,
    refused: Option<&'static str>,
}

fn page(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors, wrong: Mistakes) -> Answer {
    let words = visit.language.second_step();
    if !factors.are_on() {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    let choice = |factor: &Factor| Choice {
        value: factor.id.0.clone(),
        label: factor.label.clone(),
        is_chosen: factor.id.0 == visit.form.field(WHICH),
    };
    let which = Field {
        name: WHICH,
        label: words.which(),
        mistake: wrong.which.map(Into::into),
        kind: FieldKind::Choice,
        choices: factors.chosen().map(choice).collect(),
        ..Field::default()
    };
    let form = FormView {
        path: REMOVE_FACTOR,
        fields: vec![which, password_field(visit, wrong.password)],
        button: words.remove_now(),
        refused: wrong.refused.map(Into::into),
        ..FormView::default()
    };
    let intro = if visit.ehr.is_second_factor_required() {
        words.remove_intro_required()
    } else {
        words.remove_intro()
    };
    Ok(visit.form_page(signed_in, words.remove(), intro, form, Back::SecondStep))
}

fn codes_page(visit: &Visit<'_>, signed_in: &SignedIn, mistake: Option<String>) -> Response {
    let words = visit.language.second_step();
    let form = FormView {
        path: NEW_CODES,
        fields: vec![password_field(visit, mistake)],
        button: words.make_codes(),
        ..FormView::default()
    };
    visit.form_page(signed_in, words.new_codes(), words.new_codes_intro(), form, Back::SecondStep)
}
