//! The hostile inputs: tables, archives and letters that lie, break off or want too much.

use parquet::basic::Compression;

use crate::containers::{Letter, gzip, parquet, tar, tar_header, zip, zstd};

/// At least one line, and any number of letters: where damage falls decides how much is left.
pub(super) const ANY: usize = usize::MAX;

/// One hostile input: its file, how many lines it costs and how many sound letters it gives all the same.
#[derive(Clone)]
pub(super) struct Hostile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) errors: usize,
    pub(super) letters: usize,
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
pub(super) const MARK: &str = "Decision rationale: none.";

pub(super) const SOUND: &str = "IMR ISSUES, DECISIONS AND RATIONALES\n\nNorco 10/325mg #90: Upheld\n\nDecision rationale: none.\n";

fn sound(name: &str) -> Letter {
    (name.to_owned(), SOUND.as_bytes().to_vec())
}

/// Rows that are wrong among rows that are not.
fn tables() -> Vec<Hostile> {
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
    for (name, table, errors, letters) in csv {
        let table = table.replace(",@", &format!(",{cell}"));
        made.push(hostile(format!("{name}.csv.zst"), zstd(table.as_bytes()), errors, letters));
        made.push(hostile(format!("{name}.tsv"), tabbed(&table, &cell), errors, letters));
        made.push(hostile(format!("{name}.csv"), table, errors, letters));
    }
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

/// The table with tabs where commas part its columns.
fn tabbed(table: &str, cell: &str) -> String {
    let parts: Vec<String> = table.split(cell).map(|part| part.replace(',', "\t")).collect();
    parts.join(cell)
}

/// All of them.
pub(super) fn all() -> Vec<Hostile> {
    let mut all = tables();
    all.extend(archives());
    all.extend(letters());
    all
}

/// Archives with members that are refused, or that end too soon.
fn archives() -> Vec<Hostile> {
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
fn letters() -> Vec<Hostile> {
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
