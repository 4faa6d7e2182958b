// Ticks every task of the page, or none.
"use strict";

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-picks]")) return;
  const boxes = [...document.querySelectorAll("[data-choose] input[name^='pick-']")];
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
});
