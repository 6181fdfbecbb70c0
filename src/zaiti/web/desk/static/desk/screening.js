// The form check: pages turn, grow and rotate in place; marks move on to the next material; keys for all of it.
(() => {
  const screen = document.querySelector("[data-screen]");
  if (!screen) return;
  const viewer = () => document.getElementById("viewer");
  const list = () => [...document.querySelectorAll("#materials a[data-material]")];
  const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3],
    FIT = 2,
    SHARP = 1.5;
  let zoom = FIT,
    turn = 0;

  const lay = () => {
    const stage = viewer().querySelector("[data-stage]"),
      image = viewer().querySelector("[data-image]");
    if (!image?.naturalWidth) return;
    const sheet = image.parentElement,
      ratio = image.naturalHeight / image.naturalWidth,
      across = turn % 180 !== 0;
    const wide = (stage.clientWidth - 2) * ZOOMS[zoom],
      high = across ? wide / ratio : wide * ratio;
    Object.assign(sheet.style, { width: `${wide}px`, height: `${high}px` });
    const shift = {
      0: "",
      90: `translate(${wide}px, 0)`,
      180: `translate(${wide}px, ${high}px)`,
      270: `translate(0, ${high}px)`,
    }[turn];
    for (const part of [image, ...sheet.querySelectorAll("[data-boxes]")])
      Object.assign(part.style, { width: `${across ? high : wide}px`, transform: `${shift} rotate(${turn}deg)` });
    for (const boxes of sheet.querySelectorAll("[data-boxes]")) boxes.style.height = `${across ? wide : high}px`;
  };
  const address = (number) => {
    const size = ZOOMS[zoom] >= SHARP ? "large" : "page";
    return viewer()
      .querySelector("[data-image]")
      .dataset.first.replace(/1-page\.jpg$/, `${number}-${size}.jpg`);
  };
  const draw = () => {
    const image = viewer().querySelector("[data-image]");
    if (!image) return;
    const number = Number(viewer().dataset.number),
      wanted = address(number);
    if (!image.src.endsWith(wanted)) image.src = wanted;
    image.alt = image.alt.replace(/\d+/, number);
    viewer().querySelector("[data-page-now]").textContent = number;
    for (const boxes of viewer().querySelectorAll("[data-boxes]"))
      boxes.toggleAttribute("hidden", Number(boxes.dataset.boxes) !== number);
    for (const link of viewer().querySelectorAll(".z-thumbs [data-page]"))
      link.toggleAttribute("aria-current", Number(link.dataset.page) === number);
    const thumb = viewer().querySelector(".z-thumbs [data-page][aria-current]"),
      strip = thumb?.closest("ol");
    strip?.scrollTo(
      thumb.offsetLeft - strip.offsetLeft - strip.clientWidth / 3,
      thumb.offsetTop - strip.offsetTop - strip.clientHeight / 3,
    );
    if (number < Number(viewer().dataset.pages)) new Image().src = address(number + 1);
    lay();
  };
  const show = (number) => {
    const within = Math.min(Math.max(number, 1), Number(viewer().dataset.pages));
    if (within === Number(viewer().dataset.number)) return;
    viewer().dataset.number = within;
    viewer().querySelector("[data-stage]").scrollTop = 0;
    draw();
  };
  const step = (by) => show(Number(viewer().dataset.number) + by);
  // Findings one after another; the box in question is drawn stronger.
  let finding = 0;
  const point_at = (number) => {
    finding = number;
    for (const box of viewer().querySelectorAll("[data-box]"))
      box.toggleAttribute("data-here", Number(box.dataset.box) === number);
    for (const link of viewer().querySelectorAll("[data-finding]"))
      link.toggleAttribute("aria-current", Number(link.dataset.finding) === number);
  };
  const next_finding = () => {
    const links = [...viewer().querySelectorAll("[data-finding]")];
    (links.find((link) => Number(link.dataset.finding) > finding) ?? links[0])?.click();
  };
  const grow = (by) => {
    zoom = by ? Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1) : FIT;
    draw();
  };
  const rotate = () => {
    turn = (turn + 90) % 360;
    lay();
  };
  const failed = (yes) => {
    const note = viewer().querySelector("[data-failed]");
    if (note) note.hidden = !yes;
  };

  // Which material is in view, told in the list and the checklist.
  const point = () => {
    const here = viewer().dataset.material;
    for (const link of list()) link.toggleAttribute("aria-current", link.dataset.material === here);
    for (const line of document.querySelectorAll("[data-line]"))
      line.classList.toggle("z-line-here", line.dataset.line === here);
    const line = document.querySelector(".z-line-here"),
      box = line?.closest("section");
    if (box && box.scrollHeight > box.clientHeight)
      box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 3;
  };
  const open = (link) => link?.click();
  const beside = (by) => {
    const links = list(),
      here = links.findIndex((link) => link.hasAttribute("aria-current"));
    open(links[here + by]);
  };
  const following = () => {
    const links = list(),
      here = links.findIndex((link) => link.dataset.material === viewer().dataset.material);
    if (here < 0 || links[here].hasAttribute("data-open")) return;
    open([...links.slice(here + 1), ...links.slice(0, here)].find((link) => link.hasAttribute("data-open")));
  };

  // A notice as PDF in a tab of its own, without sending the form.
  const letter = (button) => {
    const form = button.form,
      kept = [form.getAttribute("action"), form.getAttribute("target")];
    form.action = button.formAction;
    form.target = "_blank";
    HTMLFormElement.prototype.submit.call(form);
    form.setAttribute("action", kept[0]);
    if (kept[1] === null) form.removeAttribute("target");
    else form.target = kept[1];
  };

  document.addEventListener("click", (event) => {
    const at = (mark) => event.target.closest?.(mark);
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = at("[data-page]"),
      stepper = at("[data-page-step]"),
      size = at("[data-zoom]"),
      plain = at("[data-plain]");
    if (page || stepper || plain) event.preventDefault();
    if (page) show(Number(page.dataset.page));
    if (page?.dataset.finding) point_at(Number(page.dataset.finding));
    if (at("[data-next-finding]")) next_finding();
    if (stepper) step(Number(stepper.dataset.pageStep));
    if (size) grow(Number(size.dataset.zoom));
    if (at("[data-turn]")) rotate();
    if (plain) letter(plain);
    const line = at("[data-line]");
    if (line && !at("button, summary, a, input"))
      open(list().find((link) => link.dataset.material === line.dataset.line));
  });
  document.addEventListener(
    "load",
    (event) => {
      if (event.target.matches?.("[data-image]")) {
        failed(false);
        lay();
      }
    },
    true,
  );
  document.addEventListener(
    "error",
    (event) => {
      if (event.target.matches?.("[data-image]")) failed(true);
    },
    true,
  );
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "viewer") {
      turn = 0;
      finding = 0;
      draw();
      point();
    }
    if (event.target.id === "checklist") {
      point();
      following();
    }
  });

  const press = (found) => document.querySelector(`.z-line-here button[value="${found}"]`)?.click();
  const KEYS = {
    "[": () => step(-1),
    "]": () => step(1),
    "+": () => grow(1),
    "=": () => grow(1),
    "-": () => grow(-1),
    0: () => grow(0),
    r: rotate,
    j: () => beside(1),
    k: () => beside(-1),
    n: next_finding,
    y: () => press("in_order"),
    ",": () => document.querySelector(".z-neighbours [rel=prev]")?.click(),
    ".": () => document.querySelector(".z-neighbours [rel=next]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog"))
      return;
    const act = KEYS[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  window.addEventListener("resize", lay);
  draw();
  point();
})();
