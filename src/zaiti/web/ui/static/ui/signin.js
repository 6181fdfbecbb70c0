// Signing in again in place, when the session has ended while one typed.
(() => {
  const LOGIN = "/accounts/login/?timeout=1&next=/session/",
    HERE = "/session/";
  let open = null;

  // Who is signed in now: the page's own account, nobody, or somebody else; nothing when there is no connection.
  const who = async () => {
    const answer = await fetch(HERE, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (!answer.ok) throw new Error("no answer");
    const { owner } = await answer.json();
    return owner === document.body.dataset.owner ? "me" : owner ? "other" : "nobody";
  };
  const renew = () => {
    const token = window.zaiti.cookie("csrftoken");
    if (token) for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  };
  const ask = () => {
    if (open) return open;
    open = new Promise((tell) => {
      const words = window.zaiti.words();
      const dialog = Object.assign(document.createElement("dialog"), { className: "z-dialog z-signin-dialog" });
      dialog.setAttribute("aria-label", words.signIn);
      const close = Object.assign(document.createElement("button"), {
        type: "button",
        className: "btn btn-action",
        innerHTML: '<i class="ti ti-x" aria-hidden="true"></i>',
      });
      close.setAttribute("aria-label", words.close);
      const frame = Object.assign(document.createElement("iframe"), { src: LOGIN, title: words.signIn });
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => {
        dialog.remove();
        open = null;
        tell(false);
      });
      frame.addEventListener("load", async () => {
        let path = "";
        try {
          path = frame.contentWindow.location.pathname;
        } catch {
          return;
        } // a sign-in elsewhere, on its way back
        if (path !== HERE) return;
        renew();
        tell(true);
        dialog.close();
      });
      dialog.append(close, Object.assign(document.createElement("p"), { textContent: words.signInWhy }), frame);
      document.body.append(dialog);
      dialog.showModal();
    });
    return open;
  };
  window.zaiti.who = who;
  window.zaiti.signIn = ask;
})();
