//! Runs read back: the lines of a file that `audit --format jsonl` wrote.
//!
//! A line is read, handed on and forgotten. To compare two runs, the first is remembered by where its lines begin: two
//! numbers a letter, so that runs of any size can be compared letter by letter without holding either.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use imr_report::run::{Finding, Letter, Line};

use crate::exit::Failure;

/// Bytes of a line that are read at most: a record is ten times its letter, and letters have a limit as well.
const LINE: u64 = 1 << 30;

/// Letters of one name or case number that are looked at for one letter of the other run.
const CANDIDATES: usize = 8;

/// Reads every line of a run; `-` is standard input.
pub(crate) fn read(path: &Path, take: &mut dyn FnMut(u64, Line)) -> Result<(), Failure> {
    if path == Path::new("-") {
        return lines(io::stdin().lock(), path, take);
    }
    lines(BufReader::new(open(path)?), path, take)
}

fn open(path: &Path) -> Result<File, Failure> {
    let refuse = |why: String| Failure::Usage(format!("{}: {why}", path.display()));
    let file = File::open(path).map_err(|error| refuse(format!("cannot be read: {error}")))?;
    if file.metadata().is_ok_and(|known| known.is_dir()) {
        return Err(refuse(
            "is a folder; expected a run, as audit --format jsonl writes it".to_owned(),
        ));
    }
    Ok(file)
}

/// Hands on every line with the place of its first byte.
fn lines(
    mut input: impl BufRead,
    path: &Path,
    take: &mut dyn FnMut(u64, Line),
) -> Result<(), Failure> {
    let (mut line, mut start) = (Vec::new(), 0);
    for number in 1_u64.. {
        let read = next(&mut input, &mut line)
            .map_err(|error| wrong(path, number, &format!("cannot be read: {error}")))?;
        if read == 0 {
            break;
        }
        if !line.trim_ascii().is_empty() {
            take(start, Line::read(&line).map_err(|why| wrong(path, number, &why))?);
        }
        start += read;
    }
    Ok(())
}

fn next(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    line.clear();
    input.by_ref().take(LINE).read_until(b'\n', line)?;
    Ok(u64::try_from(line.len()).unwrap_or(u64::MAX))
}

fn wrong(path: &Path, number: u64, why: &str) -> Failure {
    Failure::Usage(format!("{}:{number}: {why}", path.display()))
}

/// A run whose letters can be had again by name or case number.
pub(crate) struct Indexed<'p> {
    path: &'p Path,
    file: BufReader<File>,
    /// Where each letter's line begins and whether it was taken, in the run's order.
    letters: Vec<(u64, bool)>,
    by_source: BTreeMap<u64, VecDeque<usize>>,
    by_case: BTreeMap<u64, VecDeque<usize>>,
    /// The findings across letters, by fingerprint; as few as the run's batch reports.
    pub(crate) across: BTreeMap<String, Finding>,
}

impl<'p> Indexed<'p> {
    /// Reads the run once.
    pub(crate) fn of(path: &'p Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Err(Failure::Usage(
                "the first run must be a file, since its letters are looked up; only the second may be -"
                    .to_owned(),
            ));
        }
        let mut index = Self {
            path,
            file: BufReader::new(open(path)?),
            letters: Vec::new(),
            by_source: BTreeMap::new(),
            by_case: BTreeMap::new(),
            across: BTreeMap::new(),
        };
        read(path, &mut |start, line| match line {
            Line::Letter(letter) => index.add(start, &letter),
            Line::Across(finding) => {
                index.across.insert(finding.fingerprint().to_owned(), finding);
            }
            Line::Other => {}
        })?;
        Ok(index)
    }

    fn add(&mut self, start: u64, letter: &Letter) {
        let place = self.letters.len();
        self.letters.push((start, false));
        self.by_source.entry(hash(letter.source())).or_default().push_back(place);
        if let Some(number) = letter.case_number() {
            self.by_case.entry(hash(number)).or_default().push_back(place);
        }
    }

    /// The letter of the other run in this one: the next of the same name, else the next of the same case number.
    pub(crate) fn take(&mut self, letter: &Letter) -> Result<Option<Letter>, Failure> {
        let case = letter.case_number();
        let of_source = |one: &Letter| {
            let other_case =
                case.is_some() && one.case_number().is_some() && one.case_number() != case;
            one.source() == letter.source() && !other_case
        };
        let named = waiting(&mut self.by_source, letter.source(), &self.letters);
        if let Some(found) = self.first(&named, of_source)? {
            return Ok(Some(found));
        }
        let Some(number) = case else { return Ok(None) };
        let numbered = waiting(&mut self.by_case, number, &self.letters);
        self.first(&numbered, |one| one.case_number() == Some(number))
    }

    /// The first of these letters that is the one; it is taken then.
    fn first(
        &mut self,
        places: &[usize],
        is_it: impl Fn(&Letter) -> bool,
    ) -> Result<Option<Letter>, Failure> {
        for place in places {
            let Some((start, false)) = self.letters.get(*place).copied() else { continue };
            let letter = self.at(start)?;
            if let Some(letter) = letter.filter(&is_it) {
                if let Some((_, taken)) = self.letters.get_mut(*place) {
                    *taken = true;
                }
                return Ok(Some(letter));
            }
        }
        Ok(None)
    }

    /// Hands on the letters that nobody took.
    pub(crate) fn rest(&mut self, take: &mut dyn FnMut(Letter)) -> Result<(), Failure> {
        let left: Vec<u64> =
            self.letters.iter().filter(|(_, taken)| !taken).map(|(start, _)| *start).collect();
        for start in left {
            if let Some(letter) = self.at(start)? {
                take(letter);
            }
        }
        Ok(())
    }

    fn at(&mut self, start: u64) -> Result<Option<Letter>, Failure> {
        let changed = |why: &str| {
            Failure::Usage(format!("{}: changed while it was read: {why}", self.path.display()))
        };
        let mut line = Vec::new();
        self.file
            .seek(SeekFrom::Start(start))
            .and_then(|_| next(&mut self.file, &mut line))
            .map_err(|error| changed(&error.to_string()))?;
        match Line::read(&line) {
            Ok(Line::Letter(letter)) => Ok(Some(*letter)),
            Ok(_) => Ok(None),
            Err(why) => Err(changed(&why)),
        }
    }
}

/// The next letters with this name that nobody has taken yet.
fn waiting(
    index: &mut BTreeMap<u64, VecDeque<usize>>,
    name: &str,
    letters: &[(u64, bool)],
) -> Vec<usize> {
    let Some(places) = index.get_mut(&hash(name)) else { return Vec::new() };
    while places.front().is_some_and(|place| letters.get(*place).is_none_or(|(_, taken)| *taken)) {
        places.pop_front();
    }
    places.iter().copied().take(CANDIDATES).collect()
}

/// A number for a name; two names with one number are told apart when their letters are read.
fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
