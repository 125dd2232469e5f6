// Ticks are forgotten with the page, unless the reader asks to keep them on this device. A list can be printed by itself,
// copied and saved as text; that is made here as well, and nothing of it is sent.
{
  const tools = document.querySelector("[data-checklist-tools]");
  const boxes = [...document.querySelectorAll(".checklist__items input")];
  const place = `ticks:${location.pathname}`;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
  };
  const write = (ids) => {
    try {
      if (ids) localStorage.setItem(place, JSON.stringify(ids));
      else localStorage.removeItem(place);
      return true;
    } catch { return false; }
  };
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.id);

  const kept = read();
  const isKeeping = Array.isArray(kept);
  // Browsers restore boxes by themselves when a page is reloaded: that would be keeping without being asked.
  for (const box of boxes) box.checked = isKeeping && kept.includes(box.id);

  function textOf(list) {
    const lines = [list.querySelector(".checklist__title").textContent, ""];
    for (const items of list.querySelectorAll(".checklist__items")) {
      [...items.children].forEach((item, at) => {
        const number = items.matches("ol") ? `${items.start + at}. ` : "";
        const box = item.querySelector("input")?.checked ? "[x]" : "[ ]";
        lines.push(`${box} ${number}${item.textContent.trim().replace(/\s+/g, " ")}`);
      });
    }
    return `${lines.join("\n")}\n`;
  }

  function printed(list) {
    const isAlone = (is) => {
      document.documentElement.classList.toggle("prints-one", is);
      list.classList.toggle("printed", is);
    };
    isAlone(true);
    addEventListener("afterprint", () => isAlone(false), { once: true });
    print();
  }

  function saved(list) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([textOf(list)], { type: "text/plain" }));
    link.download = `${list.querySelector(".checklist__title").textContent.trim()}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  if (tools && boxes.length) {
    const lists = [...document.querySelectorAll(".checklist")];
    for (const list of lists) list.insertAdjacentHTML("beforeend", tools.textContent);
    const switches = lists.map((list) => list.querySelector(".checklist__keep input"));
    const show = (keeping) => switches.forEach((input) => { input.checked = keeping; });
    show(isKeeping);
    for (const list of lists) {
      const keep = list.querySelector(".checklist__keep input");
      const says = list.querySelector("[role=status]");
      const say = (words) => { says.textContent = says.dataset[words] ?? ""; };
      keep.addEventListener("change", () => {
        const isDone = write(keep.checked ? ticked() : null);
        show(isDone && keep.checked);
        say(isDone ? "" : "refused");
      });
      list.querySelector("[data-prints]").addEventListener("click", () => printed(list));
      list.querySelector("[data-saves]").addEventListener("click", () => saved(list));
      list.querySelector("[data-copies]").addEventListener("click", () => {
        Promise.resolve(navigator.clipboard?.writeText(textOf(list)) ?? Promise.reject())
          .then(() => say("copied"), () => say("uncopied"));
      });
    }
    for (const box of boxes) {
      box.addEventListener("change", () => { if (switches[0].checked && !write(ticked())) show(false); });
    }
  }
}
