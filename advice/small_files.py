"""Sheets and scripts as they are served: without their comments and spare spaces, under names that change with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


def smaller(name: str, text: str) -> str:
    """What the file `name` with this text means to a browser, in fewer letters; the text itself where we know none."""
    if name.endswith(".css"):
        return str(rcssmin.cssmin(text))
    if name.endswith(".js"):
        return str(rjsmin.jsmin(text))
    return text


class SmallFilesStorage(ManifestStaticFilesStorage):
    """Makes what `collectstatic` has copied smaller before it gives each file its name."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in paths:
            path = Path(self.path(name))
            if not dry_run and path.suffix in (".css", ".js"):
                path.write_text(smaller(name, path.read_text()))
        yield from super().post_process(paths, dry_run=dry_run, **options)
