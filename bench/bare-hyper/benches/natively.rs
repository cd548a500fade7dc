//! What the start page takes natively, without a socket, and how often it asks for memory.

use bare_hyper::native::Nobody;
use divan::{AllocProfiler, Bencher, black_box};
use patient_portal::patient::request::Request;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    let portal = Nobody::at("http://127.0.0.1:8081");
    let request = Request {
        method: "GET".to_owned(),
        target: "/".to_owned(),
        headers: vec![("host".to_owned(), b"127.0.0.1:8081".to_vec())],
        body: Vec::new(),
        client: "127.0.0.1".to_owned(),
    };
    bencher.bench_local(|| portal.start_page(black_box(&request)));
}
