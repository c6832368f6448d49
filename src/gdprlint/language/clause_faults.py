"""What is wrong with a clause that the parser gave up on: one function for each kind of fault.

Each looks at the place where the parser stopped and at what stands around it, and says what it is or
gives None; the first that knows it is believed. Longer than other modules, since it is a list of kinds
that need nothing of each other.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cached_property

from attrs import frozen

from gdprlint.diagnostics import Diagnostic
from gdprlint.language.faults import (
    ASCII_WORD,
    LONGEST,
    TOKEN,
    WORD,
    after_adverb,
    declaring_words,
    head_words,
    shown,
    tail_words,
    told,
    too_deep,
    unclosed_string,
    unknown_verb,
    word_at,
)
from gdprlint.language.parser import Fault, machine
from gdprlint.language.pieces import RULES
from gdprlint.text import Source, nearest_name, visible

FAR = 2000  # characters of a clause that are looked at on either side
_CHUNK_LEFT = re.compile(r"[\w()./+-]*\Z")
_CHUNK = re.compile(r"[\w()./+-]*")
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
    "\u2018": 'put the text in double quotes: `"…"`',
    "\u2019": 'put the text in double quotes: `"…"`',
    "“": 'write straight quotes: `"…"`',
    "”": 'write straight quotes: `"…"`',
    "\u2013": "write a hyphen: `-`",
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
        found = TOKEN.match(self.text, self.at, self.end)
        return found.group() if found else self.text[self.at : self.at + 1]

    @cached_property
    def tokens(self) -> list[tuple[str, int]]:
        """What stands before that; of a clause that no person wrote, only its two ends."""
        ends = [(self.start, self.at)]
        if self.at - self.start > 2 * FAR:
            ends = [(self.start, self.start + FAR), (self.at - FAR, self.at)]
        return [(found.group(), found.start()) for end in ends for found in TOKEN.finditer(self.text, *end)]

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
        return told(self.source, name, start, end, message, help)


def _unknown_verb(scene: _Scene) -> Diagnostic | None:
    text, start = scene.text, after_adverb(scene.text, scene.start)
    if text.startswith('"', start) and not scene.ends and scene.tokens:
        end = start + len(scene.tokens[0][0])
        return scene.told(
            "unknown-verb",
            start,
            end,
            "no clause begins with text in quotes",
            "begin it with a verb, as in `purpose research`",
        )
    word = word_at(text, start)
    if not WORD.match(text, start) or word in ("possibly", "never"):
        return None
    tables = machine()
    if scene.level == "rule":
        if tables.verb_at.match(text, start) and word not in head_words():
            return scene.told(
                "outside-block",
                start,
                start + len(word),
                f"`{word}` begins a clause and stands in a rule",
                "put it into an example: `good { activity study { … } }`",
            )
        if word in declaring_words():
            return scene.told(
                "outside-block",
                start,
                start + len(word),
                f"`{word}` begins a declaration and stands in a rule",
                "put it into an example: `good { … }`" if word in tables.kinds else "move it out of the rule",
            )
        known = tables.head_at.match(text, start) is not None
    else:
        known = word in declaring_words() or tables.verb_at.match(text, start) is not None
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
    if scene.word == "," and (scene.before() in tail_words() or _is_verb(scene)):
        return scene.told(
            "dangling-comma",
            scene.at,
            scene.at + 1,
            f"a comma follows `{shown(scene.before())}`",
            "take out the comma",
        )
    if scene.before(back) != ",":
        return None
    if scene.ends:
        return scene.told(
            "dangling-comma",
            comma,
            comma + 1,
            "nothing follows the comma",
            "take it out, or say what follows",
        )
    word = scene.word if back == 1 else "at"
    if word in machine().joining_words or word in ("[", "at", "as"):
        return scene.told(
            "dangling-comma",
            comma,
            comma + 1,
            f"a comma stands before `{word}`",
            f"take out the comma before `{word}`",
        )
    return None


def _is_verb(scene: _Scene) -> bool:
    found = machine().verb_at.match(scene.text, after_adverb(scene.text, scene.start))
    return found is not None and found.end() == scene.fault.before_end


def _margin(scene: _Scene) -> Diagnostic | None:
    opening = next((at for token, at in reversed(scene.tokens) if token in "[]"), -1)
    if scene.before() == "]" and not scene.ends and scene.word not in "[](){}":
        return scene.told(
            "margin-not-last",
            scene.at,
            scene.at + len(scene.word),
            f"`{shown(scene.word)}` follows the margin",
            "put the margin last",
        )
    if opening < 0 or scene.text[opening] == "]":
        return None
    if scene.ends:
        return scene.told(
            "stray-bracket", opening, opening + 1, "this `[` is never closed", "close the margin with `]`"
        )
    return scene.told(
        "bad-margin",
        scene.at,
        scene.at + len(scene.word),
        f"`{shown(scene.word)}` does not fit in a margin",
        'a margin holds lines of the notice: `[12]` or `[faq 12-14 "its words"]`',
    )


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
    return scene.told("bad-date", start, end, f"`{shown(written)}` is no date of the language", help)


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
    return scene.told("bad-article", start, end, f"`{shown(written)}` is no article", help)


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
            "bad-unit",
            scene.at,
            scene.at + len(scene.word),
            f"`{scene.word}` has no unit",
            f"say of what: `{scene.word} months`",
        )
    return None


def _counts(scene: _Scene, start: int) -> bool:
    """Whether a number there is that of an amount, not of a provision: `for 3`, not `schedule 3`."""
    earlier = [token for token, at in scene.tokens if at < start]
    last = earlier[-1] if earlier else ""
    if not last or last == "under":
        return False
    if len(earlier) == 1 or last in machine().joining_words or last in ("most", "least", ",", "<", ">", "="):
        return True
    return not ASCII_WORD.fullmatch(last) and last[0] != "[" and not last[0].isdigit()


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
        return scene.told("bad-unit", start, end, f"`{shown(written)}` is no amount", help)
    if unit:
        return _unit_told(scene, start, end, written, word, f"did you mean `{_plural(number, 1, unit)}`?")
    return _unit_told(scene, start, end, written, word, "count in minutes, hours, days, weeks, months or years")


def _plural(number: str, times: int, unit: str) -> str:
    count = int(number[:6]) * times
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _unit_told(scene: _Scene, start: int, end: int, written: str, word: str, help: str) -> Diagnostic:
    return scene.told("bad-unit", start, end, f"`{shown(word)}` is no unit of time", help)


def _too_deep(scene: _Scene) -> Diagnostic | None:
    if not scene.wrapped:
        return None
    if scene.level == "rule":
        return too_deep(scene.source, scene.at) if machine().head_at.match(scene.text, scene.at) else None
    if machine().clause_at.match(scene.text, scene.at):
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
    what = f"`{shown(mark)}` means nothing here"
    help = _INSTEAD.get(mark, "take it out, or put the text in quotes")
    if mark == "&" and scene.level == "rule":
        help = "write `and`"
    if mark.isalpha():
        start = scene.at - len(_trailing_word(scene.text, scene.start, scene.at))
        end = start + len(word_at(scene.text[start : min(scene.end, start + 200)], 0))
        word = scene.text[start:end]
        what = f"`{shown(word)}` holds a letter that names and terms do not have"
        help = f'write it with the letters a to z, or put it in quotes: `"{shown(word)}"`'
    elif mark.isspace():
        what, help = (
            f"`\\u{ord(mark):04x}`, which looks like a space, means nothing here",
            "write a plain space",
        )
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
        "bad-number",
        start,
        end,
        f"`{shown(scene.text[start:end])}` is no number, amount, date or article",
        "put it in quotes, or write it as `3`, `6 months`, `2026-03-01` or `6(1)(e)`",
    )


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
        "two-verbs",
        start,
        end,
        f"`{word}` begins a second clause on the same line",
        f"begin a new line before `{word}`",
    )


def _earlier_verb(scene: _Scene) -> Diagnostic | None:
    """A second verb that was read as part of a term, until what follows it did not fit."""
    if scene.level == "rule":
        return None
    first = machine().verb_at.match(scene.text, after_adverb(scene.text, scene.start))
    for (before, _), (_, at) in reversed(list(zip(scene.tokens, scene.tokens[1:], strict=False))):
        found = machine().verb_at.match(scene.text, at)
        if (
            found
            and first
            and at >= first.end()
            and before not in tail_words()
            and before not in (",", "possibly", "never")
        ):
            return _second_verb(scene, at, found.end())
    return None


def _missing_name(scene: _Scene) -> Diagnostic | None:
    first = scene.tokens[0][0] if scene.tokens else ""
    if first in RULES and len(scene.tokens) <= 2:
        said, lacks = " ".join(token for token, _ in scene.tokens), ("code", "name")[len(scene.tokens) - 1]
        return scene.told(
            "missing-name",
            scene.start,
            max(scene.fault.before_end, scene.start + len(first)),
            f"`{shown(said)}` has no {lacks}",
            f"write its code and its name: `{first} UK901 special-category-no-condition {{`",
        )
    if len(scene.tokens) != 1 or first not in machine().kinds:
        return None
    if scene.word[:1].isdigit():
        return scene.told(
            "missing-name",
            scene.at,
            scene.at + len(scene.word),
            f"`{shown(scene.word)}` is no name",
            "begin the name with a letter",
        )
    if scene.fault.terminal == "?":
        return None
    return scene.told(
        "missing-name",
        scene.start,
        scene.start + len(first),
        f"this `{first}` has no name",
        f"name it with one hyphenated word: `{first} follow-up`",
    )


def _nothing_follows(scene: _Scene) -> Diagnostic | None:
    if not scene.ends or not scene.tokens:
        return None
    if scene.level != "rule" and scene.tokens[0][0] in RULES:
        return scene.told(
            "unopened-block",
            scene.start,
            scene.end,
            f"the block of `{shown(' '.join(t for t, _ in scene.tokens[:2]))}` is never opened",
            "put `{` at the end of its line",
        )
    last, at = scene.tokens[-1]
    if last in ("bad", "good"):
        return scene.told("unexpected-end", at, at + len(last), f"`{last}` has no block", f"write `{last} {{ … }}`")
    opened = [at for token, at in scene.tokens if token == "("][scene.text.count(")", scene.start, scene.end) :]
    if scene.level == "rule" and opened and "RPAR" in scene.fault.expected:
        return scene.told("stray-bracket", opened[0], opened[0] + 1, "this `(` is never closed", "close it with `)`")
    return scene.told("unexpected-end", at, at + len(last), f"nothing follows `{shown(last)}`", _may_follow(scene))


def _list_fault(scene: _Scene) -> Diagnostic | None:
    if scene.before() == "only":
        return scene.told(
            "unexpected-word",
            scene.at,
            scene.at + len(scene.word),
            f"`{shown(scene.word)}` follows `only`, which ends a list",
            "put `only` last",
        )
    others = {",": "or", "or": ","}
    if scene.word in others and others[scene.word] in [token for token, _ in scene.tokens]:
        return scene.told(
            "mixed-list",
            scene.at,
            scene.at + len(scene.word),
            "a list is joined by commas or by `or`, not by both",
            "write two clauses, or one list with commas",
        )
    return None


def _does_not_fit(scene: _Scene) -> Diagnostic:
    word = scene.word or scene.text[scene.at : scene.at + 1]
    end = min(scene.at + max(len(word), 1), max(scene.end, scene.at + 1))
    after = f" after `{shown(scene.before())}`" if scene.tokens else ""
    name = "bad-expression" if scene.level == "rule" else "unexpected-word"
    help = _may_follow(scene)
    if scene.level != "rule" and scene.fault.expected >= {"COMMA", "FOR"}:
        help = "put a comma or a joining word before it, or begin a new line"
    elif scene.level != "rule" and "FOR" in scene.fault.expected:
        help = "put a joining word before it, or begin a new line"
    if scene.tokens and scene.tokens[0][0] in RULES and scene.level != "rule":
        help = "join the words of the name with hyphens"
    if scene.fault.terminal == "too long":
        return scene.told(
            "bad-expression",
            scene.at,
            end,
            "this line holds more brackets and `not` than a reader can follow",
            "split the rule in two",
        )
    return scene.told(name, scene.at, end, f"`{shown(word)}` does not fit{after}", help)


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
