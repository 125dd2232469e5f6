// Comforts of the desk's forms. Each works without this script too, with one more press.
// A form that a link on the page opens has the focus in its first field.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"], summary');
  const opened = link && (link.matches("summary") ? link.parentElement : document.getElementById(link.hash.slice(1)));
  if (!opened || !opened.querySelector("form")) return;
  setTimeout(() => {
    const fields = opened.querySelectorAll("textarea, select, input:not([type=hidden])");
    const first = [...fields].find((field) => field.getClientRects().length && !field.closest("[data-canned]"));
    if (first) first.focus();
  });
});

// A canned reply goes in where the cursor is.
for (const choice of document.querySelectorAll("[data-canned]")) {
  const select = choice.querySelector("select");
  const text = document.getElementById(choice.dataset.canned);
  choice.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    const { words } = select.selectedOptions[0].dataset;
    if (!words) return;
    const before = text.value.slice(0, text.selectionStart).trimEnd();
    text.setRangeText((before ? "\n\n" : "") + words, before.length, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
    select.value = "";
  });
}

// One press sends one form, however often it is pressed; after a while, or when its host comes back, it can be sent again.
let isSent = false;
let sentForm = null;
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  if (isSent) {
    event.preventDefault();
    return;
  }
  isSent = true;
  sentForm = event.target;
  setTimeout(() => { isSent = false; }, 4000);
});
addEventListener("pageshow", () => {
  isSent = false;
  sentForm = null;
});

// A reply that is half written does not go because another button was pressed.
addEventListener("beforeunload", (event) => {
  const typed = [...document.querySelectorAll("[data-typed] textarea")];
  if (typed.some((text) => text.value !== text.defaultValue && text.form !== sentForm)) event.preventDefault();
});
