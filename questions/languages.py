"""The languages that people may write in, each by its own name."""

from collections.abc import Iterable
from unicodedata import normalize

from django.conf import settings
from django.conf.locale import LANG_INFO

OFFERED = (
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja",
    "ko", "nl", "nb", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh-hans",
)  # fmt: skip
"""What the form of asking offers as long as the show does not say which languages are welcome."""


def native_name(code: str) -> str:
    """What a language calls itself; the code where nobody has told us. Composed, as HTML asks: Django's are not all."""
    name = normalize("NFC", LANG_INFO.get(code, {}).get("name_local", code))
    return name[:1].upper() + name[1:]


def direction_of(code: str) -> str:
    """Which way a language is written, "rtl" or "ltr"."""
    return "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def every_language() -> dict[str, str]:
    """Every language that Django can name, by code, in its own words."""
    return {code: native_name(code) for code, info in LANG_INFO.items() if "name_local" in info}


def welcome_in(show_language: str, languages: Iterable[str]) -> list[str]:
    """The languages that an asker may choose from: the show's own first, then `languages`, or all if it names none."""
    others = list(languages) or OFFERED
    return [show_language, *(code for code in others if code != show_language)]
