//! The Patient Portal Admin tab, as the contract spells it.

use super::bindings::ehr::patient_portal::types;
use super::bindings::exports::ehr::patient_portal::staff_tab as wit;
use super::lent::Host;
use super::{Portal, report_panics};
use crate::ehr::Unavailable;
use crate::people::{PatientId, StaffId};
use crate::staff::history::Page;
use crate::staff::view::{
    Action, Ask, Block, Document, DocumentLink, Fact, Notice, Row, Tone, Value, View, Weight,
};
use crate::staff::viewer::{Access, Refusal, Right, Viewer};
use crate::staff::{self, Description};

impl wit::Guest for Portal {
    fn describe() -> wit::Description {
        let Description { id, title, requires } = staff::describe();
        wit::Description { id: id.to_owned(), title: title.to_owned(), requires: requires.into() }
    }

    fn show(viewer: wit::Viewer, patient: String) -> Result<wit::View, wit::Refusal> {
        report_panics();
        Ok(staff::show(&Host, &viewer.into(), &PatientId(patient))?.into())
    }

    fn earlier(viewer: wit::Viewer, patient: String, before: u64) -> Result<wit::HistoryPage, wit::Refusal> {
        report_panics();
        Ok(staff::earlier(&Host, &viewer.into(), &PatientId(patient), before)?.into())
    }

    fn perform(
        viewer: wit::Viewer,
        patient: String,
        action: String,
        answers: Vec<(String, String)>,
    ) -> Result<wit::Notice, wit::Refusal> {
        report_panics();
        Ok(staff::perform(&Host, &viewer.into(), &PatientId(patient), &action, &answers)?.into())
    }

    fn open(viewer: wit::Viewer, patient: String, document: String) -> Result<wit::Document, wit::Refusal> {
        report_panics();
        Ok(staff::open(&Host, &viewer.into(), &PatientId(patient), &document)?.into())
    }
}

impl From<wit::Viewer> for Viewer {
    fn from(viewer: wit::Viewer) -> Self {
        let rights = viewer.rights.into_iter().map(Right::from).collect();
        Self { id: StaffId(viewer.id), name: viewer.name, rights }
    }
}

impl From<wit::Right> for Right {
    fn from(right: wit::Right) -> Self {
        let access = match right.access {
            wit::Access::View => Access::View,
            wit::Access::Add => Access::Add,
            wit::Access::Edit => Access::Edit,
            wit::Access::Delete => Access::Delete,
        };
        Self { module: right.module, access }
    }
}

impl From<Right> for wit::Right {
    fn from(right: Right) -> Self {
        let access = match right.access {
            Access::View => wit::Access::View,
            Access::Add => wit::Access::Add,
            Access::Edit => wit::Access::Edit,
            Access::Delete => wit::Access::Delete,
        };
        Self { module: right.module, access }
    }
}

impl From<Refusal> for wit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Forbidden => Self::Forbidden,
            Refusal::NoSuchPatient => Self::NoSuchPatient,
            Refusal::NotOffered => Self::NotOffered,
            Refusal::Invalid { field, problem } => {
                Self::Invalid(wit::Invalid { field: field.to_owned(), problem: problem.to_owned() })
            }
            Refusal::Unavailable(Unavailable { retry_after_seconds }) => {
                Self::Unavailable(types::Unavailable { retry_after_seconds })
            }
        }
    }
}

impl From<View> for wit::View {
    fn from(view: View) -> Self {
        Self {
            notices: converted(view.notices),
            facts: converted(view.facts),
            documents: converted(view.documents),
            actions: converted(view.actions),
            history: view.history.into(),
        }
    }
}

impl From<Page> for wit::HistoryPage {
    fn from(page: Page) -> Self {
        Self { rows: converted(page.rows), earlier: page.earlier }
    }
}

impl From<Ask> for wit::Field {
    fn from(ask: Ask) -> Self {
        Self { name: ask.name.to_owned(), label: ask.label.to_owned(), required: ask.required }
    }
}

impl From<Notice> for wit::Notice {
    fn from(notice: Notice) -> Self {
        let tone = match notice.tone {
            Tone::Info => wit::Tone::Info,
            Tone::Success => wit::Tone::Success,
            Tone::Warning => wit::Tone::Warning,
            Tone::Danger => wit::Tone::Danger,
        };
        Self { tone, text: notice.text }
    }
}

impl From<Fact> for wit::Fact {
    fn from(fact: Fact) -> Self {
        let value = match fact.value {
            Value::Text(text) => wit::Value::Text(text),
            Value::Code(code) => wit::Value::Code(code),
        };
        Self { label: fact.label.to_owned(), value }
    }
}

impl From<DocumentLink> for wit::DocumentLink {
    fn from(link: DocumentLink) -> Self {
        Self { id: link.id.to_owned(), label: link.label.to_owned() }
    }
}

impl From<Action> for wit::Action {
    fn from(action: Action) -> Self {
        let weight = match action.weight {
            Weight::Primary => wit::Weight::Primary,
            Weight::Normal => wit::Weight::Normal,
            Weight::Danger => wit::Weight::Danger,
        };
        let (id, label) = (action.id, action.label.to_owned());
        Self { id, label, weight, confirm: action.confirm, asks: converted(action.asks) }
    }
}

impl From<Row> for wit::Row {
    fn from(row: Row) -> Self {
        Self { at: row.at, who: row.who, what: row.what }
    }
}

impl From<Document> for wit::Document {
    fn from(document: Document) -> Self {
        let (title, language) = (document.title.to_owned(), document.language.to_owned());
        Self { title, language, blocks: converted(document.blocks) }
    }
}

impl From<Block> for wit::Block {
    fn from(block: Block) -> Self {
        match block {
            Block::Heading(text) => Self::Heading(text),
            Block::Text(text) => Self::Text(text),
            Block::Steps(steps) => Self::Steps(steps),
            Block::Facts(facts) => Self::Facts(converted(facts)),
            Block::QrCode(text) => Self::QrCode(text),
        }
    }
}

fn converted<Ours, Theirs: From<Ours>>(ours: Vec<Ours>) -> Vec<Theirs> {
    ours.into_iter().map(Theirs::from).collect()
}
