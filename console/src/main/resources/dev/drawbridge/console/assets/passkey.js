// Signs in with a passkey, and adds one (WebAuthn). Without this script there are no buttons for it, and a password.
(() => {
  class Refusal extends Error {}
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const post = async (path, fields) => {
    const answer = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      body: new URLSearchParams(fields),
    });
    const said = await answer.json();
    if (!answer.ok) {
      throw new Refusal(said.error);
    }
    return said;
  };
  const known = (id) => ({ type: "public-key", id: bytes(id) });
  const signIn = async () => {
    const asked = await post("/console/sign-in/passkey/challenge", {});
    const signed = await navigator.credentials.get({
      publicKey: { challenge: bytes(asked.challenge), rpId: asked.party, userVerification: "required" },
    });
    return post("/console/sign-in/passkey", {
      challenge: asked.challenge,
      id: text(signed.rawId),
      client: text(signed.response.clientDataJSON),
      authenticator: text(signed.response.authenticatorData),
      signature: text(signed.response.signature),
      user: text(signed.response.userHandle ?? new ArrayBuffer(0)),
    });
  };
  const add = async (form) => {
    const csrf = form.elements.csrf.value;
    const asked = await post("/console/passkeys/challenge", { csrf });
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(asked.challenge),
        rp: { id: asked.party, name: asked.party },
        user: { id: bytes(asked.user), name: asked.name, displayName: asked.name },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: asked.exclude.map(known),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
      },
    });
    return post("/console/passkeys", {
      csrf,
      challenge: asked.challenge,
      name: form.elements.name.value,
      client: text(made.response.clientDataJSON),
      attestation: text(made.response.attestationObject),
    });
  };
  for (const box of document.querySelectorAll("[data-passkey]")) {
    const button = box.querySelector("button");
    const alert = box.querySelector("[role=alert]");
    if (!window.PublicKeyCredential) {
      alert.textContent = box.dataset.none;
      continue;
    }
    const run = async (event) => {
      event.preventDefault();
      alert.textContent = "";
      button.disabled = true;
      try {
        const done = await (box.dataset.passkey === "add" ? add(box) : signIn());
        location.assign(done.next);
      } catch (e) {
        alert.textContent = e instanceof Refusal ? e.message : box.dataset.declined;
      } finally {
        button.disabled = false;
      }
    };
    button.hidden = false;
    if (box.dataset.passkey === "add") {
      box.addEventListener("submit", run);
    } else {
      button.addEventListener("click", run);
    }
  }
})();
