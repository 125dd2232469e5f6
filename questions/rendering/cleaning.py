"""The last step before HTML leaves this package: an exact list of what may be in it."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

from questions.players import PLAYER_HOSTS
from questions.rendering.source import tidy

EXTERNAL_REL = "noopener noreferrer"

_ADDRESS = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s/\\]|/(?![/\\])|#)\S*", re.IGNORECASE)
_PLAIN_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "q"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "mark", "sup"),
}
_CLASSES = {
    "section": {"checklist", "footnotes"},
    "h3": {"checklist__title"},
    "ul": {"checklist__items"},
    "ol": {"checklist__items", "examine__remarks"},
    "aside": {"aside"},
    "p": {"spoken", "examine__question", "expect-words", "left-out"},
    "div": {"spoken", "examine", "gate__body"},
    "details": {"gate"},
    "summary": {"gate__note"},
    "figure": {"quotation", "film"},
    "figcaption": {"film__note"},
    "a": {"film__play", "footnote-back"},
    "span": {"film__promise", "gate__what", "gate__open"},
    "sup": {"footnote-ref"},
    "th": {"align-start", "align-center", "align-end"},
    "td": {"align-start", "align-center", "align-end"},
}
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "id", "aria-label"},
    "section": {"aria-labelledby", "aria-label"},
    "h3": {"id"},
    "ol": {"start"},
    "li": {"id", "value"},
    "input": {"id"},
    "label": {"for"},
    "figure": {"data-frame"},
    "details": {"data-kinds"},
    "span": {"data-hide"},
}


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: the web, a mail address, this site or this page."""
    return _ADDRESS.fullmatch(address) is not None


def is_external(address: str) -> bool:
    """Whether a link leaves this site for another page."""
    return address.lower().startswith(("http:", "https:"))


def _checked_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not is_allowed_address(value):
        return None
    if attribute == "rel" and value != EXTERNAL_REL:
        return None
    if attribute == "data-frame" and not value.startswith(tuple(f"{host}/" for host in PLAYER_HOSTS)):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags={*_PLAIN_TAGS, *_CLASSES, *_ATTRIBUTES},
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    tag_attribute_values={"input": {"type": {"checkbox"}}, "p": {"dir": {"auto"}}},
    attribute_filter=_checked_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def clean(html: str) -> SafeString:
    """The HTML with everything taken out that is not on this module's list."""
    return mark_safe(_CLEANER.clean(tidy(html)).strip())  # noqa: S308 - this is the sanitiser
