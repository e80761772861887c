// Signs in with an app that holds a key and signs requests (NIP-07, NIP-98). Without this script there is no button.
(() => {
  const say = (box, text) => {
    box.querySelector("[role=alert]").textContent = text;
  };
  const post = async (path, options) => {
    const answer = await fetch(path, { method: "POST", credentials: "same-origin", redirect: "error", ...options });
    const said = await answer.json();
    if (!answer.ok) {
      throw new Error(said.error);
    }
    return said;
  };
  const header = (event) =>
    "Nostr " + btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(event))));
  const signIn = async (box) => {
    const asked = await post("/account/sign-in/challenge", {
      body: new URLSearchParams({ network: box.dataset.signIn }),
    });
    let event;
    try {
      event = await window.nostr.signEvent({
        kind: 27235,
        created_at: asked.at,
        tags: [["u", asked.url], ["method", "POST"], ["payload", asked.payload]],
        content: "",
      });
    } catch {
      throw new Error(box.dataset.declined);
    }
    const done = await post("/account/sign-in/signed", {
      body: asked.challenge,
      headers: { "Content-Type": "text/plain", Authorization: header(event) },
    });
    location.assign(done.next);
  };
  for (const box of document.querySelectorAll("[data-sign-in]")) {
    const button = box.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      say(box, "");
      if (!window.nostr) {
        say(box, box.dataset.none);
        return;
      }
      button.disabled = true;
      try {
        await signIn(box);
      } catch (e) {
        say(box, e.message);
      } finally {
        button.disabled = false;
      }
    });
  }
})();
