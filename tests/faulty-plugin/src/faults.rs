//! The faults, each a function that does not end well, and the table that names them.

use crate::bindings::ehr::patient_portal::log::{self, Level};
use crate::bindings::ehr::patient_portal::{passwords, site};
use crate::bindings::exports::ehr::patient_portal::patient_pages::Response;
use crate::bindings::wasi::random::random;
use crate::breaches;
use crate::page;
use std::hint::black_box;

/// Misbehaves, or answers what it should not.
pub(crate) type Fault = fn() -> Response;

/// Every fault there is. The fault tests read the names from `GET /faults`.
pub(crate) const FAULTS: &[(&str, Fault)] = &[
    ("trap", trap),
    ("panic", panics),
    ("spin", spin),
    ("deep", deep),
    ("memory", memory),
    ("huge-page", huge_page),
    ("aliased-headers", aliased_headers),
    ("long-headers", long_headers),
    ("wild-pointer", wild_pointer),
    ("not-text", not_text),
    ("status-too-low", status_too_low),
    ("status-too-high", status_too_high),
    ("header-name", header_name),
    ("header-splitting", header_splitting),
    ("framing", framing),
    ("endless-calls", endless_calls),
    ("endless-log", endless_log),
    ("long-log", long_log),
    ("greedy-random", greedy_random),
    ("huge-argument", huge_argument),
    ("long-password", long_password),
    ("forged-staff", breaches::forged_staff),
    ("forged-visitor", breaches::forged_visitor),
    ("long-action", breaches::long_action),
    ("long-detail", breaches::long_detail),
    ("long-key", breaches::long_key),
    ("long-username", breaches::long_username),
    ("forged-system", breaches::forged_system),
    ("many-counters", breaches::many_counters),
    ("many-cleared", breaches::many_cleared),
    ("long-counter", breaches::long_counter),
];

/// Longer than the host lets a page be, and well within what may cross.
const HUGE_PAGE: usize = 600 << 10;

fn trap() -> Response {
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_arch = "wasm32"))]
    std::process::abort()
}

#[allow(clippy::panic, reason = "this is the fault")]
fn panics() -> Response {
    panic!("a panic with planted words: Maria Garcia 02/29/1984")
}

fn spin() -> Response {
    loop {
        black_box(());
    }
}

fn deep() -> Response {
    #[allow(unconditional_recursion, reason = "this is the fault")]
    fn deeper(depth: u64) -> u64 {
        let frame = black_box([depth; 16]);
        deeper(depth.wrapping_add(1)).wrapping_add(frame.iter().sum())
    }
    page(200, deeper(0).to_string())
}

fn memory() -> Response {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    loop {
        kept.push(black_box(vec![1; 256 << 10]));
    }
}

fn huge_page() -> Response {
    page(200, "x".repeat(HUGE_PAGE))
}

/// A thousand headers that all point at one megabyte: a gigabyte, if anyone copied it.
fn aliased_headers() -> Response {
    let shared = String::leak("x".repeat(1 << 20));
    let mut answer = page(200, "amplified".to_owned());
    for _ in 0..1000 {
        #[allow(unsafe_code, reason = "this is the fault: two owners of one allocation")]
        // SAFETY: none is claimed. The instance ends before either owner is dropped.
        let alias = unsafe { Vec::from_raw_parts(shared.as_mut_ptr(), shared.len(), shared.len()) };
        answer.headers.push(("x".to_owned(), alias));
    }
    answer
}

fn long_headers() -> Response {
    let mut answer = page(200, "many".to_owned());
    answer.headers.extend((0..40).map(|n| (format!("x-{n}"), vec![b'x'; 512])));
    answer
}

/// A body far outside the instance's memory.
fn wild_pointer() -> Response {
    let wild = std::ptr::without_provenance_mut::<u8>(0x7000_0000);
    #[allow(unsafe_code, reason = "this is the fault: a list that is nowhere")]
    // SAFETY: none is claimed. Nothing here reads it; the host must not either.
    let body = unsafe { Vec::from_raw_parts(wild, 1000, 1000) };
    Response { body, ..page(200, String::new()) }
}

/// A header's name, which the contract says is text, of bytes that are not.
fn not_text() -> Response {
    let mut answer = page(200, "not text".to_owned());
    answer.headers.push((unchecked(vec![0xff, 0xfe, 0x80]), vec![0xff, 0xfe, 0x80]));
    answer
}

fn status_too_low() -> Response {
    page(99, "too low".to_owned())
}

fn status_too_high() -> Response {
    page(1000, "too high".to_owned())
}

fn header_name() -> Response {
    with_header("x y", b"a space in the name")
}

fn header_splitting() -> Response {
    with_header("x-safe", b"a\r\nset-cookie: stolen=1\r\n\r\n<h1>split</h1>")
}

fn framing() -> Response {
    with_header("content-length", b"3")
}

fn endless_calls() -> Response {
    loop {
        black_box(site::describe());
    }
}

fn endless_log() -> Response {
    loop {
        log::log(Level::Info, "again");
    }
}

/// No fault where the host cuts the message.
fn long_log() -> Response {
    log::log(Level::Warn, &"long ".repeat(100_000));
    page(200, "logged".to_owned())
}

fn greedy_random() -> Response {
    page(200, random::get_random_bytes(u64::from(u32::MAX)).len().to_string())
}

/// More than may cross at a time.
fn huge_argument() -> Response {
    hashed(2 << 20)
}

/// Longer than the contract says will be hashed; no fault where the host says so.
fn long_password() -> Response {
    hashed(2_000)
}

fn hashed(length: usize) -> Response {
    let answer = passwords::hash(&"p".repeat(length));
    page(200, if answer.is_ok() { "hashed" } else { "refused" }.to_owned())
}

fn with_header(name: &str, value: &[u8]) -> Response {
    let mut answer = page(200, "odd header".to_owned());
    answer.headers.push((name.to_owned(), value.to_vec()));
    answer
}

/// Bytes passed off as text.
pub(crate) fn unchecked(bytes: Vec<u8>) -> String {
    #[allow(unsafe_code, reason = "this is the fault: text that is not text")]
    // SAFETY: none is claimed. Nothing here reads it; the host must check it.
    unsafe {
        String::from_utf8_unchecked(bytes)
    }
}
