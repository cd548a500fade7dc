//! The whole website in this process, for any request at all: [`people`] who hold what visitors hold,
//! [`sent`] makes a request of a kept or grown input, [`answer`] says what must hold of every answer, and
//! [`visits`] sends one after the other and watches that only a valid form changes anything.

pub mod answer;
pub mod people;
pub mod sent;
pub mod visits;
