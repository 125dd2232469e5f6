"""Whatever is put in, only tags, attributes and addresses from a short list come out, and words stay."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from math import isqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.content_notes import ContentLevel
from questions.rendering import FOLDED, LEFT_OUT, Gating, film, plain_words, render_answer, render_plain, render_text

pytestmark = pytest.mark.pure

DATA = Path(__file__).parents[2].parent / "shared" / "data"

# Written out again on purpose: the sanitiser's own list is what is being tested.
TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "q"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "mark", "sup", "a", "span"),
    *("section", "aside", "div", "figure", "figcaption", "input", "label", "details", "summary"),
}
ATTRIBUTES = {
    ("a", "href"): r"(?i)https?://.+|mailto:.+|/(?![/\\]).*|#.*",
    ("a", "rel"): "noopener noreferrer",
    ("a", "title"): r"(?s).*",
    ("a", "id"): r"[a-z0-9]+-note-\d+-from(-\d+)?",
    ("a", "aria-label"): r"Note \d+|Remark \d+|Back to the text",
    ("a", "class"): "film__play|footnote-back",
    ("section", "class"): "checklist|footnotes",
    ("section", "aria-label"): "Notes",
    ("section", "aria-labelledby"): r"a1-check-\d+",
    ("h3", "id"): r"a1-check-\d+",
    ("h3", "class"): "checklist__title",
    ("ul", "class"): "checklist__items",
    ("ol", "class"): "checklist__items|examine__remarks",
    ("ol", "start"): r"\d+",
    ("li", "id"): r"a1-remark-\d+-\d+|[a-z0-9]+-note-\d+",
    ("li", "value"): r"\d+",
    ("input", "type"): "checkbox",
    ("input", "id"): r"a1-check-\d+-\d+",
    ("label", "for"): r"a1-check-\d+-\d+",
    ("aside", "class"): "aside",
    ("p", "class"): "spoken|examine__question|expect-words|left-out",
    ("p", "dir"): "auto",
    ("div", "class"): "spoken|examine|gate__body",
    ("details", "class"): "gate",
    ("details", "data-kinds"): "(sex|nudity|violence|abuse|self-harm|drugs|eating|death|language|other| )+",
    ("summary", "class"): "gate__note",
    ("figure", "class"): "quotation|film",
    ("figure", "data-frame"): (
        r"https://www\.youtube-nocookie\.com/embed/[\w-]{11}\?autoplay=1"
        r"|https://player\.vimeo\.com/video/\d+\?(h=[0-9a-f]+&)?dnt=1&autoplay=1"
    ),
    ("figcaption", "class"): "film__note",
    ("span", "class"): "film__promise|gate__what|gate__open",
    ("span", "data-hide"): "Hide it",
    ("sup", "class"): "footnote-ref",
    ("th", "class"): "align-(start|center|end)",
    ("td", "class"): "align-(start|center|end)",
}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style><!-- <p> --><![CDATA[x]]><?php x ?>",
    "[x](javascript:alert(1)) [x](JaVaScRiPt&colon;alert(1)) [x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=) [x](vbscript:x) [x](file:///etc/passwd) [x](//evil.example)",
    "[x](/\\evil.example) [x](/\t/evil.example) [x](\\\\evil.example) [x](https:evil.example)",
    "[x]: javascript:alert(1)\n\n[x] ![x] <javascript:alert(1)>",
    '[x](https://a.example/"onmouseover="alert(1) \'"><script>\') [x](https://a.example "\\" onclick=\\"x")',
    '![x](https://tracker.example/pixel.png) !["><script>](x)',
    '# "><script>alert(1)</script>\n\n## <b onclick=x>',
    '::: checklist "><script>alert(1)</script>\n- <input autofocus onfocus=alert(1)>\n:::',
    "::: quote <img src=x onerror=alert(1)> [x](javascript:x)\n<iframe src=//evil.example>\n:::",
    '::: video https://vimeo.com/76979871" onload="x | <script>x</script> | 4:00 | racy\n<b>\n:::',
    "::: video javascript:alert(1) | x\n:::\n::: video //evil.example/ | x\n:::",
    "::: examine\n==<script>== [==x==](javascript:x) [==y==](/y)\n\n1. <svg onload=x>\n:::",
    '::: "><script> x\n:::\n::: <b>\n:::',
    '::: expect not safe | "><script>alert(1)</script>\n<img src=x onerror=alert(1)> [x](javascript:x)\n:::\n<b>',
    'x[^"><script>] [^1]\n\n[^"><script>]: x\n[^1]: <script>',
    '```"><script>\nx\n```\n\n| a |\n|:-:|\n| <script> |',
    "\x00\x08\x1b\ud800\udfff\ufffe\u202e\u2066\u200f\ufeff text \u2028\u2029\x85",
    "<p>" * 500 + "> " * 500 + "- " * 500 + "*" * 500 + "[" * 500,
]


class Watchman(HTMLParser):
    """Reads HTML and fails on anything that is not on the lists above; gathers the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert (tag, name) in ATTRIBUTES, (tag, name)
            assert re.fullmatch(ATTRIBUTES[tag, name], value or ""), (tag, name, value)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def text_of(html: str) -> str:
    """The words of HTML that has nothing in it but what is allowed."""
    watchman = Watchman()
    watchman.feed(html)
    watchman.close()
    return "".join(watchman.text)


def whole(markdown: str, gating: Gating = FOLDED) -> str:
    """Everything a page would print of an answer."""
    answer = render_answer(markdown, gating=gating)
    return "\n".join([answer.opening, *(f"{part.title_html}\n{part.html}" for part in answer.parts)])


def in_every_place(words: str) -> str:
    """An answer with the words in each place that treats its words in a way of its own."""
    line = " ".join(words.split())
    return (
        f"[x]({line}) [x](<{line}>) ![{line}]({line}) <{line}> `{line}` [{line}](/ok '{line}')\n\n"
        f"# {line}\n\n::: checklist {line}\n- [ ] {line}\n:::\n\n::: quote {line}\n{line}\n:::\n\n"
        f"::: video {line} | {line} | 4:00 | racy\n{line}\n:::\n\n::: spoken {line}\n:::\n\n"
        f"::: expect {line}\n{line}\n:::\n\n::: video {line} | {line} | not safe: sex\n{line}\n:::\n\n"
        f"::: examine\n=={line}==\n\n1. {line}\n:::\n\n::: {line}\n:::\n\n"
        f"| {line} |\n|--:|\n| {line} |\n\n{line}[^1]\n\n[^1]: {line}\n\n```{line}\n{line}\n```\n"
    )


def assert_safe(words: str) -> None:
    """Through every function, by themselves."""
    plain_words(words)
    films = [film(words, words, 61, level, words) for level in (ContentLevel.RACY, ContentLevel.NOT_SAFE)]
    for html in (whole(words), render_text(words), render_plain(words), *films):
        text_of(html)


def assert_safe_everywhere(words: str) -> None:
    """By themselves, and in each place of an answer."""
    assert_safe(words)
    for gating in (FOLDED, LEFT_OUT):
        text_of(whole(in_every_place(words), gating))


@pytest.mark.parametrize("words", HOSTILE)
def test_our_own_hostile_texts_come_out_harmless(words: str) -> None:
    assert_safe_everywhere(words)


def shared(*path: str) -> Path:
    found = DATA.joinpath(*path)
    if not found.exists():
        pytest.skip(f"NOT TESTED: the shared test data is not here ({'/'.join(path)})")
    return found


@pytest.mark.parametrize("name", ["xss_payloadbox.txt", "markdown_xss_cujanovic.txt"])
def test_known_attacks_come_out_harmless(name: str) -> None:
    payloads = shared("hostile", name).read_text("utf-8", errors="surrogateescape").splitlines()
    assert len(payloads) > 40
    for payload in payloads:
        assert_safe(payload)
    # Every place takes ten times as long, so of the long list only each tenth goes through that.
    for payload in payloads[:: 10 if len(payloads) > 1000 else 1]:
        assert_safe_everywhere(payload)


def test_naughty_strings_come_out_harmless_and_whole() -> None:
    for words in json.loads(shared("hostile", "blns.json").read_text("utf-8")):
        assert_safe_everywhere(words)
        assert letters(text_of(render_plain(words))) == letters(words)


@pytest.mark.parametrize("name", ["commonmark_spec", "gfm_spec", "gfm_extensions", "gfm_regression"])
def test_every_example_of_the_specifications_comes_out_harmless(name: str) -> None:
    for example in json.loads(shared("markdown", f"{name}.json").read_text("utf-8")):
        assert_safe_everywhere(example["markdown"])


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def escaped(text: str) -> str:
    """The text with every mark of Markdown taken at its word."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_at_all_renders_safely(words: str) -> None:
    assert_safe_everywhere(words)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_letter_of_a_plain_paragraph_is_lost(words: str) -> None:
    for html in (whole(escaped(words)), render_text(escaped(words)), render_plain(words)):
        assert letters(text_of(html)) == letters(words)
    assert letters(plain_words(escaped(words))) == letters(words)


LINES = [
    *("", "{w}", "    {w}", "*{w}*", "~~{w}", "=={w}==", "# {w}", "## {w}", "===", "---", "```", "[{w}](x)"),
    *("- {w}", "  - {w}", "- [ ] {w}", "1. {w}", "> {w}", "> > - > {w}", "- - - - - - - - - - - - {w}"),
    *("{w}[^1]", "[^1]: {w}", "[^2]: {w}", "> [^2]: {w}", "![{w}](x.png)", ":::", "::::"),
    *("::: aside", "::: spoken {w}", "::: quote {w}", "::: checklist {w}", "::: examine", "::: examine {w}"),
    *("::: video {w}", "::: video https://vimeo.com/76979871 | {w} | 1:00", "::: other {w}"),
    *("> ::: aside {w}", "- ::: spoken"),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_no_word_is_lost_however_blocks_are_nested_or_left_open(lines: list[str]) -> None:
    words = [f"word{number}x" for number in range(len(lines))]
    markdown = "\n".join(line.replace("{w}", word) for line, word in zip(lines, words, strict=True))
    wanted = {word for line, word in zip(lines, words, strict=True) if "{w}" in line}
    assert wanted <= set(re.findall(r"word\d+x", text_of(whole(markdown))))
    assert wanted <= set(re.findall(r"word\d+x", plain_words(markdown)))


SIZE = 6_000


def costly(size: int) -> Iterator[tuple[str, str]]:
    """Texts of about `size` characters that make a careless reader of Markdown go over them again and again."""
    for unit in (
        *(
            "[",
            "![",
            "[a](",
            "*a ",
            "**a _b ",
            "`",
            "<",
            "&#x41;",
            "~~a",
            "> ",
            "- ",
            "1. ",
            "> - ",
            "\t",
            "\\",
        ),
        *(
            ":::\n",
            "::: aside\n",
            "::: x\n",
            "::: expect\n",
            "::: expect\na\n",
            "- ::: expect fine\n",
            "> ::: aside\n",
            "::: aside\n:::\n",
            "# a\n",
            "a\n=\n",
            "[^a]: ",
        ),
        *("> a\n", "- a\n\n", "| a\n", "```\n", "a", "\n", "a\n", "[a]: /b\n"),
    ):
        yield unit, unit * (size // len(unit))
    yield "notes", "[^a] " * (size // 5) + "\n\n[^a]: x"
    yield "chain", "".join(f"[^{number}]: x[^{number + 1}]\n\n" for number in range(size // 18))
    yield (
        "gates",
        "".join(f"::: expect\nx[^{number}][^0]\n" for number in range(size // 36))
        + "".join(f"[^{number}]: x\n" for number in range(size // 36)),
    )
    yield "table", "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|a\n" * (size // 3)
    yield "marks", "::: examine\n" + "==a== *" * (size // 7)
    yield "ticks", "".join("`" * number + " a" for number in range(isqrt(2 * size)))
    yield "videos", "::: video https://youtu.be/aqz-KE_bpKQ | t | 4:00 | racy\nc\n:::\n" * (size // 66)


def calls_to_render(render: Callable[[str], object], markdown: str) -> int:
    """How many functions are called: the work that is done, whatever else the machine is doing."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        render(markdown)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("render", [render_answer, render_text, render_plain])
@pytest.mark.parametrize("name", [name for name, _markdown in costly(SIZE)])
def test_twice_the_text_is_at_most_thrice_the_work(render: Callable[[str], object], name: str) -> None:
    """Work that grows with the square of the text would be four times as much."""
    once, twice = (calls_to_render(render, dict(costly(size))[name]) for size in (SIZE, 2 * SIZE))
    assert twice <= 3 * once
