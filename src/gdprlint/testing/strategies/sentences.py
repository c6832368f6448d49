"""Strategies for trees that were never text: random sentences of the grammar, with no offsets.

They know nothing of which verb takes which tails, and name what nobody declares. Printing such a tree and reading it
gives the same tree again. Every strategy is made once: Hypothesis spends more time on looking at a new one than on
drawing from it.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from hypothesis import strategies as st

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
from gdprlint.testing.strategies.words import (
    ADVERBS,
    BOUNDS,
    INSTRUMENTS,
    JOINTS,
    KINDS,
    LONES,
    PARTS,
    PLAIN,
    SPACEABLE,
    TEXTS,
    TOPICS,
    UNITS,
    VERBS,
)


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
