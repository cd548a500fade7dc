//! The sandbox's staff sign-ins. Their passwords are no secret: they are on the sign-in page.

use crate::ehr::SandboxSignIn;

/// Who can sign in to the sandbox, and what for.
const SIGN_INS: [(&str, &str, &str); 3] = [
    ("admin", "sandbox-admin", "Has every right"),
    ("frontdesk", "sandbox-frontdesk", "Has Connect EHR > View"),
    ("billing", "sandbox-billing", "Has no Connect EHR"),
];

/// The sign-ins, to show and to seed.
pub(crate) fn sandbox_sign_ins() -> Vec<SandboxSignIn> {
    let sign_ins = SIGN_INS.iter();
    sign_ins
        .map(|(user_name, password, may_do)| SandboxSignIn {
            user_name: (*user_name).to_owned(),
            password: (*password).to_owned(),
            may_do: (*may_do).to_owned(),
        })
        .collect()
}
