// Repeats a draw with the browser's own SHA-256 and says whether the record holds.
(() => {
  const box = document.querySelector("[data-draw]");
  const go = box.querySelector("[data-draw-go]");
  const said = box.querySelector("[data-draw-said]");
  const rows = [...document.querySelectorAll("[data-line]")];
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const key = async (line) =>
    hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${box.dataset.seed}\n${line}`)));
  const say = (tone, sentence) => {
    const note = Object.assign(document.createElement("div"), { className: `alert alert-${tone}` });
    note.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    said.replaceChildren(note);
  };
  const repeat = async () => {
    const keyed = await Promise.all(rows.map(async (row) => ({ row, key: await key(row.dataset.line) })));
    const published = rows.map((row) => row.querySelector("[data-key]").textContent);
    const same = keyed.every((one, n) => published[n] === "—" || published[n] === one.key || !one.row.dataset.place);
    for (const one of keyed) one.row.querySelector("[data-key]").textContent = one.key;
    const lowest = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, Number(box.dataset.places));
    const seated = rows.filter((row) => row.dataset.place).length;
    const holds = same && seated === lowest.length && lowest.every((one, n) => one.row.dataset.place === String(n + 1));
    for (const one of lowest) one.row.classList.add("table-active");
    say(holds ? "success" : "danger", holds ? said.dataset.holds : said.dataset.fails);
  };
  go.hidden = false;
  go.addEventListener("click", () => (window.crypto?.subtle ? repeat() : say("attention", said.dataset.cannot)));
})();
