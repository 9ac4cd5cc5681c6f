//! Every kind of input gives the findings of the letters it holds, and what is hostile costs a line.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use serde_json::Value;

use crate::containers::{
    Letter, gzip, json_lines, letters, parquet, tar, tar_header, values, zip, zstd,
};
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

/// At least one line, and any number of letters: where damage falls decides how much is left.
const ANY: usize = usize::MAX;

/// One hostile input: its file, how many lines it costs and how many sound letters it gives all the same.
#[derive(Clone)]
struct Hostile {
    name: String,
    bytes: Vec<u8>,
    errors: usize,
    letters: usize,
}

fn hostile(
    name: impl Into<String>,
    bytes: impl Into<Vec<u8>>,
    errors: usize,
    letters: usize,
) -> Hostile {
    Hostile { name: name.into(), bytes: bytes.into(), errors, letters }
}

/// Words that only sound letters have.
const MARK: &str = "Decision rationale: none.";

const SOUND: &str = "IMR ISSUES, DECISIONS AND RATIONALES\n\nNorco 10/325mg #90: Upheld\n\nDecision rationale: none.\n";

fn sound(name: &str) -> Letter {
    (name.to_owned(), SOUND.as_bytes().to_vec())
}

/// Rows that are wrong among rows that are not.
fn hostile_tables() -> Vec<Hostile> {
    let row = |text: &str| serde_json::json!({"id": "1", "text": text}).to_string();
    let good = serde_json::json!({"id": "good", "text": SOUND}).to_string();
    let lines: [(&str, Vec<u8>); 16] = [
        ("array", b"[1, 2]".to_vec()),
        ("half", row(SOUND).as_bytes()[..40].to_vec()),
        ("bare", b"Norco 10/325mg #90: Upheld".to_vec()),
        ("utf8", b"{\"id\": \"x\", \"text\": \"\xFF\xFE\"}".to_vec()),
        ("null", b"{\"id\": \"x\", \"text\": null}".to_vec()),
        ("number", b"{\"id\": \"x\", \"text\": 7}".to_vec()),
        ("missing", b"{\"id\": \"x\"}".to_vec()),
        ("list", b"{\"id\": \"x\", \"text\": [\"Norco\"]}".to_vec()),
        ("empty", row("").into_bytes()),
        ("blank", row(" \\n ").replace("\\\\n", "\\n").into_bytes()),
        ("nul", row("a\u{0}b\u{0}c").into_bytes()),
        ("deep", [b"{\"text\": ".as_slice(), &b"[".repeat(100_000)].concat()),
        ("string", b"\"Norco\"".to_vec()),
        ("twice", [row(SOUND), row(SOUND)].concat().into_bytes()),
        ("control", b"{\"id\": \"\x1b[31m\", \"text\": \"a\tb\"}".to_vec()),
        ("surrogate", b"{\"id\": \"x\", \"text\": \"\\ud800\"}".to_vec()),
    ];
    let mut made: Vec<Hostile> = lines
        .into_iter()
        .map(|(name, line)| {
            let bytes = [good.as_bytes(), b"\n", &line, b"\n\n", good.as_bytes(), b"\n"].concat();
            hostile(format!("{name}.jsonl"), bytes, 1, 2)
        })
        .collect();
    let packed: Vec<Hostile> = made
        .iter()
        .map(|one| Hostile { name: format!("{}.gz", one.name), bytes: gzip(&one.bytes), ..*one })
        .collect();
    made.extend(packed);
    let csv: [(&str, &str, usize, usize); 13] = [
        ("columns", "a,b\n1,2\n", 1, 0),
        ("empty-file", "", 1, 0),
        ("header-only", "id,text\n", 0, 0),
        ("short-row", "id,text\n1\n2,@\n", 1, 1),
        ("long-row", "id,text\n1,@,x\n2,@\n", 1, 1),
        ("unclosed", "id,text\n1,@\n2,\"Norco\n3,MRI\n", 1, 1),
        ("closed-late", "id,text\n1,@\n2,\"Norco\n3,@\n", ANY, 1),
        ("empty-text", "id,text\n1,\n2,@\n", 1, 1),
        ("formula", "id,text\n=1+1,@\n@SUM(A1),=HYPERLINK(\"\"x\"\")\n", 0, 1),
        ("html", "id,text\n1,<script>alert(1)</script>\n2,@\n", 0, 1),
        ("lone-quote", "id,text\n1,5\" tape\n2,@\n", 0, 1),
        ("crlf", "id,text\r\n1,@\r\n\r\n2,@\r\n", 0, 2),
        ("same-columns", "id,text,text\n1,@,@\n", 0, 1),
    ];
    let cell = format!("\"{SOUND}\"");
    made.extend(csv.into_iter().map(|(name, table, errors, letters)| {
        hostile(format!("{name}.csv"), table.replace(",@", &format!(",{cell}")), errors, letters)
    }));
    let latin = [b"id,text\n1,the patient\x92s pain\n".as_slice(), b"2,", cell.as_bytes()].concat();
    made.push(hostile("latin.csv", latin, 0, 1));
    let utf16: Vec<u8> =
        "\u{feff}id,text\n1,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    made.push(hostile("utf16.csv", utf16, 1, 0));
    made.push(hostile("binary.csv", (0..=255_u8).cycle().take(5000).collect::<Vec<_>>(), 1, 0));
    let huge =
        [good.as_bytes(), b"\n{\"text\": \"", &vec![b'A'; 70 << 20], b"\"}\n", good.as_bytes()];
    made.push(hostile("huge-line.jsonl", huge.concat(), 1, 2));
    let table = parquet(&[sound("a"), sound("b")], Compression::SNAPPY);
    let tenths = (1..10).map(|tenth| table.len() * tenth / 10);
    for cut in tenths.chain([0, 3, 20, table.len() - 1]) {
        made.push(hostile(format!("cut-{cut}.parquet"), &table[..cut], 1, 0));
    }
    for at in [30, table.len() / 2, table.len() - 12] {
        let mut damaged = table.clone();
        damaged[at..at + 8].fill(0xFF);
        made.push(hostile(format!("damaged-{at}.parquet"), damaged, ANY, ANY));
    }
    made
}

/// Archives with members that are refused, or that end too soon.
fn hostile_archives() -> Vec<Hostile> {
    let mut made = Vec::new();
    let members = [
        ("absolute", "/etc/passwd.txt", tar::EntryType::Regular, 1),
        ("parent", "../../outside.txt", tar::EntryType::Regular, 1),
        ("inner-parent", "a/../../outside.txt", tar::EntryType::Regular, 1),
        ("drive", "C:\\outside.txt", tar::EntryType::Regular, 1),
        ("symlink", "link.txt", tar::EntryType::Symlink, 1),
        ("hardlink", "link.txt", tar::EntryType::Link, 1),
        ("device", "device.txt", tar::EntryType::Char, 1),
        ("fifo", "fifo.txt", tar::EntryType::Fifo, 1),
        ("nested", "inner.zip", tar::EntryType::Regular, 1),
        ("escape", "a\u{1b}[31m/../b.txt", tar::EntryType::Regular, 1),
    ];
    for (name, member, kind, errors) in members {
        let mut archive = tar::Builder::new(Vec::new());
        let before = tar_header("a.txt", tar::EntryType::Regular, SOUND.len());
        archive.append(&before, SOUND.as_bytes()).expect("a member");
        archive.append(&tar_header(member, kind, 0), std::io::empty()).expect("a member");
        let after = tar_header("z.txt", tar::EntryType::Regular, SOUND.len());
        archive.append(&after, SOUND.as_bytes()).expect("a member");
        let bytes = archive.into_inner().expect("it is finished");
        made.push(hostile(format!("{name}.tar"), bytes.clone(), errors, 2));
        made.push(hostile(format!("{name}.tar.gz"), gzip(&bytes), errors, 2));
        made.push(hostile(format!("{name}.tar.zst"), zstd(&bytes), errors, 2));
    }
    let names = ["/etc/passwd.txt", "../outside.txt", "a/../../b.txt", "inner.tar.gz"];
    for (number, name) in names.into_iter().enumerate() {
        let letters = [sound("a.txt"), sound(name), sound("z.txt")];
        made.push(hostile(format!("name-{number}.zip"), zip(&letters), 1, 2));
    }
    let whole = tar(&[sound("a.txt"), ("b.txt".to_owned(), vec![b'A'; 100_000]), sound("c.txt")]);
    let archive = zip(&[sound("a.txt"), sound("b.txt")]);
    for tenth in 1..=9 {
        let part = |bytes: &[u8]| bytes[..bytes.len() * tenth / 10].to_vec();
        let odd = |name: String, bytes: Vec<u8>| hostile(name, bytes, ANY, ANY);
        made.push(odd(format!("half-{tenth}.tar.gz"), part(&gzip(&whole))));
        made.push(odd(format!("half-{tenth}.tar.zst"), part(&zstd(&whole))));
        made.push(odd(format!("half-{tenth}.zip"), part(&archive)));
        let mut damaged = gzip(&whole);
        let at = damaged.len() * tenth / 10;
        damaged[at] ^= 0x55;
        made.push(odd(format!("flipped-{tenth}.tar.gz"), damaged));
    }
    let mut twice = zip(&[sound("aa.txt"), sound("ab.txt")]);
    let places: Vec<usize> =
        (1..twice.len()).filter(|at| twice[at - 1..].starts_with(b"ab.txt")).collect();
    for at in places {
        twice[at] = b'a';
    }
    made.push(hostile("same-name.zip", twice, 1, 1));
    made.push(hostile("empty.zip", zip(&[]), 1, 0));
    made.push(hostile("empty.tar", tar(&[]), 1, 0));
    made.push(hostile("no-letter.zip", zip(&[sound("readme.md"), sound("a.csv")]), 1, 0));
    made.push(hostile("twice.jsonl.gz", gzip(&gzip(b"{}\n")), 1, 0));
    made.push(hostile("none.zip", b"no archive at all".to_vec(), 1, 0));
    made.push(hostile("none.tar.gz", b"no archive at all".to_vec(), 1, 0));
    // A member that is no letter by its size costs itself alone: 40 MB of nothing in 40 KB.
    let large = [sound("a.txt"), ("bomb.txt".to_owned(), vec![b' '; 40 << 20]), sound("z.txt")];
    made.push(hostile("bomb.zip", zip(&large), 1, 2));
    made.push(hostile("bomb.tar.gz", gzip(&tar(&large)), 1, 2));
    made.push(hostile("bomb.tar.zst", zstd(&tar(&large)), 1, 2));
    made.push(hostile("bomb.jsonl.zst", zstd(&vec![b' '; 100 << 20]), 1, 0));
    // A long name may not fill the memory.
    let mut long =
        tar_header("././@LongLink", tar::EntryType::GNULongName, 100 << 20).as_bytes().to_vec();
    long.extend(vec![b'a'; 100 << 20]);
    made.push(hostile("long-name.tar.gz", gzip(&long), 1, 0));
    made
}

/// Letters that are wrong by themselves, or only look so.
fn hostile_letters() -> Vec<Hostile> {
    let texts: [(&str, &str); 10] = [
        ("html", "<html><script>alert('x')</script>@</html>"),
        ("formula", "=cmd|' /C calc'!A0\n@"),
        ("escape", "\u{1b}[2J@"),
        ("direction", "\u{202e}@\u{2066}"),
        ("yaml", "- !!python/object: {}\n@"),
        ("json", "[{\"id\": 1}]\n@"),
        ("braces", "{{7*7}} ${x} %s %n @"),
        ("combining", "a\u{301}\u{301}\u{301}\u{301}@"),
        ("line", "@ word word word"),
        ("joined", "\u{200d}\u{feff}@"),
    ];
    let mut made: Vec<Hostile> = texts
        .iter()
        .map(|(name, text)| hostile(format!("{name}.txt"), text.replace('@', SOUND), 0, 1))
        .collect();
    let controls = "\u{1b}\u{7}\u{8}".repeat(20) + SOUND;
    made.push(hostile("controls.txt", controls, 1, 0));
    for size in [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610] {
        let noise: Vec<u8> = (0..size * 50_u32)
            .map(|n| n.wrapping_mul(n).wrapping_mul(31).to_le_bytes()[0])
            .collect();
        made.push(hostile(format!("noise-{size}.txt"), noise.clone(), 1, 0));
        made.push(hostile(
            format!("noise-{size}.docx"),
            [b"PK\x03\x04", noise.as_slice()].concat(),
            1,
            0,
        ));
        made.push(hostile(
            format!("noise-{size}.pdf"),
            [b"%PDF-1.7\n", noise.as_slice()].concat(),
            1,
            0,
        ));
    }
    made.push(hostile("empty.txt", Vec::new(), 1, 0));
    made.push(hostile("line-of-20-mb.txt", vec![b'A'; 20 << 20], 0, 0));
    made.push(hostile("words.txt", "functional improvement ".repeat(50_000), 0, 0));
    made
}

#[test]
fn two_hundred_hostile_inputs_cost_their_lines_and_nothing_else() {
    let folder = scratch("hostile-inputs");
    let mut all = hostile_tables();
    all.extend(hostile_archives());
    all.extend(hostile_letters());
    assert!(all.len() >= 200, "{} inputs", all.len());
    let intact = [SOUND.repeat(2), [SOUND, &"A".repeat(100_000), SOUND].concat()];
    let mut wrong = Vec::new();
    for one in &all {
        fs::write(folder.join(&one.name), &one.bytes).expect("it can be written");
        let start = Instant::now();
        let output = program()
            .current_dir(&folder)
            .args(["parse", "--text", "--jobs", "1", &one.name])
            .output()
            .expect("it runs");
        let errors = String::from_utf8(output.stderr).expect("messages are UTF-8");
        let letters = String::from_utf8_lossy(&output.stdout).matches(MARK).count();
        let named: Vec<&str> =
            errors.lines().filter(|line| !line.contains("the same content")).collect();
        let code = if named.is_empty() { 0 } else { 4 };
        // Damage may fall where it changes nothing.
        let text = String::from_utf8_lossy(&output.stdout);
        let harmless = one.errors == ANY && intact.iter().any(|intact| *intact == text);
        let expected =
            (named.len() == one.errors || one.errors == ANY && !named.is_empty() || harmless)
                && named.iter().all(|line| line.starts_with(&format!("imr-audit: {}", one.name)))
                && (letters == one.letters || one.letters == ANY)
                && output.status.code() == Some(code)
                && !errors.contains(['\u{1b}', '\u{7}'])
                && start.elapsed() < Duration::from_secs(20);
        if !expected {
            wrong.push(format!(
                "{}: {letters} letters, exit code {:?}, {:?}: {errors}",
                one.name,
                output.status.code(),
                start.elapsed()
            ));
        }
        fs::remove_file(folder.join(&one.name)).expect("it can be removed");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn a_folder_that_changes_during_the_run_costs_only_what_is_gone() {
    let folder = scratch("changing-folder");
    for number in 0..200 {
        fs::write(folder.join(format!("{number:03}.txt")), SOUND).expect("it can be written");
    }
    let child = program()
        .current_dir(&folder)
        .args(["parse", "--jobs", "1", ".", "zzz-never-there.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    for number in (100..200).step_by(2) {
        let _ = fs::remove_file(folder.join(format!("{number:03}.txt")));
        let _ = fs::write(folder.join(format!("new-{number:03}.txt")), SOUND);
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(4));
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    let given = String::from_utf8(output.stdout).expect("UTF-8");
    for number in 0..200 {
        let name = format!("./{number:03}.txt\"").replace("./", "");
        let stays = number < 100 || number % 2 == 1;
        assert!(!stays || given.contains(&name), "{name} stays and is read");
    }
    for line in errors.lines().filter(|line| !line.contains("the same content")) {
        assert!(line.contains("cannot be read ("), "{line}");
    }
}
