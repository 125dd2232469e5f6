"""What the show promises its readers and askers: each sentence, for how long it holds, and the test that proves it.

The privacy page is printed from this table, and so is the table in docs/privacy.md. What is said elsewhere on the site
about keeping things says no more than this.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from questions.models import Show


class Section(TextChoices):
    """The parts of the privacy page, in their order."""

    READING = "reading", _("If you read")
    ASKING = "asking", _("If you ask")
    HOW_LONG = "how-long", _("For how long")
    CANNOT = "cannot", _("What we cannot promise")


@dataclass(frozen=True)
class Promise:
    """One sentence. `what` may name its `{period}`; `proof` is the address of a test as pytest takes it."""

    section: Section
    what: str | LazyText
    how_long: Callable[[Show], str] | str | LazyText
    proof: str = ""

    def period(self, show: Show) -> str:
        """For how long it holds, in the days that the show has set."""
        return self.how_long(show) if callable(self.how_long) else str(self.how_long)

    def sentence(self, show: Show) -> str:
        return str(self.what).format(period=self.period(show))


def _days(field: str) -> Callable[[Show], str]:
    """The days that the show keeps something, in words: "60 days"."""

    def in_words(show: Show) -> str:
        days: int = getattr(show, field)
        return ngettext("{days} day", "{days} days", days).format(days=days)

    return in_words


ALWAYS, NEVER, AT_ONCE = _("always"), _("never kept"), _("at once")
WITH_THE_QUESTION = _("as long as the question")

PROMISES = (
    Promise(
        Section.READING,
        _("These pages set no cookie and count nobody. Everybody gets the very same page."),
        ALWAYS,
        "tests/reading/test_pages_do_not_vary.py::test_a_host_who_is_signed_in_gets_the_same_bytes_as_anybody",
    ),
    Promise(
        Section.READING,
        _("Everything on them comes from here: no letters, pictures or scripts of anybody else."),
        ALWAYS,
        "tests/reading/test_pages_do_not_vary.py::test_a_page_loads_nothing_from_anybody_else",
    ),
    Promise(
        Section.READING,
        _(
            "A film is fetched from the site that hosts it when you press play, and not before. From then on that"
            " site sees you, and its own rules hold."
        ),
        ALWAYS,
        "tests/journeys/test_promises_to_readers.py::test_a_film_is_fetched_on_play_and_not_before",
    ),
    Promise(
        Section.READING,
        _("Ticks in a checklist stay on your device, and only if you ask for that."),
        _("until you untick “keep”"),
        "tests/journeys/test_promises_to_readers.py::test_ticks_stay_on_the_device_and_only_when_asked_to",
    ),
    Promise(
        Section.READING,
        _(
            "How you like to read, what you agree to see and whether you want to be discreet stays on your device. "
            "None of it is sent to us: whatever you choose, your browser asks for the very same pages."
        ),
        _("until you change or erase it"),
        "tests/journeys/test_on_the_device.py::test_whatever_somebody_chooses_their_browser_asks_for_the_very_same",
    ),
    Promise(
        Section.READING,
        _(
            "Your browser keeps an episode for reading offline only if you ask it to, and never a page of asking, of "
            "a receipt or of search. An episode that we have taken down goes from there when you next look."
        ),
        _("until you remove it"),
        "tests/journeys/test_on_the_device_offline.py"
        "::test_only_the_episode_its_files_and_the_list_of_what_is_kept_are_stored",
    ),
    Promise(
        Section.READING,
        _("One button erases everything that these pages have put on your device."),
        AT_ONCE,
        "tests/journeys/test_on_the_device.py::test_one_press_erases_everything",
    ),
    Promise(
        Section.READING,
        _("No list is kept of who opened which page, or of what stood in its address."),
        NEVER,
        "tests/core/test_logs_name_nobody.py::test_the_server_that_run_starts_notes_no_request",
    ),
    Promise(
        Section.READING,
        _(
            "If you tell us that something is wrong in an episode, or that it is about you, we keep what you write, "
            "sealed, which episode it is and the day. Nothing says who you are, so nobody can answer you."
        ),
        _("until it is forgotten"),
        "tests/asking/test_reports.py::test_nothing_of_how_or_when_it_came_is_stored",
    ),
    Promise(
        Section.READING,
        _(
            "What you search for is looked up and forgotten: it is in no log and no count, and we tell nobody. It "
            "stands in the address, which your browser may remember."
        ),
        NEVER,
        "tests/reading/test_search.py::test_what_is_looked_for_is_kept_and_told_nowhere",
    ),
    Promise(
        Section.ASKING,
        _(
            "We keep your question, your sign-off and topics if you give any, the episode that you ask on from if "
            "you say so, its language, what you allow us to do with it, and the day on which it came."
        ),
        _("until it is forgotten or taken back"),
        "tests/asking/test_ask.py::test_a_question_is_stored_sealed_with_what_its_asker_allows",
    ),
    Promise(
        Section.ASKING,
        _("The words are sealed where they are stored: who copies the stored file alone cannot read them."),
        WITH_THE_QUESTION,
        "tests/core/test_sealing.py::test_the_database_holds_no_word_of_a_question",
    ),
    Promise(
        Section.ASKING,
        _("We keep no network address, no kind of browser, no page you came from and no time of day."),
        NEVER,
        "tests/asking/test_what_is_kept.py::test_nothing_of_the_way_a_question_came_is_stored",
    ),
    Promise(
        Section.ASKING,
        _("There is no account, no name and no e-mail address to give, and no cookie."),
        NEVER,
        "tests/asking/test_pages_of_asking.py::test_no_page_sets_a_cookie_or_leads_away_and_each_forbids_storing",
    ),
    Promise(
        Section.ASKING,
        _("What our pages notice while you write, such as a name or a cry for help, is noted nowhere."),
        NEVER,
        "tests/asking/test_ask.py::test_nothing_is_stored_before_it_is_sent",
    ),
    Promise(
        Section.ASKING,
        _(
            "If the words you send sound as if you were under 18, or come as fast as a machine sends them, we note "
            "with the question that a host must look at it first. If they call for help, we note that it has to be "
            "read before all others, and count the quarters of an hour until somebody has opened it. We note how "
            "many things in it could point to you, so that hosts take them out."
        ),
        WITH_THE_QUESTION,
        "tests/asking/test_withdraw_question.py"
        "::test_taking_it_back_leaves_nothing_that_its_asker_said_or_was_taken_for",
    ),
    Promise(
        Section.ASKING,
        _(
            "Your receipt is worked out from your question and is shown to you when you have sent it. We keep "
            "only a fingerprint of it, with which we can recognise it but not read it out to you again."
        ),
        WITH_THE_QUESTION,
        "tests/core/test_receipts.py::test_the_receipt_itself_is_kept_nowhere",
    ),
    Promise(
        Section.ASKING,
        _("That you came back to look leaves no trace. What you write to us later carries its day only."),
        NEVER,
        "tests/asking/test_what_is_kept.py::test_looking_leaves_nothing_behind",
    ),
    Promise(
        Section.ASKING,
        _("What a host decides reaches your receipt a quarter of an hour later, so that you never read a slip."),
        _("15 minutes"),
        "tests/asking/test_status.py::test_a_decision_is_told_after_fifteen_minutes_and_not_before",
    ),
    Promise(
        Section.ASKING,
        _(
            "If you want to see the wording first, nothing airs before you have agreed to it, or told us that "
            "silence is a yes."
        ),
        ALWAYS,
        "tests/core/test_consent.py::test_a_question_with_preview_airs_only_once_its_asker_has_agreed",
    ),
    Promise(
        Section.ASKING,
        _("Your no stops an episode that has not aired yet in the same moment."),
        AT_ONCE,
        "tests/core/test_consent.py::test_a_no_holds_the_whole_episode_in_the_same_moment",
    ),
    Promise(
        Section.ASKING,
        _(
            "To notice a flood of questions or of guessed codes, we count networks, not people: a shortened "
            "address, made unreadable, in memory only and never on a disk."
        ),
        _("15 minutes at most"),
        "tests/core/test_throttle.py::test_no_count_outlives_its_window",
    ),
    Promise(
        Section.ASKING,
        _("If something of ours breaks, we note where in our code, and nothing that you wrote or opened."),
        NEVER,
        "tests/core/test_logs_name_nobody.py::test_a_fault_is_logged_by_view_and_place_in_the_code",
    ),
    Promise(
        Section.HOW_LONG,
        _("A question that nobody has answered is forgotten when nothing has happened to it for {period}."),
        _days("keeps_waiting_days"),
        "tests/core/test_tick.py::test_an_unanswered_question_is_forgotten_when_its_time_is_up",
    ),
    Promise(
        Section.HOW_LONG,
        _("One that we declined or answered privately is forgotten {period} later."),
        _days("keeps_closed_days"),
        "tests/asking/test_what_is_kept.py::test_a_declined_question_is_forgotten_when_its_time_is_up",
    ),
    Promise(
        Section.HOW_LONG,
        _(
            "You can take your question back at any time with your receipt. Then its words, and everything we "
            "wrote about them, are erased."
        ),
        AT_ONCE,
        "tests/asking/test_withdraw_question.py::test_taking_it_back_leaves_no_word_in_any_table",
    ),
    Promise(
        Section.HOW_LONG,
        _(
            "What stays then, as after forgetting, is a number, the day, the fingerprint of the receipt and a "
            "list of what was done and when, without a word of yours. After {period} that goes as well, unless "
            "the question has aired."
        ),
        _days("keeps_traces_days"),
        "tests/asking/test_what_is_kept.py::test_the_wordless_rest_of_a_question_goes_as_well",
    ),
    Promise(
        Section.HOW_LONG,
        _("A question that we are answering, or have answered on the show, is kept sealed until you take it back."),
        _("until it is taken back"),
        "tests/asking/test_what_is_kept.py::test_a_question_in_hand_is_kept_until_it_is_taken_back",
    ),
    Promise(
        Section.HOW_LONG,
        _(
            "What has aired is public. If you take your question back after that, we forget the original; the "
            "episode stays until we take it down, and archives elsewhere may have kept it."
        ),
        _("until we take it down"),
        "tests/asking/test_withdraw_question.py::test_what_has_aired_stays_and_the_page_says_so_before_and_after",
    ),
    Promise(
        Section.HOW_LONG,
        _("What you tell us about an episode is forgotten {period} after we have settled it."),
        _days("keeps_closed_days"),
        "tests/asking/test_reports_forgotten.py::test_a_settled_report_is_forgotten_when_its_time_is_up",
    ),
    Promise(
        Section.HOW_LONG,
        _("If nobody settles it, it is forgotten {period} after you have told us."),
        _days("keeps_waiting_days"),
        "tests/asking/test_reports_forgotten.py::test_a_report_that_nobody_gets_to_is_forgotten_when_its_time_is_up",
    ),
    Promise(
        Section.HOW_LONG,
        _(
            "In case a machine breaks we keep sealed copies of everything, each for {period} at most. What was taken "
            "back or forgotten meanwhile is in them until they are deleted, and nobody reads it there."
        ),
        _days("keeps_backups_days"),
        "tests/keeping/test_backups_expire.py::test_a_backup_is_deleted_when_its_days_are_over",
    ),
    Promise(
        Section.HOW_LONG,
        _(
            "Should we have to go back to such a copy, what was taken back or forgotten since is erased again before "
            "anybody sees it. Only if the list of that is lost together with the machine can words of the last day "
            "come back; your receipt takes them back again."
        ),
        _("before anybody sees it"),
        "tests/keeping/test_restore_forgets_again.py::test_what_was_taken_away_since_is_taken_away_again",
    ),
    Promise(
        Section.CANNOT,
        _(
            "The companies between you and us can see that you were here, though not what you wrote. Somebody "
            "with your device can see what your browser remembers. If that could hurt you, use a private window "
            "or another device."
        ),
        "",
    ),
    Promise(
        Section.CANNOT,
        _(
            "The machine that shows your question to us has to be able to open it. Whoever takes that machine "
            "with its key, or makes us hand over what we still have, can read what has not been forgotten."
        ),
        "",
    ),
    Promise(
        Section.CANNOT,
        _(
            "We take out what could point to you before anything airs, but people overlook things. Nobody at the "
            "show can see who you are unless your words say it."
        ),
        "",
    ),
)


def by_section(show: Show) -> list[tuple[Section, list[str]]]:
    """The sentences of each part of the privacy page, with the show's own days."""
    return [
        (section, [promise.sentence(show) for promise in PROMISES if promise.section == section]) for section in Section
    ]
