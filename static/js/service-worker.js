// Keeps the episodes that a reader has asked for, and nothing else: one cache for each, with the files it needs.
// The network comes first; what is kept answers only where there is none.
"use strict";

const OFFLINE = "/your-device/";
// The law of what may be kept. Pages of asking, of the desk and of links are not even looked at.
const MAY_BE_KEPT = /^\/episodes\/[^/]+\/$/;
const FILE = /^\/(static|media)\/|^\/show\.css$/;
const FOR_READERS = /^\/($|(episodes|topics|seasons|people|verdicts|about|privacy|house-rules|feeds|your-device)\/)/;

const AS_KEPT = { ignoreVary: true };
const nameOf = (path) => `kept:${path}`;
const isHere = (address) => address.origin === location.origin && !address.search;

// What a page or a sheet names: sheets, scripts and pictures of ours.
function filesIn(text, base) {
  const named = [...text.matchAll(/(?:href|src|data-neutral)="(\/(?!\/)[^"#]+)"|url\(["']?([^"')#]+)/g)];
  const addresses = named.map(([, attribute, url]) => new URL((attribute ?? url).replaceAll("&amp;", "&"), base));
  return addresses.filter((address) => isHere(address) && FILE.test(address.pathname));
}

async function store(path, response) {
  const cache = await caches.open(nameOf(path));
  const done = new Set();
  async function add(address) {
    if (done.has(address.href)) return;
    done.add(address.href);
    const file = await fetch(address);
    if (!file.ok) return;
    await cache.put(address.href, file.clone());
    if (address.pathname.endsWith(".css")) await Promise.all(filesIn(await file.text(), address).map(add));
  }
  const files = filesIn(await response.clone().text(), new URL(path, location.origin));
  await Promise.all(files.map(add));
  await cache.put(path, response);
  for (const old of await cache.keys()) if (!done.has(old.url) && new URL(old.url).pathname !== path) await cache.delete(old);
}

async function fetched(path) {
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function keep(path) {
  if (!MAY_BE_KEPT.test(path)) throw new Error(`${path} is never kept`);
  try {
    await store(path, await fetched(path));
    if (!(await caches.has(nameOf(OFFLINE)))) await store(OFFLINE, await fetched(OFFLINE));
  } catch (error) {
    await caches.delete(nameOf(path));
    throw error;
  }
}

// A page that is read online again is kept anew, with its corrections; one that was taken down goes.
async function renew(path, response) {
  if (!(await caches.has(nameOf(path)))) return;
  if (response.status === 404 || response.status === 410 || response.redirected) await caches.delete(nameOf(path));
  else if (response.ok) await store(path, response);
}

async function page(event, path) {
  let response;
  try {
    response = await fetch(event.request);
  } catch (error) {
    const kept = (await caches.match(path, AS_KEPT)) ?? (await caches.match(OFFLINE, AS_KEPT));
    if (kept) return kept;
    throw error;
  }
  if (MAY_BE_KEPT.test(path) || path === OFFLINE) event.waitUntil(renew(path, response.clone()).catch(() => {}));
  return response;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, AS_KEPT);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || !isHere(address)) return;
  if (request.mode === "navigate") {
    if (FOR_READERS.test(address.pathname)) event.respondWith(page(event, address.pathname));
  } else if (FILE.test(address.pathname)) event.respondWith(file(request));
});

// A page asks to be kept, or for those that are kept to be looked after: `look` fetches them all once more.
self.addEventListener("message", (event) => {
  const [answer] = event.ports;
  const { keeps, looks } = event.data;
  const deed = keeps
    ? keep(keeps)
    : Promise.all((looks ?? []).map(async (path) => renew(path, await fetch(path, { cache: "no-cache" }))));
  event.waitUntil(deed.then(() => answer.postMessage({ done: true }), () => answer.postMessage({ done: false })));
});
