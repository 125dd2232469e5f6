"""The languages that people may write in, each by its own name."""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO

OFFERED = (
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja",
    "ko", "nl", "nb", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh-hans",
)  # fmt: skip
"""What the form of asking offers as long as the show does not say which languages are welcome."""


def native_name(code: str) -> str:
    """What a language calls itself; the code where nobody has told us."""
    name: str = LANG_INFO.get(code, {}).get("name_local", code)
    return name[:1].upper() + name[1:]


def every_language() -> dict[str, str]:
    """Every language that Django can name, by code, in its own words."""
    return {code: native_name(code) for code, info in LANG_INFO.items() if "name_local" in info}


def welcome_in(show_language: str, languages: Iterable[str]) -> list[str]:
    """The languages that an asker may choose from: the show's own first, then `languages`, or all if it names none."""
    others = list(languages) or OFFERED
    return [show_language, *(code for code in others if code != show_language)]
