"""What changes whenever readers see something else."""

import uuid
from datetime import datetime

from django.db.models import Subquery

from questions.models import Edition
from questions.visibility import public_episodes

Mark = tuple[int, uuid.UUID | None]


def mark_of(now: datetime) -> Mark:
    """The mark of what readers can see at `now`.

    Every deed that changes what is public begins a new edition. When time alone releases an episode, that episode is
    the newest from then on. Read it before the episodes are: what was made of them can then be newer than its mark,
    and is only made once more.
    """
    newest = public_episodes(now).values("ref")[:1]
    known = Edition.objects.filter(pk=1).annotate(newest=Subquery(newest)).values_list("number", "newest").first()
    # Without a row the number counts as 1.
    return known or (1, newest.values_list("ref", flat=True).first())
