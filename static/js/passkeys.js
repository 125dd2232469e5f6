// Passkeys: asks the browser for a key and sends what it says as a form. Without it the buttons stay hidden.
//
// <button data-passkey="create | get" form=...> belongs to a form with an input named "credential". What the browser is
// asked stands in the JSON block whose id is in data-options, or comes from the address in data-options-from.

(() => {
  const binary = (text) => {
    const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const described = (keys) => (keys || []).map((key) => ({ ...key, id: binary(key.id) }));

  const create = async (options, alone) => {
    const asked = { ...options.publicKey, challenge: binary(options.publicKey.challenge) };
    asked.user = { ...asked.user, id: binary(asked.user.id) };
    asked.excludeCredentials = described(asked.excludeCredentials);
    asked.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    };
    const made = await navigator.credentials.create({ publicKey: asked });
    return {
      ...sent(made),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const get = async (options) => {
    const asked = { ...options.publicKey, challenge: binary(options.publicKey.challenge) };
    asked.allowCredentials = described(asked.allowCredentials);
    const shown = await navigator.credentials.get({ publicKey: asked });
    return {
      ...sent(shown),
      response: {
        clientDataJSON: text(shown.response.clientDataJSON),
        authenticatorData: text(shown.response.authenticatorData),
        signature: text(shown.response.signature),
        userHandle: shown.response.userHandle ? text(shown.response.userHandle) : null,
      },
    };
  };

  const sent = (key) => ({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: key.getClientExtensionResults(),
  });

  const optionsOf = async (button) => {
    if (button.dataset.options) {
      return JSON.parse(document.getElementById(button.dataset.options).textContent);
    }
    const answer = await fetch(button.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const press = async (button) => {
    const { form } = button;
    const told = document.getElementById("passkey-told");
    told.hidden = true;
    button.disabled = true;
    try {
      const options = await optionsOf(button);
      const alone = form.elements.passwordless ? form.elements.passwordless.checked : false;
      const said =
        button.dataset.passkey === "create"
          ? await create(options.creation_options, alone)
          : await get(options.request_options);
      form.elements.credential.value = JSON.stringify(said);
      form.submit();
    } catch (error) {
      // Most often somebody has closed the browser's own window: they read why nothing happened.
      told.hidden = false;
      button.disabled = false;
    }
  };

  if (!window.PublicKeyCredential) return;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      press(button);
    });
  }
  for (const words of document.querySelectorAll("[data-without-passkeys]")) words.hidden = true;
})();
