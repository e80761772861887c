// Signs in with a passkey, shows with one who somebody is, and adds one (WebAuthn). Without this script there are no buttons for it, and a password.
(() => {
  class Refusal extends Error {}
  class Again extends Error {}
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const post = async (path, fields) => {
    const answer = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers: { accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    const said = await answer.json();
    if (!answer.ok) {
      throw said.again ? new Again() : new Refusal(said.error);
    }
    return said;
  };
  const known = (id) => ({ type: "public-key", id: bytes(id) });
  const prove = async () => {
    const asked = await post("/console/sign-in/passkey/challenge", {});
    const signed = await navigator.credentials.get({
      publicKey: { challenge: bytes(asked.challenge), rpId: asked.party, userVerification: "required" },
    });
    return {
      challenge: asked.challenge,
      id: text(signed.rawId),
      client: text(signed.response.clientDataJSON),
      authenticator: text(signed.response.authenticatorData),
      signature: text(signed.response.signature),
      user: text(signed.response.userHandle ?? new ArrayBuffer(0)),
    };
  };
  const signIn = async () => location.assign((await post("/console/sign-in/passkey", await prove())).next);
  // What was sent goes once more, with the proof.
  const again = async (form) => {
    for (const [name, value] of Object.entries(await prove())) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "again-" + name;
      field.value = value;
      form.append(field);
    }
    form.submit();
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
    const done = await post("/console/passkeys", {
      csrf,
      challenge: asked.challenge,
      name: form.elements.name.value,
      client: text(made.response.clientDataJSON),
      attestation: text(made.response.attestationObject),
    });
    location.assign(done.next);
  };
  const ways = { "sign-in": signIn, again: (box) => again(box.closest("form")), add };
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
        await ways[box.dataset.passkey](box);
      } catch (e) {
        if (e instanceof Again) {
          box.action = "/console/passkeys/again";
          box.submit();
          return;
        }
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
