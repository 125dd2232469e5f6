// Buttons that can only work with a script stay hidden until one is here, and so does what is said about them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
if (navigator.clipboard) {
  for (const note of document.querySelectorAll("[data-with-copy]")) note.hidden = false;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const target = document.getElementById(button.dataset.copy);
    if (!target) continue;
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(target.textContent.trim());
      } catch {
        getSelection().selectAllChildren(target);
        return;
      }
      button.textContent = button.dataset.copied || words;
      setTimeout(() => { button.textContent = words; }, 4000);
    });
  }
}
