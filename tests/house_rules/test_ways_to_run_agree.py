"""The unit, its drop-in and the container start the same server with the same settings."""

import re
import shlex
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT = DEPLOY / "systemd/querent.service"
DROP_IN = DEPLOY / "systemd/querent.service.d/one-of-several.conf"
BACKUP = DEPLOY / "systemd/querent-backup.service"
SERVE = DEPLOY / "container/serve"
CONTAINERFILE = DEPLOY / "container/Containerfile"
OF_THE_PLACE = {"--uds", "--uds-permissions", "--host", "--port"}


def served(path: Path) -> dict[str, str]:
    """The options of granian's command, but for where it listens."""
    text = path.read_text().replace("\\\n", " ").replace("$QUERENT_HOME", "/var/lib/querent")
    (command,) = re.findall(r"/granian (.*)$", text, re.MULTILINE)
    words = shlex.split(command)
    options = {}
    for at, word in enumerate(words):
        if word.startswith("--"):
            following = words[at + 1]
            options[word] = "" if following.startswith("--") else following
    return {name: value for name, value in options.items() if name not in OF_THE_PLACE} | {"": words[-1]}


def environment(text: str) -> dict[str, str]:
    return dict(re.findall(r"\b([A-Z_]+_?)=(\S+)", text))


@pytest.mark.parametrize("path", [DROP_IN, SERVE], ids=["drop-in", "container"])
def test_the_server_is_started_with_the_same_options(path: Path) -> None:
    assert served(path) == served(UNIT)


def test_a_container_has_the_environment_of_the_unit() -> None:
    unit = environment(" ".join(re.findall(r"^Environment=(.*)$", UNIT.read_text(), re.MULTILINE)))
    (block,) = re.findall(r"^ENV (.*?[^\\])$", CONTAINERFILE.read_text(), re.MULTILINE | re.DOTALL)
    assert environment(block) == unit


def test_what_the_unit_does_first_the_container_does_too() -> None:
    unit = re.findall(r"^ExecStartPre=\S+ (manage.py .*)$", UNIT.read_text(), re.MULTILINE)
    assert re.findall(r'^"\$python" (manage.py .*)$', SERVE.read_text(), re.MULTILINE) == unit


def test_a_backup_looks_at_the_show_that_is_served() -> None:
    named = {"QUERENT_HOME", "QUERENT_PRESS"}
    places = [environment(path.read_text()) for path in (UNIT, BACKUP)]
    assert {name: places[1][name] for name in named} == {name: places[0][name] for name in named}
    for line in ("User=querent", "EnvironmentFile=/etc/querent/keys.env", "UMask=0077", "LimitCORE=0"):
        assert all(line in path.read_text().splitlines() for path in (UNIT, BACKUP))
