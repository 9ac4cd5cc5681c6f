#!/usr/bin/env bash
# Measures the speed and prints the tables of docs/speed.md. `just bench` runs it; LETTERS=N and ROUNDS=N change its size.
#
# All programs take turns, round by round, so that what else the machine does falls on all alike; of each the median
# counts. Processor time (user and system) is measured, because time on the wall says more about the other programs.
set -euo pipefail
cd "$(dirname "$0")/.."
letters=${LETTERS:-2000} rounds=${ROUNDS:-5}
folder=target/speed/$letters
time=$(command -v time || true)
[ -n "$time" ] || { echo "speed.sh: the program \`time\` (GNU time) is not installed; it measures processor time and memory" >&2; exit 2; }
cargo build --quiet --release --package imr-audit --bin imr-audit --example speed
program=target/release/imr-audit speed=target/release/examples/speed
[ -f "$folder/letters.txt" ] || "$speed" letters "$folder" "$letters"
[ -d "$folder/long" ] || "$speed" letters "$folder/long" "$((letters / 10))" 10
[ -d "$folder/rules" ] || "$speed" rules "$folder/rules" 10
"$speed" phrases "$folder/phrases.txt"
bytes=$(find "$folder/tree" -name '*.txt' -exec cat {} + | wc -c)
measured=$(mktemp -d)
trap 'rm -rf "$measured"' EXIT

# time_of NAME COMMAND...: adds "processor seconds, seconds, kilobytes" of a run to the measurements of that name.
time_of() {
    local name=$1
    shift
    "$time" --quiet --format '%U %S %e %M' --output "$measured/last" "$@" > /dev/null
    awk '{ print $1 + $2, $3, $4 }' "$measured/last" >> "$measured/$name"
}

# once NAME ARGUMENTS...: the same of the program, which writes findings as JSON lines.
once() {
    local name=$1
    shift
    time_of "$name" "$program" "$@" --format findings
}

# median NAME COLUMN
median() {
    cut -d' ' -f"$2" "$measured/$1" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

one_letter=corpus/seed-001-norco.txt
for _ in $(seq "$rounds"); do
    once start audit "$one_letter" --no-batch
    once tree1 audit "$folder/tree" --jobs 1
    once tree2 audit "$folder/tree" --jobs 2
    once lines1 audit "$folder/letters.jsonl" --jobs 1
    once lines2 audit "$folder/letters.jsonl" --jobs 2
    once long audit "$folder/long/tree" --jobs 1
    once rules audit "$folder/tree" --jobs 1 --rules "$folder/rules"
    once rules-start audit "$one_letter" --no-batch --rules "$folder/rules"
    time_of records "$program" audit "$folder/letters.jsonl" --jobs 1 --format jsonl
    if command -v rg > /dev/null; then
        time_of rg rg -j1 -i -c -f "$folder/phrases.txt" "$folder/tree"
    else
        echo "speed.sh: rg (ripgrep) is not installed; the line about it is left out" >&2
    fi
done

row() {
    local name=$1 what=$2
    [ -f "$measured/$name" ] || return 0
    awk -v what="$what" -v cpu="$(median "$name" 1)" -v wall="$(median "$name" 2)" -v memory="$(median "$name" 3)" \
        -v bytes="$bytes" -v letters="$letters" 'BEGIN {
        printf "| %s | %.2f | %.2f | %.1f | %.0f | %.0f |\n", what, cpu, wall, bytes / 1e6 / cpu, letters / cpu, memory / 1024 }'
}
echo "$letters letters, $bytes bytes, medians of $rounds rounds, $(wc -l < "$folder/phrases.txt") phrases for rg"
echo
echo "| program | CPU s | wall s | MB per CPU s | letters per CPU s | peak MiB |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
row lines1 "audit, JSON lines, one thread"
row lines2 "audit, JSON lines, two threads"
row tree1 "audit, folder, one thread"
row tree2 "audit, folder, two threads"
row records "the same records with all proofs (\`--format jsonl\`), JSON lines, one thread"
row rg "rg -j1 -i -c -f phrases, folder"
echo
echo "One letter with the start of the program: $(median start 1) CPU s, $(median start 2) s on the wall, $(( $(median start 3) / 1024 )) MiB."

# rate NAME START BYTES: microseconds of the processor for a kilobyte, without the start.
rate() {
    awk -v cpu="$(median "$1" 1)" -v start="$(median "$2" 1)" -v bytes="$3" 'BEGIN { printf "%.1f", (cpu - start) * 1e9 / bytes }'
}
long_bytes=$(find "$folder/long/tree" -name '*.txt' -exec cat {} + | wc -c)
usual=$(rate tree1 start "$bytes")
echo
echo "Without the start, a kilobyte takes $usual microseconds; with ten times the rules and phrases $(rate rules rules-start "$bytes");"
echo "of letters ten times as long $(rate long start "$long_bytes")."
echo
"$speed" stages "$folder" 1
