"""Go back to a backup, and forget again what was forgotten since."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from questions.actions.acting import Refused
from questions.keeping.restore import Outcome, restore


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the show's database. What was taken back, forgotten or taken off the air since "
        "is so again before anybody sees it. Until the last step nothing is changed; a crash leaves what was there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a backup; later ones beside it are read as well")
        parser.add_argument("--replace", action="store_true", help="also where there is a show in the database")
        parser.add_argument(
            "--also", type=Path, action="append", default=[], metavar="LIST",
            help="another machine's QUERENT_HOME/taken-away, or a later backup that lies elsewhere; may be repeated",
        )  # fmt: skip
        parser.add_argument(
            "--even-so", action="store_true", help="restore what is doubtful; without it you are told why"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        wanted = {"replaces": options["replace"], "even_so": options["even_so"], "lists": options["also"]}
        try:
            done = restore(file, **wanted)
        except Refused as no:
            raise CommandError(str(no)) from no
        except OSError as error:
            raise CommandError(f"Nothing was restored: {error.strerror or error}: {error.filename or file}") from error
        except DatabaseError as error:
            told = str(error).splitlines()[:1]
            raise CommandError(f"Nothing was restored: {type(error).__name__}: {''.join(told)}") from error
        self.tell(done)

    def tell(self, done: Outcome) -> None:
        found = done.findings
        rows = found.rows
        self.stdout.write(
            f"Back at the backup of {found.about.made_on}: {rows['questions_question']} questions, "
            f"{rows['questions_episode']} episodes, {rows['questions_person']} people; {rows.total()} rows, "
            f"{len(found.files)} files."
        )
        told = ", ".join(f"{what} {count}" for what, count in sorted(done.again.items()) if count)
        self.stdout.write(f"Done again, of {done.remembered} deeds remembered: {told or 'nothing'}.")
        self.stdout.write(
            f"Edition {done.edition}. Everybody signs in anew; passwords, second steps and roles are those of then."
        )
        for sentence in done.troubles:
            self.stderr.write(sentence)
