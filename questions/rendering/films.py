"""A video in a page: a link that says what plays and how long; our script may turn it into a player."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from questions.content_notes import ContentLevel, ContentNote, Showing, labels_of
from questions.players import Player, player_for
from questions.rendering.cleaning import EXTERNAL_REL, clean, is_allowed_address, is_external
from questions.rendering.gates import FOLDED, Gating, read_kinds, read_level
from questions.rendering.source import tidy

_LENGTH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])")


@dataclass(frozen=True)
class PartVideo:
    """A video that an answer mentions. `level` is None where nobody said it."""

    address: str
    title: str = ""
    seconds: int | None = None
    level: ContentLevel | None = None
    player: Player | None = None
    kinds: tuple[str, ...] = ()

    @property
    def content_note(self) -> ContentNote:
        return ContentNote(self.level or ContentLevel.FINE, self.kinds)


def read_film_line(line: str) -> PartVideo:
    """The fields of "address | title | length | level: kinds"; what is no length and no level stays in the title."""
    address, *fields = (part.strip() for part in line.split("|"))
    level, kinds = _level(fields[-1]) if fields else (None, ())
    if level:
        fields.pop()
    seconds = _seconds(fields[-1]) if fields else None
    if seconds is not None:
        fields.pop()
    title = " | ".join(part for part in fields if part)
    return PartVideo(address, title, seconds, level, player_for(address), kinds)


def film(
    address: str,
    title: str = "",
    seconds: int | None = None,
    level: ContentLevel | None = None,
    caption: str = "",
    *,
    kinds: tuple[str, ...] = (),
    whole_episode: bool = False,
    gating: Gating = FOLDED,
    anchor: str = "film",
) -> SafeString:
    """A video as a figure; nothing in it makes a browser fetch anything.

    A player we know gets `data-frame`, every other address is a plain link. `caption` is text, or HTML if it
    is a SafeString. `whole_episode` says "Play the episode" instead of quoting the title. One that is not safe stands
    behind its note, or the note and a link to `anchor` stand for it where `gating` leaves it out.
    """
    content_note = ContentNote(level or ContentLevel.FINE, kinds, _in_words(caption))
    is_gated = gating.showing_of(content_note) is Showing.GATED
    player = player_for(address)
    page_address = player.page_address if player else tidy(address).strip()
    words = _play(title.strip(), seconds, whole_episode)
    if is_allowed_address(page_address):
        rel = EXTERNAL_REL if is_external(page_address) else ""
        play = format_html('<a class="film__play" href="{}" rel="{}">{}</a>', page_address, rel, words)
    else:
        # An address we cannot link to may be words that were put in the wrong place.
        play = format_html("<p>{} {}</p>", words, page_address)
    # Its gate has said it all already, except what only marks and links can say.
    says_more = not is_gated or "<" in conditional_escape(caption)
    note = _note(
        content_note if level and not is_gated else None,
        caption if says_more else "",
        with_promise=player is not None,
    )
    frame = format_html(' data-frame="{}"', player.frame_address) if player else ""
    figure = f'<figure class="film"{frame}>{play}{note}</figure>'
    return clean(gating.placed(content_note, figure, title=title, anchor=anchor) if is_gated else figure)


def _in_words(caption: str) -> str:
    """The caption as plain text, which is all that a summary may hold."""
    return " ".join(unescape(strip_tags(conditional_escape(caption))).split())


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


def _note(note: ContentNote | None, caption: str, with_promise: bool) -> str:
    notes = []
    if note:
        notes.append(format_html("<strong>{}</strong>", _warning(note)))
    if caption:
        notes.append(conditional_escape(caption))
    if with_promise:
        promise = _("Nothing is fetched from anyone until you press play.")
        notes.append(format_html('<span class="film__promise">{}</span>', promise))
    return f'<figcaption class="film__note">{" ".join(notes)}</figcaption>' if notes else ""


def _warning(note: ContentNote) -> str:
    warnings = {
        ContentLevel.FINE: _("Fine for work"),
        ContentLevel.RACY: _("Racy for work"),
        ContentLevel.NOT_SAFE: _("Not safe for work"),
    }
    warning = warnings[ContentLevel(note.level)]
    return f"{warning}: {labels_of(note.kinds)}." if note.kinds else f"{warning}."


def _level(words: str) -> tuple[ContentLevel | None, tuple[str, ...]]:
    """The level and the kinds after its colon; no level at all where one of them is unknown."""
    level_words, _colon, kind_words = words.partition(":")
    level, (kinds, unknown) = read_level(level_words), read_kinds(kind_words)
    return (None, ()) if unknown else (level, kinds)


def _seconds(words: str) -> int | None:
    found = _LENGTH.fullmatch(words)
    if not found:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return (hours * 60 + minutes) * 60 + seconds
