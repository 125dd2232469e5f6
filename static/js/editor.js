// The tool bar of the answer's editor: each button inserts one of the marks an answer may contain. Ctrl+S saves.
// Without this script the bar stays hidden, and the marks are typed by hand.
"use strict";

for (const tools of document.querySelectorAll(".editor__tools")) {
  const text = tools.closest(".editor").querySelector("textarea");
  if (!text || text.readOnly) continue;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(text, button.dataset.insert, "inline" in button.dataset);
  });
}

document.addEventListener("keydown", (event) => {
  const save = document.querySelector("[data-save]");
  const isCtrlS = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
  if (!save || !isCtrlS || event.repeat) return;
  event.preventDefault();
  save.form.requestSubmit(save);
});

function insert(text, marks, isInline) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const [before, after] = isInline ? ["", ""] : gaps(value.slice(0, start), value.slice(end));
  text.focus();
  // The editor's own undo (Ctrl+Z) knows only what is inserted this way; where it is gone, undo is lost but nothing else.
  const isDone = document.execCommand && document.execCommand("insertText", false, before + marks + after);
  if (!isDone) {
    text.setRangeText(before + marks + after, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(start + before.length, start + before.length + marks.length);
}

// A block stands by itself: an empty line before it and one after it, unless they are there already.
function gaps(before, after) {
  const missing = (wanted, found) => "\n".repeat(Math.max(0, wanted - found));
  return [
    before ? missing(2, before.match(/\n*$/)[0].length) : "",
    after ? missing(2, after.match(/^\n*/)[0].length) : "\n",
  ];
}
