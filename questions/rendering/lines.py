"""The words of parsed Markdown without its marks and addresses, a line for each block."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from questions.rendering.cleaning import is_allowed_address
from questions.rendering.films import read_film_line
from questions.rendering.gates import read_expect_line


def words_of(tokens: Sequence[Token]) -> str:
    return "\n".join(line for line in _lines(tokens) if line)


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield " ".join("".join(_inline_words(token.children or ())).split())
        elif token.type in ("fence", "code_block"):
            yield token.content.strip()
        elif token.type == "container":
            yield from _container_lines(token)


def _container_lines(token: Token) -> Iterator[str]:
    if token.meta["name"] == "video":
        video = read_film_line(token.meta["words"])
        yield video.title if is_allowed_address(video.address) else token.meta["words"]
    elif token.meta["name"] == "expect":
        yield read_expect_line(token.meta["words"]).words
    elif token.meta["title"]:
        yield from _lines([token.meta["title"]])
    yield from _lines(token.children or ())


def _inline_words(children: Sequence[Token]) -> Iterator[str]:
    for token in children:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _inline_words(token.children or ())
