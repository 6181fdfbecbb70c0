// Entries that are data: tables are filled in cell by cell, and what is not asked now is not in the way.
(() => {
  const make = (tag, facts = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), facts);
    made.append(...inside);
    return made;
  };

  // A table rests in a text field as a spreadsheet copies it; over it lies a grid of cells.
  const grid = (field) => {
    const columns = JSON.parse(field.dataset.rows),
      { add, remove, line } = field.dataset;
    const heads = columns.map((one) => make("th", { scope: "col", textContent: one.name }));
    const body = make("tbody");
    const table = make("table", { className: "table table-sm mb-0" });
    table.append(make("thead", {}, make("tr", {}, ...heads, make("th"))), body);
    const more = make("button", { type: "button", className: "btn btn-outline-primary btn-sm", textContent: add });
    const box = make("div", { className: "table-responsive mb-2" }, table);

    const cells = (row) => [...row.querySelectorAll("input, select")];
    const written = () => {
      const lines = [...body.rows].map((row) => cells(row).map((cell) => cell.value.replace(/\s+/g, " ").trim()));
      return lines.filter((one) => one.some(Boolean)).map((one) => one.join("\t"));
    };
    const sums = () => {
      for (const told of document.querySelectorAll(`[data-sum-of="${CSS.escape(field.name)}"]`)) {
        const at = columns.findIndex((one) => one.code === told.dataset.sumColumn);
        const lines = written().map((one) => one.split("\t"));
        const figures = lines.map((one) => (at < 0 ? 1 : Number(one[at]?.replace(/,/g, "")) || 0));
        told.textContent = `${Number(figures.reduce((a, b) => a + b, 0).toFixed(2))} ${told.dataset.unit}`.trim();
      }
    };
    const keep = () => {
      field.value = written().join("\n");
      sums();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const number = () => {
      for (const [n, row] of [...body.rows].entries())
        for (const [m, cell] of cells(row).entries())
          cell.setAttribute("aria-label", `${columns[m].name} · ${line.replace("{n}", n + 1)}`);
    };
    const WIDTH = { text: "9rem", choice: "7rem" };
    const cell = (column, value) => {
      const made = control(column, value);
      made.style.minWidth = WIDTH[column.kind] ?? "6rem";
      return made;
    };
    const control = (column, value) => {
      if (!column.options.length) {
        const inputMode = ["whole", "number", "money"].includes(column.kind) ? "decimal" : "text";
        return make("input", { className: "form-control form-control-sm", value, inputMode });
      }
      const choices = ["", ...column.options].map((one) => make("option", { value: one, textContent: one }));
      const made = make("select", { className: "form-select form-select-sm" }, ...choices);
      if (value && !column.options.includes(value)) made.append(make("option", { value, textContent: value }));
      made.value = value;
      return made;
    };
    const put = (values = [], at = null) => {
      const drop = make("button", { type: "button", className: "btn btn-ghost-secondary btn-sm", textContent: "×" });
      drop.setAttribute("aria-label", remove);
      const row = make(
        "tr",
        {},
        ...columns.map((column, n) => make("td", {}, cell(column, values[n] ?? ""))),
        make("td", {}, drop),
      );
      drop.addEventListener("click", () => {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        if (!body.rows.length) put();
        (cells(next ?? body.rows[0])[0] ?? more).focus();
        number();
        keep();
      });
      body.insertBefore(row, at);
      return row;
    };
    const draw = () => {
      const lines = field.value.split("\n").filter((one) => one.trim());
      body.replaceChildren();
      for (const one of lines.length ? lines : [""])
        put(one.split(one.includes("\t") ? "\t" : "|").map((s) => s.trim()));
      number();
    };

    // What a spreadsheet copied fills the cells from here on.
    const paste = (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      let row = event.target.closest("tr");
      const first = cells(row).indexOf(event.target);
      const lines = text
        .replace(/\r/g, "")
        .split("\n")
        .filter((one) => one.trim());
      for (const one of lines) {
        row ??= put();
        const values = one.split("\t");
        for (const [n, target] of cells(row).slice(first).entries())
          if (n < values.length) set(target, values[n].trim());
        row = row.nextElementSibling;
      }
      number();
      keep();
    };
    const set = (target, value) => {
      if (target.matches("select") && value && ![...target.options].some((one) => one.value === value))
        target.append(make("option", { value, textContent: value }));
      target.value = value;
    };

    body.addEventListener("input", keep);
    body.addEventListener("change", keep);
    body.addEventListener("paste", paste);
    more.addEventListener("click", () => {
      cells(put())[0].focus();
      number();
    });
    field.addEventListener("zaiti:put", draw);
    field.addEventListener("focus", () => cells(body.rows[0])[0].focus());
    field.classList.add("visually-hidden");
    field.tabIndex = -1;
    field.after(box, more);
    draw();
  };

  // An entry that is asked only under a condition shows when it holds.
  const follow = (field) => {
    const among = JSON.parse(field.dataset.askedAmong),
      home = field.closest(".z-field"),
      { form } = field;
    const look = () => {
      const said = new FormData(form).getAll(field.dataset.askedIf);
      home.hidden = !said.some((one) => among.includes(one));
    };
    form.addEventListener("input", look);
    form.addEventListener("change", look);
    look();
  };

  const wake = (root) => {
    for (const field of root.querySelectorAll("textarea[data-rows]:not(.visually-hidden)")) grid(field);
    for (const field of root.querySelectorAll("[data-asked-if]")) follow(field);
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.target));
})();
