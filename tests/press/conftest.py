"""Each test has a folder of printed pages of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from questions import edition


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.PRESS = tmp_path / "press"
    settings.ALLOWED_HOSTS = ["testserver"]
    edition.mirror.cache_clear()
    yield settings.PRESS
    edition.mirror.cache_clear()
