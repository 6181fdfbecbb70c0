// Saving by field: what is typed goes with a print of what was there, and what was not saved says so beside it.
(() => {
  if (window.top !== window) return;
  const { keep } = window.zaiti,
    words = () => window.zaiti.words();
  const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const PAGE = "*page";

  // The form's fields by name, without files and what the page itself carries.
  const own = (e) =>
    e.name &&
    !["file", "submit", "button", "image"].includes(e.type) &&
    !e.matches("[data-based], [name=csrfmiddlewaretoken], [name^=choice-], [name=kept]");
  const controls = (form, name) => [...form.elements].filter((e) => own(e) && e.name === name);
  const names = (form) => [...new Set([...form.elements].filter(own).map((e) => e.name))];
  const on = (e) => (["checkbox", "radio"].includes(e.type) ? e.checked : true);
  const values = (form, name) =>
    controls(form, name)
      .filter(on)
      .flatMap((e) => (e.multiple ? [...e.selectedOptions].map((o) => o.value) : [e.value]));
  const put = (form, name, wanted) => {
    const left = [...wanted];
    for (const e of controls(form, name)) {
      if (["checkbox", "radio"].includes(e.type)) e.checked = wanted.includes(e.value);
      else if (e.multiple) for (const o of e.options) o.selected = wanted.includes(o.value);
      else e.value = left.shift() ?? "";
      e.dispatchEvent(new CustomEvent("zaiti:put", { bubbles: true }));
    }
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const box = (form, name) =>
    form.querySelector(`[data-field="${CSS.escape(name)}"]`) ?? controls(form, name)[0]?.parentElement;

  const watch = (form) => {
    const autosave = form.dataset.autosave,
      carried = form.querySelector("[data-based]");
    const told = form.querySelector("[data-saved]") ?? (autosave ? document.querySelector("[data-saved]") : null);
    const place = `${location.pathname}#${form.id || form.getAttribute("action") || form.dataset.autosave || [...document.forms].indexOf(form)}`;
    const based = carried ? JSON.parse(carried.value) : {};
    const start = new Map(names(form).map((name) => [name, values(form, name)]));
    const dirty = new Set(),
      refused = new Map();
    let id = Math.random().toString(36).slice(2, 14),
      timer = 0,
      keeping = 0,
      busy = false,
      leaving = false,
      kept = false;

    const say = (state, text) => {
      if (told) {
        told.dataset.state = state;
        told.textContent = text;
      }
    };
    const base = (name, print) => {
      based[name] = print;
      if (carried) carried.value = JSON.stringify(based);
    };
    const note = (name, html) => {
      const home = box(form, name);
      home?.querySelector(":scope > [data-note]")?.remove();
      if (!html || !home) return;
      const made = Object.assign(document.createElement("div"), { innerHTML: html, className: "mt-1" });
      made.dataset.note = "";
      home.append(made);
    };
    const beside = (why) => {
      const sentence = `${why} ${kept ? words().kept : words().onPage}`;
      for (const name of dirty)
        if (!refused.has(name)) {
          note(name, '<p class="z-unsaved text-warning fw-medium mb-0" role="alert"></p>');
          const line = box(form, name)?.querySelector(":scope > [data-note] > .z-unsaved");
          if (line) line.textContent = sentence;
        }
      say("failed", why);
    };
    const store = async () => {
      clearTimeout(keeping);
      if (!dirty.size) {
        keep.drop(place);
        kept = false;
        return;
      }
      const fields = Object.fromEntries([...dirty].map((name) => [name, values(form, name)]));
      const seen = Object.fromEntries(
        [PAGE, ...dirty].filter((name) => name in based).map((name) => [name, based[name]]),
      );
      kept = await keep.put(place, id, { fields, based: seen });
      if (!dirty.size) keep.drop(place);
    };
    const wait = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(send, ms);
    };

    const taken = (name, sent, print) => {
      if (print) base(name, print);
      start.set(name, sent);
      refused.delete(name);
      note(name, "");
      if (same(values(form, name), sent)) dirty.delete(name);
    };
    const read = (answer, sent) => {
      for (const [name, was] of Object.entries(sent)) {
        const why = answer.notes[name];
        if (!why) {
          taken(name, was, answer.prints[name]);
          continue;
        }
        refused.set(name, was);
        if (same(values(form, name), was)) note(name, why);
      }
      const open = [...dirty].filter((name) => refused.has(name) && same(values(form, name), refused.get(name)));
      if (open.length) say("failed", words().someLeft.replace("{n}", open.length));
      else if (dirty.size) say("dirty", told?.dataset.dirty ?? "");
      else say("done", `${told?.dataset.done ?? ""} ${answer.saved}`);
      if (Object.keys(sent).some((name) => !answer.notes[name])) document.dispatchEvent(new CustomEvent("zaiti:saved"));
    };
    const signIn = async (then) => {
      beside(words().ended);
      if (!(await window.zaiti.signIn())) return;
      if ((await window.zaiti.who()) === "me") then();
      else beside(words().other);
    };
    const no = async (answer) => {
      if (answer.status === 401 || answer.redirected || answer.headers.get("HX-Redirect")) {
        signIn(send);
        return;
      }
      if (answer.status >= 500) {
        beside(words().fault);
        wait(10_000);
        return;
      }
      const area = form.querySelector(".z-refusal") ?? document.getElementById("refusal");
      area.innerHTML = await answer.text();
      beside(words().refused);
    };
    async function send() {
      clearTimeout(timer);
      if (!autosave || busy) {
        if (autosave) wait(400);
        return;
      }
      const sent = {},
        body = new FormData(),
        prints = { [PAGE]: based[PAGE] };
      for (const name of dirty) if (!same(refused.get(name), values(form, name))) sent[name] = values(form, name);
      if (!Object.keys(sent).length) return;
      for (const [name, list] of Object.entries(sent)) {
        for (const value of list) body.append(name, value);
        if (name in based) prints[name] = based[name];
      }
      body.set("based_on", JSON.stringify(prints));
      busy = true;
      say("saving", told?.dataset.saving ?? "");
      try {
        const headers = {
          "X-CSRFToken": window.zaiti.cookie("csrftoken"),
          "HX-Request": "true",
          "X-Owner": document.body.dataset.owner ?? "",
        };
        const answer = await fetch(autosave, { method: "POST", body, headers });
        if (answer.headers.get("Content-Type")?.includes("json")) read(await answer.json(), sent);
        else await no(answer);
      } catch {
        beside(words().noLine);
        wait(10_000);
      }
      busy = false;
      await store();
    }

    const changed = (name) => {
      if (!start.has(name)) start.set(name, []);
      const back = same(values(form, name), start.get(name)) && !refused.has(name);
      if (back) {
        dirty.delete(name);
        note(name, "");
      } else dirty.add(name);
      if (told && dirty.size && !busy) say("dirty", told.dataset.dirty ?? "");
      clearTimeout(keeping);
      keeping = setTimeout(store, 300);
    };
    const heard = (ms) => (event) => {
      const { target } = event;
      if (target.name?.startsWith("choice-")) {
        choose(target);
        return;
      }
      if (!own(target)) return;
      changed(target.name);
      if (autosave) wait(ms);
    };
    const choose = (radio) => {
      const name = radio.name.slice("choice-".length),
        asked = radio.closest("[data-conflict]");
      base(name, asked.dataset.conflict);
      refused.delete(name);
      if (radio.value.startsWith("theirs:")) {
        const theirs = JSON.parse(asked.dataset.theirs);
        const list = (Array.isArray(theirs) ? theirs : [theirs ?? ""]).map((each) =>
          each === true ? "on" : String(each),
        );
        put(form, name, theirs === false ? [] : list);
        start.set(name, values(form, name));
        dirty.delete(name);
        if (!dirty.size) say("done", told?.dataset.done ?? "");
      }
      note(name, "");
      asked.remove();
      store();
      if (autosave) wait(0);
    };

    // What was left from another time is put back, and may be let go again.
    const restore = async () => {
      const left = await keep.take(place),
        reshown = form.querySelector("[data-summary]");
      if (reshown && !autosave) for (const name of names(form)) dirty.add(name);
      if (!left) return;
      const before = new Map();
      for (const [name, list] of Object.entries(left.fields)) {
        if (!controls(form, name).length || dirty.has(name) || same(values(form, name), list)) continue;
        before.set(name, values(form, name));
        put(form, name, list);
        dirty.add(name);
        if (left.based[name] && carried) base(name, left.based[name]);
      }
      id = left.id;
      if (!dirty.size) {
        keep.drop(place);
        return;
      }
      kept = true;
      if (before.size) offer(left.at, before);
      if (autosave) wait(0);
    };
    const offer = (at, before) => {
      const made = Object.assign(document.createElement("div"), { className: "alert alert-warning" });
      made.setAttribute("role", "status");
      made.dataset.restored = "";
      const line = Object.assign(document.createElement("p"), {
        textContent: words().restored.replace("{at}", clock(at)) + " ",
      });
      const let_go = Object.assign(document.createElement("button"), {
        type: "button",
        className: "btn btn-outline-primary",
        textContent: words().discard,
      });
      let_go.addEventListener("click", () => {
        for (const [name, list] of before) {
          put(form, name, list);
          changed(name);
        }
        made.remove();
        if (autosave) wait(0);
      });
      line.append(let_go);
      made.append(line);
      form.prepend(made);
    };

    // A form sent whole is kept before it goes, and goes only while its sender is signed in.
    const go = (button) => {
      leaving = true;
      form.dataset.ready = "1";
      if (!form.elements.kept)
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "kept" }));
      form.elements.kept.value = id;
      form.requestSubmit(button ?? undefined);
      setTimeout(() => {
        leaving = false;
      }, 5000);
    };
    const check = async (button) => {
      await store();
      try {
        const now = await window.zaiti.who();
        if (now === "me") go(button);
        else if (now === "nobody") signIn(() => go(button));
        else beside(words().other);
      } catch {
        beside(words().noLine);
        window.zaiti.refuse(form, words().noLine);
      }
    };
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (form.dataset.ready || form.hasAttribute("hx-post") || !document.body.dataset.owner) {
        delete form.dataset.ready;
        leaving = true;
        setTimeout(() => {
          leaving = false;
        }, 5000);
        return;
      }
      event.preventDefault();
      if (!form.dataset.checking) {
        form.dataset.checking = "1";
        check(event.submitter).finally(() => delete form.dataset.checking);
      }
    });
    form.addEventListener("htmx:beforeRequest", (event) => {
      if (event.target === form) store();
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== form) return;
      leaving = false;
      const { xhr, successful } = event.detail;
      if (xhr.status === 401) signIn(() => window.htmx.trigger(form, "submit"));
      else if (successful && xhr.status < 300) {
        dirty.clear();
        leaving = true;
        keep.drop(place);
      } else if (dirty.size) store();
    });

    form.addEventListener("input", heard(1500));
    form.addEventListener("change", heard(300));
    window.addEventListener("online", () => {
      if (dirty.size) wait(0);
    });
    document.addEventListener("zaiti:leaving", () => {
      leaving = true;
    });
    window.addEventListener("pagehide", () => {
      clearTimeout(timer);
    });
    window.addEventListener("beforeunload", (event) => {
      if (dirty.size && !leaving && form.isConnected) event.preventDefault();
    });
    restore();
  };

  const wake = (root) => {
    for (const form of root.querySelectorAll("form[method=post]"))
      if (
        !form.dataset.watched &&
        (form.matches("[data-autosave], [data-unsaved]") || form.querySelector("textarea"))
      ) {
        form.dataset.watched = "1";
        watch(form);
      }
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.target.parentNode ?? document));
})();
