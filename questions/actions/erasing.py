"""What has to happen below the tables when words are erased."""

from django.db import connection, transaction


def erase_from_disk() -> None:
    """After this transaction, clear the places on disk that hold what it has erased.

    SQLite overwrites freed pages by itself (`secure_delete`), but they also stand in the write-ahead log until that is
    truncated. PostgreSQL keeps dead rows until it vacuums; they are sealed.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_truncate_the_log)


def _truncate_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
