// Keyboard to the end: Enter and the arrows walk the points, sums follow, the last Enter goes to the signature.
(() => {
  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const inputs = [...form.querySelectorAll("[data-points]")];
  const half = (text) =>
    text
      .replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace("。", ".")
      .trim();
  const value = (input) => (input.value === "" ? null : Number(input.value));
  const valid = (input) => {
    const n = value(input);
    return n === null || (/^\d+(\.\d{1,2})?$/.test(input.value) && n <= Number(input.dataset.most));
  };
  const show = (n) => String(Math.round(n * 100) / 100);
  const sum = (list) => show(list.reduce((all, input) => all + (valid(input) ? (value(input) ?? 0) : 0), 0));
  const add = () => {
    for (const group of form.querySelectorAll("[data-group]"))
      group.querySelector("[data-subtotal]").textContent = sum([...group.querySelectorAll("[data-points]")]);
    form.querySelector("[data-total]").textContent = sum(inputs);
    const empty = inputs.filter((input) => input.value === "").length;
    form.querySelector("[data-left]").textContent = empty
      ? form.dataset.leftWords.replace("{n}", empty)
      : form.dataset.doneWords;
    for (const input of inputs)
      input.setCustomValidity(valid(input) ? "" : form.dataset.wrongWords.replace("{most}", input.dataset.most));
  };
  const go = (input, step) => {
    const next = inputs[inputs.indexOf(input) + step];
    if (next) {
      next.focus();
      next.select();
      next.scrollIntoView({ block: "nearest" });
    } else if (step > 0) form.querySelector("[data-sign] summary, [data-sign] button")?.focus();
  };
  for (const input of inputs) {
    input.addEventListener("keydown", (event) => {
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      event.preventDefault();
      input.value = half(input.value);
      add();
      if (step < 0 || input.reportValidity()) go(input, step);
    });
    input.addEventListener("change", () => {
      input.value = half(input.value);
      add();
    });
    input.addEventListener("input", add);
  }
  for (const remark of form.querySelectorAll("[data-remark]"))
    remark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      go(remark.closest("tr").querySelector("[data-points]"), 1);
    });
  add();
  (inputs.find((input) => input.value === "") ?? inputs[0])?.focus({ preventScroll: true });
})();
