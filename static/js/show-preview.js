// The preview beside a form of the house follows what is typed, 400 ms behind. Without this script the button
// "Preview" does it.
"use strict";

const form = document.querySelector("form[data-preview]");
const sample = document.querySelector("[data-preview-into]");
let timer = 0;
let latest = 0;

async function show() {
  const mine = ++latest;
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    // A slow answer to older words must not replace a newer one.
    if (!answer.ok || answer.redirected || mine !== latest) return;
    sample.innerHTML = await answer.text();
  } catch {
    // Offline: the last preview stays, and the next key tries again.
  }
}

if (form && sample) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
}
