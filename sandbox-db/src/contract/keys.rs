//! Whose database it is: a host with other keys would only make nonsense of it.

use super::bed::{Bed, NOW, keys};
use crate::{Database, OpenError};
use portal_host::{HostKeys, KeyId, SystemEntropy};

pub(super) async fn a_host_with_other_keys_is_turned_away(bed: Bed) {
    let others = HostKeys::from_bytes([8; 64]).audit();

    let refused = Database::open(&bed.url(), others).await.map(|_| ()).unwrap_err();

    assert!(matches!(refused, OpenError::OtherKeys { key: KeyId(1), .. }), "{refused:?}");
    Database::open(&bed.url(), keys().audit()).await.unwrap();
}

pub(super) async fn a_host_with_keys_from_before_a_rotation_is_turned_away(bed: Bed) {
    let rotated = keys().rotated(&SystemEntropy).unwrap();
    bed.database.reseal(&bed.practice, NOW, &rotated, &SystemEntropy).await.unwrap();

    let refused = Database::open(&bed.url(), keys().audit()).await.map(|_| ()).unwrap_err();

    assert!(matches!(refused, OpenError::OlderKeys { key: KeyId(2), .. }), "{refused:?}");
    Database::open(&bed.url(), rotated.audit()).await.unwrap();
}

pub(super) async fn whether_a_database_is_there_is_told_without_making_one(bed: Bed) {
    assert!(Database::is_there(&bed.url()).await.unwrap());
    let url = bed.url_of_none().await;

    assert!(!Database::is_there(&url).await.unwrap());
    assert!(!Database::is_there(&url).await.unwrap(), "looking made one");
}
