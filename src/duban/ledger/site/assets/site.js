// What every page does: light or dark, "/" goes to the search, the language keeps the place on the page.
(() => {
  "use strict";
  const root = document.documentElement;

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

  light(stored());
  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const theme = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    light(theme);
    stored(theme);
  });

  for (const link of document.querySelectorAll("a[data-keep]")) {
    const plain = link.href;
    link.addEventListener("click", () => {
      link.href = plain + location.search + location.hash;
    });
  }

  // What is linked to may be folded away.
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    document.querySelector('input[name="q"]').focus();
  });
})();
