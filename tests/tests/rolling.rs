//! Hosts that are replaced one after the other while patients activate and log in, and hosts whose tables are ahead
//! of them, as they are between the first and the last step of an upgrade: nobody notices.

use portal_tests::Setup;
use portal_tests::reliability::journeys::{Came, Invited, walk_steadily};
use portal_tests::reliability::outcome::Requests;
use portal_tests::reliability::people::invited;
use portal_tests::reliability::proof::faults;
use portal_tests::reliability::rolling::{Next, replace_all, retire};
use portal_tests::shared::{Hosts, on_postgres, owned};
use sqlx::{Connection, Executor, PgConnection};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How many there are, and how far apart their journeys begin.
const PATIENTS: u32 = 80;
const APART: Duration = Duration::from_millis(200);

/// What the next version of the tables may have: a column more, with a value for the rows that are there and for
/// those that hosts of this version add, and a table more.
const NEXT: &str = "ALTER TABLE portal_account ADD COLUMN of_the_next_version BIGINT NOT NULL DEFAULT 0; \
    ALTER TABLE portal_session ADD COLUMN of_the_next_version TEXT; \
    CREATE TABLE of_the_next_version (practice TEXT NOT NULL REFERENCES practice (id)); \
    INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
    SELECT MAX(version) + 1, 'of the next version', TRUE, '\\x00', 0 FROM _sqlx_migrations";

const FORGET: &str = "DELETE FROM _sqlx_migrations WHERE description = 'of the next version'";

/// Two hosts, and patients who hold a sheet.
async fn two_hosts() -> (Hosts, Vec<Invited>) {
    let setup = on_postgres().await;
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    let hosts = Hosts::on(setup, 2);
    let invited = invited(&hosts.setup, &hosts.ehr.url, PATIENTS).await;
    (hosts, invited)
}

/// Patients go on until `work` is over, and every request of theirs has to be answered; then also how far each came.
async fn nobody_notices(
    hosts: Hosts,
    invited: &[Invited],
    work: impl FnOnce(&mut Hosts) + Send + 'static,
) -> (Hosts, BTreeMap<String, Came>) {
    let (requests, enough) = (Arc::new(Requests::none()), Arc::new(AtomicBool::new(false)));
    let (portal, over) = (hosts.portal.url.clone(), Arc::clone(&enough));
    let working = tokio::task::spawn_blocking(move || {
        let mut hosts = hosts;
        std::thread::sleep(Duration::from_secs(1));
        work(&mut hosts);
        std::thread::sleep(Duration::from_secs(1));
        over.store(true, Ordering::Relaxed);
        hosts
    });
    let came = walk_steadily(&portal, invited, APART, &enough, &requests).await;
    let hosts = working.await.expect("the work is done");
    let noticed = requests.noticed();
    assert!(
        came.len() > 10 && noticed.failed == 0,
        "{} journeys: {noticed:?}: {}",
        came.len(),
        requests.failures()
    );
    (hosts, came)
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_are_replaced_one_by_one_drop_no_request() {
    let (hosts, invited) = two_hosts().await;
    let Setup { program, component, .. } = hosts.setup.clone();

    let next = Next { program, component };
    let (hosts, came) = nobody_notices(hosts, &invited, move |hosts| replace_all(hosts, &next)).await;

    for host in &hosts.hosts {
        let log = host.log();
        assert_eq!(log.matches("everything under way was finished").count(), 1, "{log}");
        assert!(log.contains("told to stop"), "{log}");
    }
    assert_eq!(faults(&hosts.portal.url, &hosts.setup, &invited, &came).await, Vec::<String>::new());
}

/// Until it is restarted, that is: no host and no command of a version starts on tables that it does not know.
#[tokio::test(flavor = "multi_thread")]
async fn a_host_of_the_version_before_goes_on_while_the_tables_are_ahead_and_does_not_start_again() {
    let (hosts, invited) = two_hosts().await;
    let tables = owned(&hosts.setup).database;

    let before_them = tables.clone();
    let (mut hosts, came) = nobody_notices(hosts, &invited, move |_| {
        done_by_the_owner(&before_them, NEXT);
        // More journeys, on connections that knew the tables before.
        std::thread::sleep(Duration::from_secs(4));
    })
    .await;
    retire(&mut hosts.hosts[0]);
    let refused = hosts.hosts[0].setup.expect_failure();
    let command = hosts.setup.run(&["audit", "verify"]);

    for (output, what) in [(refused, "a host"), (command, "a command")] {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("are those of a later version of portal-host: use that one"), "{what}: {said}");
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
    }
    assert!(hosts.hosts[1].is_running(), "{}", hosts.hosts[1].log());
    // Forgotten again, for the commands of this version to look at what its hosts did meanwhile.
    tokio::task::spawn_blocking(move || done_by_the_owner(&tables, FORGET)).await.expect("it is forgotten");
    assert_eq!(faults(&hosts.portal.url, &hosts.setup, &invited, &came).await, Vec::<String>::new());
}

fn done_by_the_owner(tables: &str, sql: &'static str) {
    tokio::runtime::Handle::current().block_on(async {
        let mut owner = PgConnection::connect(tables).await.expect("the database");
        owner.execute(sql).await.expect("the tables");
    });
}
