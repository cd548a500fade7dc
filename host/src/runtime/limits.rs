//! The bounds a component is held to, in one table.

use std::time::Duration;

/// What one call may use, and how many calls may run at once. A component that exceeds a bound
/// loses that call; the others go on.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Linear memory of an instance, in bytes. The portal needs about 1 MiB.
    pub memory: usize,
    /// Time spent computing in the component. Waiting for the EHR does not count.
    pub compute: Duration,
    /// How long the EHR may take to answer one imported call.
    pub ehr_call: Duration,
    /// How long the EHR may take over all imported calls of one call together.
    pub ehr_total: Duration,
    /// How many imported calls one call may make. The portal makes about a dozen.
    pub ehr_calls: u32,
    /// Lines that one call may add to the operator's log; further ones are dropped.
    pub log_lines: u32,
    /// Bytes that may cross from the component to the host each time either calls the other,
    /// counted before they are copied, so that a list cannot be made larger than the memory that
    /// backs it.
    pub crossing: usize,
    /// Bytes of a patient page's body.
    pub page: usize,
    /// Bytes of all headers of a patient page together.
    pub page_headers: usize,
    /// Answers to visitors' forms leave on this beat after they were read, so that the time does not tell
    /// what became of a guess. Several times what one takes; none where it is zero.
    pub form_beat: Duration,
    /// Calls that run at once; each has a pooled instance.
    pub at_once: u32,
    /// Calls that may wait for an instance; beyond that they are refused.
    pub waiting: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 8 << 20,
            compute: Duration::from_secs(1),
            ehr_call: Duration::from_secs(5),
            ehr_total: Duration::from_secs(15),
            ehr_calls: 64,
            log_lines: 8,
            crossing: 1 << 20,
            page: 512 << 10,
            page_headers: 16 << 10,
            form_beat: Duration::from_millis(10),
            at_once: 256,
            waiting: 1024,
        }
    }
}
