//! What the tab says, out of its generated form: nothing but renaming.

use super::bindings::exports::ehr::patient_portal::staff_tab as wire;
use crate::tab;

impl From<wire::Notice> for tab::Notice {
    fn from(it: wire::Notice) -> Self {
        let tone = match it.tone {
            wire::Tone::Info => tab::Tone::Info,
            wire::Tone::Success => tab::Tone::Success,
            wire::Tone::Warning => tab::Tone::Warning,
            wire::Tone::Danger => tab::Tone::Danger,
        };
        Self { tone, text: it.text }
    }
}

impl From<wire::Fact> for tab::Fact {
    fn from(it: wire::Fact) -> Self {
        let value = match it.value {
            wire::Value::Text(text) => tab::Value::Text(text),
            wire::Value::Code(code) => tab::Value::Code(code),
        };
        Self { label: it.label, value }
    }
}

impl From<wire::Action> for tab::Action {
    fn from(it: wire::Action) -> Self {
        let weight = match it.weight {
            wire::Weight::Primary => tab::Weight::Primary,
            wire::Weight::Normal => tab::Weight::Normal,
            wire::Weight::Danger => tab::Weight::Danger,
        };
        let asks = it.asks.into_iter();
        let asks = asks.map(|f| tab::Field { name: f.name, label: f.label, required: f.required }).collect();
        Self { id: it.id, label: it.label, weight, confirm: it.confirm, asks }
    }
}

impl From<wire::HistoryPage> for tab::HistoryPage {
    fn from(it: wire::HistoryPage) -> Self {
        let rows = it.rows.into_iter();
        Self {
            rows: rows.map(|r| tab::Row { at: r.at, who: r.who, what: r.what }).collect(),
            earlier: it.earlier,
        }
    }
}

impl From<wire::View> for tab::View {
    fn from(it: wire::View) -> Self {
        let documents = it.documents.into_iter();
        Self {
            notices: it.notices.into_iter().map(Into::into).collect(),
            facts: it.facts.into_iter().map(Into::into).collect(),
            documents: documents.map(|d| tab::DocumentLink { id: d.id, label: d.label }).collect(),
            actions: it.actions.into_iter().map(Into::into).collect(),
            history: it.history.into(),
        }
    }
}

impl From<wire::Block> for tab::Block {
    fn from(block: wire::Block) -> Self {
        match block {
            wire::Block::Heading(text) => Self::Heading(text),
            wire::Block::Text(text) => Self::Text(text),
            wire::Block::Steps(steps) => Self::Steps(steps),
            wire::Block::Facts(facts) => Self::Facts(facts.into_iter().map(Into::into).collect()),
            wire::Block::QrCode(text) => Self::QrCode(text),
        }
    }
}

impl From<wire::Document> for tab::Document {
    fn from(it: wire::Document) -> Self {
        let blocks = it.blocks.into_iter().map(Into::into).collect();
        Self { title: it.title, language: it.language, blocks }
    }
}
