"""What to say of a fault: one function for each kind, in the words of the language.

The headline says what stands there, the help one thing to do. No name of the grammar is ever shown: what
the tables call WORD is a name or a term to a reader.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from attrs import frozen

from gdprlint.diagnostics import Diagnostic, Label, Severity
from gdprlint.language.parser import Fault, machine
from gdprlint.language.tree import Token
from gdprlint.text import Source, Span, nearest_name, visible

LONGEST = 40  # characters of a text that a message repeats

_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|[^\W\d_][\w-]*|\d[\w()-]*|\S')
_WORD = re.compile(r"[^\W_][\w-]*")
_ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_CHUNK_LEFT = re.compile(r"[\w()./+-]*\Z")
_CHUNK = re.compile(r"[\w()./+-]*")
_EXAMPLE_GOES_ON = re.compile(r"\s*\{|[ \t]+(?:on|in|also)[ \t]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SPOKEN_DATE = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ \t]+({_MONTH})(?:,?[ \t]+(\d{{4}}))?(?!\w)", re.IGNORECASE)
_WRITTEN_DATE = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:T[\w:.+-]*)?\Z")
_ARTICLE_LIKE = re.compile(r"\d{1,4}[A-Za-z]{0,3}(?:[.(\[)]|\Z)")
_ARTICLE = re.compile(r"\d{1,4}[A-Z]{0,3}(\([0-9A-Za-z]{1,5}\))+")
_AMOUNT_LIKE = re.compile(r"(\d+)(?:[ \t]*-?[ \t]*|\s+)([A-Za-z][\w-]*)")
_UNITS = ("minute", "hour", "day", "week", "month", "year")
_OTHER_UNITS = {
    "fortnight": (2, "week"),
    "quarter": (3, "month"),
    "decade": (10, "year"),
    "century": (100, "year"),
    "mth": (1, "month"),
    "mo": (1, "month"),
    "yr": (1, "year"),
    "wk": (1, "week"),
    "hr": (1, "hour"),
    "min": (1, "minute"),
}
_INSTEAD = {
    ";": "take it out: a clause ends with its line",
    ":": "take it out: what follows a verb needs no colon",
    ".": "take it out: a clause ends with its line",
    "=": "take it out, or say it with `is`",
    "/": 'say "or", or put the text in quotes: `"name/address"`',
    "&": "put a comma between two things",
    "'": 'put the text in double quotes: `"…"`',
    "‘": 'put the text in double quotes: `"…"`',
    "’": 'put the text in double quotes: `"…"`',
    "“": 'write straight quotes: `"…"`',
    "”": 'write straight quotes: `"…"`',
    "–": "write a hyphen: `-`",
    "—": "write a hyphen: `-`",
    "_": "join the words with a hyphen",
    "-": "a hyphen joins two words without spaces",
    "!": "write `not`",
    "|": "write `or`",
    "*": "take it out: each clause has its own line and no bullet",
    "•": "take it out: each clause has its own line and no bullet",
    "\\": "take it out, or put the text in quotes",
    "@": 'put the text in quotes: `email "name@example.org"`',
}
_SHOWN = {
    "WORD": "a name or a term",
    "STRING": "text in quotes",
    "PARAGRAPH": "text in quotes",
    "PROSE": "`title`",
    "EXAMPLE": "`bad` or `good`",
    "DURATION": "an amount such as `6 months`",
    "DATE": "a date such as `2026-03-01`",
    "ARTICLE": "an article such as `6(1)(e)`",
    "NUMBER": "a number",
    "RANGE": "lines such as `12-14`",
    "COMPARISON": "`<`, `<=`, `>`, `>=` or `=`",
}


# ---- words that were meant


def word_at(text: str, start: int) -> str:
    """The word as it is written at `start`, accents and all."""
    found = _WORD.match(text, start)
    return found.group() if found else text[start : start + 1]


def verb_of(text: str, start: int) -> str:
    """The verb that the line at `start` begins with or was meant to begin with, or ''."""
    start = _after_adverb(text, start)
    found = machine().verb_at.match(text, start)
    if found:
        return " ".join(found.group().split())
    meant = meant_at(text, start, "block")
    return meant if meant in machine().verbs else ""


def meant_at(text: str, start: int, level: str) -> str:
    """The verb, kind or head of a rule that the words at `start` were meant to be, or ''.

    `level` is "file", "block" or "rule": what a line may begin with there.
    """
    start = _after_adverb(text, start)
    first = word_at(text, start)
    second = re.compile(r"[ \t]+([^\W_][\w-]*)").match(text, start + len(first))
    return _meant(first[:LONGEST], second.group(1)[:LONGEST] if second else "", level)


@lru_cache(maxsize=4096)
def _meant(first: str, second: str, level: str) -> str:
    tables = machine()
    names = tables.heads if level == "rule" else (*tables.verbs, *tables.kinds, "use", "rule")
    long_names = [name for name in names if " " in name]
    near = nearest_name(f"{first} {second}", long_names, 0.8) if second else None
    if near:
        return near
    parts = [name for name in long_names if first in name.split()]
    if len(parts) == 1 or (parts and first in {name.partition(" ")[0] for name in parts}):
        return parts[0]
    openings = {name.partition(" ")[0]: name for name in names}
    near = nearest_name(first, openings)
    return openings[near] if near else ""


def _after_adverb(text: str, start: int) -> int:
    found = re.compile(r"(?:possibly|never)[ \t]+").match(text, start)
    return found.end() if found else start


def name_end(text: str, start: int, limit: int) -> int:
    """Where the kind, name and title end of the declaration at `start`; `start` where it has no name."""
    tokens = [found for found in _TOKEN.finditer(text, start, min(limit, start + 400))][1:]
    end = start
    for token in tokens:
        word = token.group()
        if not _ASCII_WORD.fullmatch(word) or word in machine().joining_words:
            return token.end() if word[0] == '"' and len(word) > 1 and end > start else end
        end = token.end()
    return end


def head_name(text: str, start: int, end: int) -> str:
    """The first two words of the head of a block, as a message names it: `activity follow-up`."""
    words = [found.group() for found in _TOKEN.finditer(text, start, min(end, start + 200))][:2]
    return _shown(" ".join(word for word in words if _WORD.match(word)) or text[start:end])


# ---- the kinds that the structure of a file shows


def unknown_verb(source: Source, start: int, level: str = "block") -> Diagnostic:
    """A line that begins with no word of the language; `level` is "file", "block" or "rule"."""
    text = source.text
    at = _after_adverb(text, start)
    word = word_at(text, at)
    end = at + max(len(word), 1)
    if word in machine().joining_words and level != "rule":
        return _told(
            source, "unknown-verb", at, end, f"no clause begins with `{word}`, which joins something to a clause",
            "move the line right so that it continues the clause above, or begin it with a verb",
        )  # fmt: skip
    if word in ("bad", "good") and level != "rule" and _EXAMPLE_GOES_ON.match(text, end):
        return _told(
            source, "outside-block", at, end, f"`{word}` begins an example and stands outside a rule",
            "move it into the block of its rule",
        )  # fmt: skip
    meant = meant_at(text, start, level)
    if meant and " " in meant and word in machine().first_words:
        following = re.compile(r"[ \t]+([^\W_][\w-]*)").match(text, end)
        if following:
            end = following.end()
            word = " ".join(text[at:end].split())
    what = "line of a rule" if level == "rule" else "clause"
    if level != "rule" and (meant in machine().kinds or meant in ("use", "rule") or (not meant and level == "file")):
        what = "declaration"
    example = {"rule": "`expect activity.condition is stated`", "file": "`organisation ons`"}.get(level, "`purpose research`")
    help = f"did you mean `{meant}`?" if meant else f"begin the line with a word of the language, as in {example}"
    return _told(source, "unknown-verb", at, end, f"no {what} begins with `{_shown(word)}`", help)


def outside_block(source: Source, start: int, verb: Token) -> Diagnostic:
    return _told(
        source, "outside-block", verb.start, verb.end, f"`{verb.text}` begins a clause and stands outside a block",
        "move it into the block of what it is about: `activity study { … }`",
    )  # fmt: skip


def use_in_block(source: Source, start: int) -> Diagnostic:
    return _told(
        source, "use-in-block", start, start + 3, "`use` stands inside a block", "move it to the top of the file"
    )


def in_column_1(source: Source, start: int, block: str) -> Diagnostic:
    word = word_at(source.text, start)
    inside = f" of `{block}`" if block else ""
    return _told(
        source, "outside-block", start, start + max(len(word), 1),
        f"`{_shown(word)}` stands in column 1, which ends every block, inside the block{inside}", "move it right",
    )  # fmt: skip


def too_deep(source: Source, start: int) -> Diagnostic:
    text = source.text
    found = machine().verb_at.match(text, start) or _WORD.match(text, start)
    end = found.end() if found else start + 1
    word = " ".join(text[start:end].split())
    what = "declaration" if word in machine().kinds else "line" if word in _heads() else "clause"
    return _told(
        source, "too-deep", start, end, f"`{word}` begins a {what}, but its line continues the one above",
        "move it left, to where the line above begins",
    )  # fmt: skip


def after_block(source: Source, start: int, end: int) -> Diagnostic:
    word = word_at(source.text, start)
    return _told(
        source, "after-block", start, start + max(len(word), 1), f"`{_shown(word)}` follows `}}` on its line",
        "begin a new line after `}`",
    )  # fmt: skip


def no_block(source: Source, start: int, end: int) -> Diagnostic:
    first = word_at(source.text, start)
    word = first if first == "use" else verb_of(source.text, start) or first
    return _told(
        source, "stray-bracket", start, start + max(len(first), 1),
        f"`{_shown(word)}` opens no block", "write what is in the block as clauses of their own, without `{` and `}`",
    )  # fmt: skip


def stray_brace(source: Source, start: int) -> Diagnostic:
    brace = source.text[start]
    if brace == "}":
        return _told(source, "stray-bracket", start, start + 1, "this `}` closes no block", "take it out")
    return _told(
        source, "stray-bracket", start, start + 1, "this `{` opens the block of no declaration",
        "take it out, or put it at the end of the line of what it opens",
    )  # fmt: skip


def brace_on_its_own(source: Source, start: int, head: int, head_end: int) -> Diagnostic:
    name = head_name(source.text, head, head_end)
    return _told(
        source, "stray-bracket", start, start + 1, f"the `{{` of `{name}` begins a line of its own",
        "put it at the end of the line above",
    )  # fmt: skip


def unclosed_block(source: Source, start: int, block: str, ender: int | None) -> Diagnostic:
    """A block that is never closed; `ender` is where something stands that shows it."""
    if ender is None:
        shown, help = "; the file ends first", "close it with `}`"
        labels: tuple[Label, ...] = ()
    else:
        line = source.position(ender)[0]
        word = word_at(source.text, ender)
        what = "the next declaration begins" if word in _declaring() else f"`{_shown(word)}` stands outside it"
        shown, help = f"; {what} on line {line}", f"close it with `}}` before line {line}"
        labels = (Label(_span(source, ender, ender + len(word)), "ends it"),)
    what = f"the `{{` of `{block}`" if block else "this `{`"
    return _told(source, "unclosed-block", start, start + 1, f"{what} is never closed{shown}", help).evolve(labels=labels)


def unopened_block(source: Source, start: int, end: int, at: int) -> Diagnostic:
    name = head_name(source.text, start, end)
    return _told(
        source, "unopened-block", start, end, f"the block of `{name}` is never opened", "put `{` at the end of its line"
    )


def nested_too_deep(source: Source, start: int, most: int) -> Diagnostic:
    return _told(
        source, "nested-too-deep", start, start + 1, f"blocks are nested more than {most} deep; what is inside is not read",
        "declare the inner activities beside each other",
    )  # fmt: skip


def empty_rule(source: Source, start: int, end: int) -> Diagnostic:
    name = head_name(source.text, start, end)
    return _told(
        source, "empty-rule", start, end, f"`{name}` says nothing", "say what it expects: `expect activity.purpose is stated`"
    )


def unclosed_string(source: Source, start: int) -> Diagnostic:
    line = source.line(source.position(start)[0])[:1000]
    if line.count("`") % 2 and line.count('"') > 1:
        return _told(
            source, "unclosed-string", start, start + 1, "this text holds a backtick that is never closed",
            "close what is in backticks with a second one",
        )  # fmt: skip
    return _told(
        source, "unclosed-string", start, start + 1, "the text in quotes that begins here is never closed",
        'close it with `"`',
    )  # fmt: skip


def too_many(source: Source, start: int, most: int) -> Diagnostic:
    return _told(
        source, "too-many-faults", start, start + 1, f"more than {most} faults; what follows is not read",
        "is this a `.gdpr` file?",
    )  # fmt: skip


# ---- the kinds that a clause shows


def explain(source: Source, start: int, end: int, fault: Fault, level: str) -> Diagnostic:
    """What is wrong with the clause between two offsets, which the parser gave up on."""
    scene = _Scene(source, source.text, start, end, fault, level)
    for kind in _KINDS:
        found = kind(scene)
        if found is not None:
            return found
    return _does_not_fit(scene)


@frozen(slots=False)
class _Scene:
    source: Source
    text: str
    start: int
    end: int
    fault: Fault
    level: str

    @property
    def at(self) -> int:
        return min(self.fault.start, self.end)

    @property
    def ends(self) -> bool:
        """Whether the clause just ends too early."""
        return self.fault.start >= self.end

    @cached_property
    def word(self) -> str:
        """What stands where the parser gave up: a word, a number, a text in quotes, or one character."""
        if self.ends:
            return ""
        found = _TOKEN.match(self.text, self.at, self.end)
        return found.group() if found else self.text[self.at : self.at + 1]

    @cached_property
    def tokens(self) -> list[tuple[str, int]]:
        """What stands before that."""
        return [(found.group(), found.start()) for found in _TOKEN.finditer(self.text, self.start, self.at)]

    def before(self, back: int = 1) -> str:
        return self.tokens[-back][0] if len(self.tokens) >= back else ""

    def offset(self, back: int = 1) -> int:
        return self.tokens[-back][1] if len(self.tokens) >= back else self.start

    @cached_property
    def chunk(self) -> tuple[int, int]:
        """The run of letters, digits and brackets around the place."""
        left = _CHUNK_LEFT.search(self.text, max(self.start, self.at - LONGEST), self.at)
        right = _CHUNK.match(self.text, self.at, min(self.end, self.at + LONGEST))
        return left.start() if left else self.at, right.end() if right else self.at

    @property
    def wrapped(self) -> bool:
        """Whether the place is the first on its line, but not of its clause."""
        return self.at > self.start and "\n" in self.text[self.fault.before_end : self.at]

    def told(self, name: str, start: int, end: int, message: str, help: str) -> Diagnostic:
        return _told(self.source, name, start, end, message, help)


def _unknown_verb(scene: _Scene) -> Diagnostic | None:
    text, start = scene.text, _after_adverb(scene.text, scene.start)
    if text.startswith('"', start) and not scene.ends and scene.tokens:
        end = start + len(scene.tokens[0][0])
        return scene.told(
            "unknown-verb", start, end, "no clause begins with text in quotes",
            "begin it with a verb, as in `purpose research`",
        )  # fmt: skip
    word = word_at(text, start)
    if not _WORD.match(text, start) or word in ("possibly", "never"):
        return None
    tables = machine()
    if scene.level == "rule":
        if tables.verb_at.match(text, start) and word not in _heads():
            return scene.told(
                "outside-block", start, start + len(word), f"`{word}` begins a clause and stands in a rule",
                "put it into an example: `good { activity study { … } }`",
            )  # fmt: skip
        if word in _declaring():
            return scene.told(
                "outside-block", start, start + len(word), f"`{word}` begins a declaration and stands in a rule",
                "put it into an example: `good { … }`" if word in tables.kinds else "move it out of the rule",
            )  # fmt: skip
        known = tables.head_at.match(text, start) is not None
    else:
        known = word in _declaring() or tables.verb_at.match(text, start) is not None
    if known or (start > scene.start and scene.ends):
        return None
    return unknown_verb(scene.source, scene.start, scene.level)


def _dangling_comma(scene: _Scene) -> Diagnostic | None:
    back = 2 if scene.before() == "at" and scene.before(2) == "," else 1
    comma = scene.offset(back)
    if scene.word == "," and scene.before() in ("", ","):
        return scene.told(
            "dangling-comma", scene.at, scene.at + 1, "nothing stands before the comma", "take out the comma"
        )
    if scene.word == "," and (scene.before() in _tails() or _is_verb(scene)):
        return scene.told(
            "dangling-comma", scene.at, scene.at + 1, f"a comma follows `{_shown(scene.before())}`", "take out the comma"
        )
    if scene.before(back) != ",":
        return None
    if scene.ends:
        return scene.told(
            "dangling-comma", comma, comma + 1, "nothing follows the comma", "take it out, or say what follows"
        )
    word = scene.word if back == 1 else "at"
    if word in machine().joining_words or word in ("[", "at", "as"):
        return scene.told(
            "dangling-comma", comma, comma + 1, f"a comma stands before `{word}`", f"take out the comma before `{word}`"
        )
    return None


def _is_verb(scene: _Scene) -> bool:
    found = machine().verb_at.match(scene.text, _after_adverb(scene.text, scene.start))
    return found is not None and found.end() == scene.fault.before_end


def _margin(scene: _Scene) -> Diagnostic | None:
    opening = next((at for token, at in reversed(scene.tokens) if token in "[]"), -1)
    if scene.before() == "]" and not scene.ends and scene.word not in "[](){}":
        return scene.told(
            "margin-not-last", scene.at, scene.at + len(scene.word), f"`{_shown(scene.word)}` follows the margin",
            "put the margin last",
        )  # fmt: skip
    if opening < 0 or scene.text[opening] == "]":
        return None
    if scene.ends:
        return scene.told("stray-bracket", opening, opening + 1, "this `[` is never closed", "close the margin with `]`")
    return scene.told(
        "bad-margin", scene.at, scene.at + len(scene.word), f"`{_shown(scene.word)}` does not fit in a margin",
        'a margin holds lines of the notice: `[12]` or `[faq 12-14 "its words"]`',
    )  # fmt: skip


def _bad_date(scene: _Scene) -> Diagnostic | None:
    for start in (scene.at, scene.offset()):
        spoken = _SPOKEN_DATE.match(scene.text, start, scene.end)
        if spoken and spoken.end() > scene.at:
            day, month, year = spoken.group(1, 2, 3)
            number = _MONTHS.index(month[:3].lower()) + 1
            return _date(scene, spoken.start(), spoken.end(), _iso(int(year), number, int(day)) if year else "")
    start, end = scene.chunk
    written = _WRITTEN_DATE.match(scene.text, start, end)
    if written is None:
        return None
    first, _, second, third = written.groups()
    if len(first) == 4:
        return _date(scene, start, end, _iso(int(first), int(second), int(third)))
    if len(third) == 4:
        return _date(scene, start, end, _iso(int(third), int(second), int(first)))
    return _date(scene, start, end, "")


def _date(scene: _Scene, start: int, end: int, meant: str) -> Diagnostic:
    written = " ".join(scene.text[start:end].split())
    help = f"write year, month and day: `{meant}`" if meant else "write year, month and day, as in `2026-03-01`"
    return scene.told("bad-date", start, end, f"`{_shown(written)}` is no date of the language", help)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _bad_article(scene: _Scene) -> Diagnostic | None:
    start, end = scene.chunk
    if scene.word[:1] in ("(", ")") and scene.before()[:1].isdigit():
        start = scene.offset()
        end = max(end, scene.at + 1)
    written = "".join(scene.text[start:end].split())
    if not (_ARTICLE_LIKE.match(written) and any(mark in written for mark in "().")):
        return None
    if _ARTICLE.fullmatch(written) and start == scene.at:
        return None
    parts = re.findall(r"[0-9A-Za-z]+", written)
    meant = parts[0] + "".join(f"({part})" for part in parts[1:])
    help = f"write it as `{meant}`"
    if any(len(part) > 5 for part in parts):
        help = "write it as in `6(1)(e)`: a number, and what follows in brackets"
    return scene.told("bad-article", start, end, f"`{_shown(written)}` is no article", help)


def _bad_unit(scene: _Scene) -> Diagnostic | None:
    for start in (scene.at, scene.offset()):
        amount = _AMOUNT_LIKE.match(scene.text, start, scene.end)
        if amount and amount.end() > scene.at and _counts(scene, start):
            number, word = amount.groups()
            if word in machine().joining_words or machine().verb_at.match(scene.text, amount.start(2)):
                break
            if amount.end(1) == amount.start(2) and not nearest_name(word, (*_UNITS, *_OTHER_UNITS), 0.7):
                break
            return _unit(scene, amount.start(), amount.end(), number, word)
    if scene.word.isdigit() and scene.before() in ("most", "least"):
        return scene.told(
            "bad-unit", scene.at, scene.at + len(scene.word), f"`{scene.word}` has no unit",
            f"say of what: `{scene.word} months`",
        )  # fmt: skip
    return None


def _counts(scene: _Scene, start: int) -> bool:
    """Whether a number there is that of an amount, not of a provision: `for 3`, not `schedule 3`."""
    earlier = [token for token, at in scene.tokens if at < start]
    last = earlier[-1] if earlier else ""
    if not last or last == "under":
        return False
    if len(earlier) == 1 or last in machine().joining_words or last in ("most", "least", ",", "<", ">", "="):
        return True
    return not _ASCII_WORD.fullmatch(last) and last[0] != "[" and not last[0].isdigit()


def _unit(scene: _Scene, start: int, end: int, number: str, word: str) -> Diagnostic:
    written = " ".join(scene.text[start:end].split())
    single = word.lower().removesuffix("s") if len(word) > 1 else word.lower()
    if single in _OTHER_UNITS:
        times, unit = _OTHER_UNITS[single]
        return _unit_told(scene, start, end, written, word, f"did you mean `{_plural(number, times, unit)}`?")
    unit = nearest_name(single, _UNITS, 0.5) or ""
    if word in (unit, f"{unit}s"):
        help = f"write `{number} {word}`, with one space between them"
        if len(number) > 6:
            help = "write at most six digits"
        return scene.told("bad-unit", start, end, f"`{_shown(written)}` is no amount", help)
    if unit:
        return _unit_told(scene, start, end, written, word, f"did you mean `{_plural(number, 1, unit)}`?")
    return _unit_told(scene, start, end, written, word, "count in minutes, hours, days, weeks, months or years")


def _plural(number: str, times: int, unit: str) -> str:
    count = int(number[:6]) * times
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _unit_told(scene: _Scene, start: int, end: int, written: str, word: str, help: str) -> Diagnostic:
    return scene.told("bad-unit", start, end, f"`{_shown(word)}` is no unit of time", help)


def _too_deep(scene: _Scene) -> Diagnostic | None:
    if not scene.wrapped:
        return None
    if scene.level == "rule":
        return too_deep(scene.source, scene.at) if machine().head_at.match(scene.text, scene.at) else None
    if machine().verb_at.match(scene.text, scene.at):
        return too_deep(scene.source, scene.at)
    return None


def _stray_bracket(scene: _Scene) -> Diagnostic | None:
    mark = scene.word
    if len(mark) != 1 or mark not in "()[]{}":
        return None
    if mark in ")]}":
        message, help = f"this `{mark}` closes nothing", "take it out"
    elif mark == "[" and not scene.tokens:
        message, help = "this margin belongs to no clause", "put it at the end of a clause"
    elif mark == "[":
        message, help = "this `[` does not fit here", "put one margin at the end of the clause, as in `[12]`"
    elif mark == "(" and scene.level != "rule":
        message, help = "this `(` does not fit here", "take it out, or put the text in quotes"
    else:
        message, help = f"this `{mark}` does not fit here", "take it out"
    return scene.told("stray-bracket", scene.at, scene.at + 1, message, help)


def _unknown_character(scene: _Scene) -> Diagnostic | None:
    if scene.ends:
        return None
    mark = scene.text[scene.at]
    if mark == '"':
        return unclosed_string(scene.source, scene.at) if scene.fault.terminal == "?" else None
    if scene.fault.terminal != "?" and mark not in "=<>.":
        return None
    if mark in "=<>." and scene.level == "rule":
        return None
    if mark.isdigit() and mark.isascii():
        return _bad_number(scene)
    return _character(scene, mark)


def _character(scene: _Scene, mark: str) -> Diagnostic:
    start, end = scene.at, scene.at + 1
    what = f"`{_shown(mark)}` means nothing here"
    help = _INSTEAD.get(mark, "take it out, or put the text in quotes")
    if mark == "&" and scene.level == "rule":
        help = "write `and`"
    if mark.isalpha():
        start = scene.at - len(_trailing_word(scene.text, scene.start, scene.at))
        end = start + len(word_at(scene.text[start : min(scene.end, start + 200)], 0))
        word = scene.text[start:end]
        what = f"`{_shown(word)}` holds a letter that names and terms do not have"
        help = f'write it with the letters a to z, or put it in quotes: `"{_shown(word)}"`'
    elif mark.isspace():
        what, help = f"`\\u{ord(mark):04x}`, which looks like a space, means nothing here", "write a plain space"
    elif not mark.isprintable():
        what, help = f"`{visible(mark)}` is no character of the language", "take it out"
    return scene.told("unknown-character", start, max(end, scene.at + 1), what, help)


def _trailing_word(text: str, start: int, end: int) -> str:
    found = re.compile(r"[\w-]*\Z").search(text, max(start, end - LONGEST), end)
    return found.group() if found else ""


def _bad_number(scene: _Scene) -> Diagnostic:
    start, end = scene.chunk
    end = max(end, scene.at + 1)
    return scene.told(
        "bad-number", start, end, f"`{_shown(scene.text[start:end])}` is no number, amount, date or article",
        "put it in quotes, or write it as `3`, `6 months`, `2026-03-01` or `6(1)(e)`",
    )  # fmt: skip


def _two_verbs(scene: _Scene) -> Diagnostic | None:
    found = machine().verb_at.match(scene.text, scene.at) if scene.level != "rule" else None
    if found is None or scene.at == scene.start or not scene.tokens:
        return None
    if scene.fault.expected == {"WORD"} or scene.before() in machine().joining_words:
        return None
    return _second_verb(scene, scene.at, found.end())


def _second_verb(scene: _Scene, start: int, end: int) -> Diagnostic:
    word = " ".join(scene.text[start:end].split())
    return scene.told(
        "two-verbs", start, end, f"`{word}` begins a second clause on the same line",
        f"begin a new line before `{word}`",
    )  # fmt: skip


def _earlier_verb(scene: _Scene) -> Diagnostic | None:
    """A second verb that was read as part of a term, until what follows it did not fit."""
    if scene.level == "rule":
        return None
    first = machine().verb_at.match(scene.text, _after_adverb(scene.text, scene.start))
    for (before, _), (_, at) in reversed(list(zip(scene.tokens, scene.tokens[1:], strict=False))):
        found = machine().verb_at.match(scene.text, at)
        if found and first and at >= first.end() and before not in _tails() and before not in (",", "possibly", "never"):
            return _second_verb(scene, at, found.end())
    return None


def _missing_name(scene: _Scene) -> Diagnostic | None:
    first = scene.tokens[0][0] if scene.tokens else ""
    if first == "rule" and len(scene.tokens) <= 2:
        return scene.told(
            "missing-name", scene.start, max(scene.fault.before_end, scene.start + 4),
            f"`{_shown(' '.join(token for token, _ in scene.tokens))}` has no {'code' if len(scene.tokens) == 1 else 'name'}",
            "write its code and its name: `rule UK901 special-category-no-condition {`",
        )  # fmt: skip
    if len(scene.tokens) != 1 or first not in machine().kinds:
        return None
    if scene.word[:1].isdigit():
        return scene.told(
            "missing-name", scene.at, scene.at + len(scene.word), f"`{_shown(scene.word)}` is no name",
            "begin the name with a letter",
        )  # fmt: skip
    if scene.fault.terminal == "?":
        return None
    return scene.told(
        "missing-name", scene.start, scene.start + len(first), f"this `{first}` has no name",
        f"name it with one hyphenated word: `{first} follow-up`",
    )  # fmt: skip


def _nothing_follows(scene: _Scene) -> Diagnostic | None:
    if not scene.ends or not scene.tokens:
        return None
    if scene.level != "rule" and scene.tokens[0][0] == "rule":
        return scene.told(
            "unopened-block", scene.start, scene.end, f"the block of `{_shown(' '.join(t for t, _ in scene.tokens[:2]))}`"
            " is never opened", "put `{` at the end of its line",
        )  # fmt: skip
    last, at = scene.tokens[-1]
    if last in ("bad", "good"):
        return scene.told("unexpected-end", at, at + len(last), f"`{last}` has no block", f"write `{last} {{ … }}`")
    opened = [at for token, at in scene.tokens if token == "("][scene.text.count(")", scene.start, scene.end) :]
    if scene.level == "rule" and opened and "RPAR" in scene.fault.expected:
        return scene.told("stray-bracket", opened[0], opened[0] + 1, "this `(` is never closed", "close it with `)`")
    return scene.told("unexpected-end", at, at + len(last), f"nothing follows `{_shown(last)}`", _may_follow(scene))


def _list_fault(scene: _Scene) -> Diagnostic | None:
    if scene.before() == "only":
        return scene.told(
            "unexpected-word", scene.at, scene.at + len(scene.word), f"`{_shown(scene.word)}` follows `only`, which ends a list",
            "put `only` last",
        )  # fmt: skip
    others = {",": "or", "or": ","}
    if scene.word in others and others[scene.word] in [token for token, _ in scene.tokens]:
        return scene.told(
            "mixed-list", scene.at, scene.at + len(scene.word), "a list is joined by commas or by `or`, not by both",
            "write two clauses, or one list with commas",
        )  # fmt: skip
    return None


def _does_not_fit(scene: _Scene) -> Diagnostic:
    word = scene.word or scene.text[scene.at : scene.at + 1]
    end = min(scene.at + max(len(word), 1), max(scene.end, scene.at + 1))
    after = f" after `{_shown(scene.before())}`" if scene.tokens else ""
    name = "bad-expression" if scene.level == "rule" else "unexpected-word"
    help = _may_follow(scene)
    if scene.level != "rule" and scene.fault.expected >= {"COMMA", "FOR"}:
        help = "put a comma or a joining word before it, or begin a new line"
    elif scene.level != "rule" and "FOR" in scene.fault.expected:
        help = "put a joining word before it, or begin a new line"
    if scene.tokens and scene.tokens[0][0] == "rule" and scene.level != "rule":
        help = "join the words of the name with hyphens"
    if scene.fault.terminal == "too long":
        return scene.told(
            "bad-expression", scene.at, end, "this line holds more brackets and `not` than a reader can follow",
            "split the rule in two",
        )  # fmt: skip
    return scene.told(name, scene.at, end, f"`{_shown(word)}` does not fit{after}", help)


_KINDS: tuple[Callable[[_Scene], Diagnostic | None], ...] = (
    _unknown_verb,
    _dangling_comma,
    _margin,
    _missing_name,
    _bad_date,
    _bad_article,
    _bad_unit,
    _too_deep,
    _stray_bracket,
    _unknown_character,
    _two_verbs,
    _nothing_follows,
    _list_fault,
    _earlier_verb,
)


def _may_follow(scene: _Scene) -> str:
    """What could stand at the place, in words."""
    tables = machine()
    names = tables.tables.names
    shown = {_SHOWN[name] for name in scene.fault.expected if name in _SHOWN}
    words = {names[name] for name in scene.fault.expected if names.get(name, "")[:1].isalpha()}
    if len(words & tables.joining_words) > 3:
        words -= tables.joining_words
        shown.add("a joining word")
    shown |= {f"`{word}`" for word in words}
    if not shown:
        return "take it out" if not scene.ends else "say what follows, or take it out"
    listed = sorted(shown, key=lambda one: (one[0] == "`", one))[:4]
    return f"here may stand {_listed(listed)}"


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _declaring() -> frozenset[str]:
    return frozenset(machine().kinds) | {"use", "rule"}


def _tails() -> frozenset[str]:
    return machine().joining_words - {"only", "indefinitely", "whichever"}


def _heads() -> Iterable[str]:
    return {head.partition(" ")[0] for head in machine().heads}


def _shown(text: str) -> str:
    """The user's words as a message repeats them: whole if short, and harmless to a terminal."""
    text = " ".join(text.split()) or text
    return visible(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _span(source: Source, start: int, end: int) -> Span:
    length = len(source.text)
    start = min(max(start, 0), length)
    return Span(source.path, start, min(max(end, start), length))


def _told(source: Source, name: str, start: int, end: int, message: str, help: str) -> Diagnostic:
    return Diagnostic(
        "syntax", name, Severity.ERROR, message, _span(source, start, end), help=help, pack="core", topic="syntax"
    )
