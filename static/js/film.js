// Puts the player where the poster was, and only when the reader presses play. Without this file the button is a link.
for (const film of document.querySelectorAll(".film[data-frame]")) {
  const play = film.querySelector(".film__play");
  if (!play) continue;
  play.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !film.dataset.frame) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.title = film.dataset.title || play.textContent.trim();
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin";
    frame.src = film.dataset.frame;
    film.querySelector(".film__poster")?.remove();
    play.replaceWith(frame);
    frame.focus();
  });
}
