"""What a page does with controls and players, done as a book can: boxes to tick by pen, films as lines."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from questions.reading.books.markup import blocks_of, element

# What an element keeps on its way into a book. Addresses and ids are looked at once more when the book is put together.
_KEPT = {"class", "dir", "id", "href", "title", "start", "datetime", "aria-label", "role", "epub:type"}
_DROPPED = {"button", "form", "iframe", "script", "svg", "template"}


def is_gate(block: Element) -> bool:
    return block.tag == "details" and "gate" in block.get("class", "").split()


def gated_blocks(gate: Element) -> list[Element]:
    """What stands behind a gate."""
    return [block for body in gate.findall("div") for block in blocks_of(body)]


def is_gate_of_film(gate: Element) -> bool:
    """Whether nothing stands behind it but films, which a book only points to."""
    return all(_is_film(block) for block in gated_blocks(gate))


def note_of_gate(gate: Element) -> Element:
    """The words on a gate, without what opens it on a page."""
    note = element("p", class_="gate")
    for summary in gate.findall("summary"):
        note.text = summary.text
        note.extend([child for child in summary if child.get("class") != "gate__open"])
    if len(note):
        note[-1].tail = (note[-1].tail or "").rstrip()
    return note


def suited(old: Element, address: str) -> Element:
    """A block, or what is in one, as it can stand in a book. `address` is where our pages have it."""
    made = next((make(old, address) for fits, make in _MAKERS if fits(old)), None)
    new = _copied(old, address) if made is None else made
    new.tail = old.tail
    return new


def _copied(old: Element, address: str) -> Element:
    new = Element(old.tag, {name: value for name, value in old.items() if name in _KEPT})
    new.text = old.text
    for child in old:
        if child.tag not in _DROPPED:
            new.append(suited(child, address))
        elif child.tail:
            _append_words(new, child.tail)
    return new


def _append_words(parent: Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = f"{parent[-1].tail or ''}{words}"
    else:
        parent.text = f"{parent.text or ''}{words}"


def _is_film(block: Element) -> bool:
    return block.tag == "figure" and block.get("class") == "film"


def _film(old: Element, address: str) -> Element:
    """Its note, then a line that says what there is to see and where."""
    film = element("figure", class_="film")
    line = element("p")
    for child in old:
        if child.tag == "figcaption":
            film.append(suited(_without_promise(child), address))
        elif child.tag == "a":
            line.extend(_way_to(child.get("href", ""), suited(child, address)))
        else:
            film.append(suited(child, address))
    if len(line):
        film.append(line)
    return film


def _without_promise(note: Element) -> Element:
    """Nothing can be pressed here that would fetch anything."""
    for promise in note.findall("span[@class='film__promise']"):
        note.remove(promise)
    return note


def _gated_film(gate: Element, address: str) -> Element:
    """A film that is not safe is its note in a book, and the way to the page that has it behind the same note."""
    note = note_of_gate(gate)
    note.set("class", "film")
    _append_words(note, " ")
    note.extend(_way_to(address, element("a", _("On our pages"), href=address)))
    return note


def _way_to(address: str, link: Element) -> list[Element]:
    """A link, and its address for paper and for devices without a net."""
    link.tail = " "
    return [link, element("span", address, class_="address", dir="ltr")]


def _box(old: Element, address: str) -> Element:
    return element("span", class_="box")


def _words_beside_box(old: Element, address: str) -> Element:
    words = _copied(old, address)
    words.tag = "span"
    return words


def _note_reference(old: Element, address: str) -> Element:
    reference = _copied(old, address)
    for link in reference.findall("a"):
        link.attrib |= {"epub:type": "noteref", "role": "doc-noteref"}
    return reference


def _way_back(old: Element, address: str) -> Element:
    back = _copied(old, address)
    back.set("role", "doc-backlink")
    return back


def _notes(old: Element, address: str) -> Element:
    """Footnotes, one by one as reading systems want them to show them where they are referred to."""
    notes = element("section", class_="footnotes")
    notes.attrib |= {"epub:type": "footnotes", "aria-label": old.get("aria-label", "")}
    number_of_note = 0
    for item in old.iterfind("ol/li"):
        number_of_note = int(item.get("value", number_of_note + 1))
        note = _copied(item, address)
        note.tag = "aside"
        note.attrib |= {"epub:type": "footnote", "role": "doc-footnote"}
        number = element("span", f"{number_of_note}.", class_="footnotes__number")
        if len(note) and note[0].tag == "p":
            number.tail, note[0].text = f" {note[0].text or ''}", ""
            note[0].insert(0, number)
        else:
            note.insert(0, element("p", "", number))
        notes.append(note)
    return notes


_MAKERS: tuple[tuple[Callable[[Element], bool], Callable[[Element, str], Element]], ...] = (
    (is_gate, _gated_film),
    (_is_film, _film),
    (lambda old: old.tag == "input", _box),
    (lambda old: old.tag == "label", _words_beside_box),
    (lambda old: old.get("class") == "footnote-ref", _note_reference),
    (lambda old: old.get("class") == "footnote-back", _way_back),
    (lambda old: old.get("class") == "footnotes", _notes),
)
