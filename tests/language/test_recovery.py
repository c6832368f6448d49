"""A fault costs the line it stands on, and is told there, whatever else is wrong with the file."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from gdprlint.diagnostics import Severity
from gdprlint.language.faults import unknown_verb
from gdprlint.language.parser import machine, parse_whole
from gdprlint.language.reading import read
from gdprlint.language.recovery import recover
from gdprlint.language.tree import Clause, Declaration, Head, Rule, Stray, Unread
from gdprlint.text import Source

from .faults import RECORD, RULE, faults_of, in_activity, in_rule, seen, the_fault
from .planting import SLIPS, planted, register, sentences

# ---- a text without a fault


@pytest.mark.parametrize("text", [RECORD, RULE, RECORD + "\n" + RULE, "", "\n\n", "# only this", "a stray\n"])
def test_a_text_without_a_fault_gives_the_tree_of_the_parser(text: str) -> None:
    parsed = recover(Source("a.gdpr", text))
    assert parsed.faults == ()
    assert parsed.tree == parse_whole(text)


# ---- a hundred faults at a time


@pytest.mark.parametrize("seed", range(20))
def test_each_of_a_hundred_faults_is_told_at_its_own_line_and_costs_no_other(seed: int) -> None:
    clean = register()
    lines, plants = planted(clean, 100, seed)
    text = "\n".join(lines)
    source = Source("a.gdpr", text)
    parsed = recover(source)

    told = sorted((source.position(fault.span.start)[0], fault.name) for fault in parsed.faults)
    assert told == sorted((plant.line, plant.kind) for plant in plants)

    before = sentences(parse_whole("\n".join(clean)), "\n".join(clean))
    after = sentences(parsed.tree, text)
    spoilt = {plant.line for plant in plants}
    for line in before.keys() - spoilt:
        assert after.get(line) == before[line], lines[line - 1]
    assert after.keys() <= before.keys() | spoilt


def test_the_register_itself_has_no_fault_and_some_hundreds_of_clauses() -> None:
    text = "\n".join(register())
    assert sum(map(len, sentences(parse_whole(text), text).values())) > 300


@pytest.mark.parametrize(("kind", "slip"), [(kind, slip) for kind, slips in SLIPS.items() for slip in slips])
def test_a_slip_is_told_under_its_kind_on_its_line(kind: str, slip: str) -> None:
    text = in_activity(slip)
    fault = the_fault(text)
    assert (fault.name, Source("a.gdpr", text).position(fault.span.start)[0]) == (kind, 2)
    assert (fault.code, fault.severity, fault.pack, fault.topic) == (
        "syntax",
        Severity.ERROR,
        "core",
        "syntax",
    )
    assert fault.help


# ---- what is said


@pytest.mark.parametrize(
    ("line", "where", "message", "help"),
    [
        (
            "lawfull basis 6(1)(e)",
            "2:3 lawfull",
            "no clause begins with `lawfull`",
            "did you mean `lawful basis`?",
        ),
        (
            "lawful ons",
            "2:3 lawful ons",
            "no clause begins with `lawful ons`",
            "did you mean `lawful basis`?",
        ),
        ("condition 6((1)", "2:13 6((1)", "`6((1)` is no article", "write it as `6(1)`"),
        ("condition 6(1(e)", "2:13 6(1(e)", "`6(1(e)` is no article", "write it as `6(1)(e)`"),
        (
            "withdrawal before 01/02/2026",
            "2:21 01/02/2026",
            "`01/02/2026` is no date of the language",
            "write year, month and day: `2026-02-01`",
        ),
        (
            "withdrawal before 1 March 2026",
            "2:21 1 March 2026",
            "`1 March 2026` is no date of the language",
            "write year, month and day: `2026-03-01`",
        ),
        (
            "keeps a for 3 fortnights",
            "2:15 3 fortnights",
            "`fortnights` is no unit of time",
            "did you mean `6 weeks`?",
        ),
        ("keeps a for 2 yeers", "2:15 2 yeers", "`yeers` is no unit of time", "did you mean `2 years`?"),
        (
            "keeps a for 2 years, then delete",
            "2:22 ,",
            "a comma stands before `then`",
            "take out the comma before `then`",
        ),
        ("keeps a, b,", "2:13 ,", "nothing follows the comma", "take it out, or say what follows"),
        ("keeps a ]", "2:11 ]", "this `]` closes nothing", "take it out"),
        (
            'contact email "a',
            '2:17 "',
            "the text in quotes that begins here is never closed",
            'close it with `"`',
        ),
        ("keeps a\x07", "2:10 \x07", "`\\u0007` is no character of the language", "take it out"),
        (
            "transfers none keeps a",
            "2:18 keeps",
            "`keeps` begins a second clause on the same line",
            "begin a new line before `keeps`",
        ),
        ("keeps a }", "2:11 }", "this `}` closes no block", "take it out"),
    ],
)
def test_a_fault_in_a_clause_is_told_in_the_words_of_the_language(
    line: str, where: str, message: str, help: str
) -> None:
    assert seen(in_activity(line)) == (where, message, help)


@pytest.mark.parametrize(
    ("line", "where", "message", "help"),
    [
        (
            "expct activity.purpose is stated",
            "3:3 expct",
            "no line of a rule begins with `expct`",
            "did you mean `expect`?",
        ),
        ("for activity", "3:3 for", "no line of a rule begins with `for`", "did you mean `for each`?"),
        ("expect (a.b is c", "3:10 (", "this `(` is never closed", "close it with `)`"),
        ("expect a.b != c", "3:14 !", "`!` means nothing here", "write `not`"),
        ("where a.b > 2 yeers", "3:15 2 yeers", "`yeers` is no unit of time", "did you mean `2 years`?"),
        ("cites uk-gdpr 6((1)", "3:17 6((1)", "`6((1)` is no article", "write it as `6(1)`"),
        ("bad", "3:3 bad", "`bad` has no block", "write `bad { … }`"),
        (
            'why "it runs on\n       to the next line',
            '3:7 "',
            "the text in quotes that begins here is never closed",
            'close it with `"`',
        ),
        (
            "controller ons",
            "3:3 controller",
            "`controller` begins a clause and stands in a rule",
            "put it into an example: `good { activity study { … } }`",
        ),
        (
            "where a.b is c\n    expect d.e is f",
            "4:5 expect",
            "`expect` begins a line, but its line continues the one above",
            "move it left, to where the line above begins",
        ),
    ],
)
def test_so_is_one_in_a_rule(line: str, where: str, message: str, help: str) -> None:
    assert seen(in_rule(line)) == (where, message, help)


def test_a_rule_without_a_name_is_told_and_its_lines_are_read_for_their_own_faults() -> None:
    text = 'rule UK901 {\n  title "A"\n  expct b\n}\n'
    assert [fault.message for fault in faults_of(text)] == [
        "`rule UK901` has no name",
        "no line of a rule begins with `expct`",
    ]


def test_an_unclosed_block_is_told_at_its_brace_with_the_line_that_shows_it() -> None:
    text = """\
        organisation ons {
          dpo email "a"

        # a comment
        organisation natcen
        """
    assert seen(text) == (
        "1:18 {",
        "the `{` of `organisation ons` is never closed; the next declaration begins on line 5",
        "close it with `}` before line 5",
    )


def test_indentation_tells_which_of_two_nested_blocks_is_not_closed() -> None:
    text = dedent("""\
        activity study {
          activity one {
            collects answers
          activity two {
            collects contacts
          }
        }
        """)
    assert seen(text)[0] == "2:16 {"
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert [inner.name.text for inner in study.lines] == ["one", "two"]


def test_indentation_tells_which_closing_brace_is_one_too_many() -> None:
    text = dedent("""\
        activity study {
          collects answers
            }
          keeps answers
        }
        """)
    assert seen(text)[0] == "3:5 }"
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert [type(line) for line in study.lines] == [Clause, Clause]


def test_a_clause_outside_a_block_is_told() -> None:
    assert seen("controller ons\n") == (
        "1:1 controller",
        "`controller` begins a clause and stands outside a block",
        "move it into the block of what it is about: `activity study { … }`",
    )


def test_a_clause_in_column_1_inside_a_block_costs_only_itself() -> None:
    where, message, help = seen("activity study {\ncontroller ons\n  purpose research\n}\n")
    assert (where, help) == ("2:1 controller", "move it right")
    assert message == "`controller` stands in column 1, which ends every block, inside the block of `activity study`"


def test_a_clause_on_a_line_too_deep_costs_only_itself() -> None:
    text = in_activity("controller ons\n    lawful basis public task\n       of ons")
    assert seen(text) == (
        "3:5 lawful basis",
        "`lawful basis` begins a clause, but its line continues the one above",
        "move it left, to where the line above begins",
    )
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert [type(line) for line in study.lines] == [Clause, Unread, Clause]
    assert study.lines[1].verb == "lawful basis"


def test_a_list_may_go_on_in_a_line_that_begins_with_a_verb() -> None:
    text = in_activity("collects contact details,\n    contact form, name")
    assert recover(Source("a.gdpr", text)).faults == ()
    assert parse_whole(text)


def test_a_brace_that_begins_a_line_still_opens_its_block() -> None:
    text = "activity study\n{\n  purpose research\n}\n"
    assert seen(text)[1] == "the `{` of `activity study` begins a line of its own"
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert isinstance(study.lines[0], Clause)


def test_a_block_that_is_never_opened_is_read_all_the_same() -> None:
    text = 'activity study "A study"\n  purpose research\n  keeps answers\n}\n'
    assert seen(text)[:2] == ('1:1 activity study "A study"', "the block of `activity study` is never opened")
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert [line.verb.text for line in study.lines] == ["purpose", "keeps"]


# ---- what stays of it


def test_a_clause_that_cannot_be_read_stays_with_the_verb_it_was_meant_to_have() -> None:
    text = in_activity("lawfull basis 6(1)(e)")
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert study.lines[0] == Unread("lawfull basis 6(1)(e)", "lawful basis", 19, 40)


def test_a_declaration_with_a_fault_keeps_its_name_and_what_is_before_the_fault() -> None:
    text = 'activity study "A study" by ons from 1/3/2026 {\n  purpose research\n}\n'
    (study,) = recover(Source("a.gdpr", text)).tree.items
    assert (study.name.text, study.title) == ("study", "A study")
    assert [type(line) for line in study.lines] == [Unread, Clause]
    assert (study.start, study.end, study.head_end) == (0, len(text) - 1, text.index("{"))


def test_a_line_with_no_word_of_the_language_is_a_stray_and_no_fault_of_its_own() -> None:
    (study,) = recover(Source("a.gdpr", in_activity("controler ons\n  keeps a;"))).tree.items
    assert isinstance(study.lines[0], Stray)


@pytest.mark.parametrize(
    ("line", "message", "help"),
    [
        ("controler ons", "no clause begins with `controler`", "did you mean `controller`?"),
        ("basis public task", "no clause begins with `basis`", "did you mean `lawful basis`?"),
        ("lawfull basis consent", "no clause begins with `lawfull`", "did you mean `lawful basis`?"),
        ("dicloses answers", "no clause begins with `dicloses`", "did you mean `discloses`?"),
        ("never dicloses answers", "no clause begins with `dicloses`", "did you mean `discloses`?"),
        ("Controller ons", "no clause begins with `Controller`", "did you mean `controller`?"),
        ("activty study", "no declaration begins with `activty`", "did you mean `activity`?"),
        (
            "ons",
            "no clause begins with `ons`",
            "begin the line with a word of the language, as in `purpose research`",
        ),
    ],
)
def test_a_stray_is_told_in_the_same_words(line: str, message: str, help: str) -> None:
    text = in_activity(line)
    (study,) = parse_whole(text).items
    fault = unknown_verb(Source("a.gdpr", text), study.lines[0].start)
    assert (fault.message, fault.help) == (message, help)


def test_the_lines_of_a_rule_around_a_fault_are_kept() -> None:
    text = RULE.replace("severity  error", "severity  2 errors")
    parsed = recover(Source("a.gdpr", text))
    (rule,) = parsed.tree.items
    (whole,) = parse_whole(RULE).items
    assert isinstance(rule, Rule)
    heads: list[object] = list(rule.heads)
    assert len([head for head in heads if isinstance(head, Unread)]) == 1
    assert [head.kind for head in heads if isinstance(head, Head)] == [
        head.kind for head in whole.heads if head.values[0] != "error"
    ]
    assert len(parsed.faults) == 1


def test_reading_a_file_gives_what_recovery_gives() -> None:
    source = Source("a.gdpr", in_activity("keeps a;"))
    assert read(source) == recover(source)


# ---- the words of the language, taken from the tables


def test_the_verbs_kinds_and_joining_words_are_those_of_the_grammar() -> None:
    grammar = (Path(__file__).parents[2] / "src/gdprlint/language/grammar.lark").read_text("utf-8")

    def phrases(rule: str) -> list[str]:
        found = re.search(rf"^!{rule}\s*:(.*(?:\n\s+\|.*)*)", grammar, re.MULTILINE)
        assert found is not None
        return sorted(" ".join(re.findall(r'"([^"]+)"', one)) for one in found.group(1).split("|"))

    tables = machine()
    assert list(tables.verbs) == phrases("verb")
    assert list(tables.kinds) == phrases("kind")
    assert set(phrases("joint")) <= tables.joining_words
    assert {"expect", "for each", "in force", "silence counts in", "yields to", "bad", "why"} <= set(tables.heads)


def test_a_declaration_alone_is_a_declaration() -> None:
    (item,) = recover(Source("a.gdpr", "organisation ons in GB")).tree.items
    assert isinstance(item, Declaration)
    assert item.lines is None
