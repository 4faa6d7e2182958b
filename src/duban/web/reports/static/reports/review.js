// Ties the text of a report to its commitments: whichever is chosen, the other is shown.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  const text = document.getElementById("text");
  const narrow = window.matchMedia("(max-width: 860px)");

  function view(name) {
    panes.dataset.view = name;
    for (const button of document.querySelectorAll("[data-view]")) {
      if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
  }

  function showMark(card) {
    text.querySelector("mark[aria-current]")?.removeAttribute("aria-current");
    const mark = document.getElementById(card.dataset.mark);
    if (!mark) return;
    mark.setAttribute("aria-current", "true");
    if (text.offsetParent && !narrow.matches) {
      text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    }
  }

  document.addEventListener("duban:chosen", (event) => showMark(event.detail));

  document.addEventListener("click", (event) => {
    const shows = event.target.closest("[data-shows]");
    if (shows) {
      event.preventDefault();
      const card = shows.closest("[data-item]");
      view("text");
      showMark(card);
      if (narrow.matches) document.getElementById(card.dataset.mark)?.scrollIntoView({ block: "center" });
    }
    const mark = event.target.closest("mark[data-card]");
    if (mark && String(window.getSelection()) === "") {
      const card = document.getElementById(mark.dataset.card);
      filter("all");
      view("list");
      if (card) {
        window.duban.choose(card);
        card.scrollIntoView({ block: "center" });
      }
    }
    const tab = event.target.closest("[data-filter]");
    if (tab) filter(tab.dataset.filter);
    const switched = event.target.closest("button[data-view]");
    if (switched) view(switched.dataset.view);
  });

  // --- only those of one state

  function filter(state) {
    panes.dataset.state = state;
    for (const button of document.querySelectorAll("[data-filter]")) {
      button.setAttribute("aria-pressed", String(button.dataset.filter === state));
    }
  }
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target?.id === "counts") filter(panes.dataset.state);
  });

  // --- after a decision the next one to review is at hand

  let advance = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest?.("form");
    const card = form?.closest("[data-item]");
    advance = form && "advances" in form.dataset && card ? { id: card.id, next: after(card) } : null;
  });
  function after(card) {
    const all = window.duban.items();
    const later = all.slice(all.indexOf(card) + 1);
    return (later.find((one) => one.dataset.state === "open") ?? later[0])?.id;
  }
  document.addEventListener("htmx:afterSettle", () => {
    if (!advance) return;
    const next = document.getElementById(advance.next ?? advance.id) ?? document.getElementById(advance.id);
    advance = null;
    if (next) window.duban.choose(next);
  });

  // --- characters chosen in the text can be added

  const add = document.getElementById("add");
  document.addEventListener("selectionchange", () => {
    if (!add) return;
    const selection = window.getSelection();
    const span = selection.rangeCount && !selection.isCollapsed ? offsets(selection.getRangeAt(0)) : null;
    add.hidden = !span;
    if (span) {
      add.elements.start.value = span[0];
      add.elements.end.value = span[1];
    }
  });
  function offsets(range) {
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    return start !== null && end !== null && end > start ? [start, end] : null;
  }
  // Offsets are counted in characters of the text, not in the halves that a script counts in.
  function offset(node, at) {
    const piece = node.parentElement?.closest("[data-start]");
    return node.nodeType === Node.TEXT_NODE && piece ? Number(piece.dataset.start) + [...node.data.slice(0, at)].length : null;
  }

  if (location.hash.startsWith("#c-")) {
    const card = document.querySelector(location.hash);
    if (card) window.duban.choose(card);
  }
});
