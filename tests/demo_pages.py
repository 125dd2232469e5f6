"""The pages of the demo show, for tests that look at every page."""

from questions.desk.lists.kinds import KINDS
from questions.lifecycle import QuestionState
from questions.models import CrisisLine, Episode, Question, Report, Topic

PUBLIC = (
    *("/", "/episodes/", "/episodes/stop-pretending/", "/episodes/sundays-or-march/", "/topics/", "/topics/talking/"),
    *("/seasons/2/", "/people/bettina-quill/", "/verdicts/probably-you/", "/about/", "/privacy/", "/house-rules/"),
    *("/help-now/", "/feeds/", "/your-device/", "/nowhere/", "/desk/account/login/"),
    *("/search/", "/search/?q=talk&topic=talking", "/search/?q=tallking+partnr", "/search/?q=xylophone&season=99"),
)


def first(state: QuestionState) -> Question:
    return Question.objects.in_state(state).in_queue_order()[0]


def pages_of_a_host() -> list[str]:
    """Every kind of page of the desk, each once."""
    topic = Topic.objects.order_by("pk")[0].pk
    episode, line = Episode.objects.newest_first()[0], CrisisLine.objects.order_by("pk")[0].pk
    return [
        "/desk/", *(f"/desk/queue/{name}/" for name in ("kept", "ready", "declined")),
        *(first(state).get_absolute_url() for state in (QuestionState.WAITING, QuestionState.DECLINED)),
        f"{first(QuestionState.WAITING).get_absolute_url()}#decline",
        f"/desk/questions/{first(QuestionState.ANSWERING).ref}/answer/",
        f"/desk/questions/{first(QuestionState.READY).ref}/answer/",
        *(f"/desk/questions/{first(QuestionState.READY).ref}/revisions/{more}" for more in ("", "compare/")),
        "/desk/mentions/", "/desk/preferences/",
        "/desk/episodes/", "/desk/episodes/new/", f"/desk/episodes/{episode.ref}/preview/",
        f"/desk/episodes/{episode.ref}/correct/", f"/desk/episodes/{episode.ref}/retract/",
        "/desk/reports/", *(report.get_absolute_url() for report in Report.objects.open()),
        "/desk/insights/", "/desk/notices/", "/desk/notices/webhooks/new/",
        *(f"/desk/house/{room}" for room in ("", "well/", "asking/", "promises/", "crisis-lines/")),
        *(f"/desk/house/crisis-lines/{way}/" for way in ("new", line, f"{line}/remove")),
        "/desk/show/", "/desk/show/edit/", "/desk/resources/", "/desk/topics/", "/desk/topics/new/",
        *(f"/desk/topics/{topic}/{more}" for more in ("", "merge/", f"merge/?into={topic + 1}", "delete/")),
        *(f"/desk/lists/{kind}/{more}" for kind in KINDS for more in ("", "new/")),
        "/desk/people/", "/desk/people/new/", "/desk/people/invite/", "/desk/history/", "/desk/account/",
        "/desk/account/password/change/", "/desk/account/2fa/", "/desk/account/logout/",
    ]  # fmt: skip
