//! Which practice a command is about.

use clap::Args;
use portal_host::identity::PracticeId;

/// The practice that a command is about, where there are several.
#[derive(Args, Default)]
pub(crate) struct Which {
    /// The practice's key, where there are several.
    #[arg(long, value_name = "KEY")]
    practice: Option<String>,
}

/// Why it cannot be told which practice is meant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WhichError {
    #[error("there is no practice {named:?} here; there is {there}")]
    NoSuch { named: String, there: String },
    #[error("say with --practice which one is meant: {there}")]
    Several { there: String },
    #[error("there is no practice here yet; the first start makes one")]
    None,
}

impl Which {
    /// The one practice that is meant.
    pub(crate) fn one(&self, practices: &[PracticeId]) -> Result<PracticeId, WhichError> {
        match (self.all(practices)?.as_slice(), practices) {
            ([one], _) => Ok(one.clone()),
            ([], _) => Err(WhichError::None),
            (_, several) => Err(WhichError::Several { there: told(several) }),
        }
    }

    /// The practice that was named, or every one.
    pub(crate) fn all(&self, practices: &[PracticeId]) -> Result<Vec<PracticeId>, WhichError> {
        let Some(named) = &self.practice else { return Ok(practices.to_vec()) };
        let found = practices.iter().find(|practice| practice.as_str() == named);
        let found =
            found.ok_or_else(|| WhichError::NoSuch { named: named.clone(), there: told(practices) })?;
        Ok(vec![found.clone()])
    }
}

fn told(practices: &[PracticeId]) -> String {
    practices.iter().map(PracticeId::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(named: Option<&str>) -> Which {
        Which { practice: named.map(str::to_owned) }
    }

    #[test]
    fn a_single_practice_need_not_be_named_and_one_of_several_must() {
        let (one, two) = (PracticeId::new("one"), PracticeId::new("two"));
        let both = [one.clone(), two.clone()];

        assert_eq!(which(None).one(&both[..1]).unwrap(), one);
        assert_eq!(which(Some("two")).one(&both).unwrap(), two);
        assert_eq!(which(None).all(&both).unwrap(), both);
        assert_eq!(which(Some("two")).all(&both).unwrap(), [two]);
        assert!(matches!(which(None).one(&both), Err(WhichError::Several { there }) if there == "one, two"));
        assert!(matches!(which(None).one(&[]), Err(WhichError::None)));
        assert!(matches!(which(Some("three")).all(&both), Err(WhichError::NoSuch { .. })));
    }
}
