// Lines of a year are moved by dragging their grip; the buttons beside do the same by keyboard and without this.
(() => {
  let held = null;
  const line = (target) => target.closest?.("[data-line]");

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-grip]") ? line(event.target) : null;
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(held, 0, 0);
    held.dataset.dragged = "";
  });
  document.addEventListener("dragover", (event) => {
    const over = line(event.target);
    if (!held || !over || over.parentElement !== held.parentElement) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over !== held) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
  });
  document.addEventListener("dragend", () => {
    if (!held) return;
    const place = [...held.parentElement.children].indexOf(held);
    const button = Object.assign(document.createElement("button"), {
      name: "arrange",
      value: `to:${place}:${held.dataset.line}`,
      hidden: true,
      formNoValidate: true,
    });
    const form = held.closest("form");
    delete held.dataset.dragged;
    held = null;
    form.append(button);
    form.requestSubmit(button);
  });
})();

// An error of a pack's text leads to its line.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-to-line]");
  const text = link && document.querySelector(link.hash);
  if (!text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const at = Number(link.dataset.toLine) - 1;
  const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[at] ?? "").length);
  text.scrollTop = (at / lines.length) * text.scrollHeight - text.clientHeight / 3;
  text.scrollLeft = 0;
});
