//! Reading a table of the configuration key by key: each as what it takes, and whatever is left over is a mistake
//! that is told with its line.

use super::ConfigError;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// More than any file that the configuration names has, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// The keys not asked for yet, and the names of those that were.
pub(super) struct Keys<'f> {
    path: &'f Path,
    text: &'f str,
    /// Where the table begins.
    begins: usize,
    left: DeTable<'f>,
    known: Vec<&'static str>,
}

impl<'f> Keys<'f> {
    pub(super) fn of(path: &'f Path, text: &'f str, left: DeTable<'f>) -> Self {
        Self { path, text, begins: 0, left, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'f>>> {
        self.known.push(key);
        self.left.remove(key)
    }

    pub(super) fn words<T: FromStr<Err: ToString>>(
        &mut self,
        key: &'static str,
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        self.parsed(key, &value, "words in quotation marks").map(Some)
    }

    /// The same, where there has to be one.
    pub(super) fn needed<T: FromStr<Err: ToString>>(&mut self, key: &'static str) -> Result<T, ConfigError> {
        self.words(key)?.ok_or_else(|| ConfigError::Missing {
            path: self.path.to_owned(),
            line: line(self.text, self.begins),
            key,
        })
    }

    /// The tables of this name, one after the other.
    pub(super) fn tables(&mut self, key: &'static str) -> Result<Vec<Keys<'f>>, ConfigError> {
        let takes = "tables, each begun by its name in double square brackets";
        let Some(value) = self.take(key) else { return Ok(Vec::new()) };
        let wrong = self.wrong_kind(key, &value, takes);
        let DeValue::Array(tables) = value.into_inner() else { return Err(wrong) };
        let tables = tables.into_iter().map(|table| {
            let begins = table.span().start;
            let wrong = self.wrong_kind(key, &table, takes);
            let DeValue::Table(left) = table.into_inner() else { return Err(wrong) };
            Ok(Keys { path: self.path, text: self.text, begins, left, known: Vec::new() })
        });
        tables.collect()
    }

    /// What is wrong with a table as a whole, told with the line that it begins at.
    pub(super) fn bad(&self, key: &'static str, problem: String) -> ConfigError {
        let line = line(self.text, self.begins);
        ConfigError::BadValue { path: self.path.to_owned(), line, key, problem }
    }

    /// What is in the file that the key names, beside the configuration unless it says otherwise.
    pub(super) fn file(&mut self, key: &'static str) -> Result<Option<String>, ConfigError> {
        let Some(named) = self.words::<PathBuf>(key)? else { return Ok(None) };
        let path = self.path.parent().map_or(named.clone(), |folder| folder.join(&named));
        let mut text = String::new();
        let read = File::open(&path).and_then(|file| file.take(LARGEST_FILE).read_to_string(&mut text));
        read.map(|_| Some(text))
            .map_err(|error| self.bad(key, format!("{} cannot be read: {error}", path.display())))
    }

    pub(super) fn list<T: FromStr<Err: ToString>>(
        &mut self,
        key: &'static str,
        takes: &'static str,
    ) -> Result<Vec<T>, ConfigError> {
        let Some(value) = self.take(key) else { return Ok(Vec::new()) };
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong_kind(key, &value, takes))?;
        list.iter().map(|value| self.parsed(key, value, takes)).collect()
    }

    /// A list that asks for something: an empty one would ask for nothing, which leaving it out says better.
    pub(super) fn some<T: FromStr<Err: ToString>>(
        &mut self,
        key: &'static str,
        takes: &'static str,
    ) -> Result<Vec<T>, ConfigError> {
        let is_empty =
            |value: &&Spanned<DeValue<'f>>| value.get_ref().as_array().is_some_and(|list| list.is_empty());
        if let Some(empty) = self.left.get(key).filter(is_empty) {
            return Err(self.wrong_kind(key, empty, takes));
        }
        self.list(key, takes)
    }

    pub(super) fn number(&mut self, key: &'static str) -> Result<Option<u16>, ConfigError> {
        let takes = "a whole number from 0 to 65535";
        let Some(value) = self.take(key) else { return Ok(None) };
        let number = value.get_ref().as_integer();
        let number = number.and_then(|it| u16::from_str_radix(it.as_str(), it.radix()).ok());
        number.map(Some).ok_or_else(|| self.wrong_kind(key, &value, takes))
    }

    fn parsed<T: FromStr<Err: ToString>>(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'f>>,
        takes: &'static str,
    ) -> Result<T, ConfigError> {
        let words = value.get_ref().as_str().ok_or_else(|| self.wrong_kind(key, value, takes))?;
        words.parse().map_err(|error: T::Err| ConfigError::BadValue {
            path: self.path.to_owned(),
            line: line(self.text, value.span().start),
            key,
            problem: error.to_string(),
        })
    }

    fn wrong_kind(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'f>>,
        takes: &'static str,
    ) -> ConfigError {
        ConfigError::WrongKind {
            path: self.path.to_owned(),
            line: line(self.text, value.span().start),
            key,
            takes,
        }
    }

    /// Whatever nobody asked for is a slip of the finger; the first one is named.
    pub(super) fn no_more(&self) -> Result<(), ConfigError> {
        let Some(key) = self.left.iter().map(|(key, _)| key).min_by_key(|key| key.span().start) else {
            return Ok(());
        };
        Err(ConfigError::Unknown {
            path: self.path.to_owned(),
            line: line(self.text, key.span().start),
            key: key.get_ref().to_string(),
            known: self.known.join(", "),
        })
    }
}

/// The line that the byte is in, from 1.
pub(super) fn line(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count().saturating_add(1)
}
