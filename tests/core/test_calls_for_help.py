"""Words that call for help now raise the panel; the same words about something else mostly do not."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.safety import cries
from questions.safety.cries import PHRASES, calls_by_language
from questions.safety.phrasing import language_of, small
from tests.core.calls_for_help import HELD_OUT, QUIET, TAUGHT

pytestmark = pytest.mark.pure

DATA = Path(__file__).parents[3] / "shared/data/questions"
NAUGHTY = DATA.parent / "hostile/blns.json"

# We know that we miss this one: the words alone might be about anything.
MISSED = ["I have been planning how to do it. I've got the pills."]


@pytest.mark.parametrize("language", TAUGHT)
def test_plain_statements_are_found(language: str) -> None:
    missed = [sentence for sentence in TAUGHT[language] if not cries(sentence)]
    assert missed == (MISSED if language == "en" else [])


@pytest.mark.parametrize("language", HELD_OUT)
def test_four_of_five_statements_which_the_lists_were_not_written_with_are_found(language: str) -> None:
    missed = [sentence for sentence in HELD_OUT[language] if not cries(sentence)]
    assert len(missed) <= len(HELD_OUT[language]) / 5, missed


@pytest.mark.parametrize("sentence", QUIET)
def test_idioms_the_past_of_others_and_consent_are_left_alone(sentence: str) -> None:
    assert cries(sentence) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Hello. I want to die.", ["want to die"]),
        ("İ 👩🏽‍🚀 I WANT\n  TO\tDIE!", ["WANT\n  TO\tDIE"]),
        ("I don’t want to live anymore", ["don’t want to live"]),
        ("i dont wanna live", ["dont wanna live"]),
        ("Je n’ai plus envie de vivre", ["ai plus envie de vivre"]),
        ("Ich moechte sterben, ich mo\u0308chte sterben", ["moechte sterben", "mo\u0308chte sterben"]),
        ("He hits me. I want to die. He hits me at chess.", ["He hits me", "want to die", "He hits me"]),
        ("unskilled, killed, selfharmony, want to diet", []),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in cries(text)] == marked


some_words = st.sampled_from(
    ["I", "want", "to", "die", "he", "hits", "me", "my", "...", "’", "\n", "İ", "👍🏽", "é", "[", "(?"]
)


@given(st.text() | st.lists(some_words, max_size=60).map(" ".join))
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    ends = [place for span in cries(text) for place in span]
    assert ends == sorted(ends)
    assert all(start < end for start, end in cries(text))
    assert all(0 <= place <= len(text) for place in ends)


@pytest.mark.skipif(not NAUGHTY.exists(), reason=f"the naughty strings are not at {NAUGHTY}")
def test_naughty_strings_do_not_raise() -> None:
    assert len([cries(text) for text in json.loads(NAUGHTY.read_text())]) > 500


@given(st.text())
def test_small_letters_stand_where_the_letters_stood(text: str) -> None:
    assert len(small(text)) == len(text)


def test_there_is_a_list_for_seven_languages_and_each_says_what_it_was_written_from() -> None:
    files = sorted(PHRASES.glob("*.txt"))
    assert [file.stem for file in files] == ["de", "en", "es", "fr", "it", "nl", "pt"]
    for file in files:
        lines = file.read_text("utf-8").splitlines()
        assert sum(line.startswith("#") for line in lines) >= 8
        assert sum(line[:1] not in ("", "#", "-", "{") for line in lines) >= 25
    for language in calls_by_language():
        assert language.compiled()


@pytest.mark.parametrize(
    ("phrases", "found", "left_alone"),
    [
        (
            "want to die",
            ["I WANT to die!", "want,  to\ndie", "“want” to die"],
            ["want to diet", "want. to die", "to die"],
        ),
        ("(want|wish) to go", ["want to go", "wish to go"], ["want a wish to goat"]),
        ("I [just|so] want", ["I want", "I just want"], ["I really want"]),
        ("cut[ting] it", ["cut it", "cutting it"], ["cutter it"]),
        ("he ... hits", ["he hits", "he really often hits", "he is, he says, hits"], ["he a b c d hits", "he. hits"]),
        ("be here .", ["be here", "be here. No", "be here\nNo", "be here, please"], ["be here with you"]),
        (". go away", ["go away", "No. go away", "No\ngo away"], ["please go away"]),
        ("{he} = he|my (ex|boss)\n{he} hits", ["my boss hits", "he hits"], ["boss hits"]),
        ("he hits me\n- hits me at chess", ["he hits me", "he hits me. hits me at chess"], ["he hits me at chess"]),
        ("don't self-harm", ["don't self-harm", "dont self harm", "don’t selfharm"], ["do not self harm"]),
        ("möchte täglich", ["möchte täglich", "moechte taeglich", "mochte taglich", "mo\u0308chte ta\u0308glich"], []),
        ("# want\n\nwish", ["wish"], ["want"]),
    ],
)
def test_the_notation_means_what_it_says(phrases: str, found: list[str], left_alone: list[str]) -> None:
    finder = language_of(phrases).compiled()
    assert [text for text in found if not list(finder.found(small(text)))] == []
    assert [text for text in left_alone if list(finder.found(small(text)))] == []


@pytest.mark.parametrize("line", ["{who} hits", "(a|b", "[a] b", "a [b]", "(a|[b] c)", "a & b", "- a]"])
def test_a_line_which_breaks_the_notation_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"line 2 cannot be read"):
        language_of(f"fine\n{line}")


def letters(name: str, *columns: str) -> list[str]:
    with (DATA / name).open(newline="") as file:
        return ["\n".join(row[column] for column in columns) for row in csv.DictReader(file)]


@pytest.mark.skipif(not DATA.exists(), reason=f"the real letters are not at {DATA}")
def test_the_panel_stays_quiet_over_ordinary_letters() -> None:
    counselling = letters("counselchat_questions_dev.csv", "title", "text")
    medical = letters("meqsum_dev.csv", "consumer_question")
    with (DATA / "medical_qa_dev.jsonl").open() as file:
        medical += [f"{row['title']}\n{row['text']}" for row in map(json.loads, file)]
    assert sum(bool(cries(letter)) for letter in counselling) <= 0.05 * len(counselling)
    assert sum(bool(cries(letter)) for letter in medical) <= 0.01 * len(medical)
