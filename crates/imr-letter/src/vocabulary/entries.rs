//! The entries a [`super::Vocabulary`] is built from: plain data, one struct for each kind of thing that the
//! files under `rules/` describe.
//!
//! The structs hold what a file says and nothing derived from it, so that the rulebook loader can fill them
//! without knowing how headings and citations are read. Ids refer to each other by name; the loader has checked
//! that they exist. The price is that lookups by id walk a list; the lists are short and read once.

use serde::{Deserialize, Serialize};

use crate::document::Sex;
use crate::item::Side;

/// Everything that the word files of a rulebook hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VocabularyEntries {
    /// The item classes with their drugs and procedures.
    pub classes: Vec<ClassEntry>,
    /// Body parts.
    pub body_parts: Vec<BodyPartEntry>,
    /// Words for the sides of the body.
    pub sides: Vec<SideEntry>,
    /// Dosage forms.
    pub forms: Vec<FormEntry>,
    /// How a heading is read.
    pub heading: HeadingEntries,
    /// The bodies that issue guidance.
    pub sources: Vec<SourceEntry>,
    /// The guideline map.
    pub guidelines: Vec<GuidelineEntry>,
    /// How a guideline line is worded.
    pub citation: CitationEntries,
    /// How a rationale words its conclusion.
    pub conclusion: ConclusionEntries,
}

/// One item class.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassEntry {
    /// The id, such as `opioid`.
    pub id: String,
    /// What a reader calls it.
    pub title: String,
    /// The kind of thing the class is: `drug`, `therapy`, `injection`, `surgery`, `imaging`, `test`, `device`,
    /// `visit`, `program` or `service`.
    pub group: String,
    /// The class that a drug of this class falls under when it is given by another route (route, class).
    pub by_route: Vec<(String, String)>,
    /// The class that an item of this class falls under when a guideline document is cited about it and nothing else is
    /// (document, class): therapy by the postsurgical guideline belongs to the operation.
    pub by_guideline: Vec<(String, String)>,
    /// The drugs of the class.
    pub drugs: Vec<DrugEntry>,
    /// The procedures, tests, devices and services of the class.
    pub procedures: Vec<ProcedureEntry>,
}

/// One drug.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DrugEntry {
    /// The generic name, which is also the drug's id.
    pub generic: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Other names and spellings that are right: salts, abbreviations, release forms.
    pub also: Vec<String>,
    /// Spellings that are wrong but seen.
    pub misspellings: Vec<String>,
    /// Morphine milligram equivalents of one milligram by mouth (CDC 2016 table unless a note says otherwise).
    pub mme_per_mg: Option<f64>,
    /// The largest daily dose in milligrams.
    pub max_mg_per_day: Option<f64>,
    /// The schedule under the Controlled Substances Act: "II" to "V".
    pub schedule: Option<String>,
    /// What a rule author should know.
    pub note: Option<String>,
}

/// One procedure, test, device, visit or service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProcedureEntry {
    /// The name, which is also its id.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// How strongly the words decide the class.
    pub rank: Rank,
    /// The class when it is asked for as repeated sessions (a test that is a treatment when repeated).
    pub when_repeated: Option<String>,
    /// The sex that it implies.
    pub implies_sex: Option<Sex>,
}

/// How strongly a term decides the class of an item when several terms stand side by side.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Rank {
    /// Decides only when nothing else does ("evaluation").
    Weak,
    /// Decides unless a strong term stands beside it.
    #[default]
    Normal,
    /// Decides over its neighbours ("consultation" in "spine surgery consultation").
    Strong,
}

/// One body part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyPartEntry {
    /// The id, such as `lumbar_spine`.
    pub id: String,
    /// What a reader calls it.
    pub title: String,
    /// The words for it.
    pub words: Vec<String>,
    /// The larger region it belongs to, such as `spine`.
    pub region: Option<String>,
    /// The guideline documents that cover it.
    pub guidelines: Vec<String>,
    /// Whether the part has a left and a right.
    pub paired: bool,
}

/// The words for one side of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideEntry {
    /// The side.
    pub side: Side,
    /// The words for it.
    pub words: Vec<String>,
}

/// One dosage form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEntry {
    /// The id, such as `tablet`.
    pub id: String,
    /// The words for it.
    pub words: Vec<String>,
    /// How it is given: `oral`, `topical`, `injection` and so on.
    pub route: Option<String>,
    /// Whether the form is counted ("60 tablets" is a quantity of 60).
    pub counted: bool,
}

/// How a heading is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingEntries {
    /// Words that end the phrase which names the item ("with", "under", "for").
    pub phrase_ends: Vec<String>,
    /// Words that put an item into a context which changes its class.
    pub contexts: Vec<ContextEntry>,
    /// When several ingredients make a compounded drug.
    pub compound: CompoundEntry,
    /// Classes that change when another item of the same letter is of a given group.
    pub siblings: Vec<SiblingEntry>,
    /// Words that say the service was already given.
    pub retrospective: Vec<String>,
    /// Number words by value: place 2 holds "two" and "twice".
    pub numbers: Vec<Vec<String>>,
    /// Words of counting, by what they count.
    pub counters: Vec<CounterEntry>,
}

/// A context that changes the class of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextEntry {
    /// A name for it.
    pub id: String,
    /// The words that open it.
    pub cues: Vec<String>,
    /// The class the item then has.
    pub becomes: String,
    /// The groups of classes that keep their own class all the same.
    pub except_groups: Vec<String>,
}

/// When several ingredients make a compounded drug.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompoundEntry {
    /// The class of a compounded drug.
    pub class: String,
    /// Words that say a drug is compounded.
    pub cues: Vec<String>,
    /// The route whose mixtures are compounded drugs.
    pub route: String,
    /// The class whose drugs may be mixed without making a compounded drug.
    pub ordinary_class: String,
}

/// A class that depends on the other items of the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiblingEntry {
    /// The group that one of the other items has.
    pub beside_group: String,
    /// The classes that change.
    pub classes: Vec<String>,
    /// What they become.
    pub becomes: String,
}

/// Words of counting that share a meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterEntry {
    /// What they count.
    pub counter: Counter,
    /// The words.
    pub words: Vec<String>,
}

/// What a word of counting means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Counter {
    /// "refill".
    Refill,
    /// "visit", "session".
    Visit,
    /// "day".
    Day,
    /// "week".
    Week,
    /// "weekly": a week that needs no "a" or "per".
    Weekly,
    /// "month".
    Month,
    /// "hour".
    Hour,
    /// "times", "x".
    Times,
    /// "per", "a", "each".
    Per,
    /// "quantity", "qty", "#".
    Quantity,
    /// "supply".
    Supply,
    /// A unit of strength: "mg", "%".
    Strength,
    /// A unit of what is dispensed: "ml", "gm".
    Amount,
}

/// A body that issues guidance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// The id, such as "ODG".
    pub id: String,
    /// Its full name.
    pub title: String,
    /// The ways it is written.
    pub names: Vec<String>,
}

/// One document of the guideline map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidelineEntry {
    /// The id, such as `mtus-chronic-pain-2009`.
    pub id: String,
    /// The id of the body that issues it.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub year: Option<u16>,
    /// Other ways the title is written.
    pub aliases: Vec<String>,
    /// The item classes it covers; empty when it covers a body part or everything.
    pub covers: Vec<String>,
    /// The body parts it covers.
    pub body_parts: Vec<String>,
    /// First and last page.
    pub pages: Option<(u16, u16)>,
    /// First day in force, as "2009-07-18".
    pub from: Option<String>,
    /// Last day in force.
    pub until: Option<String>,
    /// Its sections.
    pub sections: Vec<SectionEntry>,
    /// Whether the facts were compared with the document (`verified`) or not (`from_memory`).
    pub source_status: String,
}

/// One section of a guideline document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionEntry {
    /// The id within its document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Other ways the title is written, misspellings included.
    pub aliases: Vec<String>,
    /// Page ranges, inclusive.
    pub pages: Vec<(u16, u16)>,
    /// The item classes it covers.
    pub covers: Vec<String>,
}

/// How a guideline line is worded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationEntries {
    /// Sentences that say nothing was cited.
    pub none_cited: Vec<String>,
    /// Sentences that say the decision rests on guidance outside of the MTUS.
    pub outside_mtus: Vec<String>,
    /// Words that open a citation.
    pub openers: Vec<String>,
    /// Words that open a citation of something that is not the MTUS.
    pub other_openers: Vec<String>,
    /// Labels before section names.
    pub section_labels: Vec<String>,
    /// Labels before page numbers.
    pub page_labels: Vec<String>,
    /// Words that may stand around names without meaning anything.
    pub fillers: Vec<String>,
}

/// How a rationale words its conclusion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionEntries {
    /// Names of being necessary, which decide by themselves ("medically necessary").
    pub necessary: Vec<String>,
    /// Names of being unnecessary, which decide by themselves ("medically unnecessary").
    pub unnecessary: Vec<String>,
    /// Nouns for necessity, of which something is said ("medical necessity").
    pub necessity: Vec<String>,
    /// What is said of necessity itself ("established").
    pub proof: Vec<String>,
    /// Words that approve when said of the request.
    pub approval: Vec<String>,
    /// Words that refuse when said of the request.
    pub refusal: Vec<String>,
    /// Forms of "to be", which tie a word to the request.
    pub copulas: Vec<String>,
    /// Words that turn the meaning.
    pub negators: Vec<String>,
    /// Phrases with a negator that do not turn the meaning ("without contrast").
    pub not_negators: Vec<String>,
    /// Words for the request.
    pub subjects: Vec<String>,
    /// Words that announce a conclusion ("therefore").
    pub announcers: Vec<String>,
    /// Words that make a clause a condition or a rule.
    pub conditions: Vec<String>,
    /// Words that make a clause somebody else's conclusion.
    pub reported: Vec<String>,
}
