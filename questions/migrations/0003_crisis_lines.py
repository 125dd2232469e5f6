"""Every installation begins with the lines of crisis_lines.toml, none of them checked yet."""

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SHIPPED = Path(__file__).parents[1] / "crisis_lines.toml"


def load_lines(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Add the lines that are missing. One whose number is listed for its country already is left as it is."""
    lines = apps.get_model("questions", "CrisisLine").objects
    for words in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["lines"]:
        if not lines.filter(country=words["country"], number=words["number"]).exists():
            lines.create(**words)


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_asking_safely")]

    # Going back removes nothing: by then the lines may be the show's own work.
    operations = [migrations.RunPython(load_lines, migrations.RunPython.noop)]
