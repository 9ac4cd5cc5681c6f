//! Every kind of input gives the findings of the letters it holds.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use serde_json::Value;

use crate::containers::{Letter, gzip, json_lines, letters, parquet, tar, values, zip, zstd};
use crate::workspace::{program, scratch};

/// Records by source, without what a letter's name is part of.
fn records(output: &Output) -> Vec<(String, Value)> {
    let lines = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
    let records = records.filter(|record| record.get("source").is_some());
    records
        .map(|mut record| {
            let source = record["source"].as_str().expect("a name").to_owned();
            record["source"].take();
            forget_fingerprints(&mut record);
            (source, record)
        })
        .collect()
}

fn forget_fingerprints(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("fingerprint");
            fields.values_mut().for_each(forget_fingerprints);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_fingerprints),
        _ => {}
    }
}

fn audit(folder: &Path, arguments: &[&str]) -> Output {
    let fixed = ["audit", "--format", "jsonl", "--no-batch"];
    program().current_dir(folder).args(fixed).args(arguments).output().expect("it runs")
}

#[test]
fn every_kind_of_input_gives_the_same_findings() {
    let folder = scratch("every-kind-of-input");
    let letters = letters();
    let plain = folder.join("plain");
    fs::create_dir_all(&plain).expect("it can be made");
    for (name, bytes) in &letters {
        fs::write(plain.join(name), bytes).expect("it can be written");
    }
    let expected = audit(&folder, &["plain"]);
    assert_eq!(expected.status.code(), Some(0));
    let expected = records(&expected);
    assert_eq!(expected.len(), letters.len());
    let zstd_level = ZstdLevel::try_new(3).expect("a level");
    let kinds: [(&str, &str, Vec<u8>); 14] = [
        ("a.zip", "a.zip!", zip(&letters)),
        ("a.tar", "a.tar!", tar(&letters)),
        ("a.tar.gz", "a.tar.gz!", gzip(&tar(&letters))),
        ("a.tgz", "a.tgz!", gzip(&tar(&letters))),
        ("a.tar.zst", "a.tar.zst!", zstd(&tar(&letters))),
        ("a.jsonl", "a.jsonl!", json_lines(&letters)),
        ("a.jsonl.gz", "a.jsonl.gz!", gzip(&json_lines(&letters))),
        ("a.csv", "a.csv!", values(&letters, ',')),
        ("semicolons.csv", "semicolons.csv!", values(&letters, ';')),
        ("a.csv.zst", "a.csv.zst!", zstd(&values(&letters, ','))),
        ("a.tsv", "a.tsv!", values(&letters, '\t')),
        ("a.parquet", "a.parquet!", parquet(&letters, Compression::SNAPPY)),
        (
            "gzip.parquet",
            "gzip.parquet!",
            parquet(&letters, Compression::GZIP(GzipLevel::default())),
        ),
        ("zstd.parquet", "zstd.parquet!", parquet(&letters, Compression::ZSTD(zstd_level))),
    ];
    for (name, prefix, bytes) in kinds {
        fs::write(folder.join(name), bytes).expect("it can be written");
        let output = audit(&folder, &[name]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{name}: {errors}");
        let found = records(&output);
        let sources: Vec<String> = found.iter().map(|(source, _)| source.clone()).collect();
        let named: Vec<String> =
            letters.iter().map(|(letter, _)| format!("{prefix}{letter}")).collect();
        assert_eq!(sources, named, "{name}");
        for ((source, record), (_, expected)) in found.iter().zip(&expected) {
            assert!(record == expected, "{source} is read in another way");
        }
    }
}

#[test]
fn standard_input_may_be_a_table_or_an_archive() {
    let letters: Vec<Letter> = letters().into_iter().take(3).collect();
    let given = |bytes: &[u8], arguments: &[&str]| -> Vec<String> {
        let mut child = program()
            .args(["audit", "-", "--format", "jsonl", "--no-batch"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("a pipe").write_all(bytes).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        records(&output).into_iter().map(|(source, _)| source).collect()
    };
    let named: Vec<String> = letters.iter().map(|(name, _)| format!("-!{name}")).collect();
    assert_eq!(given(&json_lines(&letters), &[]), named);
    assert_eq!(given(&gzip(&tar(&letters)), &[]), named);
    assert_eq!(given(&tar(&letters), &[]), named);
    assert_eq!(given(&zip(&letters), &[]), named);
    assert_eq!(given(&values(&letters, ','), &["--input-format", "csv"]), named);
}

#[test]
fn columns_are_named_where_they_cannot_be_guessed() {
    let folder = scratch("columns");
    let (_, letter) = letters().swap_remove(0);
    let letter = String::from_utf8(letter).expect("UTF-8");
    let line = serde_json::json!({"key": 7, "said": letter}).to_string();
    fs::write(folder.join("a.jsonl"), format!("{line}\n{line}\n")).expect("it can be written");
    let output = audit(&folder, &["a.jsonl"]);
    assert_eq!(output.status.code(), Some(4));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("a.jsonl:1: ") && errors.contains("--text-column"), "{errors}");
    let output = audit(&folder, &["a.jsonl", "--text-column", "said", "--id-column", "key"]);
    assert_eq!(output.status.code(), Some(0));
    let sources: Vec<String> = records(&output).into_iter().map(|(source, _)| source).collect();
    assert_eq!(sources, ["a.jsonl!7", "a.jsonl:2"], "an id names the first row that has it");
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(notes.contains("1 letter has the same content as an earlier one"), "{notes}");
}

#[test]
fn a_row_of_the_department_s_table_reads_like_its_letter() {
    let folder = scratch("department");
    let letters = letters();
    let (name, bytes) = letters
        .iter()
        .find(|(name, _)| name.starts_with("dmhc-"))
        .expect("a letter of the department");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let field = |label: &str| {
        text.lines().find_map(|line| line.strip_prefix(label)).expect("a field").trim().to_owned()
    };
    let narrative = text.split("FINDINGS\n\n").nth(1).expect("a narrative").replace('"', "\"\"");
    let (diagnosis, treatment) = (field("Diagnosis Category:"), field("Treatment Category:"));
    let table = format!(
        "ReferenceID,ReportYear,DiagnosisCategory,DiagnosisSubCategory,TreatmentCategory,TreatmentSubCategory,\
         Determination,Type,AgeRange,PatientGender,Findings\n\
         {},2024,\"{diagnosis}\",,\"{treatment}\",,{},Medical Necessity,41-50,Male,\"{narrative}\"\n",
        field("Reference ID:"),
        field("Determination:"),
    );
    fs::write(folder.join("table.csv"), table).expect("it can be written");
    fs::write(folder.join(name), bytes).expect("it can be written");
    let of = |input: &str| {
        let output = audit(&folder, &[input]);
        let (source, record) = records(&output).swap_remove(0);
        let findings: Vec<Value> = record["decisions"][0]["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| finding["message"].clone())
            .collect();
        let decision = &record["decisions"][0];
        (
            source,
            record["letter"].clone(),
            decision["heading"].clone(),
            decision["outcome"].clone(),
            findings,
        )
    };
    let (row, letter) = (of("table.csv"), of(name));
    assert_eq!(row.0, format!("table.csv!{}", field("Reference ID:")));
    assert_eq!((row.1, row.2, row.3, row.4), (letter.1, letter.2, letter.3, letter.4));
}

#[test]
fn folders_give_archives_and_leave_tables_alone() {
    let folder = scratch("folder-with-archives");
    let letters: Vec<Letter> = letters().into_iter().take(2).collect();
    fs::write(folder.join("a.zip"), zip(&letters)).expect("it can be written");
    fs::write(folder.join("b.txt"), &letters[0].1).expect("it can be written");
    fs::write(folder.join("labels.jsonl"), "{\"case\": 1}\n").expect("it can be written");
    let output = audit(&folder, &["."]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(records(&output).len(), 3);
}
