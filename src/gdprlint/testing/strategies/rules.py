"""Strategies for rules that were never text: random lines of the grammar, and files of rules and records."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from gdprlint.language.tree import Block, Clause, Declaration, Expression, File, Head, Path, Rule, Token
from gdprlint.testing.strategies.sentences import (
    dates,
    declarations,
    durations,
    lines,
    provisions,
    records,
    single_words,
    tails,
    texts,
    thing,
    things,
)
from gdprlint.testing.strategies.words import (
    COMPARISONS,
    FIELDS,
    PATTERNS,
    PROSE,
    PROSE_PIECES,
    QUANTITIES,
    SPACEABLE,
    VARIABLES,
)


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
