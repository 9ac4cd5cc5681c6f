//! The table of findings: the gravest of the run, each with the letter that it leads to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use imr_rules::finding::Severity;

use super::escape::Escaped;
use crate::handbook::Handbook;
use crate::renderer::Audited;
use crate::row::rows;
use crate::summary::SEVERITIES;

/// Findings in the table at most.
pub(super) const ROOM: usize = 2000;

/// A line of the table.
#[derive(Debug)]
struct Line {
    letter: usize,
    place: usize,
    severity: Severity,
    kind: String,
    name: String,
    source: String,
    decision: Option<usize>,
    heading: String,
    class: String,
    outcome: &'static str,
    message: String,
}

/// The gravest findings so far.
#[derive(Debug, Default)]
pub(super) struct Table {
    kept: BTreeMap<(Reverse<Severity>, usize, usize), Line>,
}

impl Table {
    /// Takes the findings of the letter with this number.
    pub(super) fn add(&mut self, number: usize, audited: &Audited) {
        for (place, row) in rows(audited).enumerate() {
            let severity = row.finding.severity;
            let key = (Reverse(severity), number, place);
            if self.kept.len() >= ROOM
                && self.kept.last_key_value().is_none_or(|(last, _)| *last < key)
            {
                continue;
            }
            let line = Line {
                letter: number,
                place,
                severity,
                kind: row.finding.kind.clone(),
                name: row
                    .case_number()
                    .unwrap_or_else(|| file_name(&audited.letter.name))
                    .to_owned(),
                source: audited.letter.name.clone(),
                decision: row.finding.decision,
                heading: row
                    .decision
                    .map_or_else(String::new, |decision| decision.heading.value.clone()),
                class: row
                    .decision
                    .map_or_else(String::new, |decision| decision.item.class.clone()),
                outcome: row.outcome().unwrap_or("unknown"),
                message: row.finding.message.clone(),
            };
            self.kept.insert(key, line);
            if self.kept.len() > ROOM {
                self.kept.pop_last();
            }
        }
    }

    /// How many findings the table has.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The filters and the lines. Letters in `embedded` are linked.
    pub(super) fn html(&self, handbook: &Handbook, embedded: &BTreeSet<usize>) -> String {
        let mut html = self.filters(handbook);
        html.push_str(
            "<p class=\"count soft\" id=\"shown\" role=\"status\"></p><div class=\"scroll\"><table class=\"findings\"><thead><tr>",
        );
        for head in ["Severity", "Kind", "Letter", "Item", "Outcome", "Finding"] {
            let _ = write!(html, "<th scope=\"col\"><button type=\"button\">{head}</button></th>");
        }
        html.push_str("</tr></thead><tbody>\n");
        for line in self.kept.values() {
            line.html(&mut html, handbook, embedded.contains(&line.letter));
        }
        html.push_str("</tbody></table></div>\n");
        html
    }

    fn filters(&self, handbook: &Handbook) -> String {
        let kinds: BTreeSet<(&str, &str)> = self
            .kept
            .values()
            .map(|line| (handbook.kind_title(&line.kind), line.kind.as_str()))
            .collect();
        let plain = |values: BTreeSet<&str>| -> Vec<(String, String)> {
            values.into_iter().map(|value| (value.replace('_', " "), value.to_owned())).collect()
        };
        let named = self.kept.values().filter(|line| !line.class.is_empty());
        let classes = plain(named.map(|line| line.class.as_str()).collect());
        let outcomes = plain(self.kept.values().map(|line| line.outcome).collect());
        let kinds =
            kinds.into_iter().map(|(title, kind)| (title.to_owned(), kind.to_owned())).collect();
        let mut html = String::from(
            "<form class=\"filters\" role=\"search\" aria-label=\"Filter the findings\"><label>Words (press / to get here)\
             <input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>",
        );
        for (id, label, options) in [
            ("kind", "Kind", kinds),
            ("item", "Class of item", classes),
            ("outcome", "Outcome", outcomes),
        ] {
            select(&mut html, id, label, &options);
        }
        html.push_str("<fieldset><legend>Severity</legend>");
        for severity in SEVERITIES.map(Severity::name) {
            let _ = write!(
                html,
                "<label><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked>{severity}</label>"
            );
        }
        html.push_str("</fieldset><button type=\"button\" class=\"plain\" id=\"reset\">Show all</button></form>\n");
        html
    }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

fn select(html: &mut String, id: &str, label: &str, options: &[(String, String)]) {
    let _ = write!(html, "<label>{label}<select id=\"{id}\"><option value=\"\">all</option>");
    for (title, value) in options {
        let _ = write!(html, "<option value=\"{}\">{}</option>", Escaped(value), Escaped(title));
    }
    html.push_str("</select></label>");
}

impl Line {
    fn html(&self, html: &mut String, handbook: &Handbook, linked: bool) {
        let severity = self.severity.name();
        let grade = SEVERITIES.iter().position(|known| *known == self.severity).unwrap_or_default();
        let (kind, item) = (Escaped(&self.kind), Escaped(&self.class));
        let _ = write!(
            html,
            "<tr data-severity=\"{severity}\" data-kind=\"{kind}\" data-item=\"{item}\" data-outcome=\"{}\">",
            self.outcome
        );
        let _ = write!(
            html,
            "<td class=\"grade\" data-key=\"{grade}\"><span class=\"badge {severity}\">{severity}</span></td>"
        );
        let _ =
            write!(html, "<td class=\"kind\">{}</td>", Escaped(handbook.kind_title(&self.kind)));
        let _ = write!(
            html,
            "<td class=\"where\" title=\"{}\">{}",
            Escaped(&self.source),
            Escaped(&self.name)
        );
        if let Some(number) = self.decision {
            let _ = write!(html, "<span class=\"soft\"> #{number}</span>");
        }
        let _ = write!(html, "</td><td class=\"item\">{}</td>", Escaped(&self.heading));
        let _ = write!(
            html,
            "<td class=\"outcome\"><span class=\"badge {0}\">{0}</span></td><td class=\"what\">",
            self.outcome
        );
        let _ = if linked {
            let (letter, place) = (self.letter, self.place);
            write!(
                html,
                "<a href=\"#letter/{letter}/{place}\">{}</a></td></tr>",
                Escaped(&self.message)
            )
        } else {
            writeln!(
                html,
                "{} <span class=\"small soft\">(letter not embedded)</span></td></tr>",
                Escaped(&self.message)
            )
        };
        html.push('\n');
    }
}
