#!/usr/bin/env bash
# Counts the instructions of a start and of a fixed set of letters, and fails when they are many more than were noted in
# docs/instructions.txt. `just instructions` runs it; NOTE=1 notes the counts of now.
#
# Instructions are the same on a busy machine and on an idle one, so a slow step is seen where a clock would lie. What the
# rules say changes them too: a tenth more is let pass, and whoever adds rules notes the new counts.
set -euo pipefail
cd "$(dirname "$0")/.."
tolerance=10 # percent
noted=docs/instructions.txt
if ! command -v valgrind > /dev/null; then
    echo "instructions.sh: SKIPPED, NOTHING WAS CHECKED: valgrind is not installed" >&2
    exit 0
fi
[ -n "${IMR_AUDIT:-}" ] || cargo build --quiet --release --package imr-audit --bin imr-audit
program=${IMR_AUDIT:-target/release/imr-audit}

# count FORMAT PATH...
count() {
    local format=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" audit "$@" --jobs 1 --no-batch --format "$format" \
        2>&1 > /dev/null | awk '/Collected/ { print $NF }'
}

letters=$(ls corpus/seed-*.txt corpus/ordinary/CW9-*.txt | wc -l)
declare -A counted
for format in jsonl findings; do
    # The last is the format that a start is told of.
    counted[start]=$(count "$format" corpus/seed-001-norco.txt)
    all=$(count "$format" corpus/seed-*.txt corpus/ordinary/CW9-*.txt)
    counted[$format]=$(( (all - counted[start]) / (letters - 1) ))
done
if [ "${NOTE:-0}" = 1 ]; then
    printf '%s\n' "start ${counted[start]}" "findings ${counted[findings]}" "jsonl ${counted[jsonl]}" > "$noted"
fi
worse=0
while read -r what before; do
    now=${counted[$what]}
    change=$(awk -v now="$now" -v before="$before" 'BEGIN { printf "%+.1f", 100 * (now - before) / before }')
    echo "$what: $now instructions, noted $before, $change %"
    if (( now * 100 > before * (100 + tolerance) )); then worse=1; fi
done < "$noted"
if (( worse )); then
    echo "instructions.sh: more than $tolerance % above $noted; make it faster, or note the new counts with NOTE=1 and say why" >&2
    exit 1
fi
