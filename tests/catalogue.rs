//! The page of all rules (`docs/rules.md`) says what the rules are now.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use imr_rules::rulebook::finding::FindingForm;
use imr_rules::rulebook::source::Source;
use imr_rules::{RuleFile, Rulebook};

use crate::workspace::{files, top};

/// The rulebook of the repository.
pub(crate) fn rulebook() -> Rulebook {
    let top = top();
    let yaml = files(&top.join("rules")).into_iter();
    let yaml = yaml.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&top).expect("below the top").display().to_string();
        RuleFile::new(name, fs::read_to_string(&path).expect("it can be read"))
    };
    Rulebook::load(&yaml.map(read).collect::<Vec<_>>()).expect("the rules are right")
}

const HEAD: &str = "# The rules\n\n\
<!-- Written by a test from rules/: INSTA_UPDATE=always cargo test --package imr-audit --test integration catalogue -->\n\n\
What every rule looks at, why, what it raises and what it rests on. `imr-audit rules show ID` prints the file of one rule with its\n\
examples. A source is *verified* when the rule was compared with the official text, and *from memory* when it was not.\n";

fn page(rulebook: &Rulebook) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## Standards: what a decision on a class of treatment needs\n");
    for standard in &rulebook.standards {
        let forms = [
            &standard.approval_unsupported,
            &standard.denial_unsupported,
            &standard.denial_despite_support,
        ];
        let forms: Vec<&FindingForm> = forms.into_iter().flatten().collect();
        entry(
            &mut page,
            [standard.id.as_str(), &standard.title, &standard.why],
            &forms,
            &standard.sources,
        );
    }
    page.push_str("\n## Checks: what every letter must satisfy\n");
    for check in &rulebook.checks {
        let words = [check.id.as_str(), &check.title, &check.why];
        entry(&mut page, words, &[&check.finding], &check.sources);
    }
    page.push_str(
        "\n## Contradictions: facts that two statements cannot say opposite things about\n\n",
    );
    for topic in rulebook.contradictions.topics() {
        let criterion = rulebook.criteria.title(topic.criterion);
        let _ = writeln!(page, "- `{}`: {criterion}", topic.id);
    }
    page
}

fn entry(
    page: &mut String,
    [id, title, why]: [&str; 3],
    forms: &[&FindingForm],
    sources: &[Source],
) {
    let _ = writeln!(page, "\n### `{id}`: {title}\n\n{}\n", why.trim());
    for form in forms {
        let _ = writeln!(page, "- raises `{}` ({})", form.kind, form.severity.name());
    }
    for source in sources {
        let cite = source.cite();
        let section = cite.section.map(|section| format!(", {section}")).unwrap_or_default();
        let pages = cite.pages.map(|pages| format!(", p. {pages}")).unwrap_or_default();
        let status = if cite.verified { "verified" } else { "from memory" };
        let _ = writeln!(page, "- rests on `{}`{section}{pages} ({status})", cite.guideline);
    }
}

#[test]
fn the_page_of_all_rules_is_current() {
    let path = top().join("docs/rules.md");
    let now = page(&rulebook());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &now).expect("it can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == now, "docs/rules.md is not what the rules say now: run `just bless`");
}
