//! What the tab says, as values: the EHR draws them in its own style.

use super::history::Page;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Info,
    /// It worked.
    Success,
    /// Something is to be done first.
    Warning,
    /// It failed.
    Danger,
}

/// A sentence that catches the eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

impl Notice {
    /// A notice.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// To be read out or copied letter by letter.
    Code(String),
}

/// Something to know at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// What it is.
    pub value: Value,
}

impl Fact {
    /// A fact in words.
    pub fn text(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, value: Value::Text(text.into()) }
    }

    /// A fact to be copied letter by letter.
    pub fn code(label: &'static str, code: impl Into<String>) -> Self {
        Self { label, value: Value::Code(code.into()) }
    }
}

/// How much an action matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What one usually comes for.
    Primary,
    /// Something else.
    Normal,
    /// Something that is hard to undo.
    Danger,
}

/// A line of text that the EHR asks for before an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Key for the answer.
    pub name: &'static str,
    /// What to ask.
    pub label: &'static str,
    /// Whether an empty answer is refused.
    pub required: bool,
}

/// A button that changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Key, fit for a URL, that holds for the state the view shows.
    pub id: String,
    /// What the button says.
    pub label: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// A question to answer with yes before the action is performed.
    pub confirm: Option<String>,
    /// What to ask for before it is.
    pub asks: Vec<Ask>,
}

/// Something to open and print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// Stable key, fit for a URL.
    pub id: &'static str,
    /// What the link says.
    pub label: &'static str,
}

/// One line of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When, in the practice's local time.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

/// The whole tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What catches the eye.
    pub notices: Vec<Notice>,
    /// What to know at a glance.
    pub facts: Vec<Fact>,
    /// What to print.
    pub documents: Vec<DocumentLink>,
    /// What to do.
    pub actions: Vec<Action>,
    /// What was done lately.
    pub history: Page,
}

/// One part of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A headline.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Numbered, in order.
    Steps(Vec<String>),
    /// Things to look up.
    Facts(Vec<Fact>),
    /// The text a QR code carries.
    QrCode(String),
}

/// One printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub title: &'static str,
    /// BCP 47.
    pub language: &'static str,
    /// In order.
    pub blocks: Vec<Block>,
}
