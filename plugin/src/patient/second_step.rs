//! The second step of a log in: a code from the app, a passkey, or a recovery code, for whoever has one.
//!
//! Which of them somebody has is told to nobody who has not said the right password.

use super::cookies::{self, Cookie};
use super::form_view::{Field, FormView, Kind as FieldKind};
use super::page::{Content, PasskeyForm, StepView};
use super::problem::Problem;
use super::response::Response;
use super::routes::{Answer, SECOND_STEP, SECOND_STEP_CODE, SECOND_STEP_PASSKEY, START, forgetting};
use super::session::{self, HalfWay};
use super::sign_in::{Login, sign_in};
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::AttemptVerdict;
use crate::randomness::HostRng;
use crate::rules::account::Account;
use crate::rules::second_factor::passkey::{Passkey, RelyingParty};
use crate::rules::second_factor::recovery_code::RecoveryCode;
use crate::rules::second_factor::{Ceremony, Challenge, Factor};
use crate::rules::session::Step;
use crate::rules::throttle::{Kind, Throttle};
use crate::rules::token::Token;
use crate::words::staff::how;

const CODE: &str = "code";
const PASSKEY: &str = "passkey";

/// The password was right: on to the second step, with a token that is good for nothing else.
pub(super) fn begin(visit: &Visit<'_>, account: &Account) -> Result<Response, Problem> {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let event = Event::by_visitor(visit.client(), Some(&account.patient), Deed::SecondStepAsked);
    visit.ehr.open_step(&token.hash(), &Step::after_password(account, visit.now), &event)?;
    let cookie = cookies::keep(visit.practice, Cookie::Step, &token);
    Ok(Response::see_other(SECOND_STEP).with("set-cookie", cookie))
}

/// Asks for what the patient has.
pub(super) fn show(visit: &Visit<'_>, half_way: &HalfWay) -> Answer {
    page(visit, half_way, None, None)
}

/// Asks for a recovery code.
pub(super) fn show_code(visit: &Visit<'_>, _half_way: &HalfWay) -> Answer {
    Ok(code_page(visit, None))
}

/// Takes a code from the app.
pub(super) fn submit(visit: &Visit<'_>, half_way: &HalfWay) -> Answer {
    let words = visit.language.second_step();
    let typed = visit.form.field(CODE);
    if typed.trim().is_empty() {
        return page(visit, half_way, Some(words.code_missing()), None);
    }
    let device = session::known_device(visit, Some(&half_way.account))?;
    let throttle = Throttle::app_code(&half_way.username, device.as_ref());
    let answered = answer(visit, half_way, &throttle, || {
        let (factor, secret) = half_way.factors.app()?;
        let step = secret.step_of(typed, visit.now)?;
        Some(Given { factor, used: Some(step), how: how::APP })
    })?;
    match answered {
        Some(home) => Ok(home),
        None => page(visit, half_way, Some(words.code_wrong()), None),
    }
}

/// Takes a recovery code.
pub(super) fn submit_code(visit: &Visit<'_>, half_way: &HalfWay) -> Answer {
    let words = visit.language.second_step();
    let typed = visit.form.field(CODE);
    if typed.trim().is_empty() {
        return Ok(code_page(visit, Some(words.recovery_missing())));
    }
    let answered = answer(visit, half_way, &Throttle::long_answer(visit.client()), || {
        let factor = half_way.factors.code(&RecoveryCode::typed(typed)?.hash())?;
        Some(Given { factor, used: Some(1), how: how::RECOVERY_CODE })
    })?;
    match answered {
        Some(home) => Ok(home),
        None => Ok(code_page(visit, Some(words.recovery_wrong()))),
    }
}

/// Takes what a browser signed with a passkey.
pub(super) fn submit_passkey(visit: &Visit<'_>, half_way: &HalfWay) -> Answer {
    let answered = answer(visit, half_way, &Throttle::long_answer(visit.client()), || {
        let passkeys = half_way.factors.passkeys().map(|(factor, passkey)| (passkey, factor.used, factor));
        let website = RelyingParty::of(visit.practice)?;
        let signed = website.signed(passkeys, &challenge(half_way), visit.form.field(PASSKEY));
        let (factor, count) = signed.ok()?;
        // Most passkeys do not count; the step they were used for is good once all the same.
        Some(Given { factor, used: (count > 0).then_some(count), how: how::PASSKEY })
    })?;
    match answered {
        Some(home) => Ok(home),
        None => page(visit, half_way, None, Some(visit.language.second_step().passkey_wrong())),
    }
}

/// A right answer, before it is used up.
struct Given<'a> {
    factor: &'a Factor,
    /// How far the factor is used by it, where that is counted.
    used: Option<u64>,
    how: &'static str,
}

/// The way home for a right answer that was not used before; none for any other. It is counted before it
/// is looked at, and taken back where it was right or could not be answered.
fn answer<'a>(
    visit: &Visit<'_>,
    half_way: &HalfWay,
    throttle: &Throttle,
    given: impl FnOnce() -> Option<Given<'a>>,
) -> Result<Option<Response>, Problem> {
    let about = Some(&half_way.account.patient);
    let counts = match visit.ehr.take_attempt(&throttle.counters())? {
        AttemptVerdict::Allowed(counts) => counts,
        AttemptVerdict::Blocked(waits) => {
            visit.ehr.note(&Event::by_visitor(visit.client(), about, Deed::SecondStepBlocked))?;
            return Err(Problem::too_many(throttle, &waits));
        }
    };
    let passed = match given() {
        Some(given) => pass(visit, half_way, throttle, &given).inspect_err(|_| visit.forgive(throttle))?,
        None => None,
    };
    if passed.is_some() {
        return Ok(passed);
    }
    let refused = Event::by_visitor(visit.client(), about, Deed::SecondStepRefused);
    visit.ehr.note(&refused).inspect_err(|_| visit.forgive(throttle))?;
    if throttle.was_last(Kind::Row, &counts) {
        visit.ehr.note(&Event::by_visitor(visit.client(), about, Deed::SecondStepDisabled))?;
    }
    Ok(None)
}

/// Uses the answer up and logs in. Of two that give the same answer at once, one gets in.
fn pass(
    visit: &Visit<'_>,
    half_way: &HalfWay,
    throttle: &Throttle,
    given: &Given<'_>,
) -> Result<Option<Response>, Problem> {
    let HalfWay { account, username, token, .. } = half_way;
    let patient = &account.patient;
    if let Some(used) = given.used {
        let event = Event::by_patient(patient, Deed::FactorUsed).saying(given.how);
        if !visit.ehr.advance_factor(patient, &given.factor.id, used, &event)? {
            return Ok(None);
        }
    }
    let device = session::known_device(visit, Some(account))?;
    let event = Event::by_patient(patient, Deed::SignInSucceeded).saying(given.how);
    let login = Login { username, is_known: device.is_some(), throttle };
    let home = sign_in(visit, &login, account, |opened, session| {
        visit.ehr.pass_step(token, opened, session, &event)
    })?;
    // The login is complete: that its password was said counts no more.
    visit.forgive(&Throttle::password(username, visit.client(), device.as_ref()).all_but(Kind::Row));
    Ok(Some(match home {
        Some(home) => home.with("set-cookie", cookies::forget(visit.practice, Cookie::Step)),
        // Another browser window has passed this step: the way back is the way in.
        None => {
            visit.forgive(throttle);
            forgetting(visit, Cookie::Step, START)
        }
    }))
}

fn challenge(half_way: &HalfWay) -> Challenge {
    Challenge::of(&half_way.token, Ceremony::LoggingIn, half_way.account.revision)
}

/// A form for the code from the app where there is one, a button for a passkey where there is one.
fn page(
    visit: &Visit<'_>,
    half_way: &HalfWay,
    mistake: Option<&'static str>,
    refused: Option<&'static str>,
) -> Answer {
    let words = visit.language.second_step();
    let form_token = visit.form_token(Cookie::Step);
    let form = half_way.factors.app().map(|_| {
        code_form(
            visit,
            SECOND_STEP,
            words.code(),
            words.code_hint(),
            FieldKind::Digits,
            mistake,
            &form_token,
        )
    });
    let passkeys: Vec<&Passkey> = half_way.factors.passkeys().map(|(_, passkey)| passkey).collect();
    let website = RelyingParty::of(visit.practice).filter(|_| !passkeys.is_empty());
    let passkey = match website.map(|website| website.asks_to_sign(&passkeys, &challenge(half_way))) {
        Some(Ok(options)) => {
            Some(PasskeyForm { path: SECOND_STEP_PASSKEY, options, form_token: form_token.clone() })
        }
        Some(Err(_)) => return Err(Problem::Broken),
        None => None,
    };
    let has_codes = half_way.factors.codes_left() > 0;
    let step = StepView { form, passkey, refused, has_codes };
    Ok(visit.page(words.title(), Content::SecondStep { step }))
}

fn code_page(visit: &Visit<'_>, mistake: Option<&'static str>) -> Response {
    let words = visit.language.second_step();
    let form_token = visit.form_token(Cookie::Step);
    let form = code_form(
        visit,
        SECOND_STEP_CODE,
        words.recovery(),
        words.recovery_hint(),
        FieldKind::Code,
        mistake,
        &form_token,
    );
    let content = Content::Form { intro: words.recovery_intro(), form, timeout: None, back: None };
    visit.page(words.recovery_title(), content)
}

fn code_form(
    visit: &Visit<'_>,
    path: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: FieldKind,
    mistake: Option<&'static str>,
    form_token: &str,
) -> FormView<'static> {
    let field = Field {
        name: CODE,
        label,
        hint: hint.into(),
        mistake: mistake.map(Into::into),
        kind,
        autocomplete: "one-time-code",
        ..Field::default()
    };
    FormView {
        path,
        fields: vec![field],
        button: visit.language.second_step().go_on(),
        form_token: form_token.to_owned(),
        ..FormView::default()
    }
}
