"""The Nu HTML checker finds nothing wrong with any page: of readers, of askers, of hosts."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from questions.demo.loading import put_on
from tests.demo_pages import PUBLIC, pages_of_a_host
from tests.factories import shipped_lines
from tests.reading.addresses import every_public_address

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

CHECKER = Path(__file__).parents[1] / "tools/node_modules/vnu-jar/build/dist/vnu.jar"
ASKING = ("/ask/", "/ask/after/stop-pretending/", "/ask/about/stop-pretending/", "/receipt/", "/receipt/lost/")


def test_every_page_is_valid_html(client: Client, tmp_path: Path) -> None:
    if not (CHECKER.exists() and shutil.which("java")):
        missing = "NOT TESTED: valid pages, whose checker needs Java and what npm installs into tests/tools"
        assert os.environ.get("CI") != "true", missing
        pytest.skip(missing)
    put_on("eleven quiet herons")
    shipped_lines()
    host = Client()
    host.force_login(User.objects.get(username="bettina"))
    pages = {*PUBLIC, *ASKING, *every_public_address()}
    write_down(client, sorted(pages), tmp_path)
    write_down(host, pages_of_a_host(), tmp_path)
    assert faults(tmp_path) == []


def write_down(client: Client, addresses: list[str], folder: Path) -> None:
    for address in addresses:
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            name = address.replace("/", "_").replace("?", "_") or "_"
            (folder / f"{name}.html").write_bytes(answer.content)


def faults(folder: Path) -> list[str]:
    """What the checker says against any page in the folder, its warnings included."""
    command = ["java", "-Xss1m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", *folder.glob("*.html")]
    printed = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stderr
    messages = json.loads(printed)["messages"]
    return sorted({f"{Path(each['url']).stem}: {each['message']}" for each in messages})
