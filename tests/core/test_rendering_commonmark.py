"""How near our Markdown is to the specification: exact counts, so that a drift is noticed."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from questions.rendering import render_text

pytestmark = pytest.mark.pure

SPECIFICATION = Path(__file__).parents[2].parent / "shared" / "data" / "markdown" / "commonmark_spec.json"


class Outline(HTMLParser):
    """HTML as a list of tags and texts, without white space that no browser shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("start", tag, *sorted(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.events.append(("text", words))


def outline(html: str) -> list[tuple[object, ...]]:
    reader = Outline()
    reader.feed(re.sub(r"<(br|hr) />", r"<\1>", html))
    reader.close()
    return reader.events


def with_our_headings(html: str) -> str:
    return re.sub(r"<(/?)h(\d)>", lambda found: f"<{found[1]}h{min(4, max(2, int(found[2])))}>", html)


def with_our_rules(html: str) -> str:
    """The specification's HTML after what we change on purpose: where links may lead, no pictures, no code classes."""

    def link(found: re.Match[str]) -> str:
        if not re.match(r"https?://[^\s/\\]|mailto:[^\s/\\]|/(?![/\\])|#", found[2], re.IGNORECASE):
            return found[4]
        rel = ' rel="noopener noreferrer"' if found[2].lower().startswith("http") else ""
        return f'<a href="{found[2]}"{found[3]}{rel}>{found[4]}</a>'

    html = re.sub(r'<img [^>]*?alt="([^"]*)"[^>]*>', r"\1", html)
    html = re.sub(r'(<a href="([^"]*)"([^>]*)>)(.*?)</a>', lambda f: link(f), html, flags=re.DOTALL)
    return re.sub(r'<code class="[^"]*">', "<code>", html)


def is_about_html(example: dict[str, str]) -> bool:
    tokens = MarkdownIt("commonmark").parse(example["markdown"])
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    return bool(kinds & {"html_block", "html_inline"})


@pytest.fixture(scope="module")
def examples() -> list[dict[str, str]]:
    if not SPECIFICATION.exists():
        pytest.skip("NOT TESTED: the CommonMark examples are not here (markdown/commonmark_spec.json)")
    every: list[dict[str, str]] = json.loads(SPECIFICATION.read_text("utf-8"))
    assert len(every) == 655
    return [example for example in every if not is_about_html(example)]


def test_most_examples_render_word_for_word_as_the_specification_says(examples: list[dict[str, str]]) -> None:
    same = [
        example["example"]
        for example in examples
        if outline(render_text(example["markdown"])) == outline(with_our_headings(example["html"]))
    ]
    # The other 74 of the 655 are about raw HTML, which we show as the words it is.
    assert (len(examples), len(same)) == (581, 518)


def test_all_others_differ_only_by_our_rules_for_links_pictures_and_code(examples: list[dict[str, str]]) -> None:
    different = [
        example["example"]
        for example in examples
        if outline(render_text(example["markdown"])) != outline(with_our_rules(with_our_headings(example["html"])))
    ]
    assert different == []
