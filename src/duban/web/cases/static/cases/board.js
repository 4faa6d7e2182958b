// The hand-over board: a suggested unit fills its row and picks it; how many are picked is counted.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.board");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll("input[name^='pick-']")];

  function count() {
    const picked = boxes().filter((box) => box.checked).length;
    form.querySelector("[data-picked]").textContent = picked;
    form.querySelector("button.main").disabled = picked === 0;
  }

  form.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-unit]");
    if (chip) {
      form.elements[`lead-${chip.dataset.for}`].value = chip.dataset.unit;
      form.elements[`pick-${chip.dataset.for}`].checked = true;
      count();
    }
    if (event.target.closest("[data-picks]")) {
      const all = boxes().every((box) => box.checked);
      for (const box of boxes()) box.checked = !all;
      count();
    }
  });
  form.addEventListener("change", count);
  count();
});
