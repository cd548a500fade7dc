//! The contract with the EHR: the only module that knows the generated bindings of `wit/`.
//!
//! It converts and does nothing else. [`lent`] is what the EHR lends, with its values in
//! [`convert`]; [`staff_tab`], [`staff_batch`] and [`patient_pages`] are what the portal gives.

mod convert;
mod lent;
mod patient_pages;
mod second_factors;
mod staff_batch;
mod staff_tab;

pub(crate) use lent::random_bytes;

use bindings::ehr::patient_portal::log;

/// What wit-bindgen makes of `wit/`.
#[allow(
    unsafe_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::panic,
    clippy::unreachable,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "generated: the component ABI is made of raw memory, and the words are in wit/"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "../wit",
        world: "plugin",
        generate_all,
    });
}

/// The component's faces are implemented on this.
struct Portal;

#[allow(unsafe_code, reason = "the exports of a component have fixed symbol names")]
mod exports {
    use super::Portal;

    super::bindings::export!(Portal with_types_in super::bindings);
}

/// Says in the operator's log where a panic happened. On this target a panic is a bare
/// trap, and nothing else would say why. The payload stays out: it might quote a patient.
///
/// Called at the start of each call, since an instance lives for one.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        log::log(log::Level::Error, &format!("the portal panicked at {place}"));
    }));
}
