//! What the help of each command shows at its end: how it is typed, in plain words. A test types them all.

pub(crate) const PROGRAM: &str = "\
Examples:
  Serve the sandbox on this machine, with everything in the folder portal-state:
    portal-host serve --component patient-portal.wasm
  Serve what a configuration file says, after asking whether that would do:
    portal-host check --config portal-host.toml
    portal-host serve --config portal-host.toml

Each command has examples of its own: portal-host help seed, portal-host help audit export.

Exit codes:
  0  done, or stopped by Ctrl-C or SIGTERM after finishing what was under way
  1  failed; standard error says why, and what to do next
  2  the command line was not understood; nothing was done

Environment:
  PORTAL_DATABASE, PORTAL_KEY_FILE and PORTAL_LOG_FORMAT stand in for the options of these names.
  RUST_LOG says how much is logged, such as warn. NO_COLOR=1 takes colours away, CLICOLOR_FORCE=1 forces them.";

pub(crate) const SERVE: &str = "\
Examples:
  On this machine only, at the ports 8080 (staff), 8081 (patients) and 8082 (the operator):
    portal-host serve --component patient-portal.wasm
  At other ports, with the database somewhere else:
    portal-host serve --component patient-portal.wasm --ehr 127.0.0.1:9080 --portal 127.0.0.1:9081 \\
      --database sqlite:/var/lib/portal/sandbox.db
  For good, as a configuration file says:
    portal-host serve --config /etc/portal-host/portal-host.toml

Ctrl-C or SIGTERM ends it with 0, after what is under way is finished.";

pub(crate) const CHECK: &str = "\
Examples:
  Would a host start with this file?
    portal-host check --config /etc/portal-host/portal-host.toml
  Would this component do?
    portal-host check --component patient-portal.wasm

It ends with 0 where a host would start, and with 1 where something is to be put right first.";

pub(crate) const SEED: &str = "\
Examples:
  Ten thousand patients, always the same ones:
    portal-host seed --patients 10000
  A hundred others, for one of several practices:
    portal-host seed --patients 100 --seed 7 --practice hillside --config portal-host.toml";

pub(crate) const AUDIT: &str = "\
Examples:
  Is everything on record as it was written?
    portal-host audit verify
  What was done in January, for a spreadsheet:
    portal-host audit export --format csv --from 2026-01-01 --to 2026-02-01 --output january.csv";

pub(crate) const AUDIT_VERIFY: &str = "\
Examples:
  Every practice there is:
    portal-host audit verify --config /etc/portal-host/portal-host.toml
  One of them:
    portal-host audit verify --practice hillside

It ends with 0 where all is whole, and with 1 where something is not, which it names.";

pub(crate) const AUDIT_EXPORT: &str = "\
Examples:
  January, for a spreadsheet:
    portal-host audit export --format csv --from 2026-01-01 --to 2026-02-01 --output january.csv
  All about one patient, for a program that reads FHIR:
    portal-host audit export --format fhir --patient 1001 > patient.ndjson
  What one member of staff did:
    portal-host audit export --format csv --user frontdesk";

pub(crate) const KEYS: &str = "\
Examples:
  A new key, with the hosts stopped:
    portal-host keys rotate";

pub(crate) const KEYS_ROTATE: &str = "\
Examples:
  Where everything is in the folder portal-state:
    portal-host keys rotate
  Where a configuration file says what is where:
    portal-host keys rotate --config /etc/portal-host/portal-host.toml

Back the key file up afterwards, apart from the database.";

pub(crate) const DATABASE: &str = "\
Examples:
  Before hosts of a new version start:
    portal-host database prepare";

pub(crate) const DATABASE_PREPARE: &str = "\
Examples:
  A file:
    portal-host database prepare --database sqlite:/var/lib/portal/sandbox.db
  PostgreSQL, as the tables' owner:
    portal-host database prepare --database postgres://owner@db.example/portal";

pub(crate) const BACKUP: &str = "\
Examples:
  While the hosts serve:
    portal-host backup --output /backup/portal-2026-01-31.db
  Where a configuration file says what is where:
    portal-host backup --config /etc/portal-host/portal-host.toml --output /backup/portal-2026-01-31.db

A backup is of no use without the key file: keep that too, apart from it.";

pub(crate) const RESTORE: &str = "\
Examples:
  On the same machine, with the hosts stopped and the old database moved away:
    portal-host restore --from /backup/portal-2026-01-31.db
  On another machine, with the key file that was kept apart:
    portal-host restore --from portal-2026-01-31.db --state portal-state --key-file host.key";

pub(crate) const PLUGIN: &str = "\
Examples:
  What is in a component, and can this host load it?
    portal-host plugin inspect patient-portal.wasm";

pub(crate) const PLUGIN_INSPECT: &str = "\
Examples:
  What is in it, and can this host load it?
    portal-host plugin inspect patient-portal.wasm
  Is it by this vendor?
    portal-host plugin inspect patient-portal.wasm \\
      --plugin-key RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3

It ends with 0 where this host can load it, and with 1 where it cannot.";

pub(crate) const POLICY: &str = "\
Examples:
  What is set, and what each setting takes:
    portal-host policy
  Two settings at once, both or none:
    portal-host policy --set idle-minutes=10 --set require-second-factor=yes
  A clinic's own network, where typing a Portal ID is never paused:
    portal-host policy --set never-paused=192.0.2.0/24";
