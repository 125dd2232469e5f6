"""What a browser keeps of this site, asked in the browser itself."""

from typing import Any

from playwright.sync_api import Page


def kept_here(page: Page) -> dict[str, str]:
    """Everything in the browser's storage of words."""
    kept: dict[str, str] = page.evaluate("({ ...localStorage })")
    return kept


def addresses_in_caches(page: Page) -> list[str]:
    """The path of every answer that any cache of this site holds."""
    found: list[str] = page.evaluate("""async () => {
        const caught = [];
        for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) caught.push(new URL(request.url).pathname);
        }
        return caught.sort();
    }""")
    return found


def workers(page: Page) -> int:
    count: int = page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length")
    return count


def nothing_is_kept(page: Page) -> bool:
    """Whether this device holds no word, no cache, no worker and no cookie of ours."""
    others: Any = page.evaluate("async () => [sessionStorage.length, (await indexedDB.databases()).length]")
    return (kept_here(page), addresses_in_caches(page), workers(page), others, page.context.cookies()) == (
        {}, [], 0, [0, 0], [],
    )  # fmt: skip
