// What moves on the page. The server wrote everything that is to be read: the marks in the report have
// the ids f0, d0, s0 (figure, distinction, statement; others may be added), their rows rf0, rd0, rs0. Here they are
// found, shown, hidden, sorted and put in another language. No markup is ever built from text.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const strings = JSON.parse(byId("strings").textContent);
  const root = document.documentElement;
  const { body } = document;

  let language = root.lang === "en" ? "en" : "zh";
  const letters = all('[role="tab"]').map((tab) => tab.dataset.panel);
  let panel = letters[0]; // the letter of the panel that is shown
  let current = null; // the name of the finding that is selected: "f12"
  let side = "text"; // where the reader is at work: "text" or "table"

  // --- panels: rows, filters, search, order ---------------------------------------------------------------

  const panels = {};
  for (const letter of letters) {
    const table = byId(`panel-${letter}`).querySelector("table");
    panels[letter] = {
      table,
      body: table.tBodies[0],
      original: [...table.tBodies[0].rows], // in the order of the text
      rows: [...table.tBodies[0].rows], // in the order shown
      filters: document.querySelector(`.filters[data-for="${letter}"]`),
      empty: byId(`panel-${letter}`).querySelector(".empty"),
      found: new Map(), // row -> what a search looks through
    };
  }

  // What a row says itself; what opens below it is another matter.
  const cellsOf = (row) => [...row.cells].filter((cell) => !cell.classList.contains("detail"));
  const nameOf = (row) => row.id.slice(1);
  const visible = () => panels[panel].rows.filter((row) => !row.hidden);
  // Full-width digits and letters are found by their plain forms, 5,080 by 5080 too.
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function searchable(letter, row) {
    const { found } = panels[letter];
    if (!found.has(row)) {
      const text = plain(cellsOf(row).map((cell) => `${cell.textContent} ${cell.title}`).join(" "));
      found.set(row, `${text} ${text.replace(/(\d),(?=\d)/g, "$1")}`);
    }
    return found.get(row);
  }

  function chosen(filters) {
    const wanted = {};
    for (const box of all("input:checked", filters)) (wanted[box.name] ??= new Set()).add(box.value);
    return Object.entries(wanted);
  }

  function apply() {
    const { original, filters, empty } = panels[panel];
    const terms = plain(byId("search").value).split(/\s+/).filter(Boolean);
    const wanted = chosen(filters);
    let shown = 0;
    for (const row of original) {
      const passes =
        wanted.every(([facet, values]) => values.has(row.dataset[facet])) &&
        terms.every((term) => searchable(panel, row).includes(term));
      if (row.hidden === passes) {
        row.hidden = !passes;
        byId(nameOf(row))?.classList.toggle("dim", !passes);
      }
      shown += passes;
    }
    if (original.length) empty.hidden = shown > 0;
    byId("reset").hidden = !terms.length && !wanted.length;
    byId("count").textContent = word("shown").replace("{shown}", shown).replace("{total}", original.length);
    rove();
  }

  function reset() {
    byId("search").value = "";
    panels[panel].filters.reset();
    apply();
  }

  // The first click sorts upwards, the second downwards, the third gives back the order of the text.
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  function sort(heading) {
    const shown = panels[panel];
    const order = NEXT[heading.getAttribute("aria-sort") ?? "none"];
    for (const other of all("th", shown.table)) other.removeAttribute("aria-sort");
    if (order !== "none") heading.setAttribute("aria-sort", order);
    const column = heading.cellIndex;
    const collator = new Intl.Collator("zh-Hans", { numeric: true });
    const keys = new Map(shown.original.map((row) => [row, sortKey(row.cells[column])]));
    const sign = order === "descending" ? -1 : 1;
    shown.rows = [...shown.original];
    if (order !== "none") shown.rows.sort((a, b) => compare(keys.get(a), keys.get(b), sign, collator));
    const rows = document.createDocumentFragment();
    for (const row of shown.rows) rows.append(row);
    shown.body.append(rows);
  }

  const sortKey = (cell) => (cell.dataset.order ? Number(cell.dataset.order) : cell.textContent);

  function compare(a, b, sign, collator) {
    if (a === "" || b === "") return (a === "") - (b === ""); // what is empty stands last either way
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  }

  function show(letter) {
    panel = body.dataset.panel = letter;
    for (const tab of all('[role="tab"]')) {
      const selected = tab.dataset.panel === letter;
      tab.setAttribute("aria-selected", selected);
      tab.tabIndex = selected ? 0 : -1;
      byId(`panel-${tab.dataset.panel}`).hidden = !selected;
      panels[tab.dataset.panel].filters.hidden = !selected;
    }
    apply();
  }

  function view(name) {
    body.dataset.view = name; // matters where there is room for one pane only
    for (const button of all(".views button")) button.setAttribute("aria-pressed", button.dataset.view === name);
  }

  // --- selecting: a mark and its row belong together -------------------------------------------------------

  const markOf = (name) => byId(name);
  const rowOf = (name) => byId(`r${name}`);

  function select(name, { focus = side } = {}) {
    if (!rowOf(name)) return;
    if (name[0] !== panel) show(name[0]);
    if (rowOf(name).hidden) reset();
    clear();
    current = name;
    side = focus;
    view(focus === "text" ? "report" : "table");
    for (const element of [markOf(name), rowOf(name)]) {
      element?.setAttribute("aria-current", "true");
      element?.scrollIntoView({ block: "center", inline: "nearest" });
      flash(element);
    }
    rove();
    focusable(name)?.focus({ preventScroll: true });
    remember(name);
  }

  const focusable = (name) => (side === "text" ? markOf(name) : rowOf(name)?.querySelector("a"));

  function clear() {
    for (const element of all("#text [aria-current], tbody [aria-current]")) element.removeAttribute("aria-current");
    current = null;
  }

  function flash(element) {
    if (!element) return;
    element.classList.remove("flash");
    void element.offsetWidth; // so that the animation starts again
    element.classList.add("flash");
  }

  function remember(name) {
    try {
      history.replaceState(null, "", `#${name}`);
    } catch {
      // a page inside another may not: then the address does not follow
    }
  }

  // One mark and one row can be reached with Tab: the selected ones, else the first.
  let reachable = [];
  function rove() {
    for (const element of reachable) element.tabIndex = -1;
    const rows = panels[panel].rows;
    const row = (current && rowOf(current)) || rows.find((each) => !each.hidden);
    reachable = row ? [row.querySelector("a"), markOf(nameOf(row))].filter(Boolean) : [];
    for (const element of reachable) element.tabIndex = 0;
  }

  function step(by) {
    const rows = visible();
    if (!rows.length) return;
    const at = rows.findIndex((row) => nameOf(row) === current);
    const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    select(nameOf(rows[to]));
  }

  // --- words, light -----------------------------------------------------------------------------------------

  const word = (key) => strings[language][key] ?? key;

  function speak(lang) {
    language = lang;
    root.lang = lang === "zh" ? "zh-Hans" : lang;
    for (const element of all("[data-t]")) element.textContent = word(element.dataset.t);
    const attributes = { tTitle: "title", tLabel: "aria-label", tPlaceholder: "placeholder" };
    for (const [key, attribute] of Object.entries(attributes)) {
      const selector = `[data-${key.replace("T", "-t").replace("L", "-l").replace("P", "-p")}]`;
      for (const element of all(selector)) element.setAttribute(attribute, word(element.dataset[key]));
    }
    byId("language").lang = lang === "zh" ? "en" : "zh-Hans";
    for (const each of Object.values(panels)) each.found.clear();
    apply();
  }

  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem("duban-theme", value);
      return localStorage.getItem("duban-theme");
    } catch {
      return null; // a browser may forbid it: then the choice lasts as long as the page
    }
  }

  function light(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  }

  function toggleLight() {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const theme = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    light(theme);
    stored(theme);
  }

  function outline(open = !root.classList.contains("outlined")) {
    root.classList.toggle("outlined", open);
    byId("outline-button").setAttribute("aria-expanded", open);
  }

  // What a mark means, for the mouse: written when it is first pointed at, in the language of the moment.
  function explain(mark) {
    const row = rowOf(mark.dataset.of);
    if (row) mark.title = cellsOf(row).slice(1).map((cell) => cell.textContent).filter(Boolean).join(" · ");
  }

  // --- events ------------------------------------------------------------------------------------------------

  const selecting = () => !getSelection().isCollapsed;

  byId("text").addEventListener("click", (event) => {
    const found = event.target.closest(panel === "s" ? "[data-of]" : "mark");
    if (found && !selecting()) select(found.dataset.of, { focus: narrow() ? "table" : "text" });
  });
  byId("text").addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark");
    if (mark) explain(mark);
  });
  byId("text").addEventListener("focusin", () => (side = "text"));
  byId("panels").addEventListener("focusin", () => (side = "table"));
  byId("panels").addEventListener("click", (event) => {
    if (event.target.closest("details")) return;
    const heading = event.target.closest("th");
    const row = event.target.closest("tbody tr");
    if (heading) sort(heading);
    if (!row) return;
    event.preventDefault();
    if (!selecting()) select(nameOf(row), { focus: narrow() ? "text" : "table" });
  });
  const narrow = () => matchMedia("screen and (max-width: 860px)").matches;

  document.querySelector('[role="tablist"]').addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) show(tab.dataset.panel);
  });
  document.querySelector('[role="tablist"]').addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    show(letters[(letters.indexOf(panel) + by + letters.length) % letters.length]);
    byId(`tab-${panel}`).focus();
  });
  document.querySelector(".views").addEventListener("click", (event) => view(event.target.dataset.view));
  byId("outline").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    for (const other of all("#outline [aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    view("report");
    if (narrow()) outline(false);
  });
  byId("search").addEventListener("input", apply);
  for (const { filters } of Object.values(panels)) filters.addEventListener("change", apply);
  byId("reset").addEventListener("click", reset);
  byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
  byId("theme").addEventListener("click", toggleLight);
  byId("outline-button").addEventListener("click", () => outline());
  byId("help-button").addEventListener("click", () => byId("help").showModal());

  function search() {
    view("table");
    byId("search").focus();
    byId("search").select();
  }

  function escape() {
    if (document.activeElement === byId("search")) {
      byId("search").value = "";
      byId("search").blur();
      apply();
    } else {
      clear();
      rove();
    }
  }

  function crossOver() {
    select(current ?? document.activeElement.dataset.of, { focus: side === "text" ? "table" : "text" });
  }

  const onFinding = () => {
    const { activeElement } = document;
    return activeElement.closest("mark, tbody tr") !== null && activeElement.closest("details") === null;
  };
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    "/": search,
    "?": () => byId("help").showModal(),
    o: () => outline(),
    ...Object.fromEntries(letters.map((letter, at) => [at + 1, () => show(letter)])),
    Escape: escape,
  };
  const FINDING_KEYS = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: crossOver };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || byId("help").open) return;
    if (document.activeElement.id === "search" && event.key !== "Escape") {
      if (event.key === "Enter") step(1);
      return;
    }
    const act = KEYS[event.key] ?? (onFinding() ? FINDING_KEYS[event.key] : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  });

  // --- start -------------------------------------------------------------------------------------------------

  root.classList.add("js");
  light(stored());
  outline(matchMedia("(min-width: 1600px)").matches);
  apply();
  addEventListener("hashchange", () => select(location.hash.slice(1)));
  if (location.hash) select(location.hash.slice(1));
})();
