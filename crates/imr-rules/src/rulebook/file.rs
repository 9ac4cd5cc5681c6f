//! Rule files as the caller hands them over, what each holds by its folder, and how layers replace entries.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::yaml::{self, Diagnostic, Diagnostics, Node, Place, Spanned};

/// One rule file. The crate opens no files: the caller reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFile {
    /// Its path as shown in messages, with the folder that says what it holds: `rules/standards/opioid.yaml`.
    pub name: String,
    /// Its text.
    pub text: Cow<'static, str>,
    /// Entries of a higher layer replace those of a lower one by id. The built-in rulebook is layer 0.
    pub layer: u16,
    /// Why its bytes are no text that can be read.
    pub refused: Option<Box<Diagnostic>>,
    /// What the text was read to before, as [`yaml::pack`] packs it; `None`: it is read now.
    pub packed: Option<&'static [u8]>,
}

impl RuleFile {
    /// A file of layer 0.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: Cow::Owned(text.into()),
            layer: 0,
            refused: None,
            packed: None,
        }
    }

    /// A file of layer 0 that is part of the program, with what its text was read to when the program was built.
    pub fn built_in(name: &'static str, text: &'static str, packed: Option<&'static [u8]>) -> Self {
        let (name, text) = (name.to_owned(), Cow::Borrowed(text));
        Self { name, text, layer: 0, refused: None, packed }
    }

    /// A file of a layer by its bytes, of which one more than [`yaml::MAX_FILE_BYTES`] are enough. What is wrong with
    /// them is told with the mistakes of all files.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>, layer: u16) -> Self {
        let name = name.into();
        let (text, refused) = match yaml::text(&name, bytes) {
            Ok(text) => (text, None),
            Err(refused) => (String::new(), Some(refused)),
        };
        Self { name, text: Cow::Owned(text), layer, refused, packed: None }
    }
}

/// What a rule file holds, told by its folder or, for the files of the top folder, by its own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// `criteria.yaml`: the facts that an auditor looks for.
    Criteria,
    /// `kinds.yaml`: the finding kinds.
    Kinds,
    /// `check-words.yaml`: the words behind the facts that checks ask for.
    CheckWords,
    /// `items/`: item classes, drugs, procedures, and the words around them.
    Items,
    /// `guidelines/`: the guideline map.
    Guidelines,
    /// `evidence/`: the words that evidence is read with.
    Evidence,
    /// `contradictions/`: facts that two statements cannot say opposite things about.
    Contradictions,
    /// `standards/`: what each class of treatment needs.
    Standards,
    /// `checks/`: what every letter must satisfy.
    Checks,
    /// `correlations/`: what holds across letters.
    Correlations,
    /// `cases/`: letters with what the rules must say about them.
    Cases,
}

const BY_FOLDER: &[(&str, Folder)] = &[
    ("items", Folder::Items),
    ("guidelines", Folder::Guidelines),
    ("evidence", Folder::Evidence),
    ("contradictions", Folder::Contradictions),
    ("standards", Folder::Standards),
    ("checks", Folder::Checks),
    ("correlations", Folder::Correlations),
    ("cases", Folder::Cases),
];

/// Every folder, in the order in which files are read.
pub const FOLDERS: &[Folder] = &[
    Folder::Criteria,
    Folder::Kinds,
    Folder::CheckWords,
    Folder::Items,
    Folder::Guidelines,
    Folder::Evidence,
    Folder::Contradictions,
    Folder::Standards,
    Folder::Checks,
    Folder::Correlations,
    Folder::Cases,
];

impl Folder {
    /// Its name, and what it holds.
    pub fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Criteria => ("criteria", "The facts that an auditor looks for."),
            Self::Kinds => ("kinds", "The kinds of finding."),
            Self::CheckWords => ("check-words", "The words behind the facts that checks ask for."),
            Self::Items => ("items", "Drugs, procedures and the classes they belong to."),
            Self::Guidelines => ("guidelines", "Guidelines with their sections and pages."),
            Self::Evidence => ("evidence", "The words by which facts about a patient are read."),
            Self::Contradictions => {
                ("contradictions", "Facts that two statements cannot say opposite things about.")
            }
            Self::Standards => ("standards", "What each class of treatment needs."),
            Self::Checks => ("checks", "What every letter must satisfy."),
            Self::Correlations => ("correlations", "What only many letters show."),
            Self::Cases => ("cases", "Letters with what the rules must say about them."),
        }
    }

    /// Where its files stand: a folder, or the one file of its name.
    pub fn place(self) -> String {
        let (name, _) = self.title();
        match self {
            Self::Criteria | Self::Kinds | Self::CheckWords => format!("{name}.yaml"),
            _ => format!("{name}/"),
        }
    }

    /// The folder of this name.
    pub fn named(name: &str) -> Option<Self> {
        FOLDERS.iter().find(|folder| folder.title().0 == name).copied()
    }

    /// What a file with this name holds.
    pub fn of(name: &str) -> Option<Self> {
        let mut parts = name.rsplit(['/', '\\']);
        let file = parts.next().unwrap_or_default();
        let folders: Vec<&str> = parts.collect();
        let known = |part: &&str| {
            BY_FOLDER.iter().find(|(folder, _)| folder == part).map(|(_, kind)| *kind)
        };
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        match (folders.first().and_then(known), stem) {
            (Some(folder), _) => Some(folder),
            (None, "criteria") => Some(Self::Criteria),
            (None, "kinds") => Some(Self::Kinds),
            (None, "check-words") => Some(Self::CheckWords),
            (None, _) => folders.iter().find_map(known),
        }
    }
}

/// A rule file that was read.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// What it holds.
    pub folder: Folder,
    /// Its layer.
    pub layer: u16,
    /// Its content.
    pub node: Node,
}

/// The keys of a file of `evidence/` or `contradictions/` under which there is something with a name or a meaning of its own.
const ENTRIES: [&str; 9] =
    ["groups", "cues", "concepts", "request", "topics", "zones", "lists", "signs", "agreement"];
/// The keys of tables.
const TABLES: [&str; 5] =
    ["weights", "status_weights", "voice_weights", "mention_weights", "pair_weights"];

impl LoadedFile {
    /// Whether it holds tables of weighed words and no entries. Tables are large, name nothing that others define, and nothing
    /// names them, so what looks at entries leaves their files out.
    pub(crate) fn holds_tables(&self) -> bool {
        let has = |keys: &[&str]| keys.iter().any(|key| self.node.get(key).is_some());
        matches!(self.folder, Folder::Evidence | Folder::Contradictions)
            && has(&TABLES)
            && !has(&ENTRIES)
    }
}

/// Reads every file, lower layers first, within a layer in the order of the names. Also gives the folders of files that
/// are no YAML.
pub(super) fn read_all(
    files: &[RuleFile],
    diagnostics: &mut Diagnostics,
) -> (Vec<LoadedFile>, BTreeSet<Folder>) {
    let mut sorted: Vec<&RuleFile> = files.iter().collect();
    sorted.sort_by(|a, b| (a.layer, &a.name).cmp(&(b.layer, &b.name)));
    // Half of the bytes on a thread of its own: a program that reads one letter mostly waits for its rules.
    let half = sorted.iter().map(|file| file.text.len()).sum::<usize>() / 2;
    let mut before = 0;
    let past_half = |file: &&RuleFile| {
        before += file.text.len();
        before > half
    };
    let middle = sorted.iter().position(past_half).unwrap_or_default();
    let (first, second) = sorted.split_at(middle);
    let ((mut loaded, mut unreadable), (rest, mistakes)) = side_by_side(
        || read_part(first, diagnostics),
        || {
            let mut mistakes = Diagnostics::default();
            (read_part(second, &mut mistakes), mistakes)
        },
    );
    loaded.extend(rest.0);
    unreadable.extend(rest.1);
    diagnostics.extend(mistakes.into_sorted());
    (loaded, unreadable)
}

fn read_part(
    files: &[&RuleFile],
    diagnostics: &mut Diagnostics,
) -> (Vec<LoadedFile>, BTreeSet<Folder>) {
    let (mut loaded, mut unreadable) = (Vec::new(), BTreeSet::new());
    for file in files {
        match read_one(file, diagnostics) {
            Some(file) => loaded.push(file),
            None => unreadable.extend(Folder::of(&file.name)),
        }
    }
    (loaded, unreadable)
}

/// What both give; the second runs on a thread of its own.
pub(crate) fn side_by_side<A, B: Send>(
    first: impl FnOnce() -> A,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    std::thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Reads one file.
pub(crate) fn read_one(file: &RuleFile, diagnostics: &mut Diagnostics) -> Option<LoadedFile> {
    let Some(folder) = Folder::of(&file.name) else {
        let place = Place::new(&file.name.as_str().into(), 0, 0);
        let known: Vec<&str> = BY_FOLDER.iter().map(|(name, _)| *name).collect();
        let message = "the folder does not say what this file holds";
        let help = format!(
            "put it into one of {}, or name it criteria.yaml, kinds.yaml or check-words.yaml",
            known.join(", ")
        );
        diagnostics.report(Diagnostic::new("unknown-folder", &place, message).help(help));
        return None;
    };
    if let Some(refused) = &file.refused {
        diagnostics.report(*refused.clone());
        return None;
    }
    let known = match (&file.text, file.packed) {
        (Cow::Borrowed(text), Some(packed)) => yaml::unpack(&file.name, text, packed),
        _ => None,
    };
    match known.map_or_else(|| yaml::read(&file.name, &file.text), Ok) {
        Ok(node) => Some(LoadedFile { folder, layer: file.layer, node }),
        Err(mistakes) => {
            diagnostics.extend(mistakes);
            None
        }
    }
}

/// Entries in the order of their first appearance; an entry of a higher layer takes the place of the one with the
/// same id, and the same id twice in one layer is reported.
pub(crate) fn layered<T>(
    entries: impl IntoIterator<Item = (u16, Spanned<String>, T)>,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<T> {
    let mut known: BTreeMap<String, (usize, u16, Place)> = BTreeMap::new();
    let mut kept: Vec<T> = Vec::new();
    for (layer, id, entry) in entries {
        let first =
            known.get(&id.value).map(|(index, layer, place)| (*index, *layer, place.clone()));
        let index = match first {
            Some((_, same, place)) if same == layer => {
                let message = format!("the {what} `{}` is defined twice", id.value);
                let diagnostic = Diagnostic::new("duplicate-id", &id.place, message)
                    .help("rename or remove one of them")
                    .related(&place, "first here");
                diagnostics.report(diagnostic);
                continue;
            }
            Some((index, ..)) => index,
            None => kept.len(),
        };
        known.insert(id.value, (index, layer, id.place));
        match kept.get_mut(index) {
            Some(slot) => *slot = entry,
            None => kept.push(entry),
        }
    }
    kept
}
