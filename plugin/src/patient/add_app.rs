//! Adding an app that shows codes: a secret is drawn, scanned, and proved by the first code.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use super::current_password::{CurrentPassword, password_field, typed_password};
use super::form_view::{Field, FormView, Kind as FieldKind, Setup};
use super::page::Back;
use super::problem::Problem;
use super::response::Response;
use super::routes::{ADD_APP, Answer, SECOND_FACTORS};
use super::second_factors::{add, new_factor};
use super::session::SignedIn;
use super::visit::Visit;
use crate::randomness::HostRng;
use crate::rules::second_factor::authenticator::AuthenticatorSecret;
use crate::rules::second_factor::{Factors, Means};
use crate::words::Language;
use crate::words::staff::what;

const SECRET: &str = "secret";
const CODE: &str = "code";
/// How many modules of white a camera needs around a code.
const QUIET: usize = 4;

/// The form, with a secret that was never shown before.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    if factors.app().is_some() {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    let secret = AuthenticatorSecret::draw(&mut HostRng::new(visit.ehr));
    page(visit, signed_in, &secret, Mistakes::default())
}

/// Takes the form. The secret comes back with it: the browser has shown it, and whoever sends another
/// one only sets their own.
pub(super) fn submit(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Answer {
    let words = visit.language.second_step();
    if factors.app().is_some() {
        return Ok(Response::see_other(SECOND_FACTORS));
    }
    let Some(secret) = AuthenticatorSecret::read(visit.form.field(SECRET)) else {
        return Err(Problem::StaleForm);
    };
    let typed = visit.form.field(CODE);
    let Some(step) = secret.step_of(typed, visit.now) else {
        let code = if typed.trim().is_empty() { words.code_missing() } else { words.code_wrong() };
        return page(visit, signed_in, &secret, Mistakes { code: Some(code), password: None });
    };
    if let CurrentPassword::Mistake(mistake) = typed_password(visit, signed_in)? {
        return page(visit, signed_in, &secret, Mistakes { code: None, password: Some(mistake) });
    }
    // The code that proved it is used up.
    let factor = new_factor(visit, words.app().to_owned(), Means::Authenticator(secret), step);
    add(visit, signed_in, factors, factor, what::APP)
}

#[derive(Default)]
struct Mistakes {
    code: Option<&'static str>,
    password: Option<String>,
}

fn page(visit: &Visit<'_>, signed_in: &SignedIn, secret: &AuthenticatorSecret, wrong: Mistakes) -> Answer {
    let words = visit.language.second_step();
    let address = secret.address(&visit.practice.name, signed_in.username.as_str());
    let code = Field {
        name: CODE,
        label: words.code(),
        hint: words.code_hint().into(),
        mistake: wrong.code.map(Into::into),
        kind: FieldKind::Digits,
        autocomplete: "one-time-code",
        ..Field::default()
    };
    let (qr, shown) = (svg(&address, visit.language)?, secret.grouped());
    let form = FormView {
        path: ADD_APP,
        fields: vec![code, password_field(visit, wrong.password)],
        button: visit.language.labels().save(),
        setup: Some(Setup::App { qr, address, shown, secret: secret.text() }),
        ..FormView::default()
    };
    Ok(visit.form_page(signed_in, words.add_app(), words.add_app_intro(), form, Back::SecondStep))
}

/// The QR code as markup within the page: no picture to load, no style, sharp at any size. Each row is drawn as its runs of
/// dark modules: a rectangle for each module would weigh more than the rest of the page.
fn svg(text: &str, language: Language) -> Result<String, Problem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Problem::Broken)?;
    let side = code.width() + 2 * QUIET;
    let mut rows = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        write!(rows, "M{QUIET} {}.5", y + QUIET).map_err(|_| Problem::Broken)?;
        for run in row.chunk_by(|one, next| one == next) {
            match run.first() {
                Some(Color::Dark) => write!(rows, "h{}", run.len()),
                Some(Color::Light) | None => write!(rows, "m{} 0", run.len()),
            }
            .map_err(|_| Problem::Broken)?;
        }
    }
    Ok(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{}\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{rows}\"/></svg>",
        language.second_step().app_qr().replace('"', "&quot;")
    ))
}
