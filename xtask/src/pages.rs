//! Pages and pictures of the documents that are written anew from what is there. A test says when they are out of date.

use crate::shell::{Stopped, example, succeed};
use clap::Args;
use std::path::PathBuf;

/// Where they are written.
#[derive(Args)]
pub(crate) struct Where {
    /// Write into this folder instead of docs. What is in its folder gallery is replaced where pictures are taken.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

/// Runs the example that writes them.
pub(crate) fn write(name: &str, Where { into }: &Where) -> Result<(), Stopped> {
    let mut writing = example(name);
    if let Some(folder) = into {
        // From the folder in which it was typed; the example runs in the workspace's.
        let absolute = std::path::absolute(folder)
            .map_err(|cause| Stopped::NotWritten { path: folder.clone(), cause })?;
        writing.arg("--into").arg(absolute);
    }
    succeed(&mut writing)
}
