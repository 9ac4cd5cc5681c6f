#!/usr/bin/env bash
# Kills a run (kill -9) at twenty random moments, each time going on with --resume, and compares what comes out with an
# undisturbed run, byte by byte. LETTERS=N and KILLS=N change its size, SEED=N the moments. docs/batches.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
letters=${LETTERS:-10000} kills=${KILLS:-20}
RANDOM=${SEED:-7}
if [ -z "${PROGRAM:-}" ]; then
    cargo build --quiet --release --package imr-audit --bin imr-audit --example batch
fi
program=$(realpath "${PROGRAM:-target/release/imr-audit}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${BATCH:-target/release/examples/batch}" "$folder/letters.jsonl" "$letters"
cd "$folder"
audit=("$program" audit letters.jsonl --format jsonl)
began=$(date +%s%N)
"${audit[@]}" --output whole.jsonl
took=$((($(date +%s%N) - began) / 1000000))
echo "$letters letters, undisturbed: $took ms, $(stat -c %s whole.jsonl) bytes"
killed=0 finished=0 half=0
while [ "$killed" -lt "$kills" ]; do
    "${audit[@]}" --output run.jsonl --resume 2> errors &
    run=$!
    # Most moments fall into a run that goes on from an earlier one; some into its end.
    wait=$((RANDOM * took / 32768 / 4))
    sleep "$((wait / 1000)).$(printf %03d $((wait % 1000)))"
    if kill -9 "$run" 2> /dev/null; then
        wait "$run" 2> /dev/null || true
        killed=$((killed + 1))
        kept=$(stat -c %s .run.jsonl.resume 2> /dev/null || echo 0)
        echo "kill $killed after $wait ms: $kept bytes kept"
        [ ! -e run.jsonl ] || { cmp whole.jsonl run.jsonl || half=$((half + 1)); rm -f run.jsonl; }
    else
        wait "$run"
        cmp whole.jsonl run.jsonl
        rm run.jsonl
        finished=$((finished + 1))
    fi
done
"${audit[@]}" --output run.jsonl --resume
cmp whole.jsonl run.jsonl
left=$(find . -name '.run.jsonl*' | wc -l)
echo "$killed kills, $finished runs that ended between them; all the same bytes; half results: $half, files left: $left"
[ "$half" -eq 0 ] && [ "$left" -eq 0 ]
