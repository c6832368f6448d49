"""What to say of a fault: one function for each kind, in the words of the language.

The headline says what stands there, the help one thing to do. No name of the grammar is ever shown: what
the tables call WORD is a name or a term to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gdprlint.diagnostics import Diagnostic, Label, Severity, meant
from gdprlint.language.parser import machine
from gdprlint.language.tree import Token
from gdprlint.text import Source, Span, nearest_name, visible

LONGEST = 40  # characters of a text that a message repeats

TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|[^\W\d_][\w-]*|\d[\w()-]*|\S')
WORD = re.compile(r"[^\W_][\w-]*")
ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_EXAMPLE_GOES_ON = re.compile(r"\s*\{|[ \t]+(?:on|in|also)[ \t]")


# ---- words that were meant


def word_at(text: str, start: int) -> str:
    """The word as it is written at `start`, accents and all."""
    found = WORD.match(text, start)
    return found.group() if found else text[start : start + 1]


def verb_of(text: str, start: int) -> str:
    """The verb that the line at `start` begins with or was meant to begin with, or ''."""
    start = after_adverb(text, start)
    found = machine().verb_at.match(text, start)
    if found:
        return " ".join(found.group().split())
    meant = meant_at(text, start, "block")
    return meant if meant in machine().verbs else ""


def meant_at(text: str, start: int, level: str) -> str:
    """The verb, kind or head of a rule that the words at `start` were meant to be, or ''.

    `level` is "file", "block" or "rule": what a line may begin with there.
    """
    start = after_adverb(text, start)
    first = word_at(text, start)
    second = re.compile(r"[ \t]+([^\W_][\w-]*)").match(text, start + len(first))
    return _meant(first[:LONGEST], second.group(1)[:LONGEST] if second else "", level)


@lru_cache(maxsize=4096)
def _meant(first: str, second: str, level: str) -> str:
    tables = machine()
    names = tables.heads if level == "rule" else (*tables.verbs, *tables.kinds, "use", "rule", "override")
    long_names = [name for name in names if " " in name]
    near = nearest_name(f"{first} {second}", long_names, 0.8) if second else None
    if near:
        return near
    parts = [name for name in long_names if first in name.split()]
    if len(parts) == 1 or (parts and first in {name.partition(" ")[0] for name in parts}):
        return parts[0]
    openings = {name.partition(" ")[0]: name for name in names}
    near = nearest_name(first, openings, 0.7 if len(first) > 3 else 0.8)
    return openings[near] if near else ""


def after_adverb(text: str, start: int) -> int:
    found = re.compile(r"(?:possibly|never)[ \t]+").match(text, start)
    return found.end() if found else start


def name_end(text: str, start: int, limit: int) -> int:
    """Where the kind, name and title end of the declaration at `start`; `start` where it has no name."""
    tokens = list(TOKEN.finditer(text, start, min(limit, start + 400)))[1:]
    end = start
    for token in tokens:
        word = token.group()
        if not ASCII_WORD.fullmatch(word) or word in machine().joining_words:
            return token.end() if word[0] == '"' and len(word) > 1 and end > start else end
        end = token.end()
    return end


def head_name(text: str, start: int, end: int) -> str:
    """The first two words of the head of a block, as a message names it: `activity follow-up`."""
    words = [found.group() for found in TOKEN.finditer(text, start, min(end, start + 200))][:2]
    return shown(" ".join(word for word in words if WORD.match(word)) or text[start:end])


# ---- the kinds that the structure of a file shows


def unknown_verb(source: Source, start: int, level: str = "block") -> Diagnostic:
    """A line that begins with no word of the language; `level` is "file", "block" or "rule"."""
    text = source.text
    at = after_adverb(text, start)
    word = word_at(text, at)
    end = at + max(len(word), 1)
    if word in machine().joining_words and level != "rule":
        return told(
            source,
            "unknown-verb",
            at,
            end,
            f"no clause begins with `{word}`, which joins something to a clause",
            "move the line right so that it continues the clause above, or begin it with a verb",
        )
    if word in ("bad", "good") and level != "rule" and _EXAMPLE_GOES_ON.match(text, end):
        return told(
            source,
            "outside-block",
            at,
            end,
            f"`{word}` begins an example and stands outside a rule",
            "move it into the block of its rule",
        )
    meant = meant_at(text, start, level)
    if meant and " " in meant and word in machine().first_words:
        following = re.compile(r"[ \t]+([^\W_][\w-]*)").match(text, end)
        if following:
            end = following.end()
            word = " ".join(text[at:end].split())
    what = "line of a rule" if level == "rule" else "clause"
    declares = meant in declaring_words() or (not meant and level == "file")
    if level != "rule" and declares:
        what = "declaration"
    example = {"rule": "`expect activity.condition is stated`", "file": "`organisation ons`"}.get(
        level, "`purpose research`"
    )
    help = f"did you mean `{meant}`?" if meant else f"begin the line with a word of the language, as in {example}"
    return told(source, "unknown-verb", at, end, f"no {what} begins with `{shown(word)}`", help)


def outside_block(source: Source, start: int, verb: Token) -> Diagnostic:
    return told(
        source,
        "outside-block",
        verb.start,
        verb.end,
        f"`{verb.text}` begins a clause and stands outside a block",
        "move it into the block of what it is about: `activity study { … }`",
    )


def use_in_block(source: Source, start: int) -> Diagnostic:
    return told(
        source,
        "use-in-block",
        start,
        start + 3,
        "`use` stands inside a block",
        "move it to the top of the file",
    )


def in_column_1(source: Source, start: int, block: str) -> Diagnostic:
    word = word_at(source.text, start)
    inside = f" of `{block}`" if block else ""
    return told(
        source,
        "outside-block",
        start,
        start + max(len(word), 1),
        f"`{shown(word)}` stands in column 1, which ends every block, inside the block{inside}",
        "move it right",
    )


def too_deep(source: Source, start: int) -> Diagnostic:
    text = source.text
    start = after_adverb(text, start)
    found = machine().verb_at.match(text, start) or WORD.match(text, start)
    end = found.end() if found else start + 1
    word = " ".join(text[start:end].split())
    what = "declaration" if word in machine().kinds else "line" if word in head_words() else "clause"
    return told(
        source,
        "too-deep",
        start,
        end,
        f"`{word}` begins a {what}, but its line continues the one above",
        "move it left, to where the line above begins",
    )


def after_block(source: Source, start: int, end: int) -> Diagnostic:
    word = word_at(source.text, start)
    return told(
        source,
        "after-block",
        start,
        start + max(len(word), 1),
        f"`{shown(word)}` follows `}}` on its line",
        "begin a new line after `}`",
    )


def no_block(source: Source, start: int, end: int) -> Diagnostic:
    first = word_at(source.text, start)
    word = first if first == "use" else verb_of(source.text, start) or first
    return told(
        source,
        "stray-bracket",
        start,
        start + max(len(first), 1),
        f"`{shown(word)}` opens no block",
        "write what is in the block as clauses of their own, without `{` and `}`",
    )


def stray_brace(source: Source, start: int) -> Diagnostic:
    brace = source.text[start]
    if brace == "}":
        return told(source, "stray-bracket", start, start + 1, "this `}` closes no block", "take it out")
    return told(
        source,
        "stray-bracket",
        start,
        start + 1,
        "this `{` opens the block of no declaration",
        "take it out, or put it at the end of the line of what it opens",
    )


def brace_on_its_own(source: Source, start: int, head: int, head_end: int) -> Diagnostic:
    name = head_name(source.text, head, head_end)
    return told(
        source,
        "stray-bracket",
        start,
        start + 1,
        f"the `{{` of `{name}` begins a line of its own",
        "put it at the end of the line above",
    )


def unclosed_block(source: Source, start: int, block: str, ender: int | None) -> Diagnostic:
    """A block that is never closed; `ender` is where something stands that shows it."""
    if ender is None:
        seen, help = "; the file ends first", "close it with `}`"
        labels: tuple[Label, ...] = ()
    else:
        line = source.position(ender)[0]
        word = word_at(source.text, ender)
        what = "the next declaration begins" if word in declaring_words() else f"`{shown(word)}` stands outside it"
        seen, help = f"; {what} on line {line}", f"close it with `}}` before line {line}"
        labels = (Label(_span(source, ender, ender + len(word)), "ends it"),)
    what = f"the `{{` of `{block}`" if block else "this `{`"
    return told(source, "unclosed-block", start, start + 1, f"{what} is never closed{seen}", help).evolve(labels=labels)


def unopened_block(source: Source, start: int, end: int, at: int) -> Diagnostic:
    name = head_name(source.text, start, end)
    return told(
        source,
        "unopened-block",
        start,
        end,
        f"the block of `{name}` is never opened",
        "put `{` at the end of its line",
    )


def nested_too_deep(source: Source, start: int, most: int) -> Diagnostic:
    return told(
        source,
        "nested-too-deep",
        start,
        start + 1,
        f"blocks are nested more than {most} deep; what is inside is not read",
        "declare the inner activities beside each other",
    )


def empty_rule(source: Source, start: int, end: int) -> Diagnostic:
    name = head_name(source.text, start, end)
    return told(
        source,
        "empty-rule",
        start,
        end,
        f"`{name}` says nothing",
        "say what it expects: `expect activity.purpose is stated`",
    )


def unclosed_string(source: Source, start: int) -> Diagnostic:
    line = source.line(source.position(start)[0])[:1000]
    if line.count("`") % 2 and line.count('"') > 1:
        return told(
            source,
            "unclosed-string",
            start,
            start + 1,
            "this text holds a backtick that is never closed",
            "close what is in backticks with a second one",
        )
    return told(
        source,
        "unclosed-string",
        start,
        start + 1,
        "the text in quotes that begins here is never closed",
        'close it with `"`',
    )


def too_many(source: Source, start: int, most: int) -> Diagnostic:
    return told(
        source,
        "too-many-faults",
        start,
        start + 1,
        f"more than {most} faults; what follows is not read",
        "is this a `.gdpr` file?",
    )


def declaring_words() -> frozenset[str]:
    return frozenset(machine().kinds) | {"use", "rule", "override"}


def tail_words() -> frozenset[str]:
    return machine().joining_words - {"only", "indefinitely", "whichever"}


def head_words() -> Iterable[str]:
    return {head.partition(" ")[0] for head in machine().heads}


def shown(text: str) -> str:
    """The user's words as a message repeats them: whole if short, and harmless to a terminal."""
    text = " ".join(text.split()) or text
    return visible(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _span(source: Source, start: int, end: int) -> Span:
    length = len(source.text)
    start = min(max(start, 0), length)
    return Span(source.path, start, min(max(end, start), length))


def told(source: Source, name: str, start: int, end: int, message: str, help: str) -> Diagnostic:
    span = _span(source, start, end)
    return Diagnostic(
        "syntax",
        name,
        Severity.ERROR,
        message,
        span,
        help=help,
        pack="core",
        topic="syntax",
        fixes=meant(span, help),
    )
