// Single keys for whoever empties a queue: a key presses the visible element that carries it as data-key. It works only
// outside fields, never with a modifier, and not at all where its host has switched it off. Without this script
// everything is done by its button.
const isOn = document.body.dataset.keys !== "off";
const REPEATABLE = new Set(["j", "k"]);
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

// On a keyboard for another script a letter is known by its place.
function keyOf(event) {
  const isLatin = event.key.length > 1 || /^[ -~]$/.test(event.key);
  return isLatin ? event.key : event.code.replace(/^Key/, "").toLowerCase();
}

// What is open on top of the page, such as a form or a toast, takes its keys before the page does.
function carrierOf(key) {
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(
    (element) => !element.disabled && element.getClientRects().length,
  );
  return found.find((element) => element.closest("[data-keys-first]")) || found[0];
}

function press(element) {
  if (element.matches(TYPED_IN)) {
    element.focus();
    if (element.select) element.select();
    return;
  }
  element.click();
  // From here Enter sends the form.
  if (element.type === "radio") element.focus();
}

if (isOn) {
  for (const element of document.querySelectorAll("[data-key]")) element.setAttribute("aria-keyshortcuts", element.dataset.key);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.matches?.(TYPED_IN)) {
      // Out of a field, so that the keys work again; what is typed stays.
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = keyOf(event);
    const element = (!event.repeat || REPEATABLE.has(key)) && carrierOf(key);
    if (!element) return;
    event.preventDefault();
    press(element);
  });
}

// The list of the keys opens over the page; without this script the link leads to a page that lists them.
for (const opener of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog || !dialog.showModal) continue;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  // A press beside the list closes it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
