use crate::rulebook::{RuleFile, Rulebook};
