"""The secrets of second steps that were set up before they were sealed are sealed now."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from questions.sealing import seal

PLACE = "mfa_authenticator.data"
SECRETS = ("secret", "seed")
SEALED_BEGINS = "gAAAAA"


def seal_secrets(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Seal what an app and a set of recovery codes are made from; what is sealed already stays as it is."""
    rows = apps.get_model("mfa", "Authenticator").objects
    for row in rows.filter(type__in=["totp", "recovery_codes"]):
        sealed = {name: _sealed(value) if name in SECRETS else value for name, value in row.data.items()}
        if sealed != row.data:
            rows.filter(pk=row.pk).update(data=sealed)


def _sealed(value: Any) -> Any:
    is_plain = isinstance(value, str) and not value.startswith(SEALED_BEGINS)
    return seal(value, place=PLACE) if is_plain else value


class Migration(migrations.Migration):
    dependencies = [("questions", "0005_marks_of_questions"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(seal_secrets, migrations.RunPython.noop)]
