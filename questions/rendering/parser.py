"""The two Markdown parsers, one for answers and one for short texts, and how their tokens become HTML."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, blockquote, list_block, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from questions.rendering.cleaning import EXTERNAL_REL, is_allowed_address, is_external
from questions.rendering.containers import DEEPEST, containers_plugin, is_at_top
from questions.rendering.pieces import render_container

# (level that "#" gets, deepest level) of the headings in each place.
TEXT_HEADINGS = (1, 4)
OPENING_HEADINGS = (1, 6)
PART_HEADINGS = (2, 6)

# A few thousand short rows under a wide heading would otherwise be filled up with 65,536 empty cells.
import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = 5_000  # type: ignore[attr-defined]

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_NOTE_LABEL = re.compile(r"\[\^([^\]\s]+)\]:")
_ALIGNMENTS = {"left": "align-start", "center": "align-center", "right": "align-end"}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "maxNesting": 12})
    parser.validateLink = _let_pass  # type: ignore[method-assign]
    footnote_plugin(parser, inline=False)
    block = parser.block.ruler
    block.at("blockquote", _not_too_deep(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("list", _not_too_deep(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("reference", _link_definition)
    block.at("footnote_def", _note_definition, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.before("footnote_tail", "keep_unused_notes", _keep_unused_notes)
    parser.core.ruler.push("judge_links", _judge_links)
    parser.core.ruler.push("name_alignments", _name_alignments)
    for name in ("heading_open", "heading_close"):
        parser.add_render_rule(name, _heading)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("mark_close", _mark_close)
    parser.add_render_rule("footnote_ref", _note_reference)
    parser.add_render_rule("footnote_anchor", _note_way_back)
    parser.add_render_rule("footnote_block_open", _notes_open)
    parser.add_render_rule("footnote_open", _note_open)
    return parser


def _let_pass(url: str) -> bool:
    """Lets every address through: _judge_links refuses the bad ones later, so that their words are kept."""
    return True


def _not_too_deep(rule: BlockRule) -> BlockRule:
    """The same rule, but silent where the parser's own limit on nesting would soon drop words."""

    def limited(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        return state.level < DEEPEST and rule(state, start_line, end_line, silent)

    return limited


def _note_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The plugin's rule, except where it would lose the words of a note: nested or defined twice."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    label = _NOTE_LABEL.match(state.src, start, state.eMarks[start_line])
    if label is None:
        return False
    if silent:
        # Asked from inside the note before it: the next note ends that one.
        return True
    if not is_at_top(state):
        return False
    if f":{label[1]}" in state.env.get("footnotes", {}).get("refs", {}):
        return False
    return footnote_def(state, start_line, end_line, silent)


def _link_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The parser's rule, except that a note which is none ("> [^1]: words") does not vanish as a link."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    return not state.src.startswith("[^", start) and reference(state, start_line, end_line, silent)


def _keep_unused_notes(state: StateCore) -> None:
    """Leave a note that nothing refers to where it was written; the plugin would drop it."""
    references = state.env.get("footnotes", {}).get("refs", {})
    kept: list[Token] = []
    is_unused = False
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            is_unused = references.get(f":{token.meta['label']}", -1) < 0
        if token.type in ("footnote_reference_open", "footnote_reference_close") and is_unused:
            continue
        kept.append(token)
    state.tokens = kept


def _judge_links(state: StateCore) -> None:
    """Hide the tags of links that may lead nowhere we allow; give the others their `rel`."""
    for token in state.tokens:
        is_refused = False
        for child in _inline_children(token):
            if child.type == "link_open":
                address = str(child.attrGet("href") or "")
                is_refused = not is_allowed_address(address)
                child.hidden = is_refused
                if is_external(address):
                    child.attrSet("rel", EXTERNAL_REL)
            elif child.type == "link_close":
                child.hidden = is_refused


def _inline_children(token: Token) -> Sequence[Token]:
    return token.children or () if token.type == "inline" else ()


def _name_alignments(state: StateCore) -> None:
    """Say a table cell's alignment by class: the policy of our pages forbids style attributes."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", _ALIGNMENTS[str(style).removeprefix("text-align:")])


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    first, deepest = env["headings"]
    level = min(deepest, max(first + 1, int(tokens[index].tag[1:]) + first - 1))
    return f"<h{level}>" if tokens[index].nesting == 1 else f"</h{level}>\n"


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return escape(self.renderInlineAsText(tokens[index].children, options, env))


def _mark_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """The end of an examined phrase, with the way to its remark if it has one."""
    number = tokens[index].meta["number"]
    if number > env["remarks"]:
        return "</mark>"
    label = _("Remark %(number)d") % {"number": number}
    target = f"#{env['docId']}-remark-{env['examined']}-{number}"
    return f'<sup><a href="{escape(target)}" aria-label="{escape(label)}">{number}</a></sup></mark>'


def _note_reference(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    number = tokens[index].meta["id"] + 1
    label = _("Note %(number)d") % {"number": number}
    return (
        f'<sup class="footnote-ref"><a href="#{_note_id(tokens[index], env)}"'
        f' id="{_note_place(tokens[index], env)}" aria-label="{escape(label)}">{number}</a></sup>'
    )


def _notes_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return f'<section class="footnotes" aria-label="{escape(_("Notes"))}">\n<ol>\n'


def _note_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    value = f' value="{meta["id"] + 1}"' if meta.get("goes_on") else ""
    return f'<li id="{_note_id(tokens[index], env)}"{value}>'


def _note_way_back(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta, label = tokens[index].meta, _("Back to the text")
    if (meta["id"], meta["subId"]) not in env.get("referred", {(meta["id"], meta["subId"])}):
        return ""
    place = _note_place(tokens[index], env)
    # The last character keeps the arrow a character; without it some devices draw an emoji.
    return f' <a href="#{place}" class="footnote-back" aria-label="{escape(label)}">\u21a9\ufe0e</a>'


def _note_id(token: Token, env: EnvType) -> str:
    return escape(f"{env['docId']}-note-{token.meta['id'] + 1}")


def _note_place(token: Token, env: EnvType) -> str:
    nth = token.meta.get("subId", 0)
    return f"{_note_id(token, env)}-from" + (f"-{nth + 1}" if nth else "")


TEXT = _parser()

ANSWER = _parser().use(containers_plugin)
ANSWER.add_render_rule("container", render_container)
