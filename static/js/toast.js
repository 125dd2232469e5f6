// A toast goes after 20 seconds, and waits while somebody points at it or has its button in focus, or looks elsewhere.
// Without this script it stays until the next page.
const STAYS = 20000;

for (const toast of document.querySelectorAll(".toast")) {
  const holds = new Set();
  let left = STAYS;
  let since = 0;
  let timer = 0;

  const run = () => {
    if (timer || holds.size) return;
    since = performance.now();
    timer = setTimeout(() => toast.remove(), left);
    toast.classList.add("toast--running");
  };
  const hold = (why) => {
    holds.add(why);
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    left -= performance.now() - since;
    toast.classList.remove("toast--running");
  };
  const release = (why) => {
    holds.delete(why);
    run();
  };

  toast.addEventListener("pointerenter", () => hold("pointer"));
  toast.addEventListener("pointerleave", () => release("pointer"));
  toast.addEventListener("focusin", () => hold("focus"));
  toast.addEventListener("focusout", () => release("focus"));
  document.addEventListener("visibilitychange", () => (document.hidden ? hold("hidden") : release("hidden")));
  toast.classList.add("toast--timed");
  if (document.hidden) holds.add("hidden");
  run();
}
