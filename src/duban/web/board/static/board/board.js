// The board: a filter that was chosen is applied at once, and what is picked is counted.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-submits]")) {
    form.addEventListener("change", (event) => {
      if (!event.target.matches("select")) return;
      if (event.target.name === "report") form.elements.section?.remove();
      form.requestSubmit();
    });
    // What was left empty does not stand in the address.
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }

  const form = document.querySelector("form.picks");
  const all = form?.querySelector("[data-picks-all]");
  if (!all) return;
  const boxes = () => [...form.querySelectorAll("input[name=pick]")];
  const button = form.querySelector(".bulk button");
  function count() {
    const picked = boxes().filter((box) => box.checked).length;
    form.querySelector("[data-picked]").textContent = picked;
    all.checked = picked > 0 && picked === boxes().length;
    all.indeterminate = picked > 0 && !all.checked;
    button.disabled = picked === 0;
    button.closest(".bulk").classList.toggle("some", picked > 0);
  }
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  count();
});
