"""Asking, keeping the code and coming back in w3m, a browser of letters only, pressed key by key in a terminal."""

import os
import pty
import re
import select
import shutil
import subprocess
import termios
import tty
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pytest_django.live_server_helper import LiveServer

from questions.models import ContentLevel, Question
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

ENTER, TAB, BACK_TAB = "\r", "\t", "\x1b\t"
QUESTION = "Is it rude to nap at a wedding?\n\nMy sister minds, as I told wren@example.org."
PATIENCE_SECONDS = 30


class TextBrowser:
    """w3m with a terminal, an editor that puts `words` into every large box, and no settings of anybody's."""

    def __init__(self, site: str, folder: Path) -> None:
        self.site, self.folder, self.words = site, folder, QUESTION

    def walks(self, address: str, *steps: str) -> list[str]:
        """Open a page and take each step; the page as it reads after each."""
        folder = Path(mkdtemp(dir=self.folder))
        pages = [folder / str(number) for number in range(len(steps))]
        keys = "".join(f"{step}S{page}{ENTER}" for step, page in zip(steps, pages, strict=True))
        self.presses(address, f"{keys}Q")
        return [" ".join(page.read_text().split()) for page in pages]

    def presses(self, address: str, keys: str) -> None:
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        termios.tcsetwinsize(theirs, (40, 80))
        (self.folder / "words").write_text(self.words)
        env = {"HOME": str(self.folder), "EDITOR": f"cp {self.folder}/words", "TERM": "vt100", "LC_ALL": "C.UTF-8"}
        command = ["w3m", "-no-mouse", f"{self.site}{address}"]
        w3m = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | env, start_new_session=True
        )
        os.close(theirs)
        os.write(ours, keys.encode())
        try:
            while select.select([ours], [], [], PATIENCE_SECONDS)[0] and os.read(ours, 65_536):
                pass
        except OSError:
            pass  # The terminal is gone, and so is who sat at it.
        finally:
            os.close(ours)
            w3m.kill()
            w3m.wait()


def at(words: str) -> str:
    return f"/{words}{ENTER}"


def press(button: str) -> str:
    return at(button) + ENTER


def fill_in(words_before_the_box: str, typed: str = "") -> str:
    """Without `typed` it is a large box, which the editor fills."""
    return at(words_before_the_box) + TAB + ENTER + (typed + ENTER if typed else "")


def tick(label: str) -> str:
    return at(label) + BACK_TAB + ENTER


@pytest.fixture
def w3m(live_server: LiveServer, tmp_path: Path) -> TextBrowser:
    if not shutil.which("w3m"):
        missing = "no text browser on this machine: apt-get install w3m"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return TextBrowser(live_server.url, tmp_path)


def test_a_question_is_asked_read_again_and_taken_back(w3m: TextBrowser) -> None:
    factories.shipped_lines()
    look_over = press("Look it over")
    empty, forgot, clue, blurred, back, ticket = w3m.walks(
        "/ask/",
        "",
        fill_in("Fewer are fine") + fill_in("Invent a name", "Drowsy") + look_over,
        tick("I am 18") + look_over,
        press("Replace by"),
        press("Put it back"),
        press("Send it"),
    )
    assert "What would you like to ask?" in empty
    for only_with_a_script in ("Esc", "could point to you", "made us stop"):
        assert only_with_a_script not in empty
    assert "There is a problem Your words are still here. • Tell us whether you are 18 or older" in forgot
    assert "1 thing that could point to you" in clue
    assert "My sister minds, as I told [INS:[an e-mail address]:INS]. Drowsy" in blurred
    assert "My sister minds, as I told wren@example.org^see below, clue 1. Drowsy" in back
    code = re.search(r"(?:[0-9A-Z]{4} ){4}", ticket)
    assert code
    for only_with_a_script in ("Print the ticket", "Copy the code", "clipboard"):
        assert only_with_a_script not in ticket
    assert Question.objects.get().text == QUESTION

    w3m.words = "It is her second wedding."
    waiting, added, sure, gone = w3m.walks(
        "/receipt/",
        fill_in("The code on", code[0].lower()) + press("Look"),
        fill_in("Write to us") + press("Send"),
        press("Take my question back"),
        press("Take it back for good"),
    )
    assert "We have your question" in waiting
    assert "We have it. Look in again for a reply." in added
    assert "It is her second wedding." in added
    assert "Nobody can bring them back, you included." in sure
    assert "You took your question back Its words are gone from here" in gone
    assert Question.objects.get().text is None


def test_an_answer_is_read_with_each_note_before_its_words(w3m: TextBrowser) -> None:
    checklist, gated = "::: checklist Before you nap\n- Ask\n:::", "::: expect not safe | sex\nOne bed.\n:::"
    body = f"Most naps are kind.\n\n{checklist}\n\n{gated}\n\nSleep."
    answer = factories.approved_answer("Is it rude to nap?", "Drowsy", body=body)
    note = "Nothing louder than a yawn."
    factories.published_episode(slug="naps", answers=[answer], text_level=ContentLevel.RACY, note=note)
    (page,) = w3m.walks("/episodes/naps/", "")
    in_this_order = [
        "Is it rude to nap?", "Drowsy", "Text Racy for work, a part of it not safe", note, "Most naps are kind.",
        "Before you nap", "[ ]Ask", "Not safe for work: sex. One bed.", "Sleep.", "I have a follow-up",
        "Something is wrong", "This is about me, please remove it",
    ]  # fmt: skip
    places = [page.find(words) for words in in_this_order]
    assert -1 not in places, in_this_order[places.index(-1)]
    assert places == sorted(places)
    for only_with_a_script in ("Keep on this device", "Print this list", "Discreet mode", "Link copied", "JSON"):
        assert only_with_a_script not in page
