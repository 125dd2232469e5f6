"""Random walks through everything that may happen, by everybody, in any order: what must never break, does not."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from questions.actions import assemble, consent, correct, correspond, retract, schedule, settle, withdraw
from questions.actions.acting import ASKER, CLOCK, Actor, Refused, acting
from questions.actions.alert import alert, stand_down
from questions.actions.amend import amend
from questions.actions.approve import approve, reopen
from questions.actions.claim import claim, lapse, renew, take_over, unclaim
from questions.actions.consenting import may_air
from questions.actions.decline import decline, reconsider
from questions.actions.draft import draft
from questions.actions.holding import air
from questions.actions.keep import keep
from questions.actions.lift import lift
from questions.actions.merge import merge, split
from questions.actions.report import report
from questions.actions.reword import reword
from questions.actions.submit import Submission, submit
from questions.actions.tag import tag
from questions.actions.undo import undo
from questions.lifecycle import EpisodeState, Verb
from questions.models import (
    Airing,
    Answer,
    Credit,
    DeclineReason,
    Episode,
    Event,
    Question,
    Report,
    ReportKind,
    Season,
    Topic,
)
from tests import cast, factories
from tests.history import assert_history_is_whole

STEPS = 100
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("UTC"))


class Walk:
    """One show, one walk: random deeds by random people, and what the walk remembers of them."""

    def __init__(self, seed: int, tell: Callable[[str], None] = lambda line: None) -> None:
        self.tell = tell
        self.chance = random.Random(seed)
        self.now = NOON
        self.words = 0
        self.macs: dict[int, str] = {}
        self.whole: dict[UUID, tuple[object, ...]] = {}
        self.approved: set[tuple[str, str]] = set()
        self.people = [cast.noor(), cast.tomas(), cast.ines(), cast.viv()]
        self.reason = DeclineReason.objects.get_or_create(slug="no", defaults={"label": "No", "words": "No."})[0]
        self.season = Season.objects.get_or_create(number=1)[0]
        self.topic = Topic.objects.get_or_create(slug="sleep", defaults={"name": "Sleep"})[0]
        with factories.the_time(self.now):
            for _question in range(6):
                self.do_submit()

    def step(self) -> None:
        deed = self.chance.choice(self.deeds())
        # The clock goes on, sometimes past the quarter of an hour or the day of an airing.
        self.now += self.chance.choice([timedelta(seconds=20), timedelta(minutes=16), timedelta(hours=13)])
        with factories.the_time(self.now):
            before = self.snapshot()
            try:
                deed()
            except Refused as no:
                self.tell(f"{deed.__name__}: {no}")
                assert self.snapshot() == before, "a refused deed changed something"
            else:
                self.tell(f"{deed.__name__} was done")
            self.remember_approvals()
            self.check()

    def end(self) -> None:
        """Look at every history once more: nothing that came later has touched what was there."""
        self.whole.clear()
        with factories.the_time(self.now):
            self.check()

    def deeds(self) -> list[Callable[[], object]]:
        """Everything, but what leads to an episode more often than what ends a question."""
        every = [getattr(self, name) for name in dir(type(self)) if name.startswith("do_")]
        way = [self.do_draft, self.do_approve, self.do_claim, self.do_assemble, self.do_publish, self.do_schedule]
        often = [self.do_merge, self.do_lift, self.do_submit, self.do_undo, self.do_amend, self.do_ask_for_change]
        return every + way * 8 + often * 2 + [self.do_publish, self.do_retract] * 4 + [self.do_settle]

    # Choosing

    def text(self) -> str:
        self.words += 1
        return f"words number {self.words}"

    def asked_text(self) -> str:
        """Words of an asker, who now and then tells that they are young."""
        age = " I am 15 years old." if self.chance.random() < 0.05 else ""
        return f"{self.text()}.{age}"

    def by(self) -> Actor:
        # Mostly hosts, so that walks get somewhere; now and then somebody who must be refused.
        hosts = self.people[:2] * 4
        return self.chance.choice([acting(person) for person in [*hosts, *self.people]] + [ASKER, CLOCK])

    def question(self, likely: str = "") -> Question:
        """Any question; mostly one in the state that is `likely` to let the deed be done."""
        fitting = list(Question.objects.filter(state=likely).order_by("pk"))
        if fitting and self.chance.random() < 0.8:
            return self.chance.choice(fitting)
        return self.chance.choice(list(Question.objects.order_by("pk")))

    def episode(self) -> Episode:
        found = list(Episode.objects.exclude(segments=None).order_by("pk"))
        return self.chance.choice(found) if found else Episode(season=self.season, number=1, slug="none")

    def seen(self, row: Question | Episode) -> int:
        return row.version if self.chance.random() < 0.9 else row.version - 1

    def on_question(self, deed: Callable[..., Any], likely: str = "", **extra: Any) -> object:
        question = self.question(likely)
        return deed(question, by=self.by(), seen=self.seen(question), **extra)

    def on_episode(self, deed: Callable[..., Any], **extra: Any) -> object:
        episode = self.episode()
        return episode.pk and deed(episode, by=self.by(), seen=self.seen(episode), **extra)

    # Deeds

    def do_submit(self) -> Question:
        fields = Submission(
            text=self.asked_text(),
            airing=self.chance.choice([Airing.FREELY] * 4 + Airing.values),
            may_edit=self.chance.random() < 0.8,
            silence_means_yes=self.chance.random() < 0.5,
            held="spam" if self.chance.random() < 0.1 else "",
        )
        return submit(fields, nonce=str(self.words))[1]

    def do_keep(self) -> object:
        return self.on_question(keep)

    def do_lift(self) -> object:
        return self.on_question(lift)

    def do_alert(self) -> object:
        return alert(self.question("waiting"), by=self.by())

    def do_stand_down(self) -> object:
        return stand_down(self.question("waiting"), by=self.by())

    def do_lapse(self) -> object:
        return lapse(self.question("answering"))

    def do_renew(self) -> object:
        return renew(self.question("answering"), by=self.chance.choice(self.people))

    def do_claim(self) -> object:
        return self.on_question(claim, "waiting")

    def do_unclaim(self) -> object:
        return self.on_question(unclaim)

    def do_take_over(self) -> object:
        return self.on_question(take_over)

    def do_decline(self) -> object:
        return self.on_question(decline, reason=self.reason)

    def do_reconsider(self) -> object:
        return self.on_question(reconsider)

    def do_reword(self) -> object:
        return self.on_question(reword, text=self.text(), sign_off="S")

    def do_draft(self) -> object:
        return self.on_question(draft, "answering", body=self.text())

    def do_approve(self) -> object:
        return self.on_question(approve, "answering")

    def do_reopen(self) -> object:
        return self.on_question(reopen)

    def do_merge(self) -> object:
        return self.on_question(merge, "waiting", into=self.question())

    def do_split(self) -> object:
        return self.on_question(split)

    def do_tag(self) -> object:
        return tag(self.question(), topics=[self.topic], by=self.by())

    def do_note(self) -> object:
        return correspond.note(self.question(), text=self.text(), by=self.by())

    def do_reply(self) -> object:
        return correspond.reply(self.question(), text=self.text(), by=self.by())

    def do_add(self) -> object:
        return correspond.add(self.question(), text=self.text())

    def do_amend(self) -> object:
        question = self.question("waiting")
        event = amend(question, text=self.asked_text(), sign_off="S")
        assert not question.wordings.exists()
        assert not question.notes.exists()
        assert not Answer.objects.filter(question=question).exists()
        return event

    def do_answer_privately(self) -> object:
        return self.on_question(correspond.answer_privately, text=self.text())

    def do_preview(self) -> object:
        return self.on_question(consent.preview)

    def do_consent(self) -> object:
        return consent.consent(self.question(), wording=self.chance.choice([1, 1, 2, 3]))

    def do_ask_for_change(self) -> object:
        return consent.ask_for_change(
            self.question("ready"), wording=self.chance.choice([1, 1, 2, 3]), text=self.text()
        )

    def do_object(self) -> object:
        return consent.object_to_airing(self.question())

    def do_withdraw(self) -> object:
        return withdraw.withdraw(self.question())

    def do_forget(self) -> object:
        return withdraw.forget(self.question())

    def do_erase_traces(self) -> object:
        question = self.question("forgotten")
        withdraw.erase_traces(question)
        left = set(Event.objects.values_list("pk", flat=True))
        self.macs = {pk: mac for pk, mac in self.macs.items() if pk in left}
        assert not Event.objects.of(question.ref).exists()
        return question.pk

    def do_assemble(self) -> object:
        is_unapproved = self.chance.random() < 0.2
        ready = list(Answer.objects.filter(segments=None, approved_revision__isnull=is_unapproved).order_by("pk"))
        chosen = self.chance.sample(ready, min(len(ready), self.chance.choice([0, 1, 1, 1, 2])))
        self.words += 1
        contents = assemble.Contents(
            season=1, number=self.words, slug=f"e{self.words}", title=self.text(), answers=chosen,
            credits=[Credit(person=self.people[0], role="answered")],
        )  # fmt: skip
        return assemble.assemble(contents, by=self.by())

    def do_disband(self) -> object:
        return self.on_episode(assemble.disband)

    def do_schedule(self) -> object:
        return self.on_episode(schedule.schedule, at=self.now + timedelta(hours=self.chance.choice([-1, 1, 20])))

    def do_unschedule(self) -> object:
        return self.on_episode(schedule.unschedule)

    def do_publish(self) -> object:
        return self.on_episode(schedule.publish)

    def do_retract(self) -> object:
        return self.on_episode(retract.retract)

    def do_correct(self) -> object:
        def corrected(episode: Episode, **who: Any) -> object:
            bodies = [self.text() for _segment in episode.script.segments]
            event = correct.correct(episode, bodies=bodies, words="A slip.", **who)
            pairs = zip(episode.script.segments, bodies, strict=True)
            self.approved |= {(segment.question, body) for segment, body in pairs}
            return event

        return self.on_episode(corrected)

    def do_report(self) -> object:
        aired = list(Episode.objects.exclude(release_at=None).order_by("pk"))
        kind = self.chance.choice(ReportKind.values)
        return aired and report(self.chance.choice(aired), kind=kind, text=self.text(), nonce=str(self.words))

    def do_settle(self) -> object:
        told = list(Report.objects.order_by("pk"))
        return told and settle.settle(self.chance.choice(told), outcome=self.text(), by=self.by())

    def do_take_up(self) -> object:
        told = list(Report.objects.exclude(settled_on=None).order_by("pk")) or list(Report.objects.order_by("pk"))
        return told and settle.take_up(self.chance.choice(told), by=self.by())

    def do_air(self) -> object:
        episode = self.episode()
        return air(episode) if episode.pk else None

    def do_undo(self) -> object:
        events = list(Event.objects.order_by("-pk")[:8])
        events = [
            event for event in events if Episode.objects.filter(ref=event.subject) or event.subject_kind == "question"
        ]
        return undo(self.chance.choice(events), by=self.by()) if events else None

    # Invariants

    def snapshot(self) -> list[object]:
        return [
            list(
                Question.objects.order_by("pk").values_list("pk", "state", "version", "held", "wording", "claimed_by")
            ),
            list(Episode.objects.order_by("pk").values_list("pk", "version", "release_at", "retracted_at", "slug")),
            list(Answer.objects.order_by("pk").values_list("pk", "current_revision", "approved_revision")),
            list(Report.objects.order_by("pk").values_list("pk", "settled_on", "settled_by", "outcome")),
            Event.objects.count(),
        ]

    def remember_approvals(self) -> None:
        for answer in Answer.objects.exclude(approved_revision=None).select_related("approved_revision"):
            assert answer.approved_revision
            assert answer.approved_wording
            self.approved.add((answer.approved_wording.text or "", answer.approved_revision.body or ""))

    def check(self) -> None:
        self.nothing_unapproved_is_on_air()
        self.no_decision_is_lost()
        newest = dict(Event.objects.order_by().values_list("subject").annotate(Max("pk")))
        for question in Question.objects.all():
            if self.has_moved(question, newest):
                assert_history_is_whole(question.ref, question.state, question.version)
            self.gone_means_gone(question)
            self.held_means_held(question)
        for episode in Episode.objects.all():
            if not self.has_moved(episode, newest):
                continue
            last = Event.objects.of(episode.ref).last()
            assert last is not None
            shown = last.after
            if shown == EpisodeState.SCHEDULED and episode.state == EpisodeState.PUBLISHED:
                shown = EpisodeState.PUBLISHED
            assert_history_is_whole(episode.ref, last.after, episode.version, first_version=0)
            assert shown == episode.state

    def has_moved(self, row: Question | Episode, newest: dict[UUID, int]) -> bool:
        """Whether there is more of its history than when we last looked."""
        standing = (row.state, row.version, newest.get(row.ref))
        if self.whole.get(row.ref) == standing:
            return False
        self.whole[row.ref] = standing
        return True

    def nothing_unapproved_is_on_air(self) -> None:
        for episode in Episode.objects.released(timezone.now()):
            spoken = {(segment.question, segment.body) for segment in episode.script.segments}
            assert spoken, "an empty episode is on air"
            assert spoken <= self.approved
        for answer in Answer.objects.filter(
            segments__episode__release_at__gt=timezone.now(), segments__episode__retracted_at=None
        ):
            assert may_air(answer, timezone.localdate()) == "", "the schedule holds what its asker forbids"

    def no_decision_is_lost(self) -> None:
        macs = dict(Event.objects.values_list("pk", "mac"))
        assert {pk: macs.get(pk) for pk in self.macs} == self.macs
        self.macs = macs

    def held_means_held(self, question: Question) -> None:
        if question.held:
            assert not question.followers.exists()
            assert not Episode.objects.filter(segments__answer__question=question)

    def gone_means_gone(self, question: Question) -> None:
        if question.is_gone:
            assert (question.text, question.sign_off) == (None, None)
            left = [question.wordings, question.messages, question.notes]
            assert [rows.count() for rows in left] == [0, 0, 0]
            assert not Episode.objects.filter(segments__answer__question=question, aired_script__isnull=True)
            assert all(answer.revisions.count() == 0 for answer in Answer.objects.filter(question=question))


class RandomWalks(TestCase):
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(seed=st.integers(0, 2**32))
    def test_whatever_people_do_nothing_unapproved_airs_and_no_decision_is_lost(self, seed: int) -> None:
        walk = Walk(seed, tell=note)
        for _step in range(STEPS):
            walk.step()
        walk.end()

    def test_walks_do_get_somewhere(self) -> None:
        """A walk that never airs anything would prove nothing."""
        wanted = {
            Verb.MERGE, Verb.APPROVE, Verb.SCHEDULE, Verb.PUBLISH, Verb.RETRACT, Verb.OBJECT, Verb.WITHDRAW, Verb.UNDO,
            Verb.AMEND, Verb.ASK_CHANGE, Verb.LIFT, Verb.SETTLE, Verb.TAKE_UP,
        }  # fmt: skip
        missing: set[str] = set(wanted)
        for seed in range(12):
            with transaction.atomic():
                walk = Walk(seed)
                for _step in range(STEPS):
                    walk.step()
                missing -= set(Event.objects.values_list("verb", flat=True))
                transaction.set_rollback(True)
            if not missing:
                break
        assert missing == set()
