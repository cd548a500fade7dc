//! The configuration file: what `serve` takes, where things are kept and which practices there are, in TOML, each key
//! called as its option.

mod keys;
mod practice;

pub(crate) use practice::Configured;

use crate::logging::LogFormat;
use keys::{Keys, line};
use portal_host::serve::Network;
use portal_host::{ComponentDigest, SignerKey};
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// What a configuration file says; nothing where there is none.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) component: Option<PathBuf>,
    pub(crate) pin_plugin: Option<ComponentDigest>,
    pub(crate) plugin_key: Vec<SignerKey>,
    pub(crate) ehr: Option<SocketAddr>,
    pub(crate) portal: Option<SocketAddr>,
    pub(crate) operator: Option<SocketAddr>,
    pub(crate) portal_url: Option<String>,
    pub(crate) ehr_url: Option<String>,
    pub(crate) trusted_proxy: Vec<Network>,
    pub(crate) stop_delay: Option<u16>,
    pub(crate) log_format: Option<LogFormat>,
    pub(crate) state: Option<PathBuf>,
    pub(crate) database: Option<String>,
    pub(crate) key_file: Option<PathBuf>,
    pub(crate) practices: Vec<Configured>,
}

/// Why a configuration file is refused. No value of it is repeated: one of them may hold a password.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("the configuration {path} cannot be read")]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error(
        "{path} holds the database's password, and everybody on this machine may read it (its mode is {mode:o}); \
         then: chmod o-rwx {path}"
    )]
    OpenToAll { path: PathBuf, mode: u32 },
    #[error("{path}, line {line}: this is not TOML: {problem}")]
    NotToml { path: PathBuf, line: usize, problem: String },
    #[error("{path}, line {line}: there is no key {key}; there are {known}")]
    Unknown { path: PathBuf, line: usize, key: String, known: String },
    #[error("{path}, line {line}: {key} takes {takes}")]
    WrongKind { path: PathBuf, line: usize, key: &'static str, takes: &'static str },
    #[error("{path}, line {line}: a practice needs the key {key}")]
    Missing { path: PathBuf, line: usize, key: &'static str },
    #[error("{path}, line {line}: {key}: {problem}")]
    BadValue { path: PathBuf, line: usize, key: &'static str, problem: String },
}

impl Config {
    /// Reads the file, all of it or nothing.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let failed = |cause| ConfigError::File { path: path.to_owned(), cause };
        let text = fs::read_to_string(path).map_err(failed)?;
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode() & 0o7777;
        let config = Self::of(path, &text)?;
        if mode & 0o007 != 0 && config.database.as_deref().is_some_and(holds_a_password) {
            return Err(ConfigError::OpenToAll { path: path.to_owned(), mode });
        }
        Ok(config)
    }

    fn of(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let table = DeTable::parse(text).map_err(|error| ConfigError::NotToml {
            path: path.to_owned(),
            line: line(text, error.span().map_or(0, |span| span.start)),
            problem: error.message().to_owned(),
        })?;
        let mut keys = Keys::of(path, text, table.into_inner());
        let config = Self {
            component: keys.words("component")?,
            pin_plugin: keys.words("pin-plugin")?,
            plugin_key: keys.some("plugin-key", "a list of one or more, such as [\"RW…\"]")?,
            ehr: keys.words("ehr")?,
            portal: keys.words("portal")?,
            operator: keys.words("operator")?,
            portal_url: keys.words("portal-url")?,
            ehr_url: keys.words("ehr-url")?,
            trusted_proxy: keys.list("trusted-proxy", "a list, such as [\"10.0.0.5\", \"10.1.0.0/16\"]")?,
            stop_delay: keys.number("stop-delay")?,
            log_format: keys.words("log-format")?,
            state: keys.words("state")?,
            database: keys.words("database")?,
            key_file: keys.words("key-file")?,
            practices: practice::all(keys.tables("practice")?)?,
        };
        keys.no_more()?;
        Ok(config)
    }
}

fn holds_a_password(address: &str) -> bool {
    let user = address.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(user, _)| user);
    user.is_some_and(|user| user.contains(':')) || address.contains("password=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        Config::of(Path::new("portal.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn what_a_file_says_is_understood() {
        let config = read(
            "# ours\ncomponent = \"/usr/lib/portal.wasm\"\nehr = \"0.0.0.0:80\"\nstop-delay = 5\n\
             trusted-proxy = [\"10.0.0.5\", \"10.1.0.0/16\"]\nlog-format = \"json\"\n\
             plugin-key = [\"RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3\"]\n",
        )
        .unwrap();

        assert_eq!(config.component, Some(PathBuf::from("/usr/lib/portal.wasm")));
        assert_eq!(config.ehr, Some("0.0.0.0:80".parse().unwrap()));
        assert_eq!((config.stop_delay, config.trusted_proxy.len()), (Some(5), 2));
        let keys: Vec<_> = config.plugin_key.iter().map(|key| key.id().to_string()).collect();
        assert_eq!(keys, ["FCB7536E279FCA73"]);
        assert_eq!((config.log_format, config.portal), (Some(LogFormat::Json), None));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_key_and_line_and_without_its_value() {
        for (text, line, said) in [
            (
                "ehr = \"0.0.0.0:80\"\nportl = \"planted\"\n",
                2,
                "there is no key portl; there are component, ",
            ),
            ("\n\n[serve]\nehr = \"planted\"\n", 3, "there is no key serve"),
            ("ehr = 8080", 1, "ehr takes words in quotation marks"),
            ("\nehr = \"planted\"", 2, "ehr: invalid socket address"),
            ("pin-plugin = \"planted\"", 1, "pin-plugin: a SHA-256 digest has 64"),
            ("plugin-key = [\"planted\"]", 1, "plugin-key: a public key of minisign is the second line"),
            ("plugin-key = \"planted\"", 1, "plugin-key takes a list of one or more"),
            ("\nplugin-key = []", 2, "plugin-key takes a list of one or more"),
            ("stop-delay = \"planted\"", 1, "stop-delay takes a whole number from 0 to 65535"),
            ("stop-delay = 65536", 1, "stop-delay takes a whole number from 0 to 65535"),
            ("stop-delay = -1", 1, "stop-delay takes a whole number from 0 to 65535"),
            ("stop-delay = 1.5", 1, "stop-delay takes a whole number from 0 to 65535"),
            ("trusted-proxy = \"10.0.0.5\"", 1, "trusted-proxy takes a list"),
            ("trusted-proxy = [\n\"10.0.0.5\",\n\"planted\"]", 3, "trusted-proxy: neither an address"),
            ("trusted-proxy = [5]", 1, "trusted-proxy takes a list"),
            ("log-format = \"planted\"", 1, "log-format: pretty or json"),
            ("# one\nehr = \"0.0.0.0:80\"\nehr = \"0.0.0.0:80\"", 3, "this is not TOML: duplicate key"),
            ("\ndatabase = postgres://portal:planted@db/portal", 2, "this is not TOML"),
            ("database = \"postgres://portal:planted@db/portal", 1, "this is not TOML"),
            ("database = [\"postgres://portal:planted@db/portal\"]", 1, "database takes words"),
        ] {
            let error = read(text).unwrap_err();

            assert!(error.starts_with(&format!("portal.toml, line {line}: {said}")), "{text}: {error}");
            assert!(!error.contains("planted"), "{error}");
        }
    }

    #[test]
    fn a_file_that_everybody_may_read_holds_no_password() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        let write = |text: &str, mode| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        };
        let secret = "database = \"postgres://portal:planted@db.example/portal\"";
        write("database = \"postgres://portal@db.example/portal\"", 0o644);
        Config::read(&path).unwrap();
        write(secret, 0o640);
        Config::read(&path).unwrap();

        write(secret, 0o644);

        let error = Config::read(&path).unwrap_err();
        assert!(matches!(error, ConfigError::OpenToAll { mode: 0o644, .. }), "{error}");
        assert!(!error.to_string().contains("planted"), "{error}");
    }
}
