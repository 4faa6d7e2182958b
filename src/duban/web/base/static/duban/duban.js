// What a page needs beyond htmx: keys, dialogs, and a question before what cannot be undone.
"use strict";

(() => {
  const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const shown = (element) => element.offsetParent !== null;

  // --- a list that j and k walk: [data-walk] holds [data-item]s; a key of [data-key] presses that button of the current one

  const items = () => [...document.querySelectorAll("[data-walk] [data-item]")].filter(shown);
  const current = () => document.querySelector("[data-item][aria-current]");

  function choose(item, { focus = true } = {}) {
    const before = current();
    if (before && before !== item) before.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    if (focus) item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("duban:chosen", { detail: item }));
  }

  function step(by) {
    const all = items();
    if (!all.length) return;
    const at = all.indexOf(current());
    choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  let waiting = null; // a key that was pressed before the part it is for had come

  function press(key) {
    const item = current();
    const button = item && [...item.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(shown);
    if (button) button.click();
    else if (item?.querySelector("[data-part].htmx-request")) waiting = key;
    return Boolean(button);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "/" && document.querySelector("[data-search]")) document.querySelector("[data-search]").focus();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("[data-walk] [data-item]");
    if (item && item !== current()) choose(item, { focus: false });
  });

  function enter(part) {
    const first = part.querySelector("button[data-key]") ?? part.querySelector("input:not([type=hidden]), textarea, select");
    first?.focus();
  }

  // --- a dialog or a part that a button opens: data-opens="id"; data-fills copies words into the field of that name

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault(); // where it is a link, that is for who has no script
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog?.tagName === "DIALOG") dialog.showModal();
      else if (dialog) {
        dialog.hidden = !dialog.hidden;
        opener.setAttribute("aria-expanded", String(!dialog.hidden));
        if (!dialog.hidden) {
          dialog.dispatchEvent(new CustomEvent("duban:opened"));
          enter(dialog);
        }
      }
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const part = event.target.closest?.("[data-part]");
    if (part) {
      part.hidden = true;
      const opener = document.querySelector(`[data-opens="${CSS.escape(part.id)}"]`);
      opener?.setAttribute("aria-expanded", "false");
      part.closest("[data-item]")?.focus();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  });

  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.asks ?? event.target.dataset.asks;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // --- after htmx put a part in its place, whoever was on it still is

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches?.("[data-part]:not([hidden])")) {
      enter(event.target);
      const key = waiting;
      waiting = null;
      if (key) press(key);
    }
    const item = event.target.closest?.("[data-item]") ?? event.target.querySelector?.("[data-item]");
    if (item && (!current() || item.dataset.wasCurrent)) choose(item);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A problem is shown, not thrown away.
    if (event.detail.xhr.status === 409 || event.detail.xhr.status === 422 || event.detail.xhr.status === 403) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  window.duban = { choose, current, items };
})();
