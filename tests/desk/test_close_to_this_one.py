"""Beside each question: what is likest to it, one press from a merge or an answer, and the topics that fit."""

import pytest

from questions.actions.acting import acting
from questions.actions.tag import tag
from questions.models import Question
from questions.models.question import Airing
from tests import cast, factories

pytestmark = pytest.mark.django_db

SNORING = "My wife snores like a tractor and I sleep on the sofa. How do I ask her for a second bedroom?"


def page_of(asked: Question) -> str:
    return cast.signed_in(cast.noor()).get(asked.get_absolute_url()).content.decode()


def test_the_likest_question_is_merged_by_one_press() -> None:
    lead, asked = factories.asked(SNORING), factories.asked("He snores like a tractor. May I ask for a second bedroom?")
    page = page_of(asked)
    assert f'<a class="near__words blurs" href="{lead.get_absolute_url()}"' in page
    assert "<mark>" in page.partition('class="near"')[2]
    assert f'<input type="hidden" name="into" value="{lead.number}">' in page
    sent = {"seen": asked.version, "into": lead.number}
    cast.signed_in(cast.noor()).post(f"/desk/questions/{asked.ref}/merge/", sent)
    asked.refresh_from_db()
    assert asked.merged_into == lead


@pytest.mark.parametrize("which", ["the lead", "the follower"])
def test_what_cannot_be_merged_offers_no_merge(which: str) -> None:
    lead, asked = factories.asked(SNORING), factories.asked("He snores like a tractor. A second bedroom?")
    private = lead if which == "the lead" else asked
    Question.objects.filter(pk=private.pk).update(airing=Airing.PRIVATE)
    page = page_of(asked)
    assert lead.get_absolute_url() in page.partition('class="near"')[2]
    assert 'name="into" value=' not in page


def test_an_aired_answer_is_sent_by_one_press() -> None:
    episode = factories.published_episode(answers=[factories.approved_answer(SNORING)])
    asked = factories.asked("He snores like a tractor. May I ask for a second bedroom?")
    page = page_of(asked)
    assert f'href="{asked.get_absolute_url()}?send={episode.slug}#reply">Send as answer</a>' in page


def test_suspected_spam_is_not_shown_beside_a_question() -> None:
    factories.asked(f"{SNORING} Cheap pillows!", held="spam")
    page = page_of(factories.asked("She snores like a tractor. May I ask for a second bedroom?"))
    assert "Suspected spam, not shown here" in page.partition('class="near"')[2].partition("</section>")[0]
    assert "Cheap pillows" not in page


def test_a_viewer_sees_what_is_close_and_is_offered_nothing() -> None:
    factories.asked(SNORING)
    asked = factories.asked("She snores like a tractor. May I ask for a second bedroom?")
    page = cast.signed_in(cast.viv()).get(asked.get_absolute_url()).content.decode()
    assert "Close to this one" in page
    assert 'name="into" value=' not in page


def test_topics_that_fit_come_first_and_are_not_ticked() -> None:
    for name in ("Beds", "Jealousy", "Sleep", "Work"):
        factories.topic(name)
    tag(factories.asked("Snoring again."), topics=[factories.topic("Sleep")], by=acting(cast.tomas()))
    form = cast.signed_in(cast.noor()).get(factories.asked(SNORING).get_absolute_url())
    choices = form.context["detail"].panels["tag"].form["topics"]
    assert choices.initial == []
    assert next(box.choice_label for box in choices.subwidgets) == "Sleep"
    assert "suggested: one of our commonest" in form.content.decode()


def test_a_topic_that_it_has_already_is_not_suggested() -> None:
    asked, sleep = factories.asked(SNORING), factories.topic("Sleep")
    for question in (asked, factories.asked("Snoring again.")):
        tag(question, topics=[sleep], by=acting(cast.tomas()))
    assert "suggested" not in page_of(asked)
