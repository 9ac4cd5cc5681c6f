//! Waivers on the command line: the file, the day, and what a person should know about it.

use std::io::IsTerminal;
use std::path::Path;
use std::time::SystemTime;

use imr_report::{Audited, RuleTexts};
use imr_rules::correlate::BatchAudit;
use imr_rules::waiver::{LetterNames, Waivers};
use imr_rules::yaml::Diagnostic;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::args::General;
use crate::engine::Engine;
use crate::exit::{Failure, complain};

/// The waivers of a run.
#[derive(Debug)]
pub(crate) struct Accepted {
    waivers: Waivers,
    today: Date,
    name: String,
    text: String,
    used: Vec<usize>,
}

impl Accepted {
    /// Reads a waiver file and says what is doubtful about it.
    ///
    /// # Errors
    ///
    /// When it cannot be read or has mistakes, all of them underlined.
    pub(crate) fn load(
        path: &Path,
        today: Option<Date>,
        engine: &Engine,
        general: &General,
    ) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::Usage(format!("--waivers {name}: cannot be read: {error}"))
        })?;
        let today = today.unwrap_or_else(today_here);
        match Waivers::read(&name, &text) {
            Ok(waivers) => {
                let accepted = Self { waivers, today, name, text, used: Vec::new() };
                let doubts = accepted.waivers.doubts(&engine.rulebook, today);
                accepted.say(&doubts, "waivers to look at", general);
                Ok(accepted)
            }
            Err(mistakes) => {
                let drawn = draw(&mistakes, &name, &text, general);
                Err(Failure::Usage(format!(
                    "--waivers {name}: the file is invalid, mistakes: {}\n\n{drawn}",
                    mistakes.len()
                )))
            }
        }
    }

    /// Marks the waived findings of a letter; returns the waivers that matched.
    pub(crate) fn apply(&self, audited: &mut Audited, engine: &Engine) -> Vec<usize> {
        let number = audited.document.header.case_number.as_ref();
        let names = LetterNames {
            case_number: number.map(|number| number.value.as_str()),
            source: &audited.letter.name,
        };
        self.waivers.apply(names, self.today, &mut audited.audit, &engine.rulebook)
    }

    /// Marks the waived findings across letters.
    pub(crate) fn apply_across(&mut self, batch: &mut BatchAudit) {
        let used = self.waivers.apply_across(self.today, batch);
        self.matched(&used);
    }

    /// Remembers the waivers that matched.
    pub(crate) fn matched(&mut self, used: &[usize]) {
        for index in used {
            if let Err(place) = self.used.binary_search(index) {
                self.used.insert(place, *index);
            }
        }
    }

    /// Says which waivers matched nothing.
    pub(crate) fn end(&self, general: &General) {
        let unmatched = self.waivers.unmatched(&self.used, self.today);
        self.say(&unmatched, "waivers that matched nothing", general);
    }

    /// The day on which the waivers were looked at.
    pub(crate) fn today(&self) -> Date {
        self.today
    }

    fn say(&self, doubts: &[Diagnostic], what: &str, general: &General) {
        if !doubts.is_empty() {
            let drawn = draw(doubts, &self.name, &self.text, general);
            complain(format_args!("--waivers {}: {what}: {}\n\n{drawn}", self.name, doubts.len()));
        }
    }
}

fn draw(mistakes: &[Diagnostic], name: &str, text: &str, general: &General) -> String {
    let texts: RuleTexts = [(name.to_owned(), text.to_owned())].into();
    let look = general.appearance(std::io::stderr().is_terminal(), 0);
    imr_report::mistakes(mistakes, &texts, look)
}

/// The day of this machine's clock, in UTC: a batch that runs over midnight somewhere is looked at on one day.
fn today_here() -> Date {
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    now.to_zoned(TimeZone::UTC).date()
}
