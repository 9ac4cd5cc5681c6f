//! A rule of any kind, and reading one again after its file was changed.

use super::names::Declared;
use super::{Check, Correlation, Folder, LoadedFile, Names, Rulebook, Standard};
use super::{check, correlation, standard};
use crate::yaml::{Diagnostics, Node, Place};

/// A rule of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyRule {
    /// A standard.
    Standard(Standard),
    /// A check.
    Check(Check),
    /// A correlation.
    Correlation(Correlation),
}

impl AnyRule {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Standard(rule) => &rule.id,
            Self::Check(rule) => &rule.id,
            Self::Correlation(rule) => &rule.id,
        }
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        match self {
            Self::Standard(rule) => &rule.place,
            Self::Check(rule) => &rule.place,
            Self::Correlation(rule) => &rule.place,
        }
    }

    /// The same rule with the examples of another of its kind.
    pub(crate) fn with_examples_of(&self, other: &Self) -> Self {
        match (self.clone(), other) {
            (Self::Standard(rule), Self::Standard(other)) => {
                Self::Standard(Standard { examples: other.examples.clone(), ..rule })
            }
            (Self::Check(rule), Self::Check(other)) => {
                Self::Check(Check { examples: other.examples.clone(), ..rule })
            }
            (Self::Correlation(rule), Self::Correlation(other)) => {
                Self::Correlation(Correlation { examples: other.examples.clone(), ..rule })
            }
            (rule, _) => rule,
        }
    }
}

impl Rulebook {
    /// The rule that a changed file holds, with the names of this rulebook; `None` when there is a mistake in it.
    pub(crate) fn reread(&self, folder: Folder, node: Node) -> Option<AnyRule> {
        let names = Names {
            criteria: &self.criteria,
            kinds: &self.kinds,
            vocabulary: &self.vocabulary,
            declared: &Declared::default(),
        };
        let file = [LoadedFile { folder, layer: 0, node }];
        let mut diagnostics = Diagnostics::default();
        let rule = match folder {
            Folder::Standards => {
                standard::lower(file.iter(), &names, &mut diagnostics).pop().map(AnyRule::Standard)
            }
            Folder::Checks => {
                check::lower(file.iter(), &names, &mut diagnostics).pop().map(AnyRule::Check)
            }
            Folder::Correlations => correlation::lower(file.iter(), &names, &mut diagnostics)
                .pop()
                .map(AnyRule::Correlation),
            _ => None,
        };
        rule.filter(|_| diagnostics.is_empty())
    }
}
