"""What axe and a ruler find wrong with a page, in windows of more than one kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

# Milliseconds until a browser counts as stuck. Speed is judged by benchmarks; a machine that runs every test at
# once may take seconds over one key.
PATIENCE = 60_000

RUN = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
}"""


class Window(NamedTuple):
    scheme: Literal["light", "dark"]
    width: int
    direction: Literal["ltr", "rtl"] = "ltr"

    def __str__(self) -> str:
        return f"{self.scheme}, {self.width} px, {self.direction}"


WINDOWS = (Window("light", 1440), Window("dark", 320), Window("light", 320, "rtl"))


@contextmanager
def page_for_axe(browser: Browser, site: str) -> Iterator[Page]:
    """A page without its content security policy, since axe is a script that it did not bring."""
    context = browser.new_context(base_url=site, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, in the window as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it scrolls sideways")
    return [f"{page.url}: {fault}" for fault in found]


def faults_in_every_window(page: Page, state: str = "") -> list[str]:
    """What is wrong with the page that is open, which is loaded once.

    The direction is set in the page; it is all that a show in Arabic does to it, apart from the words.
    """
    found = []
    for window in WINDOWS:
        page.set_viewport_size({"width": window.width, "height": 900})
        page.emulate_media(color_scheme=window.scheme)
        page.evaluate("direction => { document.documentElement.dir = direction }", window.direction)
        found += [f"{state} ({window}) {fault}" for fault in faults(page)]
    return found
