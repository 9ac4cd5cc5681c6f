//! Nodes to typed values, collecting mistakes.
//!
//! A *decoder* is any `Fn(&Node, &mut Diagnostics) -> Option<T>`: it returns the value, or reports what is wrong and
//! returns `None`. Small ones are here ([`text`], [`int`], [`one_of`], ...), [`list`] and [`map`] build larger ones,
//! and the lowering functions of the rulebook have the same shape, so they compose: `list(lower_section)`.

use jiff::civil::Date;

use super::diagnostic::{Diagnostic, Diagnostics, nearest};
use super::node::{Entry, Node, Place, Spanned, Value};

/// The fields of a map, asked for one by one. [`Fields::finish`] refuses the keys that were not asked for.
#[derive(Debug)]
#[must_use = "call `finish`, or unknown keys are accepted silently"]
pub struct Fields<'n, 'd> {
    place: &'n Place,
    entries: &'n [Entry],
    asked: Vec<&'static str>,
    /// Keys that must be there and are not.
    missing: Vec<&'static str>,
    diagnostics: &'d mut Diagnostics,
}

impl<'n, 'd> Fields<'n, 'd> {
    /// The fields of a map; anything else is reported.
    pub fn of(node: &'n Node, diagnostics: &'d mut Diagnostics) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return refuse(expected("a map", node), diagnostics);
        };
        let (asked, missing) = (Vec::new(), Vec::new());
        Some(Self { place: &node.place, entries, asked, missing, diagnostics })
    }

    /// The value of a key that must be there; [`Fields::finish`] reports its absence at the map.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let Some(node) = self.node(key) else {
            self.missing.push(key);
            return None;
        };
        decoder(node, self.diagnostics)
    }

    /// The value of a key that may be left out. `None` also when its value is wrong, which is reported.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        self.node(key).and_then(|node| decoder(node, self.diagnostics))
    }

    /// The value of a key that may be left out, else the type's default.
    pub fn or_default<T: Default>(
        &mut self,
        key: &'static str,
        decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
    ) -> T {
        self.optional(key, decoder).unwrap_or_default()
    }

    /// The raw value of a key. The key counts as asked for.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// Where the map stands.
    pub fn place(&self) -> &'n Place {
        self.place
    }

    /// Reports a mistake while the fields are still being read.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.report(diagnostic);
    }

    /// Refuses every key that was not asked for, naming the nearest one that was, and reports the keys that are missing. A
    /// missing key that is there under a misspelt name is one mistake, not two.
    pub fn finish(mut self) {
        for entry in self.entries {
            let key = &entry.key;
            if self.asked.contains(&key.value.as_str()) {
                continue;
            }
            let known = self.asked.iter().copied();
            let meant = nearest(&key.value, self.missing.iter().copied())
                .or_else(|| nearest(&key.value, known.clone()));
            let (place, value) = (&key.place, key.value.as_str());
            let unknown =
                Diagnostic::unknown_meaning("unknown-key", place, "key", value, meant, known);
            self.diagnostics.report(unknown);
            self.missing.retain(|missing| Some(*missing) != meant);
        }
        let start = Place { end: self.place.start, ..self.place.clone() };
        for key in self.missing {
            let message = format!("the key `{key}` is missing");
            let help = format!("add `{key}:` to this entry");
            self.diagnostics.report(Diagnostic::new("missing-key", &start, message).help(help));
        }
    }
}

/// What stands here against what should.
pub fn expected(what: &str, node: &Node) -> Diagnostic {
    Diagnostic::new(
        "wrong-type",
        &node.place,
        format!("expected {what}, found {}", node.describe()),
    )
}

/// A text. Numbers and truth values are refused: they must be quoted to be text.
pub fn text(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    match &node.value {
        Value::Text(text) => return Some(text.to_string()),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
            diagnostics.report(expected("a text", node).help("write it in quotes to make it text"));
        }
        _ => diagnostics.report(expected("a text", node)),
    }
    None
}

/// A whole number.
pub fn int(node: &Node, diagnostics: &mut Diagnostics) -> Option<i64> {
    match &node.value {
        Value::Int(value) => Some(*value),
        _ => refuse(expected("a whole number", node), diagnostics),
    }
}

/// A whole number that fits the type, such as a page or a count.
pub fn unsigned<T: TryFrom<i64>>(node: &Node, diagnostics: &mut Diagnostics) -> Option<T> {
    let value = int(node, diagnostics)?;
    T::try_from(value).ok().or_else(|| {
        let message = format!("the number {value} is out of range here");
        refuse(Diagnostic::new("out-of-range", &node.place, message), diagnostics)
    })
}

/// A number, whole or not.
pub fn number(node: &Node, diagnostics: &mut Diagnostics) -> Option<f64> {
    match &node.value {
        #[expect(clippy::cast_precision_loss, reason = "rule files hold small numbers")]
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => refuse(expected("a number", node), diagnostics),
    }
}

/// `true` or `false`.
pub fn boolean(node: &Node, diagnostics: &mut Diagnostics) -> Option<bool> {
    match &node.value {
        Value::Bool(value) => Some(*value),
        _ => refuse(expected("true or false", node), diagnostics),
    }
}

/// A date written as 2016-07-28.
pub fn date(node: &Node, diagnostics: &mut Diagnostics) -> Option<Date> {
    let date = node.as_text().and_then(|text| text.parse().ok());
    date.or_else(|| refuse(expected("a date such as 2016-07-28", node), diagnostics))
}

/// A value together with its place.
pub fn spanned<T>(
    decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
) -> impl Fn(&Node, &mut Diagnostics) -> Option<Spanned<T>> {
    move |node, diagnostics| Some(Spanned::new(decoder(node, diagnostics)?, node.place.clone()))
}

/// A list. Entries that are wrong are reported and left out; the others load.
pub fn list<T>(
    decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
) -> impl Fn(&Node, &mut Diagnostics) -> Option<Vec<T>> {
    move |node, diagnostics| match &node.value {
        Value::List(items) => {
            Some(items.iter().filter_map(|item| decoder(item, diagnostics)).collect())
        }
        _ => refuse(
            expected("a list", node).help("write it as [a, b] or as lines that start with `- `"),
            diagnostics,
        ),
    }
}

/// A map from names to values of one kind, in the order of the file. Entries that are wrong are left out.
pub fn map<T>(
    decoder: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
) -> impl Fn(&Node, &mut Diagnostics) -> Option<Vec<(Spanned<String>, T)>> {
    move |node, diagnostics| match &node.value {
        Value::Map(entries) => {
            let values = entries
                .iter()
                .filter_map(|entry| Some((entry.key.owned(), decoder(&entry.value, diagnostics)?)));
            Some(values.collect())
        }
        _ => refuse(expected("a map", node), diagnostics),
    }
}

/// One of several words, each standing for a value.
pub fn one_of<T: Copy>(
    words: &[(&'static str, T)],
) -> impl Fn(&Node, &mut Diagnostics) -> Option<T> {
    move |node, diagnostics| {
        let written = text(node, diagnostics)?;
        let found = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
        found.or_else(|| {
            let known = words.iter().map(|(word, _)| *word);
            refuse(
                Diagnostic::unknown("unknown-value", &node.place, "value", &written, known),
                diagnostics,
            )
        })
    }
}

/// The single key of a map and its value: how a choice between forms is written (`any: [...]`, `not: ...`).
pub fn single<'n>(node: &'n Node, diagnostics: &mut Diagnostics) -> Option<&'n Entry> {
    let Value::Map(entries) = &node.value else {
        return refuse(expected("a map with one key", node), diagnostics);
    };
    if let [entry] = entries.as_slice() {
        return Some(entry);
    }
    let message = format!("expected a map with one key, found {} keys", entries.len());
    let help = "write one operator; join several with `all:` or `any:`";
    refuse(Diagnostic::new("one-key", &node.place, message).help(help), diagnostics)
}

/// Reports a mistake and gives no value.
pub fn refuse<T>(diagnostic: Diagnostic, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.report(diagnostic);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[derive(Debug, PartialEq)]
    struct Drug {
        id: Spanned<String>,
        brands: Vec<String>,
        weeks: Option<u16>,
    }

    fn drug(node: &Node, diagnostics: &mut Diagnostics) -> Option<Drug> {
        let mut fields = Fields::of(node, diagnostics)?;
        let id = fields.required("id", spanned(text));
        let brands = fields.or_default("brands", list(text));
        let weeks = fields.optional("max_weeks", unsigned);
        fields.finish();
        Some(Drug { id: id?, brands, weeks })
    }

    fn drugs(text: &str) -> (Vec<Drug>, Vec<Diagnostic>) {
        let node = read("drugs.yaml", text).unwrap();
        let mut diagnostics = Diagnostics::default();
        let drugs = list(drug)(&node, &mut diagnostics).unwrap_or_default();
        (drugs, diagnostics.into_sorted())
    }

    #[test]
    fn all_mistakes_are_reported_and_the_other_entries_load() {
        let (loaded, mistakes) = drugs(
            "- {id: soma, brands: [Soma, 5]}\n- {brand: [x]}\n- {id: norco, max_weeks: many}\n- {id: valium, max_weeks: -1}\n- 7\n",
        );
        assert_eq!(
            loaded.iter().map(|drug| drug.id.value.as_str()).collect::<Vec<_>>(),
            ["soma", "norco", "valium"]
        );
        assert_eq!(loaded[0].brands, ["Soma"]);
        let codes: Vec<_> = mistakes.iter().map(|mistake| mistake.code).collect();
        assert_eq!(
            codes,
            [
                "wrong-type",
                "missing-key",
                "unknown-key",
                "wrong-type",
                "out-of-range",
                "wrong-type"
            ]
        );
    }

    #[test]
    fn an_unknown_key_names_the_nearest_and_the_alternatives() {
        let (_, mistakes) = drugs("- {id: soma, max_week: 3}\n");
        assert_eq!(mistakes[0].message, "unknown key `max_week`");
        assert_eq!(
            mistakes[0].help.as_deref(),
            Some("did you mean `max_weeks`? allowed here: id, brands, max_weeks")
        );
        assert_eq!((mistakes[0].place.start, mistakes[0].place.end), (13, 21));
    }

    #[test]
    fn values_keep_their_places() {
        let (loaded, _) = drugs("- {id: soma}\n");
        assert_eq!((loaded[0].id.place.start, loaded[0].id.place.end), (7, 11));
    }

    #[test]
    fn a_far_off_word_gets_no_suggestion() {
        let node = read("t", "colour").unwrap();
        let mut diagnostics = Diagnostics::default();
        assert_eq!(one_of(&[("upheld", 1), ("overturned", 2)])(&node, &mut diagnostics), None);
        assert_eq!(
            diagnostics.into_sorted()[0].help.as_deref(),
            Some("allowed here: upheld, overturned")
        );
    }

    #[test]
    fn dates_are_civil_dates() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(
            date(&read("t", "2016-07-28").unwrap(), &mut diagnostics),
            Some(jiff::civil::date(2016, 7, 28))
        );
        assert_eq!(date(&read("t", "2016-02-30").unwrap(), &mut diagnostics), None);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn two_operators_in_one_map_are_refused() {
        let node = read("t", "{all: [], any: []}").unwrap();
        let mut diagnostics = Diagnostics::default();
        assert_eq!(single(&node, &mut diagnostics), None);
        assert_eq!(diagnostics.into_sorted()[0].code, "one-key");
    }
}
