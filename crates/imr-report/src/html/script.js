// The report's behaviour: filtering and sorting the table, and drawing one letter from its data.
//
// Letters are not trusted. Their words reach the page as text nodes only; nothing here builds markup from text.
"use strict";
(() => {
  const by = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, classes, ...inner) => {
    const element = document.createElement(tag);
    if (classes) element.className = classes;
    element.append(...inner.filter((part) => part !== null && part !== undefined));
    return element;
  };
  const named = (id) => id.replaceAll("_", " ");
  const badge = (name) => make("span", "badge " + name, named(name));
  const data = (id) => JSON.parse(document.getElementById(id).textContent);

  // The table.
  const body = by("table.findings tbody");
  const rows = body ? all("tr", body) : [];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const search = by("#search"), kind = by("#kind"), item = by("#item"), outcome = by("#outcome");
  const grades = all("input[name=severity]");
  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = new Set(grades.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const row of rows) {
      const known = row.dataset;
      row.hidden = !(chosen.has(known.severity)
        && (!kind.value || known.kind === kind.value)
        && (!item.value || known.item === item.value)
        && (!outcome.value || known.outcome === outcome.value)
        && wanted.every((word) => words.get(row).includes(word)));
      shown += !row.hidden;
    }
    by("#shown").textContent = shown === rows.length ? "All " + rows.length + " findings" : shown + " of " + rows.length + " findings";
  };
  const reset = () => {
    search.value = kind.value = item.value = outcome.value = "";
    for (const box of grades) box.checked = true;
    filter();
  };
  const sort = (head) => {
    const column = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of all("th", head.parentNode)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.children[column].dataset.key ?? row.children[column].textContent.trim().toLowerCase();
    const keyed = rows.map((row) => [key(row), row]);
    keyed.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }) * (down ? -1 : 1));
    body.append(...keyed.map(([, row]) => row));
  };
  if (body) {
    for (const input of [search, kind, item, outcome, ...grades]) input.addEventListener("input", filter);
    by("#reset").addEventListener("click", reset);
    for (const button of all("table.findings th button")) button.addEventListener("click", () => sort(button.parentNode));
    for (const button of all("button[data-kind]")) {
      button.addEventListener("click", () => {
        reset();
        kind.value = button.dataset.kind;
        filter();
        by("#findings").scrollIntoView();
        search.focus({ preventScroll: true });
      });
    }
    filter();
  }

  // One letter.
  const overview = by("#overview"), view = by("#letter");
  const known = JSON.parse(by("#index").textContent);
  let left = 0;
  let open = null;

  // Words are lit; a whole passage that was searched is only tinted, so that the evidence in it stays to be seen.
  const passage = 300;
  const light = (marks) => {
    for (const lit of all("mark.current, mark.searched", view)) lit.classList.remove("current", "searched");
    let first = null;
    for (const number of marks) {
      const [from, to] = open.marks[number];
      const pieces = open.pieces.slice(from, to);
      const long = pieces.reduce((sum, piece) => sum + piece.textContent.length, 0) > passage;
      for (const piece of pieces) piece.classList.add(long ? "searched" : "current");
      if (!long || !first) first = first && !first.classList.contains("searched") ? first : pieces[0];
    }
    if (first) {
      first.scrollIntoView({ block: "center" });
      first.focus({ preventScroll: true });
    }
  };
  const jump = (text, marks) => {
    const button = make("button", "jump", text);
    button.type = "button";
    button.addEventListener("click", () => light(marks));
    return button;
  };
  const criterion = (one) => {
    const entry = make("li", "", make("div", "", make("strong", "", one.title)),
      make("div", "read", make("span", "", "rationale ", badge(one.rationale)), make("span", "", "case summary ", badge(one.summary))));
    const quotes = one.grounds.map((ground) => make("li", "", named(ground.status) + ", " + ground.part + ": ", jump("\u201c" + ground.text + "\u201d", [ground.mark]),
      ground.cue ? " (cue: " + ground.cue + ")" : null));
    if (quotes.length) entry.append(make("ul", "", ...quotes));
    return entry;
  };
  const rule = (one) => {
    const entry = make("li", "", badge(one.verdict), " ", one.title, " ", make("span", "soft", one.id));
    if (one.requires.length) {
      const each = one.requires.flatMap(([name, status], place) => [place ? ", " : " requires ", named(name) + ": ", make("b", "", named(status))]);
      entry.append(make("div", "small", ...each));
    }
    if (one.reasons.length) {
      entry.append(make("details", "small", make("summary", "", "why"), make("p", "reasons", one.reasons.join("\n"))));
    }
    return entry;
  };
  const finding = (one) => {
    const notes = one.notes.map(({ note, places }) => make("li", "small", note + ": ",
      ...places.flatMap(([mark, line, text], place) => [place ? ", " : null, jump("\u201c" + text + "\u201d", [mark]), " (line " + line + ")"])));
    const card = make("div", "finding " + one.severity, make("div", "", badge(one.severity), " ", make("strong", "", one.title)),
      one.waived === null ? null : make("p", "", badge("waived"), " ", one.waived),
      make("p", "", one.message), make("ul", "", ...notes),
      one.help ? make("p", "help", one.help) : null,
      one.cite ? make("p", "small soft", "guideline: " + one.cite) : null,
      make("p", "small soft", "rule " + one.rule + ", fingerprint " + one.fingerprint));
    card.tabIndex = -1;
    if (one.id !== null) open.cards.set(one.id, [card, one.notes.flatMap(({ places }) => places.map(([mark]) => mark))]);
    return card;
  };
  // What is as it should be is folded away.
  const rules = (entries, idle) => {
    const fine = entries.filter((one) => one.verdict === "consistent");
    const rest = entries.filter((one) => one.verdict !== "consistent");
    const folded = make("details", "small", make("summary", "", fine.length + " consistent"), make("ul", "rules", ...fine.map(rule)));
    return [...titled("Rules that apply (" + idle + " others do not)", "ul", "rules", rest.length ? rest.map(rule) : []),
      ...(rest.length || !fine.length ? [] : [make("h4", "", "Rules that apply (" + idle + " others do not)")]),
      fine.length ? folded : null];
  };
  const titled = (title, tag, classes, entries) => entries.length ? [make("h4", "", title), make(tag, classes, ...entries)] : [];
  const decision = (one) => make("div", "decision",
    make("h3", "", one.n + ". " + one.heading + " ", badge(one.outcome)),
    make("p", "facts", one.facts.join(" \u00b7 ")),
    ...titled("Findings", "div", "", one.findings.map(finding)),
    ...titled("What the letter says, criterion by criterion (all others: silent)", "ul", "criteria", one.criteria.map(criterion)),
    ...rules(one.rules, one.idle));

  const draw = (number) => {
    const letter = data("letter-" + number);
    open = { number, marks: letter.marks.map(([from, to]) => [from, to]), cards: new Map(), pieces: [] };
    const text = make("pre", "words");
    for (const piece of letter.pieces) {
      const mark = make("mark", "", piece);
      open.pieces.push(mark);
      text.append(mark);
    }
    for (const [from, to, status, note] of letter.marks) {
      if (!status) continue;
      for (let piece = from; piece < to; piece++) {
        open.pieces[piece].classList.add(status);
        open.pieces[piece].tabIndex = -1;
        const title = open.pieces[piece].title;
        open.pieces[piece].title = title ? title + "; " + note : note;
      }
    }
    for (const piece of open.pieces) piece.tabIndex = -1;
    const place = known.letters.indexOf(number);
    const step = (label, to) => {
      if (to === undefined) return null;
      const link = make("a", "plain", label);
      link.href = "#letter/" + to;
      return link;
    };
    const back = make("a", "plain", "\u2190 All findings");
    back.href = "#findings";
    const below = make("button", "plain only-narrow", "Proof \u2193");
    below.type = "button";
    below.addEventListener("click", () => by(".proof", view).scrollIntoView());
    const key = ["met", "not_met", "undocumented", "conflicting"].map((status) => make("li", "", make("mark", status, named(status))));
    const title = make("h2", "", letter.title);
    title.tabIndex = -1;
    view.replaceChildren(
      make("div", "bar", back, make("nav", "", below, step("Previous letter", known.letters[place - 1]), step("Next letter", known.letters[place + 1]))),
      title, make("p", "facts", letter.facts.join(" \u00b7 ")),
      make("div", "sides",
        make("div", "panel", make("ul", "key", ...key), text,
          letter.cut ? make("p", "left-out", letter.cut) : null),
        make("div", "panel side proof", ...letter.decisions.map(decision),
          ...(letter.findings.length || letter.rules.length ? [make("div", "whole", make("h3", "", "The whole letter"),
            ...titled("Findings", "div", "", letter.findings.map(finding)),
            ...rules(letter.rules, letter.idle))] : []))));
    return title;
  };

  const route = () => {
    const [place, number, chosen] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (place === "letter" && known.letters.includes(Number(number))) {
      if (view.hidden) left = window.scrollY;
      if (open?.number !== Number(number) || view.hidden) {
        const title = draw(Number(number));
        overview.hidden = true;
        view.hidden = false;
        window.scrollTo(0, 0);
        title.focus({ preventScroll: true });
      }
      const [card, marks] = open.cards.get(Number(chosen)) ?? [];
      for (const other of all(".finding.chosen", view)) other.classList.remove("chosen");
      if (card) {
        card.classList.add("chosen");
        card.scrollIntoView({ block: "nearest" });
        light(marks);
      }
      return;
    }
    if (overview.hidden) {
      overview.hidden = false;
      view.hidden = true;
      view.replaceChildren();
      open = null;
      window.scrollTo(0, left);
    }
  };
  window.addEventListener("hashchange", route);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !overview.hidden && search && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && overview.hidden) {
      location.hash = "#findings";
    }
  });
  route();
})();
