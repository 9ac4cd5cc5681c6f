//! Bars as inline SVG, each between its name and its number.
//!
//! The words stand in HTML and only the bar is a drawing: it stretches with the page while the words keep their size, and
//! a reader who cannot see it has the name and the number beside it.

use std::fmt::Write as _;

use imr_rules::correlate::Share;

use super::escape::Escaped;

/// A part of a stacked bar.
pub(super) struct Part<'a> {
    /// What decides its colour: a class of the style sheet.
    pub(super) class: &'a str,
    /// Its share of the bar's width, from 0 to 1.
    pub(super) share: f64,
}

/// A line of a chart.
pub(super) struct Bar<'a> {
    /// HTML of the name, already escaped.
    pub(super) name: String,
    pub(super) parts: Vec<Part<'a>>,
    /// The interval that a whisker shows.
    pub(super) whisker: Option<(f64, f64)>,
    /// The number beside the bar.
    pub(super) value: String,
    /// What the bar shows, in words.
    pub(super) title: String,
}

/// A number of counts as a number to draw with.
#[expect(clippy::cast_precision_loss, reason = "a drawing has a thousand pixels")]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

impl Bar<'_> {
    /// The line as HTML.
    pub(super) fn html(&self) -> String {
        let mut drawn = String::new();
        let mut from = 0.0;
        for part in self.parts.iter().filter(|part| part.share > 0.0) {
            let _ = write!(
                drawn,
                "<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"15\"/>",
                Escaped(part.class),
                percent(from),
                percent(part.share)
            );
            from += part.share;
        }
        if let Some((low, high)) = self.whisker {
            for (x1, x2, y1, y2) in
                [(low, high, 7.5, 7.5), (low, low, 4.0, 11.0), (high, high, 4.0, 11.0)]
            {
                let _ = write!(
                    drawn,
                    "<line class=\"whisker\" x1=\"{}\" x2=\"{}\" y1=\"{y1}\" y2=\"{y2}\"/>",
                    percent(x1),
                    percent(x2)
                );
            }
        }
        format!(
            "<div class=\"row\"><div class=\"name\">{}</div><svg role=\"img\" aria-label=\"{}\"><title>{}</title><rect \
             class=\"ground\" width=\"100%\" height=\"15\"/>{drawn}</svg><div class=\"value\">{}</div></div>\n",
            self.name,
            Escaped(&self.title),
            Escaped(&self.title),
            Escaped(&self.value)
        )
    }
}

/// What the colours of a chart mean.
pub(super) fn legend<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let entries = entries.into_iter().map(|(class, name)| {
        format!(
            "<li><svg aria-hidden=\"true\"><rect class=\"{}\" width=\"11\" height=\"11\" rx=\"2\"/></svg>{}</li>",
            Escaped(class),
            Escaped(name)
        )
    });
    format!("<ul class=\"legend\">{}</ul>\n", entries.collect::<String>())
}

/// A share with its interval: a bar with a whisker.
pub(super) fn share<'a>(name: String, class: &'a str, share: &Share) -> Bar<'a> {
    Bar {
        name,
        parts: vec![Part { class, share: share.value() }],
        whisker: Some((share.interval.low, share.interval.high)),
        value: format!("{} of {}", share.count, share.of),
        title: format!("{}: {}", share.what, share.in_words()),
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{Bar, Part};

    #[test]
    fn parts_follow_each_other_and_words_are_escaped() {
        let bar = Bar {
            name: "opioid".to_owned(),
            parts: vec![
                Part { class: "upheld", share: 0.75 },
                Part { class: "overturned", share: 0.25 },
            ],
            whisker: None,
            value: "1 < 4".to_owned(),
            title: "\"x\"".to_owned(),
        };
        let html = bar.html();
        assert!(html.contains("class=\"upheld\" x=\"0.00%\" width=\"75.00%\""), "{html}");
        assert!(html.contains("class=\"overturned\" x=\"75.00%\" width=\"25.00%\""), "{html}");
        assert!(
            html.contains("1 &lt; 4") && html.contains("aria-label=\"&quot;x&quot;\""),
            "{html}"
        );
    }
}
