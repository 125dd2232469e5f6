"""What every test of keeping has: a QUERENT_HOME of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> Path:
    """A QUERENT_HOME of its own for what is remembered outside the database."""
    folder = tmp_path_factory.mktemp("home")
    settings.HOME = folder
    return folder
