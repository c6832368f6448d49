"""Hypothesis strategies for the language: trees that were never text, and text laid out by careless hands.

The trees have no offsets; printing and reading one gives the same tree again. They are random
sentences of the grammar and know nothing of which verb takes which tails.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from gdprlint.language.layout import column_after
from gdprlint.language.parser import parse_whole
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

KINDS = (
    "organisation", "organisations", "team", "people", "data", "event", "document", "record", "notice", "activity",
    "term", "pack",
)  # fmt: skip
VERBS = (
    "controller", "joint controllers", "processor", "sub-processor", "representative", "client", "sponsor", "contact",
    "dpo", "employs", "purpose", "lawful basis", "condition", "further use", "requires", "consent", "permission",
    "withdrawal", "informs", "collects", "uses", "makes", "links", "separates", "identifies", "keeps", "opens",
    "discloses", "transfers", "sends", "recontacts", "rights", "requests", "limits", "complaints", "asks", "harm",
    "automated decisions", "individual decisions", "security", "incentive", "reviewed", "excerpt", "refers to",
    "defines", "cites", "leaves blank", "updates", "dpv", "fideslang", "prefix", "edition",
)  # fmt: skip
JOINTS = (
    "of", "to", "from", "with", "by", "for", "in", "outside", "under", "as", "on", "since", "until", "before", "within",
    "while", "every", "when", "unless", "because", "then", "is", "are", "also", "including", "without",
)  # fmt: skip
LONES = ("indefinitely", "at any time", "as soon as possible", "possibly never", "whichever is later")
ADVERBS = ("possibly", "never")
BOUNDS = ("at most", "at least")
UNITS = ("minute", "hour", "day", "week", "month", "year")
THINGS = ("word", "quote", "date", "amount", "provision", "none", "blank")
PROSE = ("title", "why", "says", "help", "label")

SPACEABLE = ("email-address", "special-category-data", "survey-answers", "Follow-Up", "health-data")
PLAIN = (
    "ons", "research", "health", "GB", "DPO", "x2", "racial-or-ethnic-origin", "religious-and-philosophical", "no-one",
    "contact-details", "all", "art30-1", "a-b-c", "section", "part", "annexes", "only-child", "none-of-these",
)  # fmt: skip
TOPICS = ("keeps", "lawful-basis", "rights", "data", "organisation", "refers", "title", "good", "stage", "severity")
INSTRUMENTS = ("uk-gdpr", "eu-gdpr", "dpa-2018", "pecr")
FIELDS = ("keeps", "lawful-basis", "never-links", "for", "to", "under", "of", "is", "every", "data", "x", "not", "also")
VARIABLES = ("activity", "data", "k", "d", "health-need", "p2", "title", "for-all", "recipients")
RESERVED = frozenset(
    word
    for phrase in (*KINDS, *VERBS, *JOINTS, *LONES, *ADVERBS, *BOUNDS, *PROSE, *TOPICS)
    for word in (phrase, *phrase.split())
) | frozenset(
    "only or none blank after use rule bad good yields for where expect judges silence counts force stage verified "
    "satisfies implies and not contains agrees matches count some no every schedule annex section regulation recital "
    "part paragraph".split()
)  # fmt: skip

# ---- records


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """What stands between quotes: anything but line breaks, and often what looks like the language itself."""
    alphabet = st.one_of(
        st.sampled_from(' "\\#{}[],`\t\r'), st.characters(exclude_categories=["Cs"], exclude_characters="\n")
    )
    telling = ('the "end"', "# no comment", "keeps x { y }", "C:\\temp", "\\", '"', " ", "die Prüfung – später", "a  b")
    return st.one_of(st.sampled_from(telling), st.text(alphabet, min_size=min_size, max_size=12))


def words() -> st.SearchStrategy[str]:
    """A name or term in its normal spelling, which is no word of the grammar at the beginning of a line."""
    free = st.from_regex(r"[a-zA-Z][a-z0-9]{0,4}(-[A-Z0-9a-z]{1,3}){0,2}", fullmatch=True)
    return st.one_of(
        st.sampled_from(SPACEABLE), st.sampled_from(PLAIN), free.filter(lambda word: word not in RESERVED)
    )


def adverbs() -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, None, *ADVERBS))


def dates() -> st.SearchStrategy[str]:
    return st.dates().map(str)


def durations() -> st.SearchStrategy[str]:
    return st.builds(
        lambda number, unit, plural: f"{number} {unit}{plural}",
        st.integers(0, 999_999),
        st.sampled_from(UNITS),
        st.sampled_from(("", "s")),
    )


def provisions() -> st.SearchStrategy[str]:
    """An article, section or schedule, with or without the name of its law."""
    numbers = st.integers(0, 9999).map(str)
    limbs = st.lists(st.sampled_from(("1", "a", "ca", "iv", "12A")), min_size=1, max_size=3)
    articles = st.one_of(
        st.builds(lambda number, limbs: number + "".join(f"({limb})" for limb in limbs), numbers, limbs),
        st.builds(lambda number, letters: number + letters, numbers, st.sampled_from(("A", "ZA", "B", "ZZA"))),
    )
    numbered = st.one_of(numbers, articles)
    sections = st.builds("{} {}".format, st.sampled_from(("section", "regulation", "recital")), numbered)
    schedules = st.builds(
        lambda word, number, part, paragraph: f"{word} {number}{part}{paragraph}",
        st.sampled_from(("schedule", "annex")),
        st.one_of(numbers, st.sampled_from(("A1", "ZA12", "B2"))),
        st.one_of(st.just(""), numbers.map(" part {}".format)),
        st.one_of(st.just(""), numbered.map(" paragraph {}".format)),
    )
    laws = st.sampled_from(("", "", *(f"{law} " for law in INSTRUMENTS)))
    return st.builds("{}{}".format, laws, st.one_of(numbers, articles, sections, schedules))


def thing(kind: str, text: str, **said: Any) -> Thing:
    empty: dict[str, Any] = {"quote": None, "adverb": None, "bound": None, "after": None}
    return Thing(kind, text, **{**empty, **said}, start=0, end=0)


@st.composite
def things_of_one(draw: st.DrawFn, first: st.SearchStrategy[str] | None = None) -> Thing:
    """One thing of any kind; `first` gives its words where it begins a line."""
    adverb = draw(adverbs())
    # After an adverb a verb is read as one, wherever the adverb stands.
    anywhere = words() if adverb else st.one_of(words(), words(), st.sampled_from(TOPICS))
    terms = anywhere if first is None else first
    match draw(st.sampled_from((*THINGS, "word", "word"))):
        case "word":
            return thing("word", draw(terms), quote=draw(st.one_of(st.none(), texts())), adverb=adverb)
        case "quote":
            return thing("quote", "", quote=draw(texts()), adverb=adverb)
        case "date":
            return thing("date", draw(dates()), adverb=adverb)
        case "amount":
            bound = draw(st.sampled_from((None, *BOUNDS)))
            anchors = st.one_of(st.tuples(st.just("word"), words()), st.tuples(st.just("quote"), texts()))
            after = draw(st.one_of(st.none(), anchors))
            return thing("amount", draw(durations()), adverb=adverb, bound=bound, after=after)
        case "provision":
            return thing("provision", draw(provisions()), adverb=adverb)
        case kind:
            return thing(kind, kind, adverb=adverb)


@st.composite
def things(draw: st.DrawFn, first: st.SearchStrategy[str] | None = None) -> Things:
    items = [draw(things_of_one(first)), *draw(st.lists(things_of_one(), max_size=3))]
    either = len(items) > 1 and draw(st.booleans())
    return Things(tuple(items), draw(st.sampled_from((False, False, True))), either, 0, 0)


def tails() -> st.SearchStrategy[Tail]:
    joined = st.builds(Tail, st.sampled_from(JOINTS), things(), st.just(0), st.just(0))
    lone = st.builds(Tail, st.sampled_from(LONES), st.none(), st.just(0), st.just(0))
    return st.one_of(joined, joined, lone)


def some_tails(min_size: int = 0) -> st.SearchStrategy[tuple[Tail, ...]]:
    return st.lists(tails(), min_size=min_size, max_size=3).map(tuple)


@st.composite
def places(draw: st.DrawFn) -> Place:
    first = draw(st.integers(0, 9_999_999))
    last = draw(st.one_of(st.just(first), st.integers(0, 9_999_999)))
    quotes = tuple(draw(st.lists(texts(), max_size=2)))
    return Place(draw(st.one_of(st.none(), words())), first, last, quotes, 0, 0)


def margins() -> st.SearchStrategy[Margin | None]:
    set_out = st.lists(places(), min_size=1, max_size=3).map(lambda found: Margin(tuple(found), 0, 0))
    return st.one_of(st.none(), set_out)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    verb = Token(draw(st.sampled_from(VERBS)), 0, 0)
    about = draw(st.one_of(st.none(), things(), things()))
    return Clause(draw(adverbs()), verb, about, draw(some_tails()), draw(margins()), 0, 0)


def strays() -> st.SearchStrategy[Stray]:
    return st.builds(Stray, things(first=words()), some_tails(), margins(), st.just(0), st.just(0))


@st.composite
def declarations(draw: st.DrawFn, depth: int = 2) -> Declaration:
    """A declaration with up to `depth` levels of blocks."""
    kind = Token(draw(st.sampled_from(KINDS)), 0, 0)
    names = st.one_of(words(), words(), st.sampled_from(TOPICS), provisions())
    block = st.lists(lines(depth - 1), min_size=1, max_size=3).map(tuple)
    return Declaration(
        kind=kind,
        name=Token(draw(names), 0, 0),
        title=draw(st.one_of(st.none(), texts())),
        tails=draw(some_tails()),
        margin=draw(margins()),
        lines=draw(st.one_of(st.none(), block)) if depth > 0 else None,
        start=0,
        end=0,
        head_end=0,
    )


def lines(depth: int = 1) -> st.SearchStrategy[Any]:
    """A line of a block: mostly clauses."""
    nested = [st.deferred(lambda: declarations(depth))] if depth >= 0 else []
    return st.one_of(clauses(), clauses(), strays(), *nested)


def records(max_size: int = 4) -> st.SearchStrategy[File]:
    uses = things().map(lambda about: Use(about, 0, 0))
    item = st.one_of(declarations(), declarations(), uses, strays())
    return st.lists(item, max_size=max_size).map(lambda items: File(tuple(items), ()))


# ---- rules


def paths() -> st.SearchStrategy[Path]:
    return st.builds(
        lambda first, others: Path((first, *others), 0, 0),
        st.sampled_from(VARIABLES),
        st.lists(st.sampled_from(FIELDS), max_size=2),
    )


def expression(kind: str, *values: Any) -> Expression:
    return Expression(kind, values, 0, 0)


def _expressions(kind: str, *values: st.SearchStrategy[Any]) -> st.SearchStrategy[Expression]:
    return st.tuples(*values).map(lambda parts: expression(kind, *parts))


def values() -> st.SearchStrategy[Any]:
    date = dates().map(lambda text: thing("date", text))
    single = st.one_of(
        paths(),
        paths(),
        _expressions("count", paths()),
        _expressions("duration", durations()),
        _expressions("number", st.integers(0, 999_999_999).map(str)),
        date,
    )
    arguments = st.lists(single, max_size=3)
    call = st.builds(lambda word, given: expression("call", word, *given), st.sampled_from(VARIABLES), arguments)
    return st.one_of(single, single, call)


def _named() -> st.SearchStrategy[Any]:
    phrase = st.sampled_from(SPACEABLE).map(lambda text: Path((text,), 0, 0))
    return st.one_of(paths(), phrase, provisions().map(lambda text: thing("provision", text)))


def predicates() -> st.SearchStrategy[Expression]:
    patterns = ('"^[a-z]+$"', '""', '"\\\\d `"code"` \\" end"', '"# {"')
    return st.one_of(
        _expressions("is", _named()),
        _expressions("is", st.sampled_from(("not", "possibly")), _named()),
        _expressions("is_in", paths()),
        _expressions("is_in", st.just("not"), paths()),
        _expressions("contains", _named()),
        _expressions("agrees", values()),
        _expressions("compares", st.sampled_from(("<", "<=", ">", ">=", "=")), values()),
        _expressions("matches", st.sampled_from(patterns)),
    )


def expressions() -> st.SearchStrategy[Expression]:
    quantity, variable = st.sampled_from(("every", "some", "no")), st.sampled_from(VARIABLES)
    facts = st.one_of(
        _expressions("test", values(), predicates()),
        _expressions("each", quantity, variable, paths(), predicates()),
    )

    def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            _expressions("satisfies", quantity, variable, paths(), inner),
            _expressions("implies", inner, inner),
            several.map(lambda parts: expression("any", *parts)),
            several.map(lambda parts: expression("all", *parts)),
            _expressions("not", inner),
        )

    return st.recursive(facts, larger, max_leaves=6)


def prose() -> st.SearchStrategy[str]:
    """Text of any length with clauses in backticks, some of them never closed."""
    pieces = st.sampled_from(
        ("the law", "`keeps x until \"y\"`", "`", "  ", "\\", "a\tb", '"so"', "{activity}", "\r", "`a # b`", "Unterlagen")
    )  # fmt: skip
    long = st.lists(pieces, max_size=30).map(" ".join)
    return st.one_of(texts(), long)


@st.composite
def examples(draw: st.DrawFn) -> Head:
    options = st.one_of(
        st.tuples(st.just("on"), dates()), st.tuples(st.just("in"), things()), st.tuples(st.just("also"), things())
    )
    one_line = st.just([Clause(None, Token("keeps", 0, 0), None, (), None, 0, 0)])
    inside = draw(st.one_of(st.lists(lines(), max_size=2), one_line))
    word = draw(st.sampled_from(("bad", "good")))
    return Head("example", (word, *draw(st.lists(options, max_size=2)), Block(tuple(inside), 0, 0)), 0, 0)


def heads() -> st.SearchStrategy[Head]:
    def head(kind: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Head]:
        return st.tuples(*parts).map(lambda said: Head(kind, tuple(part for part in said if part is not None), 0, 0))

    variables = st.sampled_from(VARIABLES)
    spots = st.tuples(paths(), st.one_of(st.just(""), texts()))
    return st.one_of(
        *(head(kind, prose()) for kind in PROSE),
        *(head(kind, things()) for kind in ("cites", "judges", "silence", "yields", "also")),
        head(
            "severity",
            st.sampled_from(("error", "warning", "info")),
            st.one_of(st.none(), things()),
            st.one_of(st.none(), expressions()),
        ),
        some_tails(min_size=1).map(lambda found: Head("in force", found, 0, 0)),
        head("stage", words()),
        head("verified", words()),
        head("for each", variables, st.one_of(st.none(), variables), st.one_of(st.none(), paths())),
        head("where", expressions()),
        head("expect", expressions()),
        st.lists(spots, min_size=1, max_size=3).map(lambda found: Head("at", tuple(found), 0, 0)),
        examples(),
        examples(),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    code, name = (Token(draw(words()), 0, 0) for _ in range(2))
    return Rule(code, name, tuple(draw(st.lists(heads(), min_size=1, max_size=5))), 0, 0)


def rule_files() -> st.SearchStrategy[File]:
    item = st.one_of(rules(), rules(), declarations())
    return st.lists(item, min_size=1, max_size=2).map(lambda items: File(tuple(items), ()))


def files() -> st.SearchStrategy[File]:
    return st.one_of(records(), rule_files())


# ---- comparing


def same(one: Any, other: Any) -> bool:
    """Whether two trees say the same, wherever their words stand."""
    return bare(one) == bare(other)


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


def careless(text: str, seed: int, comments: bool = True) -> tuple[str, list[str]]:
    """The same sentences as somebody in a hurry lays them out, and the comments put between, in order.

    `text` holds no comments. Blanks, line breaks and comments go wherever the language lets them.
    """
    hand = _Hand(seed, comments)
    return hand.write(text), hand.comments


class _Hand:
    def __init__(self, seed: int, comments: bool) -> None:
        self.random = random.Random(seed)
        self.with_comments = comments
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
            self._put(self._spelt(token))
            before = token
        self._put(self._end() + self.random.choice(("", "\n", self._break(0))))
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

    def _spelt(self, token: str) -> str:
        if token in SPACEABLE:
            return token.replace("-", self.random.choice(("-", " ", "\t ", "   ")))
        if token[0] == '"' and "\n" in token:
            return _FOLDS.sub(lambda _: self.random.choice((" ", " ", " \n  ", "\n\t")), token)
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
