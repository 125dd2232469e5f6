// The link beside the title of a part copies its address. Without this file it is a link like any other.
if (navigator.clipboard) {
  const said = document.querySelector("[data-link-copied]");
  for (const link of document.querySelectorAll(".part__link")) {
    const words = link.firstChild;
    const { data } = words;
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(link.href);
      } catch {
        location.hash = link.hash;
        return;
      }
      words.data = said.textContent = said.dataset.linkCopied;
      setTimeout(() => {
        words.data = data;
        said.textContent = "";
      }, 4000);
    });
  }
}
