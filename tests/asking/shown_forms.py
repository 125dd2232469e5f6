"""The forms of a page as a browser would send them. Knows nothing of Django."""

from html.parser import HTMLParser
from typing import Any


class ShownForms(HTMLParser):
    """The forms of a page: the fields of each as a browser would send them, and the steps of its buttons.

    A name that stands in a form more than once has a list.

    Like a browser it makes all line ends alike, and shows U+FFFD where a page has NUL.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, Any]] = []
        self.steps: list[list[str]] = []
        self._textarea = self._select = ""
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name, value = given.get("name", ""), given.get("value", "")
        match tag:
            case "form":
                self.forms.append({})
                self.steps.append([])
            case "input" if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                ticked = given.get("type") in ("checkbox", "radio")
                self._add(name, value or ("on" if ticked else ""))
            case "textarea":
                self._textarea, self.forms[-1][name] = name, ""
            case "select":
                self._select = name
            case "option" if "selected" in given:
                self.forms[-1][self._select] = value
            case "button" if name == "step":
                self.steps[-1].append(value)

    def _add(self, name: str, value: str) -> None:
        fields = self.forms[-1]
        if name in fields:
            before = fields[name]
            fields[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.forms[-1][self._textarea] = self.forms[-1][self._textarea].removeprefix("\n")
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] += data
