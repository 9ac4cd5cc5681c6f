//! Every code of a mistake or lint: what it means, an example, how to mend it.
//!
//! Codes are stable: scripts and people look them up (`imr-audit rules explain-code CODE`, `docs/codes.md`). A test reads the
//! source for codes and fails when one of them is not explained here or an explanation is of a code that nothing reports.

mod files;
mod lints;
mod names;
mod rules;
mod waivers;

/// Whether a code is of a mistake or of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rulebook cannot be used until it is mended.
    Mistake,
    /// The rulebook works, but this cannot be meant.
    Lint,
}

impl Level {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::Lint => "lint",
        }
    }
}

/// A code with its explanation.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The code, such as `unknown-key`.
    pub code: &'static str,
    /// Mistake or lint.
    pub level: Level,
    /// What it means, for a rule author.
    pub means: &'static str,
    /// A piece of a rule file that has it.
    pub wrong: &'static str,
    /// The same mended.
    pub right: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

/// Every code, by kind: files, names, rules, lints, waivers.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let of_rules = files::CODES.iter().chain(names::CODES).chain(rules::CODES).chain(lints::CODES);
    of_rules.chain(waivers::CODES)
}

/// The explanation of a code.
pub fn find(code: &str) -> Option<&'static Code> {
    all().find(|known| known.code == code)
}

/// A mistake with its explanation.
const fn mistake(
    code: &'static str,
    means: &'static str,
    wrong: &'static str,
    right: &'static str,
    mend: &'static str,
) -> Code {
    Code { code, level: Level::Mistake, means, wrong, right, mend }
}

/// A lint with its explanation.
const fn lint(
    code: &'static str,
    means: &'static str,
    wrong: &'static str,
    right: &'static str,
    mend: &'static str,
) -> Code {
    Code { code, level: Level::Lint, means, wrong, right, mend }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The texts of all source files that report mistakes: of this crate and of the one that reads YAML.
    fn reporting() -> String {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut text = String::new();
        sources(&here.join("src"), &mut text);
        sources(&here.with_file_name("imr-yaml").join("src"), &mut text);
        text
    }

    /// The texts of all source files of a folder, without their tests.
    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "code" && name != "tests" {
                    sources(&path, found);
                }
            } else if name != "tests.rs" && !name.ends_with("_tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap());
            }
        }
    }

    #[test]
    fn every_explained_code_is_reported_somewhere() {
        let text = reporting();
        let idle: Vec<&str> = all()
            .map(|code| code.code)
            .filter(|code| !text.contains(&format!("\"{code}\"")))
            .collect();
        assert!(idle.is_empty(), "no source reports {idle:?}");
    }

    #[test]
    fn every_reported_code_is_explained() {
        let text = reporting();
        let openings = [
            "Diagnostic::new(",
            "Diagnostic::unknown(",
            "Diagnostic::unknown_meaning(",
            "let code = ",
            "let (code, what) = (",
            ".check(",
            ".known(",
        ];
        let mut reported = BTreeSet::new();
        for opening in openings {
            for rest in text.split(opening).skip(1) {
                let word =
                    rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                reported.extend(word.filter(|word| word.contains('-')));
            }
        }
        assert!(reported.len() > 40, "{reported:?}");
        let mute: Vec<_> = reported.iter().filter(|code| find(code).is_none()).collect();
        assert!(mute.is_empty(), "not explained: {mute:?}");
    }

    #[test]
    fn codes_are_unique_and_their_explanations_whole() {
        let codes: BTreeSet<&str> = all().map(|code| code.code).collect();
        assert_eq!(codes.len(), all().count());
        for code in all() {
            for text in [code.means, code.wrong, code.right, code.mend] {
                assert!(!text.trim().is_empty(), "{}", code.code);
            }
            assert!(code.means.ends_with('.') && code.mend.ends_with('.'), "{}", code.code);
        }
    }
}
