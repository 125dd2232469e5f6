"""Import questions from the CSV file of a form service."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from questions.actions.acting import Actor
from questions.importers.form_export import BadRow, Mapping, Outcome, Row, UnreadableFile, import_rows, read
from questions.lifecycle import Role
from questions.models import Airing


class Command(BaseCommand):
    help = (
        "Import questions from a CSV file as form services export it. Only the columns you name are read; time "
        "stamps, names and e-mail addresses stay behind. A question that was imported before is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", default="text", help="column with the question (default: text)")
        parser.add_argument("--title", default="", help="column with a title, put above the question")
        parser.add_argument("--sign-off", default="", help="column with the made-up name to sign with")
        parser.add_argument("--topics", default="", help="column with topics")
        parser.add_argument("--topics-separator", default="", help="what stands between topics (default: ; or |)")
        parser.add_argument("--make-topics", action="store_true", help="make the topics that do not exist yet")
        parser.add_argument("--day", default="", help="column with a date; only its day is kept")
        parser.add_argument("--day-format", default="", help="how days are written, such as %%d.%%m.%%Y")
        parser.add_argument("--language", default="en", help="language of the questions (default: en)")
        parser.add_argument(
            "--consent", choices=Airing.values, default=Airing.PRIVATE,
            help="what every asker in the file has agreed to (default: private, not to be aired)",
        )  # fmt: skip
        parser.add_argument("--encoding", default="utf-8-sig", help="encoding of the file (default: UTF-8)")
        parser.add_argument("--delimiter", default=",", help="what stands between cells (default: ,)")
        parser.add_argument("--skip-bad", action="store_true", help="import the good rows of a file with bad ones")
        parser.add_argument("--dry-run", action="store_true", help="read and report, import nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = Mapping(
            text=options["text"], title=options["title"], sign_off=options["sign_off"], topics=options["topics"],
            topics_separator=options["topics_separator"], day=options["day"], day_format=options["day_format"],
            language=options["language"], airing=options["consent"], encoding=options["encoding"],
            delimiter=options["delimiter"],
        )  # fmt: skip
        try:
            found = list(read(options["file"], mapping))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        rows = [row for row in found if isinstance(row, Row)]
        bad = [row for row in found if isinstance(row, BadRow)]
        for row in bad:
            self.stderr.write(_("line {line}: {reason}").format(line=row.line, reason=row.reason))
        if bad and not options["skip_bad"]:
            raise CommandError(
                _("{bad} rows are bad, so nothing was imported. Mend them, or use --skip-bad.").format(bad=len(bad))
            )
        if options["dry_run"]:
            self.stdout.write(_("{rows} rows could be imported. Nothing was.").format(rows=len(rows)))
            return
        outcome = import_rows(
            rows, mapping, by=Actor(Role.OWNER), makes_topics=options["make_topics"],
            progress=lambda done: self.show_progress(done, len(rows)),
        )  # fmt: skip
        self.report(outcome, len(bad))

    def show_progress(self, done: int, all_rows: int) -> None:
        """One line that counts up on a terminal, a line per hundred elsewhere."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} / {all_rows}", ending="" if done < all_rows else "\n")
        elif done % 100 == 0:
            self.stdout.write(f"{done} / {all_rows}")

    def report(self, outcome: Outcome, bad: int) -> None:
        self.stdout.write(
            _("{imported} imported, {known} were there already, {bad} bad rows left out.").format(
                imported=outcome.imported, known=outcome.known, bad=bad
            )
        )
        if outcome.new_topics:
            self.stdout.write(_("New topics: {topics}").format(topics=", ".join(outcome.new_topics)))
        if outcome.unknown_topics:
            self.stdout.write(
                _("Topics not known here (make them with --make-topics): {topics}").format(
                    topics=", ".join(sorted(outcome.unknown_topics))
                )
            )
