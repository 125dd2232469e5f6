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

  // A form that is on its way keeps its words, in case it does not arrive. The page after it says that it has arrived;
  // then the page before forgets. (A browser that remembers a page drops it when it is spoken to, which is as good.)
  let isSending = false;
  addEventListener("submit", (event) => {
    isSending = "keepWhileSending" in event.target.dataset;
    beFetchedAnew();
  });

  // A browser can send a form once more to show again what it had answered. Whatever is left behind must not be shown
  // again, so its place in the history becomes that of an empty page. (Reloading a page that is still open is no harm.)
  let isFetchedAnew = false;
  const beFetchedAnew = () => {
    if (!isFetchedAnew) history.replaceState(null, "", location.pathname);
    isFetchedAnew = true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.target && !link.getAttribute("href").startsWith("#")) beFetchedAnew();
  });
  // Also when another address is typed in, or Back is pressed.
  addEventListener("beforeunload", beFetchedAnew);

  const go = () => {
    isSending = false;
    isFetchedAnew = true; // This place in the history becomes that of the other site.
    forget();
    document.title = "\u200b";
    document.body.hidden = true;
    location.replace(links[0].href);
  };

  // Leaving one page leaves every page like it that is open in this browser.
  const others = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;
  const tell = (what) => { if (others) others.postMessage(what); };
  if (others) {
    others.onmessage = (event) => {
      if (event.data === "gone") go();
      else if (isSending) forget();
    };
  }
  tell("arrived");

  const leave = () => { tell("gone"); go(); };

  for (const link of links) {
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  }
  // Text browsers show what is hidden, so the words wait in an attribute until the keys work.
  for (const hint of document.querySelectorAll("[data-leave-key]")) {
    hint.textContent = hint.dataset.leaveKey;
    if (hint.matches("kbd")) hint.ariaHidden = "true";
    hint.hidden = false;
  }

  const ENOUGH = { Escape: 2, Shift: 3 };
  const WITHIN = 5000;
  let presses = [];
  const startOver = () => { presses = []; };
  // Shift with a click chooses words; that is not somebody leaving either.
  document.addEventListener("pointerdown", startOver);
  document.addEventListener("keydown", (event) => {
    // A key that is held down, or that ends a composition, is not somebody leaving.
    if (event.repeat || event.isComposing) return;
    const { key, timeStamp } = event;
    presses = [...presses.filter((press) => press.key === key && timeStamp - press.timeStamp < WITHIN), { key, timeStamp }];
    if (presses.length >= ENOUGH[key]) leave();
  }, true);

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
