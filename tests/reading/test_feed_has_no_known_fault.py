"""No feed has a fault that the feed validator knows; each of our rules is tried on the validator's own cases first."""

import base64
import json
import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from questions.demo.loading import put_on
from questions.models import Person, Topic
from tests.reading.feed_documents import FORMATS
from tests.reading.feed_faults import OURS, faults, is_rfc_3339
from tests.reading.feed_html_faults import html_faults

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "feeds" / "feedvalidator_cases_dev.jsonl"

# We do not tell these apart: in our feeds a text is text or escaped HTML, inline, and a name is a urn:uuid.
ANOTHER_TYPE = {
    "HtmlFragment", "InvalidMIMEType", "InvalidTextType", "InvalidUriChar", "MissingSummary", "MissingXhtmlDiv",
    "NotBase64", "NotEscaped", "NotHtml", "NotInline", "SecurityRisk", "UnexpectedText", "AttrNotBlank",
}  # fmt: skip
CALLED_BY_US = {
    **dict.fromkeys(ANOTHER_TYPE, "OtherType"),
    "InvalidTAG": "OtherName",
    "InvalidLink": "InvalidFullLink",
    "ProblematicalRFC822Date": "InvalidRFC2822Date",
}

# What our feeds do not have: these parents, RSS 1.0, mail addresses, other vocabularies, and other prefixes for ours.
ELSEWHERE = {"image", "textInput", "source", "skipDays", "skipHours", "cloud", "enclosure"}
NOT_IN_OURS = {
    "EmailFormat", "ImageLinkDoesntMatch", "InvalidContact", "MissingDCLanguage", "MissingRealName", "NonstdPrefix",
    "SlashDate",
}  # fmt: skip
# In the data as text, where the fault was in the bytes or in how a character was escaped; or two
# ways of saying a thing of which we have neither.
NOT_TO_BE_SEEN = {
    "rss/must/xml_utf-8_bom_with_ascii_declaration.xml",
    "rss/should/duplicate_copyright.xml",
    "rss/should/duplicate_dcpublisher.xml",
    "rss/should/duplicate_item_cc_license.xml",
    "rss/should/duplicate_item_source.xml",
    "rss20/data-types-characterdata/amp-lt-alpha.xml",
}


@dataclass(frozen=True)
class Case:
    name: str
    fault: str
    is_reported: bool
    places: dict[str, str]
    document: bytes

    @property
    def is_about_ours(self) -> bool:
        """Whether the fault is in something that our feeds have."""
        if self.name.startswith("ext/") or self.name in NOT_TO_BE_SEEN or self.fault in NOT_IN_OURS:
            return False
        if self.places.get("parent") in ELSEWHERE or b"<rdf:RDF" in self.document or b"<rdf:rdf" in self.document:
            return False
        return self.places.get("element", self.places.get("parent", "channel")) in OURS

    @property
    def is_found(self) -> bool:
        """Whether our rules find this fault in this place, or what they call it instead in any."""
        found = faults(self.document)
        return self.is_found_by_name(found) or CALLED_BY_US.get(self.fault) in {fault for fault, _place in found}

    def is_found_by_name(self, found: set[tuple[str, str]]) -> bool:
        places = {place for name, place in self.places.items() if name in ("element", "attr", "parent")} | {""}
        return any(fault == self.fault and (place in places or places == {""}) for fault, place in found)


def cases() -> list[Case]:
    if not CASES.exists():
        pytest.skip("NOT TESTED: the feed validator's cases are not here (feeds/feedvalidator_cases_dev.jsonl)")
    return [read(json.loads(line)) for line in CASES.read_text("utf-8").splitlines()]


def read(row: dict[str, Any]) -> Case:
    expected = re.fullmatch(r"(!?)(\w+)(?:\{(.*)\})?", row["expect"])
    assert expected
    places = dict(place.split(":", 1) for place in (expected[3] or "").split(",") if ":" in place)
    document = row["xml"].encode() if "xml" in row else base64.b64decode(row["xml_base64"])
    is_reported = not expected[1] and not expected[2].startswith("Valid")
    return Case(row["name"], expected[2], is_reported, places, document)


@pytest.mark.pure
def test_our_rules_find_the_faults_of_the_validator_in_what_our_feeds_have() -> None:
    every = cases()
    reported = [case for case in every if case.is_reported]
    ours = [case for case in reported if case.is_about_ours]
    assert [(case.name, case.fault) for case in ours if not case.is_found] == []
    assert (len(every), len(reported), len(ours)) == (627, 382, 227)


@pytest.mark.pure
def test_our_rules_find_nothing_where_the_validator_says_that_nothing_is() -> None:
    spared = [case for case in cases() if not case.is_reported and case.is_about_ours]
    assert [case.name for case in spared if case.is_found_by_name(faults(case.document))] == [
        # It writes relations as addresses of a registry; we use their names.
        "atom/4.2.7.2/link-rel-iana.xml",
    ]
    assert len(spared) == 157


@pytest.mark.django_db
def test_no_feed_of_the_demo_show_has_a_fault(client: Client) -> None:
    put_on("eleven quiet herons")
    slugs = [f"topics/{Topic.objects.earliest('pk').slug}", f"people/{Person.objects.earliest('pk').slug}"]
    for place, feed, format in product(("", "safe/"), ("episodes", *slugs), FORMATS):
        response = client.get(f"/feeds/{place}{feed}.{format}")
        assert response.status_code == 200
        found = json_faults(json.loads(response.content)) if format == "json" else faults(response.content)
        assert found == set(), (place, feed, format)


def json_faults(feed: dict[str, Any]) -> set[str]:
    """What JSON Feed 1.1 does not allow, as far as our feeds have it."""
    found: set[str] = set()
    known = {"version", "title", "home_page_url", "feed_url", "description", "next_url", "authors", "language", "items"}
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"] or set(feed) - known:
        found.add("feed")
    if any(not item["id"] or not isinstance(item["id"], str) for item in feed["items"]):
        found.add("id")
    if len({item["id"] for item in feed["items"]}) < len(feed["items"]):
        found.add("DuplicateIds")
    for item in feed["items"]:
        found |= html_faults(item["content_html"])
        found |= {name for name in ("author", "attachments", "content_text") if name in item}
        found |= {name for name in ("date_published", "date_modified") if not is_rfc_3339(item[name])}
        found |= {"authors" for author in item.get("authors", []) if not author.get("name")}
    return found
