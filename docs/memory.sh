#!/usr/bin/env bash
# Measures the peak memory of batches of short made letters in one file of JSON lines; docs/batches.md has the figures.
# COUNTS="10000 100000 1000000" changes the sizes, FORMAT=jsonl the format (the results go to /dev/null).
set -euo pipefail
cd "$(dirname "$0")/.."
counts=${COUNTS:-10000 100000 1000000} format=${FORMAT:-text}
time=$(command -v time || true)
[ -n "$time" ] || { echo "memory.sh: the program \`time\` (GNU time) is not installed; it measures memory" >&2; exit 2; }
cargo build --quiet --release --package imr-audit --bin imr-audit --example batch
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "| letters | bytes | CPU s | wall s | peak MB |"
echo "| ---: | ---: | ---: | ---: | ---: |"
for count in $counts; do
    target/release/examples/batch "$folder/letters.jsonl" "$count"
    "$time" --quiet --format '%U %S %e %M' --output "$folder/time" \
        target/release/imr-audit audit "$folder/letters.jsonl" --format "$format" > /dev/null
    awk -v count="$count" -v bytes="$(stat -c %s "$folder/letters.jsonl")" \
        '{ printf "| %d | %d | %.0f | %.0f | %.0f |\n", count, bytes, $1 + $2, $3, $4 / 1000 }' "$folder/time"
done
