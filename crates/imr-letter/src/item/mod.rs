//! The disputed item, read from a heading.

use jiff::civil::Date;

use crate::document::Sex;
use crate::span::Located;

/// What a heading asks for. Ids are those of the vocabulary under `rules/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The item class id, such as `opioid`; `other` when nothing in the vocabulary fits.
    pub class: String,
    /// The drugs named, by generic name.
    pub drugs: Vec<Located<String>>,
    /// Strength as written, such as "10/325 mg".
    pub strength: Option<Located<String>>,
    /// Dosage form, such as "tablet", "cream".
    pub form: Option<Located<String>>,
    /// How many units are asked for ("#90" is 90).
    pub quantity: Option<Located<u32>>,
    /// Refills ("with 3 refills").
    pub refills: Option<Located<u32>>,
    /// Days' supply.
    pub days_supply: Option<Located<u32>>,
    /// The procedures, tests or devices named, by vocabulary name.
    pub procedures: Vec<Located<String>>,
    /// Body parts, by vocabulary id.
    pub body_parts: Vec<Located<String>>,
    /// Left, right, bilateral.
    pub side: Option<Located<Side>>,
    /// Spinal levels such as "L4-5", normalised to "L4-L5".
    pub levels: Vec<Located<String>>,
    /// Visits or sessions in total.
    pub visits: Option<Located<u32>>,
    /// Visits a week.
    pub per_week: Option<Located<u32>>,
    /// Duration in weeks.
    pub weeks: Option<Located<u32>>,
    /// Whether the heading says that the request is retrospective.
    pub retrospective: bool,
    /// Service dates named in the heading.
    pub service_dates: Vec<Located<Date>>,
    /// Sex implied by the item, where it is (a hysterectomy); used by demographic checks.
    pub implies_sex: Option<Sex>,
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides.
    Bilateral,
}
