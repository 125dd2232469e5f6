// Marks the part being read in the list of contents, and opens a long list where there is room for it.
(() => {
  const long = document.querySelector("details.contents");
  if (long && matchMedia("(min-width: 60.01rem)").matches) long.open = true;

  const rail = document.querySelector(".rail");
  const places = [...document.querySelectorAll(".contents a")]
    .map((link) => ({ link, part: document.getElementById(link.getAttribute("href").slice(1)) }))
    .filter(({ part }) => part);
  let current;
  let isWaiting = false;

  function mark() {
    isWaiting = false;
    // The last parts may be too short to ever come up to the line.
    const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const begun = places.filter(({ part }) => isAtEnd || part.getBoundingClientRect().top <= innerHeight * .4);
    const link = begun.pop()?.link;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    if (link && rail.scrollHeight > rail.clientHeight) rail.scrollTop = link.offsetTop - rail.clientHeight / 2;
  }

  function later() {
    if (!isWaiting) requestAnimationFrame(mark);
    isWaiting = true;
  }

  if (!places.length) return;
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
})();
