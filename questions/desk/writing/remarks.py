"""What hosts say to each other about passages of the wording and the answer, as the writing page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from questions.actions import correspond
from questions.actions.acting import Actor, Refused
from questions.actions.comment import comment, resolve
from questions.desk.fields import ProseField
from questions.desk.triage.forms import MAX_MESSAGE_LENGTH
from questions.models import Comment, Event, Part, Question
from questions.rendering import plain_words

MAX_QUOTE_LENGTH = 600


class CommentForm(forms.Form):
    """A comment on a passage, or on the whole of a part."""

    part = forms.ChoiceField(label=_("About"), choices=Part, initial=Part.ANSWER)
    quote = ProseField(
        label=_("The passage"),
        max_length=MAX_QUOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Copy the words you mean, or leave it empty."),
    )
    comment = ProseField(
        label=_("Your comment"),
        max_length=MAX_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Only hosts read it. Name somebody as @name and they find it under “For you”."),
        error_messages={"required": _("Write the comment first.")},
    )
    use_required_attribute = False


@dataclass
class Thread:
    """A comment with its replies. `stands` is whether its passage still reads as it did."""

    first: Comment
    stands: bool
    typed: str = ""
    replies: list[Comment] = field(default_factory=list)


def threads(question: Question, *, wording: str, answer: str, typed: Mapping[str, str]) -> list[Thread]:
    """The talk about what stands on the page now; `typed` may hold replies that were not accepted."""
    said = {Part.WORDING: _squashed(wording), Part.ANSWER: f"{_squashed(answer)}\n{_squashed(plain_words(answer))}"}
    found: dict[int, Thread] = {}
    for said_once in Comment.objects.of(question):
        if said_once.reply_to_id in found:
            found[said_once.reply_to_id].replies.append(said_once)
        else:
            stands = _squashed(said_once.quote or "") in said[Part(said_once.part)]
            found[said_once.pk] = Thread(said_once, stands, typed.get(f"reply-{said_once.ref}", ""))
    return list(found.values())


def is_pressed(data: QueryDict) -> bool:
    """Whether a button of the comments was pressed."""
    return data.get("action") in ("comment", "ask") or "reply" in data or "resolve" in data


def say(data: QueryDict, question: Question, form: CommentForm, *, by: Actor) -> Event:
    """Do what the pressed button says: comment, reply, resolve or ask the asker. Raises Refused where it cannot be."""
    if "resolve" in data:
        return resolve(_meant(str(data["resolve"]), question), by=by)
    if "reply" in data:
        words = _words(data, f"reply-{data['reply']}", missing=_now("Write the reply first."))
        return comment(question, text=words, by=by, reply_to=_meant(str(data["reply"]), question))
    if data.get("action") == "ask":
        words = _words(data, "to_asker", missing=_now("Write something to the asker first."))
        return correspond.reply(question, text=words, by=by)
    said = form.cleaned_data
    return comment(question, text=said["comment"], by=by, part=said["part"], quote=said["quote"])


def _words(data: QueryDict, name: str, *, missing: str) -> str:
    """What was typed into a box that belongs to no form; raises Refused where it is nothing, or too much."""
    words = data.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()
    if not words:
        raise Refused(missing)
    if len(words) > MAX_MESSAGE_LENGTH:
        raise Refused(_now("At most {most} letters, please.").format(most=MAX_MESSAGE_LENGTH))
    return words


def _meant(ref: str, question: Question) -> Comment:
    found = [said for said in Comment.objects.of(question) if str(said.ref) == ref]
    if not found:
        raise Refused(_now("The comment is not there any more."))
    return found[0]


def _squashed(words: str) -> str:
    """The words with every stretch of white space alike: a browser selects and wraps lines as it likes."""
    return " ".join(words.split())
