//! The engine: compiles components and keeps a pool of instances.

use super::limits::Limits;
use super::load::LoadError;
use std::path::Path;
use std::time::Duration;
use wasmtime::{
    Cache, CacheConfig, Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig,
};

/// How often a running component is looked at, to yield to others and to count its computing time.
pub(super) const TICK: Duration = Duration::from_millis(5);

/// Core instances, tables and memories in one component: what wit-component makes of a single
/// module is one main instance with a shim and its fix-up, one memory, and a table each.
const CORE_INSTANCES: u32 = 8;
const TABLES: u32 = 8;

/// An engine whose compiled components are cached in `cache`, where one is named.
pub(super) fn engine(limits: &Limits, cache: Option<&Path>) -> Result<Engine, LoadError> {
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        // The initial memory is mapped copy-on-write: a fresh instance copies nothing it does not touch.
        .memory_init_cow(true)
        .max_wasm_stack(256 << 10)
        .async_stack_size(512 << 10)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)));
    if let Some(directory) = cache {
        config.cache(Some(open_cache(directory)?));
    }
    let engine = Engine::new(&config).map_err(LoadError::engine)?;
    tick(&engine).map_err(LoadError::Ticker)?;
    Ok(engine)
}

fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let at_once = limits.at_once;
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(at_once)
        .total_core_instances(at_once.saturating_mul(CORE_INSTANCES))
        .total_memories(at_once)
        .total_tables(at_once.saturating_mul(TABLES))
        .total_stacks(at_once)
        .max_core_instances_per_component(CORE_INSTANCES)
        .max_memories_per_component(1)
        .max_tables_per_component(TABLES)
        .max_memory_size(limits.memory)
        // Zeroing a page that stays is cheaper than returning it to the kernel and faulting it in
        // again; 1 MiB covers what the portal touches.
        .linear_memory_keep_resident(1 << 20)
        .table_keep_resident(64 << 10)
        // The kernel is asked which pages were written to, where it can tell (Linux 6.7): a page of the website
        // touches few of the 224 there are, and putting all of them back takes as long as building the page.
        .pagemap_scan(Enabled::Auto);
    pool
}

fn open_cache(directory: &Path) -> Result<Cache, LoadError> {
    std::fs::create_dir_all(directory)
        .map_err(|cause| LoadError::CacheFolder { path: directory.to_owned(), cause })?;
    // The library wants an absolute path.
    let directory = std::path::absolute(directory)
        .map_err(|cause| LoadError::CacheFolder { path: directory.to_owned(), cause })?;
    let mut config = CacheConfig::new();
    config.with_directory(directory);
    Cache::new(config).map_err(LoadError::engine)
}

/// One thread moves the engine's epoch on for as long as the engine is in use.
fn tick(engine: &Engine) -> std::io::Result<()> {
    let engine = engine.weak();
    std::thread::Builder::new().name("epoch".to_owned()).spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(TICK);
        }
    })?;
    Ok(())
}
