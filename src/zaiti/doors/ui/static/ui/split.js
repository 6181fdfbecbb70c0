// Two panes side by side: the divider is dragged or moved by the arrow keys, and its place is kept.
(() => {
  const LEAST = 20, MOST = 50; // rem
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (const divider of document.querySelectorAll("[data-divider]")) {
    const key = `split-${divider.dataset.divider}`, beside = divider.nextElementSibling;
    const width = () => beside.getBoundingClientRect().width / rem;
    const show = () => divider.setAttribute("aria-valuenow", Math.round(width()));
    const widen = (to) => {
      const size = Math.min(Math.max(to, LEAST), MOST);
      divider.parentElement.style.setProperty("--z-beside", `${size}rem`);
      localStorage.setItem(key, size);
      show();
    };
    if (localStorage.getItem(key)) widen(Number(localStorage.getItem(key)));
    show();
    divider.addEventListener("pointerdown", (event) => {
      const from = event.clientX, before = width();
      divider.setPointerCapture(event.pointerId);
      divider.onpointermove = (moved) => widen(before - (moved.clientX - from) / rem);
      divider.onpointerup = () => { divider.onpointermove = null; };
    });
    divider.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
      if (by) { event.preventDefault(); widen(width() + by); }
    });
  }
})();
