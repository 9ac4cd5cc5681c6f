//! The charts of the page: outcomes by class, findings by kind, missing evidence, and what was found across letters.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use imr_rules::correlate::{BatchAudit, BatchFinding, Gap, Shown};
use imr_rules::finding::Severity;

use super::Html;
use super::chart::{Bar, Part, legend, number, share};
use super::escape::Escaped;
use crate::names;
use crate::summary::{SEVERITIES, VERDICTS, worst_first};

/// Lines of a chart at most.
const LINES: usize = 15;
/// Findings across letters at most.
const ACROSS: usize = 50;

/// Outcomes in the order in which a bar stacks them.
const OUTCOMES: [&str; 4] = ["upheld", "overturned", "modified", "unknown"];

/// A chart in its panel.
fn panel(title: &str, what: &str, inner: &str) -> String {
    format!(
        "<div class=\"panel chart\"><h2>{title}</h2><p class=\"soft small\">{what}</p>{inner}</div>\n"
    )
}

/// Lines whose names, bars and numbers stand below each other.
fn table(rows: &str) -> String {
    format!("<div class=\"rows\">{rows}</div>")
}

/// What is not shown of `all` lines.
fn rest(all: usize, what: &str) -> String {
    if all <= LINES {
        return String::new();
    }
    format!("<p class=\"soft small\">{} more {what} are not drawn.</p>", all - LINES)
}

/// How decisions went, class by class, the largest class first.
pub(super) fn outcomes(html: &Html) -> String {
    let mut classes: Vec<_> = html.classes.iter().collect();
    let size =
        |outcomes: &std::collections::BTreeMap<&str, usize>| outcomes.values().sum::<usize>();
    classes.sort_by(|a, b| size(b.1).cmp(&size(a.1)).then_with(|| a.0.cmp(b.0)));
    let mut rows = String::new();
    for (class, outcomes) in classes.iter().take(LINES) {
        let all = size(outcomes);
        let of = |outcome: &str| outcomes.get(outcome).copied().unwrap_or_default();
        let parts =
            OUTCOMES.map(|class| Part { class, share: number(of(class)) / number(all.max(1)) });
        let counts = OUTCOMES.map(|outcome| format!("{outcome} {}", of(outcome))).join(", ");
        let bar = Bar {
            name: Escaped(class.replace('_', " ")).to_string(),
            parts: parts.into(),
            whisker: None,
            value: format!("{} of {all} overturned", of("overturned")),
            title: counts,
        };
        rows.push_str(&bar.html());
    }
    let legend = legend(OUTCOMES.map(|outcome| (outcome, outcome)));
    let inner = legend + &table(&rows) + &rest(classes.len(), "classes");
    panel(
        "Outcomes by class of item",
        "How disputed items were decided; the largest classes first.",
        &inner,
    )
}

/// Findings by kind, the gravest first; a name filters the table.
pub(super) fn kinds(html: &Html) -> String {
    let kinds = worst_first(&html.summary.kinds);
    let most =
        kinds.iter().map(|(_, counts)| counts.values().sum::<usize>()).max().unwrap_or_default();
    let mut rows = String::new();
    for (kind, counts) in kinds.iter().take(LINES) {
        let all: usize = counts.values().sum();
        let parts = SEVERITIES.map(Severity::name).map(|class| Part {
            class,
            share: number(counts.get(class).copied().unwrap_or_default()) / number(most.max(1)),
        });
        let words = counts.iter().map(|(severity, count)| format!("{severity} {count}"));
        let title = html.handbook.kind_title(kind);
        let bar = Bar {
            name: format!(
                "<button type=\"button\" data-kind=\"{}\" title=\"{}\">{}</button>",
                Escaped(kind),
                Escaped(html.handbook.kind_meaning(kind)),
                Escaped(title)
            ),
            parts: parts.into(),
            whisker: None,
            value: all.to_string(),
            title: words.collect::<Vec<_>>().join(", "),
        };
        rows.push_str(&bar.html());
    }
    let legend = legend(SEVERITIES.map(|severity| (severity.name(), severity.name())));
    let inner = legend + &table(&rows) + &rest(kinds.len(), "kinds");
    panel(
        "Findings by kind",
        "The kinds with the gravest findings first. A name filters the list below.",
        &inner,
    )
}

/// The six verdicts.
pub(super) fn verdicts(html: &Html) -> String {
    let verdicts = &html.summary.verdicts;
    let of = |name: &str| verdicts.get(name).copied().unwrap_or_default();
    let names = VERDICTS.map(imr_rules::verdict::Verdict::name);
    let live: Vec<&str> = names.into_iter().filter(|name| *name != "not_applicable").collect();
    let all: usize = live.iter().map(|name| of(name)).sum();
    let bars = live.iter().map(|class| {
        let bar = Bar {
            name: Escaped(class.replace('_', " ")).to_string(),
            parts: vec![Part { class, share: number(of(class)) / number(all.max(1)) }],
            whisker: None,
            value: of(class).to_string(),
            title: format!("{} of {all} verdicts of rules that apply", of(class)),
        };
        bar.html()
    });
    let idle = format!(
        "<p class=\"soft small\">{} times a rule did not apply. No standard applies to {} of {} decisions.</p>",
        of("not_applicable"),
        html.summary.without_standard,
        html.summary.decisions
    );
    panel(
        "Verdicts",
        "What the rules that apply say about each decision.",
        &(table(&bars.collect::<String>()) + &idle),
    )
}

/// Which required fact is most often missing from the letters of which class.
pub(super) fn gaps(html: &Html) -> String {
    let title = "Evidence gaps";
    let Some(batch) = &html.batch else {
        return panel(title, "Letters were not compared with each other in this run.", "");
    };
    let missing = |gap: &&Gap| gap.missing.count > 0;
    let gaps: Vec<&Gap> =
        batch.rates.iter().flat_map(|table| &table.gaps).filter(missing).collect();
    let mut rows = String::new();
    for gap in gaps.iter().take(LINES) {
        let (class, criterion) =
            (gap.class.replace('_', " "), html.handbook.criterion(&gap.criterion));
        let name = format!("{}: <b>{}</b>", Escaped(class), Escaped(criterion));
        let mut bar = share(name, "silent", &gap.missing);
        bar.parts = vec![
            Part { class: "silent", share: gap.silent.value() },
            Part { class: "undocumented", share: gap.undocumented.value() },
        ];
        rows.push_str(&bar.html());
    }
    let legend =
        legend([("silent", "not mentioned"), ("undocumented", "said not to be documented")]);
    let inner = legend + &table(&rows) + &rest(gaps.len(), "gaps");
    let what = "A fact that a standard requires and the letter does not show, with 95 % intervals; the surest gaps first.";
    panel(title, what, &inner)
}

/// What was found across letters: each group with its shares and its decisions.
pub(super) fn across(html: &Html, batch: &BatchAudit, embedded: &[(usize, &str)]) -> String {
    let mut out = String::from("<section id=\"across\"><h2>Across letters</h2>\n");
    if batch.findings.is_empty() {
        out.push_str("<p class=\"soft\">Comparing the letters with each other raised no finding.</p></section>\n");
        return out;
    }
    out.push_str("<p class=\"soft\">Like cases, standards and wordings compared over all letters of the run.</p><div class=\"across\">\n");
    for finding in batch.findings.iter().take(ACROSS) {
        group(&mut out, html, finding, embedded);
    }
    out.push_str("</div>");
    if batch.findings.len() > ACROSS {
        let left = batch.findings.len() - ACROSS;
        let _ = write!(
            out,
            "<p class=\"soft small\">{left} more findings across letters are not shown.</p>"
        );
    }
    out.push_str("</section>\n");
    out
}

fn group(out: &mut String, html: &Html, finding: &BatchFinding, embedded: &[(usize, &str)]) {
    let severity = finding.severity.name();
    let _ = write!(
        out,
        "<div class=\"panel chart\"><h3><span class=\"badge {severity}\">{severity}</span> {}</h3><p>{}</p>",
        Escaped(html.handbook.kind_title(&finding.kind)),
        Escaped(&finding.message)
    );
    let shares = finding.shares.iter();
    let shares = shares.map(|one| share(Escaped(one.what).to_string(), "upheld", one).html());
    out.push_str(&table(&shares.collect::<String>()));
    let letters: BTreeSet<&str> =
        finding.decisions.iter().map(|shown| shown.place.source.as_str()).collect();
    let _ = write!(
        out,
        "<details><summary>{} decisions in {} letters, side by side</summary><ul>",
        finding.decisions.len(),
        letters.len()
    );
    for shown in &finding.decisions {
        decided(out, shown, embedded);
    }
    out.push_str("</ul>");
    if !finding.differences.is_empty() {
        let _ = write!(
            out,
            "<p class=\"small soft\">First against second: {}</p>",
            Escaped(finding.differences.join("; "))
        );
    }
    out.push_str("</details></div>\n");
}

fn decided(out: &mut String, shown: &Shown, embedded: &[(usize, &str)]) {
    let (place, outcome) = (&shown.place, names::outcome(shown.outcome));
    let letter = place.case();
    let _ = write!(out, "<li><span class=\"badge {outcome}\">{outcome}</span> ");
    let _ = match embedded.iter().find(|(_, name)| *name == place.source) {
        Some((number, _)) => write!(out, "<a href=\"#letter/{number}\">{}</a>", Escaped(letter)),
        None => write!(out, "{}", Escaped(letter)),
    };
    let _ = write!(out, " #{}: {}<ul>", place.number, Escaped(&place.heading));
    for (quote, note) in &shown.labels {
        let _ = write!(
            out,
            "<li><span class=\"quote\">“{}”</span> <span class=\"small soft\">line {}: {}</span></li>",
            Escaped(&quote.text),
            quote.line,
            Escaped(note)
        );
    }
    out.push_str("</ul></li>");
}
