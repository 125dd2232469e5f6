// Says at once whether the code was typed back right. What is forgiven here is what receipts.py forgives.
(() => {
  const alike = { O: "0", I: "1", L: "1", U: "V", "|": "1" };
  const lettersOf = (text) =>
    [...text.normalize("NFKC").toUpperCase()].map((letter) => alike[letter] || letter).filter((letter) => /[\p{L}\p{N}]/u.test(letter));

  for (const form of document.querySelectorAll("[data-type-back]")) {
    const groups = [...document.getElementById(form.dataset.typeBack).children].map((group) => group.textContent);
    const box = form.elements.typed;
    const verdict = form.querySelector("[role=status]");
    const { right, different } = verdict.dataset;

    const say = (words) => { if (verdict.textContent !== words) verdict.textContent = words; };
    box.addEventListener("input", () => {
      const typed = lettersOf(box.value).join("");
      // A group is judged once it is whole, and a letter too many belongs to the last one.
      const number = groups.findIndex((group, place) => {
        const part = typed.slice(place * 4, place === groups.length - 1 ? undefined : place * 4 + 4);
        return part.length >= 4 ? part !== group : !group.startsWith(part);
      });
      if (number >= 0) say(different.replace("{number}", number + 1).replace("{group}", groups[number]));
      else say(typed === groups.join("") ? right : "");
    });
  }
})();
