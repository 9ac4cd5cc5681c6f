#!/usr/bin/env python3
"""Puts letters into every kind of input and compares what an audit finds in them with what it finds in the files.

    docs/round_trip.py FOLDER [PROGRAM]

FOLDER holds letters (.txt, .pdf, .docx). Archives get all of them, tables the text ones. Exit code 1 when anything differs.
Parquet needs pyarrow and tar.zst the program zstd; without them these kinds are said to be left out.
"""

import csv
import gzip
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile


def audit(program, arguments, stdin=None):
    command = [program, "audit", "--format", "jsonl", "--no-batch", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    if done.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}: {done.stderr.decode()}")
    records = {}
    for line in done.stdout.decode().splitlines():
        record = json.loads(line)
        name = record.pop("source").split("!")[-1].split("/")[-1]
        records[name] = json.dumps(nameless(record), sort_keys=True)
    return records


def nameless(value):
    """What does not depend on the letter's name: a fingerprint does, where no case number is stated."""
    if isinstance(value, dict):
        return {key: nameless(part) for key, part in value.items() if key != "fingerprint"}
    return [nameless(part) for part in value] if isinstance(value, list) else value


def tar(letters):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for path in letters:
            archive.add(path, arcname=path.name)
    return out.getvalue()


def packed(letters):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in letters:
            archive.write(path, path.name)
    return out.getvalue()


def rows(letters, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["id", "text"])
    writer.writerows([path.name, path.read_text(encoding="utf-8")] for path in letters)
    return out.getvalue().encode()


def lines(letters):
    text = ({"id": path.name, "text": path.read_text(encoding="utf-8")} for path in letters)
    return "".join(json.dumps(row) + "\n" for row in text).encode()


def parquet(letters):
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return None
    out = io.BytesIO()
    texts = [path.read_text(encoding="utf-8") for path in letters]
    table = pyarrow.table({"id": [path.name for path in letters], "text": texts})
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()


def zstd(data):
    if not shutil.which("zstd"):
        return None
    return subprocess.run(["zstd", "-c"], input=data, capture_output=True, check=True).stdout


def main():
    folder, program = pathlib.Path(sys.argv[1]), (sys.argv[2:] or ["target/release/imr-audit"])[0]
    letters = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".pdf", ".docx"))
    texts = [path for path in letters if path.suffix == ".txt"]
    of_files = audit(program, [str(folder)])
    of_texts = {path.name: of_files[path.name] for path in texts if path.name in of_files}
    kinds = {
        "a.zip": (packed(letters), of_files),
        "a.tar": (tar(letters), of_files),
        "a.tar.gz": (gzip.compress(tar(letters)), of_files),
        "a.tar.zst": (zstd(tar(letters)), of_files),
        "a.jsonl": (lines(texts), of_texts),
        "a.jsonl.gz": (gzip.compress(lines(texts)), of_texts),
        "a.csv": (rows(texts, ","), of_texts),
        "a.tsv": (rows(texts, "\t"), of_texts),
        "a.parquet": (parquet(texts), of_texts),
    }
    differing = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name, (data, expected) in kinds.items():
            if not expected or data is None:
                print(f"{name}: left out ({'no letters' if data else 'not to be made here'})")
                continue
            path = pathlib.Path(scratch, name)
            path.write_bytes(data)
            ways = [("", [str(path)], None)]
            if not name.endswith((".parquet", ".csv", ".tsv")):
                ways.append((" on standard input", ["-"], data))
            for way, arguments, stdin in ways:
                found = audit(program, arguments, stdin)
                wrong = [one for one in expected.keys() | found.keys() if expected.get(one) != found.get(one)]
                differing += len(wrong)
                print(f"{name}{way}: {len(found)} letters, {len(wrong)} differ {sorted(wrong)[:3] or ''}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
