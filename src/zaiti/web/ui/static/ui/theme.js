// Before the first paint: light or dark when the person follows the system; bare when in a frame of our own.
(() => {
  const root = document.documentElement;
  if (window.top !== window) root.dataset.framed = "";
  if (root.dataset.theme !== "auto") return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const set = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  set();
  dark.addEventListener("change", set);
})();
