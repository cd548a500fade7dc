//! Whose database it is: the fingerprints of the keys it has been used with. With other keys open Portal IDs
//! could not be shown, nobody could log in, and the audit trail would look forged.

use crate::columns::whole;
use crate::driver::{Connection, rows, statement, statements};
use portal_host::{AuditKeys, KeyId};

statements! {
    KEEP = "INSERT INTO host_key (id, fingerprint) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    // All of them: there is one for each rotation.
    KEPT = "SELECT id, fingerprint FROM host_key WHERE id > 0 ORDER BY id";
}

/// How the keys that a host has differ from those that the database was used with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// Its key of this number is another one.
    Another(KeyId),
    /// It lacks the key of this number: the file is from before a rotation.
    Lacking(KeyId),
}

/// Keeps the fingerprints of keys that are new, and compares the others.
pub(crate) async fn recognise(
    connection: &mut Connection,
    keys: &AuditKeys,
) -> Result<Option<Mismatch>, sqlx::Error> {
    if let Some(mismatch) = compare(connection, keys).await? {
        return Ok(Some(mismatch));
    }
    let own = keys.fingerprints();
    let before: Vec<(i64, Vec<u8>)> = rows(KEPT).fetch_all(&mut *connection).await?;
    let is_new = |id: &KeyId| before.iter().all(|(kept, _)| *kept != whole(id.0.into()));
    let new: Vec<_> = own.iter().filter(|(id, _)| is_new(id)).collect();
    if new.is_empty() {
        // Nobody who only looks waits for somebody who writes.
        return Ok(None);
    }
    for (id, fingerprint) in new {
        statement(KEEP)
            .bind(whole(id.0.into()))
            .bind(fingerprint.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    // Another host may have been first, with another key.
    compare(connection, keys).await
}

/// Compares the keys with those that the database was used with, and keeps nothing.
pub(crate) async fn compare(
    connection: &mut Connection,
    keys: &AuditKeys,
) -> Result<Option<Mismatch>, sqlx::Error> {
    let kept: Vec<(i64, Vec<u8>)> = rows(KEPT).fetch_all(connection).await?;
    Ok(mismatch(&keys.fingerprints(), &kept))
}

fn mismatch(own: &[(KeyId, [u8; 32])], kept: &[(i64, Vec<u8>)]) -> Option<Mismatch> {
    kept.iter().find_map(|(id, fingerprint)| {
        let id = KeyId(u32::try_from(*id).unwrap_or(u32::MAX));
        match own.iter().find(|(own, _)| *own == id) {
            Some((_, own)) if own.as_slice() == fingerprint => None,
            Some(_) => Some(Mismatch::Another(id)),
            None => Some(Mismatch::Lacking(id)),
        }
    })
}
