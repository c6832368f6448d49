"""Exceptions in records: which clause a comment stands on or above.

Only the declarations around such comments are read again, by the parser itself: a word in the first column ends all
that is open, so a file can be cut there. Everything is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator
from typing import NamedTuple

from gdprlint.exceptions import grammar
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Fault
from gdprlint.language import tree
from gdprlint.language.reading import read
from gdprlint.text import Source, Span

_MEANT = re.compile(r"#[^\S\n]*[Aa]llow\b")
_TOP = re.compile(r"^[A-Za-z]", re.M)
_TITLE = re.compile(r'^(\S+\s+\S+)\s+"(?:[^"\\\n]|\\.)*"')


class Part(NamedTuple):
    """A clause, or the head of a declaration: where it stands, and what is known of it in any revision."""

    start: int
    end: int
    subject: str


def found_in(source: Source, names: Container[str] = ()) -> Iterator[Found]:
    """The exceptions in a record, in the order of the text; `names` are those of rules."""
    text = source.text
    candidates = [found.start() for found in _MEANT.finditer(text)]
    for start, end in _slices(text, candidates):
        parsed = read(Source(source.path, text[start:end])).tree
        parts = sorted(_parts(parsed.items, text[start:end], parsed.comments))
        targets = _targets(text[start:end], parsed.comments, parts)
        for comment, part in zip(parsed.comments, targets, strict=True):
            said = grammar.read(comment.text[1:], start + comment.start + 1, names)
            if said is None:
                continue
            place = Span(source.path, start + comment.start, start + comment.start + len(comment.text))
            if part is None:
                if not isinstance(said, Fault):
                    said = Fault(
                        "REC012", "the exception stands on no clause and right above none", place.start, place.end,
                        "write it behind the clause, or on the line above it",
                    )  # fmt: skip
                yield Found(said, place, source.path)
                continue
            covers = ((start + part.start, start + part.end),)
            yield Found(said, place, source.path, covers, part.subject, removal=_removal(text, place))


def _slices(text: str, candidates: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of whole declarations around these offsets, each with the one below it, which may be meant."""
    tops = [found.start() for found in _TOP.finditer(text)] if candidates else []
    bounds = [0, *(top for top in tops if top), len(text)]
    wanted: list[int] = []
    for at in candidates:
        number = bisect_right(bounds, at) - 1
        for one in (number, number + 1):
            if one < len(bounds) - 1 and (not wanted or wanted[-1] < one):
                wanted.append(one)
    first = 0
    for number in range(len(wanted)):
        if number + 1 == len(wanted) or wanted[number + 1] != wanted[number] + 1:
            yield bounds[wanted[first]], bounds[wanted[number] + 1]
            first = number + 1


def _parts(items: tuple[object, ...], text: str, comments: tuple[tree.Comment, ...]) -> Iterator[Part]:
    """What an exception can cover: heads of declarations and clauses, none within another."""
    starts = [comment.start for comment in comments]

    def words(start: int, end: int) -> str:
        said, at = [], start
        for comment in comments[bisect_right(starts, start) : bisect_right(starts, end)]:
            said.append(text[at : comment.start])
            at = comment.end
        return " ".join(" ".join([*said, text[at:end]]).split())

    pending: list[tuple[str, tuple[object, ...]]] = [("", items)]
    while pending:
        owner, lines = pending.pop()
        for node in lines:
            if isinstance(node, tree.Declaration):
                head = words(node.start, node.head_end).rstrip("{ ")
                name = f"{owner}{node.kind.text} {node.name.text}"
                yield Part(node.start, node.head_end, f"{name}: {_TITLE.sub(lambda found: found[1], head)}")
                pending.append((f"{name} / ", node.lines or ()))
            elif isinstance(node, tree.Rule | tree.Override):
                yield Part(node.start, node.name.end, f"rule {node.code.text}")
            elif isinstance(node, (tree.Clause, tree.Use, tree.Stray, tree.Unread)):
                yield Part(node.start, node.end, f"{owner}{words(node.start, node.end)}")


def _targets(text: str, comments: tuple[tree.Comment, ...], parts: list[Part]) -> list[Part | None]:
    """For each comment the part that it stands on, else the one right below it."""
    starts = [part.start for part in parts]
    found: list[Part | None] = []
    below: Part | None = None
    following = len(text)
    for comment in reversed(comments):
        number = bisect_right(starts, comment.start)
        before = parts[number - 1] if number else None
        line = text.rfind("\n", 0, comment.start) + 1
        if before is not None and comment.start < before.end:
            target: Part | None = before
        elif text[line : comment.start].strip():
            between = text[before.end : comment.start] if before is not None else "}"
            target = before if "\n" not in between and between.strip() in ("", "{") else None
        else:
            after = parts[number] if number < len(parts) else None
            if after is not None and after.start < following:
                following, below = after.start, after
            gap = text[comment.end : following]
            target = below if gap.count("\n") == 1 and not gap.strip() else None
        found.append(target)
        following, below = comment.start, target
    return found[::-1]


def _removal(text: str, place: Span) -> Span:
    """The comment with the line that it has for itself, else with the blanks before it."""
    line = text.rfind("\n", 0, place.start) + 1
    if text[line : place.start].strip():
        return Span(place.path, line + len(text[line : place.start].rstrip()), place.end)
    end = text.find("\n", place.end)
    return Span(place.path, line, end + 1 if end >= 0 else len(text))
