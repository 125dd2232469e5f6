// Keeps this episode for reading without a network, because its reader asks for it, and gives it up again.
{
  const button = document.querySelector("[data-keeps]");
  const says = document.querySelector("[data-keep-says]");
  const isAble = "serviceWorker" in navigator && "caches" in window;
  const path = location.pathname;
  let isKept = false;
  let isBusy = false;

  const show = (words = "") => {
    button.textContent = isKept ? button.dataset.kept : button.dataset.says;
    says.textContent = words;
  };

  async function keep() {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((resolve) => { port1.onmessage = (event) => resolve(event.data.done); });
    active.postMessage({ keeps: path }, [port2]);
    if (!(await answered)) throw new Error("not kept");
    isKept = true;
  }

  async function giveUp() {
    await caches.delete(`kept:${path}`);
    isKept = false;
    if ((await caches.keys()).some((name) => name.startsWith("kept:/episodes/"))) return;
    await caches.delete("kept:/your-device/");
    await (await navigator.serviceWorker.getRegistration("/"))?.unregister();
  }

  if (button && !isAble) button.remove();
  else if (button) {
    caches.has(`kept:${path}`).then((has) => { isKept = has; show(); }, () => {});
    button.addEventListener("click", async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await (isKept ? giveUp() : keep());
        show(isKept ? says.dataset.now : says.dataset.gone);
      } catch {
        await giveUp().catch(() => {});
        show(says.dataset.refused);
      }
      isBusy = false;
    });
  }
}
