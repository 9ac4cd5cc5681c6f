//! Embeds the default rulebook: every YAML file under `rules/`, by its path from the top of the repository, with the tree
//! that it is read to, and the rulebook that all of them are loaded to, so that the program need neither read YAML nor build
//! tries and tables whenever it starts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use imr_rules::{RuleFile, Rulebook, yaml};

fn main() -> io::Result<()> {
    // Asked when the script runs, not when it is compiled: a target folder may be carried to another checkout.
    let top = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let rules = top.join("../../rules").canonicalize()?;
    let mut files = Vec::new();
    walk(&rules, &mut files)?;
    files.sort();
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let out = Path::new(&out);
    let mut table = String::from("&[\n");
    let mut read = Vec::new();
    for (number, file) in files.into_iter().enumerate() {
        let name: Vec<_> = file
            .strip_prefix(&rules)
            .unwrap_or(&file)
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        let name = format!("rules/{}", name.join("/"));
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file)?;
        // A file with mistakes is read at the start, where they are shown as those of any other file.
        let packed = match yaml::read(&name, &text) {
            Ok(node) => {
                let place = out.join(format!("{number}.packed"));
                fs::write(&place, yaml::pack(&node, &text))?;
                format!("Some(include_bytes!({:?}))", place.display().to_string())
            }
            Err(_) => "None".to_owned(),
        };
        let path = file.display().to_string();
        let _ = writeln!(table, "    ({name:?}, include_str!({path:?}), {packed}),");
        read.push(RuleFile::new(name, text));
    }
    table.push(']');
    fs::write(out.join("rules.rs"), table)?;
    fs::write(out.join("rulebook.rs"), stored(&read, out)?)
}

/// The rulebook of these files, stored; none when they have mistakes, which are shown as those of any other file at the start.
fn stored(files: &[RuleFile], out: &Path) -> io::Result<String> {
    let rulebook = Rulebook::load(files).ok();
    let Some(bytes) = rulebook.and_then(|rulebook| rulebook.store()) else {
        return Ok("None".to_owned());
    };
    let place = out.join("rulebook");
    fs::write(&place, bytes)?;
    Ok(format!("Some(include_bytes!({:?}))", place.display().to_string()))
}

/// Collects YAML files, and asks cargo to come back when a folder gains or loses one.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
