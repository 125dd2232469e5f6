// Says every 20 seconds that this question is open, and shows who else has it open and what they have done meanwhile.
// Nothing that is typed is ever replaced. Without this script the page shows who was there when it was opened.
const EVERY = 20000;
const WRITING_FOR = 30000;
const place = document.querySelector("[data-presence]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
let typedAt = -Infinity;

const say = (selector, words) => {
  for (const element of document.querySelectorAll(selector)) if (element.textContent !== words) element.textContent = words;
};

// Read out once: the same news is not said again.
function tell(news) {
  const region = document.querySelector("[data-meanwhile]");
  if (!region || region.dataset.said === news) return;
  region.dataset.said = news;
  const see = document.createElement("a");
  see.href = location.pathname + location.search;
  see.textContent = region.dataset.see;
  region.replaceChildren(news, " ", see);
}

async function beat() {
  if (document.hidden || !place.getClientRects().length) return;
  const body = new URLSearchParams({ seen: place.dataset.seen });
  if (performance.now() - typedAt < WRITING_FOR) body.set("is_writing", "on");
  try {
    const answer = await fetch(place.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token.value }, body });
    if (!answer.ok) return;
    const { here, lease, meanwhile } = await answer.json();
    say("[data-here]", here);
    say("[data-lease]", lease);
    if (meanwhile) tell(meanwhile);
  } catch {
    // Offline: what is shown stays, and the next beat tries again.
  }
}

if (place && token) {
  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, [type=text], [contenteditable]")) return;
    const isNew = performance.now() - typedAt > WRITING_FOR;
    typedAt = performance.now();
    if (isNew) beat();
  });
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, EVERY);
  beat();
}
