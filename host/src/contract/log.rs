//! `log`: the portal's diagnostics, in the operator's log.

use super::bindings::ehr::patient_portal::log;
use crate::chain::OneLine;
use crate::runtime::Call;

/// Longest message kept, in bytes.
const LONGEST_MESSAGE: usize = 4096;

impl log::Host for Call {
    async fn log(&mut self, level: log::Level, message: String) -> wasmtime::Result<()> {
        self.count_call()?;
        if !self.may_log() {
            return Ok(());
        }
        let end = message.floor_char_boundary(LONGEST_MESSAGE);
        let message = OneLine(message.get(..end).unwrap_or_default());
        match level {
            log::Level::Debug => tracing::debug!(target: "portal", "{message}"),
            log::Level::Info => tracing::info!(target: "portal", "{message}"),
            log::Level::Warn => tracing::warn!(target: "portal", "{message}"),
            log::Level::Error => tracing::error!(target: "portal", "{message}"),
        }
        Ok(())
    }
}
