// Strikes or replaces words of the wording that are selected, in its box or in the text above it, and replaces clues by a
// press. Nothing is saved by it. Without this script the buttons of the clues still work, and words are typed over.
"use strict";

(() => {
  const tools = document.querySelector("[data-redact]");
  const text = document.getElementById("id_text");
  const signOff = document.getElementById("id_sign_off");
  if (!tools || !text || text.readOnly) return;
  const panel = tools.querySelector("#replace-by");
  const box = tools.querySelector("#replacement");
  const says = tools.querySelector("[data-says]");
  const opener = tools.querySelector("[data-replace]");
  let chosen = null;
  let goesOn = false;
  tools.hidden = false;

  const leading = (value) => value.length - value.trimStart().length;

  // Where the selection of the shown wording begins and ends in the box; null while the two are not the same text.
  function inBox(range) {
    const shown = document.querySelector("[data-wording]");
    if (!shown.contains(range.commonAncestorContainer) && range.commonAncestorContainer !== shown) return null;
    const nodes = [];
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    let at = leading(text.value);
    let start = -1;
    let end = -1;
    let whole = "";
    while (walker.nextNode()) if (walker.currentNode.parentElement.closest("[data-now]")) nodes.push(walker.currentNode);
    for (const node of nodes) {
      whole += node.data;
      if (range.intersectsNode(node)) {
        const from = node === range.startContainer ? range.startOffset : 0;
        const to = node === range.endContainer ? range.endOffset : node.length;
        if (to > from) {
          if (start < 0) start = at + from;
          end = at + to;
        }
      }
      at += node.length;
    }
    return start >= 0 && whole.trim() === text.value.trim() ? { start, end } : null;
  }

  function look() {
    if (document.activeElement === text) {
      const { selectionStart: start, selectionEnd: end } = text;
      chosen = start < end ? { start, end } : null;
      return;
    }
    const selection = document.getSelection();
    // What is pressed or typed in next takes the selection away; it stays chosen until something else is.
    if (selection.rangeCount && !selection.isCollapsed) chosen = inBox(selection.getRangeAt(0)) || chosen;
  }
  document.addEventListener("selectionchange", look);

  function put(field, start, end, words) {
    field.focus();
    field.setSelectionRange(start, end);
    // The box's own undo (Ctrl+Z) knows only what is put in this way.
    const isDone = document.execCommand && document.execCommand(words ? "insertText" : "delete", false, words);
    if (isDone) return;
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // No doubled space stays where words were taken out, and none before a full stop.
  function strike() {
    // The browser tells of a new selection a moment later than a quick hand presses the key.
    look();
    if (!chosen) return (says.textContent = says.dataset.nothing);
    let { start, end } = chosen;
    const value = text.value;
    const hasSpaceBefore = start === 0 || /\s/.test(value[start - 1]);
    const isSpaceInside = /\s/.test(value[end - 1]);
    if (hasSpaceBefore && !isSpaceInside && value[end] === " ") end += 1;
    else if (start > 0 && value[start - 1] === " " && (end === value.length || /[.,;:!?…)]/.test(value[end]))) start -= 1;
    put(text, start, end, "");
    chosen = null;
    says.textContent = says.dataset.struck;
  }

  function offer() {
    look();
    if (!chosen) return (says.textContent = says.dataset.nothing);
    const words = text.value.slice(chosen.start, chosen.end).trim();
    const clues = [...document.querySelectorAll("[data-clue][data-place=text]")];
    const clue = clues.find(({ dataset }) => words.includes(dataset.words) || dataset.words.includes(words));
    panel.querySelector("[data-selected]").textContent = words;
    box.value = clue ? clue.dataset.by : box.dataset.otherwise;
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    box.focus();
    box.select();
  }

  function replace() {
    if (!chosen) return (says.textContent = says.dataset.nothing);
    let { start, end } = chosen;
    while (end > start && /\s/.test(text.value[end - 1])) end -= 1;
    put(text, start, end, box.value);
    chosen = null;
    close();
    says.textContent = says.dataset.putThere;
  }

  function close() {
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  // Where a clue stands: offsets count characters, and a browser counts some characters twice.
  function placeOf(button) {
    const [place, first, last] = button.value.split(":");
    const field = place === "text" ? text : signOff;
    const letters = [...field.value.trimStart()];
    const start = leading(field.value) + letters.slice(0, Number(first)).join("").length;
    const end = start + letters.slice(Number(first), Number(last)).join("").length;
    return field.value.slice(start, end) === button.dataset.words ? { field, start, end } : null;
  }

  function replaceClues(buttons) {
    const places = buttons.map(placeOf);
    if (places.includes(null)) return false;
    // From the end on, so that no replacement moves what is replaced after it.
    places.map((place, number) => [place, buttons[number].dataset.by]).reverse()
      .forEach(([{ field, start, end }, words]) => put(field, start, end, words));
    says.textContent = says.dataset.putThere;
    goesOn = true;
    return true;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clue], [data-clues]");
    if (!button) return;
    const meant = "clue" in button.dataset ? [button] : [...document.querySelectorAll("[data-clue]")];
    if (replaceClues(meant)) event.preventDefault();
  });
  document.addEventListener("previewed", () => {
    if (!goesOn) return;
    goesOn = false;
    (document.querySelector("[data-clue]") || opener).focus();
  });
  tools.querySelector("[data-strike]").addEventListener("click", strike);
  opener.addEventListener("click", () => (panel.hidden ? offer() : close()));
  tools.querySelector("[data-put]").addEventListener("click", replace);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); opener.focus(); }
    if (event.key !== "Enter") return;
    event.preventDefault();
    replace();
  });
})();
