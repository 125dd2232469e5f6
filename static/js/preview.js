// The preview follows what is typed, 400 ms behind. Without this script the Preview button does it.
"use strict";

const preview = document.querySelector("[data-preview]");
const source = document.querySelector("[data-preview-of]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
let timer = 0;
let latest = 0;

async function show() {
  const mine = ++latest;
  try {
    const answer = await fetch(preview.dataset.preview, {
      method: "POST",
      headers: { "X-CSRFToken": token.value },
      body: new URLSearchParams({ body: source.value }),
    });
    // A slow answer to an older text must not replace a newer one.
    if (!answer.ok || mine !== latest) return;
    preview.innerHTML = await answer.text();
    const counts = preview.querySelector("[data-counts]");
    document.querySelector(".editor [data-counts]").textContent = counts.textContent;
    counts.remove();
  } catch {
    // Offline: the last preview stays, and the next key tries again.
  }
}

if (preview && source && token) {
  source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
}
