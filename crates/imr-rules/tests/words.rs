//! The shipped words, read with: headings, guideline lines and conclusions that no letter holds.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use imr_letter::document::{CitationLine, Necessity, StatedAbsence};
use imr_letter::item::{Item, Side};
use imr_letter::view::View;
use imr_letter::vocabulary::{Vocabulary, Wording};
use imr_letter::{citation, conclusion, item};
use imr_rules::rulebook::{RuleFile, Rulebook};

static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = Vec::new();
    for folder in ["items", "guidelines"] {
        collect(&root.join(folder), &mut files);
    }
    let read = |path: &PathBuf| {
        let name = format!("rules/{}", path.strip_prefix(&root).unwrap().display());
        RuleFile::new(name, fs::read_to_string(path).unwrap())
    };
    let files: Vec<RuleFile> = files.iter().map(read).collect();
    Rulebook::load(&files).unwrap_or_else(|errors| panic!("{errors}")).vocabulary
});

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn heading(text: &str) -> Item {
    let view = View::of(text);
    let terms = WORDS.terms(view.text(), view.whole());
    item::read(Wording::new(&view, &WORDS, &terms), view.whole())
}

fn line(text: &str) -> CitationLine {
    let view = View::of(text);
    let terms = WORDS.terms(view.text(), view.whole());
    citation::read(Wording::new(&view, &WORDS, &terms), Some(view.whole()))
}

fn concludes(text: &str) -> Necessity {
    let view = View::of(text);
    let terms = WORDS.terms(view.text(), view.whole());
    conclusion::read(Wording::new(&view, &WORDS, &terms), Some(view.whole())).value
}

#[test]
fn the_first_phrase_decides_the_class() {
    let cases = [
        ("Roxicodone 15 mg tablets, count 84", "opioid"),
        (
            "Steroid injection of the left wrist under sonographic and ultrasound guidance",
            "other_injection",
        ),
        ("Transportation for the epidural steroid injection", "transportation"),
        ("Consult with a spine surgeon for a possible lumbar fusion", "consultation"),
        ("Neck surgery consultation", "consultation"),
        ("Acupuncture with infrared heat, 5 visits", "acupuncture"),
        ("Referral for MRI of the left elbow", "mri"),
        ("Return visit with the podiatrist", "office_visit"),
        ("A wholly unheard-of gadget", "other"),
    ];
    for (text, class) in cases {
        assert_eq!(heading(text).class, class, "{text}");
    }
}

#[test]
fn a_surgery_takes_what_belongs_to_it_but_no_drugs() {
    let cases = [
        ("Post-operative hand therapy, 9 visits", "surgical_ancillary"),
        ("Preoperative chest radiograph", "surgical_ancillary"),
        ("Associated surgical service: something for the arm", "surgical_ancillary"),
        ("Surgical assistant", "surgical_ancillary"),
        ("Postoperative Percocet 5/325mg #24", "opioid"),
        ("Postoperative hardware removal, left tibia", "surgery"),
    ];
    for (text, class) in cases {
        assert_eq!(heading(text).class, class, "{text}");
    }
}

#[test]
fn a_device_beside_a_surgery_belongs_to_it() {
    let texts = ["Left trigger thumb release", "Cold therapy unit", "Norco 5/325mg #12"];
    let mut items = texts.map(heading);
    item::relate(items.iter_mut(), &WORDS);
    assert_eq!(items.map(|item| item.class), ["surgery", "surgical_ancillary", "opioid"]);
    let mut alone = [heading("Cold therapy unit")];
    item::relate(alone.iter_mut(), &WORDS);
    assert_eq!(alone[0].class, "heat_cold_therapy");
}

#[test]
fn route_and_ingredients_decide_the_class_of_a_drug() {
    let cases = [
        ("Ibuprofen 10% cream 90gm", "topical_analgesic"),
        ("Ibuprofen 10%/Baclofen 4% cream 90gm", "compounded_drug"),
        ("Menthol 5%/Camphor 2% gel", "topical_analgesic"),
        ("Compounded tizanidine 3%", "compounded_drug"),
        ("Ketorolac 30mg IM", "other_injection"),
        ("Ketorolac 10mg #12", "nsaid"),
        ("Fentanyl 12mcg/hr patches #10", "opioid"),
        ("Ultrasound, 2 x 5", "other"),
        ("Ultrasound of the left calf", "ultrasound_diagnostic"),
    ];
    for (text, class) in cases {
        assert_eq!(heading(text).class, class, "{text}");
    }
}

#[test]
fn drugs_are_found_by_brand_generic_and_misspelling() {
    for text in ["Zanaflex 2mg", "tizanidine HCL 2mg", "tizanadine 2mg"] {
        assert_eq!(heading(text).drugs[0].value, "tizanidine", "{text}");
    }
}

#[test]
fn amounts_of_a_drug_are_read() {
    let item = heading(
        "Endocet 7.5/325 mg tablets, take one by mouth, #84 with two refills, 28 day supply",
    );
    assert_eq!(item.strength.unwrap().value, "7.5/325 mg");
    assert_eq!(item.form.unwrap().value, "tablet");
    assert_eq!(item.quantity.unwrap().value, 84);
    assert_eq!(item.refills.unwrap().value, 2);
    assert_eq!(item.days_supply.unwrap().value, 28);
    for text in [
        "Mobic 15mg quantity: 45",
        "Mobic 15mg 45 count",
        "Mobic 15mg, 45 tablets",
        "Mobic 15mg #45is",
    ] {
        assert_eq!(heading(text).quantity.unwrap().value, 45, "{text}");
    }
}

#[test]
fn schedules_of_visits_are_read() {
    let cases = [
        ("Chiropractic 2 times a week for 5 weeks", (Some(2), Some(5), Some(10))),
        ("Chiropractic twice weekly x 5 weeks", (Some(2), Some(5), Some(10))),
        ("Chiropractic 2x5", (Some(2), Some(5), Some(10))),
        ("Chiropractic 2 x week x 5 weeks", (Some(2), Some(5), Some(10))),
        (
            "Chiropractic two to three times a week for four to six weeks (18 sessions)",
            (Some(3), Some(6), Some(18)),
        ),
        ("Nine additional chiropractic visits", (None, None, Some(9))),
        ("Chiropractic x 7", (None, None, Some(7))),
        ("Chiropractic sessions #7", (None, None, Some(7))),
        ("Chiropractic, 3 visits per week", (Some(3), None, None)),
    ];
    for (text, expected) in cases {
        let item = heading(text);
        let read = (
            item.per_week.map(|n| n.value),
            item.weeks.map(|n| n.value),
            item.visits.map(|n| n.value),
        );
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn places_of_the_body_are_read() {
    let item = heading("Bilateral C3-4, C4/C5 and L5 to S1 medial branch block");
    let levels: Vec<String> = item.levels.into_iter().map(|level| level.value).collect();
    assert_eq!(levels, ["C3-C4", "C4-C5", "L5-S1"]);
    assert_eq!(item.side.unwrap().value, Side::Bilateral);
    let item = heading("MRI of the lt. wrist and mid back");
    let parts: Vec<String> = item.body_parts.into_iter().map(|part| part.value).collect();
    assert_eq!(
        (parts, item.side.unwrap().value),
        (vec!["wrist".into(), "thoracic_spine".into()], Side::Left)
    );
}

#[test]
fn a_partial_request_is_what_remains_in_dispute() {
    let item = heading(
        "Soma 350mg #80 was the original request. Soma 350mg #20 was authorized by the Claims Administrator. The \
         remaining IMR eligible portion of the original request, #60 is",
    );
    assert_eq!((item.class.as_str(), item.quantity.unwrap().value), ("muscle_relaxant", 60));
    assert_eq!(item.drugs[0].value, "carisoprodol");
}

#[test]
fn services_already_given_are_retrospective() {
    let item = heading("Retro urine drug test, DOS 4/3/15");
    assert!(item.retrospective);
    assert_eq!(item.service_dates[0].value.to_string(), "2015-04-03");
    assert!(!heading("Urine drug test").retrospective);
}

#[test]
fn every_form_of_citation_is_read() {
    let documents = |text: &str| -> Vec<String> {
        line(text).citations.into_iter().map(|c| c.document.unwrap_or(c.written)).collect()
    };
    let cases: &[(&str, &[&str])] = &[
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines Massage therapy Page(s): 60.",
            &["mtus-chronic-pain-2009"],
        ),
        (
            "Decision based on MTUS Opioid Treatment 2016, and Shoulder Complaints 2004, Section(s): Initial Care.",
            &["mtus-opioids-2016", "mtus-shoulder-2004"],
        ),
        ("Decision based on MTUS Knee Disorders 2019.", &["mtus-knee-disorders-2019"]),
        (
            "Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 341.",
            &["mtus-knee-2004"],
        ),
        (
            "Decision based on MTUS Knee Complaints 2004. Decision based on Non-MTUS Citation ODG Knee, MRIs; Head, CT.",
            &["mtus-knee-2004", "odg-knee", "odg-head"],
        ),
        (
            "The Physician Reviewer based his/her decision on the Chronic Pain Medical Treatment Guidelines, page 46, as well as the Official Disability Guidelines (ODG), Low Back Chapter.",
            &["mtus-chronic-pain-2009", "odg-low-back"],
        ),
        (
            "Decision based on Non-MTUS Citation Miller A. A trial of rest. J Rest 2010;1:2-9.",
            &["Miller A. A trial of rest. J Rest 2010;1:2-9"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(documents(text), *expected, "{text}");
    }
}

#[test]
fn sections_and_pages_are_read() {
    let read = line(
        "Decision based on MTUS Chronic Pain Treatment Guidelines NSAIDs, GI symptoms & cardiovascular risk; Opioids section Page(s): 68-69, 74; 80.",
    );
    let citation = &read.citations[0];
    let sections: Vec<&str> =
        citation.sections.iter().map(|section| section.value.as_str()).collect();
    assert_eq!(sections, ["NSAIDs, GI symptoms & cardiovascular risk", "Opioids"]);
    assert_eq!(citation.pages, [(68, 69), (74, 74), (80, 80)]);
    assert!(read.unread.is_empty());
}

#[test]
fn a_misspelt_title_is_found_and_said_to_be_misspelt() {
    let read = line("Decision based on MTUS Chronic Pain Treatement Guidlines Opioids.");
    assert_eq!(read.citations[0].document.as_deref(), Some("mtus-chronic-pain-2009"));
    assert!(read.citations[0].misspelt);
}

#[test]
fn stated_absences_are_no_citations() {
    let read = line("The Expert Reviewer did not cite any medical evidence for its decision.");
    assert_eq!((read.absence, read.citations.len()), (Some(StatedAbsence::NoneCited), 0));
    let read = line(
        "The Claims Administrator based their decision on recommendation(s) outside of the MTUS Guidelines. Decision \
         based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain.",
    );
    assert_eq!((read.absence, read.citations.len()), (Some(StatedAbsence::OutsideMtus), 1));
}

#[test]
fn a_long_line_is_cut_and_says_so() {
    let text = "Decision based on MTUS ".to_string() + &"Opioids, ".repeat(20_000);
    assert!(!line(&text).unread.is_empty());
}

#[test]
fn conclusions_are_put_together_from_their_parts() {
    use Necessity::{Absent, Necessary, NotNecessary};
    let cases = [
        ("Pain fell by half. As such, the splint is medically necessary.", Necessary),
        ("The splint is determined to not be medically necessary.", NotNecessary),
        ("The scan without contrast is medically necessary.", Necessary),
        ("The splint cannot, however, be considered medically necessary.", NotNecessary),
        ("The request for a splint is therefore denied.", NotNecessary),
        ("The request for a splint is certified.", Necessary),
        ("Medical necessity of the splint has not been established.", NotNecessary),
        ("The request lacks medical necessity.", NotNecessary),
        ("Non-certification of the request is recommended.", NotNecessary),
        (
            "As the surgery is not medically necessary, the requested sling is also not medically necessary.",
            NotNecessary,
        ),
        (
            "A splint is medically necessary when the wrist is unstable. The request is not medically necessary.",
            NotNecessary,
        ),
        ("A splint is medically necessary when the wrist is unstable.", Absent),
        (
            "The request is not medically necessary. A taper over weeks is recommended when opioids are stopped.",
            NotNecessary,
        ),
        ("Therefore, the splint would be considered medically unnecessary.", NotNecessary),
        ("The IF unit and its supplies are not medically necessary.", NotNecessary),
        ("The guideline asks \"if it helps.\" Thus the visits are medically necessary.", Necessary),
        ("This does not follow, and no additional splint is medically necessary.", NotNecessary),
        (
            "As the fusion is not medically necessary, none of the services, such as the brace, are medically necessary.",
            NotNecessary,
        ),
        ("The records were reviewed. Denial is recommended.", NotNecessary),
        ("The denial is overturned.", Necessary),
        ("The request can therefore not be certified as it stands.", NotNecessary),
        ("The wrist was examined and found to be tender.", Absent),
        ("", Absent),
    ];
    for (text, expected) in cases {
        assert_eq!(concludes(text), expected, "{text}");
    }
}

#[test]
fn one_endless_sentence_is_read_in_linear_time() {
    let text = "the request is not, ".repeat(10_000) + "medically necessary.";
    assert_eq!(concludes(&text), Necessity::Necessary);
}
