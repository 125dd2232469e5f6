"""What the insights count: a fixed number of aggregate queries, and no word of any question.

Every table here goes through `guarding`, but for what has aired: that is public, so everybody can count it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import quantiles

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from questions.desk.insights.guarding import FEWEST, Guarded, guarded
from questions.lifecycle import QuestionState, Verb
from questions.models import Airing, DeclineReason, Episode, Event, Question, Segment, Topic, Verdict
from questions.models.question import GONE


@dataclass(frozen=True)
class Period:
    """Whole weeks from a Monday to the coming Sunday, and perhaps one topic alone."""

    weeks: int
    today: date
    zone: tzinfo
    topic: Topic | None = None

    @property
    def mondays(self) -> list[date]:
        this = self.today - timedelta(days=self.today.weekday())
        return [this - timedelta(weeks=back) for back in reversed(range(self.weeks))]

    @property
    def begins_on(self) -> date:
        return self.mondays[0]

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.begins_on, time(), self.zone)

    @property
    def questions(self) -> QuerySet[Question]:
        """Every question of the topic, of any time."""
        return Question.objects.filter(topics=self.topic) if self.topic else Question.objects.all()

    @property
    def asked(self) -> QuerySet[Question]:
        # Naming every state changes nothing but lets the database read the days from the index of the queue alone.
        return self.questions.filter(state__in=QuestionState.values, arrived_on__gte=self.begins_on).order_by()

    def events(self, *verbs: Verb) -> QuerySet[Event]:
        found = Event.objects.standing().filter(verb__in=verbs, day__gte=self.begins_on).order_by()
        return found.filter(subject__in=self.questions.values("ref")) if self.topic else found

    def by_week(self, days: dict[date, int]) -> list[int]:
        weeks: Counter[date] = Counter()
        for day, count in days.items():
            weeks[day - timedelta(days=day.weekday())] += count
        return [weeks[monday] for monday in self.mondays]


@dataclass(frozen=True)
class Table:
    """Counts under their labels; `aired` stands beside them where it means something.

    `others` says that rows that are kept back are not named, and that one row holds them together.
    """

    labels: list[str]
    counts: Guarded
    aired: list[int] | None = None
    others: bool = False

    def rows(self) -> list[tuple[str, int | None, int | None]]:
        """Label, count, aired; the count is None where it is kept back."""
        aired: list[int | None] = list(self.aired) if self.aired else [None] * len(self.labels)
        rows = list(zip(self.labels, self.counts.counts, aired, strict=True))
        if not self.others:
            return rows
        named = sorted((row for row in rows if row[1]), key=lambda row: -(row[1] or 0))
        together = self.counts.together
        return [*named, (_("Others, together"), together, None)] if together else named


@dataclass(frozen=True)
class Aired:
    """One day's worth of what has aired: when it was asked, when it was out, and how many questions."""

    asked_on: date
    out_on: date
    count: int


def asked_by_week(period: Period, aired: list[Aired]) -> Table:
    asked = dict(period.asked.values_list("arrived_on").annotate(count=Count("pk")))
    labels = [_("Week {number}").format(number=monday.isocalendar().week) for monday in period.mondays]
    out: Counter[date] = Counter()
    for row in aired:
        out[row.out_on] += row.count
    return Table(labels, guarded(period.by_week(asked)), period.by_week(out))


def asked_by_topic(period: Period, now: datetime) -> Table:
    """What was asked and what has aired by topic. A question may have several topics, so the sum is of tags."""
    tags = Question.topics.through._default_manager.filter(question__in=period.asked)
    asked = dict(tags.values_list("topic_id").annotate(count=Count("pk")))
    out = dict(
        Episode.objects.released(now).filter(release_at__gte=period.begins_at).exclude(topics=None)
        .order_by().values_list("topics").annotate(count=Count("pk"))
    )  # fmt: skip
    names = {topic.pk: topic.name for topic in Topic.objects.filter(pk__in=[*asked, *out]).order_by("name")}
    counts = guarded([asked.get(pk, 0) for pk in names])
    return Table(list(names.values()), counts, [out.get(pk, 0) for pk in names], others=True)


def all_aired(period: Period, now: datetime) -> list[Aired]:
    """What has aired in the period, by the days it was asked and was out."""
    out = Segment.objects.filter(episode__in=Episode.objects.released(now).filter(release_at__gte=period.begins_at))
    if period.topic:
        out = out.filter(answer__question__topics=period.topic)
    out_on = TruncDate("episode__release_at", tzinfo=period.zone)
    rows = out.order_by().values_list("answer__question__arrived_on", out_on).annotate(count=Count("pk"))
    return [Aired(*row) for row in rows]


WAITS: list[tuple[int, Callable[[], str]]] = [
    (7, lambda: _("Under a week")),
    (14, lambda: _("Under two weeks")),
    (28, lambda: _("Under four weeks")),
    (56, lambda: _("Under eight weeks")),
    (10**6, lambda: _("Longer")),
]


@dataclass(frozen=True)
class Waits:
    """How many days it took from asked to aired. A figure is None where fewer than five questions lie beyond it."""

    table: Table
    median: int | None
    quartiles: tuple[int, int] | None


def waits(aired: list[Aired]) -> Waits:
    """The days from asked to aired. The median needs 10 questions and the quartiles 20: five on every side of each."""
    days = sorted(max((row.out_on - row.asked_on).days, 0) for row in aired for _each in range(row.count))
    bins = [0] * len(WAITS)
    for wait in days:
        bins[next(place for place, (below, _label) in enumerate(WAITS) if wait < below)] += 1
    lower = middle = upper = 0.0
    if len(days) >= 2:
        lower, middle, upper = quantiles(days, n=4, method="inclusive")
    return Waits(
        Table([label() for _below, label in WAITS], guarded(bins)),
        round(middle) if len(days) >= 2 * FEWEST else None,
        (round(lower), round(upper)) if len(days) >= 4 * FEWEST else None,
    )


def said(period: Period) -> dict[tuple[str, str | None], int]:
    """How often hosts declined, by reason, and what askers said of a wording: one query for both."""
    reason = KeyTextTransform("reason", "details")
    verbs = period.events(Verb.DECLINE, Verb.CONSENT, Verb.ASK_CHANGE, Verb.OBJECT)
    rows = verbs.annotate(reason=reason).values_list("verb", "reason").annotate(count=Count("pk"))
    return {(verb, slug): count for verb, slug, count in rows}


def declined(events: dict[tuple[str, str | None], int]) -> Table:
    labels = dict(DeclineReason.objects.values_list("slug", "label"))
    found = {slug: count for (verb, slug), count in events.items() if verb == Verb.DECLINE and slug}
    slugs = sorted(found)
    return Table([labels.get(slug, slug) for slug in slugs], guarded([found[slug] for slug in slugs]), others=True)


def said_of_wordings(events: dict[tuple[str, str | None], int]) -> Table:
    verbs = {Verb.CONSENT: _("Agreed"), Verb.ASK_CHANGE: _("Asked for another"), Verb.OBJECT: _("Said no")}
    counts = [sum(count for (verb, _slug), count in events.items() if verb == said) for said in verbs]
    return Table(list(verbs.values()), guarded(counts))


def waiting_by_age(period: Period) -> Table:
    """The questions that nobody has decided about, by age; of any time, not of the period alone."""
    today, waiting = period.today, period.questions.filter(state=QuestionState.WAITING)
    since = {"today": today, "week": today - timedelta(days=6), "month": today - timedelta(days=29)}
    older = {name: Count("pk", filter=Q(arrived_on__gte=day)) for name, day in since.items()}
    found = waiting.order_by().aggregate(**older, all=Count("pk"))
    ages = [
        found["today"],
        found["week"] - found["today"],
        found["month"] - found["week"],
        found["all"] - found["month"],
    ]
    return Table([_("Today"), _("Under a week"), _("Under a month"), _("Longer")], guarded(ages))


def allowed(period: Period) -> Table:
    """What askers allow. Who took a question back has said nothing any more, but is counted.

    Without them the sum here, beside the sum of the weeks, would tell how many have gone, were they few.
    """
    found: Counter[str] = Counter()
    for airing, state, count in period.asked.values_list("airing", "state").annotate(count=Count("pk")):
        found["" if state in GONE else airing] += count
    labels = {
        Airing.PREVIEW: _("Once they have seen the wording"),
        Airing.FREELY: _("As we word it"),
        Airing.PRIVATE: _("Not at all"),
        "": _("Taken back or forgotten"),
    }
    return Table(list(labels.values()), guarded([found[airing] for airing in labels]))


def verdicts(now: datetime) -> list[tuple[str, int]]:
    """The verdicts of everything that readers can see, the commonest first. They are public, and counted in clear."""
    given = [(verdict.words, verdict.episode_count) for verdict in Verdict.objects.with_episode_counts(now)]
    return sorted((verdict for verdict in given if verdict[1]), key=lambda verdict: -verdict[1])
