//! What the EHR says to staff about what they asked for and did. The words stand in `words/en`, in Fluent, and `build.rs` made
//! this of them.

#![allow(unreachable_pub, reason = "generated code; nothing outside this package sees it")]

use std::fmt::{Display, Write};

include!(concat!(env!("OUT_DIR"), "/words.rs"));
