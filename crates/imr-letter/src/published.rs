//! Rows of the table in which the Department of Managed Health Care publishes its determinations, as letters.
//!
//! The department's open data has one row a determination: fields, and the narrative in the column `Findings`. A row
//! becomes the letter that the same fields make on paper, so that one reader (`format::dmhc`) serves both. Column names
//! differ between years ("Reference ID", "`ReferenceID`"), hence they are compared by [`key`].

use std::fmt::Write as _;

/// The column that identifies a determination, as [`key`] writes it.
pub const ID: &str = "referenceid";

/// Columns without which a table is not the department's.
const NEEDED: [&str; 3] = [ID, "determination", "findings"];

/// A column's name without case, spaces and marks.
pub fn key(column: &str) -> String {
    column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a table with these columns, as [`key`] writes them, is the department's.
pub fn is_published(columns: &[String]) -> bool {
    NEEDED.iter().all(|needed| columns.iter().any(|column| column == needed))
}

/// The letter of a row; `value` gives the value of a column named as [`key`] writes it.
///
/// `None` when the row has no narrative.
pub fn letter<'v>(value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
    let get = |column: &str| value(column).map(str::trim).filter(|value| !value.is_empty());
    let narrative = get("findings")?;
    let mut text = "CALIFORNIA DEPARTMENT OF MANAGED HEALTH CARE\n\
                    INDEPENDENT MEDICAL REVIEW (IMR) DECISION\n"
        .to_owned();
    let mut line = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "{label}: {}", one_line(&value));
        }
    };
    let owned = |column: &str| get(column).map(str::to_owned);
    let within = |whole: &str, part: &str| {
        let parts: Vec<&str> = [get(whole), get(part)].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" / "))
    };
    line("Reference ID", owned(ID));
    line("Report Year", owned("reportyear"));
    line("Diagnosis Category", within("diagnosiscategory", "diagnosissubcategory"));
    line("Treatment Category", within("treatmentcategory", "treatmentsubcategory"));
    line("IMR Type", owned("imrtype").or_else(|| owned("type")));
    line("Patient", patient(get("agerange"), get("patientgender")));
    line("Days to review", owned("daystoreview"));
    line("Days to adopt", owned("daystoadopt"));
    line("Determination", owned("determination"));
    let _ = write!(text, "{}\n\nFINDINGS\n\n{narrative}\n", "-".repeat(58));
    Some(text)
}

/// "age 41 to 50, gender Female", as far as it is known.
fn patient(age: Option<&str>, gender: Option<&str>) -> Option<String> {
    let age = age.map(|age| format!("age {}", age.replace('-', " to ")));
    let gender = gender.map(|gender| format!("gender {gender}"));
    let known: Vec<String> = [age, gender].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: [(&str, &str); 6] = [
        ("Reference ID", "MN24-90001"),
        ("Age Range", "41-50"),
        ("Patient Gender", "Male"),
        ("Treatment Sub Category", "Sleep\nStudy"),
        ("Determination", "Upheld Decision of Health Plan"),
        ("Findings", "A patient has requested ... denial should be upheld."),
    ];

    fn value(column: &str) -> Option<&'static str> {
        ROW.iter().find(|(name, _)| key(name) == column).map(|(_, value)| *value)
    }

    #[test]
    fn a_row_reads_like_the_letter_on_paper() {
        let columns: Vec<String> = ROW.iter().map(|(name, _)| key(name)).collect();
        assert!(is_published(&columns));
        let text = letter(value).unwrap();
        assert!(text.contains("Reference ID: MN24-90001\n"), "{text}");
        assert!(text.contains("Patient: age 41 to 50, gender Male\n"), "{text}");
        assert!(text.contains("Treatment Category: Sleep Study\n"), "{text}");
        assert!(
            text.ends_with("FINDINGS\n\nA patient has requested ... denial should be upheld.\n")
        );
    }

    #[test]
    fn a_row_without_a_narrative_is_no_letter() {
        assert_eq!(letter(|column| (column == ID).then_some("MN24-90001")), None);
        assert!(!is_published(&["id".to_owned(), "text".to_owned()]));
    }
}
