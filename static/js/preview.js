// Each preview follows what is typed, 400 ms behind. Without this script the Preview button does it.
"use strict";

for (const preview of document.querySelectorAll("[data-preview-at]")) follow(preview);

function follow(preview) {
  const sources = [...document.querySelectorAll(`[data-preview-of="${preview.dataset.preview}"]`)];
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const says = preview.parentElement.querySelector("[data-preview-says]");
  let timer = 0;
  let latest = 0;

  async function show() {
    const mine = ++latest;
    const typed = new URLSearchParams(sources.map((source) => [source.name, source.value]));
    let html = null;
    try {
      // A guest's page has no token: their address is their credential.
      const headers = token ? { "X-CSRFToken": token.value } : {};
      const answer = await fetch(preview.dataset.previewAt, { method: "POST", headers, body: typed });
      if (answer.ok && !answer.redirected) html = await answer.text();
    } catch {
      // Offline: the last preview stays, and the next key tries again.
    }
    // A slow answer to an older text must not replace a newer one.
    if (mine !== latest) return;
    if (says) says.textContent = html === null ? says.dataset.stale : "";
    if (html === null) return;
    preview.innerHTML = html;
    const counts = preview.querySelector("[data-counts]");
    if (counts) {
      document.querySelector(".editor [data-counts]").textContent = counts.textContent;
      counts.remove();
    }
    preview.dispatchEvent(new CustomEvent("previewed", { bubbles: true }));
  }

  for (const source of sources) {
    source.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, 400);
    });
  }
}
