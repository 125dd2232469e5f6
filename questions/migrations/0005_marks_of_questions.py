"""People get their random names, and the questions that wait what the desk is told about new ones from now on."""

import uuid

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from questions.safety import clues, cries
from questions.sealing import SealBroken

OPEN = ("waiting", "kept", "answering", "ready")


def name_people(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    people = apps.get_model("questions", "Person").objects
    for key in people.values_list("pk", flat=True):
        people.filter(pk=key).update(ref=uuid.uuid4())


def mark_questions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Find calls for help and clues in the questions that are still open. None counts as unopened."""
    questions = apps.get_model("questions", "Question").objects
    for question in questions.filter(state__in=OPEN).iterator(chunk_size=200):
        try:
            text, sign_off = question.text or "", question.sign_off or ""
        except SealBroken:
            # Its key is lost; it must not keep the house from moving on.
            continue
        young = 1 if question.held == "under-18" else 2
        questions.filter(pk=question.pk).update(
            rank=0 if cries(text) else young, clue_count=len(clues(text)) + len(clues(sign_off))
        )


class Migration(migrations.Migration):
    dependencies = [("questions", "0004_the_desk")]

    operations = [
        migrations.RunPython(name_people, migrations.RunPython.noop),
        migrations.RunPython(mark_questions, migrations.RunPython.noop),
        migrations.AlterField("person", "ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
