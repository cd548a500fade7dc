//! Whatever staff and patients do, and in whatever order: no impossible state, no live session on a dead
//! account, no change without its entry on record.

use patient_portal::audit::Deed;
use portal_tests::life::bed::BEGINNING;
use portal_tests::life::lived;
use portal_tests::life::model::World;
use portal_tests::life::story::acts;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{FileFailurePersistence, TestCaseError, TestRunner};
use std::sync::LazyLock;
use tokio::runtime::Runtime;

/// Practices whose accounts are lived through in an ordinary run: some 40 acts each, well below a minute
/// together. `PROPTEST_CASES=1000` lives through more.
const CASES: u32 = 48;

/// What none of these stories leads to: sixty wrong answers in an hour, and a host that hashes otherwise
/// than before.
const OUT_OF_REACH: [Deed; 2] = [Deed::ActivationPaused, Deed::PasswordRehashed];

/// What failed once is tried first.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/life.proptest-regressions");

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(CASES),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_done_an_account_is_as_the_model_says(acts in acts()) {
        RUNTIME.block_on(lived(&acts)).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
    }
}

/// Otherwise a rule that is broken could go by unseen, for no story ever asks for it.
#[test]
fn an_ordinary_run_puts_everything_on_record() {
    let mut runner = TestRunner::deterministic();
    let mut missing: Vec<Deed> =
        Deed::ALL.iter().copied().filter(|deed| !OUT_OF_REACH.contains(deed)).collect();
    for _ in 0..CASES {
        let story = acts().new_tree(&mut runner).expect("a story").current();
        let mut world = World::new(BEGINNING);
        for act in &story {
            world.does(act);
        }
        let recorded = world.recorded();
        missing.retain(|deed| !recorded.iter().any(|entry| entry.deed == *deed));
    }
    assert_eq!(missing, []);
}
