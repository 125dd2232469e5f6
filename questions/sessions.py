"""Sessions of the desk, of which the database holds nothing that would let anybody in.

What a browser holds in its cookie is found by its keyed digest. Who reads the table, or a backup of it, cannot go back
from there to a cookie. The key hangs on SECRET_KEY: a new one ends every session, as it does links.
"""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone
from django.utils.crypto import salted_hmac


def digest(session_key: str) -> str:
    """What stands in the tables for the key that a browser holds: as many letters as their columns have."""
    return salted_hmac("querent.session", session_key, algorithm="sha256").hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's own, but for the key of each row. Named alike, since the name salts what is signed in a row."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        rows = self.model.objects.filter(session_key=digest(self.session_key or ""), expire_date__gt=timezone.now())
        row: AbstractBaseSession | None = rows.first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(digest(session_key)))

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        row: AbstractBaseSession = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if held := session_key or self.session_key:
            super().delete(digest(held))
