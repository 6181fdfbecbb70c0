// Forms: errors first, long texts counted, files dropped, days picked.
(() => {
  document.querySelector("[data-summary]")?.focus();

  // What is too long is counted, not cut: the server says the same.
  const count = (input) => {
    const most = Number(input.dataset.mostLetters),
      line = Object.assign(document.createElement("p"), { className: "text-danger small mt-1 mb-0", hidden: true });
    line.setAttribute("role", "status");
    input.after(line);
    const show = () => {
      const long = [...input.value].length;
      line.hidden = long <= most;
      line.textContent = window.zaiti.words().tooLong.replace("{n}", long).replace("{most}", most);
    };
    for (const kind of ["input", "zaiti:put"]) input.addEventListener(kind, show);
  };

  const size = (bytes) =>
    bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  const drop = (box) => {
    const input = box.querySelector("input[type=file]"),
      names = box.querySelector("[data-drop-names]");
    const list = () =>
      names.replaceChildren(
        ...[...input.files].map((file) =>
          Object.assign(document.createElement("li"), { textContent: `${file.name}（${size(file.size)}）` }),
        ),
      );
    input.addEventListener("change", list);
    for (const kind of ["dragover", "dragenter"])
      box.addEventListener(kind, (event) => {
        event.preventDefault();
        box.dataset.over = "";
      });
    for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => delete box.dataset.over);
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length || input.disabled) return;
      const taken = new DataTransfer();
      for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) taken.items.add(file);
      input.files = taken.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  // A day is typed as 2025-07-04 or picked; other ways of writing it are put into that form.
  const pad = (n) => n.padStart(2, "0");
  const tidy = (text) => {
    const plain = text
      .trim()
      .replace(/[\uFF10-\uFF19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/\uFF1A/g, ":");
    const day = plain.match(/^(\d{4})\D(\d{1,2})\D(\d{1,2})日?(.*)$/) ?? plain.match(/^(\d{4})(\d{2})(\d{2})$/);
    return day ? `${day[1]}-${pad(day[2])}-${pad(day[3])}${(day[4] ?? "").replace(/^[T\s]+/, " ")}` : plain;
  };
  const pickable = (input) => {
    const button = input.parentNode.querySelector("[data-pick]");
    const picker = Object.assign(document.createElement("input"), {
      type: input.dataset.date,
      step: input.dataset.date === "date" ? "" : "1",
      tabIndex: -1,
    });
    picker.setAttribute("aria-hidden", "true");
    input.after(picker);
    button.hidden = !picker.showPicker;
    button.addEventListener("click", () => {
      picker.value = input.value.replace(" ", "T");
      picker.showPicker();
    });
    picker.addEventListener("input", (event) => event.stopPropagation());
    picker.addEventListener("change", (event) => {
      event.stopPropagation();
      input.value = picker.value.replace("T", " ").replace(/ (\d\d:\d\d)$/, " $1:00");
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("blur", () => {
      input.value = tidy(input.value);
    });
  };

  const wake = (root) => {
    for (const [mark, dress] of [
      ["[data-most-letters]", count],
      ["[data-drop]", drop],
      ["input[data-date]", pickable],
    ])
      for (const element of root.querySelectorAll(mark))
        if (!element.dataset.awake) {
          element.dataset.awake = "1";
          dress(element);
        }
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.target.parentNode ?? document));

  // A plain form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
})();
