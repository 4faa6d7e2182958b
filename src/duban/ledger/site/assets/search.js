// The search page: every word has to stand in an entry. DUBAN (search-index.js) holds the entries.
(() => {
  "use strict";
  const MOST = 60;
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const input = document.querySelector('input[name="q"]');

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text, wanted) => wanted.every((word) => text.includes(word));

  function* entries() {
    for (const [href, name] of DUBAN.places) yield { of: "places", href, text: name, shown: name };
    for (const [href, zh, en, others] of DUBAN.indicators) {
      const english = document.documentElement.lang === "en";
      yield { of: "indicators", href, text: `${zh} ${en} ${others}`, shown: english ? en : zh, more: english ? zh : en };
    }
    for (const [href, place, year, title] of DUBAN.reports) {
      yield { of: "reports", href, text: `${place}${year} ${place} ${year} ${title}`, shown: `${place} ${year}`, more: title };
    }
    for (const [href, place, year, promises] of DUBAN.promises) {
      for (const [verdict, anchor, name, clause = ""] of promises) {
        const text = `${place}${year} ${place} ${year} ${name} ${clause}`;
        yield { of: "promises", href: `${href}#${anchor}`, text, shown: clause || name, more: `${place} ${year}`, sign: DUBAN.signs[verdict] };
      }
    }
  }

  function find(wanted) {
    const found = { places: [], indicators: [], reports: [], promises: [] };
    let count = 0;
    for (const entry of entries()) {
      if (!holds(entry.text.toLowerCase(), wanted)) continue;
      count += 1;
      if (found[entry.of].length < MOST) found[entry.of].push(entry);
    }
    return { found, count };
  }

  // Text only: what a report says never becomes markup.
  function marked(parent, text, wanted) {
    const lower = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      const next = wanted.map((word) => [lower.indexOf(word, at), word]).filter(([index]) => index >= 0).sort((a, b) => a[0] - b[0])[0];
      if (!next || lower.length !== text.length) break;
      parent.append(text.slice(at, next[0]));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next[0], next[0] + next[1].length);
      parent.append(mark);
      at = next[0] + next[1].length;
    }
    parent.append(text.slice(at));
  }

  function listed(entry, wanted) {
    const item = document.createElement("li");
    if (entry.sign) {
      const icon = document.createElement("span");
      icon.className = `icon v-${entry.sign[0]}`;
      icon.textContent = entry.sign[1];
      item.append(icon, " ");
    }
    const link = document.createElement("a");
    link.href = entry.href;
    marked(link, entry.shown, wanted);
    item.append(link);
    if (entry.more) {
      const more = document.createElement("span");
      more.className = "soft";
      more.append(" ");
      marked(more, entry.more, wanted);
      item.append(more);
    }
    return item;
  }

  function show() {
    const wanted = words(input.value);
    results.replaceChildren();
    if (!wanted.length) {
      status.textContent = status.dataset.first;
      return;
    }
    const { found, count } = find(wanted);
    let cut = false;
    for (const [of, list] of Object.entries(found)) {
      if (!list.length) continue;
      const heading = document.createElement("h2");
      heading.textContent = results.dataset[of];
      const items = document.createElement("ul");
      items.append(...list.map((entry) => listed(entry, wanted)));
      results.append(heading, items);
      cut ||= list.length === MOST;
    }
    const told = status.dataset.count.replace("{count}", count);
    status.textContent = count ? (cut ? `${told} ${status.dataset.more}` : told) : status.dataset.none;
  }

  let waiting = 0;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
      show();
    }, 120);
  });
  input.closest("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  input.focus();
  show();
})();
