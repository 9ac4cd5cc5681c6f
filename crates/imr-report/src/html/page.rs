//! The page put together: head and policy, counts, charts, the list, and the letters as data.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use imr_rules::finding::Severity;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::escape::{Escaped, json};
use super::letter::{LetterView, title};
use super::{Html, charts, table};
use crate::summary::{SEVERITIES, counted};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What the script knows of the page: the embedded letters, in their order.
#[derive(Serialize)]
struct Index {
    letters: Vec<usize>,
}

/// Writes the page, letter by letter.
pub(super) fn write(html: &Html, out: &mut dyn Write) -> io::Result<()> {
    let embedded: Vec<(usize, &str)> = html
        .letters
        .iter()
        .map(|((_, number), audited)| (*number, audited.letter.name.as_str()))
        .collect();
    let numbers: BTreeSet<usize> = embedded.iter().map(|(number, _)| *number).collect();
    out.write_all(head(html).as_bytes())?;
    out.write_all(counts(html).as_bytes())?;
    let drawn =
        [charts::kinds(html), charts::outcomes(html), charts::gaps(html), charts::verdicts(html)];
    writeln!(out, "<section class=\"charts\" aria-label=\"Charts\">{}</section>", drawn.concat())?;
    if let Some(batch) = &html.batch {
        out.write_all(charts::across(html, batch, &embedded).as_bytes())?;
    }
    let found = html.table.html(&html.handbook, &numbers);
    writeln!(
        out,
        "<section id=\"findings\" class=\"panel table\" tabindex=\"-1\"><h2>Findings</h2>{found}</section>"
    )?;
    out.write_all(list(html).as_bytes())?;
    out.write_all(b"</div><div id=\"letter\" class=\"letter\" hidden></div></main>\n")?;
    out.write_all(FOOT.as_bytes())?;
    let letters = embedded.iter().map(|(number, _)| *number).collect();
    writeln!(
        out,
        "<script type=\"application/json\" id=\"index\">{}</script>",
        json(&Index { letters })
    )?;
    for ((_, number), audited) in &html.letters {
        let view = json(&LetterView::of(audited, &html.handbook));
        writeln!(out, "<script type=\"application/json\" id=\"letter-{number}\">{view}</script>")?;
    }
    writeln!(out, "<script>{SCRIPT}</script>\n</body></html>")
}

const FOOT: &str = "<footer><p>A finding is a reason to look, not a judgement: the letter is all that was read, never the case \
file. This page holds words of the letters; treat it as you treat them.</p></footer>\n<noscript><p class=\"soft\">Filtering \
and opening letters need scripts; the counts and the list do not.</p></noscript>\n";

fn head(html: &Html) -> String {
    let summary = &html.summary;
    let title = format!("Audit of {}", counted(summary.letters, "letter"));
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"{policy}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta \
         name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style></head>\n<body><a \
         class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header class=\"top\"><h1>{title}</h1><p \
         class=\"soft\">Medical-necessity determinations, checked against their own rationale, case summary and cited \
         guideline. imr-audit {}.</p></header>\n<main><div id=\"overview\">\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The hash by which a content security policy knows a script or style.
fn hash(content: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(content.as_bytes());
    let mut written = "sha256-".to_owned();
    for three in digest.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63)
                .ok()
                .and_then(|digit| DIGITS.get(digit));
            let digit = if place <= three.len() {
                digit.map_or('=', |digit| char::from(*digit))
            } else {
                '='
            };
            written.push(digit);
        }
    }
    written
}

fn tile(out: &mut String, name: &str, count: usize, more: &str) {
    let _ = write!(
        out,
        "<div class=\"tile\"><dt>{name}</dt><dd>{}</dd><dd class=\"more\">{}</dd></div>",
        grouped(count),
        Escaped(more)
    );
}

/// "11 466", with narrow spaces that do not break.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// The counts, and what the page left out.
fn counts(html: &Html) -> String {
    let summary = &html.summary;
    let mut out = String::from("<dl class=\"tiles\">");
    let listed = |counts: Vec<(&str, usize)>| {
        let words = counts.into_iter().filter(|(_, count)| *count > 0);
        words
            .map(|(name, count)| format!("{} {count}", name.replace('_', " ")))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let unread = match summary.undecided {
        0 => "every one with a decision that was read".to_owned(),
        undecided => format!("no decision could be read in {undecided}"),
    };
    tile(&mut out, "Letters", summary.letters, &unread);
    let outcomes = summary.outcomes.iter().map(|(name, count)| (*name, *count)).collect();
    tile(&mut out, "Decisions", summary.decisions, &listed(outcomes));
    let grades = SEVERITIES.map(Severity::name);
    let of = |name: &str| summary.severities.get(name).copied().unwrap_or_default();
    tile(
        &mut out,
        "Findings",
        summary.findings,
        &listed(grades.map(|name| (name, of(name))).into()),
    );
    let grave = of("critical") + of("high");
    tile(&mut out, "Critical or high", grave, "the outcome or its reasoning is doubtful");
    if let Some(across) = &summary.across {
        let all = across.values().flat_map(|counts| counts.values()).sum();
        tile(&mut out, "Across letters", all, "groups of letters that do not fit together");
    }
    out.push_str("</dl>");
    let mut left: Vec<String> = html.compared.iter().cloned().collect();
    if html.unreadable.count > 0 {
        left.push(format!(
            "{} could not be read and is not in the counts.",
            counted(html.unreadable.count, "letter")
        ));
        left.extend(html.unreadable.first.iter().cloned());
    }
    if summary.waived > 0 {
        left.push(format!(
            "{} accepted by a waiver: not counted, and shown with their letters.",
            counted(summary.waived, "finding")
        ));
    }
    if html.table.len() < summary.findings {
        left.push(format!(
            "The list holds the {} gravest of {} findings (at most {}).",
            html.table.len(),
            summary.findings,
            table::ROOM
        ));
    }
    if html.letters.len() < summary.letters {
        left.push(format!(
            "{} of {} letters are embedded, those with the gravest findings first; the others are counted and listed only. \
             --letters N embeds more.",
            html.letters.len(),
            summary.letters
        ));
    }
    if !left.is_empty() {
        out.push_str("<div class=\"left-out small\">");
        for line in left {
            let _ = write!(out, "<p>{}</p>", Escaped(line));
        }
        out.push_str("</div>");
    }
    out
}

/// The embedded letters, so that those without findings can be opened too.
fn list(html: &Html) -> String {
    let mut out = String::from("<section class=\"panel list\"><h2>Letters</h2><details><summary>");
    let _ = write!(
        out,
        "{} embedded, those with the gravest findings first</summary><ul>",
        counted(html.letters.len(), "letter")
    );
    for ((weight, number), audited) in &html.letters {
        let grades = SEVERITIES.iter().zip(weight.0).filter(|(_, count)| *count > 0);
        let grades: Vec<String> =
            grades.map(|(severity, count)| format!("{} {count}", severity.name())).collect();
        let grades = if grades.is_empty() { "no finding".to_owned() } else { grades.join(", ") };
        let _ = write!(
            out,
            "<li><a href=\"#letter/{number}\">{}</a> <span class=\"soft\">{}, {grades}</span></li>",
            Escaped(title(audited)),
            counted(audited.document.decisions.len(), "decision")
        );
    }
    out.push_str("</ul></details></section>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{grouped, hash};

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1\u{202f}000");
        assert_eq!(grouped(12_345_678), "12\u{202f}345\u{202f}678");
    }

    #[test]
    fn hashes_are_those_of_the_policy_standard() {
        // The digests of FIPS 180-4 for these two texts, in base 64.
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
