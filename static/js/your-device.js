// The page about what this device keeps: every choice with its state, and one button that erases all of it.
{
  const place = document.getElementById("choices");
  place.innerHTML = document.querySelector("[data-settings]").textContent;
  const says = place.querySelector("[role=status]");
  const say = (words) => { says.textContent = says.dataset[words]; };
  const worker = navigator.serviceWorker;
  const store = "caches" in window ? caches : null;
  const episodesOf = (names) => names.filter((name) => name.startsWith("kept:/episodes/")).map((name) => name.slice(5));

  // A line for each thing that is kept, with a button that gives it up.
  function list(name, lines) {
    const [rows, none] = [place.querySelector(`[data-list=${name}]`), place.querySelector(`[data-none=${name}]`)];
    const line = rows.querySelector("template");
    rows.replaceChildren(line, ...lines.map(({ words, href, forget }) => {
      const row = line.content.cloneNode(true);
      const named = row.querySelector("[data-words]");
      named.textContent = words;
      if (href) named.href = href;
      const button = row.querySelector("button");
      button.setAttribute("aria-label", `${button.textContent}: ${words}`);
      button.addEventListener("click", async () => {
        try { await forget(); } catch { return say("refused"); }
        await show();
        say("forgotten");
        place.querySelector(`#${name}`).focus();
      });
      return row;
    }));
    none.hidden = lines.length > 0;
  }

  async function titleOf(path) {
    const text = await (await store.match(path)).text();
    return new DOMParser().parseFromString(text, "text/html").querySelector("h1").textContent.trim();
  }

  async function forgetEpisode(path) {
    await store.delete(`kept:${path}`);
    if (!episodesOf(await store.keys()).length) await forgetWorker();
  }

  async function forgetWorker() {
    if (store) await Promise.all((await store.keys()).map((name) => store.delete(name)));
    if (worker) await Promise.all((await worker.getRegistrations()).map((registration) => registration.unregister()));
  }

  async function show() {
    for (const input of place.querySelectorAll("input[name]")) input.checked = input.value === (device.get(input.name) ?? "");
    place.querySelector("[data-turns-discreet]").checked = Boolean(device.get("discreet"));

    const labels = JSON.parse(place.querySelector("[data-kinds]").dataset.kinds);
    list("agreed", device.agreed().map((kind) => ({
      words: labels[kind] ?? kind,
      forget() { if (!device.choose("agreed", device.agreed().filter((other) => other !== kind))) throw new Error(kind); },
    })));

    let ticks = [];
    try { ticks = Object.keys(localStorage).filter((key) => key.startsWith("ticks:")); } catch { say("refused"); }
    list("ticks", ticks.map((key) => ({
      words: key.slice(6), href: key.slice(6), forget() { localStorage.removeItem(key); },
    })));

    const kept = store ? episodesOf(await store.keys().catch(() => [])) : [];
    list("kept", await Promise.all(kept.map(async (path) => ({
      words: await titleOf(path).catch(() => path), href: path, forget: () => forgetEpisode(path),
    }))));
    return kept;
  }

  place.addEventListener("change", ({ target }) => {
    const isKept = target.matches("[data-turns-discreet]")
      ? device.choose("discreet", target.checked)
      : device.choose(target.name, target.value);
    say(isKept ? "kept" : "refused");
  });

  place.querySelector("[data-erases]").addEventListener("click", async () => {
    try {
      localStorage.clear();
      await forgetWorker();
      device.read();
      await show();
      say("erased");
    } catch { say("unerased"); }
  });

  // The worker shows this page in the place of one that cannot be reached.
  const isElsewhere = location.pathname !== place.dataset.page;
  const notice = document.querySelector("[data-offline]");
  notice.hidden = navigator.onLine && !isElsewhere;
  notice.textContent = notice.dataset.offline;

  show().then(async (kept) => {
    if (!kept.length || isElsewhere || !navigator.onLine) return;
    // What was taken down since goes from this device as well.
    const { active } = (await worker.getRegistration("/")) ?? {};
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = show;
    active?.postMessage({ looks: kept }, [port2]);
  });
}
