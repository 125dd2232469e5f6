"""Our own rules of what is wrong with a feed, each under the name that the feed validator's cases have for the fault.

They know the elements that our feeds have; what a feed may hold besides is not judged.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from tests.reading.feed_html_faults import html_faults

PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
ATOM_NAMESPACE = "{http://www.w3.org/2005/Atom}"
Name = tuple[str, str]
"""The name of a fault and the element it is in, as in "NotBlank", "title"; the element is empty for the document."""


@dataclass(frozen=True)
class Grammar:
    """What stands in an element: what has to, what may once, and what the specification knows besides."""

    required: frozenset[str]
    once: frozenset[str]
    known: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RSS = {
    "rss": Grammar(_words("channel"), _words("channel"), _words("channel")),
    "channel": Grammar(
        _words("title link description"),
        _words("title link description language lastBuildDate"),
        _words("copyright managingEditor webMaster pubDate category generator docs cloud ttl image rating textInput "
               "skipHours skipDays item"),
    ),
    "item": Grammar(
        frozenset(),
        _words("title link description guid pubDate author comments source"),
        _words("category enclosure"),
    ),
}  # fmt: skip
_PERSON = Grammar(_words("atom:name"), _words("atom:name atom:uri atom:email"), frozenset())
ATOM = {
    "atom:feed": Grammar(
        _words("atom:id atom:title atom:updated"),
        _words("atom:id atom:title atom:subtitle atom:updated atom:rights atom:generator atom:icon atom:logo"),
        _words("atom:author atom:category atom:contributor atom:link atom:entry"),
    ),
    "atom:entry": Grammar(
        _words("atom:id atom:title atom:updated"),
        _words("atom:id atom:title atom:updated atom:published atom:summary atom:content atom:rights atom:source"),
        _words("atom:author atom:category atom:contributor atom:link"),
    ),
    "atom:author": _PERSON,
    "atom:contributor": _PERSON,
}
OURS = _words(
    "rss channel item title link description language lastBuildDate guid pubDate category feed entry id subtitle "
    "updated published author name uri summary content content:encoded dc:creator dc:language term href rel"
)
"""The elements and attributes that our feeds have."""

_MISSING = {"title": "MissingTitle", "link": "MissingLink", "description": "MissingDescription"}
_SAID_TWICE = (
    ("author", "dc:creator"), ("managingEditor", "dc:creator"), ("pubDate", "dc:date"), ("pubDate", "atom:published"),
    ("language", "dc:language"), ("category", "dc:subject"), ("lastBuildDate", "dcterms:modified"),
)  # fmt: skip
_RELATIONS = _words("self first last next previous alternate related via enclosure edit replies license")
_HTML_IN_TEXT = re.compile(r"<(?:/?[a-z]\w*[\s/>]|!)|&(?:#\w|[a-z]{2})", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|urn:|mailto:|tag:)[^\s<>\"{}|\\^`\x00-\x20]+")
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_RFC_822 = re.compile(r"(?:\w{3}, +)?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,3})")
_TEXTS = _words("title description category atom:title atom:subtitle atom:summary atom:name")


def faults(document: bytes) -> set[Name]:
    """Everything that is wrong with the feed."""
    try:
        root = ElementTree.fromstring(document)  # noqa: S314 - ours, and the validator's own cases
    except ElementTree.ParseError:
        outside = b"<!ENTITY" in document and b"SYSTEM" in document
        return {("ContainsSystemEntity" if outside else "SAXError", "")}
    found: set[Name] = set(_document_faults(root, document))
    grammar = ATOM if named(root).startswith("atom:") else RSS
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in root.iter():
        found |= set(_structure_faults(element, grammar))
        found |= set(_value_faults(element))
        if _is_html(element):
            found |= {(fault, bare(named(element))) for fault in html_faults(element.text or "")}
    ids = [(parents[each], (each.text or "").strip()) for each in root.iter() if named(each) in ("atom:id", "guid")]
    if any(count > 1 for count in Counter(text for parent, text in ids if bare(named(parent)) != "feed").values()):
        found.add(("DuplicateIds", ""))
    return found


def named(element: ElementTree.Element) -> str:
    """The element's name with the prefix that is usual for its namespace."""
    return _prefixed(element.tag)


def bare(name: str) -> str:
    return name.removeprefix("atom:")


def _prefixed(tag: str) -> str:
    namespace, _brace, local = tag.removeprefix("{").rpartition("}")
    return f"{PREFIXES.get(namespace, f'{namespace} ' if namespace else '')}{local}"


def _document_faults(root: ElementTree.Element, document: bytes) -> Iterator[Name]:
    if named(root) not in ("rss", "atom:feed"):
        local = root.tag.rpartition("}")[2]
        other = {"feed": "ObsoleteNamespace", "rss": "InvalidNamespace"}.get(local, "UndefinedElement")
        yield "MissingNamespace" if root.tag == "feed" else other, local
    if named(root) == "rss":
        if "version" not in root.attrib:
            yield "MissingAttribute", "rss"
        elif not re.fullmatch(r"2\.0|0\.9[1-4]", root.attrib["version"]):
            yield "InvalidRSSVersion", ""
        if set(root.attrib) - {"version"}:
            yield "UseOfExtensionAttr", "rss"
    if named(root) == "atom:feed" and "self" not in {link.get("rel") for link in root if named(link) == "atom:link"}:
        yield "MissingSelf", "feed"
    if named(root) == "atom:feed" and root.find(f"{ATOM_NAMESPACE}author") is None:
        for entry in root.iter(f"{ATOM_NAMESPACE}entry"):
            if not {"atom:author", "atom:source"} & {named(child) for child in entry}:
                yield "MissingElement", "author"


def _structure_faults(element: ElementTree.Element, grammar: dict[str, Grammar]) -> Iterator[Name]:
    name, children = named(element), Counter(named(child) for child in element)
    rules = grammar.get(name)
    if rules is None:
        if children and (name in _TEXTS or name == "atom:content"):
            yield "UndefinedElement", bare(name)
        return
    for missing in rules.required - set(children):
        yield _MISSING.get(missing, "MissingElement") if name == "channel" else "MissingElement", bare(missing)
    yield from (("DuplicateElement", bare(child)) for child in rules.once if children[child] > 1)
    known = rules.required | rules.once | rules.known
    yield from (("UndefinedElement", bare(child)) for child in children if _is_core(child, name) and child not in known)
    if any((part or "").strip() for part in [element.text, *(child.tail for child in element)]):
        yield "UnexpectedText", bare(name)
    yield from _item_faults(element, name, children)
    for first, second in _SAID_TWICE:
        if children[first] and children[second]:
            yield ("DuplicateItemSemantics" if name == "item" else "DuplicateSemantics"), first


def _is_core(child: str, parent: str) -> bool:
    return child.startswith("atom:") if parent.startswith("atom:") else ":" not in child and " " not in child


def _item_faults(element: ElementTree.Element, name: str, children: Counter[str]) -> Iterator[Name]:
    order = [named(child) for child in element]
    if name == "item":
        if not children["title"] and not children["description"]:
            yield "ItemMustContainTitleOrDescription", ""
        if "content:encoded" in order and "description" not in order[: order.index("content:encoded")]:
            yield "NeedDescriptionBeforeContent", ""
    links = [child for child in element if named(child) == "atom:link"]
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
    if len({(link.get("type"), link.get("hreflang")) for link in alternates}) < len(alternates):
        yield "DuplicateAtomLink", bare(name)
    if name == "atom:entry":
        if not alternates and not children["atom:content"]:
            yield "MissingContentOrAlternate", "entry"
        if not children["atom:content"] and not children["atom:summary"]:
            yield "MissingTextualContent", "entry"


def _value_faults(element: ElementTree.Element) -> Iterator[Name]:
    name, text = named(element), (element.text or "").strip()
    plain = bare(name)
    if name in _TEXTS - {"description", "atom:summary"} and not text and not len(element) and not element.attrib:
        yield "NotBlank", plain
    if name in ("title", "category", "atom:name", "language") and _HTML_IN_TEXT.search(text):
        yield "ContainsHTML", plain
    is_text = name in _TEXTS and name.startswith("atom:") and element.get("type", "text") == "text"
    if is_text and _HTML_IN_TEXT.search(text):
        yield "ContainsUndeclaredHTML", plain
    if re.search("[\x80-\x9f]|\xc3[\x80-\xbf]|\xe2\x80", "".join([text, *element.attrib.values()])):
        yield "BadCharacters", plain
    is_typed = name.startswith("atom:") and name not in ("atom:link", "atom:generator")
    if "src" in element.attrib or (is_typed and element.get("type", "text") not in ("text", "html")):
        yield "OtherType", plain
    if name in ("pubDate", "lastBuildDate"):
        yield from ((fault, plain) for fault in _date_822_faults(text))
    if name in ("atom:updated", "atom:published") and not is_rfc_3339(text):
        yield "InvalidRFC3339Date", plain
    if name in ("language", "dc:language") and not _LANGUAGE.fullmatch(text):
        yield "InvalidLanguage", plain
    if name in ("link", "atom:uri") and not _ADDRESS.fullmatch(text):
        yield ("InvalidFullLink" if not re.match(r"\w+:", text) else "SchemeNotIANARegistered"), plain
    if name == "atom:id":
        yield from ((fault, "id") for fault in _id_faults(text))
    if name == "guid":
        yield from _guid_faults(element, text)
    if name in ("atom:link", "atom:category"):
        yield from _attribute_faults(element, plain)


def _date_822_faults(text: str) -> Iterator[str]:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        yield "InvalidRFC2822Date"
        return
    if not _RFC_822.fullmatch(text) or re.search(r" [A-Y]$", text):
        yield "ProblematicalRFC822Date"
    if moment.year < 1970:
        yield "ImplausibleDate"


def is_rfc_3339(text: str) -> bool:
    try:
        return bool(_RFC_3339.fullmatch(text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _id_faults(text: str) -> Iterator[str]:
    if not _UUID.fullmatch(text):
        yield "OtherName"
    if not re.match(r"[A-Za-z][\w+.-]*:", text):
        yield "InvalidFullLink"
    elif text.lower().startswith("urn:uuid:"):
        if not _UUID.fullmatch(text):
            yield "InvalidUUID"
    elif text.startswith("urn:"):
        if not re.fullmatch(r"urn:(?!urn:)[A-Za-z0-9][A-Za-z0-9-]{0,31}:[\w()+,.:=@;$!*'%/?#-]+", text):
            yield "InvalidURN"
    elif text.startswith("tag:"):
        if not re.fullmatch(r"tag:[\w.@-]+\.\w+,\d{4}(?:-\d\d(?:-\d\d)?)?:[^\s#]*(?:#\S*)?", text):
            yield "InvalidTAG"
    elif text != text.strip() or re.match(
        r"[A-Z]|https?://[^/]*[A-Z:@]|https?://[^/]+$|.*/\.\.?/|.*%[0-9A-Fa-f]?[a-f]|.*%(?:7E|2D|5F|[46][1-9A-F])", text
    ):
        yield "NonCanonicalURI"


def _guid_faults(element: ElementTree.Element, text: str) -> Iterator[Name]:
    permanent = element.get("isPermaLink", "true")
    if permanent not in ("true", "false"):
        yield "InvalidBooleanAttribute", "guid"
    if permanent == "true" and not re.match(r"https?://", text):
        yield ("InvalidPermalink" if re.match(r"\w+:", text) else "ValidHttpGUID"), "guid"


def _attribute_faults(element: ElementTree.Element, name: str) -> Iterator[Name]:
    needed = {"link": "href", "category": "term"}[name]
    if needed not in element.attrib:
        yield "MissingAttribute", name
        yield "MissingHref", name
    elif not element.attrib[needed].strip():
        yield ("NotBlank" if name == "category" else "AtomLinkNotEmpty"), needed if name == "category" else name
        if element.get("rel") == "self":
            yield "RelativeSelf", ""
    elif name == "link" and not _ADDRESS.fullmatch(element.attrib[needed]):
        yield "InvalidLink", "href"
    if name == "link" and (element.text or "").strip():
        yield "AtomLinkNotEmpty", name
    if name == "link" and not re.fullmatch(r"\w+/[\w.+-]+(?:; ?\w+=.+)?", element.get("type", "text/html")):
        yield "InvalidMIMEType", name
    relation = element.get("rel", "alternate")
    if not relation.strip():
        yield "AttrNotBlank", name
    elif relation not in _RELATIONS and not re.match(r"https?://", relation):
        yield "UnregisteredAtomLinkRel", name
    for label in ("label", "title"):
        if _HTML_IN_TEXT.search(element.get(label, "")):
            yield "ContainsHTML", name if label == "title" else label
    if "hreflang" in element.attrib and not _LANGUAGE.fullmatch(element.attrib["hreflang"]):
        yield "InvalidLanguage", "hreflang"


def _is_html(element: ElementTree.Element) -> bool:
    if named(element) in ("content:encoded", "description"):
        return True
    return named(element).startswith("atom:") and element.get("type") in ("html", "text/html")
