// Lists: j and k walk the rows, Enter opens; the address keeps only what was chosen.
(() => {
  const rows = () => [...document.querySelectorAll("[data-listing] .z-table tbody tr")];
  const typing = (element) => element.closest?.("input, select, textarea, dialog, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const list = rows();
    if (!list.length || !["j", "k", "Enter"].includes(event.key)) return;
    const here = list.findIndex((row) => row.classList.contains("table-active"));
    if (event.key === "Enter") {
      if (here >= 0 && !event.target.closest("a, button, summary")) list[here].querySelector("a[href]")?.click();
      return;
    }
    const next = Math.min(list.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)));
    for (const row of list) row.classList.remove("table-active");
    list[next].classList.add("table-active");
    list[next].tabIndex = -1;
    list[next].focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  });

  // Leave out of the address what is empty or as it was at first.
  const spare = (form) => (name, value) =>
    value === "" ||
    (name === "per_page" && value === "25") ||
    (name === "columns" && form.dataset.columnsTouched === undefined);
  document.addEventListener(
    "change",
    (event) => {
      if (event.target.name === "columns") event.target.form.dataset.columnsTouched = "";
    },
    true,
  );
  let open = false; // the choice of columns stays open while one chooses
  document.addEventListener("htmx:beforeSwap", () => {
    open = document.querySelector("[data-columns]")?.open ?? false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const menu = document.querySelector("[data-columns]");
    if (menu && open) menu.open = true;
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches?.("[data-listing-form]")) return;
    const kept = new FormData(),
      drop = spare(form);
    for (const [name, value] of event.detail.formData.entries()) if (!drop(name, value)) kept.append(name, value);
    for (const name of new Set([...event.detail.formData.keys()])) event.detail.formData.delete(name);
    for (const [name, value] of kept.entries()) event.detail.formData.append(name, value);
  });
})();
