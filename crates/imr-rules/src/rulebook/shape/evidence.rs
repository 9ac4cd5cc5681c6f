//! The shapes of the evidence lexicon and of contradictions.

use super::{Form, Key, Naming, Shape, may, need, words};
use crate::contradiction::tables;
use crate::evidence::{
    CueKind, PhraseStatus, Request, RequestHint, STATUS_WORDS, SameItem, SentenceKind,
};

const TEXTS: Form = Form::List(&Form::Text);
const PHRASES: Form = Form::List(&Form::Phrase);
const CLASSES: Form = Form::List(&Form::Refer(Naming::ItemClass));
const STATUS: Form = Form::Word(|| words(STATUS_WORDS));
const MEANING: Form = Form::Word(|| PhraseStatus::ALL.map(PhraseStatus::name).to_vec());
const CRITERION: Key =
    may("criterion", Form::Refer(Naming::Criterion), "The criterion that the file is about.");

const ID: Key = need(
    "id",
    Form::Define(Naming::Entry),
    "The id by which a file of a higher layer replaces it.",
);
const WORDS: Key = need("phrases", PHRASES, "Its phrases; none: the entry is switched off.");
const EXAMPLE: Key = may("example", Form::Text, "A sentence in which it must speak.");
const COUNTER: Key = may("counter", Form::Text, "A sentence in which it must not.");
const MISREAD: Key = may(
    "misread",
    Form::List(&Form::Word(|| words(SentenceKind::NAMES))),
    "Those of the two that are right and read wrongly today; one that comes out right fails its test until it is taken out.",
);
const ONLY: Key =
    may("classes", CLASSES, "The item classes that it counts for; all when left out.");
const NEVER: Key = may("not_classes", CLASSES, "Item classes that it never counts for.");

/// A file of `evidence/`.
pub(super) static EVIDENCE: Shape = Shape {
    name: "evidence",
    about: "Words by which facts about a patient are recognised.",
    keys: &[
        CRITERION,
        may(
            "groups",
            Form::List(&Form::Entry(&GROUP)),
            "Groups of phrases that other phrases name as `<id>`.",
        ),
        may("cues", Form::List(&Form::Entry(&CUE)), "Words that say how a clause is meant."),
        may(
            "concepts",
            Form::List(&Form::Entry(&CONCEPT)),
            "Words that name a fact about the file's criterion.",
        ),
        may("request", Form::List(&Form::Entry(&HINT)), "Words that tell the phase of a request."),
        may(
            "usual_request",
            Form::Map(&Form::Refer(Naming::ItemClass), &Form::Word(|| words(Request::NAMES))),
            "The phase of a class where no word tells.",
        ),
        may(
            "same_item",
            Form::Map(&Form::Refer(Naming::ItemClass), &Form::Word(|| words(SameItem::NAMES))),
            "When a sentence that names procedures speaks of an item of the class: one of them is of the class, or has the item's name.",
        ),
        may("carry", Form::Entry(&CARRY), "What the stance of the clause before is worth."),
        may("abbreviations", TEXTS, "Abbreviations whose full stop does not end a sentence."),
        may("common_words", TEXTS, "Words of headings that do not identify the item."),
        may("weights", Form::Entry(&COLUMN), "Weighed words of the file's criterion."),
        may(
            "status_weights",
            Form::Map(&STATUS, &Form::Entry(&COLUMN)),
            "Weighed words by the status they argue for.",
        ),
        may(
            "threshold",
            Form::Whole,
            "The sum from which a clause speaks of a criterion though no phrase found it.",
        ),
        may("doubts", Form::Whole, "The sum below which what a phrase found is dropped."),
        may(
            "recites",
            Form::Whole,
            "What every vote for the guideline over those for the patient takes from a sum.",
        ),
        may(
            "outweighs",
            Form::Whole,
            "By how much words must outweigh the status that a phrase gave.",
        ),
        may(
            "voice_weights",
            Form::Entry(&COLUMN),
            "Weighed words for a guideline as the one who speaks, and against the reviewer.",
        ),
        may(
            "mention_weights",
            Form::Map(&MEANING, &Form::Entry(&COLUMN)),
            "Weighed words around a stretch of words by what they say that it means.",
        ),
        may(
            "vote",
            Form::Whole,
            "So many tenths of a log-odd of the voice weights are one vote on who speaks.",
        ),
        may("most_votes", Form::Whole, "More votes than these the words of a clause never have."),
        may("passed_over", TEXTS, "Words that are not weighed."),
    ],
};
static GROUP: Shape = Shape {
    name: "group",
    about: "Phrases that other phrases name together.",
    keys: &[
        need("id", Form::Define(Naming::Group), "Its name; phrases write it as `<id>`."),
        need("phrases", PHRASES, "Its phrases, without gaps."),
    ],
};
static CUE: Shape = Shape {
    name: "cue",
    about: "Words that say how a clause is meant.",
    keys: &[
        ID,
        WORDS,
        need("kind", Form::Word(|| words(CueKind::NAMES)), "What it does."),
        may("weight", Form::Whole, "Its vote on who speaks; 0 when left out."),
        EXAMPLE,
        COUNTER,
        MISREAD,
    ],
};
static CONCEPT: Shape = Shape {
    name: "concept",
    about: "Words that name a fact about a criterion.",
    keys: &[
        ID,
        WORDS,
        may("asserted", STATUS, "The status when the text asserts it; `met` when left out."),
        may("denied", STATUS, "The status when the text denies it; `not_met` when left out."),
        may(
            "absent",
            STATUS,
            "The status when the text says that it is missing; `undocumented` when left out.",
        ),
        may(
            "conditional",
            STATUS,
            "The status when it is only a condition; `nothing` when left out.",
        ),
        may("normal_denies", Form::Truth, "Whether a normal result in the clause denies it."),
        may(
            "recited_counts",
            Form::Truth,
            "Whether it also counts where the guideline speaks of the item.",
        ),
        may("names_item", Form::Truth, "Whether it counts only in a sentence that names the item."),
        ONLY,
        NEVER,
        may(
            "weight",
            Form::Whole,
            "Where two mentions disagree, the greater weight wins; 2 when left out.",
        ),
        may("denied_weight", Form::Whole, "The weight of a denial, where it differs."),
        EXAMPLE,
        COUNTER,
        MISREAD,
    ],
};
static HINT: Shape = Shape {
    name: "request-hint",
    about: "Words that argue for a phase of the request.",
    keys: &[
        ID,
        WORDS,
        need(
            "argues_for",
            Form::Word(|| words(RequestHint::ARGUMENTS)),
            "The phase; `nothing`: in its sentence nothing else counts either.",
        ),
        may("heading", Form::Whole, "Its weight in the heading."),
        may("rationale", Form::Whole, "Its weight in the rationale."),
        may("summary", Form::Whole, "Its weight in the case summary."),
        may("names_item", Form::Truth, "Whether it counts only in sentences that name the item."),
        may(
            "leaves_out_item",
            Form::Truth,
            "Whether it counts only where none of its sentences names the item.",
        ),
        ONLY,
        NEVER,
        EXAMPLE,
        COUNTER,
        MISREAD,
    ],
};
static CARRY: Shape = Shape {
    name: "carry",
    about: "What the stance of the clause before is worth, in votes.",
    keys: &[
        need("clause", Form::Whole, "Of the clause before."),
        need("guideline", Form::Whole, "Of a guideline's clause."),
        need("patient", Form::Whole, "Of a clause about the patient."),
        need("summary", Form::Whole, "In a case summary."),
    ],
};
static COLUMN: Shape = Shape {
    name: "weighed-words",
    about: "Words with weights, which are added up.",
    keys: &[
        need("start", Form::Whole, "The sum without any word."),
        may("words", Form::List(&Form::Entry(&LINE)), "The words by their weight."),
    ],
};
static LINE: Shape = Shape {
    name: "weight",
    about: "Words of one weight.",
    keys: &[
        need("weight", Form::Whole, "The weight; 10 more doubles and a half again the odds."),
        need("of", TEXTS, "The words."),
    ],
};

/// A file of `contradictions/`.
pub(super) static CONTRADICTIONS: Shape = Shape {
    name: "contradictions",
    about: "Facts that two statements of a letter cannot say opposite things about.",
    keys: &[
        CRITERION,
        may("zones", Form::List(&Form::Entry(&ZONE)), "Words for parts of the body."),
        may("lists", Form::List(&Form::Entry(&LIST)), "Phrases that several topics name as `@id`."),
        may("topics", Form::List(&Form::Entry(&TOPIC)), "The facts."),
        may("signs", Form::List(&Form::Entry(&SIGN)), "Words that limit a statement."),
        may("agreement", Form::Entry(&AGREEMENT), "How well a record must fit a claim."),
        may(
            "weights",
            Form::Entry(&COLUMN),
            "Weighed words for a sentence of a case summary that speaks of the file's criterion.",
        ),
        may(
            "status_weights",
            Form::Map(&STATUS, &Form::Entry(&COLUMN)),
            "Weighed words of such a sentence by the status they argue for.",
        ),
        may(
            "pair_weights",
            Form::Entry(&COLUMN),
            "What a claim and a record against it are like, weighed.",
        ),
        may("pair_threshold", Form::Whole, "The sum from which a record contradicts a claim."),
        may(
            "groups",
            Form::List(&Form::Entry(&GROUP)),
            "Groups of phrases that other phrases name as `<id>`.",
        ),
    ],
};
static ZONE: Shape = Shape {
    name: "zone",
    about: "Words for a part of the body.",
    keys: &[
        need("id", Form::Define(Naming::Zone), "Its id."),
        need("words", PHRASES, "The words."),
    ],
};
static LIST: Shape = Shape {
    name: "list",
    about: "Phrases with a name.",
    keys: &[
        need("id", Form::Define(Naming::List), "Its name; topics write it as `@id`."),
        need("words", PHRASES, "The phrases."),
    ],
};
static TOPIC: Shape = Shape {
    name: "topic",
    about: "A fact, the claim about it, and the record that contradicts the claim.",
    keys: &[
        need("id", Form::Define(Naming::Topic), "Its id."),
        ONLY,
        NEVER,
        may("same_part", Form::Truth, "Whether both must be about the same part of the body."),
        may("same_item", Form::Truth, "Whether the record must name the disputed item."),
        may(
            "against",
            Form::List(&Form::Word(tables::places)),
            "Where a record may stand; everywhere when left out.",
        ),
        need("claim", Form::Entry(&STATEMENT), "What the rationale says."),
        need("record", Form::Entry(&STATEMENT), "What contradicts it."),
    ],
};
static STATEMENT: Shape = Shape {
    name: "statement",
    about: "A statement by its words and by how they are meant.",
    keys: &[
        may("is", Form::List(&Form::Word(tables::assertions)), "How the words must be meant."),
        need("words", PHRASES, "The words."),
        may("unless", PHRASES, "Words that make it a statement about another fact."),
        may("scores", Form::Word(tables::scores), "What scores in it must be like."),
        may("read", Form::Truth, "Whether what evidence reads so counts too."),
        may("plans", Form::Truth, "Whether what is planned counts as well as what is so."),
    ],
};
static SIGN: Shape = Shape {
    name: "sign",
    about: "Words that limit a statement.",
    keys: &[
        need("id", Form::Word(tables::signs), "What they say of it."),
        need("words", PHRASES, "The words."),
    ],
};
static AGREEMENT: Shape = Shape {
    name: "agreement",
    about: "How well a record must fit a claim.",
    keys: &[
        need("least", Form::Whole, "The least sum."),
        need("weights", Form::List(&Form::Entry(&TRAIT)), "What counts how much."),
    ],
};
static TRAIT: Shape = Shape {
    name: "trait",
    about: "What speaks for or against a pair of statements being about one fact.",
    keys: &[
        need("trait", Form::Word(tables::traits), "The trait."),
        need("weight", Form::Whole, "Its weight."),
    ],
};
