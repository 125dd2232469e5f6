"""Some hostile strings in some of the fields that anybody sees; tests/drills/drill_hostile.py tries all of them."""

import random

import pytest

from tests.doors.walking import House
from tests.hostile.forms import dangers_in, forms_of
from tests.hostile.strings import OWN, every_string, say_loudly_if_missing, seed
from tests.hostile.trying import addresses_with, everybody, faults_of_address, faults_of_field, found_by, same

pytestmark = pytest.mark.django_db

ADDRESSES, FIELDS = 60, 60


@pytest.mark.parametrize("who", ["reader", "asker", "guest", "host"])
def test_every_field_that_somebody_sees_survives_a_hostile_string(who: str) -> None:
    begins = seed()
    chance, strings = random.Random(begins), every_string()
    somebody = next(each for each in everybody(House()) if each.name == who)
    fields = [(form, name) for form in found_by(somebody) for name in form.fields.values()]
    assert len(fields) >= {"reader": 4, "asker": 40, "guest": 6, "host": 150}[who]
    # Mostly our own, which are the worst for their length.
    faults = [
        fault
        for form, name in chance.sample(fields, min(len(fields), FIELDS))
        for fault in faults_of_field(somebody, form, name, chance.choice(OWN if chance.random() < 0.5 else strings))
    ]
    assert not faults, "\n".join([f"QUERENT_SEED={begins}", *faults])


def test_no_hostile_address_is_a_fault_of_ours() -> None:
    begins, house = seed(), House()
    chance = random.Random(begins)
    strings = [*OWN, *chance.sample(every_string(), min(len(every_string()), ADDRESSES))]
    people = [each for each in everybody(house) if each.name in ("reader", "owner")]
    faults = [
        fault
        for value in strings
        for somebody in people
        for address in addresses_with(value, house, chance)
        for fault in faults_of_address(somebody, address)
    ]
    assert not faults, "\n".join([f"QUERENT_SEED={begins}", *faults])


@pytest.mark.pure
def test_the_published_strings_are_there() -> None:
    say_loudly_if_missing()
    assert len(every_string()) > 8000


@pytest.mark.pure
def test_forms_are_read_as_a_browser_reads_them() -> None:
    page = """
    <form action="?x=1" method="POST" id="one"><input name="a" value="1" required><input type="checkbox" name="b">
    <input type="checkbox" name="b" value="two" checked><select name="c"><option value="x"><option value="y" selected>
    </select><textarea name="d">\nwords &lt;b></textarea><button name="step" value="send">Send</button></form>
    <form method="dialog"><button>Close</button></form><input name="e" form="one" type="number"><input name="f">"""
    (form,) = forms_of(page, "/here/")
    assert (form.action, form.method, form.names) == ("/here/?x=1", "post", ["a", "b", "c", "d", "e"])
    assert form.sent == {"a": ["1"], "b": ["two"], "c": ["y"], "d": ["words <b>"], "e": [""]}
    assert form.filled({"a": "!"})["a"] == ["!"]
    assert form.filled()["step"] == ["send"]
    assert form.written == {"a", "d"}


@pytest.mark.pure
@pytest.mark.parametrize(
    "page",
    [
        "<script>1</script>", "<script src=//evil.example/x.js></script>", "<a href=' jAva\tscript:x'>",
        "<p onclick=x>",
        "<img src=x onerror=x>", "<p style=x>", "<iframe srcdoc=x>", "<a href=data:text/html,x>", "<svg/onload=x>",
        "<meta http-equiv=refresh content=0>", "<form action=javascript:x>",
    ],
)  # fmt: skip
def test_what_runs_is_found(page: str) -> None:
    assert dangers_in(f"<p>{page}") != []


@pytest.mark.pure
def test_what_is_ours_is_no_danger_and_what_is_lost_is_seen() -> None:
    assert dangers_in('<script src="/static/js/keys.js"></script><a href="https://example.org/">') == []
    assert same("a b\n", " a b\r\n")
    assert not same("a", "ab")
