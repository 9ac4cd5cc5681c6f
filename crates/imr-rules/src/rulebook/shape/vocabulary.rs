//! The shapes of criteria, finding kinds, word lists, item classes and guidelines.

use super::{Form, Naming, Shape, may, need, words};
use crate::rulebook::vocabulary::{guidelines, items, words as lists};
use crate::rulebook::{check_words, criteria};

const TEXT: Form = Form::Text;
const TEXTS: Form = Form::List(&Form::Text);
const CLASS: Form = Form::Refer(Naming::ItemClass);

pub(super) const CRITERIA: Form =
    Form::Map(&Form::Define(Naming::Criterion), &Form::Entry(&CRITERION));
pub(super) const KINDS: Form = Form::Map(&Form::Define(Naming::Kind), &Form::Entry(&KIND));
pub(super) const CHECK_WORDS: Form = Form::Map(&Form::Word(|| words(check_words::LISTS)), &TEXTS);
pub(super) const ITEMS: Form = Form::OneOf(&[("group", &ITEM_CLASS)], &ITEM_WORDS);
pub(super) const GUIDELINES: Form = Form::OneOf(&[("source", &DOCUMENT)], &GUIDELINE_WORDS);

static CRITERION: Shape = Shape {
    name: "criterion",
    about: "A fact that an auditor looks for about this patient and this request.",
    keys: &[
        need("title", TEXT, "What a message calls it."),
        need("meaning", TEXT, "What counts as met, not met and undocumented."),
        need(
            "polarity",
            Form::Word(|| words(criteria::POLARITIES)),
            "What it says about the request when it is met.",
        ),
    ],
};
static KIND: Shape = Shape {
    name: "kind",
    about: "A kind of finding; reports group by it.",
    keys: &[
        need("title", TEXT, "What a report calls it."),
        need("meaning", TEXT, "When it is raised."),
    ],
};

static ITEM_CLASS: Shape = Shape {
    name: "item-class",
    about: "A class of disputed items with its drugs and procedures.",
    keys: &[
        need("id", Form::Define(Naming::ItemClass), "Its id."),
        need("title", TEXT, "What a report calls it."),
        need("group", TEXT, "The group it belongs to, such as `drug` or `therapy`."),
        may(
            "by_route",
            Form::Map(&TEXT, &CLASS),
            "The class that an item has when it is given by this route.",
        ),
        may(
            "by_guideline",
            Form::Map(&Form::Refer(Naming::Guideline), &CLASS),
            "The class that an item has when this document is cited about it and nothing else is.",
        ),
        may("drugs", Form::List(&Form::Entry(&DRUG)), "Its drugs."),
        may(
            "procedures",
            Form::List(&Form::Entry(&PROCEDURE)),
            "Its procedures, tests and devices.",
        ),
    ],
};
static DRUG: Shape = Shape {
    name: "drug",
    about: "A drug with the names that headings and rationales use.",
    keys: &[
        need("generic", TEXT, "The generic name."),
        may("brands", TEXTS, "Brand names."),
        may("also", TEXTS, "Other spellings of the generic name."),
        may("misspellings", TEXTS, "Misspellings seen in letters."),
        may("mme_per_mg", Form::Number, "Morphine milligram equivalents of one milligram."),
        may("max_mg_per_day", Form::Number, "The most milligrams a day."),
        may("schedule", TEXT, "The controlled-substance schedule."),
        may("note", TEXT, "A note for people."),
    ],
};
static PROCEDURE: Shape = Shape {
    name: "procedure",
    about: "A procedure, test or device.",
    keys: &[
        need("name", TEXT, "Its name."),
        may("aliases", TEXTS, "Other names."),
        may("rank", Form::Word(|| words(items::RANKS)), "How strongly the name decides the class."),
        may("when_repeated", CLASS, "The class it has when several sessions are asked for."),
        may("implies_sex", Form::Word(|| words(items::SEXES)), "The sex that it implies."),
    ],
};

static ITEM_WORDS: Shape = Shape {
    name: "item-words",
    about: "Words around items: parts of the body, sides, dosage forms, how headings and conclusions are worded.",
    keys: &[
        may("body_parts", Form::List(&Form::Entry(&BODY_PART)), "Parts of the body."),
        may("sides", Form::List(&Form::Entry(&SIDE)), "Words for sides."),
        may("forms", Form::List(&Form::Entry(&FORM)), "Dosage forms."),
        may("phrase_ends", TEXTS, "Words that end the name of an item."),
        may("retrospective", TEXTS, "Words for a request after the fact."),
        may("counters", Form::List(&Form::Entry(&COUNTER)), "Words that say what a number counts."),
        may("numbers", Form::List(&TEXTS), "Number words, from zero on."),
        may(
            "contexts",
            Form::List(&Form::Entry(&CONTEXT)),
            "Words that change the class of an item.",
        ),
        may(
            "siblings",
            Form::List(&Form::Entry(&SIBLING)),
            "Classes that change beside another item.",
        ),
        may("compound", Form::Entry(&COMPOUND), "How a compounded drug is told."),
        may("necessary", TEXTS, "Names of being necessary."),
        may("unnecessary", TEXTS, "Names of not being necessary."),
        may("necessity", TEXTS, "Names of the necessity itself."),
        may("proof", TEXTS, "Words by which necessity is shown."),
        may("copulas", TEXTS, "Verbs between the request and the conclusion."),
        may("approval", TEXTS, "Words of approval."),
        may("refusal", TEXTS, "Words of refusal."),
        may("negators", TEXTS, "Words that turn the meaning."),
        may("not_negators", TEXTS, "Words that look like negators and are none."),
        may("subjects", TEXTS, "Words for the request."),
        may("announcers", TEXTS, "Words that announce a conclusion."),
        may("conditions", TEXTS, "Words that make it a condition."),
        may("reported", TEXTS, "Words for somebody else's decision."),
    ],
};
static BODY_PART: Shape = Shape {
    name: "body-part",
    about: "A part of the body by the words that letters use.",
    keys: &[
        need("id", Form::Define(Naming::BodyPart), "Its id."),
        need("title", TEXT, "What a report calls it."),
        need("words", TEXTS, "The words for it."),
        may("region", TEXT, "The region it belongs to."),
        may(
            "guidelines",
            Form::List(&Form::Refer(Naming::Guideline)),
            "The documents that cover it.",
        ),
        may("paired", Form::Truth, "Whether there is a left and a right one."),
    ],
};
static SIDE: Shape = Shape {
    name: "side",
    about: "Words for one side.",
    keys: &[
        need("side", Form::Word(|| words(lists::SIDES)), "The side."),
        need("words", TEXTS, "The words for it."),
    ],
};
static FORM: Shape = Shape {
    name: "form",
    about: "A dosage form.",
    keys: &[
        need("id", TEXT, "Its id."),
        need("words", TEXTS, "The words for it."),
        may("route", TEXT, "How it is given."),
        may("counted", Form::Truth, "Whether a number before it is a quantity."),
    ],
};
static COUNTER: Shape = Shape {
    name: "counter",
    about: "Words that say what a number counts.",
    keys: &[
        need("counter", Form::Word(|| words(lists::COUNTERS)), "What is counted."),
        need("words", TEXTS, "The words for it."),
    ],
};
static CONTEXT: Shape = Shape {
    name: "context",
    about: "Words that change the class of an item.",
    keys: &[
        need("id", TEXT, "Its id."),
        need("cues", TEXTS, "The words."),
        need("becomes", CLASS, "The class that the item then has."),
        may("except_groups", TEXTS, "Groups of classes that it leaves alone."),
    ],
};
static SIBLING: Shape = Shape {
    name: "sibling",
    about: "Classes that change beside an item of a group.",
    keys: &[
        need("beside_group", TEXT, "The group of the other item."),
        need("classes", Form::List(&CLASS), "The classes that change."),
        need("becomes", CLASS, "What they become."),
    ],
};
static COMPOUND: Shape = Shape {
    name: "compound",
    about: "How a compounded drug is told.",
    keys: &[
        need("class", CLASS, "The class of compounded drugs."),
        need("cues", TEXTS, "Words for compounding."),
        need("route", TEXT, "The route it is given by."),
        need("ordinary_class", CLASS, "The class of an ordinary drug of that route."),
    ],
};

static DOCUMENT: Shape = Shape {
    name: "guideline",
    about: "A guideline document with its sections and pages.",
    keys: &[
        need("id", Form::Define(Naming::Guideline), "Its id."),
        need("source", Form::Refer(Naming::GuidelineSource), "The body that issues it."),
        need("title", TEXT, "Its title."),
        may("year", Form::Whole, "Its year."),
        may("from", Form::Date, "The first day on which it was in force."),
        may("until", Form::Date, "The last day on which it was in force."),
        may("pages", Form::Range, "Its first and last page."),
        need(
            "source_status",
            Form::Word(|| words(guidelines::STATUS)),
            "Whether its facts were compared with the official text.",
        ),
        may("aliases", TEXTS, "Other titles that letters use."),
        may("covers", Form::List(&CLASS), "The item classes it covers."),
        may(
            "body_parts",
            Form::List(&Form::Refer(Naming::BodyPart)),
            "The parts of the body it covers.",
        ),
        may("sections", Form::List(&Form::Entry(&SECTION)), "Its sections."),
    ],
};
static SECTION: Shape = Shape {
    name: "section",
    about: "A section of a guideline.",
    keys: &[
        need("id", Form::Define(Naming::Section), "Its id within the document."),
        need("title", TEXT, "Its title."),
        may("aliases", TEXTS, "Other titles that letters use."),
        may("pages", Form::List(&Form::Range), "Its ranges of pages, such as [[78, 80]]."),
        may("covers", Form::List(&CLASS), "The item classes it covers."),
    ],
};
static GUIDELINE_WORDS: Shape = Shape {
    name: "guideline-words",
    about: "Bodies that issue guidance, and how guideline lines are worded.",
    keys: &[
        may("sources", Form::List(&Form::Entry(&ISSUER)), "The bodies."),
        may("none_cited", TEXTS, "Words by which a line says that nothing was cited."),
        may("outside_mtus", TEXTS, "Words by which a line says that the MTUS does not cover it."),
        may("openers", TEXTS, "Words that open a citation."),
        may("other_openers", TEXTS, "Words that open a citation of another kind."),
        may("section_labels", TEXTS, "Words before a section's title."),
        may("page_labels", TEXTS, "Words before a page number."),
        may("fillers", TEXTS, "Words that mean nothing in a citation."),
    ],
};
static ISSUER: Shape = Shape {
    name: "issuer",
    about: "A body that issues guidance.",
    keys: &[
        need("id", Form::Define(Naming::GuidelineSource), "Its id."),
        need("title", TEXT, "Its title."),
        may("names", TEXTS, "The names that letters use."),
    ],
};
