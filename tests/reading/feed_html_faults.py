"""What is wrong with HTML that is to stand in a feed, under the feed validator's names."""

import re
from html.parser import HTMLParser

RISKY = {
    "script", "object", "embed", "applet", "iframe", "frame", "frameset", "meta", "link", "style", "base",
}  # fmt: skip
EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in RISKY or any(name.startswith("on") or name == "style" for name, _value in attrs):
            self.found.add("SecurityRisk")
        addresses = [value or "" for name, value in attrs if name in ("href", "src")]
        if any(not re.match(r"\s*(?:https?|mailto):", address) for address in addresses):
            self.found.add("ContainsRelRef")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_pi(self, data: str) -> None:
        self.found.add("SecurityRisk")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.add("NotHtml")


def html_faults(html: str) -> set[str]:
    reader = _Html()
    reader.feed(html)
    reader.close()
    # Numbers that only old encodings had characters for.
    is_broken = reader.open or re.search(r"&#(?:x[89][0-9a-f]|1[2-5][0-9]);", html, re.IGNORECASE)
    return reader.found | ({"NotHtml"} if is_broken else set())
