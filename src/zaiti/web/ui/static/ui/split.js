// Panes side by side: a divider is dragged or moved by the arrow keys, and its place is kept.
// data-divider names it; data-sizes is the custom property it sets, of the pane after it, or with
// data-pane="before" of the one before; aria-valuemin and aria-valuemax bound it, in rem.
(() => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (const divider of document.querySelectorAll("[data-divider]")) {
    const { divider: name, sizes = "--z-beside", pane = "after" } = divider.dataset,
      key = `split-${name}`;
    const [beside, sign] = pane === "before" ? [divider.previousElementSibling, -1] : [divider.nextElementSibling, 1];
    const [least, most] = ["aria-valuemin", "aria-valuemax"].map((bound) => Number(divider.getAttribute(bound)));
    const width = () => beside.getBoundingClientRect().width / rem;
    const show = () => divider.setAttribute("aria-valuenow", Math.round(width()));
    const widen = (to) => {
      const size = Math.min(Math.max(to, least), most);
      divider.parentElement.style.setProperty(sizes, `${size}rem`);
      localStorage.setItem(key, size);
      show();
      window.dispatchEvent(new Event("resize"));
    };
    if (localStorage.getItem(key)) widen(Number(localStorage.getItem(key)));
    show();
    divider.addEventListener("pointerdown", (event) => {
      const from = event.clientX,
        before = width();
      divider.setPointerCapture(event.pointerId);
      divider.onpointermove = (moved) => widen(before - (sign * (moved.clientX - from)) / rem);
      divider.onpointerup = () => {
        divider.onpointermove = null;
      };
    });
    divider.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: sign, ArrowRight: -sign }[event.key];
      if (by) {
        event.preventDefault();
        widen(width() + by);
      }
    });
  }
})();
