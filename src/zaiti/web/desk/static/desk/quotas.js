// The plan's sums while one types; saving works without.
(() => {
  const number = (input) => Math.max(0, Number.parseInt(input.value, 10) || 0);
  const sum = (inputs) => inputs.reduce((all, input) => all + number(input), 0);
  const show = (form) => {
    const cells = [...form.querySelectorAll("input.z-cell")];
    if (!cells.length) return;
    for (const row of form.querySelectorAll("[data-row]"))
      row.textContent = sum(cells.filter((c) => c.dataset.district === row.dataset.row));
    for (const column of form.querySelectorAll("[data-column]"))
      column.textContent = sum(cells.filter((c) => c.dataset.type === column.dataset.column));
    const total = sum(cells),
      cap = Number(form.dataset.cap),
      told = form.querySelector("[data-sum]");
    form.querySelector("[data-total]").textContent = total;
    form.querySelector("[data-bar]").hidden = true;
    told.hidden = false;
    told.classList.toggle("text-danger", total > cap);
    told.textContent = `${total} / ${cap}　${total > cap ? `${told.dataset.over} ${total - cap}` : `${told.dataset.left} ${cap - total}`}`;
  };
  const begin = () => {
    for (const form of document.querySelectorAll("[data-quotas]")) show(form);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-quotas]");
    if (form) show(form);
  });
  document.addEventListener("htmx:afterSwap", begin);
  begin();
})();
