// The page itself: refusals beside the action, questions in a dialog, menus, the session's end.
(() => {
  const words = () => document.getElementById("z-words").dataset;
  const cookie = (name) =>
    document.cookie
      .split("; ")
      .find((c) => c.startsWith(name + "="))
      ?.slice(name.length + 1) ?? "";
  window.zaiti = { cookie, words };

  // htmx: the token of today's sign-in, not the one the form was drawn with.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "get" || !cookie("csrftoken")) return;
    event.detail.formData.delete("csrfmiddlewaretoken");
    event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
  });

  // A “no” goes to the message area nearest to what was pressed; nothing else on the page changes.
  const place = (element) =>
    element?.closest("[data-confirm-body], .z-actions") ?? element?.closest("form:not([data-listing-form])");
  const inside = (home) => home.querySelector(home.matches(".z-actions") ? ":scope > .z-refusal" : ".z-refusal");
  const told = (element) => {
    const home = place(element);
    return (home && inside(home)) ?? document.getElementById("refusal");
  };
  const nearest = (element) => {
    const home = place(element);
    if (!home || inside(home)) return told(element);
    const area = Object.assign(document.createElement("div"), { className: "z-refusal", tabIndex: -1 });
    area.setAttribute("role", "alert");
    home.append(area);
    return area;
  };
  const show = (area, sentence) => {
    const note = document.createElement("div");
    note.className = "alert alert-danger";
    note.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    area.replaceChildren(note);
    bring(area);
  };
  const bring = (area) => {
    area.focus({ preventScroll: true });
    area.scrollIntoView({ block: "nearest" });
  };
  window.zaiti.refuse = (element, sentence) => show(nearest(element), sentence);
  document.addEventListener("htmx:beforeRequest", (event) => told(event.detail.elt)?.replaceChildren());
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status < 400) return;
    if (xhr.getResponseHeader("HX-Retarget") === "#refusal") {
      event.detail.target = nearest(requestConfig.elt);
    } else if (xhr.status !== 422) {
      event.detail.shouldSwap = false;
      window.zaiti.refuse(requestConfig.elt, words().fault);
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.classList?.contains("z-refusal")) bring(event.target);
  });
  document.addEventListener("htmx:sendError", (event) => window.zaiti.refuse(event.detail.elt, words().offline));

  // A question opens as a dialog; without this script it unfolds in place.
  const ask = (details) => {
    const body = details.querySelector("[data-confirm-body]");
    const dialog = document.createElement("dialog");
    const close = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-action" });
    close.setAttribute("aria-label", words().close);
    close.innerHTML = '<i class="ti ti-x" aria-hidden="true"></i>';
    close.addEventListener("click", () => dialog.close());
    const title = body.querySelector("h2");
    if (title) dialog.setAttribute("aria-label", title.textContent);
    dialog.className = "z-dialog";
    dialog.append(close, body);
    dialog.addEventListener("close", () => {
      details.append(body);
      details.open = false;
      dialog.remove();
      details.querySelector("summary").focus();
    });
    (details.closest("main") ?? document.body).append(dialog);
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const summary = event.target.closest?.("[data-confirm] > summary");
    if (summary) {
      event.preventDefault();
      ask(summary.parentElement);
    }
    for (const menu of document.querySelectorAll("[data-menu][open]"))
      if (!menu.contains(event.target)) menu.open = false;
    if (event.target.closest?.("[data-back]") && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    if (event.target.closest?.("[data-print]")) window.print();
    const account = event.target.closest?.("[data-fill]");
    if (account) fill(account);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Demo: one click fills an account in and signs in.
  const fill = (account) => {
    const form = document.querySelector("[data-signin]");
    form.elements.login.value = account.dataset.fill;
    if (!account.dataset.password) {
      form.elements.password.focus();
      return;
    }
    form.elements.password.value = account.dataset.password;
    form.requestSubmit();
  };

  // The side menu is folded on a narrow screen.
  const side = document.querySelector("[data-side]");
  if (side) {
    const narrow = window.matchMedia("(max-width: 63.99rem)");
    const fold = () => {
      side.open = !narrow.matches;
    };
    fold();
    narrow.addEventListener("change", fold);
  }

  // Five minutes before the session ends the page says so.
  const bar = document.querySelector("[data-session]");
  if (bar) {
    const whole = Number(document.body.dataset.sessionSeconds) * 1000;
    let last = Date.now();
    const touch = () => {
      last = Date.now();
      bar.hidden = true;
    };
    document.addEventListener("htmx:afterRequest", touch);
    bar.querySelector("[data-session-stay]").addEventListener("click", () =>
      fetch(location.href, { method: "HEAD" }).then((r) => {
        if (r.ok && !r.redirected) touch();
      }),
    );
    setInterval(() => {
      const left = Math.max(0, whole - (Date.now() - last));
      bar.hidden = left > 300_000 || left === 0;
      bar.querySelector("[data-session-left]").textContent =
        `${Math.floor(left / 60_000)}:${String(Math.floor(left / 1000) % 60).padStart(2, "0")}`;
    }, 1000);
  }
})();
