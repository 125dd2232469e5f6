"""The words of Markdown without its marks: read block by block where that is the same, and it always is."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from questions.rendering.source import tidy
from questions.rendering.words import _parsed_words, plain_words

pytestmark = pytest.mark.pure

EXAMPLES = Path(__file__).parents[3] / "shared/data/markdown/commonmark_spec.json"
PIECES = st.sampled_from(
    [
        "Sleep on it.", "a", "#", "## ", "##", "# #", "####### seven", "*", "**bold**", "_so_", "`code`", "```", "~~~",
        "[a](b)", "[a]: b", "[^1]", "[^1]: note", "![x](y)", "<b>", "<https://a.example>", "&amp;", "&", "\\", "\\*",
        "~~gone~~", "- item", "1. item", "1) item", "> quote", "| a | b |", "|-|-|", "---", "===", "::: note", ":::",
        "    code", "\t", " ", "  ", "\n", "\n\n", "\n \n", "\r\n", "\u00a0", "\u2003", "\x0c", "!", "...", "é", "睡",
        "::: expect not safe | sex", "https://a.example/b_c_d", "-", "+", "=", ":", "0", "12.",
    ]
)  # fmt: skip

SEVERAL = st.lists(PIECES, max_size=14)


def by_parser(text: str, *, open_only: bool = False) -> str:
    return _parsed_words(tidy(text), open_only=open_only)


@settings(max_examples=2_000)
@given(
    text=st.one_of(st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=14).map(" ".join), st.text())
)
@example(text="A\n# B\nC")
@example(text="# A #")
@example(text="A\n\n\u00a0\n\nB")
@example(text="A  \nB\n \nC")
def test_reading_block_by_block_gives_the_words_that_the_parser_gives(text: str) -> None:
    for open_only in (False, True):
        assert plain_words(text, open_only=open_only) == by_parser(text, open_only=open_only)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="NOT TESTED: ../shared/data is not there")
def test_so_it_is_for_every_example_of_commonmark() -> None:
    for each in json.loads(EXAMPLES.read_text()):
        assert plain_words(each["markdown"]) == by_parser(each["markdown"]), each["markdown"]
