// Uploads: how much of a file is over, and how long the rest will take.
(() => {
  let began = 0;
  const left = (done, total) => Math.ceil((((Date.now() - began) / done) * (total - done)) / 1000);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches?.("[data-upload]")) return;
    began = Date.now();
    form.querySelector("[data-busy]").hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target,
      { loaded, total, lengthComputable } = event.detail;
    if (!form.matches?.("[data-upload]") || !lengthComputable || !loaded) return;
    const bar = form.querySelector("progress"),
      words = form.querySelector("[data-left]");
    bar.max = total;
    bar.value = loaded;
    words.textContent =
      loaded < total ? `${Math.round((100 * loaded) / total)}% · ${left(loaded, total)} s` : words.dataset.left;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches?.("[data-upload]") || event.detail.xhr.status < 400) return;
    form.querySelector("[data-busy]").hidden = true;
    form.reset();
    form.querySelector("[data-drop-names]")?.replaceChildren();
  });
  document.addEventListener("zaiti:saved", () =>
    document.querySelector("[data-autosave] .z-refusal")?.replaceChildren(),
  );
})();
