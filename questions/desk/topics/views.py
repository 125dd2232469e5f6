"""The topics of the show: named, ordered below each other, merged and deleted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from questions.actions import topics as deeds
from questions.actions.acting import Refused
from questions.actions.merge_topics import merge_topics
from questions.desk.access import hosts_only
from questions.desk.house.standing import actor_of, form_page, is_done, posted, refusal_of
from questions.desk.seen import status_of
from questions.desk.toast import toast
from questions.desk.topics.forms import MergeForm, TopicForm
from questions.models import Topic


@hosts_only
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, narrower ones below wider ones, with what hangs on them."""
    every_topic = list(Topic.objects.for_house(timezone.now()))
    by_pk = {topic.pk: topic for topic in every_topic}
    lines = [(topic, by_pk.get(topic.parent_id or 0)) for topic in every_topic]
    lines.sort(key=lambda line: _names_down_to(line[0], by_pk))
    return render(request, "desk/topics.html", {"lines": lines})


def _names_down_to(topic: Topic, by_pk: dict[int, Topic]) -> list[str]:
    """The names from the widest topic down to this one."""
    way = [topic]
    while (above := by_pk.get(way[-1].parent_id or 0)) and above not in way:
        way.append(above)
    return [topic.name.casefold() for topic in reversed(way)]


@hosts_only
def new_topic(request: HttpRequest) -> HttpResponse:
    return _topic_page(request, None, Topic())


@hosts_only
def edit_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic's name, words and address. What was typed is kept, also when it was merged or deleted meanwhile."""
    found = Topic.objects.filter(pk=pk).first()
    if found is None and request.method != "POST":
        return redirect("desk:topics")
    return _topic_page(request, found, found or Topic(pk=pk))


def _topic_page(request: HttpRequest, found: Topic | None, topic: Topic) -> HttpResponse:
    """Save what was sent, or show the form with what is wrong. `found` is the topic on the list, if it is there."""
    form, refused = TopicForm(posted(request), topic=found), None
    facts = deeds.topic_facts(found) if found else {}
    form.initial = dict(facts)
    form.begin_with(facts)
    if form.is_valid():
        set_topic = deeds.set_topic
        refused = refusal_of(
            form,
            lambda: set_topic(topic, form.topic_facts, shown=form.page_showed if found else None, by=actor_of(request)),
        )
    if is_done(form, refused):
        toast(request, _("Saved: {topic}.").format(topic=form.cleaned_data["name"]), None)
        return redirect("desk:topics")
    found = Topic.objects.filter(pk=topic.pk).first() if topic.pk else None
    facts = deeds.topic_facts(found) if found else {}
    stands = {**facts, "parent": found.parent if found else None}
    return form_page(request, "desk/edit_topic.html", form, refused, facts=facts, stands=stands, topic=found)


@hosts_only
def merge_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the topic that stays, look at what moves, and say that it may."""
    topic = get_object_or_404(Topic.objects.for_house(timezone.now()), pk=pk)
    form = MergeForm(posted(request) or (request.GET if "into" in request.GET else None), topic=topic)
    into, refused = form.cleaned_data["into"] if form.is_valid() else None, None
    if into and request.method == "POST":
        try:
            merge_topics(topic, into=into, by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            sentence = _("“{topic}” is another word for “{into}” now.").format(topic=topic.name, into=into.name)
            toast(request, sentence, None)
            return redirect("desk:topics")
    counts = {name: getattr(topic, name).count() for name in ("questions", "episodes", "children")}
    context = {"topic": topic, "form": form, "into": into, "counts": counts, "refused": refused}
    return render(request, "desk/merge_topic.html", context, status=status_of(form, refused))


@hosts_only
def delete_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a topic that nothing uses, after being asked."""
    topic = Topic.objects.filter(pk=pk).first()
    if topic is None:
        return redirect("desk:topics")
    refused = None
    if request.method == "POST":
        try:
            deeds.delete_topic(topic, by=actor_of(request))
        except Refused as no:
            refused = no
        else:
            toast(request, _("Deleted: {topic}.").format(topic=topic.name), None)
            return redirect("desk:topics")
    context = {"topic": topic, "is_used": deeds.is_used(topic), "refused": refused}
    return render(request, "desk/delete_topic.html", context, status=409 if refused else 200)
