//! The examples of `docs/data-frames.md`, run by a Python that has the libraries.

use std::fs;
use std::process::Command;

use crate::python::python;
use crate::workspace::{scratch, skipped, stdout, top};

const LIBRARIES: [&str; 4] = ["pandas", "polars", "duckdb", "pyarrow"];
const SEEDS: &str = "corpus/seed-*.txt";

/// The examples of the page, each with what it prints.
fn examples(page: &str) -> Vec<(String, String)> {
    let block = |rest: &str| {
        let (code, rest) = rest.split_once("```\n")?;
        let (_, output) = rest.split_once("```text\n")?;
        let (output, _) = output.split_once("```\n")?;
        Some((code.to_owned(), output.trim_end().to_owned()))
    };
    page.split("```python\n")
        .skip(1)
        .map(|rest| block(rest).expect("code and its output"))
        .collect()
}

#[test]
fn the_page_about_data_frames_says_what_python_says() {
    let page = fs::read_to_string(top().join("docs/data-frames.md")).expect("it is there");
    let examples = examples(&page);
    assert!(examples.len() >= 8, "{} examples", examples.len());
    let Some(python) = python(&LIBRARIES, "data-frames-python") else {
        skipped(&format!("no Python with {} was found or could be made", LIBRARIES.join(", ")));
        return;
    };
    let folder = scratch("data-frames");
    let path = |name: &str| folder.join(name).display().to_string();
    stdout(&["audit", SEEDS, "--format", "parquet", "--output", &path("tables")]);
    stdout(&["audit", SEEDS, "--format", "jsonl", "--output", &path("run.jsonl")]);
    let mark = "--- next example ---";
    let codes: Vec<&str> = examples.iter().map(|(code, _)| code.as_str()).collect();
    let code = codes.join(&format!(
        "print({mark:?})
"
    ));
    let output =
        Command::new(python).args(["-c", &code]).current_dir(&folder).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let plain =
        |text: &str| text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    for (printed, (code, expected)) in printed.split(&format!("{mark}\n")).zip(&examples) {
        assert_eq!(plain(printed), plain(expected), "after\n{code}");
    }
}
