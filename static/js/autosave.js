// Keeps what is typed: three seconds after typing stops, at least every twenty while it goes on, and on leaving the page.
// It makes no revision. Without this script only what is saved is kept.
"use strict";

(() => {
  const form = document.querySelector("[data-autosave]");
  const says = form && form.querySelector("[data-kept]");
  if (!says) return;
  const time = form.querySelector("[data-kept-time]");
  const choice = form.querySelector("[data-kept-choice]");
  const names = ["text", "sign_off", "body", "seen", "page"];
  const token = form.elements.csrfmiddlewaretoken;
  let timer = 0;
  let oldest = 0;
  let sending = null;
  let elsewhere = "";
  let insteadOf = "";
  let isTyped = false;
  let isLeaving = false;

  function words() {
    const typed = new URLSearchParams(names.map((name) => [name, form.elements[name].value]));
    typed.set("csrfmiddlewaretoken", token.value);
    if (insteadOf) typed.set("instead_of", insteadOf);
    return typed;
  }

  function say(words) {
    if (says.textContent !== words) says.textContent = words;
    if (words) time.textContent = "";
  }

  // Whoever has signed in again on another tab has a new token, which a fresh copy of this page brings.
  async function renewToken() {
    const page = await fetch(form.getAttribute("action")).catch(() => null);
    if (!page || !page.ok || page.redirected) return false;
    const copy = new DOMParser().parseFromString(await page.text(), "text/html");
    token.value = copy.querySelector("[data-autosave] [name=csrfmiddlewaretoken]")?.value || token.value;
    return true;
  }

  async function send(isAgain = false) {
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, { method: "POST", body: words() });
    } catch {
      isTyped = true;
      return say(says.dataset.offline);
    }
    if (answer.status === 403) {
      if (!isAgain && (await renewToken())) return send(true);
      isTyped = true;
      return say(says.dataset.signedOut);
    }
    const told = answer.headers.get("Content-Type") === "application/json" && !answer.redirected ? await answer.json() : {};
    elsewhere = told.instead_of || "";
    choice.hidden = !elsewhere;
    if (!answer.ok || !("kept" in told)) return say(told.told || says.dataset.offline);
    insteadOf = "";
    say("");
    time.textContent = told.kept && time.dataset.keptAt.replace("{time}", told.kept);
  }

  async function keep() {
    clearTimeout(timer);
    if (sending) await sending;
    if (!isTyped || isLeaving) return;
    isTyped = false;
    oldest = 0;
    sending = send();
    await sending;
    sending = null;
  }

  function wait() {
    isTyped = true;
    oldest = oldest || Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(3000, oldest + 20000 - Date.now())));
  }

  form.addEventListener("input", (event) => {
    if (names.includes(event.target.name)) wait();
  });
  choice.addEventListener("click", () => {
    insteadOf = elsewhere;
    isTyped = true;
    keep();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  window.addEventListener("pagehide", () => {
    if (isTyped && !isLeaving) navigator.sendBeacon(form.dataset.autosave, words());
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  // What a button sends must not be overtaken by a slower autosave: that would be offered again as if it were unsaved.
  form.addEventListener("submit", async (event) => {
    if (sending) {
      event.preventDefault();
      await sending;
      form.requestSubmit(event.submitter);
      return;
    }
    isLeaving = true;
    clearTimeout(timer);
  });
  if ("unsaved" in form.dataset) wait();
})();
