// Marks the passages that comments are about, and takes a selection as the passage of a new one.
// Without this script each comment says its passage in words, and a new one's is typed or pasted.
"use strict";

(() => {
  const squashed = (words) => words.replace(/\s+/g, " ").trim();

  // The text of a part with every stretch of white space alike, and where each of its letters stands.
  function lettersOf(part) {
    const letters = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let words = "";
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest("del, .visually-hidden")) continue;
      for (let at = 0; at < node.length; at += 1) {
        const isSpace = /\s/.test(node.data[at]);
        if (isSpace && words.endsWith(" ")) continue;
        words += isSpace ? " " : node.data[at];
        letters.push({ node, at });
      }
      // Where a block ends, the next one begins a new word.
      if (!words.endsWith(" ") && node.parentElement.closest("p, li, h2, h3, blockquote")?.lastChild === node) {
        words += " ";
        letters.push({ node, at: node.length });
      }
    }
    return { words, letters };
  }

  function mark(part, quote) {
    const { words, letters } = lettersOf(part);
    const start = words.indexOf(squashed(quote));
    if (start < 0) return;
    const found = letters.slice(start, start + squashed(quote).length);
    for (const node of new Set(found.map((letter) => letter.node))) {
      const places = found.filter((letter) => letter.node === node && letter.at < node.length).map((letter) => letter.at);
      if (!places.length) continue;
      const range = document.createRange();
      range.setStart(node, places[0]);
      range.setEnd(node, places.at(-1) + 1);
      if (!range.toString().trim()) continue;
      const wrap = document.createElement("mark");
      wrap.className = "commented";
      range.surroundContents(wrap);
    }
  }

  function markAll() {
    for (const comment of document.querySelectorAll("[data-quote]")) {
      const part = document.querySelector(`[data-part="${comment.dataset.in}"]`);
      if (part) mark(part, comment.dataset.quote);
    }
  }

  function unmark(part) {
    for (const wrap of part.querySelectorAll(".commented")) wrap.replaceWith(...wrap.childNodes);
    part.normalize();
  }

  markAll();
  document.addEventListener("previewed", () => {
    document.querySelectorAll("[data-part]").forEach(unmark);
    markAll();
  });

  const button = document.querySelector("[data-comment-on]");
  const quote = document.getElementById("id_quote");
  if (!button || !quote) return;
  let chosen = null;
  button.hidden = false;
  document.addEventListener("selectionchange", () => {
    const box = document.activeElement;
    if (box && box.matches("#id_body, #id_text")) {
      const words = box.value.slice(box.selectionStart, box.selectionEnd);
      if (words.trim()) chosen = { words, part: box.id === "id_text" ? "wording" : "answer" };
      return;
    }
    const selection = document.getSelection();
    const part = selection.anchorNode && selection.anchorNode.parentElement?.closest("[data-part]");
    if (part && !selection.isCollapsed) chosen = { words: selection.toString(), part: part.dataset.part };
  });
  button.addEventListener("click", () => {
    if (chosen) {
      quote.value = squashed(chosen.words);
      document.getElementById("id_part").value = chosen.part;
    }
    quote.closest("details").open = true;
    document.getElementById(chosen ? "id_comment" : "id_quote").focus();
  });
})();
