// What could not be saved stays in this browser, sealed to the account, until it is.
(() => {
  const { keep: given, owner } = document.body.dataset;
  const HEAD = "zaiti:keep:",
    DAYS = 30;
  const able = Boolean(given && owner && window.crypto?.subtle) && window.top === window;
  const raw = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (b) => String.fromCharCode(b)).join(""));
  const key = able ? crypto.subtle.importKey("raw", raw(given), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
  const name = (place) => `${HEAD}${owner}:${place}`;
  const names = (head) => Object.keys(localStorage).filter((each) => each.startsWith(head));
  const read = (each) => {
    try {
      return JSON.parse(localStorage.getItem(each)) ?? {};
    } catch {
      return {};
    }
  };

  const put = async (place, id, data) => {
    if (!able) return false;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv },
        await key,
        new TextEncoder().encode(JSON.stringify(data)),
      );
      localStorage.setItem(name(place), JSON.stringify({ id, at: Date.now(), iv: text(iv), sealed: text(sealed) }));
      return true;
    } catch {
      return false;
    } // full, or forbidden: the page says that it is not kept
  };
  const take = async (place) => {
    const kept = able ? read(name(place)) : {};
    if (!kept.sealed) return null;
    try {
      const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: raw(kept.iv) }, await key, raw(kept.sealed));
      return { id: kept.id, at: kept.at, ...JSON.parse(new TextDecoder().decode(open)) };
    } catch {
      return null;
    }
  };
  const drop = (place) => {
    if (able) localStorage.removeItem(name(place));
  };
  const clear = () => {
    for (const each of names(HEAD)) localStorage.removeItem(each);
  };
  const any = () => able && names(name("")).length > 0;

  // A post that was taken says so in a cookie, by the number it was kept under.
  const done = window.zaiti.cookie("kept_done");
  if (done && able) {
    for (const each of names(name(""))) if (read(each).id === done) localStorage.removeItem(each);
    document.cookie = "kept_done=; path=/; max-age=0; samesite=lax";
  }
  for (const each of able ? names(HEAD) : [])
    if (!(read(each).at > Date.now() - DAYS * 86400_000)) localStorage.removeItem(each);

  // Signing out clears it all; where something is not saved yet, it asks first.
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches?.("[data-sign-out]")) return;
      if (any() && !window.confirm(window.zaiti.words().signOut)) {
        event.preventDefault();
        return;
      }
      clear();
      document.dispatchEvent(new CustomEvent("zaiti:leaving"));
    },
    true,
  );

  window.zaiti.keep = { put, take, drop, clear, able };
})();
