// Buttons that can only work with a script stay hidden until one is here, and so does what is said about them. Their words
// wait in attributes, since text browsers show what is hidden.
const show = (element, words) => {
  element.textContent = words;
  element.hidden = false;
};
for (const button of document.querySelectorAll("[data-print]")) {
  show(button, button.dataset.print);
  button.addEventListener("click", () => window.print());
}
if (navigator.clipboard) {
  for (const note of document.querySelectorAll("[data-with-copy]")) show(note, note.dataset.withCopy);
  for (const button of document.querySelectorAll("[data-copy]")) {
    const target = document.getElementById(button.dataset.copy);
    if (!target) continue;
    const { words, copied } = button.dataset;
    show(button, words);
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(target.textContent.replace(/\s/g, ""));
      } catch {
        getSelection().selectAllChildren(target);
        return;
      }
      button.textContent = copied;
      setTimeout(() => { button.textContent = words; }, 4000);
    });
  }
}
