// Ticks are forgotten with the page, unless the reader asks to keep them on this device.
(() => {
  const words = document.getElementById("checklist-keep");
  const lists = document.querySelectorAll(".checklist");
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
  // Browsers restore boxes by themselves when a page is reloaded: that would be keeping without being asked.
  for (const box of boxes) box.checked = Array.isArray(kept) && kept.includes(box.id);
  if (!words || !boxes.length) return;

  const switches = [...lists].map((list) => {
    list.append(words.content.cloneNode(true));
    return list.querySelector(".checklist__keep input");
  });
  const show = (keeping) => switches.forEach((input) => { input.checked = keeping; });
  show(Array.isArray(kept));
  for (const input of switches) {
    input.addEventListener("change", () => show(write(input.checked ? ticked() : null) && input.checked));
  }
  for (const box of boxes) {
    box.addEventListener("change", () => { if (switches[0].checked) write(ticked()); });
  }
})();
