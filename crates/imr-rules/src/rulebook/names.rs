//! The names that rules may use, checked across files with a suggestion when one is misspelt.
//!
//! Item classes and guidelines are checked only when the rulebook has any: a rulebook without `items/` is used to
//! try a rule alone.

use imr_letter::vocabulary::Vocabulary;

use super::criteria::Criteria;
use super::finding::Kind;
use super::vocabulary;
use crate::criterion::CriterionId;
use crate::yaml::{Diagnostic, Diagnostics, Node, Place, decode};

/// What rules may refer to.
pub(crate) struct Names<'r> {
    pub(crate) criteria: &'r Criteria,
    pub(crate) kinds: &'r [Kind],
    pub(crate) vocabulary: &'r Vocabulary,
}

impl Names<'_> {
    /// A criterion by its id.
    pub(crate) fn criterion(
        &self,
        node: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<CriterionId> {
        let name = decode::text(node, diagnostics)?;
        self.criteria.find(&name).or_else(|| {
            let known = self.criteria.names();
            decode::refuse(
                Diagnostic::unknown("unknown-criterion", &node.place, "criterion", &name, known),
                diagnostics,
            )
        })
    }

    /// An item class by its id.
    pub(crate) fn item_class(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        known(
            "unknown-item-class",
            "item class",
            &vocabulary::class_ids(self.vocabulary),
            node,
            diagnostics,
        )
    }

    /// A guideline document by its id.
    pub(crate) fn guideline(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let ids = vocabulary::guideline_ids(self.vocabulary);
        known("unknown-guideline", "guideline", &ids, node, diagnostics)
    }

    /// A body part by its id.
    pub(crate) fn body_part(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let parts = &self.vocabulary.entries().body_parts;
        let ids: Vec<&str> = parts.iter().map(|part| part.id.as_str()).collect();
        known("unknown-body-part", "body part", &ids, node, diagnostics)
    }

    /// Reports a section that its guideline document does not have.
    pub(crate) fn check_section(
        &self,
        guideline: &str,
        section: &str,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) {
        let ids = vocabulary::section_ids(self.vocabulary, guideline);
        if !ids.is_empty() && !ids.contains(&section) {
            let what = format!("section of `{guideline}`");
            diagnostics.report(Diagnostic::unknown("unknown-section", place, &what, section, ids));
        }
    }

    /// A finding kind by its id.
    pub(crate) fn kind(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let ids: Vec<&str> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        known("unknown-kind", "finding kind", &ids, node, diagnostics)
    }
}

/// A name that must be among the known ones; any name passes when none is known.
fn known(
    code: &'static str,
    what: &str,
    ids: &[&str],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let name = decode::text(node, diagnostics)?;
    if ids.is_empty() || ids.contains(&name.as_str()) {
        return Some(name);
    }
    decode::refuse(
        Diagnostic::unknown(code, &node.place, what, &name, ids.iter().copied()),
        diagnostics,
    )
}
