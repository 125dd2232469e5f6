"""The contrast of a colour on the paper of the show, and the nearest shade that can be read."""

import re
from pathlib import Path

import pytest

from questions import colours

pytestmark = pytest.mark.pure

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Black on white is 21 by definition; the others are the figures of WCAG's own formula, worked by hand.
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.478),
        ("#ff0000", "#ffffff", 3.998),
    ],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_the_grounds_are_those_of_the_sheet() -> None:
    """Whoever changes the paper in tokens.css has to change it here too."""
    found = [re.findall(rf"--{name}: (#[0-9a-f]{{6}});", TOKENS) for name in ("paper", "sheet", "well")]
    assert tuple(shades[0] for shades in found) == colours.LIGHT_GROUNDS
    assert tuple(shades[1] for shades in found) == colours.DARK_GROUNDS


def test_our_own_red_can_be_read_by_day_and_by_night() -> None:
    day, night = re.findall(r"--stamp: (#[0-9a-f]{6});", TOKENS)[:2]
    assert colours.fault_of(day, colours.LIGHT_GROUNDS) == ""
    assert colours.fault_of(night, colours.DARK_GROUNDS) == ""


@pytest.mark.parametrize("colour", ["#e0a000", "#ff8888", "#ffffff", "#00ff00", "#faf5ea", "#777777", "#808080"])
def test_too_light_a_colour_is_refused_with_its_measure_and_a_shade_that_passes(colour: str) -> None:
    measured = colours.least_contrast(colour, colours.LIGHT_GROUNDS)
    sentence = colours.fault_of(colour, colours.LIGHT_GROUNDS)
    shade = colours.nearest_readable(colour, colours.LIGHT_GROUNDS)
    assert measured < 4.5 <= colours.least_contrast(shade, colours.LIGHT_GROUNDS) < 4.7
    assert f"a contrast of {int(measured * 100) / 100:.2f} to 1" in sentence
    assert sentence.endswith(f"{shade}.")


@pytest.mark.parametrize("colour", ["#a3261c", "#000000", "#191512", "#1b4b6b", "#0000ff"])
def test_too_dark_a_colour_is_refused_at_night_and_a_lighter_one_offered(colour: str) -> None:
    shade = colours.nearest_readable(colour, colours.DARK_GROUNDS)
    assert colours.fault_of(colour, colours.DARK_GROUNDS) != ""
    assert colours.fault_of(shade, colours.DARK_GROUNDS) == ""
    assert colours.least_contrast(shade, colours.DARK_GROUNDS) < 4.7


@pytest.mark.parametrize("typed", ["red", "#a3261", "#a3261cc", "#GGGGGG", "#A3261C", "url(x)", "#a3261c; }", "\x00"])
def test_what_is_no_colour_never_gets_into_a_sheet(typed: str) -> None:
    assert not colours.is_colour(typed)
    assert colours.fault_of(typed, colours.LIGHT_GROUNDS) == "Type a colour as # and six digits, such as #a3261c."


def test_no_colour_is_no_fault() -> None:
    assert colours.fault_of("", colours.LIGHT_GROUNDS) == ""
