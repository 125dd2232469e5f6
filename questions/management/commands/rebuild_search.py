"""Write the index of the readers' search anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from questions.search import published_index


class Command(BaseCommand):
    help = "Write the index of the readers' search anew from what is published. It may be deleted at any time as well."

    def handle(self, *args: Any, **options: Any) -> None:
        count = published_index.rebuild(timezone.now())
        self.stdout.write(f"The index holds {count} published episode{'' if count == 1 else 's'}.")
