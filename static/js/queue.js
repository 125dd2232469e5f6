// The list beside the question: how many are selected, what colleagues decide meanwhile, and who waits behind "12 new".
// The list never moves by itself. Without this script it is as it was when the page was made.
"use strict";

const EVERY = 20_000;
const AT_MOST = 300_000;

const queue = document.querySelector(".queue[data-news]");
const bar = document.getElementById("bulk");
const fill = (words, n) => words.replace("{n}", n);

if (queue && bar) {
  const count = bar.querySelector("[data-count]");
  const plain = count.textContent;
  const all = document.getElementById("id_bulk_all");
  const tell = () => {
    const n = queue.querySelectorAll(".queue__select:checked").length;
    if (!n || (all && all.checked)) count.textContent = plain;
    else count.textContent = n === 1 ? bar.dataset.one : fill(bar.dataset.many, n);
  };
  document.addEventListener("change", tell);
  // A browser that goes back ticks again what was ticked.
  addEventListener("pageshow", tell);
}

if (queue) {
  const address = new URL(queue.dataset.news, location.href);
  address.searchParams.set("newest", queue.dataset.newest);
  let wait = EVERY;
  let timer = 0;

  const grey = (ref, sentence) => {
    const row = queue.querySelector(`[data-ref="${CSS.escape(ref)}"]`);
    if (!row || row.classList.contains("queue__row--gone")) return;
    row.classList.add("queue__row--gone");
    const said = document.createElement("p");
    said.className = "queue__gone";
    said.textContent = sentence;
    row.append(said);
    const box = row.querySelector(".queue__select");
    if (box) {
      box.checked = false;
      box.disabled = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const show = ({ arrived, urgent, gone }) => {
    const place = queue.querySelector("[data-new]");
    const link = place.querySelector("a");
    const words = urgent ? fill(link.dataset.urgent, arrived) : arrived === 1 ? link.dataset.one : fill(link.dataset.many, arrived);
    // Said again only when it is another number.
    if (arrived && link.textContent !== words) {
      link.textContent = words;
      place.hidden = false;
    } else if (!arrived) place.hidden = true;
    for (const [ref, sentence] of Object.entries(gone)) grey(ref, sentence);
  };

  const ask = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!response.ok) throw new Error(response.status);
      show(await response.json());
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, AT_MOST);
    }
    timer = setTimeout(ask, wait);
  };

  timer = setTimeout(ask, wait);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); else clearTimeout(timer); });
}
