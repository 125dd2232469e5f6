// An episode is dragged onto a day: its own form is filled in and sent. Without this script the form is typed.
"use strict";

const calendar = document.querySelector("[data-calendar]");
let dragged = null;

function formOf(episode) {
  return document.getElementById(`form-${episode.dataset.airs}`);
}

for (const episode of calendar.querySelectorAll("[data-airs]")) {
  if (!formOf(episode)) continue;
  episode.draggable = true;
  // A link inside would be dragged by itself, without its episode.
  for (const link of episode.querySelectorAll("a")) link.draggable = false;
  episode.addEventListener("dragstart", (event) => {
    dragged = episode;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", episode.textContent.trim());
    calendar.classList.add("calendar--dragging");
  });
  episode.addEventListener("dragend", () => {
    dragged = null;
    calendar.classList.remove("calendar--dragging");
  });
}

for (const day of calendar.querySelectorAll("[data-day]")) {
  const mark = (isOver) => day.classList.toggle("month__day--over", isOver);
  day.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    mark(true);
  });
  day.addEventListener("dragleave", () => mark(false));
  day.addEventListener("drop", (event) => {
    mark(false);
    if (!dragged) return;
    event.preventDefault();
    const form = formOf(dragged);
    // It keeps its own time of day; what has none yet gets the usual one.
    form.elements.at.value = `${day.dataset.day}T${dragged.dataset.at || calendar.dataset.time}`;
    form.requestSubmit();
  });
}
