"""Single nodes said on one line, and trees that were never text."""

from __future__ import annotations

from textwrap import dedent

import pytest

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import clause_text, expression_text, format_tree, tails_text, thing_text, things_text

from .printing import only_clause


def test_a_clause_is_said_on_one_line_without_its_margin() -> None:
    clause = only_clause('possibly keeps  contacts,\n   notes only for 3 months\n     after "the \\"end\\"" [3]')
    assert clause_text(clause) == 'possibly keeps contacts, notes only for 3 months after "the \\"end\\""'
    assert clause.things is not None
    assert things_text(clause.things) == "contacts, notes only"
    assert tails_text(clause.tails) == 'for 3 months after "the \\"end\\""'


def test_a_thing_is_said_with_hyphens_unless_its_source_is_at_hand() -> None:
    text = "data a is possibly email address\n"
    declaration = parse_whole(text).items[0]
    found = declaration.tails[0].things.items[0]
    assert (thing_text(found), thing_text(found, text)) == (
        "possibly email-address",
        "possibly email address",
    )


@pytest.mark.parametrize(
    "line",
    [
        "bad on 2020-01-01 also data answers { keeps x }",
        "expect a is b or c is d",
        "at a, b",
        'says "so"',
        "silence counts in record",
        "for each a, b in c.d",
    ],
)
def test_a_line_of_a_rule_is_said_on_one_line(line: str) -> None:
    head = parse_whole(f"rule A b {{\n  {line}\n}}\n").items[0].heads[0]
    assert clause_text(head) == line.partition(" {")[0].replace("data answers", "data-answers")


def test_an_expression_is_said_on_one_line() -> None:
    head = parse_whole("rule A b {\n  where a is b and\n    (c is d or e is f)\n}\n").items[0].heads[0]
    assert expression_text(head.values[0]) == "a is b and (c is d or e is f)"


def test_a_file_that_was_never_text_is_printed_in_paragraphs() -> None:
    tree = parse_whole(
        'use uk-gdpr\nteam a\nteam b\ndata c\nactivity d { keeps c }\nactivity e { keeps c }\nrule A b { title "x" }\n'
    )
    assert format_tree(tree, "").splitlines() == dedent(
        """\
        use uk-gdpr

        team a
        team b

        data c

        activity d {
          keeps         c
        }

        activity e {
          keeps         c
        }

        rule A b {
          title     "x"
        }"""
    ).split("\n")
