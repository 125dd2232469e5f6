"""A video in a page: a link that says what plays and how long; our script may turn it into a player."""

import re
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from questions.players import Player, player_for
from questions.rendering.cleaning import EXTERNAL_REL, clean, is_allowed_address, is_external
from questions.rendering.source import tidy

LEVELS = ("fine", "racy", "not safe")

_LENGTH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])")


@dataclass(frozen=True)
class PartVideo:
    """A video that an answer mentions. `level` is "fine", "racy", "not safe" or None."""

    address: str
    title: str = ""
    seconds: int | None = None
    level: str | None = None
    player: Player | None = None


def read_film_line(line: str) -> PartVideo:
    """The fields of "address | title | length | level"; what is no length and no level stays in the title."""
    address, *fields = (part.strip() for part in line.split("|"))
    level = _level(fields[-1]) if fields else None
    if level:
        fields.pop()
    seconds = _seconds(fields[-1]) if fields else None
    if seconds is not None:
        fields.pop()
    title = " | ".join(part for part in fields if part)
    return PartVideo(address, title, seconds, level, player_for(address))


def film(
    address: str,
    title: str = "",
    seconds: int | None = None,
    level: str | None = None,
    caption: str = "",
    *,
    whole_episode: bool = False,
) -> SafeString:
    """A video as a figure; nothing in it makes a browser fetch anything.

    A player we know gets `data-frame`, every other address is a plain link. `caption` is text, or HTML if it
    is a SafeString. `whole_episode` says "Play the episode" instead of quoting the title.
    """
    player = player_for(address)
    page_address = player.page_address if player else tidy(address).strip()
    words = _play(title.strip(), seconds, whole_episode)
    if is_allowed_address(page_address):
        rel = EXTERNAL_REL if is_external(page_address) else ""
        play = format_html('<a class="film__play" href="{}" rel="{}">{}</a>', page_address, rel, words)
    else:
        # An address we cannot link to may be words that were put in the wrong place.
        play = format_html("<p>{} {}</p>", words, page_address)
    note = _note(level, caption, with_promise=player is not None)
    frame = format_html(' data-frame="{}"', player.frame_address) if player else ""
    return clean(f'<figure class="film"{frame}>{play}{note}</figure>')


def _play(title: str, seconds: int | None, whole_episode: bool) -> str:
    length = _length(seconds) if seconds and seconds > 0 else ""
    fields = {"title": title, "length": length}
    if whole_episode:
        return (_("Play the episode, %(length)s") if length else _("Play the episode")) % fields
    if title:
        return (_("Play “%(title)s”, %(length)s") if length else _("Play “%(title)s”")) % fields
    return (_("Play the video, %(length)s") if length else _("Play the video")) % fields


def _length(seconds: int) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes_left}
    if minutes and rest:
        return _("%(minutes)d min %(seconds)02d") % {"minutes": minutes, "seconds": rest}
    if minutes:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(seconds)d s") % {"seconds": rest}


def _note(level: str | None, caption: str, with_promise: bool) -> str:
    notes = []
    if warning := _warning(_level(level or "")):
        notes.append(format_html("<strong>{}</strong>", warning))
    if caption:
        notes.append(conditional_escape(caption))
    if with_promise:
        promise = _("Nothing is fetched from anyone until you press play.")
        notes.append(format_html('<span class="film__promise">{}</span>', promise))
    return f'<figcaption class="film__note">{" ".join(notes)}</figcaption>' if notes else ""


def _warning(level: str | None) -> str:
    if level == "fine":
        return _("Fine for work.")
    if level == "racy":
        return _("Racy for work.")
    if level == "not safe":
        return _("Not safe for work.")
    return ""


def _level(words: str) -> str | None:
    level = re.sub(r"[\s_-]+", " ", words.strip().lower())
    return level if level in LEVELS else None


def _seconds(words: str) -> int | None:
    found = _LENGTH.fullmatch(words)
    if not found:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return (hours * 60 + minutes) * 60 + seconds
