//! What a letter's head says, in words that the explanation and the report page share.

use imr_letter::Document;

use crate::names;

/// The dates of the head that are stated, each with what happened.
pub(crate) fn dates(document: &Document) -> impl Iterator<Item = String> {
    let header = &document.header;
    let dates = [
        ("injury", &header.injury),
        ("denied", &header.ur_denial),
        ("received", &header.received),
        ("assigned", &header.assigned),
        ("decided", &header.decision),
    ];
    dates.into_iter().filter_map(|(what, date)| Some(format!("{what} {}", date.as_ref()?.value)))
}

/// The patient's age and sex, as far as they are stated.
pub(crate) fn patient(document: &Document) -> impl Iterator<Item = String> {
    let patient = &document.patient;
    let age = patient.age.as_ref().map(|age| format!("{} years", age.value));
    let sex = patient.sex.as_ref().map(|sex| names::sex(sex.value).to_owned());
    age.into_iter().chain(sex)
}
