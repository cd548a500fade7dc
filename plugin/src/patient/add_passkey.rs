//! Adding a passkey, which a script of ours asks the browser for.

use super::current_password::{CurrentPassword, password_field, typed_password};
use super::form_view::{Field, FormView, Setup};
use super::page::Back;
use super::problem::Problem;
use super::response::Response;
use super::routes::{ADD_PASSKEY, Answer, SECOND_FACTORS};
use super::second_factors::{add, new_factor};
use super::session::SignedIn;
use super::visit::Visit;
use crate::rules::second_factor::passkey::{Passkey, RelyingParty};
use crate::rules::second_factor::{Ceremony, Challenge, Factors, Means};
use crate::rules::typed::one_line;
use crate::settings::{FACTOR_LABEL_LONGEST, MOST_PASSKEYS};
use crate::words::Language;
use crate::words::staff::what;

const NAME: &str = "name";
const PASSKEY: &str = "passkey";

/// The form; where passkeys cannot be had, back to where the other ways are.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    page(visit, signed_in, factors, Mistakes::default())
}

/// Takes the form with what the browser made.
pub(super) fn submit(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    let words = visit.language.second_step();
    let Some(website) = RelyingParty::of(visit.practice) else {
        return Ok(Response::see_other(SECOND_FACTORS));
    };
    if factors.passkeys().count() >= MOST_PASSKEYS {
        let refused = Some(words.too_many_passkeys(MOST_PASSKEYS));
        return page(visit, signed_in, factors, Mistakes { refused, ..Mistakes::default() });
    }
    let name = match named(visit.form.field(NAME), visit.language) {
        Ok(name) => name,
        Err(mistake) => {
            return page(visit, signed_in, factors, Mistakes { name: Some(mistake), ..Mistakes::default() });
        }
    };
    let made = website.added(&signed_in.username, &challenge(signed_in), visit.form.field(PASSKEY));
    let Ok(passkey) = made else {
        let refused = Some(words.passkey_failed().to_owned());
        return page(visit, signed_in, factors, Mistakes { refused, ..Mistakes::default() });
    };
    if factors.passkeys().any(|(_, known)| *known == passkey) {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    if let CurrentPassword::Mistake(mistake) = typed_password(visit, signed_in)? {
        let password = Some(mistake);
        return page(visit, signed_in, factors, Mistakes { password, ..Mistakes::default() });
    }
    let used = passkey.count();
    let factor = new_factor(visit, name, Means::Passkey(passkey), used);
    add(visit, signed_in, factors, factor, what::PASSKEY)
}

fn challenge(signed_in: &SignedIn) -> Challenge {
    Challenge::of(&signed_in.token, Ceremony::Adding, signed_in.account.revision)
}

/// What the patient calls it, in one line.
fn named(typed: &str, language: Language) -> Result<String, String> {
    let name = one_line(typed);
    match name.chars().count() {
        0 => Err(language.second_step().passkey_name_missing().to_owned()),
        1..=FACTOR_LABEL_LONGEST => Ok(name),
        _ => Err(language.second_step().passkey_name_too_long(FACTOR_LABEL_LONGEST)),
    }
}

#[derive(Default)]
struct Mistakes {
    name: Option<String>,
    password: Option<String>,
    refused: Option<String>,
}

fn page(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors, wrong: Mistakes) -> Answer {
    let words = visit.language.second_step();
    let Some(website) = RelyingParty::of(visit.practice) else {
        return Ok(Response::see_other(SECOND_FACTORS));
    };
    let has: Vec<&Passkey> = factors.passkeys().map(|(_, passkey)| passkey).collect();
    let options = website.asks_to_add(&signed_in.username, &has, &challenge(signed_in));
    let options = options.map_err(|_| Problem::Broken)?;
    let name = Field {
        name: NAME,
        label: words.passkey_name(),
        hint: words.passkey_name_hint().into(),
        typed: visit.form.kept(NAME),
        mistake: wrong.name.map(Into::into),
        autocomplete: "off",
        ..Field::default()
    };
    let form = FormView {
        path: ADD_PASSKEY,
        fields: vec![name, password_field(visit, wrong.password)],
        button: visit.language.labels().save(),
        refused: wrong.refused.map(Into::into),
        setup: Some(Setup::Passkey { options }),
        ..FormView::default()
    };
    Ok(visit.form_page(signed_in, words.add_passkey(), words.add_passkey_intro(), form, Back::SecondStep))
}
