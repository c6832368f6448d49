"""The canonical form of rules: two columns, folded prose, and brackets only where they are needed."""

from __future__ import annotations

import pytest

from .printing import reformats, stays


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
