"""A quick way through well-formed records.

Reads the common sentences of a record (declarations, clauses, tails, margins) by plain descent and
makes the very nodes that the tables would. Whatever it does not know, a rule, a stray line or any
fault, it leaves to the parser: `read_records` then returns None. The grammar stays the only
definition; tests hold this module to it on generated and on damaged texts.
"""

from __future__ import annotations

from gdprlint.language.actions import unquoted
from gdprlint.language.layout import column_after
from gdprlint.language.parser import _LEXEMES, _LOOK, MAX_DEPTH, _comments
from gdprlint.language.tree import (
    Clause,
    Comment,
    Declaration,
    File,
    Margin,
    Place,
    Stray,
    Tail,
    Thing,
    Things,
    Token,
    Use,
)

KINDS = frozenset(
    [
        "organisation",
        "organisations",
        "team",
        "people",
        "data",
        "event",
        "document",
        "record",
        "notice",
        "activity",
        "term",
        "pack",
        "cue",
        "wording",
    ]
)
VERBS = frozenset(
    [
        "controller",
        "processor",
        "sub-processor",
        "representative",
        "client",
        "sponsor",
        "contact",
        "dpo",
        "employs",
        "purpose",
        "condition",
        "requires",
        "consent",
        "permission",
        "withdrawal",
        "informs",
        "collects",
        "uses",
        "makes",
        "links",
        "separates",
        "identifies",
        "keeps",
        "opens",
        "discloses",
        "transfers",
        "sends",
        "recontacts",
        "rights",
        "requests",
        "limits",
        "complaints",
        "asks",
        "lasts",
        "costs",
        "harm",
        "security",
        "incentive",
        "reviewed",
        "readable",
        "excerpt",
        "defines",
        "cites",
        "updates",
        "dpv",
        "fideslang",
        "prefix",
        "edition",
        "phrases",
        "heading",
        "beside",
        "lookalikes",
        "hedges",
        "negated",
        "takes",
        "gives",
        "accepts",
        "rejects",
    ]
)
TWO_WORDS = {"joint": "controllers", "lawful": "basis", "further": "use", "automated": "decisions",
             "individual": "decisions", "refers": "to", "leaves": "blank"}  # fmt: skip
JOINTS = frozenset(
    [
        "of",
        "to",
        "from",
        "with",
        "by",
        "for",
        "in",
        "outside",
        "under",
        "as",
        "on",
        "since",
        "until",
        "before",
        "within",
        "while",
        "every",
        "when",
        "unless",
        "because",
        "then",
        "is",
        "are",
        "also",
        "including",
        "without",
    ]
)
STOPS = JOINTS | {"indefinitely", "at", "possibly", "whichever", "or", "only"}
LEFT = frozenset({"never", "after", "none", "blank"}) | set(_LOOK)  # in the middle of a term: for the parser to say
BEGINNINGS = VERBS | KINDS | STOPS | LEFT | set(TWO_WORDS) | {"use", "rule", "only", "automated", "individual"}
_make = tuple.__new__


class _Left(Exception):
    """Something that this module leaves to the parser."""


class _Reader:
    __slots__ = ("at", "ends", "kinds", "starts", "text", "values")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def tokens(self) -> list[Comment]:
        """Fill the token lists, with NL only where a line break ends something; the comments on the way."""
        text = self.text
        kinds, values, starts, ends = self.kinds, self.values, self.starts, self.ends
        comments: list[Comment] = []
        position = column = depth = 0
        fresh, opened, closed, begun = True, False, False, False
        stop = len(text)
        for found in _LEXEMES.finditer(text):
            start, end = found.span()
            if start != position:
                raise _Left
            position = end
            kind = found.lastgroup
            if kind == "SPACE":
                continue
            if kind == "NL":
                value = found.group()
                if "#" in value:
                    comments.extend(_comments(value, start))
                if end >= stop:
                    break
                here = end - text.rfind("\n", 0, end) - 1
                if here and "\t" in text[end - here : end]:
                    here = column_after(text, end)
                if not begun:
                    continue
                if depth and here == 0 and text[end] != "}":
                    raise _Left
                if opened:
                    fresh = True
                    continue
                if fresh or (not closed and here > column):
                    continue
                kinds.append("NL")
                values.append("")
                starts.append(start)
                ends.append(end)
                fresh = True
                closed = False
                continue
            if kind == "COMMENT":
                comments.append(Comment(found.group().rstrip(), start, end))
                continue
            begun = True
            value = found.group()
            if fresh:
                line = text.rfind("\n", 0, start) + 1
                column = column_after(text, start) if "\t" in text[line:start] else start - line
                fresh = False
            opened = closed = False
            if value == "{":
                opened, fresh = True, True
                depth += 1
                if depth > MAX_DEPTH:
                    raise _Left
            elif value == "}":
                closed = True
                depth -= 1
            kinds.append(kind or "")
            values.append(value)
            starts.append(start)
            ends.append(end)
        if position != stop or depth:
            raise _Left
        kinds += ["NL", "END"]
        values += ["", ""]
        starts += [stop, stop]
        ends += [stop, stop]
        return comments

    def file(self) -> tuple[object, ...]:
        items: list[object] = []
        kinds, values = self.kinds, self.values
        while kinds[self.at] != "END":
            if kinds[self.at] == "NL":
                if self.at == len(kinds) - 2:
                    break
                raise _Left
            word = values[self.at]
            if word in KINDS:
                items.append(self.declaration())
            elif word == "use":
                start = self.starts[self.at]
                self.at += 1
                things = self.things()
                items.append(Use(things, start, things.end))
            else:
                raise _Left
            if kinds[self.at] != "NL":
                raise _Left
            self.at += 1
        return tuple(items)

    def declaration(self) -> Declaration:
        at, kinds, values = self.at, self.kinds, self.values
        start = self.starts[at]
        kind = Token(values[at], start, self.ends[at])
        at += 1
        first = at
        while kinds[at] == "WORD" and values[at] not in STOPS:
            if values[at] in LEFT or self.slips(at):
                raise _Left
            at += 1
        if at == first:
            raise _Left
        end = self.ends[at - 1]
        name = Token("-".join(values[first:at]), self.starts[first], end)
        title = None
        if kinds[at] == "STRING":
            title, end = unquoted(values[at]), self.ends[at]
            at += 1
        self.at = at
        tails = self.tails()
        if tails:
            end = tails[-1].end
        margin = None
        if values[self.at] == "[":
            margin = self.margin()
            end = margin.end
        if values[self.at] != "{" or kinds[self.at] != "PUNCTUATION":
            return Declaration(kind, name, title, tails, margin, None, start, end, end)
        head_end = self.starts[self.at]
        lines = self.block()
        return Declaration(kind, name, title, tails, margin, lines, start, self.ends[self.at - 1], head_end)

    def block(self) -> tuple[object, ...]:
        kinds, values = self.kinds, self.values
        self.at += 1
        lines: list[object] = []
        while True:
            if values[self.at] == "}" and kinds[self.at] == "PUNCTUATION":
                self.at += 1
                return tuple(lines)
            word = values[self.at]
            if word in KINDS:
                lines.append(self.declaration())
            elif self.strays(word):
                lines.append(self.stray())
            else:
                lines.append(self.clause(word))
            if kinds[self.at] == "NL":
                self.at += 1
                if kinds[self.at] in ("NL", "END"):
                    raise _Left
            elif values[self.at] != "}":
                raise _Left

    def strays(self, word: str) -> bool:
        """Whether a line begins with a plain word that is none of the language."""
        return self.kinds[self.at] == "WORD" and word not in BEGINNINGS

    def stray(self) -> Stray:
        start = self.starts[self.at]
        things = self.things()
        tails = self.tails()
        end = tails[-1].end if tails else things.end
        margin = None
        if self.values[self.at] == "[":
            margin = self.margin()
            end = margin.end
        return Stray(things, tails, margin, start, end)

    def clause(self, word: str) -> Clause:
        values = self.values
        start = self.starts[self.at]
        adverb = None
        if word == "possibly" or word == "never":
            adverb = word
            self.at += 1
            word = values[self.at]
        if word in VERBS:
            verb = Token(word, self.starts[self.at], self.ends[self.at])
            self.at += 1
        elif word in TWO_WORDS and values[self.at + 1] == TWO_WORDS[word]:
            verb = Token(f"{word} {values[self.at + 1]}", self.starts[self.at], self.ends[self.at + 1])
            self.at += 2
        else:
            raise _Left
        at = self.at
        end = verb.end
        things = None
        kind = self.kinds[at]
        if kind == "WORD":
            following = values[at]
            if following == "possibly" and values[at + 1] == "never":
                raise _Left
            if following == "at":
                if values[at + 1] != "any":
                    things = self.things()
            elif following == "possibly" or following not in STOPS:
                things = self.things()
        elif kind in ("STRING", "DATE", "DURATION", "ARTICLE", "NUMBER"):
            things = self.things()
        if things is not None:
            end = things.end
        tails = self.tails()
        if tails:
            end = tails[-1].end
        margin = None
        if values[self.at] == "[":
            margin = self.margin()
            end = margin.end
        return Clause(adverb, verb, things, tails, margin, start, end)

    def tails(self) -> tuple[Tail, ...]:
        found: list[Tail] = []
        kinds, values = self.kinds, self.values
        while kinds[self.at] == "WORD":
            at = self.at
            word = values[at]
            start = self.starts[at]
            if word == "indefinitely":
                self.at += 1
                found.append(Tail(word, None, start, self.ends[at]))
            elif word == "at" or word == "whichever" or (word == "as" and values[at + 1] == "soon"):
                for lone in (("at", "any", "time"), ("whichever", "is", "later"), ("as", "soon", "as", "possible")):
                    if tuple(values[at : at + len(lone)]) == lone:
                        self.at = at + len(lone)
                        found.append(Tail(" ".join(lone), None, start, self.ends[self.at - 1]))
                        break
                else:
                    raise _Left
            elif word == "possibly" and values[at + 1] == "never":
                self.at += 2
                found.append(Tail("possibly never", None, start, self.ends[at + 1]))
            elif word in JOINTS:
                self.at += 1
                things = self.things()
                found.append(Tail(word, things, start, things.end))
            else:
                raise _Left
        return tuple(found)

    def things(self) -> Things:
        first = self.thing()
        items = [first]
        values = self.values
        either = False
        if values[self.at] == "," and self.kinds[self.at] == "PUNCTUATION":
            while values[self.at] == "," and self.kinds[self.at] == "PUNCTUATION":
                self.at += 1
                items.append(self.thing())
        else:
            while values[self.at] == "or" and self.kinds[self.at] == "WORD":
                either = True
                self.at += 1
                items.append(self.thing())
        end = items[-1].end
        word = values[self.at]
        if word == "only" and self.kinds[self.at] == "WORD":
            end = self.ends[self.at]
            self.at += 1
            return Things(tuple(items), True, either, first.start, end)
        if word == "," or word == "or":
            raise _Left
        return Things(tuple(items), False, either, first.start, end)

    def thing(self) -> Thing:
        at, kinds, values = self.at, self.kinds, self.values
        start = self.starts[at]
        adverb = None
        if kinds[at] == "WORD" and values[at] in ("possibly", "never"):
            adverb = values[at]
            at += 1
        kind = kinds[at]
        if kind == "WORD":
            return self.word(at, adverb, start)
        value = values[at]
        end = self.ends[at]
        self.at = at + 1
        if kind == "STRING":
            return _make(Thing, ("quote", "", unquoted(value), adverb, None, None, start, end))
        if kind == "DATE":
            return _make(Thing, ("date", value, None, adverb, None, None, start, end))
        if kind == "ARTICLE" or kind == "NUMBER":
            return _make(Thing, ("provision", value, None, adverb, None, None, start, end))
        if kind == "DURATION":
            return self.amount(at, adverb, None, start)
        raise _Left

    def word(self, at: int, adverb: str | None, start: int) -> Thing:
        kinds, values = self.kinds, self.values
        word = values[at]
        if word == "none" or word == "blank":
            self.at = at + 1
            return _make(Thing, (word, word, None, adverb, None, None, start, self.ends[at]))
        if word == "at":
            if values[at + 1] in ("most", "least") and kinds[at + 2] == "DURATION":
                return self.amount(at + 2, adverb, f"at {values[at + 1]}", start)
            raise _Left
        if word in STOPS or word in LEFT:
            raise _Left
        first = at
        at += 1
        following = kinds[at]
        if following == "ARTICLE" or following == "NUMBER":
            self.at = at + 1
            text = f"{word} {values[at]}"
            return _make(Thing, ("provision", text, None, adverb, None, None, start, self.ends[at]))
        if following == "WORD" and values[at] in _LOOK:
            return self.place(word, at, adverb, start)
        while kinds[at] == "WORD" and values[at] not in STOPS:
            if values[at] in _LOOK or self.slips(at):
                raise _Left
            at += 1
        text = word if at == first + 1 else "-".join(values[first:at])
        quote = None
        end = self.ends[at - 1]
        if kinds[at] == "STRING":
            quote, end = unquoted(values[at]), self.ends[at]
            at += 1
        self.at = at
        return _make(Thing, ("word", text, quote, adverb, None, None, start, end))

    def slips(self, at: int) -> bool:
        """A verb, or `never`, that begins a line in the middle of a term may be a clause set too deep."""
        word = self.values[at]
        return (word in VERBS or word in TWO_WORDS or word == "never") and "\n" in self.text[
            self.ends[at - 1] : self.starts[at]
        ]

    def place(self, law: str, at: int, adverb: str | None, start: int) -> Thing:
        """A provision with words: `dpa-2018 schedule 1 part 1 paragraph 4`, `dpa-2018 section 19`."""
        kinds, values = self.kinds, self.values
        parts = [law]
        self.look(at)
        if values[at] in ("section", "regulation", "recital") and kinds[at + 1] in ("ARTICLE", "NUMBER"):
            parts += values[at : at + 2]
            at += 2
        elif values[at] in ("schedule", "annex") and kinds[at + 1] == "NUMBER":
            parts += values[at : at + 2]
            at += 2
            if values[at] == "part" and kinds[at + 1] == "NUMBER":
                self.look(at)
                parts += values[at : at + 2]
                at += 2
            if values[at] == "paragraph" and kinds[at + 1] in ("ARTICLE", "NUMBER"):
                self.look(at)
                parts += values[at : at + 2]
                at += 2
        else:
            raise _Left
        self.at = at
        return _make(Thing, ("provision", " ".join(parts), None, adverb, None, None, start, self.ends[at - 1]))

    def look(self, at: int) -> None:
        """A word of a provision and its number stand on one line with nothing but blanks between."""
        if not _LOOK[self.values[at]][1].match(self.text, self.ends[at]):
            raise _Left

    def amount(self, at: int, adverb: str | None, bound: str | None, start: int) -> Thing:
        kinds, values = self.kinds, self.values
        text = values[at]
        end = self.ends[at]
        at += 1
        after = None
        if values[at] == "after" and kinds[at] == "WORD":
            at += 1
            if kinds[at] == "STRING":
                after, end = ("quote", unquoted(values[at])), self.ends[at]
                if not after[1]:
                    raise _Left
                at += 1
            else:
                first = at
                while kinds[at] == "WORD" and values[at] not in STOPS:
                    if values[at] in LEFT or self.slips(at):
                        raise _Left
                    at += 1
                if at == first or kinds[at] == "STRING":
                    raise _Left
                after, end = ("word", "-".join(values[first:at])), self.ends[at - 1]
        self.at = at
        return _make(Thing, ("amount", text, None, adverb, bound, after, start, end))

    def margin(self) -> Margin:
        kinds, values, starts, ends = self.kinds, self.values, self.starts, self.ends
        at = self.at
        start = starts[at]
        places: list[Place] = []
        while True:
            at += 1
            first = at
            source = None
            if kinds[at] == "WORD":
                source = values[at]
                if source in STOPS:
                    raise _Left
                at += 1
            if kinds[at] == "NUMBER":
                low = high = int(values[at])
            elif kinds[at] == "RANGE":
                one, _, two = values[at].partition("-")
                low, high = int(one), int(two)
            else:
                raise _Left
            at += 1
            quotes: list[str] = []
            while kinds[at] == "STRING":
                quotes.append(unquoted(values[at]))
                at += 1
            places.append(Place(source, low, high, tuple(quotes), starts[first], ends[at - 1]))
            if values[at] == "]":
                self.at = at + 1
                return Margin(tuple(places), start, ends[at])
            if values[at] != ",":
                raise _Left


def read_records(text: str) -> File | None:
    """The tree of a text of plain records; None where the parser must look at it."""
    reader = _Reader(text)
    try:
        comments = reader.tokens()
        items = reader.file()
    except (_Left, IndexError):
        return None
    return File(items, tuple(comments))
