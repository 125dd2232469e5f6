// Counts the letters in a box as the server does: each sign once, however many bytes it takes. It never stops anybody.
for (const count of document.querySelectorAll("[data-count]")) {
  const box = document.getElementById(count.dataset.count);
  if (!box) continue;
  const seen = count.querySelector("[data-count-seen]");
  const said = count.querySelector("[data-count-said]");
  const { words, left, over } = count.dataset;
  const longest = Number(count.dataset.longest);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let pause;

  const show = () => {
    const length = [...box.value].length;
    const room = longest - length;
    const state = room < 0 ? over.replace("{over}", number.format(-room)) : left.replace("{left}", number.format(room));
    seen.textContent = words.replace("{count}", number.format(length)).replace("{longest}", number.format(longest));
    count.classList.toggle("count--over", room < 0);
    if (room < 0) seen.textContent += ` · ${state}`;
    // Read aloud only near the end, and only when the writer pauses.
    clearTimeout(pause);
    pause = setTimeout(() => { said.textContent = room < longest / 20 ? state : ""; }, 1500);
  };

  box.addEventListener("input", show);
  count.hidden = false;
  show();
}
