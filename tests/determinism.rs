//! The same inputs give the same bytes, whatever the number of threads.

use crate::workspace::{SHOWN, stdout};

fn same_for_any_number_of_threads(arguments: &[&str]) {
    let with = |jobs: &str| stdout(&[arguments, &["--jobs", jobs]].concat());
    let one = with("1");
    assert!(!one.is_empty());
    for jobs in ["2", "4", "4"] {
        assert!(with(jobs) == one, "{arguments:?} differs with --jobs {jobs}");
    }
}

#[test]
fn json_lines_do_not_depend_on_threads() {
    same_for_any_number_of_threads(&["audit", SHOWN, "--format", "jsonl"]);
}

#[test]
fn the_text_report_does_not_depend_on_threads() {
    same_for_any_number_of_threads(&["audit", SHOWN, "--show", "3"]);
}

/// More letters than one thread takes in a chunk.
#[test]
fn a_large_batch_does_not_depend_on_threads() {
    let with = |jobs: &str| stdout(&["audit", "corpus/plain/CW6-*.txt", "--jobs", jobs]);
    assert_eq!(with("1"), with("3"));
}

/// The built-in rulebook was loaded when the program was built; a folder is loaded now.
#[test]
fn the_built_in_rules_say_what_their_files_say() {
    for arguments in [&["audit", "corpus", "--format", "jsonl"][..], &["rules", "list"]] {
        let with = |rules: &[&str]| stdout(&[arguments, rules].concat());
        assert!(with(&[]) == with(&["--no-default-rules", "--rules", "rules"]), "{arguments:?}");
    }
}

#[test]
fn structures_do_not_depend_on_threads() {
    same_for_any_number_of_threads(&["parse", SHOWN]);
}
