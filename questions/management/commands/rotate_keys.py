"""Seal with the newest key whatever an older one has sealed."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from questions.keeping.rotation import NEWEST, Counts, count, name_of_key, rotate
from questions.models import Show


class Command(BaseCommand):
    help = (
        "Seal everything with the first key of QUERENT_SEALING_KEYS, row by row. The server may go on; stop and begin "
        "again at any time. Exits with 1 as long as anything needs another key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only count what needs which key")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        counts = count() if check else rotate(self.stdout.write)
        for place in range(len(settings.SEALING_KEYS)):
            kind = "newest" if place == NEWEST else "older"
            self.stdout.write(f"Key {name_of_key(place)} ({kind}): {counts[place]} sealed texts")
        if sentence := _not_done(counts):
            raise CommandError(sentence)
        if len(settings.SEALING_KEYS) > 1:
            days = Show.objects.current().keeps_backups_days
            until = timezone.localdate() + timedelta(days=days)
            self.stdout.write(
                f"Done: nothing here needs an older key. Backups made until now do; keep it until {until}."
            )


def _not_done(counts: Counts) -> str:
    older = sum(counts[place] for place in range(1, len(settings.SEALING_KEYS)))
    sentences = []
    if older:
        sentences.append(
            f"Not done: {older} sealed texts still need an older key. Does a server still seal with it? Give every "
            "server the new list, and run this again."
        )
    if counts[None]:
        sentences.append(f"{counts[None]} sealed texts open with no key of QUERENT_SEALING_KEYS. They were left alone.")
    return "\n".join(sentences)
