// While somebody writes, marks what could identify people and shows whom to call. It looks in this page only:
// nothing is sent. What it knows is less than what the next page knows, so that page says the rest.
(() => {
  const box = document.querySelector("[data-watched]");
  const page = document.querySelector("[data-watching-page]");
  if (!box || !page) return;
  page.outerHTML = page.textContent;
  const place = document.querySelector("[data-watching]");
  let kinds = null;
  let languages = [];
  let episodes = [];
  // In how many episodes a word is.
  const having = new Map();

  const digits = (text) => text.replace(/\D/g, "");
  // ISO/IEC 7812: every second digit from the right counts double, and the sum ends in nought.
  const isCard = (text) => [...digits(text)].reverse().reduce((sum, digit, place) => {
    const worth = place % 2 ? digit * 2 : +digit;
    return sum + (worth > 9 ? worth - 9 : worth);
  }, 0) % 10 === 0;
  // ISO 13616: the first four signs go to the end, letters count from ten, and the remainder by 97 is one.
  const isIban = (text) => {
    const signs = text.replace(/\s/g, "").toUpperCase();
    const number = [...signs.slice(4), ...signs.slice(0, 4)].map((sign) => parseInt(sign, 36)).join("");
    return [...number].reduce((rest, digit) => (rest * 10 + +digit) % 97, 0) === 1;
  };
  const isPhone = (text) => { const { length } = digits(text); return length >= 7 && length <= 15; };

  // In order of precedence: what one of them has found is not looked at again.
  // An address begins only where a run of its signs does: looked for from each letter of a long run it takes seconds.
  const KINDS = [
    ["EMAIL", /(?<![\p{L}\d._%+'-])[\p{L}\d._%+'-]+\s?(?:@|[([]\s?at\s?[)\]])\s?[\p{L}\d-]+(?:(?:\.|\s?[([]dot[)\]]\s?)[\p{L}\d-]+)+/giu],
    ["URL", /(?:https?:\/\/|www\.)[^\s<>"]+[^\s<>".,;:!?)\]'’]|(?<![\p{L}\d.@-])(?:[a-z\d-]+\.)+(?:com|org|net|edu|gov|info|io|co|me|tv|app|uk|de|fr|es|it|nl|ch|at|eu|us|ca|au)(?:\/[^\s<>"]*[^\s<>".,;:!?)\]'’])?(?![\p{L}\d@-])/giu],
    ["IBAN", /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){2,7}(?:\s?[A-Z\d]{1,3})?(?![\p{L}\d])/giu, isIban],
    ["CARD", /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d])/gu, isCard],
    ["IP", /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/gu],
    ["SSN", /(?<![\d-])(?!000|666|9)\d{3}-\d{2}-\d{4}(?![\d-])/gu],
    ["PHONE", /(?<![\p{L}\d.,/-])(?:(?:\+|00)\d[\d\s().\/-]{6,18}\d|\(\d{2,5}\)[\d\s.\/-]{5,14}\d|0\d{1,4}[\s\/-][\d\s\/-]{4,14}\d|\d{3}[\s.-]\d{3}[\s.-]\d{4})(?![\p{L}\d])/gu, isPhone],
    ["HANDLE", /(?<![\p{L}\d@./])@[\p{L}\d_][\p{L}\d_.]{1,29}(?<!\.)|(?<![\p{L}\d/])u\/[\w-]{3,20}/gu],
  ];

  const cluesIn = (text) => {
    const found = [];
    let left = text;
    for (const [kind, pattern, isOne] of KINDS) {
      for (const match of left.matchAll(pattern)) {
        if (isOne && !isOne(match[0])) continue;
        const [start, end] = [match.index, match.index + match[0].length];
        found.push({ kind, start, end });
        left = left.slice(0, start) + "\n".repeat(end - start) + left.slice(end);
      }
    }
    return found.sort((one, other) => one.start - other.start);
  };
  const shareWords = (one, other) =>
    one.index < other.index + other[0].length && other.index < one.index + one[0].length;
  const callsForHelp = (text) => {
    const plain = text.replace(/[\u2010-\u2027]/g, " ");
    return languages.some(([calls, exceptions]) => {
      const found = [...plain.matchAll(calls)];
      const excepted = found.length ? [...plain.matchAll(exceptions)] : [];
      return found.some((call) => !excepted.some((exception) => shareWords(call, exception)));
    });
  };

  // The rule of questions/likeness/shelf.py in small: beginnings of words for stems, and the question alone of an episode.
  const beginnings = (text) => new Set((text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{L}\d_]{4,}/gu) || [])
    .map((word) => [...word].slice(0, 5).join("")));
  const answering = (text) => {
    const asked = beginnings(text);
    const weight = (found) => Math.log(1 + (episodes.length - found + .5) / (found + .5)) ** 2;
    const sum = (words) => words.reduce((total, word) => total + weight(having.get(word) || 0), 0);
    const floor = (.15 + .02 * Math.log(episodes.length || 1)) * (sum([...asked]) + 2 * weight(0));
    return episodes
      .map((episode) => ({ ...episode, shared: episode.words.filter((word) => asked.has(word)) }))
      .filter(({ shared }) => shared.filter((word) => 2 * having.get(word) <= episodes.length + 1).length > 1)
      .map((episode) => ({ ...episode, share: sum(episode.shared) }))
      .filter(({ share }) => share >= floor)
      .sort((one, other) => other.share - one.share)
      .slice(0, 3);
  };

  // A sheet of the same letters, unseen, lies behind the box and carries the marks.
  const sheet = document.createElement("div");
  sheet.className = "watched__sheet";
  sheet.setAttribute("aria-hidden", "true");
  sheet.dir = "auto";
  const frame = document.createElement("div");
  frame.className = "watched";
  box.before(frame);
  frame.append(sheet, box);

  const list = place.querySelector("[data-watching-list]");
  const count = place.querySelector("[data-watching-count]");
  const help = document.querySelector("[data-watching-help]");
  const line = place.querySelector("template").content;
  const answered = document.querySelector("[data-watching-answered]");

  // Typing it in keeps the browser's own undo, which writing to `value` would end.
  const put = (words, { start, end }) => {
    box.focus();
    box.setSelectionRange(start, end);
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) box.setRangeText(words, start, end, "end");
    look();
  };

  const lineFor = (clue, text) => {
    const row = line.cloneNode(true).firstElementChild;
    const { label, instead } = kinds[clue.kind];
    row.querySelector("[data-words]").textContent = text.slice(clue.start, clue.end);
    row.querySelector("[data-kind]").textContent = label;
    const [replace, remove] = row.querySelectorAll("button");
    replace.textContent = replace.dataset.replace.replace("{words}", instead);
    replace.addEventListener("click", () => put(instead, clue));
    remove.addEventListener("click", () => put("", clue));
    return row;
  };

  const entryFor = ({ title, address, snippet }) => {
    const entry = answered.querySelector("template").content.cloneNode(true).firstElementChild;
    entry.querySelector("a").href = address;
    entry.querySelector("[data-title]").textContent = title;
    entry.querySelector("[data-snippet]").textContent = snippet;
    return entry;
  };
  const offer = (text) => {
    const likely = answering(text);
    answered.hidden = !likely.length;
    answered.querySelector("ul").replaceChildren(...likely.map(entryFor));
  };

  const look = () => {
    const text = box.value;
    const clues = cluesIn(text);
    let at = 0;
    sheet.replaceChildren(...clues.flatMap(({ start, end }) => {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      const before = text.slice(at, start);
      at = end;
      return [before, mark];
    }), `${text.slice(at)}\n`);
    sheet.scrollTop = box.scrollTop;
    list.replaceChildren(...clues.map((clue) => lineFor(clue, text)));
    place.hidden = !clues.length;
    const said = clues.length ? count.dataset[clues.length === 1 ? "one" : "many"].replace("{count}", clues.length) : "";
    if (count.textContent !== said) count.textContent = said;
    if (help) help.hidden = !callsForHelp(text);
    if (answered) offer(text);
  };

  // questions/safety/phrasing.py says how the expressions are put together and why.
  const spelt = (parts, short) => parts.reduceRight((long, [name, words]) => long.replaceAll(name, words), short);
  const learn = async () => {
    const known = await (await fetch(place.dataset.watching)).json();
    languages = known.languages.map(({ parts, calls, exceptions }) =>
      [calls, exceptions].map((short) => new RegExp(spelt(parts, short), "giu")));
    ({ kinds, episodes } = known);
    for (const word of episodes.flatMap(({ words }) => words)) having.set(word, (having.get(word) || 0) + 1);
    look();
  };

  // What to look for is fetched when somebody begins to write. Where that fails the next page still says it all.
  let waiting = 0;
  const later = () => { clearTimeout(waiting); if (kinds) waiting = setTimeout(look, 400); };
  const begin = () => { box.removeEventListener("input", begin); learn().catch(() => { place.hidden = true; }); };
  box.addEventListener("input", begin);
  box.addEventListener("input", later);
  box.addEventListener("scroll", () => { sheet.scrollTop = box.scrollTop; });
  addEventListener("pagehide", () => {
    clearTimeout(waiting);
    sheet.textContent = "";
    list.replaceChildren();
    for (const piece of [place, help, answered]) if (piece) piece.hidden = true;
  });
  if (box.value) begin();
})();
