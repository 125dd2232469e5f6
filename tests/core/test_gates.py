"""What is gated stands behind its note wherever it was written, and where nothing can fold it is not there at all."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.content_notes import ContentLevel
from questions.rendering import FOLDED, LEFT_OUT, Gating, film, plain_words, render_answer
from tests.core.test_rendering_is_safe import LINES, whole

pytestmark = pytest.mark.pure

SHOW_IT = '<span class="gate__open" data-hide="Hide it">Show it</span>'
WORD = re.compile(r"word\d+x")


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


class Reader(HTMLParser):
    """Sorts the words, and the places that links can lead to, by whether a closed gate hides them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.divs: list[bool] = []
        self.seen, self.hidden = "", ""
        self.ids: set[str] = set()
        self.ways: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "div":
            self.divs.append(said.get("class") == "gate__body")
        self.handle_data(" ".join(said.values()))
        self.ids |= {said["id"]} if "id" in said else set()
        self.ways |= {said["href"][1:]} if said.get("href", "").startswith("#") else set()

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self.divs.pop()

    def handle_data(self, data: str) -> None:
        if any(self.divs):
            self.hidden += f" {data}"
        else:
            self.seen += f" {data}"


def read(markdown: str, gating: Gating = FOLDED) -> Reader:
    reader = Reader()
    reader.feed(whole(markdown, gating=gating))
    reader.close()
    return reader


GATED = ("not safe", "not safe | sex, drugs", "unheard of", "")
OPEN = ("fine", "racy", "racy | sex")
BLOCKS = (
    "{w} **{w}** `{w}` ![{w}](x.png)",
    "::: aside {w}\n> {w}\n>\n> - {w}\n>   ## {w}\n:::",
    "::: checklist {w}\n- [ ] {w}\n  1. {w}\n:::",
    "::: examine {w}\n=={w}==\n\n1. {w}\n:::",
    "::: quote {w}\n::: spoken {w}\n{w}\n:::\n:::",
    "::: unheard {w}\n{w}\n:::",
    "::: video https://vimeo.com/76979871 | {w} | 1:00 | fine\n{w}\n:::",
    "```\n{w}\n::: expect fine\n```",
    "| {w} |\n|---|\n| {w} |",
)
WITH_ENDS = (("{w}[^{n}]", "[^{n}]: {w}"), ("[{w}][{n}]", "[{n}]: https://example.org/{w} '{w}'"))
"""Blocks, each with what stands for it at the very end of the text, behind whatever note."""
INSIDE = ("> {w}\n>\n> ::: expect {said}\n> :::\n> {w}", "- {w}\n\n  ::: expect {said}\n  :::\n\n  {w}\n\n***")


class Writer:
    """Fills blocks with words that are told apart, and remembers which of them a note covers."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.ends: list[str] = []
        self.seen: set[str] = set()
        self.gated: set[str] = set()
        self.is_gated = False

    def filled(self, block: str, *, is_gated: bool, **fields: object) -> str:
        while "{w}" in block:
            word = f"word{len(self.seen | self.gated)}x"
            (self.gated if is_gated else self.seen).add(word)
            block = block.replace("{w}", word, 1)
        return block.format(**fields)

    def heading(self) -> None:
        self.is_gated = False
        self.blocks.append(self.filled("# {w}", is_gated=False))

    def note(self, said: str) -> None:
        self.is_gated = said in GATED
        self.blocks.append(self.filled("::: expect {said}\n{w}\n:::", is_gated=False, said=said))

    def note_inside(self, block: str, said: str) -> None:
        self.is_gated = self.is_gated or said in GATED
        self.blocks.append(self.filled(block, is_gated=self.is_gated, said=said))

    def block(self, block: str, end: str = "") -> None:
        number = len(self.blocks)
        self.blocks.append(self.filled(block, is_gated=self.is_gated, n=number))
        self.ends.append(self.filled(end, is_gated=self.is_gated, n=number))


@st.composite
def written(draw: st.DrawFn) -> Writer:
    writer = Writer()
    said = st.sampled_from(GATED + OPEN)
    steps = (
        writer.heading,
        lambda: writer.note(draw(said)),
        lambda: writer.note_inside(draw(st.sampled_from(INSIDE)), draw(said)),
        lambda: writer.block(draw(st.sampled_from(BLOCKS))),
        lambda: writer.block(*draw(st.sampled_from(WITH_ENDS))),
    )
    for step in draw(st.lists(st.sampled_from(steps), max_size=14)):
        step()
    return writer


@settings(max_examples=400, deadline=None)
@given(written())
def test_a_word_is_gated_exactly_if_a_note_covers_it_and_is_lost_nowhere(writer: Writer) -> None:
    markdown = "\n\n".join(writer.blocks + writer.ends)
    folded, left_out = read(markdown), read(markdown, LEFT_OUT)
    assert words(folded.seen) == writer.seen
    assert words(folded.hidden) == writer.gated
    assert words(left_out.seen) == writer.seen
    assert left_out.hidden == ""
    assert words(plain_words(markdown, open_only=True)) & writer.gated == set()
    assert render_answer(markdown).has_gates == bool(folded.hidden)


NOTES = ["::: expect", "::: expect not safe | {w}", "> ::: expect fine", "- ::: expect racy", "::: expect fine: {w}"]
FILMS = ["::: video https://vimeo.com/76979871 | {w} | 1:00 | not safe: sex"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*LINES, *NOTES, *FILMS]), max_size=25))
def test_blocks_however_broken_lose_no_word_and_show_none_that_is_hidden_elsewhere(lines: list[str]) -> None:
    markdown = "\n".join(line.replace("{w}", f"word{number}x") for number, line in enumerate(lines))
    folded, left_out = read(markdown), read(markdown, LEFT_OUT)
    assert words(markdown) <= words(folded.seen + folded.hidden)
    assert words(markdown) <= words(plain_words(markdown))
    assert words(left_out.seen) == words(folded.seen)
    assert left_out.hidden == ""
    assert words(plain_words(markdown, open_only=True)) <= words(folded.seen)
    for reader in (folded, left_out):
        assert {way for way in reader.ways if "-note-" in way} <= reader.ids


def test_a_gate_says_what_is_behind_it_and_hides_the_rest_of_its_part() -> None:
    answer = render_answer("Before.\n\n::: expect not safe | sex, drugs\nFrank.\n:::\n\nBehind.\n\n# Next\n\nOpen.")
    assert answer.opening == (
        '<p>Before.</p>\n<details class="gate" data-kinds="sex drugs"><summary class="gate__note">'
        f"<strong>Not safe for work: sex, drugs.</strong> Frank. {SHOW_IT}</summary>"
        '<div class="gate__body">\n<p>Behind.</p>\n</div></details>'
    )
    assert answer.parts[0].html == "<p>Open.</p>"
    assert answer.has_gates


def test_where_nothing_folds_the_note_and_a_link_to_the_part_stand_for_it() -> None:
    answer = render_answer(
        "# Part\n\n::: expect not safe\n:::\n\nBehind.", prefix="a2", parts_begin="a2-", gating=LEFT_OUT
    )
    assert answer.parts[0].html == (
        '<p class="left-out"><strong>Not safe for work.</strong> <a href="#a2-part-part">Read it on our pages</a></p>'
    )


def test_what_is_racy_is_shown_after_its_note_and_what_is_fine_without_one() -> None:
    assert render_answer("::: expect racy | nudity\n:::\n\nShown.").opening == (
        '<p class="expect-words"><strong>Racy for work: nudity.</strong></p>\n<p>Shown.</p>'
    )
    assert render_answer("::: expect fine\n:::\n\nShown.").opening == "<p>Shown.</p>"


def test_fine_ends_a_gate_before_its_part_does() -> None:
    reader = read("::: expect not safe\n:::\n\nword1x\n\n::: expect fine\n:::\n\nword2x")
    assert (words(reader.hidden), words(reader.seen)) == ({"word1x"}, {"word2x"})


def test_a_note_inside_a_quotation_cannot_end_the_gate_around_it() -> None:
    reader = read("::: expect not safe\n:::\n\n> word1x\n>\n> ::: expect fine\n> :::\n>\n> word2x\n\nword3x")
    assert words(reader.hidden) == {"word1x", "word2x", "word3x"}


def test_a_note_that_nobody_closed_is_one_line_and_does_not_take_what_it_covers_for_its_words() -> None:
    reader = read("::: expect not safe | sex\n\nword1x\n\n::: aside\nword2x\n:::\n\n# word3x")
    assert (words(reader.hidden), words(reader.seen)) == ({"word1x", "word2x"}, {"word3x"})


def test_what_a_note_says_that_nobody_understands_is_kept_and_counts_as_not_safe() -> None:
    answer = render_answer("::: expect spicy: sex, feathers\n:::\n\nBehind.")
    assert "<strong>Not safe for work: sex.</strong> spicy, feathers <span" in answer.opening


def test_a_note_with_nothing_behind_it_is_no_gate() -> None:
    answer = render_answer("Open.\n\n::: expect not safe\nFrank.\n:::")
    assert answer.opening == '<p>Open.</p>\n<p class="expect-words"><strong>Not safe for work.</strong> Frank.</p>'
    assert not answer.has_gates


def test_a_footnote_stands_where_it_is_needed_under_its_own_number() -> None:
    markdown = (
        "word1x[^a]\n\n# Part\n\nword2x[^b] word3x[^c]\n\n::: expect not safe\n:::\n\nword4x[^d] word5x[^b]\n\n"
        "[^a]: word6x\n[^b]: word7x\n[^c]: word8x\n[^d]: word9x[^e]\n[^e]: word10x"
    )
    reader = read(markdown)
    assert words(reader.hidden) == {"word4x", "word5x", "word9x", "word10x"}
    [part] = render_answer(markdown).parts
    assert re.findall(r"<li id=[^>]*>", part.html) == [
        '<li id="a1-note-4" value="4">', '<li id="a1-note-5">',
        '<li id="a1-note-1">', '<li id="a1-note-2">', '<li id="a1-note-3">',
    ]  # fmt: skip


def test_a_footnote_that_the_title_of_a_part_needs_is_not_gated() -> None:
    reader = read("# Part[^a]\n\n::: expect not safe\n:::\n\nword1x[^a]\n\n[^a]: word2x")
    assert (words(reader.hidden), words(reader.seen)) == ({"word1x"}, {"word2x"})


def test_a_footnote_with_a_note_of_its_own_stands_behind_it() -> None:
    reader = read("word1x[^a] word2x[^b]\n\n[^a]: word3x\n\n    ::: expect not safe\n    :::\n\n[^b]: word4x")
    assert (words(reader.hidden), words(reader.seen)) == ({"word3x"}, {"word1x", "word2x", "word4x"})


def test_footnotes_that_only_refer_to_one_another_are_not_shown_before_a_gate() -> None:
    reader = read("::: expect not safe\n:::\n\nword1x\n\n[^a]: word2x[^b]\n[^b]: word3x[^a]")
    assert words(reader.hidden) == {"word1x", "word2x", "word3x"}


def test_where_gated_words_are_left_out_no_footnote_leads_back_to_them() -> None:
    markdown = "Open[^a].\n\n::: expect not safe\n:::\n\nBehind[^a].\n\n[^a]: Note."
    assert render_answer(markdown).opening.count("footnote-back") == 2
    assert render_answer(markdown, gating=LEFT_OUT).opening.count("footnote-back") == 1


def test_a_film_that_is_not_safe_stands_behind_a_gate_with_its_title_and_what_to_expect() -> None:
    shown = film("https://youtu.be/aqz-KE_bpKQ", "Doors", 60, ContentLevel.NOT_SAFE, "All of it.", kinds=("sex",))
    assert shown == (
        '<details class="gate" data-kinds="sex"><summary class="gate__note"><span class="gate__what">Doors</span> '
        f"<strong>Not safe for work: sex.</strong> All of it. {SHOW_IT}</summary>"
        '<div class="gate__body">\n'
        '<figure class="film" data-frame="https://www.youtube-nocookie.com/embed/aqz-KE_bpKQ?autoplay=1">'
        '<a class="film__play" href="https://www.youtube.com/watch?v=aqz-KE_bpKQ" rel="noopener noreferrer">'
        'Play “Doors”, 1 min</a><figcaption class="film__note"><span class="film__promise">Nothing is fetched from '
        "anyone until you press play.</span></figcaption></figure></div></details>"
    )


def test_the_summary_of_a_film_is_plain_words_and_its_marks_and_links_stand_behind_it() -> None:
    html = render_answer(
        "::: video https://youtu.be/aqz-KE_bpKQ | Doors | not safe\nAsk [her](https://her.example).\n:::"
    ).opening
    summary, _end, behind = html.partition("</summary>")
    assert "Ask her." in summary
    assert "<a" not in summary
    assert '<a href="https://her.example" rel="noopener noreferrer">her</a>' in behind


def test_a_film_that_is_left_out_leads_to_where_it_can_be_seen_and_names_no_player() -> None:
    html = render_answer("::: video https://youtu.be/aqz-KE_bpKQ | Doors | not safe: sex\n:::", gating=LEFT_OUT).opening
    assert html == (
        '<p class="left-out"><span class="gate__what">Doors</span> <strong>Not safe for work: sex.</strong> '
        '<a href="#a1">Read it on our pages</a></p>'
    )


def test_who_opened_a_gate_is_not_asked_again_for_the_same_behind_it() -> None:
    behind = "::: expect not safe | sex\n:::\n\n::: video https://youtu.be/aqz-KE_bpKQ | Doors | not safe: {}\n:::"
    assert render_answer(behind.format("sex")).opening.count("<details") == 1
    assert "<strong>Not safe for work: sex.</strong> <span class=" in render_answer(behind.format("sex")).opening
    assert render_answer(behind.format("violence")).opening.count("<details") == 2


def test_what_a_reader_has_agreed_to_is_shown_after_its_note() -> None:
    agreed = Gating(frozenset({"sex"}))
    html = render_answer("::: expect not safe | sex\n:::\n\nShown.", gating=agreed).opening
    assert html == '<p class="expect-words"><strong>Not safe for work: sex.</strong></p>\n<p>Shown.</p>'
