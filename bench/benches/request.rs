//! What one request takes without a socket, and how often it asks for memory: the start page by the
//! component through the host library, and instances alone, pooled as the host pools them and otherwise. How long the
//! page takes natively is measured beside bare hyper.
//!
//! Needs what `cargo xtask component` makes.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use divan::{AllocProfiler, Bencher};
use portal_host::serve::ClientAddress;
use portal_host::{Clock, HostKeys, Portal, PortalOptions, SystemClock, website};
use sandbox_db::{Database, StaffPasswordHashes, seed_sandbox};
use std::error::Error;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// The host name of the practice.
const HOST: &str = "127.0.0.1:8081";

/// Whether something could not be measured: divan goes on with the next.
static FAILED: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    divan::main();
    if FAILED.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn tell(failure: &dyn Error) {
    eprintln!("error: {failure}");
    FAILED.store(true, Ordering::Relaxed);
}

fn component() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), Into::into);
    target.join("shipped/patient-portal.wasm")
}

/// The whole way but the socket: router, request id, log (of nobody), practice, instance, page, checks.
#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    if let Err(error) = by_the_component(bencher) {
        tell(&*error);
    }
}

fn by_the_component(bencher: Bencher<'_, '_>) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    // One thread for everything, so that all that is asked for is counted.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let router = runtime.block_on(async {
        let keys = HostKeys::from_bytes([7; 64]);
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        let database = Database::open(&url, keys.audit()).await?;
        let nobody = portal_host::lent::PasswordHash::new("nobody signs in");
        let staff = StaffPasswordHashes { admin: nobody.clone(), frontdesk: nobody.clone(), billing: nobody };
        let practice = seed_sandbox(&database, &staff).await?;
        database
            .set_website(&practice, &format!("http://{HOST}"), &[HOST.to_owned()], SystemClock.now())
            .await?;
        let portal = Portal::load(PortalOptions::new(component(), keys)?, Arc::new(database)).await?;
        Ok::<_, Box<dyn Error>>(website::router(Arc::new(portal)))
    })?;
    let page = || async {
        let request = Request::get("/").header("host", HOST);
        let request = request.extension(ClientAddress(Ipv4Addr::LOCALHOST.into())).body(Body::empty());
        let answer = router.clone().oneshot(request.unwrap_or_default()).await;
        let answer = answer.unwrap_or_else(|never| match never {});
        let status = answer.status();
        (status, to_bytes(answer.into_body(), 1 << 20).await)
    };
    let (status, _) = runtime.block_on(page());
    if status != 200 {
        return Err(format!("the start page was answered with {status}").into());
    }
    bencher.bench_local(|| runtime.block_on(page()));
    Ok(())
}

/// How instances are allocated.
#[derive(Clone, Copy, Debug)]
enum Pooled {
    /// As the host does.
    KeptResident,
    /// As the library does by default.
    ByDefault,
    /// Not at all: each is mapped anew.
    OnDemand,
}

#[divan::bench(args = [Pooled::KeptResident, Pooled::ByDefault, Pooled::OnDemand])]
fn instance(bencher: Bencher<'_, '_>, pooled: Pooled) {
    if let Err(error) = instances(bencher, pooled) {
        tell(&*error);
    }
}

fn instances(bencher: Bencher<'_, '_>, pooled: Pooled) -> Result<(), Box<dyn Error>> {
    let (runtime, instance) = (Runtime::new()?, prepared(pooled)?);
    let instantiate = || {
        let mut store = Store::new(instance.engine(), ());
        store.set_epoch_deadline(1_000_000);
        runtime.block_on(instance.instantiate_async(&mut store)).map(drop)
    };
    instantiate()?;
    bencher.bench_local(instantiate);
    Ok(())
}

/// The portal's component in an engine like the host's, whose imports answer nothing.
fn prepared(pooled: Pooled) -> Result<InstancePre<()>, Box<dyn Error>> {
    let mut config = Config::new();
    config.epoch_interruption(true).max_wasm_stack(256 << 10).async_stack_size(512 << 10);
    let mut pool = PoolingAllocationConfig::default();
    pool.max_memory_size(8 << 20).total_component_instances(256).total_memories(256).total_stacks(256);
    match pooled {
        Pooled::KeptResident => {
            pool.linear_memory_keep_resident(1 << 20)
                .table_keep_resident(64 << 10)
                .pagemap_scan(Enabled::Auto);
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        Pooled::ByDefault => {
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        Pooled::OnDemand => {}
    }
    let engine = Engine::new(&config)?;
    let component = Component::from_file(&engine, component())?;
    let mut linker = Linker::new(&engine);
    linker.define_unknown_imports_as_traps(&component)?;
    Ok(linker.instantiate_pre(&component)?)
}
