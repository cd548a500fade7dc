//! The portal as an EHR uses it: load a component once, then ask it for the tab and for patients'
//! pages. Each call gets a fresh instance, bound to one practice.

use crate::ambient::{Clock, Entropy, SystemClock, SystemEntropy};
use crate::contract::{Check, Describe, Earlier, Open, Perform, Refusal, Request, Response, Show, Visit};
use crate::identity::{PatientId, PracticeId};
use crate::keys::HostKeys;
use crate::lent::{Ehr, Unavailable};
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::runtime::{
    Ask, Binding, CallError, ComponentDigest, Limits, LoadError, Runtime, Trust, in_time, log_unavailable,
};
use crate::tab;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How to load a component and what to hold it to.
pub struct PortalOptions {
    /// The component's file.
    pub component: PathBuf,
    /// What the file must show; any other component is refused.
    pub trust: Trust,
    /// Where compiled components are kept, so that the next start is quick. Whoever can write there
    /// can run code in this process: keep it to the host's own user.
    pub cache: Option<PathBuf>,
    /// What one call may use.
    pub limits: Limits,
    /// The keys of the installation, the same for every host of it.
    pub keys: HostKeys,
    /// The time the portal is told.
    pub clock: Arc<dyn Clock>,
    /// Where Portal IDs, tokens and salts come from.
    pub entropy: Arc<dyn Entropy>,
    /// Hashes passwords; may be shared with the EHR's own sign-in, so that both stay in one bound.
    pub passwords: Arc<Passwords>,
    /// Where what happens is counted.
    pub metrics: Metrics,
}

impl PortalOptions {
    /// The defaults, for the component at this path: any is trusted, no cache, the system's clock and randomness,
    /// as many hashes at a time as there are cores.
    ///
    /// # Errors
    /// Where password hashing cannot be set up.
    pub fn new(component: impl Into<PathBuf>, keys: HostKeys) -> Result<Self, LoadError> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            component: component.into(),
            trust: Trust::default(),
            cache: None,
            limits: Limits::default(),
            keys: keys.clone(),
            clock: Arc::new(SystemClock),
            passwords: Arc::new(Passwords::new(cores, keys, Arc::clone(&entropy))?),
            entropy,
            metrics: Metrics::new(),
        })
    }
}

/// A loaded portal.
pub struct Portal {
    lent: Arc<Binding>,
    trust: Trust,
    cache: Option<PathBuf>,
    loaded: RwLock<Arc<Loaded>>,
}

/// A component that answers, and what its tab is.
struct Loaded {
    runtime: Runtime,
    tab: Arc<tab::Description>,
}

impl Loaded {
    async fn from(
        path: PathBuf,
        trust: Trust,
        cache: Option<PathBuf>,
        lent: Arc<Binding>,
    ) -> Result<Self, LoadError> {
        let component = path.clone();
        // Compiling takes seconds the first time: not on a thread that serves.
        let runtime =
            tokio::task::spawn_blocking(move || Runtime::load(&path, &trust, cache.as_deref(), lent))
                .await
                .map_err(|cause| LoadError::Engine(cause.into()))??;
        check(&runtime, &component).await?;
        let tab = Arc::new(describe(&runtime, &component).await?);
        Ok(Self { runtime, tab })
    }
}

/// Why the tab did not answer as asked.
#[derive(Debug, thiserror::Error)]
pub enum TabError {
    /// The viewer lacks the right the tab requires.
    #[error("the viewer lacks the right to the tab")]
    Forbidden,
    /// The practice does not have the Patient Portal module.
    #[error("the practice does not have the Patient Portal module")]
    ModuleOff,
    /// The practice has no such patient.
    #[error("no such patient")]
    NoSuchPatient,
    /// There is no such action or document, or not now.
    #[error("the tab does not offer this now")]
    NotOffered,
    /// An answer given with an action is not acceptable.
    #[error("an answer is not acceptable")]
    Invalid {
        /// The field's name.
        field: String,
        /// What is wrong, in words for the viewer.
        problem: String,
    },
    /// The EHR cannot answer now; the log has the cause. A change may have been made and only its
    /// answer lost: show the tab again to see.
    #[error("the EHR cannot answer now")]
    Unavailable {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// The component failed; the cause is for the log.
    #[error("the portal failed")]
    Failed(#[source] CallError),
}

impl Portal {
    /// Loads a component, checks that it fits the contract, and asks it what its tab is.
    ///
    /// # Errors
    /// Names the file and what does not fit; see [`LoadError`].
    pub async fn load(options: PortalOptions, ehr: Arc<dyn Ehr>) -> Result<Self, LoadError> {
        let PortalOptions { component, trust, cache, limits, keys, clock, entropy, passwords, metrics } =
            options;
        let lent = Arc::new(Binding { ehr, passwords, clock, entropy, keys, limits, metrics });
        let loaded = Loaded::from(component, trust.clone(), cache.clone(), Arc::clone(&lent)).await?;
        Ok(Self { lent, trust, cache, loaded: RwLock::new(Arc::new(loaded)) })
    }

    /// Puts another component in the place of the one that answers. From then on it is asked; what is under
    /// way is finished by the one before, so that no request is dropped. Where it does not load, or is not
    /// trusted, everything stays as it was.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn replace(&self, component: PathBuf) -> Result<(), LoadError> {
        let loaded =
            Loaded::from(component, self.trust.clone(), self.cache.clone(), Arc::clone(&self.lent)).await?;
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(loaded);
        Ok(())
    }

    /// The component that answers now.
    fn loaded(&self) -> Arc<Loaded> {
        Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The digest of the component that answers now.
    pub fn digest(&self) -> ComponentDigest {
        self.loaded().runtime.digest()
    }

    /// What the tab is.
    pub fn tab(&self) -> Arc<tab::Description> {
        Arc::clone(&self.loaded().tab)
    }

    /// The tab as it stands now.
    ///
    /// # Errors
    /// See [`TabError`]. The viewer's right is checked here and again by the component.
    pub async fn show(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        patient: &PatientId,
    ) -> Result<tab::View, TabError> {
        self.admit(practice, viewer).await?;
        let (viewer, patient) = (viewer.clone(), patient.clone());
        self.ask_tab(practice, Show { viewer, patient }).await
    }

    /// What was done before what a view, or another such page, has shown.
    ///
    /// # Errors
    /// See [`TabError`].
    pub async fn earlier(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        patient: &PatientId,
        before: u64,
    ) -> Result<tab::HistoryPage, TabError> {
        self.admit(practice, viewer).await?;
        let (viewer, patient) = (viewer.clone(), patient.clone());
        self.ask_tab(practice, Earlier { viewer, patient, before }).await
    }

    /// Performs an action that a view offered and says what came of it; ask for the tab again to
    /// see the new state.
    ///
    /// # Errors
    /// See [`TabError`].
    pub async fn perform(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        patient: &PatientId,
        action: &str,
        answers: Vec<(String, String)>,
    ) -> Result<tab::Notice, TabError> {
        self.admit(practice, viewer).await?;
        let (viewer, patient, action) = (viewer.clone(), patient.clone(), action.to_owned());
        self.ask_tab(practice, Perform { viewer, patient, action, answers }).await
    }

    /// Opens a document that a view offered.
    ///
    /// # Errors
    /// See [`TabError`].
    pub async fn open(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        patient: &PatientId,
        document: &str,
    ) -> Result<tab::Document, TabError> {
        self.admit(practice, viewer).await?;
        let (viewer, patient, document) = (viewer.clone(), patient.clone(), document.to_owned());
        self.ask_tab(practice, Open { viewer, patient, document }).await
    }

    /// Answers a patient's request. The caller has found the practice and that it has the module.
    pub(crate) async fn visit(&self, practice: PracticeId, request: Request) -> Result<Response, CallError> {
        self.loaded().runtime.ask(practice, Visit(request)).await
    }

    /// Whether the component can invite many at once.
    pub(crate) fn invites_many(&self) -> bool {
        self.loaded().runtime.plugin().has_batch()
    }

    /// Where what happens is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.lent.metrics
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.lent.limits
    }

    /// The practice whose website has this host name. A failure has been logged.
    pub(crate) async fn practice_of_website(&self, host: &str) -> Result<Option<PracticeId>, Unavailable> {
        self.ask_ehr("the practice of a website", self.lent.ehr.practice_of_website(host)).await
    }

    /// Whether the practice has the module. A failure has been logged.
    pub(crate) async fn is_enabled(&self, practice: &PracticeId) -> Result<bool, Unavailable> {
        let enabled = self.lent.ehr.portal_is_enabled(practice);
        self.ask_ehr("whether the practice has the portal", enabled).await
    }

    async fn ask_ehr<T>(
        &self,
        what: &'static str,
        answer: impl Future<Output = Result<T, Unavailable>>,
    ) -> Result<T, Unavailable> {
        let answer = in_time(self.limits().ehr_call, answer).await;
        answer.inspect_err(|unavailable| {
            self.metrics().unavailable(what);
            log_unavailable(what, unavailable);
        })
    }

    /// The tab is for viewers with its right, in a practice that has the module.
    pub(crate) async fn admit(&self, practice: &PracticeId, viewer: &tab::Viewer) -> Result<(), TabError> {
        if !viewer.may(&self.tab().requires) {
            return Err(TabError::Forbidden);
        }
        match self.is_enabled(practice).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(TabError::ModuleOff),
            Err(Unavailable { retry_after, .. }) => Err(TabError::Unavailable { retry_after }),
        }
    }

    pub(crate) async fn ask_tab<T, Q: Ask<Answer = Result<T, Refusal>>>(
        &self,
        practice: &PracticeId,
        question: Q,
    ) -> Result<T, TabError> {
        let answer = self.loaded().runtime.ask(practice.clone(), question).await;
        if let Err(error @ CallError::Overloaded { .. }) = &answer {
            tracing::warn!(kind = error.kind(), "a call of the tab was refused");
        }
        Ok(answer??)
    }
}

/// Holds what the component exports against the contract.
async fn check(runtime: &Runtime, component: &Path) -> Result<(), LoadError> {
    let path = || component.to_owned();
    let checked = runtime.ask(PracticeId::new(""), Check).await;
    let fits = checked.map_err(|cause| LoadError::NoDescription { path: path(), cause })?;
    fits.map_err(|cause| LoadError::DoesNotFit { path: path(), cause: cause.into() })
}

/// The tab's description is the same for every practice, so it is asked for none.
async fn describe(runtime: &Runtime, component: &Path) -> Result<tab::Description, LoadError> {
    let nowhere = PracticeId::new("");
    runtime
        .ask(nowhere, Describe)
        .await
        .map_err(|cause| LoadError::NoDescription { path: component.to_owned(), cause })
}

impl From<CallError> for TabError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Overloaded { retry_after } | CallError::EhrUnavailable { retry_after } => {
                Self::Unavailable { retry_after }
            }
            CallError::Instantiation(_)
            | CallError::Trapped(_)
            | CallError::ComputedTooLong
            | CallError::TooMuchMemory
            | CallError::TooManyEhrCalls
            | CallError::BrokeContract(_)
            | CallError::AnswerTooLarge
            | CallError::MalformedAnswer(_)
            | CallError::Ended(_) => Self::Failed(error),
        }
    }
}

impl From<Refusal> for TabError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Forbidden => Self::Forbidden,
            Refusal::NoSuchPatient => Self::NoSuchPatient,
            Refusal::NotOffered => Self::NotOffered,
            Refusal::Invalid { field, problem } => Self::Invalid { field, problem },
            Refusal::Unavailable { retry_after_seconds } => {
                Self::Unavailable { retry_after: Duration::from_secs(retry_after_seconds.into()) }
            }
        }
    }
}
