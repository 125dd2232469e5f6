"""A page's HTML for programs that have neither our sheets nor our scripts, such as feed readers."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

from questions.rendering.cleaning import EXTERNAL_REL
from questions.rendering.source import tidy

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "q", "div"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "mark", "sup", "a", "aside", "figure"),
    *("figcaption", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "li": {"value"},
    "p": {"dir", "lang"},
    "div": {"dir", "lang"},
    "span": {"dir", "lang"},
}
# What a video says of our player, and the way back from a footnote, are only true on our own page.
_ONLY_OURS = re.compile(
    r'<span class="film__promise">[^<]*</span>|<a href="[^"]*" class="footnote-back"[^>]*>[^<]*</a>'
)


def elsewhere(html: str, address: str) -> SafeString:
    """HTML that we have sanitised, from the page at the absolute `address`, as it can stand anywhere.

    Its links lead where they lead on that page. Check boxes, classes and ids are gone, no word is but those that only
    speak of the page itself.
    """
    site = "/".join(address.split("/")[:3])

    def absolute(_tag: str, attribute: str, value: str) -> str:
        if attribute == "href" and value.startswith("#"):
            return f"{address}{value}"
        return f"{site}{value}" if attribute == "href" and value.startswith("/") else value

    ours = _ONLY_OURS.sub("", tidy(html))
    cleaned = nh3.clean(
        ours, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=absolute, link_rel=EXTERNAL_REL,
        url_schemes={"http", "https", "mailto"},
    )  # fmt: skip
    return mark_safe(cleaned)  # noqa: S308 - it was sanitised
