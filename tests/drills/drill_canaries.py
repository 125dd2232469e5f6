"""What somebody said is looked for wherever a machine keeps anything. Sealed columns hold it, and nobody can tell."""

import base64
import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.drills.planting import Planting
from tests.drills.searching import Search, fresh_address, fresh_stem, last_change, open_files
from tests.drills.site import ROOT, Site
from tests.drills.visitors import Host

WAYS = (
    "the_form", "what_a_reader_tells", "what_cannot_be_read", "what_is_too_large", "what_is_no_request",
    "addresses_that_lead_nowhere", "the_thread", "a_private_answer", "a_pause", "faults",
    "codes_that_lead_nowhere", "a_flood",
)  # fmt: skip
WHOLE_MACHINE = [ROOT, *map(Path, ("/tmp", "/var/tmp", "/dev/shm", "/var/log", "/var/lib/nginx"))]  # noqa: S108


class Planted:
    """What was planted, since when, and how the folders for what does not fit into memory looked before."""

    def __init__(self, site: Site, host: Host) -> None:
        self.site, self.since = site, time.time() - 1
        spills = (site.temp, site.spill)
        before = {place: last_change(place) for place in spills}
        self.secrets: list[str] = []
        most_telling: list[str] = []
        for way in site.ways:
            planting = Planting(site, host, way)
            for name in WAYS:
                getattr(planting, name)()
            self.secrets += planting.secrets
            most_telling += planting.secrets[:2]
        self.spilled = [place for place in spills if last_change(place) != before[place]]
        self.search = Search(self.secrets)
        # Whatever else this machine is busy with makes many files, and each writing of each word takes its time.
        self.quick_search = Search(most_telling)


@pytest.fixture(scope="module")
def planted(site: Site, host: Host, figures: list[str]) -> Planted:
    """Every way is gone once through nginx, where there is one, and once straight to the server."""
    planted = Planted(site, host)
    figures.append(
        f"{len(planted.secrets)} words, codes and addresses were planted on {len(WAYS)} ways through "
        f"{' and '.join(site.ways)}, and looked for in {len(planted.search.patterns)} writings"
    )
    return planted


# First of all: the search would find something.


def writings(word: str) -> dict[str, bytes]:
    return {
        "plain": word.encode(),
        "capitals": word.upper().encode(),
        "inside": f"x{word}y".encode(),
        "UTF-16": f"x{word}y".encode("utf-16-le"),
        "hexadecimal": f"x{word}y".encode().hex().encode(),
        **{f"base64 at {offset}": base64.b64encode(b"x" * offset + word.encode() + b"yz") for offset in range(5)},
        "base64 for addresses": base64.urlsafe_b64encode(f'{{"a":"{word}"}}'.encode()),
    }


def test_the_search_finds_a_word_in_every_writing(tmp_path: Path) -> None:
    word = fresh_stem()
    search = Search([word, fresh_stem()])
    for name, data in writings(word).items():
        (tmp_path / name).write_bytes(b"." * 100_000 + data + b"." * 100_000)
    assert set(search.in_places([tmp_path])) == {str(tmp_path / name) for name in writings(word)}
    (tmp_path / f"named-{word}").touch()
    assert str(tmp_path / f"named-{word}") in search.in_places([tmp_path])


def test_the_search_finds_a_network_also_where_its_bytes_are_kept() -> None:
    address = fresh_address()
    network = address.rpartition("::")[0]
    search = Search([address])
    assert search.in_bytes(f"Remote: {network}::1".encode())
    assert search.in_bytes(b"\0" + b"".join(int(part, 16).to_bytes(2, "big") for part in network.split(":")) + b"\0")
    assert not search.in_bytes(b"2001:db8:1:2::77")


def test_the_search_finds_a_word_in_a_table_in_the_database_s_files_and_in_copies(site: Site, tmp_path: Path) -> None:
    word, database = fresh_stem(), site.database
    database.change(f"CREATE TABLE control AS SELECT '{word}' AS word")
    search = Search([word])
    database.copies(tmp_path)
    assert "control" in in_tables(site, search)
    assert search.in_places(database.files())
    assert len(search.in_places([tmp_path])) == len(list(tmp_path.iterdir()))
    database.change("DROP TABLE control")


def test_a_file_that_is_gone_again_is_noticed(tmp_path: Path) -> None:
    before = last_change(tmp_path)
    handle, name = tempfile.mkstemp(dir=tmp_path)
    with open(handle):
        os.unlink(name)
        assert any(os.stat(entry).st_nlink == 0 for entry in open_files([os.getpid()]))
    assert last_change(tmp_path) != before


# Then: it finds nothing.


def in_tables(site: Site, search: Search) -> dict[str, set[str]]:
    hits = {}
    for table in site.database.tables():
        rows = site.rows(f'SELECT * FROM "{table}"')  # noqa: S608
        cells = [cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row]
        if found := search.in_bytes(b"\n".join(cells)):
            hits[table] = found
    return hits


def test_no_table_holds_it(planted: Planted) -> None:
    assert in_tables(planted.site, planted.search) == {}
    ((sealed,),) = planted.site.rows("SELECT count(*) FROM questions_question WHERE text LIKE 'gAAAAA%'")
    assert sealed >= 4 * len(planted.site.ways), "the questions themselves are there"


def test_no_file_of_the_database_holds_it(planted: Planted) -> None:
    ((token,),) = planted.site.rows("SELECT text FROM questions_question WHERE text IS NOT NULL LIMIT 1")
    assert Search([token[20:120]]).in_places(planted.site.database.files()), "these are the files that hold the rows"
    assert planted.search.in_places(planted.site.database.files()) == {}


def test_no_copy_of_the_database_holds_it(planted: Planted, tmp_path: Path) -> None:
    planted.site.database.copies(tmp_path)
    assert planted.search.in_places([tmp_path]) == {}


def test_no_log_holds_it(planted: Planted) -> None:
    logs = planted.site.logs
    assert planted.search.in_places([logs]) == {}
    server = (logs / "granian.log").read_text()
    assert "500 in asking:receipt" in server, "the fault itself was told"
    assert "gAAAAA" not in server
    if "nginx" in planted.site.ways:
        told = {path.name: path.stat().st_size for path in logs.glob("nginx-[ae]*.log")}
        assert told == {"nginx-access.log": 0, "nginx-error.log": 0}


def test_the_database_s_log_holds_no_statement_of_ours(planted: Planted) -> None:
    if not planted.site.database.url:
        pytest.skip("SQLite has no log")
    log = next((path for path in planted.site.database.files() if path.is_file()), None)
    if log is None:
        pytest.skip("NOT DRILLED: the log of this PostgreSQL is not on this machine")
    assert not [line for line in log.read_text(errors="replace").splitlines() if "gAAAAA" in line or "INSERT" in line]


def test_nothing_was_too_large_for_memory(planted: Planted) -> None:
    """No file was ever made for a body, an answer or a sort, not even one that was deleted at once."""
    assert planted.spilled == []


def test_no_file_of_the_installation_holds_it(planted: Planted) -> None:
    assert planted.search.in_places([planted.site.folder]) == {}


def test_no_file_on_this_machine_that_was_changed_since_holds_it(planted: Planted) -> None:
    assert planted.quick_search.in_places(WHOLE_MACHINE, since=planted.since) == {}


def test_no_file_that_is_open_or_mapped_holds_it(planted: Planted) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT DRILLED: only root may look into these processes, which is as it should be")
    entries = open_files(planted.site.every_process())
    assert entries
    recent = [entry for entry in entries if os.stat(entry).st_nlink == 0 or os.stat(entry).st_mtime > planted.since]
    hits = {str(entry): found for entry in recent if (found := planted.search.in_file(entry))}
    assert hits == {}


def test_what_was_taken_back_is_gone_even_as_sealed(site: Site, host: Host) -> None:
    planting = Planting(site, host, site.ways[0])
    with planting.taking_back():
        sealed = [token for (token,) in site.rows(TOKENS_OF_NEWEST)]
        assert len(sealed) >= 6
        assert all(Search([part]).in_places(site.database.files()) for token in sealed for part in parts(token))
    if site.database.url:
        pytest.skip("on PostgreSQL dead rows stay until VACUUM; docs/privacy.md says so")
    left = Search([part for token in sealed for part in parts(token)]).in_places([site.home])
    assert left == {}


NEWEST = "(SELECT max(number) FROM questions_question)"
TOKENS_OF_NEWEST = " UNION ALL ".join(
    f"SELECT {column} FROM {table} WHERE {key} = {NEWEST} AND {column} IS NOT NULL"  # noqa: S608
    for table, key, column in (
        ("questions_question", "number", "text"), ("questions_question", "number", "sign_off"),
        ("questions_wording", "question_id", "text"), ("questions_message", "question_id", "text"),
        ("questions_note", "question_id", "text"),
        ("questions_revision r JOIN questions_answer a ON a.id = r.answer_id", "a.question_id", "r.body"),
    )
)  # fmt: skip


def parts(token: str) -> list[str]:
    """Pieces of a token that are short enough to lie on one page of the file."""
    return [token[start : start + 60] for start in range(20, len(token) - 60, 300)]
