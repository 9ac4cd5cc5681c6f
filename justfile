# What a contributor runs. Every recipe is one or two cargo commands: just is a convenience, never a requirement.

# list the recipes
_default:
    @just --list --unsorted

# everything that must hold before a change is handed in; continuous integration runs this
ready: format lint test doc instructions

# all tests (licences and house rules are among them)
test:
    cargo test --workspace

# formatting is as rustfmt.toml says
format:
    cargo fmt --all --check

# no warning from the compiler or clippy
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# documentation builds without a warning
doc:
    RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links" cargo doc --workspace --no-deps --document-private-items

# audit the corpus with the built-in rules, or other letters: just audit path/to/letters --format jsonl
audit *ARGS="corpus":
    cargo run --release -- audit {{ARGS}}

# write the stage snapshots anew, then show what changed: read it before you commit
bless:
    INSTA_UPDATE=always cargo test --package imr-audit --test integration stages
    INSTA_UPDATE=always cargo test --package imr-audit --test integration catalogue
    INSTA_UPDATE=always cargo test --package imr-audit --test integration author
    git --no-pager diff --stat -- tests/snapshots

# measure the labelled letters anew and write docs/figures.md
figures:
    cargo build --release --package imr-audit
    docs/figures.sh > docs/figures.md.new && mv docs/figures.md.new docs/figures.md

# measure the speed beside ripgrep (LETTERS and ROUNDS change the size); docs/speed.md says what was measured
bench:
    docs/speed.sh

# how long an editor waits for diagnostics after a keystroke, in every shipped rule file; fails above 100 ms
keystrokes:
    cargo build --release --package imr-audit --bin imr-audit --example keystrokes
    target/release/examples/keystrokes target/release/imr-audit rules

# count the instructions of a start and of a letter; fails when they are many more than noted (NOTE=1 notes them)
instructions:
    docs/instructions.sh

# review changed snapshots one by one (needs cargo-insta)
snapshots:
    cargo insta test --package imr-audit --test integration --review

# the licences, sources and advisories of all dependencies (needs cargo-deny)
deny:
    cargo deny check

# format everything
fmt:
    cargo fmt --all
