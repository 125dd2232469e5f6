// Leave this page at once: the button, Esc twice, or Shift three times. What was typed goes first, then the page.
(() => {
  const links = document.querySelectorAll("[data-leave]");
  if (!links.length) return;

  const forget = () => {
    for (const field of document.querySelectorAll("input, textarea, select")) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else field.value = "";
    }
  };

  // A form that is on its way keeps its words, in case it does not arrive. A browser that remembers such a page
  // drops it when it is spoken to, so leaving any later page makes it forget this one too.
  let isSending = false;
  const pages = new BroadcastChannel("leave");
  pages.onmessage = () => { if (isSending) forget(); };
  addEventListener("submit", (event) => { isSending = "keepWhileSending" in event.target.dataset; });

  const leave = () => {
    isSending = false;
    forget();
    pages.postMessage("");
    document.title = "\u200b";
    document.body.hidden = true;
    location.replace(links[0].href);
  };

  for (const link of links) {
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  }
  for (const cap of document.querySelectorAll("[data-leave-key]")) cap.hidden = false;

  let pressed = "";
  let count = 0;
  let last = 0;
  document.addEventListener("keydown", (event) => {
    // A key that is held down, or that ends a composition, is not somebody leaving.
    if (event.repeat || event.isComposing) return;
    count = event.key === pressed && event.timeStamp - last < 1000 ? count + 1 : 1;
    pressed = event.key;
    last = event.timeStamp;
    if ((pressed === "Escape" && count === 2) || (pressed === "Shift" && count === 3)) leave();
  });

  // Going back must not show what was written: neither from the browser's memory of the page nor from its memory of fields.
  addEventListener("pagehide", () => {
    if (isSending) return;
    forget();
    document.body.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && !isSending) location.replace(location.pathname);
    isSending = false;
  });
})();
