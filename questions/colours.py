"""Whether a colour can be read on the paper of the show, by the formula of WCAG 2.2."""

import colorsys
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

LIGHT_GROUNDS = ("#faf5ea", "#fffdf7", "#f1e9da")
DARK_GROUNDS = ("#191512", "#231e19", "#120f0c")
"""Paper, sheet and well of static/css/tokens.css, by day and by night."""

ENOUGH = 4.5
"""The contrast that text of any size needs at least: WCAG 2.2, success criterion 1.4.3."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 255


def is_colour(text: str) -> bool:
    """Whether it is a colour as the show keeps it: `#` and six small hexadecimal digits."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """The contrast of a colour on that one of the grounds on which it is worst to read."""
    return min(contrast(colour, ground) for ground in grounds)


def nearest_readable(colour: str, grounds: tuple[str, ...]) -> str:
    """The colour itself if it can be read on all grounds; else its nearest shade that can: darker on light paper."""
    return next(shade for shade in _shades(colour, grounds) if least_contrast(shade, grounds) >= ENOUGH)


def fault_of(colour: str, grounds: tuple[str, ...]) -> str:
    """Why a colour cannot be taken, with its measure and a shade that can; empty for one that can, and for none."""
    if not colour:
        return ""
    if not is_colour(colour):
        return _("Type a colour as # and six digits, such as #a3261c.")
    ratio = least_contrast(colour, grounds)
    if ratio >= ENOUGH:
        return ""
    sentence = _(
        "{colour} has a contrast of {ratio} to 1 on our paper; text needs {enough}. "
        "The nearest shade that can be read is {shade}."
    )
    # Cut and not rounded: 4.497 must not be said to be the 4.50 that it is not.
    return sentence.format(
        colour=colour, ratio=f"{int(ratio * 100) / 100:.2f}", enough=ENOUGH, shade=nearest_readable(colour, grounds)
    )


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2: the sRGB channels made linear and weighed."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def _shades(colour: str, grounds: tuple[str, ...]) -> Iterator[str]:
    """The colour, then its shades of the same hue, step by step towards black, or towards white on dark grounds."""
    yield colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end = 0.0 if _luminance(grounds[0]) > 0.5 else 1.0
    for step in range(1, _STEPS + 1):
        shade = colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / _STEPS, saturation)
        yield "#" + "".join(f"{round(channel * 255):02x}" for channel in shade)
