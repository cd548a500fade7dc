// Asks the browser to make a passkey, or to sign with one, and sends what it answers with the form.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  const failed = document.getElementById("passkey-failed");
  if (!form) return;
  if (!window.PublicKeyCredential) {
    failed.hidden = false;
    return;
  }
  const answer = form.elements.namedItem("passkey");
  const bytes = (text) => {
    const padded = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => list.map((it) => ({ ...it, id: bytes(it.id) }));
  const ask = async (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    if (form.dataset.passkey === "create") {
      publicKey.user = { ...options.user, id: bytes(options.user.id) };
      publicKey.excludeCredentials = known(options.excludeCredentials);
      return navigator.credentials.create({ publicKey });
    }
    publicKey.allowCredentials = known(options.allowCredentials);
    return navigator.credentials.get({ publicKey });
  };
  const written = (made) => {
    const { response } = made;
    const parts = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      parts.attestationObject = text(response.attestationObject);
      parts.transports = response.getTransports ? response.getTransports() : [];
    } else {
      parts.authenticatorData = text(response.authenticatorData);
      parts.signature = text(response.signature);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: parts });
  };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      answer.value = written(await ask(JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
  // Back from the next page: what was signed is used up.
  addEventListener("pageshow", () => { answer.value = ""; });
})();
