"""Hypothesis strategies for the language: trees that were never text, and text laid out by careless hands.

The trees have no offsets; printing and reading one gives the same tree again. They are random
sentences of the grammar and know nothing of which verb takes which tails.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from hypothesis import strategies as st

from gdprlint.language.layout import column_after
from gdprlint.language.parser import parse_whole
from gdprlint.language.tables import GRAMMAR as GRAMMAR_FILE
from gdprlint.language.tree import (
    Block,
    Clause,
    Declaration,
    Expression,
    File,
    Head,
    Margin,
    Path,
    Place,
    Rule,
    Stray,
    Tail,
    Thing,
    Things,
    Token,
    Use,
)

GRAMMAR = GRAMMAR_FILE.read_text("utf-8")


def alternatives(rule: str) -> tuple[str, ...]:
    """The phrases that the grammar lists for this rule."""
    found = re.search(rf"^!{rule}\s*:(.*(?:\n\s+\|.*)*)", GRAMMAR, re.MULTILINE)
    assert found is not None
    return tuple(" ".join(re.findall(r'"([^"]+)"', phrase)) for phrase in found.group(1).split("|"))


KINDS, VERBS, JOINTS, LONES = map(alternatives, ("kind", "verb", "joint", "lone"))
ADVERBS, QUANTITIES = alternatives("adverb"), alternatives("quantity")
BOUNDS = ("at most", "at least")
UNITS = ("minute", "hour", "day", "week", "month", "year")
THINGS = ("word", "quote", "date", "amount", "provision", "none", "blank")
COMPARISONS = ("<", "<=", ">", ">=", "=")
PROSE = ("title", "why", "says", "help")

SPACEABLE = ("email-address", "special-category-data", "survey-answers", "Follow-Up", "health-data")
PLAIN = (
    "ons",
    "research",
    "health",
    "GB",
    "x2",
    "all",
    "a-b-c",
    "art30-1",
    "section",
    "part",
    "annexes",
    "only-child",
    "none-of-these",
    "racial-or-ethnic-origin",
)
TOPICS = (
    "keeps",
    "lawful-basis",
    "rights",
    "data",
    "organisation",
    "refers",
    "title",
    "good",
    "stage",
    "severity",
)
INSTRUMENTS = ("uk-gdpr", "eu-gdpr", "dpa-2018", "pecr")
FIELDS = (
    "keeps",
    "lawful-basis",
    "never-links",
    "for",
    "to",
    "under",
    "of",
    "is",
    "every",
    "data",
    "x",
    "not",
    "also",
)
VARIABLES = (
    "activity",
    "data",
    "k",
    "d",
    "health-need",
    "p2",
    "title",
    "for-all",
    "recipients",
)
PARTS = (("Z", "q", "K9", "zu", "Oof", "qq7"), ("", "1", "x", "-2", "-b"), ("", "", "-Y", "-0a"))
TEXTS = (
    "Office for National Statistics",
    'the "end"',
    "# no comment",
    "keeps x { y }",
    "C:\\temp",
    "\\",
    '"',
    " ",
    "",
    "die Prüfung, später",
    "a  b",
    "whatever the person has told somebody who wrote it down and kept it for years",
)
PATTERNS = ('"^[a-z]+$"', '""', '"\\\\d `code` \\" end"', '"# {"')
PROSE_PIECES = (
    "the law",
    '`keeps x until "y"`',
    "`",
    "  ",
    "\\",
    "a\tb",
    '"so"',
    "{activity}",
    "\r",
    "`a # b`",
    "Unterlagen",
    "# {",
)

# ---- records
#
# Every strategy is made once: Hypothesis spends more time on looking at a new one than on drawing from it.


@cache
def texts() -> st.SearchStrategy[str]:
    """What stands between quotes: anything but line breaks, and often what looks like the language itself."""
    odd = st.one_of(
        st.sampled_from(' "\\#{}[],`\t\r'), st.characters(exclude_categories=["Cs"], exclude_characters="\n")
    )
    return st.one_of(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.text(odd, max_size=12))


@cache
def words() -> st.SearchStrategy[str]:
    """A name or term in its normal spelling, which is no word of the grammar at the beginning of a line."""
    return st.one_of(st.sampled_from(SPACEABLE), single_words())


@cache
def single_words() -> st.SearchStrategy[str]:
    """What `careless` never writes with spaces, since nothing but one word may stand there."""
    return st.sampled_from([*PLAIN, *map("".join, product(*PARTS))])


@cache
def terms() -> st.SearchStrategy[str]:
    """Also what is a word of the grammar elsewhere."""
    return st.one_of(words(), words(), st.sampled_from(TOPICS))


@cache
def adverbs() -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, None, *ADVERBS))


@cache
def dates() -> st.SearchStrategy[str]:
    return st.sampled_from(("2026-06-19", "2024-02-29", "0001-01-01", "9999-12-31"))


@cache
def durations() -> st.SearchStrategy[str]:
    said = product(UNITS, ("", "s"), (0, 1, 12, 999_999))
    return st.sampled_from([f"{number} {unit}{plural}" for unit, plural, number in said])


@cache
def provisions() -> st.SearchStrategy[str]:
    """An article, section or schedule, with or without the name of its law."""
    numbered = ("0", "9999", "5(1)", "9(2)(ca)", "84B(1)(b)(iv)", "44A", "12ZZA", "6(12A)")
    sections = [f"{word} {number}" for word in ("section", "regulation", "recital") for number in numbered]
    schedules = map(
        " ".join,
        product(
            ("schedule", "annex"),
            ("1", "21", "A1", "ZA12"),
            ("", "part 2"),
            ("", "paragraph 4", "paragraph 4(1)(a)", "paragraph 7A"),
        ),
    )
    said = [*numbered, *sections, *(" ".join(schedule.split()) for schedule in schedules)]
    laws = st.sampled_from(("", "", *(f"{law} " for law in INSTRUMENTS)))
    return st.builds("{}{}".format, laws, st.sampled_from(said))


def thing(kind: str, text: str, **said: Any) -> Thing:
    """A thing that stands nowhere."""
    empty: dict[str, Any] = {"quote": None, "adverb": None, "bound": None, "after": None}
    return Thing(kind, text, **{**empty, **said}, start=0, end=0)


@cache
def one_thing(leading: bool = False) -> st.SearchStrategy[Thing]:
    """One thing of any kind; `leading` says that a line begins with it."""
    quotes = st.one_of(st.none(), texts())
    anchors = st.one_of(st.none(), st.tuples(st.just("word"), words()), st.tuples(st.just("quote"), texts()))
    bounds = st.sampled_from((None, *BOUNDS))
    # After an adverb a verb is read as one, wherever the adverb stands.
    plain = st.builds(lambda text, quote: thing("word", text, quote=quote), words() if leading else terms(), quotes)
    hedged = st.builds(
        lambda text, quote, adverb: thing("word", text, quote=quote, adverb=adverb),
        words(),
        quotes,
        adverbs(),
    )
    return st.one_of(
        plain,
        plain,
        hedged,
        st.builds(lambda quote, adverb: thing("quote", "", quote=quote, adverb=adverb), texts(), adverbs()),
        st.builds(lambda text, adverb: thing("date", text, adverb=adverb), dates(), adverbs()),
        st.builds(lambda text, adverb: thing("provision", text, adverb=adverb), provisions(), adverbs()),
        st.builds(
            lambda kind, adverb: thing(kind, kind, adverb=adverb),
            st.sampled_from(("none", "blank")),
            adverbs(),
        ),
        st.builds(
            lambda text, adverb, bound, after: thing("amount", text, adverb=adverb, bound=bound, after=after),
            durations(),
            adverbs(),
            bounds,
            anchors,
        ),
    )


@cache
def things(leading: bool = False) -> st.SearchStrategy[Things]:
    """A list of things; `leading` says that a line begins with it."""
    return st.builds(
        lambda first, others, only, either: Things((first, *others), only, either and bool(others), 0, 0),
        one_thing(leading),
        st.lists(one_thing(), max_size=3),
        st.sampled_from((False, False, True)),
        st.booleans(),
    )


@cache
def tails(min_size: int = 0) -> st.SearchStrategy[tuple[Tail, ...]]:
    joined = st.builds(lambda joint, about: Tail(joint, about, 0, 0), st.sampled_from(JOINTS), things())
    lone = st.sampled_from(LONES).map(lambda joint: Tail(joint, None, 0, 0))
    return st.lists(st.one_of(joined, joined, lone), min_size=min_size, max_size=3).map(tuple)


@cache
def margins() -> st.SearchStrategy[Margin | None]:
    lines = st.integers(0, 9_999_999)
    places = st.builds(
        lambda source, first, last, quotes: Place(source, first, first if last is None else last, tuple(quotes), 0, 0),
        st.one_of(st.none(), single_words()),
        lines,
        st.one_of(st.none(), lines),
        st.lists(texts(), max_size=2),
    )
    set_out = st.lists(places, min_size=1, max_size=3).map(lambda found: Margin(tuple(found), 0, 0))
    return st.one_of(st.none(), set_out)


@cache
def clauses() -> st.SearchStrategy[Clause]:
    return st.builds(
        lambda adverb, verb, about, tails, margin: Clause(adverb, Token(verb, 0, 0), about, tails, margin, 0, 0),
        adverbs(),
        st.sampled_from(VERBS),
        st.one_of(st.none(), things(), things()),
        tails(),
        margins(),
    )


@cache
def strays() -> st.SearchStrategy[Stray]:
    return st.builds(
        lambda about, tails, margin: Stray(about, tails, margin, 0, 0),
        things(leading=True),
        tails(),
        margins(),
    )


@cache
def declarations(depth: int = 2) -> st.SearchStrategy[Declaration]:
    """A declaration with up to `depth` levels of blocks."""
    block = st.lists(lines(depth - 1), min_size=1, max_size=5).map(tuple) if depth > 0 else st.none()
    return st.builds(
        lambda kind, name, title, tails, margin, lines: Declaration(
            Token(kind, 0, 0), Token(name, 0, 0), title, tails, margin, lines, 0, 0, 0
        ),
        st.sampled_from(KINDS),
        st.one_of(terms(), terms(), provisions()),
        st.one_of(st.none(), texts()),
        tails(),
        margins(),
        st.one_of(block, block, st.none()),
    )


@cache
def lines(depth: int = 1) -> st.SearchStrategy[Any]:
    """A line of a block: mostly clauses."""
    return st.one_of(clauses(), clauses(), clauses(), strays(), declarations(depth))


@cache
def records() -> st.SearchStrategy[File]:
    uses = things().map(lambda about: Use(about, 0, 0))
    item = st.one_of(declarations(), declarations(), declarations(), uses, strays())
    return st.lists(item, max_size=4).map(lambda items: File(tuple(items), ()))


# ---- rules


@cache
def paths() -> st.SearchStrategy[Path]:
    return st.builds(
        lambda first, others: Path((first, *others), 0, 0),
        st.sampled_from(VARIABLES),
        st.lists(st.sampled_from(FIELDS), max_size=2),
    )


def expression(kind: str, *values: Any) -> Expression:
    """An operation that stands nowhere."""
    return Expression(kind, values, 0, 0)


def _made(kind: str, *values: st.SearchStrategy[Any]) -> st.SearchStrategy[Expression]:
    return st.tuples(*values).map(lambda parts: expression(kind, *parts))


def _made_of_list(kind: str, values: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Expression]:
    return values.map(lambda parts: expression(kind, *parts))


@cache
def values() -> st.SearchStrategy[Any]:
    single = st.one_of(
        paths(),
        paths(),
        _made("count", paths()),
        _made("duration", durations()),
        _made("number", st.integers(0, 999_999_999).map(str)),
        dates().map(lambda text: thing("date", text)),
    )
    call = st.tuples(st.sampled_from(VARIABLES), st.lists(single, max_size=3)).map(lambda said: [said[0], *said[1]])
    return st.one_of(single, single, _made_of_list("call", call))


@cache
def predicates() -> st.SearchStrategy[Expression]:
    phrases = st.sampled_from(SPACEABLE).map(lambda text: Path((text,), 0, 0))
    named = st.one_of(paths(), phrases, provisions().map(lambda text: thing("provision", text)))
    return st.one_of(
        _made("is", named),
        _made("is", st.sampled_from(("not", "possibly")), named),
        _made("is_in", paths()),
        _made("is_in", st.just("not"), paths()),
        _made("contains", named),
        _made("agrees", values()),
        _made("compares", st.sampled_from(COMPARISONS), values()),
        _made("matches", st.sampled_from(PATTERNS)),
    )


@cache
def expressions() -> st.SearchStrategy[Expression]:
    quantity, variable = st.sampled_from(QUANTITIES), st.sampled_from(VARIABLES)
    facts = st.one_of(_made("test", values(), predicates()), _made("each", quantity, variable, paths(), predicates()))

    def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            _made("satisfies", quantity, variable, paths(), inner),
            _made("implies", inner, inner),
            _made_of_list("any", several),
            _made_of_list("all", several),
            _made("not", inner),
        )

    return st.recursive(facts, larger, max_leaves=6)


@cache
def prose() -> st.SearchStrategy[str]:
    """Text of any length with clauses in backticks, some of them never closed."""
    return st.one_of(texts(), st.lists(st.sampled_from(PROSE_PIECES), max_size=30).map(" ".join))


@cache
def examples() -> st.SearchStrategy[Head]:
    options = st.one_of(
        st.tuples(st.just("on"), dates()),
        st.tuples(st.just("in"), things()),
        st.tuples(st.just("also"), things()),
    )
    short = Clause(None, Token("lawful basis", 0, 0), None, (), None, 0, 0)
    activity = Declaration(Token("activity", 0, 0), Token("a", 0, 0), None, (), None, (short,), 0, 0, 0)
    return st.builds(
        lambda word, options, lines: Head("example", (word, *options, Block(tuple(lines), 0, 0)), 0, 0),
        st.sampled_from(("bad", "good")),
        st.lists(options, max_size=2),
        st.one_of(st.lists(lines(), max_size=2), st.sampled_from(([], [short], [activity], [activity, short]))),
    )


@cache
def heads() -> st.SearchStrategy[Head]:
    def head(kind: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Head]:
        return st.tuples(*parts).map(lambda said: Head(kind, tuple(part for part in said if part is not None), 0, 0))

    maybe, variables = st.none(), st.sampled_from(VARIABLES)
    severity = st.sampled_from(("error", "warning", "info"))
    spots = st.lists(st.tuples(paths(), st.one_of(st.just(""), texts())), min_size=1, max_size=3)
    return st.one_of(
        *(head(kind, prose()) for kind in PROSE),
        *(head(kind, things()) for kind in ("cites", "judges", "silence", "yields", "also")),
        head("severity", severity, st.one_of(maybe, things()), st.one_of(maybe, expressions())),
        tails(min_size=1).map(lambda found: Head("in force", found, 0, 0)),
        head("stage", single_words()),
        head("verified", single_words()),
        head("for each", variables, st.one_of(maybe, variables), st.one_of(maybe, paths())),
        head("where", expressions()),
        head("expect", expressions()),
        spots.map(lambda found: Head("at", tuple(found), 0, 0)),
        examples(),
        examples(),
    )


@cache
def rules() -> st.SearchStrategy[Rule]:
    return st.builds(
        lambda code, name, heads: Rule(Token(code, 0, 0), Token(name, 0, 0), tuple(heads), 0, 0),
        single_words(),
        single_words(),
        st.lists(heads(), min_size=1, max_size=5),
    )


@cache
def rule_files() -> st.SearchStrategy[File]:
    item = st.one_of(rules(), rules(), declarations())
    return st.lists(item, min_size=1, max_size=2).map(lambda items: File(tuple(items), ()))


@cache
def files() -> st.SearchStrategy[File]:
    return st.one_of(records(), rule_files())


# ---- comparing


def same(one: Any, other: Any) -> bool:
    """Whether two trees say the same, wherever their words stand."""
    return bool(bare(one) == bare(other))


def bare(node: Any) -> Any:
    """The tree without places and comments; a block with nothing in it is no block."""
    if isinstance(node, Declaration) and not node.lines:
        node = node._replace(lines=None)
    if isinstance(node, File):
        node = node._replace(comments=())
    if not isinstance(node, tuple):
        return node
    fields = getattr(node, "_fields", ("",) * len(node))
    said = (part for field, part in zip(fields, node, strict=True) if field not in ("start", "end", "head_end"))
    return (type(node).__name__, *map(bare, said))


# ---- careless layout

COMMENTS = ("#", "# why", "#  two  blanks", "# { no block", '# "no string', "#} é # twice", "#\ttab \\")

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'
    r"|\d+ (?:minute|hour|day|week|month|year)s?(?![\w-])"
    r"|\d{1,4}[A-Z]{0,3}(?:\([0-9A-Za-z]{1,5}\))+"
    r"|[.,{}\[\]()]"
    r'|[^\s.,{}\[\]()"]+'
)
_FOLDS = re.compile(r"(?<![ \t\r\n]) (?![ \t\r\n])")
_NUMBERED = frozenset(("section", "regulation", "recital", "schedule", "annex", "part", "paragraph"))


def careless(text: str, seed: int, comments: bool = True, spaces: bool = True) -> tuple[str, list[str]]:
    """The same sentences as somebody in a hurry lays them out, and the comments put between, in order.

    `text` holds no comments. Blanks, line breaks and comments go wherever the language lets them; with
    `spaces` some hyphens become blanks.
    """
    hand = _Hand(seed, comments, spaces)
    return hand.write(text), hand.comments


class _Hand:
    def __init__(self, seed: int, comments: bool, spaces: bool) -> None:
        self.random = random.Random(seed)
        self.with_comments = comments
        self.with_spaces = spaces
        self.comments: list[str] = []
        self.out: list[str] = []
        self.column = 0

    def write(self, text: str) -> str:
        tree = parse_whole(text)
        first_words = set(_starts(tree.items))
        indents, base, before = [0], 0, ""
        self._put(self._break(0))
        for token, start in _tokens(text, tree):
            if before == "{":
                self._loose(self.random.randint(1, 12))
                indents.append(max(1, min(self.column, self.random.randint(1, 12))))
            elif token == "}":
                self._loose(self.random.randint(0, 12))
            elif start in first_words and before:
                self._put(self._end() + self._break(indents[-1]))
            elif before:
                self._within(base, before, token)
            if start in first_words:
                base = self.column
            if token == "}":
                indents.pop()
            self._put(self._spelt(token, base))
            before = token
        self._put(self._end() + self.random.choice((lambda: "", lambda: self._break(0)))())
        written = "".join(self.out)
        return written.replace("\n", "\r\n") if self.random.random() < 0.2 else written

    def _put(self, said: str) -> None:
        self.out.append(said)
        line = said.rfind("\n")
        if line >= 0:
            self.column = 0
        self.column += len(said) - line - 1 if "\t" not in said else 0
        if "\t" in said:
            written = "".join(self.out)
            self.column = column_after(written, len(written))

    def _loose(self, column: int) -> None:
        """Beside a brace: a line break or none, a blank or none."""
        breaks = self.random.random() < 0.6
        self._put(self._end() + self._break(column) if breaks else self.random.choice(("", " ", "  ")))

    def _within(self, base: int, before: str, token: str) -> None:
        """Inside a sentence, which goes on wherever a line is deeper than its first word."""
        choice = self.random.random()
        if before in _NUMBERED:
            self._put(self.random.choice((" ", "  ", "\t")))
        elif choice < 0.2:
            self._put(self._end() + self._break(base + self.random.randint(1, 16)))
        elif choice > 0.7 and (before[-1] in ".,[({" or token[0] in ".,[](){"):
            return
        else:
            self._put(self.random.choice((" ", " ", "   ", "\t")))

    def _end(self) -> str:
        """The end of a line: blanks, perhaps a comment."""
        blank = self.random.choice(("", " ", " \t"))
        return blank + self._comment() if self.with_comments and self.random.random() < 0.15 else blank

    def _break(self, column: int) -> str:
        """A line break, perhaps blank lines and comments, and blanks up to a column."""
        said = "\n"
        while self.random.random() < 0.3:
            said += " " * self.random.randint(0, 20)
            said += self._comment() if self.with_comments and self.random.random() < 0.7 else ""
            said += "\n"
        tabs, blanks = divmod(column, 8) if self.random.random() < 0.2 else (0, column)
        return said + "\t" * tabs + " " * blanks

    def _comment(self) -> str:
        comment = self.random.choice(COMMENTS) + self.random.choice(("", str(len(self.comments))))
        self.comments.append(comment)
        return comment + self.random.choice(("", " ", "\t"))

    def _spelt(self, token: str, base: int) -> str:
        if self.with_spaces and token in SPACEABLE:
            return token.replace("-", self.random.choice(("-", " ", "\t ", "   ")))
        if token[0] == '"' and "\n" in token:
            breaks = (" \n" + " " * (base + 1), "\n\t" + "\t" * base, "\n\n" + " " * (base + 7))
            folded = re.sub(r"\n *", " ", token)
            return _FOLDS.sub(lambda _: self.random.choice((" ", " ", " ", *breaks)), folded)
        return token


def _starts(nodes: Any) -> Iterator[int]:
    """Where each line of the tree begins."""
    for node in nodes:
        if isinstance(node, Clause | Stray | Use | Declaration | Rule | Head):
            yield node.start
        if isinstance(node, Declaration | Block):
            yield from _starts(node.lines or ())
        elif isinstance(node, Rule):
            yield from _starts(node.heads)
        elif isinstance(node, Head):
            yield from (start for part in node.values if isinstance(part, Block) for start in _starts(part.lines))


def _prose_of(nodes: Any) -> Iterator[Head]:
    for node in nodes:
        if isinstance(node, Head) and node.kind in PROSE:
            yield node
        for part in node if isinstance(node, tuple) else ():
            if isinstance(part, tuple):
                yield from _prose_of((part,))


def _tokens(text: str, tree: File) -> Iterator[tuple[str, int]]:
    prose = {head.start: head for head in _prose_of(tree.items)}
    at = 0
    while found := _TOKEN.search(text, at):
        yield found.group(), found.start()
        at = found.end()
        if found.start() in prose:
            head = prose[found.start()]
            opening = text.index('"', at)
            yield text[opening : head.end], opening
            at = head.end
