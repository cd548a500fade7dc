//! The Patient Portal Admin tab as data: what the portal says, for an EHR to draw in its own style.
//!
//! All text is plain; whoever draws it escapes it as the medium asks.

use crate::identity::StaffId;
use crate::rights::Right;

/// What the tab is, asked for once when a component is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Stable key, fit for a URL.
    pub id: String,
    /// What the tab is called.
    pub title: String,
    /// Without this right the tab is neither shown nor called.
    pub requires: Right,
}

/// The member of staff who is asking, with the rights that hold at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The EHR's key.
    pub id: StaffId,
    /// As shown in the EHR.
    pub name: String,
    /// Everything the viewer's access level grants.
    pub rights: Vec<Right>,
    /// The network address the viewer is signed in from, for the audit trail.
    pub address: Option<String>,
}

impl Viewer {
    /// Whether the viewer's access level grants `right`.
    pub fn may(&self, right: &Right) -> bool {
        self.rights.contains(right)
    }
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something went well.
    Success,
    /// Something to see to.
    Warning,
    /// Something is wrong.
    Danger,
}

/// A sentence or two at the top of the tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Plain text.
    Text(String),
    /// Drawn large, in fixed-width type, kept in one line.
    Code(String),
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it is now.
    pub value: Value,
}

/// A line of text the EHR asks for before an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Key for the answer.
    pub name: String,
    /// What to ask.
    pub label: String,
    /// Whether an empty answer is refused.
    pub required: bool,
}

/// How much an action stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The usual next step.
    Primary,
    /// One of several.
    Normal,
    /// Takes something away.
    Danger,
}

/// A button that changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Key, fit for a URL. It holds for the state that the view showed: performed after someone
    /// changed that, it changes nothing.
    pub id: String,
    /// What the button says.
    pub label: String,
    /// How much it stands out.
    pub weight: Weight,
    /// A question to answer with yes first.
    pub confirm: Option<String>,
    /// What to ask for first.
    pub asks: Vec<Field>,
}

/// Something to open and print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// Stable key, fit for a URL.
    pub id: String,
    /// What the link says.
    pub label: String,
}

/// One line of the account's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When, in the practice's local time.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

/// Part of the account's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    /// Newest first.
    pub rows: Vec<Row>,
    /// Where there is more: what [`Portal::earlier`](crate::Portal::earlier) takes for `before`.
    pub earlier: Option<u64>,
}

/// The tab as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// At the top.
    pub notices: Vec<Notice>,
    /// Where the patient stands.
    pub facts: Vec<Fact>,
    /// What can be opened and printed.
    pub documents: Vec<DocumentLink>,
    /// What can be done.
    pub actions: Vec<Action>,
    /// What was done lately.
    pub history: HistoryPage,
}

/// A part of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading within the page.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Numbered steps, in order.
    Steps(Vec<String>),
    /// Labelled values.
    Facts(Vec<Fact>),
    /// The text a QR code carries.
    QrCode(String),
}

/// One printed page, US Letter or A4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The page's own title.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// Top to bottom.
    pub blocks: Vec<Block>,
}
