//! The reference of the rule language, drawn from the shapes that the language server and the schemas use.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use imr_rules::rulebook::FOLDERS;
use imr_rules::rulebook::fact::{FACTS, FactKind};
use imr_rules::rulebook::shape::{self, Form, Shape};

const HEAD: &str = "# Language reference\n\n\
<!-- Written by a test: INSTA_UPDATE=always cargo test --package imr-audit --test integration author -->\n\n\
Every key of every rule file. **Bold** keys must be there. The [guide](guide.md) shows how they are used.\n";

/// The page, in Markdown.
pub fn reference_page() -> String {
    let mut page = Page { text: HEAD.to_owned(), told: BTreeSet::new(), open: Vec::new() };
    for folder in FOLDERS {
        let (name, about) = folder.title();
        let _ = writeln!(page.text, "\n## {}\n\n{about}\n", folder.place());
        let form = shape::of(*folder);
        match form {
            Form::Entry(_) | Form::OneOf(..) => page.meet(form),
            _ => {
                let form = page.form(form);
                let _ = writeln!(page.text, "The file `{name}.yaml` is a {form}.\n");
            }
        }
        page.tell_open();
    }
    page.conditions();
    page.facts();
    page.text
}

struct Page {
    text: String,
    /// The shapes that have their table.
    told: BTreeSet<&'static str>,
    open: Vec<&'static Shape>,
}

impl Page {
    /// Notes the shapes that a form needs.
    fn meet(&mut self, form: Form) {
        match form {
            Form::Entry(shape) => self.open.push(shape),
            Form::OneOf(choices, otherwise) => {
                self.open.extend(choices.iter().map(|(_, shape)| *shape));
                self.open.push(otherwise);
            }
            Form::List(item) | Form::Map(_, item) | Form::Either(_, item) => self.meet(*item),
            _ => {}
        }
    }

    fn tell_open(&mut self) {
        while !self.open.is_empty() {
            let shape = self.open.remove(0);
            if self.told.insert(shape.name) {
                self.table(shape, 3);
            }
        }
    }

    fn table(&mut self, shape: &'static Shape, level: usize) {
        let _ = writeln!(self.text, "{} {}\n\n{}\n", "#".repeat(level), shape.name, shape.about);
        self.text.push_str("| key | value | meaning |\n| --- | --- | --- |\n");
        for key in shape.keys {
            let name = if key.required {
                format!("**`{}`**", key.name)
            } else {
                format!("`{}`", key.name)
            };
            let form = self.form(key.form);
            let _ = writeln!(self.text, "| {name} | {form} | {} |", key.about);
        }
        self.text.push('\n');
        for key in shape.keys {
            self.meet(key.form);
        }
    }

    /// What stands under a key, in words.
    fn form(&mut self, form: Form) -> String {
        match form {
            Form::Text => "text".to_owned(),
            Form::Phrase => "phrase".to_owned(),
            Form::Message(_) => "message".to_owned(),
            Form::Whole => "whole number".to_owned(),
            Form::Number => "number".to_owned(),
            Form::Amount => "number or parameter".to_owned(),
            Form::Truth => "`true` or `false`".to_owned(),
            Form::Date => "date".to_owned(),
            Form::Range => "[least, greatest]".to_owned(),
            Form::Word(words) => ticked(&words()),
            Form::FactValue => "value of the fact".to_owned(),
            Form::Define(naming) => format!("id of the {}", naming.title()),
            Form::Refer(naming) => naming.title().to_owned(),
            Form::ReferOr(naming, words) => format!("{} or {}", naming.title(), ticked(words)),
            Form::Either(word, other) => format!("`{word}`, or {}", self.form(*other)),
            Form::List(item) => format!("list of {}", self.form(*item)),
            Form::Map(_, item) => {
                self.meet(*item);
                format!("map from names to {}", self.form(*item))
            }
            Form::Entry(shape) => format!("[{}](#{})", shape.name, shape.name),
            Form::OneOf(choices, otherwise) => {
                let names: Vec<&str> =
                    choices.iter().map(|(_, shape)| shape.name).chain([otherwise.name]).collect();
                names.join(" or ")
            }
            Form::Condition => "[condition](#conditions)".to_owned(),
        }
    }

    fn conditions(&mut self) {
        self.text.push_str(
            "## Conditions\n\nA condition has exactly one operator; join several with `all:` or `any:`. It is met, not met, not \
             documented, conflicting or not told.\n\n",
        );
        for (_, shape) in shape::conditions() {
            if self.told.insert(shape.name) {
                self.table(shape, 3);
            }
        }
        self.tell_open();
    }

    fn facts(&mut self) {
        self.text.push_str(
            "## Facts\n\nWhat a letter states. A fact has any number of values, none when the letter does not state it.\n\n\
             | fact | values | meaning |\n| --- | --- | --- |\n",
        );
        for fact in FACTS {
            let values = match fact.kind {
                FactKind::Words(words) => ticked(words),
                FactKind::ItemClass => "item classes".to_owned(),
                FactKind::Guideline => "guidelines".to_owned(),
                FactKind::Text => "words".to_owned(),
                FactKind::Number => "numbers".to_owned(),
                FactKind::Date => "dates".to_owned(),
            };
            let _ = writeln!(self.text, "| `{}` | {values} | {} |", fact.name, fact.meaning);
        }
    }
}

/// "`a`, `b`", of a long list the first ones.
fn ticked(words: &[&str]) -> String {
    const MOST: usize = 30;
    let mut shown: Vec<String> = words.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    if words.len() > MOST {
        shown.push(format!("and {} more", words.len() - MOST));
    }
    shown.join(", ")
}
