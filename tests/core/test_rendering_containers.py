"""What the `:::` blocks, the parts and the notes of an answer become."""

import pytest

from questions.content_notes import ContentLevel
from questions.rendering import film, plain_words, render_answer, render_plain, render_text

pytestmark = pytest.mark.pure

PROMISE = '<span class="film__promise">Nothing is fetched from anyone until you press play.</span>'


def opening(*lines: str) -> str:
    return render_answer("\n".join(lines)).opening


def test_a_level_one_heading_starts_a_part_and_what_comes_before_is_the_opening() -> None:
    answer = render_answer("Hello.\n\n# Collect *information*\nA.\n\n## Smaller\nB.\n\nSay it\n======\nC.")
    assert answer.opening == "<p>Hello.</p>"
    assert [
        (part.number, part.label, part.title, part.title_html, part.anchor, part.html) for part in answer.parts
    ] == [
        (
            1,
            "Part One",
            "Collect information",
            "Collect <em>information</em>",
            "part-collect-information",
            "<p>A.</p>\n<h3>Smaller</h3>\n<p>B.</p>",
        ),
        (2, "Part Two", "Say it", "Say it", "part-say-it", "<p>C.</p>"),
    ]


def test_parts_are_counted_in_words_up_to_twelve() -> None:
    labels = [part.label for part in render_answer("# Title\n\n" * 14).parts]
    assert labels[:2] == ["Part One", "Part Two"]
    assert labels[11:] == ["Part Twelve", "Part 13", "Part 14"]


def test_anchors_are_unique_readable_and_cannot_take_another_things_id() -> None:
    titles = ["Title", "Title", "Title 2", "Title", "!!!", "Été à deux", "location", ""]
    parts = render_answer("\n\n".join(f"# {title}" for title in titles)).parts
    assert [part.anchor for part in parts] == [
        "part-title",
        "part-title-2",
        "part-title-2-2",
        "part-title-3",
        "part-5",
        "part-été-à-deux",
        "part-location",
        "part-8",
    ]
    assert parts[7].title == "Part Eight"


def test_a_numbered_checklist_has_real_boxes_with_labels() -> None:
    answer = render_answer(
        "::: checklist Before you *say* a word\n1. Seven nights of notes\n2. [ ] The cheapest thing\n:::"
    )
    assert answer.opening == (
        '<section class="checklist" aria-labelledby="a1-check-1">'
        '<h3 id="a1-check-1" class="checklist__title">Before you <em>say</em> a word</h3>\n'
        '<ol class="checklist__items">\n'
        '<li><input type="checkbox" id="a1-check-1-1">'
        '<label for="a1-check-1-1">Seven nights of notes</label></li>\n'
        '<li><input type="checkbox" id="a1-check-1-2">'
        '<label for="a1-check-1-2">The cheapest thing</label></li>\n'
        "</ol>\n</section>"
    )
    assert answer.checklists == 1


def test_a_plain_checklist_without_a_title_gets_one() -> None:
    html = opening("::: checklist", "- One", "- [x] Two", ":::")
    assert '<h3 id="a1-check-1" class="checklist__title">Checklist</h3>' in html
    assert '<ul class="checklist__items">' in html
    assert '<label for="a1-check-1-2">Two</label>' in html


def test_two_answers_on_one_page_share_no_id() -> None:
    text = "::: checklist\n- One[^1]\n:::\n\n[^1]: Note.\n"
    first, second = render_answer(text, prefix="a1").opening, render_answer(text, prefix="a2").opening
    assert second == first.replace("a1-", "a2-")


def test_an_aside_holds_its_words_wherever_they_stand() -> None:
    assert opening("::: aside", "A week.", ":::") == '<aside class="aside">\n<p>A week.</p>\n</aside>'
    assert opening("::: aside A week.", ":::") == '<aside class="aside">\n<p>A week.</p>\n</aside>'


def test_a_spoken_sentence_is_quoted_and_several_are_quoted_each() -> None:
    assert opening("::: spoken", "I sleep badly.", ":::") == '<p class="spoken"><q>I sleep badly.</q></p>'
    assert opening("::: spoken", "One.", "", "Two.", ":::") == (
        '<div class="spoken">\n<p><q>One.</q></p>\n<p><q>Two.</q></p></div>'
    )


def test_a_quotation_names_its_source() -> None:
    assert opening("::: quote Kahlil Gibran, *The Prophet*", "Words.", ":::") == (
        '<figure class="quotation"><blockquote>\n<p>Words.</p>\n</blockquote>'
        "<figcaption>Kahlil Gibran, <em>The Prophet</em></figcaption></figure>"
    )


def test_a_video_is_a_link_with_its_warning_and_a_frame_for_later() -> None:
    answer = render_answer(
        "::: video https://vimeo.com/76979871 | Asking at the door | 4:00 | racy\nTwo *adults*.\n:::"
    )
    assert answer.opening == (
        '<figure class="film" data-frame="https://player.vimeo.com/video/76979871?dnt=1&amp;autoplay=1">'
        '<a class="film__play" href="https://vimeo.com/76979871" rel="noopener noreferrer">'
        "Play “Asking at the door”, 4 min</a>"
        '<figcaption class="film__note"><strong>Racy for work.</strong> Two <em>adults</em>. '
        f"{PROMISE}</figcaption></figure>"
    )
    [video] = answer.videos
    assert (video.address, video.title, video.seconds, video.level) == (
        "https://vimeo.com/76979871",
        "Asking at the door",
        240,
        ContentLevel.RACY,
    )
    assert video.player is not None
    assert video.player.provider == "Vimeo"


def test_a_video_from_elsewhere_is_only_a_link() -> None:
    assert opening("::: video https://video.example/1 | Doors | 1:02:03", ":::") == (
        '<figure class="film"><a class="film__play" href="https://video.example/1" rel="noopener noreferrer">'
        "Play “Doors”, 1 h 2 min</a></figure>"
    )
    assert "<a" not in opening("::: video javascript:alert(1) | Doors", ":::")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("Doors", ("Doors", None, None)),
        ("Doors | 0:45", ("Doors", 45, None)),
        ("Doors | not-safe", ("Doors", None, ContentLevel.NOT_SAFE)),
        ("Doors | Windows | 12:40 | FINE", ("Doors | Windows", 760, ContentLevel.FINE)),
        ("Doors | spicy", ("Doors | spicy", None, None)),
        ("| 4:00", ("", 240, None)),
    ],
)
def test_the_last_two_fields_of_a_video_may_be_missing(
    fields: str, expected: tuple[str, int | None, ContentLevel | None]
) -> None:
    [video] = render_answer(f"::: video https://youtu.be/aqz-KE_bpKQ | {fields}\n:::").videos
    assert (video.title, video.seconds, video.level) == expected


def test_the_film_of_an_episode_says_so_and_how_long_it_is() -> None:
    html = film("https://youtu.be/aqz-KE_bpKQ", "", 760, ContentLevel.RACY, "We say <the> words.", whole_episode=True)
    assert html == (
        '<figure class="film" data-frame="https://www.youtube-nocookie.com/embed/aqz-KE_bpKQ?autoplay=1">'
        '<a class="film__play" href="https://www.youtube.com/watch?v=aqz-KE_bpKQ" rel="noopener noreferrer">'
        "Play the episode, 12 min 40</a>"
        '<figcaption class="film__note"><strong>Racy for work.</strong> We say &lt;the&gt; words. '
        f"{PROMISE}</figcaption></figure>"
    )


def test_examined_phrases_lead_to_their_remarks() -> None:
    assert opening("::: examine", "I ==tell== them ==*so*== ==now==", "", "1. Hm.", "2. Good.", ":::") == (
        '<div class="examine">\n<p class="examine__question">I '
        '<mark>tell<sup><a href="#a1-remark-1-1" aria-label="Remark 1">1</a></sup></mark> them '
        '<mark><em>so</em><sup><a href="#a1-remark-1-2" aria-label="Remark 2">2</a></sup></mark> '
        "<mark>now</mark></p>\n"
        '<ol class="examine__remarks">\n<li id="a1-remark-1-1">Hm.</li>\n<li id="a1-remark-1-2">Good.</li>\n'
        "</ol>\n</div>"
    )


def test_equals_signs_that_mark_nothing_stay_as_they_are() -> None:
    assert opening("a ==b== c") == "<p>a ==b== c</p>"
    assert opening("::: examine", "a ==b *c== d*", ":::") == (
        '<div class="examine">\n<p class="examine__question">a ==b <em>c== d</em></p>\n</div>'
    )


def test_an_unknown_block_shows_its_words_and_its_slip() -> None:
    assert opening("::: chekclist Before", "- One", ":::") == ("<p>chekclist Before</p>\n<ul>\n<li>One</li>\n</ul>")


def test_a_block_nobody_closed_ends_with_its_part() -> None:
    answer = render_answer("# One\n::: aside\nA.\n\n# Two\nB.\n:::\n")
    assert [part.html for part in answer.parts] == [
        '<aside class="aside">\n<p>A.</p>\n</aside>',
        "<p>B.</p>",
    ]


def test_blocks_may_stand_in_blocks_lists_and_quotations() -> None:
    assert opening("::: aside", "::: spoken", "A.", ":::", "B.", ":::", "C.") == (
        '<aside class="aside">\n<p class="spoken"><q>A.</q></p>\n<p>B.</p>\n</aside>\n<p>C.</p>'
    )
    assert opening("> ::: aside", ">", "> A.") == (
        '<blockquote>\n<aside class="aside">\n<p>A.</p>\n</aside>\n</blockquote>'
    )


def test_code_inside_a_block_may_show_the_signs_that_end_one() -> None:
    assert opening("::: aside", "```", "# no part", ":::", "```", ":::", "B.") == (
        '<aside class="aside">\n<pre><code># no part\n:::\n</code></pre>\n</aside>\n<p>B.</p>'
    )


def test_notes_stand_at_the_end_and_lead_back() -> None:
    assert opening("A[^1] and B.[^n]", "", "[^1]: One.", "[^n]: Two.", "[^x]: Unused.") == (
        '<p>A<sup class="footnote-ref">'
        '<a href="#a1-note-1" id="a1-note-1-from" aria-label="Note 1">1</a></sup>'
        ' and B.<sup class="footnote-ref">'
        '<a href="#a1-note-2" id="a1-note-2-from" aria-label="Note 2">2</a></sup></p>\n<p>Unused.</p>\n'
        '<section class="footnotes" aria-label="Notes">\n<ol>\n'
        '<li id="a1-note-1"><p>One. <a href="#a1-note-1-from" class="footnote-back" '
        'aria-label="Back to the text">\u21a9\ufe0e</a></p>\n</li>\n'
        '<li id="a1-note-2"><p>Two. <a href="#a1-note-2-from" class="footnote-back" '
        'aria-label="Back to the text">\u21a9\ufe0e</a></p>\n</li>\n</ol>\n</section>'
    )


def test_a_note_that_cannot_be_one_keeps_its_words() -> None:
    assert "Two." in opening("A[^1]", "", "[^1]: One.", "", "[^1]: Two.")
    assert opening("> [^1]: One.") == "<blockquote>\n<p>[^1]: One.</p>\n</blockquote>"


def test_links_lead_to_the_web_to_mail_to_this_site_and_this_page_only() -> None:
    assert opening("[a](https://example.org/) [b](/about/) [c](#part-a) [d](mailto:x@example.org)") == (
        '<p><a href="https://example.org/" rel="noopener noreferrer">a</a> <a href="/about/">b</a> '
        '<a href="#part-a">c</a> <a href="mailto:x@example.org">d</a></p>'
    )
    assert opening("[a](//evil.example) [b](javascript:alert(1)) [c](data:text/html,x) [d](page)") == ("<p>a b c d</p>")


def test_pictures_are_dropped_and_their_words_stay() -> None:
    assert opening("![A *red* door](https://example.org/x.png) and ![one](data:image/png;base64,AAAA)") == (
        "<p>A red door and one</p>"
    )


def test_short_texts_have_headings_from_two_to_four_and_no_blocks() -> None:
    assert render_text("# A\n## B\n### C\n###### D\n\n::: aside") == (
        "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n<h4>D</h4>\n<p>::: aside</p>"
    )


def test_a_table_says_its_alignment_by_class() -> None:
    assert '<th class="align-end">a</th>' in render_text("| a |\n| --: |\n| b |")


def test_the_length_of_an_answer_is_counted_in_words_and_minutes() -> None:
    answer = render_answer("# Don't *go*\n" + "word " * 343)
    assert (answer.word_count, answer.minutes) == (345, 2)
    assert (render_answer("").word_count, render_answer("").minutes) == (0, 1)


def test_plain_words_have_no_marks_and_no_addresses() -> None:
    film_block = "::: video https://vimeo.com/76979871 | F | 1:00\ng\n:::"
    text = f"# A *b*\n[c](https://d.example) `e`[^1]\n{film_block}\n[^1]: h"
    assert plain_words(text) == "A b\nc e\nF\ng\nh"


def test_a_question_is_plain_text_in_paragraphs_that_find_their_direction() -> None:
    assert render_plain("<b>Hi</b>\r\n*you*\n\n \nשלום") == (
        '<p dir="auto">&lt;b&gt;Hi&lt;/b&gt;<br>*you*</p>\n<p dir="auto">שלום</p>'
    )
    assert render_plain(" \n ") == ""
