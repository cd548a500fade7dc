//! What staff do, through the tab as any EHR would, and what they read then.

use super::act::{Button, Colleague, Whose};
use super::bed::{Bed, chart, viewer};
use super::model::NOT_THERE;
use crate::practice::shown_id;
use crate::staff::PRINT;
use portal_host::TabError;
use portal_host::tab::{Block, View};

/// What is typed as the reason for turning access off.
pub const REASON: &str = "moved away";

impl Bed {
    /// The tab, for this colleague.
    ///
    /// # Panics
    /// Where it cannot be shown.
    pub async fn tab(&mut self, who: Colleague, whose: Whose) -> View {
        let shown = self.portal.show(&self.practice, &viewer(who), &chart(whose)).await;
        let view = shown.expect("the tab");
        let known = self.portal_ids.get_mut(&whose).expect("a list of everybody's");
        if let Some(shown) = shown_id(&view).filter(|shown| known.last() != Some(shown)) {
            known.push(shown);
        }
        view
    }

    /// Opens the tab and leaves it open.
    pub(super) async fn looks(&mut self, who: Colleague, whose: Whose) -> String {
        let view = self.tab(who, whose).await;
        let buttons = view.actions.into_iter().map(|action| (action.label, action.id)).collect();
        self.views.insert((who, whose), buttons);
        String::new()
    }

    /// Presses a button of the tab that was left open.
    pub(super) async fn presses(&mut self, who: Colleague, whose: Whose, button: Button) -> String {
        let view = self.views.get(&(who, whose));
        let Some(action) = view.and_then(|view| view.get(button.label())) else {
            return NOT_THERE.to_owned();
        };
        let answers = match button {
            Button::TurnOff => vec![("reason".to_owned(), REASON.to_owned())],
            Button::TurnOffForNoReason => vec![("reason".to_owned(), " ".to_owned())],
            Button::Create | Button::Reissue | Button::Unlock | Button::Reset | Button::TurnOn => Vec::new(),
        };
        let done = self.portal.perform(&self.practice, &viewer(who), &chart(whose), action, answers).await;
        match done {
            Ok(notice) => notice.text,
            Err(TabError::Invalid { problem, .. }) => problem,
            Err(error) => format!("{error:?}"),
        }
    }

    /// Prints the instructions.
    pub(super) async fn prints(&mut self, who: Colleague, whose: Whose) -> String {
        let opened = self.portal.open(&self.practice, &viewer(who), &chart(whose), "instructions").await;
        let sheet = match opened {
            Ok(sheet) => sheet,
            Err(TabError::NotOffered) => return NOT_THERE.to_owned(),
            Err(error) => return format!("{error:?}"),
        };
        let code = sheet.blocks.iter().find_map(|block| match block {
            Block::QrCode(address) => address.split_once('#').map(|(_, code)| code.to_owned()),
            Block::Heading(_) | Block::Text(_) | Block::Steps(_) | Block::Facts(_) => None,
        });
        self.codes.get_mut(&whose).expect("a list of everybody's").extend(code);
        sheet.title
    }
}

/// Whether the tab lets the instructions be printed.
pub fn can_print(view: &View) -> bool {
    view.documents.iter().any(|document| document.label == PRINT)
}
