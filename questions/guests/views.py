"""What a link shows: to a guest the one question that is theirs to answer, to an outsider a coming episode."""

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.actions.acting import Actor, Refused, Stale
from questions.actions.guest import guest_of, hand_in, handed_in, introduce, is_theirs, write_as_guest
from questions.actions.share import may_be_looked_at
from questions.guests.door import Shut, by_link
from questions.guests.forms import GuestForm
from questions.lifecycle import EpisodeState, QuestionState
from questions.models import Answer, Episode, LinkKind, Question, SharedLink
from questions.rendering import MAX_LENGTH, render_answer, render_plain
from questions.showing import Page
from questions.visibility import shown_resources

DONE = ("saved", "handed-in")


@by_link(LinkKind.GUEST, "GET", "HEAD", "POST")
def answer_as_guest(request: HttpRequest, link: SharedLink) -> HttpResponse:
    """The question that is read out and the guest's answer to it. What was typed is kept, whatever has happened."""
    question, by = _question_of(link), guest_of(link)
    assert by.person
    form = GuestForm(request.POST if request.method == "POST" else None, question=question, guest=by.person)
    step = request.POST.get("step", "")
    if step == "look" or not form.is_valid():
        return _page(request, link, form)
    try:
        _save(question, form, by=by, is_done=step == "hand-in")
    except Refused as refused:
        newest = _question_of(link)
        form.catch_up(newest.version)
        return _page(request, link, form, refused)
    return redirect(f"{request.path}?done={DONE[step == 'hand-in']}#top")


@by_link(LinkKind.GUEST, "POST")
def look_at_answer(request: HttpRequest, link: SharedLink) -> HttpResponse:
    """One piece of HTML: the posted Markdown as readers would see it. Nothing is stored."""
    _question_of(link)
    answer = render_answer(request.POST.get("body", "")[:MAX_LENGTH], prefix="preview")
    return render(request, "desk/_answer_as_read.html", {"answer": answer, "with_counts": True})


@by_link(LinkKind.PREVIEW, "GET", "HEAD")
def see_preview(request: HttpRequest, link: SharedLink) -> HttpResponse:
    """An episode as readers will see it. Once they do, the link leads to their page."""
    assert link.episode
    episode = Episode.objects.for_page().get(pk=link.episode.pk)
    now = timezone.now()
    state = episode.state_at(now)
    if state == EpisodeState.PUBLISHED:
        return redirect(episode)
    if state == EpisodeState.RETRACTED:
        raise Shut(HTTPStatus.GONE, _("This episode has been taken down"), _("It was published, and is not any more."))
    if not may_be_looked_at(episode):
        sentence = _("The show is still working on it. Your link stays good until its day: try again later.")
        raise Shut(HTTPStatus.CONFLICT, _("This episode cannot be looked at just now"), sentence)
    page = Page(episode, episode.script, shown_resources(episode, max(now, episode.release_at or now)))
    return render(request, "guests/see_preview.html", {"page": page, "episode": episode, "link": link})


def _question_of(link: SharedLink) -> Question:
    """The link's question as it is now; the door shuts where it is not the guest's to answer any more."""
    assert link.question
    question = Question.objects.select_related("wording").get(pk=link.question.pk)
    if is_theirs(question, guest_of(link)):
        return question
    if question.state == QuestionState.READY:
        heading, sentence = _("Your answer is approved"), _("Thank you. Nothing more can be changed here.")
    else:
        heading = _("This question is not yours to answer any more")
        sentence = _("The show has taken it back, or it is not there any more. What you had saved, the show has.")
    raise Shut(HTTPStatus.CONFLICT, heading, sentence)


@transaction.atomic
def _save(question: Question, form: GuestForm, *, by: Actor, is_done: bool) -> None:
    """Save everything that was typed, all of it or nothing, and hand it in where the guest says it is done."""
    assert by.person
    write_as_guest(question, body=form.cleaned_data["body"], by=by, seen=form.version)
    if is_done:
        hand_in(question, by=by)
    # Last, because it holds the house: whoever needs a question as well holds that first.
    introduce(by.person, **form.introduction(), by=by)


def _page(request: HttpRequest, link: SharedLink, form: GuestForm, refused: Refused | None = None) -> HttpResponse:
    question = _question_of(link)
    answer = Answer.objects.filter(question=question).select_related("current_revision").first()
    context = {
        "link": link,
        "question": question,
        "wording": render_plain(question.spoken_text),
        "form": form,
        "revision": answer.current_revision if answer else None,
        "handed_in": handed_in(question),
        "done": request.GET.get("done", "") if request.method != "POST" else "",
        "preview": render_answer(form.typed_body, prefix="preview"),
        "refused": refused,
        "is_stale": isinstance(refused, Stale),
    }
    status = HTTPStatus.CONFLICT if refused else 422 if form.is_bound and form.errors else 200
    return render(request, "guests/answer_as_guest.html", context, status=status)
