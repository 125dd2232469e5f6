// Marks the part being read in the list of contents, and opens a long list where there is room for it.
(() => {
  const long = document.querySelector("details.contents");
  if (long && matchMedia("(min-width: 60.01rem)").matches) long.open = true;

  const links = new Map();
  for (const link of document.querySelectorAll('.contents a[href^="#"]')) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) links.set(part, link);
  }
  if (!links.size || !("IntersectionObserver" in window)) return;

  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) seen.add(entry.target);
      else seen.delete(entry.target);
    }
    const current = [...links.keys()].filter((part) => seen.has(part)).pop();
    if (!current) return;
    for (const [part, link] of links) {
      if (part === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "0px 0px -60% 0px" });
  for (const part of links.keys()) observer.observe(part);
})();
