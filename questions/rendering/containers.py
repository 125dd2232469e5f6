"""The `:::` blocks of an answer, as one rule for the parser and one to fold each block into one token.

The container plugin of mdit-py-plugins is not used: it raises IndexError on "> ::: aside" with an empty
line after it, and a block that nobody closed would swallow every later part of the answer.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

NAMES = frozenset({"checklist", "aside", "spoken", "quote", "video", "examine", "expect"})
_WITHOUT_TITLE = frozenset({"video", "expect"})

# Deeper blocks are read as ordinary text. The parser's own limit is higher, because it drops the words there.
DEEPEST = 9

_OPENING = re.compile(r":{3,}[ \t]*(\w.*)")
_CLOSING = re.compile(r":{3,}[ \t]*")
_CODE_FENCE = re.compile(r"`{3,}|~{3,}")
_PART_HEADING = re.compile(r"#(?:[ \t]|$)")
_BOX = re.compile(r"\[[ xX]\][ \t]+")


def containers_plugin(parser: MarkdownIt) -> None:
    """Teach a parser the `:::` blocks: each becomes one "container" token with its content as children."""
    parser.block.ruler.before(
        "fence", "container", _container, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.push("fold_containers", _fold_containers)


def is_at_top(state: StateBlock) -> bool:
    """Whether the parser stands outside every list, quotation and footnote; a container does not count."""
    return state.level == int(state.env.get("open_containers", 0))


def blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens, one whole block (paragraph, list, container …) at a time."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    line = _line(state, start_line)
    if _CLOSING.fullmatch(line):
        # It closes nothing. It has no words, so it is passed over rather than shown.
        state.line = start_line + 1
        return True
    opening = _OPENING.match(line)
    if opening is None or state.level >= DEEPEST:
        return False
    if silent:
        return True

    words = opening[1].rstrip()
    name, _, title = words.partition(" ")
    name = name.lower()
    end_of = _end_of_note if name == "expect" else _end_of_container
    last_line, is_closed = end_of(state, start_line, end_line)
    if name in NAMES:
        token = state.push("container_open", "", 1)
        token.meta = {"name": name, "words": title.strip(), "has_title": False}
        if title.strip() and name not in _WITHOUT_TITLE:
            token.meta["has_title"] = True
            _push_inline(state, title.strip(), start_line)
    else:
        # A name that does not exist is shown, so that the host sees the slip and no word is lost.
        token = state.push("container_open", "", 1)
        token.meta = {"name": "", "words": "", "has_title": False}
        state.push("paragraph_open", "p", 1)
        _push_inline(state, words, start_line)
        state.push("paragraph_close", "p", -1)
    token.map = [start_line, last_line]

    parent_type, line_max = state.parentType, state.lineMax
    was_at_top = state.level - 1 == int(state.env.get("open_containers", 0))
    state.parentType = "container"
    state.lineMax = last_line
    if was_at_top:
        state.env["open_containers"] = state.level
    state.md.block.tokenize(state, start_line + 1, last_line)
    if was_at_top:
        state.env["open_containers"] = state.level - 1
    state.parentType, state.lineMax = parent_type, line_max

    state.push("container_close", "", -1)
    state.line = last_line + is_closed
    return True


def _push_inline(state: StateBlock, content: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [line, line + 1]
    token.children = []


def _end_of_container(state: StateBlock, start_line: int, end_line: int) -> tuple[int, bool]:
    """The line that ends the container opened at `start_line`, and whether that line is its `:::`.

    A container that was not closed ends where its surroundings end, or before the next part.
    """
    starts_parts = is_at_top(state)
    depth = 1
    code_fence = ""
    for number in range(start_line + 1, end_line):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number, False
        if state.is_code_block(number):
            continue
        if fence := _CODE_FENCE.match(line):
            if not code_fence:
                code_fence = fence[0]
            elif fence[0].startswith(code_fence):
                code_fence = ""
        elif code_fence:
            continue
        elif _CLOSING.fullmatch(line):
            depth -= 1
            if depth == 0:
                return number, True
        elif _OPENING.match(line):
            depth += 1
        elif starts_parts and _PART_HEADING.match(line):
            return number, False
    return end_line, False


def _end_of_note(state: StateBlock, start_line: int, end_line: int) -> tuple[int, bool]:
    """The same for an `expect`, which ends at the next `:::` of any kind; if that is not its own, it is one line.

    So what it covers is never taken for its words, which are not gated.
    """
    starts_parts = is_at_top(state)
    for number in range(start_line + 1, end_line):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            break
        if state.is_code_block(number):
            continue
        if _CLOSING.fullmatch(line):
            return number, True
        if _OPENING.match(line) or (starts_parts and _PART_HEADING.match(line)):
            break
    return start_line + 1, False


def _fold_containers(state: StateCore) -> None:
    """Replace what stands between an opening and its closing by one token that holds it as children."""
    streams: list[list[Token]] = [[]]
    opened: list[Token] = []
    for token in state.tokens:
        if token.type == "container_open":
            opened.append(token)
            streams.append([])
        elif token.type == "container_close":
            streams[-2].extend(_folded(opened.pop(), streams.pop()))
        else:
            streams[-1].append(token)
    state.tokens = streams[0]


def _folded(opening: Token, inside: list[Token]) -> list[Token]:
    name = opening.meta["name"]
    if not name:
        return inside
    title = inside.pop(0) if opening.meta["has_title"] else None
    if name == "checklist":
        _drop_typed_boxes(inside)
    if name == "examine":
        _mark_phrases(inside)
    folded = Token("container", "", 0, children=inside, block=True, map=opening.map)
    folded.meta = {"name": name, "words": opening.meta["words"], "title": title}
    return [folded]


def _drop_typed_boxes(tokens: list[Token]) -> None:
    """Take out the "[ ]" that some people write before an item: the page draws its own boxes."""
    for index, token in enumerate(tokens[2:], start=2):
        if token.type == "inline" and tokens[index - 2].type == "list_item_open" and token.children:
            token.children[0].content = _BOX.sub("", token.children[0].content, count=1)


def _mark_phrases(tokens: list[Token]) -> None:
    """Turn the `==phrases==` of the first paragraph into numbered marks."""
    if len(tokens) < 3 or tokens[0].type != "paragraph_open":
        return
    question = tokens[1]
    children = list(_split_at_signs(question.children or []))
    number = depth = lowest = 0
    opened: tuple[int, int] | None = None
    for position, token in enumerate(children):
        depth += token.nesting
        lowest = min(lowest, depth)
        if "mark" not in token.meta:
            continue
        # Both signs must stand within the same emphasis or link, or the tags would cross.
        if opened and opened[1] == depth == lowest and position > opened[0] + 1:
            number += 1
            for place, kind, nesting in ((opened[0], "mark_open", 1), (position, "mark_close", -1)):
                children[place] = Token(kind, "mark", nesting, meta={"number": number})  # type: ignore[arg-type]
            opened = None
        else:
            opened, lowest = (position, depth), depth
    question.children = children


def _split_at_signs(children: Sequence[Token]) -> Iterator[Token]:
    for token in children:
        if token.type != "text" or "==" not in token.content:
            yield token
            continue
        for index, words in enumerate(token.content.split("==")):
            if index:
                yield Token("text", "", 0, content="==", meta={"mark": True})
            if words:
                yield Token("text", "", 0, content=words)
