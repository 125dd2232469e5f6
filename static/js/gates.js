// A gate that its reader has opened offers to ask no more on this device. Without this script every gate asks each time.
{
  const words = document.querySelector("[data-gate-agrees]");
  const labels = JSON.parse(words.dataset.gateAgrees);
  const list = new Intl.ListFormat(document.documentElement.lang);

  function offer(gate) {
    const kinds = gate.dataset.kinds.split(" ");
    const place = document.createElement("div");
    place.className = "gate__agree";
    place.innerHTML = words.textContent;
    place.querySelector("[data-kinds]").textContent = list.format(kinds.map((kind) => labels[kind] ?? kind));
    place.querySelector("input").addEventListener("change", ({ target }) => {
      const others = device.agreed().filter((kind) => !kinds.includes(kind));
      const isKept = device.choose("agreed", target.checked ? [...others, ...kinds] : others);
      place.querySelector("[data-refused]").hidden = isKept;
    });
    gate.querySelector(".gate__body").prepend(place);
  }

  // `toggle` does not bubble. What was open from the start was agreed to before, and can be taken back on its own page.
  document.addEventListener("toggle", ({ target: gate }) => {
    if (gate.matches(".gate[open]") && !device.isAgreed(gate) && !gate.querySelector(":scope > * > .gate__agree")) offer(gate);
  }, true);
}
