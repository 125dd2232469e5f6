"""The forms of a page, read off its HTML as a browser does: so a new form is tried without anybody saying so."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

CHOSEN = ("checkbox", "radio")
PRESSED = ("submit", "button", "image", "reset")
FITTING = {
    "text": "Words",
    "search": "Words",
    "url": "https://example.org/",
    "email": "a@example.org",
    "tel": "116 123",
}
OURS = ("csrfmiddlewaretoken", "form_token")
"""What proves where a form comes from. Without it nothing else would be looked at."""


@dataclass
class Form:
    """Where it is sent, how, what a browser would send along, and everything that somebody can put something in."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    """The names of fields that show what was typed into them: boxes for text, a line or many."""
    wanted: dict[str, str] = field(default_factory=dict)
    """What has to be filled in, with something that fits."""
    longest: dict[str, int] = field(default_factory=dict)
    """How many letters fit into a box that says so."""
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> tuple[str, ...]:
        """What tells it from others that go the same way."""
        return (self.method, *sorted(self.fields), *(value.partition(":")[0] for _name, value in self.buttons))

    @property
    def fields(self) -> dict[str, str]:
        """A name of each field by what it is: the rows of a list are all alike."""
        return {re.sub(r"\d+", "N", name): name for name in reversed(self.names)}

    def filled(self, changed: dict[str, str] | None = None, *, button: int = 0) -> dict[str, list[str]]:
        """What is sent when one of its buttons is pressed and these fields are changed, the rest as it was or fits."""
        pressed = {name: [value] for name, value in self.buttons[button : button + 1]}
        empty = {name: [fits] for name, fits in self.wanted.items() if not any(self.sent.get(name, []))}
        return {**self.sent, **empty, **pressed, **{name: [value] for name, value in (changed or {}).items()}}


class _Reader(HTMLParser):
    def __init__(self, page: str, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._area: tuple[Form, str] | None = None
        self._select: tuple[Form, str] | None = None
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self._form = Form(action, given.get("method", "get").lower())
            # A dialog's own form only closes it.
            if self._form.method != "dialog":
                self.forms.append(self._form)
            if "id" in given:
                self.by_id[given["id"]] = self._form
        form = self.by_id.get(given["form"]) if "form" in given else self._form
        if form is not None and given.get("name"):
            self._field(form, tag, given)
        elif tag == "option" and self._select:
            self._option(given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "button" or (tag == "input" and kind in PRESSED):
            form.buttons.append((name, given.get("value", "")))
            return
        if tag not in ("input", "select", "textarea"):
            return
        if name not in form.names and name not in OURS:
            form.names.append(name)
        match tag:
            case "input" if kind not in CHOSEN or "checked" in given:
                form.sent.setdefault(name, []).append(given.get("value", "on" if kind in CHOSEN else ""))
            case "textarea":
                self._area = (form, name)
                form.sent.setdefault(name, []).append("")
            case "select":
                self._select = (form, name)
        if tag == "textarea" or (tag == "input" and kind in FITTING):
            form.written.add(name)
            if given.get("maxlength", "").isdecimal():
                form.longest[name] = int(given["maxlength"])
        if tag == "textarea" or ("required" in given and kind not in PRESSED):
            form.wanted.setdefault(name, given.get("value") or FITTING.get(kind, "on" if kind in CHOSEN else "Words"))

    def _option(self, given: dict[str, str]) -> None:
        assert self._select
        form, name = self._select
        if "selected" in given:
            form.sent.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area:
            form, name = self._area
            form.sent[name][-1] = form.sent[name][-1].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            form, name = self._area
            form.sent[name][-1] += data


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of the page that is at this address."""
    return list(_Reader(page, address).forms)


class _Dangers(HTMLParser):
    """Everything in a page that could run, but for our own scripts and blocks of data."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        is_data = given.get("type") in ("text/html", "application/ld+json", "application/json")
        if tag == "script" and not is_data and not given.get("src", "").startswith("/static/js/"):
            self.found.append(self.get_starttag_text() or tag)
        if tag in ("object", "embed", "base", "applet", "frame", "meta") and given.get("http-equiv"):
            self.found.append(self.get_starttag_text() or tag)
        for name, value in given.items():
            target = "".join(letter for letter in value if letter > " ").lower()
            runs = name in ("href", "src", "action", "formaction", "xlink:href", "data") and target.startswith(
                ("javascript:", "vbscript:", "data:", "livescript:")
            )
            if name.startswith("on") or name in ("style", "srcdoc") or runs:
                self.found.append(self.get_starttag_text() or tag)


def dangers_in(page: str) -> list[str]:
    """The tags that would run or wear something that is not ours."""
    return _Dangers(page).found
