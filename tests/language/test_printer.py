"""The canonical form: what it looks like, and that nothing but layout changes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdprlint.language.parser import parse_whole
from gdprlint.language.printer import (
    clause_text,
    expression_text,
    format_source,
    format_tree,
    tails_text,
    thing_text,
    things_text,
)
from gdprlint.language.tree import Clause, Declaration, Expression, File, Head, Tail, Thing, Things
from gdprlint.text import Source

from .strategies import (
    ADVERBS,
    BOUNDS,
    JOINTS,
    KINDS,
    LONES,
    PROSE,
    THINGS,
    UNITS,
    VERBS,
    careless,
    clauses,
    files,
    same,
)

MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
ROOT = Path(__file__).parents[2]
SEEDS = st.integers(0, 2**32)


def formatted(text: str) -> str:
    said, faults = format_source(Source("a.gdpr", text))
    assert faults == ()
    return said


def reformats(before: str, after: str) -> None:
    """The text becomes this, and this stays as it is."""
    before, after = dedent(before), dedent(after)
    assert formatted(before) == after
    assert formatted(after) == after


def stays(text: str) -> None:
    reformats(text, text)


# ---- records


def test_the_things_of_a_block_start_in_one_column() -> None:
    reformats(
        """\
        activity follow-up "Follow-up" from 2026-03-01 {
           controller ons
           sub-processor   mcgowan   for natcen
           lawful
              basis public   task
           never links recordings to answers
           possibly discloses recordings to ons
           automated decisions none
           withdrawal at any time
           further use for research
        }
        """,
        """\
        activity follow-up "Follow-up" from 2026-03-01 {
          controller    ons
          sub-processor mcgowan for natcen
          lawful basis  public task
          never links   recordings to answers
          possibly discloses recordings to ons
          automated decisions none
          withdrawal    at any time
          further use   for research
        }
        """,
    )


def test_a_long_clause_is_broken_before_a_joining_word_and_goes_on_below_its_things() -> None:
    reformats(
        """\
        activity a {
          keeps recordings, transcripts with transcribers until "the transcript is satisfactory"
            then delete, confirm
        }
        """,
        """\
        activity a {
          keeps         recordings, transcripts with transcribers
                        until "the transcript is satisfactory" then delete, confirm
        }
        """,
    )


def test_what_is_too_long_for_a_line_of_its_own_is_broken_after_commas() -> None:
    stays(
        """\
        notice n {
          excerpt       of "a longer study notice" without controller, dpo, purpose,
                        lawful basis, condition, keeps, rights, withdrawal, complaints,
                        automated decisions, requires
          lawful basis  contract "as the notice calls it in its first part"
                        or legitimate interests "as the notice calls it in its second part"
        }
        """
    )


def test_a_text_in_quotes_is_never_broken() -> None:
    stays(
        f"""\
        activity a {{
          refers to     "{"very " * 20}long"
                        for keeps
        }}
        """
    )


def test_the_second_line_of_a_declaration_is_deeper_than_its_first() -> None:
    reformats(
        """\
        data linked-answers of participants, families is survey answers, administrative
           records, never name, address
        """,
        """\
        data linked-answers of participants, families
            is survey answers, administrative records, never name, address
        """,
    )


def test_the_margin_is_set_at_the_right() -> None:
    reformats(
        f"""\
        activity a {{
          keeps answers [12 , 13 "two years"] # why
          refers to "{"very " * 17}long" [faq 3-4]
          keeps answers with acme for 3 months after "the last interview is held"
            then delete automatically [5-5]
        }}
        data answers [7]
        """,
        f"""\
        activity a {{
          keeps         answers{" " * 67}[12, 13 "two years"]  # why
          refers to     "{"very " * 17}long" [faq 3-4]
          keeps         answers with acme for 3 months after "the last interview is held"
                        then delete automatically{" " * 49}[5]
        }}
        data answers{" " * 78}[7]
        """,
    )


def test_the_margin_of_a_declaration_with_a_block_stands_before_the_brace() -> None:
    reformats(
        """\
        organisation ons "Office for National Statistics" [3] { dpo email "dpo@example.ac.uk" [4]
        }
        """,
        f"""\
        organisation ons "Office for National Statistics"  [3] {{
          dpo           email "dpo@example.ac.uk"{" " * 49}[4]
        }}
        """,
    )


def test_terms_and_names_keep_the_spaces_or_hyphens_of_their_writer() -> None:
    reformats(
        """\
        data contact-details is email
          address, racial-or-ethnic-origin, postal-address
        term special   category
             data is possibly health
                data
        """,
        """\
        data contact-details is email address, racial-or-ethnic-origin, postal-address
        term special category data is possibly health data
        """,
    )


def test_words_that_only_a_line_break_keeps_from_being_a_provision_get_a_hyphen() -> None:
    reformats("team a under the schedule\n  A1\n", "team a under the-schedule-A1\n")


def test_amounts_keep_all_that_they_count_from() -> None:
    stays(
        """\
        activity a {
          keeps         answers for at most 3 months after publication
          keeps         answers for 3 months after last interview "held by anybody"
        }
        """
    )


def test_quotes_and_backslashes_in_a_text_are_escaped() -> None:
    reformats(r'team a "\a \"b\" \\ c"' "\n", r'team a "a \"b\" \\ c"' "\n")


def test_an_empty_block_is_no_block() -> None:
    reformats("team a {\n\n}\nteam b { } # none\n", "team a\nteam b  # none\n")


def test_a_block_that_holds_a_comment_stays_a_block() -> None:
    reformats("team a { # why\n\n}\nteam b {\n\n# to come\n\n}\n", "team a {  # why\n}\nteam b {\n  # to come\n}\n")


def test_blank_lines_stay_but_never_two_and_none_at_the_braces() -> None:
    reformats(
        """\


        team a


        team b
        team c {

          contact email

          dpo email


        }

        """,
        """\
        team a

        team b
        team c {
          contact       email

          dpo           email
        }
        """,
    )


def test_a_blank_line_parts_a_block_within_a_block_from_what_is_above() -> None:
    reformats(
        """\
        activity a {
          activity b {
            keeps x
          }
          # about c
          activity c {
            keeps x
          }
          # about c too

          activity d {
            keeps x
          }
          activity e
        }
        """,
        """\
        activity a {
          activity b {
            keeps         x
          }

          # about c
          activity c {
            keeps         x
          }
          # about c too

          activity d {
            keeps         x
          }
          activity e
        }
        """,
    )


def test_line_breaks_and_tabs_become_those_of_the_canonical_form() -> None:
    assert formatted("team a {\r\n\tcontact\temail  \r\n}\r\n# end \r\n") == (
        "team a {\n  contact       email\n}\n# end\n"
    )


@pytest.mark.parametrize("text", ["", "\n", " \n\n\t"])
def test_a_file_of_nothing_is_empty(text: str) -> None:
    assert formatted(text) == ""


def test_the_last_line_ends_with_a_line_break() -> None:
    assert formatted("team a # why") == "team a  # why\n"


def test_a_file_with_a_fault_comes_back_as_it_was() -> None:
    text = "activity a {\n keeps x\n   controler y\n"
    said, faults = format_source(Source("a.gdpr", text))
    assert said == text
    assert faults


# ---- comments


def test_comments_stay_with_their_clause() -> None:
    reformats(
        """\
        #!first

        # about all
        use uk-gdpr # at the end
            # about a
        activity a { #  opened
           # first inside
           keeps x # trailing


           # apart
           keeps y [3]# close
           # last inside
        } # closed

        # the end
        """,
        f"""\
        #!first

        # about all
        use uk-gdpr  # at the end
        # about a
        activity a {{  #  opened
          # first inside
          keeps         x  # trailing

          # apart
          keeps         y{" " * 73}[3]  # close
          # last inside
        }}  # closed

        # the end
        """,
    )


def test_comments_within_a_clause_move_above_it() -> None:
    reformats(
        """\
        activity a # one
            "Title" # two
            {
          keeps x, # three
              # four
              y # five
        }
        """,
        """\
        # one
        # two
        activity a "Title" {
          # three
          # four
          keeps         x, y  # five
        }
        """,
    )


def test_a_comment_after_two_closing_braces_stays_with_the_last() -> None:
    reformats(
        "activity a { activity b { keeps x } # b\n} # a\nactivity c { activity d { keeps x } } # c\n",
        """\
        activity a {
          activity b {
            keeps         x
          }  # b
        }  # a
        activity c {
          activity d {
            keeps         x
          }
        }  # c
        """,
    )


# ---- rules


def test_a_rule_is_set_in_two_columns() -> None:
    reformats(
        """\
        rule UK901 no-condition { title "Special category data"
          cites uk-gdpr 9(1), uk-gdpr 9(2)
          judges record, notice
          silence   counts in art30-1
          severity error
          severity info in notice where no d in activity.data is special  category data
          in force from 2018-05-25 until 2020-12-31 under eu-gdpr 9(1)
          yields to UK902
          also UK900
          stage preview

          for  each activity
          for each a,b in data.keeps
          where some d in activity.data is possibly health
          expect activity . condition is stated
          at d "here", activity
          says "{activity}"
        }
        """,
        """\
        rule UK901 no-condition {
          title     "Special category data"
          cites     uk-gdpr 9(1), uk-gdpr 9(2)
          judges    record, notice
          silence counts in art30-1
          severity  error
          severity  info in notice where no d in activity.data is special category data
          in force  from 2018-05-25 until 2020-12-31 under eu-gdpr 9(1)
          yields to UK902
          also      UK900
          stage     preview

          for each  activity
          for each  a, b in data.keeps
          where     some d in activity.data is possibly health
          expect    activity.condition is stated
          at        d "here", activity
          says      "{activity}"
        }
        """,
    )


def test_prose_is_folded_and_goes_on_below_its_first_letter() -> None:
    reformats(
        """\
        rule A b {
          why "Article 9(1) forbids processing these data. A lawful basis under Article 6 does
            not lift the ban: one of the conditions of Article 9(2)
            must be met as well."
        }
        """,
        """\
        rule A b {
          why       "Article 9(1) forbids processing these data. A lawful basis under Article 6 does not
                     lift the ban: one of the conditions of Article 9(2) must be met as well."
        }
        """,
    )


def test_blank_lines_within_prose_fold_like_any_line_break() -> None:
    reformats(
        'rule A b {\n  why "one \r\n \r\n    two"\n}\n',
        'rule A b {\n  why       "one two"\n}\n',
    )


def test_prose_is_not_broken_within_backticks_or_at_blanks_that_are_more_than_one() -> None:
    clause = '`lawful basis legitimate interests in "learning what works in the long run"`'
    stays(
        f"""\
        rule A b {{
          help      "say it in the clause, for example
                     {clause}"
          says      "{"x" * 70}  {"x" * 30}
                     and more"
        }}
        """
    )


def test_prose_may_hold_quotation_marks_backslashes_and_lonely_backticks() -> None:
    stays(
        r"""
        rule A b {
          help      "`keeps \\ "x"` and \"y\" \\ and \` alone"
        }
        """.lstrip("\n")
    )


def test_a_long_expression_is_broken_at_its_outermost_operation_first() -> None:
    reformats(
        """\
        rule A b {
          expect some q in activity.processor satisfies q.party is p.party and q.under is stated and (q.under
            contains contract or q.under contains instruction)
          where (some t in activity.consent.under satisfies t is dpa-2018 section 9) or (some t in
            activity.lawful-basis.under satisfies t is dpa-2018 section 9) or activity is quoted
        }
        """,
        """\
        rule A b {
          expect    some q in activity.processor satisfies q.party is p.party and q.under is stated
                      and (q.under contains contract or q.under contains instruction)
          where     (some t in activity.consent.under satisfies t is dpa-2018 section 9)
                      or (some t in activity.lawful-basis.under satisfies t is dpa-2018 section 9)
                      or activity is quoted
        }
        """,
    )


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("(a is b)", "a is b"),
        ("(a is b and b is c) or c is d", "a is b and b is c or c is d"),
        ("a is b and (b is c or c is d)", "a is b and (b is c or c is d)"),
        ("a is b or (b is c or c is d)", "a is b or (b is c or c is d)"),
        ("not (a is b)", "not a is b"),
        ("not (a is b and not b is c)", "not (a is b and not b is c)"),
        ("a is b implies (b is c implies c is d)", "a is b implies b is c implies c is d"),
        ("(a is b implies b is c) implies c is d", "(a is b implies b is c) implies c is d"),
        ("(every x in a satisfies x is b) and b is c", "(every x in a satisfies x is b) and b is c"),
        ("every x in a satisfies (x is b and b is c)", "every x in a satisfies x is b and b is c"),
        ("no x in a is  not\n    in b.c", "no x in a is not in b.c"),
        ("count a.b>=3", "count a.b >= 3"),
        ("f( a.b ,2 months,2026-06-19 )agrees with g()", "f(a.b, 2 months, 2026-06-19) agrees with g()"),
        ('a matches "^\\d `x` $"', 'a matches "^\\d `x` $"'),
        ("a is uk-gdpr 9(1)", "a is uk-gdpr 9(1)"),
    ],
)
def test_an_expression_has_only_the_brackets_it_needs(said: str, canonical: str) -> None:
    reformats(f"rule A b {{\n  where {said}\n}}\n", f"rule A b {{\n  where     {canonical}\n}}\n")


def test_an_example_of_one_sentence_stands_on_one_line() -> None:
    reformats(
        """\
        rule A b {
          bad on 2020-01-01 in notice {
            activity study {
              lawful   basis consent
            } }
          good { activity study { lawful basis consent
              withdrawal at any time } }
          good { }
          bad { activity study { keeps answers
            # why
          } } # how
          bad { activity a-long-name-of-a-study "And a long title" { keeps answers for 3 months } }
        }
        """,
        """\
        rule A b {
          bad on 2020-01-01 in notice { activity study { lawful basis consent } }
          good {
            activity study {
              lawful basis  consent
              withdrawal    at any time
            }
          }
          good { }
          bad {
            activity study {
              keeps         answers
              # why
            }
          }  # how
          bad {
            activity a-long-name-of-a-study "And a long title" {
              keeps         answers for 3 months
            }
          }
        }
        """,
    )


def test_a_pattern_over_several_lines_is_put_on_one() -> None:
    reformats(
        """\
        activity a {
            rule A b {
            where x matches "a
             b"
            }
        }
        """,
        """\
        activity a {
          rule A b {
            where     x matches "a b"
          }
        }
        """,
    )


# ---- the text of single nodes


def only_clause(text: str) -> Clause:
    declaration = parse_whole(f"activity a {{\n  {text}\n}}\n").items[0]
    assert isinstance(declaration, Declaration)
    assert declaration.lines is not None
    clause = declaration.lines[0]
    assert isinstance(clause, Clause)
    return clause


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


# ---- whatever the text


FILES = sorted(file for folder in ("examples", "rules", "plugins") for file in (ROOT / folder).rglob("*.gdpr"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_our_own_files_say_the_same_when_they_are_formatted(file: Path) -> None:
    text = file.read_text("utf-8")
    said = formatted(text)
    before, after = parse_whole(text), parse_whole(said)
    assert same(before, after)
    assert [comment.text for comment in before.comments] == [comment.text for comment in after.comments]
    assert formatted(said) == said


@MANY
@given(files())
def test_a_printed_tree_reads_back_as_the_same_tree(tree: File) -> None:
    text = format_tree(tree, "")
    assert same(parse_whole(text), tree)
    assert formatted(text) == text


@MANY
@given(files(), SEEDS)
def test_formatting_changes_nothing_but_the_layout(tree: File, seed: int) -> None:
    text, comments = careless(format_tree(tree, ""), seed)
    said = formatted(text)
    again = parse_whole(said)
    assert same(again, tree)
    assert [comment.text for comment in again.comments] == comments
    assert formatted(said) == said


@MANY
@given(files(), SEEDS)
def test_every_layout_has_one_canonical_form_but_for_blank_lines(tree: File, seed: int) -> None:
    canonical = format_tree(tree, "")
    text, _ = careless(canonical, seed, comments=False, spaces=False)
    assert without_blank_lines(formatted(text)) == without_blank_lines(canonical)


def without_blank_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@MANY
@given(files(), SEEDS)
def test_no_line_ends_with_a_blank_and_no_two_are_blank(tree: File, seed: int) -> None:
    said = formatted(careless(format_tree(tree, ""), seed)[0])
    assert not any(line != line.rstrip(" \t") for line in said.split("\n"))
    assert "\n\n\n" not in said
    assert "{\n\n" not in said
    assert not said.startswith("\n")
    assert said == "" or (said.endswith("\n") and not said.endswith("\n\n"))


@MANY
@given(clauses())
def test_a_clause_on_one_line_reads_back_as_the_same_clause(clause: Clause) -> None:
    again = only_clause(clause_text(clause))
    assert same(again, clause._replace(margin=None))


def test_the_strategies_reach_every_word_of_the_grammar() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=2000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(files())
    def look(tree: File) -> None:
        met.update(set(words_of(tree)))

    @settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(clauses())
    def look_at_clauses(clause: Clause) -> None:
        met[f"verb {clause.verb.text}"] += 1

    look()
    look_at_clauses()
    expected = {
        *(f"kind {kind}" for kind in KINDS),
        *(f"verb {verb}" for verb in VERBS),
        *(f"joint {joint}" for joint in (*JOINTS, *LONES)),
        *(f"{where} {adverb}" for adverb in ADVERBS for where in ("adverb", "clause")),
        *(f"bound {bound}" for bound in BOUNDS),
        *(f"thing {kind}" for kind in THINGS),
        *(f"unit {unit}" for unit in UNITS),
        *(f"head {kind}" for kind in HEADS),
        *(f"expression {kind}" for kind in EXPRESSIONS),
        "only",
        "either",
    }
    assert expected - set(met) == set()


HEADS = (
    *PROSE,
    "cites",
    "judges",
    "silence",
    "severity",
    "in force",
    "yields",
    "also",
    "stage",
    "verified",
    "for each",
    "where",
    "expect",
    "at",
    "example",
)
EXPRESSIONS = (
    "satisfies",
    "implies",
    "any",
    "all",
    "not",
    "test",
    "each",
    "is",
    "is_in",
    "contains",
    "agrees",
    "compares",
    "matches",
    "count",
    "call",
    "duration",
    "number",
)


def words_of(node: Any) -> Iterator[str]:
    """What of the grammar the tree is made of."""
    match node:
        case Thing():
            yield f"thing {node.kind}"
            yield f"adverb {node.adverb}"
            yield f"bound {node.bound}"
            if node.kind == "amount":
                yield f"unit {node.text.split()[1].rstrip('s')}"
        case Things():
            yield from (["only"] if node.only else []) + (["either"] if node.either else [])
        case Tail():
            yield f"joint {node.joint}"
        case Clause():
            yield f"verb {node.verb.text}"
            yield f"clause {node.adverb}"
        case Declaration():
            yield f"kind {node.kind.text}"
        case Head():
            yield f"head {node.kind}"
        case Expression():
            yield f"expression {node.kind}"
    if isinstance(node, tuple):
        for part in node:
            yield from words_of(part)


def test_blocks_may_be_as_deep_as_the_reader_lets_them() -> None:
    text = "activity a { " * 60 + "keeps x" + " }" * 60 + "\n"
    said = formatted(text)
    assert said.splitlines()[60] == " " * 120 + "keeps         x"
    assert formatted(said) == said


def test_printing_takes_twice_as_long_for_twice_the_text() -> None:
    page = "activity a { # one\n keeps x, y, # two\n  z for 3 months [3]\n\n # three\n} # four\n"
    assert seconds_for(page * 4000) < 8 * max(seconds_for(page * 1000), 0.05)


def seconds_for(text: str) -> float:
    tree = parse_whole(text)
    begun = time.process_time()
    format_tree(tree, text)
    return time.process_time() - begun
