"""Books taken apart: what is in an EPUB, and in which order it is read."""

from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django.test import Client

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass
class OpenBook:
    """The files of a book by name, without their folder."""

    raw: bytes

    @property
    def files(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.raw)) as archive:
            return {name.removeprefix("book/"): archive.read(name) for name in archive.namelist()}

    @property
    def package(self) -> ElementTree.Element:
        return self.tree("package.opf")

    def tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.files[name])  # noqa: S314 - it is our own

    def order(self, *, pages_only: bool = False) -> list[str]:
        """The documents in the order of the spine; `pages_only` without those that turning pages may pass by."""
        names = {item.attrib["id"]: item.attrib["href"] for item in self.package.iter(f"{OPF}item")}
        return [
            names[item.attrib["idref"]]
            for item in self.package.iter(f"{OPF}itemref")
            if not pages_only or item.attrib.get("linear") != "no"
        ]

    def words(self, name: str) -> str:
        """The words of a document's body."""
        body = self.tree(name).find(f"{XHTML}body")
        assert body is not None
        return " ".join("".join(body.itertext()).split())

    def links(self, name: str) -> dict[str, str]:
        """Where each link leads, by its words."""
        links = self.tree(name).iter(f"{XHTML}a")
        return {" ".join("".join(link.itertext()).split()): link.attrib["href"] for link in links}

    def told(self, name: str) -> list[str]:
        """What the package says under this name: an element of Dublin Core or a `property`."""
        return [
            element.text or ""
            for element in self.package.iter()
            if element.tag == f"{{http://purl.org/dc/elements/1.1/}}{name}" or element.attrib.get("property") == name
        ]


def fetched(client: Client, address: str) -> OpenBook:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/epub+zip"
    return OpenBook(response.content)
