"""A quick way through well-formed records.

Reads the common sentences of a record (declarations, clauses, tails, margins) by plain descent and
makes the very nodes that the tables would. Whatever it does not know, a rule, a stray line or any
fault, it leaves to the parser: `read_records` then returns None. The grammar stays the only
definition; tests hold this module to it on generated and on damaged texts.
"""

from __future__ import annotations

from gdprlint.language.lexemes import LOOK, behind, unquoted
from gdprlint.language.tokens import NotPlain, digits, tokens_of
from gdprlint.language.tree import (
    Clause,
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
from gdprlint.language.words import BEGINNINGS, JOINTS, KINDS, LEFT, STOPS, TWO_WORDS, VERBS

LONE = (("at", "any", "time"), ("whichever", "is", "later"), ("as", "soon", "as", "possible"))
NO_TERM = STOPS | LEFT
SLIPS = VERBS | set(TWO_WORDS) | {"never"}
NO_MORE = STOPS | set(LOOK) | SLIPS  # in a term behind its first word: to be looked at
_make = tuple.__new__


class _Reader:
    __slots__ = ("at", "comments", "ends", "kinds", "starts", "text", "values")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.kinds, self.values, self.starts, self.ends, self.comments = tokens_of(text)

    def file(self) -> tuple[object, ...]:
        items: list[object] = []
        kinds, values = self.kinds, self.values
        while kinds[self.at] != "E":
            if kinds[self.at] == "N":
                if self.at == len(kinds) - 2:
                    break
                raise NotPlain
            word = values[self.at]
            if word in KINDS:
                items.append(self.declaration())
            elif word == "use":
                start = self.starts[self.at]
                things = self.things(self.at + 1)
                items.append(Use(things, start, things.end))
            else:
                raise NotPlain
            if kinds[self.at] != "N":
                raise NotPlain
            self.at += 1
        return tuple(items)

    def declaration(self) -> Declaration:
        at, kinds, values = self.at, self.kinds, self.values
        start = self.starts[at]
        kind = Token(values[at], start, self.ends[at])
        at += 1
        first = at
        while kinds[at] == "W" and values[at] not in STOPS:
            if values[at] in LEFT or self.slips(at):
                raise NotPlain
            at += 1
        if at == first:
            raise NotPlain
        end = self.ends[at - 1]
        name = Token("-".join(values[first:at]), self.starts[first], end)
        title = None
        if kinds[at] == '"':
            title, end = unquoted(values[at]), self.ends[at]
            at += 1
        tails: tuple[Tail, ...] = ()
        if kinds[at] == "W":
            tails = self.tails(at)
            at = self.at
            end = tails[-1].end
        self.at = at
        margin = None
        if kinds[at] == "[":
            margin = self.margin()
            end = margin.end
        if kinds[self.at] != "{":
            return Declaration(kind, name, title, tails, margin, None, start, end, end)
        head_end = self.starts[self.at]
        lines = self.block()
        return Declaration(kind, name, title, tails, margin, lines, start, self.ends[self.at - 1], head_end)

    def block(self) -> tuple[object, ...]:
        kinds, values = self.kinds, self.values
        self.at += 1
        lines: list[object] = []
        while True:
            at = self.at
            kind = kinds[at]
            if kind == "}":
                self.at = at + 1
                return tuple(lines)
            word = values[at]
            if word in VERBS:
                lines.append(self.clause(at, None, at))
            elif word in KINDS:
                lines.append(self.declaration())
            elif kind == "W" and word not in BEGINNINGS:
                lines.append(self.stray())
            elif word == "possibly" or word == "never":
                lines.append(self.clause(at + 1, word, at))
            else:
                lines.append(self.clause(at, None, at))
            kind = kinds[self.at]
            if kind == "N":
                self.at += 1
                if kinds[self.at] in "NE":
                    raise NotPlain
            elif kind != "}":
                raise NotPlain

    def stray(self) -> Stray:
        """A line that begins with a plain word that is none of the language."""
        start = self.starts[self.at]
        things = self.things(self.at)
        tails = self.tails(self.at)
        end = tails[-1].end if tails else things.end
        margin = None
        if self.kinds[self.at] == "[":
            margin = self.margin()
            end = margin.end
        return Stray(things, tails, margin, start, end)

    def clause(self, at: int, adverb: str | None, first: int) -> Clause:
        kinds, values, ends = self.kinds, self.values, self.ends
        word = values[at]
        start = self.starts[at]
        if word in VERBS:
            end = ends[at]
        elif word in TWO_WORDS and values[at + 1] == TWO_WORDS[word]:
            at += 1
            word = f"{word} {values[at]}"
            end = ends[at]
        else:
            raise NotPlain
        verb = _make(Token, (word, start, end))
        at += 1
        kind = kinds[at]
        if kind == "W":
            following = values[at]
            if following not in STOPS:
                about = True
            elif following == "possibly":
                if values[at + 1] == "never":
                    raise NotPlain
                about = True
            else:
                about = following == "at" and values[at + 1] != "any"
        else:
            about = kind == '"' or kind == "D"
        things = None
        if about:
            things = self.things(at)
            end = things[4]
            at = self.at
            kind = kinds[at]
        tails: tuple[Tail, ...] = ()
        if kind == "W":
            tails = self.tails(at)
            end = tails[-1][3]
            at = self.at
            kind = kinds[at]
        margin = None
        self.at = at
        if kind == "[":
            margin = self.margin()
            end = margin.end
        return _make(Clause, (adverb, verb, things, tails, margin, self.starts[first], end))

    def tails(self, at: int) -> tuple[Tail, ...]:
        found: list[Tail] = []
        kinds, values, starts = self.kinds, self.values, self.starts
        while kinds[at] == "W":
            word = values[at]
            start = starts[at]
            if word in JOINTS and (word != "as" or values[at + 1] != "soon"):
                things = self.things(at + 1)
                found.append(_make(Tail, (word, things, start, things[4])))
                at = self.at
            elif word == "indefinitely":
                found.append(Tail(word, None, start, self.ends[at]))
                at += 1
            elif word == "possibly" and values[at + 1] == "never":
                found.append(Tail("possibly never", None, start, self.ends[at + 1]))
                at += 2
            else:
                for lone in LONE:
                    if tuple(values[at : at + len(lone)]) == lone:
                        at += len(lone)
                        found.append(Tail(" ".join(lone), None, start, self.ends[at - 1]))
                        break
                else:
                    raise NotPlain
        self.at = at
        return tuple(found)

    def things(self, at: int) -> Things:
        kinds, values, starts, ends = self.kinds, self.values, self.starts, self.ends
        first = starts[at]
        items: list[Thing] = []
        joined = ""
        while True:
            text = values[at]
            if kinds[at] == "W" and text not in NO_TERM:
                begin = at
                start = starts[at]
                at += 1
                kind = kinds[at]
                if kind == "W":
                    while kind == "W":
                        word = values[at]
                        if word in NO_MORE and (word in STOPS or word in LOOK or self.slips(at)):
                            break
                        at += 1
                        kind = kinds[at]
                    if kind == "W" and values[at] not in STOPS:
                        if at > begin + 1 or values[at] not in LOOK:
                            raise NotPlain
                        items.append(self.place(text, at, None, start))
                        at = self.at
                    else:
                        if at > begin + 1:
                            text = "-".join(values[begin:at])
                        quote, end = None, ends[at - 1]
                        if kind == '"':
                            quote, end = unquoted(values[at]), ends[at]
                            at += 1
                        items.append(_make(Thing, ("word", text, quote, None, None, None, start, end)))
                elif kind == '"':
                    items.append(_make(Thing, ("word", text, unquoted(values[at]), None, None, None, start, ends[at])))
                    at += 1
                elif kind == "D" and digits(values[at]) in ("ARTICLE", "NUMBER"):
                    text = f"{text} {values[at]}"
                    items.append(_make(Thing, ("provision", text, None, None, None, None, start, ends[at])))
                    at += 1
                else:
                    items.append(_make(Thing, ("word", text, None, None, None, None, start, ends[begin])))
            else:
                items.append(self.thing(at))
                at = self.at
            word = values[at]
            if word == ",":
                if joined == "or":
                    raise NotPlain
            elif word == "or":
                if joined == ",":
                    raise NotPlain
            else:
                break
            joined = word
            at += 1
        only = word == "only"
        if only:
            at += 1
        self.at = at
        return _make(Things, (tuple(items), only, joined == "or", first, ends[at - 1]))

    def thing(self, at: int) -> Thing:
        """One thing of any kind."""
        kinds, values = self.kinds, self.values
        start = self.starts[at]
        adverb = None
        if values[at] == "possibly" or values[at] == "never":
            adverb = values[at]
            at += 1
        kind = kinds[at]
        value = values[at]
        self.at = at + 1
        if kind == "W":
            return self.word(at, adverb, start)
        if kind == '"':
            return _make(Thing, ("quote", "", unquoted(value), adverb, None, None, start, self.ends[at]))
        if kind == "D":
            name = digits(value)
            if name == "DATE":
                return _make(Thing, ("date", value, None, adverb, None, None, start, self.ends[at]))
            if name == "DURATION":
                return self.amount(at, adverb, None, start)
            if name != "RANGE":
                return _make(Thing, ("provision", value, None, adverb, None, None, start, self.ends[at]))
        raise NotPlain

    def word(self, at: int, adverb: str | None, start: int) -> Thing:
        kinds, values = self.kinds, self.values
        word = values[at]
        if word == "none" or word == "blank":
            self.at = at + 1
            return _make(Thing, (word, word, None, adverb, None, None, start, self.ends[at]))
        if word == "at":
            if values[at + 1] in ("most", "least") and kinds[at + 2] == "D" and digits(values[at + 2]) == "DURATION":
                return self.amount(at + 2, adverb, f"at {values[at + 1]}", start)
            raise NotPlain
        if word in NO_TERM:
            raise NotPlain
        first = at
        at += 1
        if kinds[at] == "D" and digits(values[at]) in ("ARTICLE", "NUMBER"):
            self.at = at + 1
            text = f"{word} {values[at]}"
            return _make(Thing, ("provision", text, None, adverb, None, None, start, self.ends[at]))
        if kinds[at] == "W" and values[at] in LOOK:
            return self.place(word, at, adverb, start)
        while kinds[at] == "W" and values[at] not in STOPS:
            if values[at] in LOOK or self.slips(at):
                raise NotPlain
            at += 1
        text = word if at == first + 1 else "-".join(values[first:at])
        quote = None
        end = self.ends[at - 1]
        if kinds[at] == '"':
            quote, end = unquoted(values[at]), self.ends[at]
            at += 1
        self.at = at
        return _make(Thing, ("word", text, quote, adverb, None, None, start, end))

    def slips(self, at: int) -> bool:
        """A verb, or `never`, that begins a line in the middle of a term may be a clause set too deep."""
        return self.values[at] in SLIPS and "\n" in self.text[self.ends[at - 1] : self.starts[at]]

    def place(self, law: str, at: int, adverb: str | None, start: int) -> Thing:
        """A provision with words: `dpa-2018 schedule 1 part 1 paragraph 4`, `dpa-2018 section 19`."""
        values = self.values
        parts = [law]
        self.look(at)
        if values[at] in ("section", "regulation", "recital") and self.counts(at + 1, "ARTICLE"):
            parts += values[at : at + 2]
            at += 2
        elif values[at] in ("schedule", "annex") and self.counts(at + 1):
            parts += values[at : at + 2]
            at += 2
            if values[at] == "part" and self.counts(at + 1):
                self.look(at)
                parts += values[at : at + 2]
                at += 2
            if values[at] == "paragraph" and self.counts(at + 1, "ARTICLE"):
                self.look(at)
                parts += values[at : at + 2]
                at += 2
        else:
            raise NotPlain
        self.at = at
        return _make(Thing, ("provision", " ".join(parts), None, adverb, None, None, start, self.ends[at - 1]))

    def counts(self, at: int, other: str = "") -> bool:
        """Whether a number stands here, or what else is allowed."""
        return self.kinds[at] == "D" and digits(self.values[at]) in ("NUMBER", other)

    def look(self, at: int) -> None:
        """A word of a provision and its number stand on one line with nothing but blanks between."""
        if not behind(self.values[at]).match(self.text, self.ends[at]):
            raise NotPlain

    def amount(self, at: int, adverb: str | None, bound: str | None, start: int) -> Thing:
        kinds, values = self.kinds, self.values
        text = values[at]
        end = self.ends[at]
        at += 1
        after = None
        if values[at] == "after":
            at += 1
            if kinds[at] == '"':
                after, end = ("quote", unquoted(values[at])), self.ends[at]
                if not after[1]:
                    raise NotPlain
                at += 1
            else:
                first = at
                while kinds[at] == "W" and values[at] not in STOPS:
                    if values[at] in LEFT or self.slips(at):
                        raise NotPlain
                    at += 1
                if at == first or kinds[at] == '"':
                    raise NotPlain
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
            if kinds[at] == "W":
                source = values[at]
                if source in STOPS:
                    raise NotPlain
                at += 1
            kind = digits(values[at]) if kinds[at] == "D" else ""
            if kind == "NUMBER":
                low = high = int(values[at])
            elif kind == "RANGE":
                one, _, two = values[at].partition("-")
                low, high = int(one), int(two)
            else:
                raise NotPlain
            at += 1
            quotes: list[str] = []
            while kinds[at] == '"':
                quotes.append(unquoted(values[at]))
                at += 1
            places.append(Place(source, low, high, tuple(quotes), starts[first], ends[at - 1]))
            if kinds[at] == "]":
                self.at = at + 1
                return Margin(tuple(places), start, ends[at])
            if kinds[at] != ",":
                raise NotPlain


def read_records(text: str) -> File | None:
    """The tree of a text of plain records; None where the parser must look at it."""
    try:
        reader = _Reader(text)
        items = reader.file()
    except (NotPlain, IndexError):
        return None
    return File(items, tuple(reader.comments))
