//! The report page in a real browser: filtering, opening a letter, following a finding to its words, and a letter that
//! would run a script if it could.
//!
//! Needs Chromium (`apt-get install chromium`, or `CHROMIUM=/path/to/it`). Without one the tests say loudly on standard
//! error that they were skipped; continuous integration can demand it with `IMR_AUDIT_NEEDS_BROWSER=1`.

mod devtools;

use std::fs;
use std::path::PathBuf;

use crate::workspace::{run, scratch, stdout, top};
use devtools::Browser;

const SEEDS: &str = "corpus/seed-*.txt";

/// Writes the report of these letters and opens it; `None` when there is no browser.
fn open(name: &str, letters: &str) -> Option<Browser> {
    let page = page(name, letters);
    let mut browser = Browser::start(&scratch(&format!("{name}-browser")))?;
    browser.go(&format!("file://{}", page.display()));
    Some(browser)
}

fn page(name: &str, letters: &str) -> PathBuf {
    let page = scratch(name).join("report.html");
    stdout(&["audit", letters, "--format", "html", "--output", &page.display().to_string()]);
    page
}

/// How many lines of the table are shown.
const SHOWN: &str = "[...document.querySelectorAll('table.findings tbody tr')].filter((row) => row.checkVisibility()).length";

#[test]
fn the_table_is_filtered_by_words_severity_and_kind() {
    let Some(mut browser) = open("page-filter", SEEDS) else { return };
    let all = browser.number(SHOWN);
    assert!(all > 10, "{all} findings");
    browser.js("document.querySelector('#search').focus()");
    browser.type_text("soma");
    let some = browser.number(SHOWN);
    assert!(some > 0 && some < all, "{some} of {all}");
    assert!(
        browser.text("document.querySelector('#shown').textContent").starts_with(&some.to_string())
    );
    browser.js("document.querySelector('#reset').click()");
    assert_eq!(browser.number(SHOWN), all);
    for severity in ["high", "medium", "low", "info"] {
        browser.js(&format!("document.querySelector('input[value={severity}]').click()"));
    }
    assert_eq!(browser.number(SHOWN), 1, "one critical finding is left");
    browser.js("document.querySelector('button[data-kind=taper_not_addressed]').click()");
    assert_eq!(browser.number(SHOWN), 3, "a name in the chart filters the table");
    browser.nothing_went_wrong();
}

#[test]
fn the_table_is_sorted_by_a_column() {
    let Some(mut browser) = open("page-sort", SEEDS) else { return };
    let first = "document.querySelector('table.findings tbody td.where').textContent";
    let before = browser.text(first);
    let head = "document.querySelectorAll('table.findings th button')[2].click()";
    browser.js(head);
    let up = browser.text(first);
    browser.js(head);
    let down = browser.text(first);
    assert!(up < down, "{up} {down}");
    assert_ne!(before, up, "the gravest came first");
    browser.nothing_went_wrong();
}

#[test]
fn a_finding_leads_to_its_words_with_the_keyboard_alone() {
    let Some(mut browser) = open("page-follow", SEEDS) else { return };
    browser.key("/");
    assert_eq!(browser.text("document.activeElement.id"), "search");
    browser.type_text("functional improvement is not mentioned");
    assert_eq!(browser.number(SHOWN), 1);
    let link = "document.querySelector('table.findings tbody tr:not([hidden]) a')";
    browser.js(&format!("{link}.focus()"));
    browser.key("Enter");
    browser.wait_for("!document.querySelector('#letter').hidden");
    let lit = "[...document.querySelectorAll('#letter mark.current')].map((mark) => mark.textContent).join('')";
    assert_eq!(browser.text(lit), "Overturned");
    let searched = "[...document.querySelectorAll('#letter mark.searched')].map((mark) => mark.textContent).join('')";
    assert!(browser.text(searched).starts_with("The California MTUS recommend"));
    let seen = "(() => { const at = document.querySelector('#letter mark.current').getBoundingClientRect(); \
                return at.top >= 0 && at.bottom <= innerHeight; })()";
    assert!(browser.truth(seen), "the words are in sight");
    assert!(browser.truth("document.querySelector('.finding.chosen') !== null"));
    browser.key("Escape");
    browser.wait_for("document.querySelector('#letter').hidden");
    assert_eq!(browser.number(SHOWN), 1, "the filter is as it was");
    browser.nothing_went_wrong();
}

#[test]
fn evidence_is_coloured_by_status_and_its_quotation_leads_to_it() {
    let Some(mut browser) = open("page-evidence", SEEDS) else { return };
    browser.js("location.hash = '#letter/5'");
    browser.wait_for("!document.querySelector('#letter').hidden");
    let words = |status: &str| {
        format!(
            "[...document.querySelectorAll('#letter pre mark.{status}')].map((mark) => mark.textContent).join('')"
        )
    };
    assert!(browser.text(&words("undocumented")).contains("functional benefit"));
    assert!(browser.text(&words("met")).contains("symptoms have been controlled"));
    let colour = |status: &str| {
        format!(
            "getComputedStyle(document.querySelector('#letter pre mark.{status}')).backgroundColor"
        )
    };
    assert_ne!(browser.text(&colour("met")), browser.text(&colour("undocumented")));
    browser.js("[...document.querySelectorAll('.criteria .jump')].find((one) => one.textContent.includes('functional benefit')).click()");
    let lit = "[...document.querySelectorAll('#letter mark.current')].map((mark) => mark.textContent).join('')";
    assert!(browser.text(lit).contains("functional benefit"));
    browser.nothing_went_wrong();
}

/// Everything that a letter can say is text, in every place of the page.
#[test]
fn no_script_comes_from_a_letter() {
    let attack = "</script><script>window.owned=1</script><img src=x onerror=window.owned=1> Norco";
    let letter = fs::read_to_string(top().join("corpus/seed-001-norco.txt")).expect("it is there");
    let letter = letter
        .replace("Norco 10/325mg #360:", &format!("{attack} #360:"))
        .replace("low back pain", "<svg onload=window.owned=1> low back pain")
        .replace("UDS was consistent", "UDS was <b>consistent</b> ]]> --> &lt;script&gt;");
    assert!(letter.contains("onerror") && letter.contains("onload"));
    let folder = scratch("page-attack-letters");
    let path = folder.join("a<img src=x onerror=owned=1>.txt");
    fs::write(&path, letter).expect("it can be written");
    let Some(mut browser) = open("page-attack", &path.display().to_string()) else { return };
    let owned = "typeof window.owned";
    assert_eq!(browser.text(owned), "undefined");
    browser.js("location.hash = '#letter/1/0'");
    browser.wait_for("!document.querySelector('#letter').hidden");
    assert_eq!(browser.text(owned), "undefined");
    assert!(
        browser
            .text("document.querySelector('.proof h3').textContent")
            .contains("<script>window.owned=1</script>")
    );
    assert_eq!(
        browser
            .number("document.querySelectorAll('#letter img, #letter svg, #overview img').length"),
        0
    );
    assert!(browser.text("document.title").starts_with("Audit of 1 letter"));
    browser.nothing_went_wrong();
}

/// Whatever got into the page: the policy lets no script run but ours and nothing be fetched.
#[test]
fn the_policy_of_the_page_stops_what_is_not_ours() {
    let Some(mut browser) = open("page-policy", SEEDS) else { return };
    browser.js(
        "const evil = document.createElement('script'); evil.textContent = 'window.owned = 1'; document.body.append(evil); \
         const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image);",
    );
    assert_eq!(browser.text("typeof window.owned"), "undefined");
    assert!(browser.refused() > 0, "the browser says that it refused");
}

#[test]
fn a_page_says_what_it_leaves_out() {
    let page = scratch("page-bounded").join("report.html");
    let path = page.display().to_string();
    stdout(&["audit", SEEDS, "--format", "html", "--letters", "2", "--output", &path]);
    let html = fs::read_to_string(&page).expect("it is there");
    assert!(html.contains("2 of 5 letters are embedded"), "it says so");
    assert_eq!(html.matches("id=\"letter-").count(), 2);
    assert!(html.contains("id=\"letter-2\""), "the letter with the critical finding is embedded");
    assert!(html.contains("(letter not embedded)"));
}

#[test]
fn a_page_is_one_file_that_fetches_nothing() {
    let html = fs::read_to_string(page("page-alone", SEEDS)).expect("it is there");
    for outside in ["http://", "https://", " src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    let empty = run(&["audit", "no-such-letter.txt", "--format", "html"]);
    assert!(String::from_utf8(empty.stdout).expect("UTF-8").trim_end().ends_with("</html>"));
}

#[test]
fn the_page_does_not_depend_on_threads() {
    let with = |jobs| stdout(&["audit", SEEDS, "--format", "html", "--jobs", jobs]);
    assert!(with("1") == with("3"));
}
