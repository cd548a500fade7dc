//! What the host's own pages say. Which language a visitor reads is for the component to know, which is not asked for
//! these pages: each says the same in both languages that it speaks.

use super::notices::Notice;

/// A headline and what to do.
pub(super) struct Said {
    pub(super) title: &'static str,
    pub(super) text: String,
}

fn said(title: &'static str, text: impl Into<String>) -> Said {
    Said { title, text: text.into() }
}

impl Notice {
    /// In English.
    pub(super) fn in_english(&self) -> Said {
        match self {
            Self::NoSuchWebsite => said(
                "There is no patient portal at this address",
                "Check the address on your sheet, or call your practice.",
            ),
            Self::NotAvailableHere => said(
                "The patient portal is not available here",
                "Your practice does not offer the patient portal at this time. Please call your practice.",
            ),
            Self::AddressTooLong => said("That address is too long", "Go back and follow the link again."),
            Self::TooMuchSent => said(
                "That was more than this page can take",
                "Nothing was saved. Go back and type less in each box.",
            ),
            Self::SentTooSlowly => said(
                "What you sent took too long to reach us",
                "Nothing was saved. Check your connection, go back and try again.",
            ),
            Self::BrokeOff => said(
                "Only a part of what you sent reached us",
                "Nothing was saved. Check your connection, go back and try again.",
            ),
            Self::TryAgain { .. } => said(
                "Please try again in a moment",
                "The patient portal is very busy or resting. Nothing was lost. Wait a few seconds, then try again.",
            ),
            Self::Broken { reference } => said(
                "Something went wrong on our side",
                format!(
                    "Nothing you did caused this. Go back and try again. If it happens again, call your \
                     practice and tell them this reference: {reference}"
                ),
            ),
        }
    }

    /// In Spanish.
    pub(super) fn in_spanish(&self) -> Said {
        match self {
            Self::NoSuchWebsite => said(
                "En esta dirección no hay ningún portal del paciente",
                "Revise la dirección en su hoja, o llame a su consultorio.",
            ),
            Self::NotAvailableHere => said(
                "El portal del paciente no está disponible aquí",
                "Por ahora, su consultorio no ofrece el portal del paciente. Llame a su consultorio, por favor.",
            ),
            Self::AddressTooLong => {
                said("Esa dirección es demasiado larga", "Vuelva atrás y abra el enlace de nuevo.")
            }
            Self::TooMuchSent => said(
                "Eso es más de lo que esta página puede recibir",
                "No se guardó nada. Vuelva atrás y escriba menos en cada casilla.",
            ),
            Self::SentTooSlowly => said(
                "Lo que envió tardó demasiado en llegar",
                "No se guardó nada. Revise su conexión, vuelva atrás e intente de nuevo.",
            ),
            Self::BrokeOff => said(
                "Solo llegó una parte de lo que envió",
                "No se guardó nada. Revise su conexión, vuelva atrás e intente de nuevo.",
            ),
            Self::TryAgain { .. } => said(
                "Intente de nuevo en un momento, por favor",
                "El portal del paciente está muy ocupado o en pausa. No se perdió nada. Espere unos segundos e intente \
                 de nuevo.",
            ),
            Self::Broken { reference } => said(
                "Algo falló de nuestro lado",
                format!(
                    "Usted no hizo nada mal. Vuelva atrás e intente de nuevo. Si pasa otra vez, llame a su consultorio \
                     y dígales esta referencia: {reference}"
                ),
            ),
        }
    }
}
