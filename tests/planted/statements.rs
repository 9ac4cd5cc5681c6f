//! What a rationale denies and a case summary records, in words that vary.
//!
//! Each entry is one fact: the item classes for which it matters, ways to deny it, ways to record it. `{item}` stands for the
//! disputed item. The words are those of determination letters, not those of the rules.

use super::site::Site;

/// Drugs that a patient takes for pain.
const DRUGS: &[&str] =
    &["opioid", "nsaid", "muscle_relaxant", "anti_epileptic", "topical_analgesic"];
const OPIOIDS: &[&str] = &["opioid"];
const STUDIES: &[&str] = &["mri", "emg_ncs", "epidural_injection"];
const CARE: &[&str] = &["mri", "epidural_injection", "surgery", "facet_injection", "emg_ncs"];
const THERAPY: &[&str] = &["physical_therapy", "chiropractic", "acupuncture"];
const RELAXANTS: &[&str] = &["muscle_relaxant"];
const STOMACH: &[&str] = &["ppi"];
const SLEEP: &[&str] = &["sedative_hypnotic"];

struct Fact {
    classes: &'static [&'static str],
    denied: &'static [&'static str],
    recorded: &'static [&'static str],
}

const FACTS: &[Fact] = &[
    Fact {
        classes: OPIOIDS,
        denied: &[
            "There is no documentation that a urine drug screen was ever obtained.",
            "The records do not include any urine toxicology for this patient.",
            "No urine drug testing has been documented.",
        ],
        recorded: &[
            "A urine drug screen collected at the last visit was consistent with the prescribed drugs.",
            "The UDS was negative for illicit drugs and positive for the prescribed opioid.",
            "Urine toxicology showed the prescribed medication only.",
        ],
    },
    Fact {
        classes: DRUGS,
        denied: &[
            "There is no documentation of pain relief with {item}.",
            "The submitted notes fail to document any reduction in pain from this drug.",
            "No evidence of decreased pain with the medication was provided.",
        ],
        recorded: &[
            "The patient rates the pain 8/10 without {item} and 4/10 with {item}.",
            "Pain drops from 9/10 to 5/10 with {item}.",
            "{item} gives about 50% pain relief.",
        ],
    },
    Fact {
        classes: OPIOIDS,
        denied: &[
            "There is no documentation of functional improvement with {item}.",
            "The provider did not document any functional benefit from this opioid.",
            "The records do not show improved function with its use.",
        ],
        recorded: &[
            "With {item} the patient is able to walk four blocks and cook for the family.",
            "{item} allows the patient to work full time.",
            "The patient can do household chores when taking {item}.",
        ],
    },
    Fact {
        classes: OPIOIDS,
        denied: &[
            "There is no discussion of side effects in the records.",
            "The documentation does not address adverse effects.",
        ],
        recorded: &[
            "The patient denies side effects.",
            "The medications are well tolerated without side effects.",
            "The patient reports constipation, for which a stool softener is taken.",
        ],
    },
    Fact {
        classes: OPIOIDS,
        denied: &[
            "There is no documentation of a signed pain agreement.",
            "No opioid contract was provided for review.",
        ],
        recorded: &[
            "A signed pain agreement is on file.",
            "The opioid contract was signed and reviewed.",
        ],
    },
    Fact {
        classes: STUDIES,
        denied: &[
            "The physical examination revealed no evidence of nerve compromise.",
            "There is no documentation of any neurologic deficit on examination.",
            "No sensory or motor deficits were documented.",
        ],
        recorded: &[
            "On examination sensation was decreased to light touch.",
            "The motor strength was 4/5 on the affected side.",
            "There was diminished sensation and a decreased reflex.",
        ],
    },
    Fact {
        classes: CARE,
        denied: &[
            "There is no documentation of failed conservative treatment.",
            "The records do not show that physical therapy was tried.",
            "No evidence of conservative care was submitted.",
        ],
        recorded: &[
            "The patient completed 12 sessions of physical therapy without benefit.",
            "The patient attended 8 visits of physical therapy, which did not help.",
            "The patient failed physical therapy and chiropractic treatment.",
        ],
    },
    Fact {
        classes: THERAPY,
        denied: &[
            "There is no documentation of functional improvement from the prior sessions.",
            "The provider did not document any objective gains from the earlier visits.",
        ],
        recorded: &[
            "After the prior visits flexion increased from 40 to 65 degrees.",
            "The sessions gave good improvement.",
            "The patient got better with the treatment and returned to work.",
        ],
    },
    Fact {
        classes: RELAXANTS,
        denied: &[
            "There is no documentation of muscle spasm on examination.",
            "No spasms were documented.",
        ],
        recorded: &[
            "The examination revealed paraspinal muscle spasm.",
            "There was palpable spasm of the paravertebral muscles.",
        ],
    },
    Fact {
        classes: STOMACH,
        denied: &[
            "There is no documentation of gastrointestinal complaints.",
            "The records do not document dyspepsia or any other gastrointestinal symptom.",
        ],
        recorded: &[
            "The patient reports heartburn with the medications.",
            "The patient has a history of GERD.",
            "Naproxen causes stomach upset.",
        ],
    },
    Fact {
        classes: SLEEP,
        denied: &[
            "There is no documentation of insomnia.",
            "The records do not describe any difficulty sleeping.",
        ],
        recorded: &[
            "The patient complains of insomnia.",
            "The patient has difficulty falling asleep because of pain.",
        ],
    },
];

/// A claim and a record against it that fit the item; the number varies the words.
fn pair(site: &Site<'_>, number: usize) -> Option<(String, String)> {
    let fitting: Vec<&Fact> = FACTS.iter().filter(|fact| site.is_of(fact.classes)).collect();
    let fact = fitting.get(number % fitting.len().max(1))?;
    let words = |list: &[&str], turn: usize| list[turn % list.len()].replace("{item}", &item(site));
    Some((words(fact.denied, number / 2), words(fact.recorded, number / 3)))
}

/// The disputed drug by its first written name, else "the treatment".
fn item(site: &Site<'_>) -> String {
    let drug = site.decision.item.drugs.first();
    drug.map_or_else(|| "the treatment".to_owned(), |drug| site.words(drug.slice).to_owned())
}

/// The case summary records what the rationale denies.
pub(super) fn against_summary(site: &Site<'_>, number: usize) -> Option<String> {
    let (claim, record) = pair(site, number)?;
    site.denied().then(|| site.contradicted(&claim, &record))?
}

/// The rationale records it and then denies it.
pub(super) fn against_itself(site: &Site<'_>, number: usize) -> Option<String> {
    let drug = item(site);
    let pairs = [
        (
            format!("Pain drops from 9/10 to 5/10 with {drug}."),
            "There is no documentation of any pain relief.",
        ),
        (
            format!("The patient reports 60% pain relief with {drug}."),
            "There is no evidence of a reduction in pain with its use.",
        ),
    ];
    let (record, claim) = &pairs[number % pairs.len()];
    (site.denied() && site.is_of(DRUGS)).then(|| site.argued(&format!("{record} {claim}")))?
}
