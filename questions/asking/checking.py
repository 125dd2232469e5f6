"""The page between writing and sending: what was noticed in a letter. It offers, and stands in nobody's way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questions.actions.submit import hold_for
from questions.asking.forms import AskForm, native_name
from questions.asking.letter import Letter, pieces
from questions.likeness import answered_already
from questions.models import Airing, Caller, CrisisLine, Hold
from questions.models.question import MAX_QUESTION_LENGTH
from questions.safety import cries


def check_page(request: HttpRequest, form: AskForm, letter: Letter) -> HttpResponse:
    """The letter as it would be sent, with what could point to its asker marked where it stands. Nothing is stored."""
    allowed = form.cleaned_data
    marks = letter.marks()
    context = {
        "form": form,
        "letter": letter,
        "marks": marks,
        "text_pieces": list(pieces(letter, "text", marks)),
        "sign_off_pieces": list(pieces(letter, "sign_off", marks)),
        "changes": [(change, letter.now(change)) for change in letter.changes],
        # Whoever goes on from an episode has read it, and it did not answer them.
        "answered": [likely for likely in answered_already(letter.text) if likely.episode != form.goes_on_from],
        "airing": Airing(allowed["airing"]),
        "language": native_name(allowed["language"]),
        "longest": MAX_QUESTION_LENGTH,
        **_people_to_call(letter, allowed["language"]),
    }
    return render(request, "asking/check.html", context)


def _people_to_call(letter: Letter, language: str) -> dict[str, object]:
    """Lines for who calls for help and for who is young. What made us offer them is not marked, logged or passed on."""
    to_call = CrisisLine.objects.to_call
    people: dict[str, object] = {}
    if cries(letter.text) or cries(letter.sign_off):
        people |= {"calls_for_help": True, "lines": to_call(language)}
    if hold_for(letter.text, letter.sign_off, otherwise="") == Hold.UNDER_18:
        people |= {"may_be_under_18": True, "young_lines": to_call(language, callers=[Caller.YOUNG])}
    return people
