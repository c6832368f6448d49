"""The canonical form of a file, which `gdprlint fmt` writes, and the text of single nodes for messages.

The printer goes by the tree for the order of words and by the source for what a tree does not
hold: comments, blank lines, and whether a term was written with spaces or with hyphens. It knows
how sentences look and not what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from gdprlint.diagnostics import Diagnostic
from gdprlint.language.lexemes import unquoted
from gdprlint.language.page import Page
from gdprlint.language.reading import read
from gdprlint.language.tree import (
    Block,
    Clause,
    Declaration,
    Expression,
    File,
    Head,
    Margin,
    Override,
    Path,
    Place,
    Rule,
    Stray,
    Tail,
    Thing,
    Things,
    Token,
    Unread,
    Use,
)
from gdprlint.text import Source

Line = Clause | Stray | Use | Declaration | Rule | Override | Head | Unread

WIDTH = 88  # of the text of a record
RULE_WIDTH = 100  # of prose and expressions
MARGIN = 90  # characters before a margin that is set at the right
VERB = 13
HEAD = 9
STEP = 2  # a block is deeper than its head by so much
HANG = 4  # and the second line of a declaration by so much

_PROSE = ("title", "why", "says", "help")
_HEADS = {"silence": "silence counts in", "yields": "yields to"}
_LEVELS = {"satisfies": 0, "implies": 0, "any": 1, "all": 2}
_TOKENS = re.compile(r'#[^\n]*|"(?:[^"\\\n]|\\.)*"|[^\s"#]+')
_BRACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*\{")
_SCHEDULE = re.compile(r"\b(?:schedule|annex) [A-Z]{1,2}\d")
_CODE = re.compile(r"`[^`]*`|[^`]+|`")
# Reading folds the white space around a line break to one space, so only a lone space may become one.
_FOLDS = re.compile(r"(?<![ \t\r]) (?![ \t\r])")


def format_source(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """The source in canonical form; with faults they are given, and the text as it was."""
    parsed = read(source)
    if parsed.faults:
        return source.text, parsed.faults
    return format_tree(parsed.tree, source.text), ()


def format_tree(tree: File, text: str) -> str:
    """The file in canonical form. `text` is the source of the tree, empty for a tree that was never text."""
    page = Page(text, tree.comments)
    for before, item in pairwise([None, *tree.items]):
        page.apart = not text and before is not None and _sort(before) != _sort(item)
        _print_line(page, item, 0)
    page.print_comments(len(text) + 1, 0)
    return "".join(f"{line}\n" for line in page.lines)


# ---- one line of text, without margin. `text` is the source, where terms shall stand as they were written.


def clause_text(node: Line, text: str = "") -> str:
    """The line on one line: a clause whole, of what has a block the head."""
    first, groups = _sentence(node, text)
    return " ".join([*first, *(piece for group in groups for piece in group)])


def things_text(things: Things, text: str = "") -> str:
    return " ".join(_pieces(things, text))


def tails_text(tails: Iterable[Tail], text: str = "") -> str:
    return " ".join(piece for tail in tails for piece in _tail_pieces(tail, text))


def thing_text(thing: Thing, text: str = "") -> str:
    match thing.kind:
        case "word":
            words = _written(thing, text)
            said = words if thing.quote is None else f"{words} {quoted(thing.quote)}"
        case "quote":
            said = quoted(thing.quote or "")
        case "amount":
            said = " ".join(filter(None, (thing.bound, thing.text, _after(thing, text))))
        case _:
            said = thing.text
    return f"{thing.adverb} {said}" if thing.adverb else said


def margin_text(margin: Margin) -> str:
    return f"[{', '.join(map(_place_text, margin.places))}]"


def expression_text(expression: Expression, text: str = "") -> str:
    return " ".join(piece for group in _expression_groups(expression, text) for piece in group)


def quoted(value: str) -> str:
    """The string in quotes that says `value`."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _place_text(place: Place) -> str:
    lines = str(place.first) if place.first == place.last else f"{place.first}-{place.last}"
    return " ".join([*([place.source] if place.source else []), lines, *map(quoted, place.quotes)])


def _written(node: Thing | Token | Path, text: str) -> str:
    """The words of a term or name with the spaces or hyphens that its writer chose."""
    key = ".".join(node.words) if isinstance(node, Path) else node.text
    if "-" not in key or text.startswith(key, node.start):
        return key
    words = [word for word in _tokens(text, node.start, node.end) if word[0] != '"']
    if isinstance(node, Thing) and node.adverb:
        del words[:1]
    written = " ".join(words)
    # A line break may be all that kept `schedule A1` from being a provision.
    return written if "-".join(words) == key and not _SCHEDULE.search(written) else key


def _after(amount: Thing, text: str) -> str | None:
    """`after …` of an amount. The tree holds one of the term and the quote, the source maybe both."""
    if amount.after is None:
        return None
    tokens = _tokens(text, amount.start, amount.end)
    if "after" in tokens:
        anchor = tokens[tokens.index("after") :]
        return " ".join(quoted(unquoted(token)) if token[0] == '"' else token for token in anchor)
    kind, value = amount.after
    return f"after {quoted(value) if kind == 'quote' else value}"


def _tokens(text: str, start: int, end: int) -> list[str]:
    return [token for token in _TOKENS.findall(text, start, end) if token[0] != "#"]


# ---- sentences in pieces. A line may be broken before a piece, and rather before a group of them.

Groups = list[list[str]]


def _sentence(node: Line, text: str) -> tuple[list[str], Groups]:
    """The first words of a line, which stay together, and the groups that follow them."""
    match node:
        case Clause():
            verb = f"{node.adverb} {node.verb.text}" if node.adverb else node.verb.text
            return [verb], [*_singly(node.things, text), *_tail_groups(node.tails, text)]
        case Declaration():
            name = _written(node.name, text)
            title = [] if node.title is None else [quoted(node.title)]
            return [node.kind.text, name, *title], _tail_groups(node.tails, text)
        case Stray():
            return [], [*_singly(node.things, text), *_tail_groups(node.tails, text)]
        case Use():
            return ["use"], _singly(node.things, text)
        case Rule() | Override():
            word = "rule" if isinstance(node, Rule) else "override"
            return [word, node.code.text, node.name.text], []
        case Head(kind="example", values=(word, *options, _)):
            return [word], [_option_pieces(option, text) for option in options]
        case Head():
            return [_HEADS.get(node.kind, node.kind)], _head_groups(node, text)
        case Unread():
            return [" ".join(node.text.split())], []


def _head_groups(head: Head, text: str) -> Groups:
    match head.kind, head.values:
        case "for each", values:
            words = [value for value in values if isinstance(value, str)]
            paths = [value for value in values if isinstance(value, Path)]
            return [[", ".join(words)], *([f"in {_written(path, text)}"] for path in paths)]
        case "at", spots:
            places = [(_written(path, text), label) for path, label in spots]
            return _listed([f"{place} {quoted(label)}" if label else place for place, label in places])
        case "fix", (action, path, *others):
            groups = [_joined("with", group) if n == 0 else group
                      for things in others for n, group in enumerate(_singly(things, text))]  # fmt: skip
            return [[action, _written(path, text)], *groups]
        case "severity", (word, *limits):
            return [[word], *(group for limit in limits for group in _limit_groups(limit, text))]
        case kind, (value,) if kind in _PROSE:
            return [[_prose(value)]]
    return [group for value in head.values for group in _value_groups(value, text)]


def _value_groups(value: str | Thing | Things | Tail | Expression, text: str) -> Groups:
    match value:
        case str():
            return [[value]]
        case Thing():
            return [[thing_text(value, text)]]
        case Things():
            return _singly(value, text)
        case Tail():
            return [_tail_pieces(value, text)]
        case Expression():
            return _expression_groups(value, text)


def _limit_groups(limit: Things | Expression, text: str) -> Groups:
    groups = _value_groups(limit, text)
    word = "in" if isinstance(limit, Things) else "where"
    return [_joined(word, groups[0]), *groups[1:]]


def _option_pieces(option: tuple[str, str | Things], text: str) -> list[str]:
    word, value = option
    return _joined(word, [value] if isinstance(value, str) else _pieces(value, text))


def _singly(things: Things | None, text: str) -> Groups:
    return [] if things is None else [[piece] for piece in _pieces(things, text)]


def _tail_groups(tails: Iterable[Tail], text: str) -> Groups:
    return [_tail_pieces(tail, text) for tail in tails]


def _tail_pieces(tail: Tail, text: str) -> list[str]:
    return [tail.joint] if tail.things is None else _joined(tail.joint, _pieces(tail.things, text))


def _pieces(things: Things, text: str) -> list[str]:
    said = [thing_text(thing, text) for thing in things.items]
    if things.only:
        said[-1] += " only"
    if things.either:
        return [said[0], *(f"or {thing}" for thing in said[1:])]
    return [piece for group in _listed(said) for piece in group]


def _listed(said: list[str]) -> Groups:
    return [*([f"{thing},"] for thing in said[:-1]), [said[-1]]]


def _joined(word: str, pieces: list[str]) -> list[str]:
    return [f"{word} {pieces[0]}", *pieces[1:]]


# ---- expressions


def _expression_groups(expression: Expression, text: str) -> Groups:
    """The operands of the outermost operation, each cut before its own `and`, `or`, `satisfies` and so on."""
    operands: list[list[Any]] = [[]]
    for part in _expression_parts(expression, 0, text):
        if part is None:
            operands.append([])
        else:
            operands[-1].append(part)
    return [_operand_pieces(parts, text) for parts in operands]


def _operand_pieces(parts: list[Any], text: str) -> list[str]:
    pieces: list[list[str]] = [[]]
    # A stack of our own: `implies` and `satisfies` nest as deep as a line of them is long.
    waiting: list[Any] = parts[::-1]
    while waiting:
        part = waiting.pop()
        if part is None:
            pieces.append([])
        elif isinstance(part, str):
            pieces[-1].append(part)
        else:
            node, level = part
            waiting.extend(reversed(_expression_parts(node, level, text)))
    return ["".join(piece) for piece in pieces]


def _expression_parts(node: Expression | Path | Thing, level: int, text: str) -> list[Any]:
    """The words and operands of one operation, None where a line may end; `level` is what its place wants."""
    if isinstance(node, Path):
        return [_written(node, text)]
    if isinstance(node, Thing):
        return [thing_text(node, text)]
    if _LEVELS.get(node.kind, 3) < level:
        return ["(", (node, 0), ")"]
    match node.kind, node.values:
        case "satisfies", (quantity, word, path, condition):
            return [f"{quantity} {word} in {_written(path, text)}", None, "satisfies ", (condition, 0)]
        case "implies", (condition, result):
            return [(condition, 1), None, "implies ", (result, 0)]
        case "any", (first, *others):
            return [(first, 2), *(part for other in others for part in (None, "or ", (other, 2)))]
        case "all", (first, *others):
            return [(first, 3), *(part for other in others for part in (None, "and ", (other, 3)))]
        case "not", (fact,):
            return ["not ", (fact, 3)]
        case "test", (value, predicate):
            return [(value, 3), " ", (predicate, 3)]
        case "each", (quantity, word, path, predicate):
            return [f"{quantity} {word} in {_written(path, text)} ", (predicate, 3)]
        case "is", (*mood, named):
            return ["is ", *(f"{word} " for word in mood), (named, 3)]
        case "is_in", (*negated, path):
            return ["is ", *(f"{word} " for word in negated), "in ", (path, 3)]
        case "agrees", (value,):
            return ["agrees with ", (value, 3)]
        case "compares", (sign, value):
            return [f"{sign} ", (value, 3)]
        case "call", (word, *values):
            between = [part for value in values for part in (", ", (value, 3))]
            return [f"{word}(", *between[1:], ")"]
        case "contains" | "count", (value,):
            return [f"{node.kind} ", (value, 3)]
        case "matches", (pattern,):
            return [f"matches {pattern}"]
        case _, (value,):
            return [value]
    raise AssertionError(f"no such operation: {node.kind}")


# ---- lines


def _lines(node: Line, text: str, indent: int) -> list[str]:
    """The line, broken where it is too long, without its margin."""
    first, groups = _sentence(node, text)
    hang, width, pad = indent + HANG, WIDTH, 0
    match node:
        case Clause():
            hang, pad = indent + VERB + 1, VERB
        case Head() if node.kind in _PROSE:
            return _prose_lines(node, indent)
        case Head() if node.kind != "example":
            hang, pad = indent + HEAD + 1, HEAD
            if any(isinstance(value, Expression) for value in node.values):
                hang, width = hang + STEP, RULE_WIDTH
    line = " " * indent + " ".join(first).ljust(pad)
    if groups and not isinstance(node, Declaration):
        opening, *others = groups[0]
        line = f"{line} {opening}" if first else line + opening
        groups = [*([other] for other in others), *groups[1:]]
    return _filled(line.rstrip(), groups, hang, width)


def _filled(line: str, groups: Groups, hang: int, width: int) -> list[str]:
    """Lines with as much as they hold; a group that fits into the next line whole is not broken."""
    lines = []
    for group in groups:
        whole = " ".join(group)
        for piece in [whole] if hang + len(whole) <= width else group:
            if len(line) + 1 + len(piece) <= width:
                line = f"{line} {piece}"
            else:
                lines.append(line)
                line = " " * hang + piece
    return [*lines, line]


def _prose_lines(head: Head, indent: int) -> list[str]:
    words = [[word] for word in _prose_words(head.values[0])]
    words[-1][0] += '"'
    line = f'{" " * indent}{head.kind.ljust(HEAD)} "{words[0][0]}'
    return _filled(line, words[1:], indent + HEAD + 2, RULE_WIDTH)


def _prose(value: str) -> str:
    return f'"{" ".join(_prose_words(value))}"'


def _prose_words(value: str) -> list[str]:
    """The prose as it stands between its quotes, cut where a line may end: nowhere within backticks."""
    words = [""]
    for chunk in _CODE.findall(value):
        if chunk == "`":
            words[-1] += "\\`"
        elif chunk[0] == "`":
            words[-1] += chunk.replace("\\", "\\\\")
        else:
            first, *others = _FOLDS.split(quoted(chunk)[1:-1])
            words[-1] += first
            words.extend(others)
    return words


# ---- pages


def _print_line(page: Page, node: Line, indent: int) -> None:
    lines = _lines(node, page.text, indent)
    match node:
        case Declaration():
            _print_declaration(page, node, lines, indent)
        case Rule() | Override():
            found = _BRACE.match(page.text, node.name.end)
            lines[-1] += " {"
            page.print(lines, node.start, found.end() if found else node.name.end, indent)
            _print_block(page, node.heads, node.end, indent)
        case Head(values=(*_, Block() as block)):
            _print_example(page, node, block, lines, indent)
        case Clause() | Stray():
            _set_margin(lines, node.margin)
            page.print(lines, node.start, node.end, indent)
        case _:
            page.print(lines, node.start, node.end, indent)


def _print_declaration(page: Page, node: Declaration, lines: list[str], indent: int) -> None:
    if not node.lines and not page.has_comments(node.head_end, node.end):
        _set_margin(lines, node.margin)
        page.print(lines, node.start, node.end, indent)
        return
    lines[-1] += f"  {margin_text(node.margin)} {{" if node.margin else " {"
    page.apart = page.apart or (indent > 0 and not page.opened)
    page.print(lines, node.start, node.head_end + 1, indent)
    _print_block(page, node.lines or (), node.end, indent)


def _print_example(page: Page, node: Head, block: Block, lines: list[str], indent: int) -> None:
    if not page.has_comments(block.start, block.end):
        inner = _one_line(block.lines, page.text)
        if inner is not None and len(lines) == 1 and len(lines[0]) + 1 + len(inner) <= WIDTH:
            page.print([f"{lines[0]} {inner}"], node.start, node.end, indent)
            return
    lines[-1] += " {"
    page.print(lines, node.start, block.start + 1, indent)
    _print_block(page, block.lines, node.end, indent)


def _print_block(page: Page, nodes: Iterable[Line], end: int, indent: int) -> None:
    """The lines of a block whose `{` is printed, up to its `}`, which is the last character before `end`."""
    page.opened = True
    for node in nodes:
        _print_line(page, node, indent + STEP)
    page.print_comments(end - 1, indent + STEP)
    page.opened = True
    page.print([" " * indent + "}"], end - 1, end, indent)
    page.opened = False


def _one_line(nodes: tuple[Line, ...], text: str) -> str | None:
    """The block on one line, where it is no more than one sentence in any number of braces."""
    opened: list[str] = []
    while len(nodes) == 1 and isinstance(nodes[0], Declaration | Clause | Stray):
        node, nodes = nodes[0], ()
        margin = f"  {margin_text(node.margin)}" if node.margin else ""
        opened.append(clause_text(node, text) + margin)
        if isinstance(node, Declaration):
            nodes = node.lines or ()
    if nodes:
        return None
    return " ".join(["{", " { ".join(opened), *["}"] * max(1, len(opened))]) if opened else "{ }"


def _set_margin(lines: list[str], margin: Margin | None) -> None:
    if margin is not None:
        lines[-1] = f"{lines[-1]} ".ljust(MARGIN) + margin_text(margin)


def _sort(node: Line) -> tuple[object, ...]:
    """What lines of a file that never was text share when no blank line parts them."""
    if isinstance(node, Declaration):
        return (node.kind.text, id(node) if node.lines else 0)
    return (type(node), id(node) if isinstance(node, Rule | Override) else 0)
