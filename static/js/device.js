// Wears what a reader has chosen here, before anything is painted. None of it leaves the device.
const device = (() => {
  const root = document.documentElement;
  const { neutral } = document.currentScript.dataset;
  const { title } = document;
  const all = (selector) => document.querySelectorAll(selector);
  let choices;

  function read() {
    try { choices = Object(JSON.parse(localStorage.choices ?? "{}")); } catch { choices = {}; }
    wear();
  }

  function wear() {
    for (const look of ["theme", "size", "width", "spacing", "letters"]) {
      if (choices[look]) root.dataset[look] = choices[look];
      else delete root.dataset[look];
    }
    if (root.hasAttribute("data-discreet") === !choices.discreet) {
      document.title = root.toggleAttribute("data-discreet") ? neutral : title;
      for (const link of all("link[data-neutral]")) [link.href, link.dataset.neutral] = [link.dataset.neutral, link.href];
    }
    show();
  }

  // Controls that need a script wait hidden, their words in an attribute: text browsers show what is hidden.
  function show() {
    for (const control of all("[data-says]")) {
      control.textContent ||= control.dataset.says;
      control.hidden = false;
    }
    for (const button of all("[data-discreetly]")) button.ariaPressed = Boolean(choices.discreet);
    for (const name of all(".show-name")) name.ariaLabel = choices.discreet ? neutral : null;
  }

  // False where the browser keeps nothing: then it holds on this page alone.
  function choose(name, value) {
    delete choices[name];
    if (value?.length || value === true) choices[name] = value;
    wear();
    try {
      if (Object.keys(choices).length) localStorage.choices = JSON.stringify(choices);
      else localStorage.removeItem("choices");
      return true;
    } catch { return false; }
  }

  const agreed = () => [].concat(choices.agreed ?? []);
  const isAgreed = (gate) => gate.dataset.kinds.split(" ").every((kind) => agreed().includes(kind));

  // While the page arrives, so that nothing jumps later.
  function arrive() {
    show();
    for (const gate of all(".gate")) gate.open ||= isAgreed(gate);
    for (const note of all("[data-without-script]")) note.remove();
  }
  const arriving = new MutationObserver(arrive);
  arriving.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => {
    arriving.disconnect();
    arrive();
  });

  addEventListener("click", ({ target }) => {
    const button = target.closest("[data-discreetly]");
    if (button && !choose("discreet", !choices.discreet)) button.textContent = button.dataset.refused;
  });
  addEventListener("storage", read);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) read(); });
  read();
  return { agreed, choose, isAgreed, read, get: (name) => choices[name] };
})();
