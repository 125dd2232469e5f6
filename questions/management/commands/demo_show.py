"""Put the demo show on, so that a new installation has something to look at."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand

from questions.demo.loading import put_on
from questions.models import Person


class Command(BaseCommand):
    help = "Make the demo show: people, topics, episodes and waiting questions. Does nothing where people exist."

    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.exists():
            self.stdout.write("This show has people already; nothing was changed.")
            return
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        owner = put_on(password)
        assert owner.user is not None
        self.stdout.write(f"\n  The demo show is on. Its host is {owner.name}.")
        self.stdout.write(f"  Name      {owner.user.get_username()}\n  Password  {password}")
