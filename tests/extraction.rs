//! Files other than text, read in worker processes: what is sound is read, what is hostile costs one line.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::workspace::{program, run, scratch};

/// A PDF of one page with these lines, without the table of its objects, which readers rebuild.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = "BT /F1 12 Tf 14 TL 72 700 Td".to_owned();
    for line in lines {
        let _ = write!(content, " ({line}) Tj T*");
    }
    content.push_str(" ET");
    let length = content.len();
    format!(
        "%PDF-1.4\n\
         1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n\
         2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n\
         3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>> endobj\n\
         4 0 obj <</Length {length}>> stream\n{content}\nendstream endobj\n\
         5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>> endobj\n\
         trailer <</Root 1 0 R /Size 6>>\n"
    )
    .into_bytes()
}

#[test]
fn a_folder_of_hostile_files_costs_one_line_each() {
    let folder = scratch("hostile");
    let put = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).expect("a file can be written");
    };
    let sound = pdf(&["Norco 10/325mg #90: Upheld", "", "Decision rationale: none."]);
    let hostile: [(&str, Vec<u8>); 7] = [
        ("deep.pdf", [b"%PDF-1.4\n1 0 obj\n".as_slice(), &b"[".repeat(100_000)].concat()),
        ("empty.docx", Vec::new()),
        ("half.pdf", sound[..200].to_vec()),
        ("long.txt", vec![b'A'; 50 << 20]),
        ("noise.docx", (0..=255).cycle().take(10_000).collect()),
        ("packed.docx", b"PK\x03\x04 and no more".to_vec()),
        ("scan.pdf", b"\xFF\xD8\xFF\xE0 a picture".to_vec()),
    ];
    for (name, bytes) in &hostile {
        put(name, bytes);
    }
    for round in 0..30 {
        put(&format!("sound-{round:02}.pdf"), &sound);
    }
    let start = Instant::now();
    let path = folder.display().to_string();
    let output = run(&["parse", "--text", &path]);
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(4));
    let text = String::from_utf8(output.stdout).expect("output is UTF-8");
    assert_eq!(text.matches("Norco 10/325mg #90: Upheld\n\nDecision rationale: none.").count(), 30);
    let errors = String::from_utf8(output.stderr).expect("messages are UTF-8");
    let named: Vec<&str> = errors
        .lines()
        .filter_map(|line| {
            hostile.iter().map(|(name, _)| *name).find(|name| line.contains(&format!("{name}: ")))
        })
        .collect();
    assert_eq!(named, hostile.map(|(name, _)| name), "{errors}");
    // One more line says that the sound ones are copies.
    assert_eq!(errors.lines().count(), named.len() + 1, "{errors}");
}

#[test]
fn a_pdf_on_standard_input_is_read() {
    let mut child = program()
        .args(["parse", "--text", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(&pdf(&["Norco: Upheld"])).expect("the program reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Norco: Upheld\n");
}

#[test]
fn a_worker_ends_with_its_input() {
    let worker = |input: &'static [u8]| {
        let mut child = program()
            .arg("__extract")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(input).expect("the worker reads");
        drop(pipe);
        child.wait_with_output().expect("the worker ends")
    };
    assert_eq!(worker(b"").status.code(), Some(0));
    let broken = worker(b"no request at all");
    assert_eq!((broken.status.code(), broken.stdout.len()), (Some(1), 0));
}
