"""An asker's browser without JavaScript: it opens pages, fills in what it sees and presses buttons."""

import re
import time
from typing import Any
from unittest import mock

from django.test import Client

from questions.models import Question
from tests.asking.shown_forms import ShownForms

A_MINUTE = 60


def _with_crlf(value: str | list[str]) -> str | list[str]:
    return [each.replace("\n", "\r\n") for each in value] if isinstance(value, list) else value.replace("\n", "\r\n")


class Asker:
    """Keeps the last page, and every answer it ever got."""

    def __init__(self) -> None:
        self.client = Client()
        self.path = ""
        self.answers: list[Any] = []

    @property
    def answer(self) -> Any:
        return self.answers[-1]

    @property
    def page(self) -> str:
        page: str = self.answer.content.decode()
        return page

    def sees(self, words: str) -> bool:
        """Whether the page says so, however its lines are broken and its letters written."""
        plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", self.page))
        return words in plain.replace("&#x27;", "'").replace("&amp;", "&")

    def opens(self, path: str, *, ago: int = A_MINUTE) -> "Asker":
        """Open a page as it was that many seconds ago: nobody writes a question in no time."""
        self.path = path
        with mock.patch("time.time", return_value=time.time() - ago):
            self.answers.append(self.client.get(path))
        return self

    def form(self, step: str) -> dict[str, Any]:
        """The fields of the form on this page that has a button for `step`."""
        found = ShownForms(self.page)
        return next(fields for fields, steps in zip(found.forms, found.steps, strict=True) if step in steps)

    def offers(self, step: str) -> bool:
        return any(step in steps for steps in ShownForms(self.page).steps)

    def steps(self, *, beginning: str = "") -> list[str]:
        """The steps of the buttons on this page, in its order."""
        return [step for steps in ShownForms(self.page).steps for step in steps if step.startswith(beginning)]

    def presses(self, step: str, *, leaving_out: str = "", **typed: Any) -> "Asker":
        """Type into fields, then press the button for `step`. Browsers send line ends as CRLF."""
        fields = {**self.form(step), **typed, "step": step}
        fields.pop(leaving_out, None)
        return self.sends({name: _with_crlf(value) for name, value in fields.items()})

    def sends(self, fields: dict[str, Any], **headers: Any) -> "Asker":
        self.answers.append(self.client.post(self.path, fields, headers=headers))
        return self

    def looks_over(self, text: str = "Is it rude to nap at a wedding?", **fields: Any) -> "Asker":
        """Fill in the form and go on to the check page."""
        return self.opens("/ask/").presses("check", text=text, **{"adult": "on", **fields})

    def asks(self, text: str = "Is it rude to nap at a wedding?", **fields: Any) -> Question:
        """All the way from the form to the ticket."""
        known = set(Question.objects.values_list("pk", flat=True))
        self.looks_over(text, **fields).presses("send")
        return Question.objects.exclude(pk__in=known).get()

    @property
    def code(self) -> str:
        """The code on the ticket that is on this page."""
        found = re.search(r'id="code"[^>]*>(.*?)</p>', self.page)
        assert found
        return re.sub(r"<[^>]*>|\s", "", found[1])

    def returns_with(self, code: str) -> "Asker":
        self.opens("/receipt/")
        return self.sends({"code": code})
