//! Forms as a page shows them: their fields, what is wrong with them, and what is set up by them.

use std::borrow::Cow;

use askama::Template;

use super::said::Said;

/// A form to be filled in.
#[derive(Default)]
pub(super) struct FormView<'a> {
    /// Where it is sent.
    pub(super) path: &'a str,
    /// In order.
    pub(super) fields: Vec<Field<'a>>,
    /// What the button says.
    pub(super) button: &'a str,
    /// What is wrong with the whole of it.
    pub(super) refused: Option<Cow<'a, str>>,
    /// Whether who changes the language of the page gets it as it stands, passwords left out.
    pub(super) keeps_when_translated: bool,
    /// What cannot be told of it from its fields, where it is kept.
    pub(super) said: Option<Said>,
    /// What shows that we drew it for this browser.
    pub(super) form_token: String,
    /// The token of a sheet's QR code, on the form that takes one; empty until it is scanned.
    pub(super) sheet: Option<String>,
    /// What is set up by the form.
    pub(super) setup: Option<Setup>,
}

/// The fields of a form as a page has them: a template of its own, whose code is there once however many pages have
/// a form.
#[derive(Template)]
#[template(path = "fields.html")]
pub(super) struct Fields<'a> {
    form: &'a FormView<'a>,
}

/// What a form for a second factor has besides its fields.
pub(super) enum Setup {
    /// An app: what it scans.
    App {
        /// The QR code as markup of ours.
        qr: String,
        /// The address in it, for an app on the phone that shows the page.
        address: String,
        /// The secret in groups, to be typed where the code cannot be scanned.
        shown: String,
        /// The secret, which the form carries back.
        secret: String,
    },
    /// A passkey: what the browser is asked, as JSON. A script fills in the answer.
    Passkey {
        /// What the browser is asked.
        options: String,
    },
}

/// One of several to choose from.
#[derive(Clone)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) value: String,
    /// What it says.
    pub(super) label: String,
    /// Whether it was chosen before.
    pub(super) is_chosen: bool,
}

/// A field of a form.
#[derive(Clone, Default)]
pub(super) struct Field<'a> {
    /// The name it is sent under, and its `id`.
    pub(super) name: &'a str,
    /// What stands above it.
    pub(super) label: &'a str,
    /// What helps to fill it in.
    pub(super) hint: Cow<'a, str>,
    /// What was typed, to be kept.
    pub(super) typed: &'a str,
    /// What is wrong with it.
    pub(super) mistake: Option<Cow<'a, str>>,
    /// How it behaves.
    pub(super) kind: Kind,
    /// What browsers and password managers may fill in (WCAG 2.2, 1.3.5).
    pub(super) autocomplete: &'a str,
    /// What there is to choose from, where it is a choice.
    pub(super) choices: Vec<Choice>,
}

/// How a field behaves.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// Digits: phones show the numeric keyboard.
    Digits,
    /// A date: digits and a separator.
    Date,
    /// One letter.
    Letter,
    /// A name to log in with: phones do not correct it.
    Username,
    /// A secret. It is never sent back.
    Password,
    /// Letters and digits to be copied.
    Code,
    /// One of several.
    Choice,
}

impl FormView<'_> {
    /// The fields as HTML.
    pub(super) fn fields_written(&self) -> Fields<'_> {
        Fields { form: self }
    }

    pub(super) fn makes_passkey(&self) -> bool {
        match self.setup {
            Some(Setup::Passkey { .. }) => true,
            Some(Setup::App { .. }) | None => false,
        }
    }

    /// How many passwords it asks for.
    pub(super) fn passwords(&self) -> usize {
        self.fields.iter().filter(|field| field.kind == Kind::Password).count()
    }

    /// Whether a script of ours runs on it.
    pub(super) fn has_script(&self) -> bool {
        self.sheet.is_some() || self.makes_passkey() || self.passwords() > 0
    }

    /// Whether the form that changes the language has to carry it along, or something would be lost.
    pub(super) fn is_carried(&self) -> bool {
        self.keeps_when_translated
            && (self.has_mistakes() || self.fields.iter().any(|field| !field.typed.is_empty()))
    }

    pub(super) fn has_mistakes(&self) -> bool {
        self.refused.is_some() || self.has_field_mistakes()
    }

    pub(super) fn has_field_mistakes(&self) -> bool {
        self.fields.iter().any(|field| field.mistake.is_some())
    }
}

impl Field<'_> {
    /// The ids of what describes the field, for `aria-describedby`.
    pub(super) fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let mistake = self.mistake.is_some().then(|| format!("{}-mistake", self.name));
        hint.into_iter().chain(mistake).collect::<Vec<_>>().join(" ")
    }
}

impl Kind {
    /// Whether the field must be filled in. An initial need not be: some people have one name.
    pub(super) fn is_required(self) -> bool {
        match self {
            Self::Digits | Self::Date | Self::Username | Self::Password | Self::Code | Self::Choice => true,
            Self::Text | Self::Letter => false,
        }
    }

    /// What makes browsers and phones treat the field as what it is. Nothing limits the
    /// length: what is too long is named, not cut.
    pub(super) fn attributes(self) -> &'static str {
        match self {
            Self::Text => r#"type="text""#,
            Self::Digits => r#"type="text" class="code" inputmode="numeric" spellcheck="false""#,
            Self::Date => r#"type="text" class="date" inputmode="numeric" spellcheck="false""#,
            Self::Letter => {
                r#"type="text" class="letter" autocapitalize="characters" autocorrect="off" spellcheck="false""#
            }
            Self::Username => r#"type="text" autocapitalize="none" autocorrect="off" spellcheck="false""#,
            // Nor does a browser send it anywhere to be spelled while it is shown.
            Self::Password => r#"type="password" autocapitalize="none" autocorrect="off" spellcheck="false""#,
            Self::Code => {
                r#"type="text" class="code" autocapitalize="characters" autocorrect="off" spellcheck="false""#
            }
            Self::Choice => r#"type="radio""#,
        }
    }
}
