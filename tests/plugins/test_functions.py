"""A plugin brings a function, and conditions of declared rules call it: typed, with plain values that are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint.hooks import OWN_FUNCTIONS
from gdprlint.rules.expressions import FUNCTIONS
from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]

TOOLS = """
import re
from datetime import date

def year(reference):
    found = re.search(r"[A-Z]{2}/(\\d{4})/", reference)
    return int(found[1]) if found else None

def known(words):
    if words == "break":
        raise RuntimeError("no such thing")
    return words.startswith("Known")

@hookimpl
def gdprlint_functions():
    return [
        Function("grant-year", "words", "number", year, says="the year of a grant"),
        Function("is-known", ["words"], "truth", known),
        Function("distinct", ["list of words"], "number", lambda words: len(set(words))),
        Function("financial-year-end", ["date"], "date", lambda day: date(day.year + (day.month > 3), 3, 31)),
        Function("twice", ["amount"], "amount", lambda amount: Amount(2 * amount.number, amount.unit)),
        Function("initials", ["words"], "words", lambda words: "".join(word[0] for word in words.split())),
        Function("kind", ["term", "term"], "term", lambda term, other: "email" if term == other else "name"),
    ]
"""
RULE = """rule HOUSE1 some-name {{
  title     "A title"
  why       "A reason."
  cites     uk-gdpr 5(1)(a)
  severity  error
  {extra}
  for each  activity
  {lines}
  says      "`{{activity}}` was looked at"
}}
"""
RECORD = """record r "A record" under 30(1)
organisation acme "Acme" is company in GB
people participants "Participants"
event fieldwork-ends "Fieldwork ends" on 2026-05-20
activity study "Known AB/2024/7" {
  controller    acme
  purpose       research "AB/2024/7", research "ZZ/2019/1"
  collects      email, names from participants
  keeps         email for 6 months after fieldwork-ends
}
"""


@pytest.fixture
def judged(install: Install, gdprlint: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Judges the record by one rule with these lines, beside those of core alone."""
    install("acme_tools", TOOLS)
    (work / "a.gdpr").write_text(RECORD)

    def judge(*lines: str, extra: str = "", select: str = "HOUSE1", beside: tuple[str, ...] = ()) -> Done:
        monkeypatch.setenv("GDPRLINT_PLUGINS", ",".join(("acme-tools", *beside)))
        (work / "house").mkdir(exist_ok=True)
        (work / "house" / "some-name.gdpr").write_text(RULE.format(lines="\n  ".join(lines), extra=extra))
        return gdprlint("check", "--pack", "house", "--select", select, "--format", "concise", "a.gdpr")

    return judge


Judged = Callable[..., Done]


def speaks(done: Done) -> bool:
    assert done.code in (0, 1), done
    return "error[HOUSE1]" in done.out


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("grant-year(activity) = 2024", True),
        ("grant-year(activity) < 2024", False),
        ("is-known(activity) is true", True),
        ("is-known(activity) is not true", False),
        ("is-known(activity) is false", False),
        ("distinct(activity.data) = 2", True),
        ("distinct(activity.data) > 2", False),
        ('initials(activity) matches "^KA$"', True),
        ("initials(activity) agrees with initials(activity)", True),
        ("some k in activity.keeps satisfies twice(k.for) > 11 months", True),
        ("some k in activity.keeps satisfies financial-year-end(k.for.after) = 2027-03-31", True),
        ("kind(email, email) is email", True),
        ("kind(email, name) is email", False),
        ("some c in activity.collects satisfies some d in c.data satisfies kind(d, email) is email", True),
    ],
)
def test_a_condition_goes_by_what_a_function_gives(judged: Judged, condition: str, holds: bool) -> None:
    assert speaks(judged(f"where {condition}")) is holds


def test_what_is_not_said_never_reaches_a_function(judged: Judged) -> None:
    unsaid = judged("where is-known(activity.discloses) is false", extra="silence   counts in art30-1")

    assert not speaks(unsaid)
    assert "could not be told" not in unsaid.out


def test_what_cannot_be_told_stays_so(judged: Judged, work: Path) -> None:
    """Two purposes where the function takes one, None that it gives, and silence that does not count."""
    for condition in (
        "is-known(activity.purpose) is false",
        "grant-year(activity.controller) = 2024",
        "is-known(activity.discloses) is true",
    ):
        done = judged(f"expect {condition}")
        assert not speaks(done), condition
        assert "1 rule could not tell" in done.out or "cannot tell" in done.out, done.out


def test_what_a_function_raises_names_plugin_function_and_rule(judged: Judged, work: Path) -> None:
    (work / "a.gdpr").write_text(RECORD.replace("Known AB/2024/7", "break"))

    done = judged("where is-known(activity) is false")

    assert done.code == 2
    assert (
        "plugin acme_tools: its function is-known broke in rule HOUSE1 some-name: RuntimeError: no such thing"
        in done.out + done.err
    )
    assert "error[HOUSE1]" not in done.out


@pytest.mark.parametrize(
    ("gives", "told"),
    [
        ("'2024'", "TypeError: it gave str, not number"),
        ("True", "TypeError: it gave bool, not number"),
        ("1 / 0", "ZeroDivisionError"),
        ("exit()", "SystemExit"),
    ],
)
def test_what_a_function_gives_is_looked_at(
    install: Install, judged: Judged, work: Path, gives: str, told: str
) -> None:
    install("other_tools", f"@hookimpl\ndef gdprlint_functions():\n"
            f"    return [Function('odd', 'words', 'number', lambda words: {gives})]\n")  # fmt: skip

    done = judged("where odd(activity) = 1", beside=("other-tools",))

    assert done.code == 2
    assert f"plugin other_tools: its function odd broke in rule HOUSE1 some-name: {told}" in done.out + done.err


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("grant-yaer(activity) = 2024", "there is no function `grant-yaer`"),
        ("grant-year(activity, activity) = 2024", "`grant-year` takes one value"),
        ("grant-year(2026-01-01) = 2024", "`grant-year` takes words here, not a date"),
        ("twice(2026-01-01) > 1 day", "`twice` takes an amount here, not a date"),
        ("grant-year(activity) > 3 months", "a number and an amount cannot be compared"),
        ("is-known(activity) = 1", "this is true or false, and is asked with `is true` or `is false`"),
        ("is-known(activity) is possibly true", "this is true or false"),
        ("initials(activity) is email", "words are never a term"),
        ("kind(activity, email) is email", "`kind` takes a term here, not an activity"),
    ],
)
def test_a_rule_that_calls_it_wrongly_is_told_before_anything_runs(judged: Judged, condition: str, told: str) -> None:
    done = judged(f"where {condition}", select="core")

    assert "house/some-name.gdpr" in done.out
    assert told in done.out


def test_our_functions_keep_their_names_and_two_plugins_do_not_share_one(
    install: Install, gdprlint: Run, work: Path
) -> None:
    install("acme_tools", TOOLS)
    install("other_tools", TOOLS.replace('"is-known"', '"plus"'))

    done = gdprlint("plugins")

    assert done.code == 2
    assert "plugin other_tools: its function plus is left out: gdprlint itself has that name" in done.err
    assert "plugin other_tools: its function grant-year is left out: plugin acme_tools has that name" in done.err
    assert set(FUNCTIONS) <= set(OWN_FUNCTIONS)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("Function('Grant', 'words', 'number', len)", "named by one hyphenated word in small letters"),
        ("Function('grant', 'text', 'number', len)", "takes words, term, date, amount, number"),
        ("Function('grant', [], 'number', len)", "takes at least one value"),
        ("Function('grant', 'words', 'list of words', len)", "gives one of words"),
        ("Function('grant', 'words', 'number', 'len')", "`call` of a Function is a function, not str"),
        ("len", "gave builtin_function_or_method, not Function"),
    ],
)
def test_a_function_is_validated_when_it_is_brought(install: Install, gdprlint: Run, made: str, told: str) -> None:
    install("acme_tools", f"@hookimpl\ndef gdprlint_functions():\n    return [{made}]\n")

    assert told in gdprlint("plugins").err


def test_without_the_plugin_the_rule_is_told_as_faulty(gdprlint: Run, work: Path) -> None:
    (work / "a.gdpr").write_text(RECORD)
    (work / "house").mkdir()
    (work / "house" / "some-name.gdpr").write_text(RULE.format(lines="where is-known(activity) is true", extra=""))

    done = gdprlint("check", "--pack", "house", "--format", "concise", "a.gdpr")

    assert "there is no function `is-known`" in done.out


def test_activities_that_differ_in_their_words_alone_are_each_asked(judged: Judged, work: Path) -> None:
    other = RECORD[RECORD.index("activity study") :].replace("activity study", "activity other")
    (work / "a.gdpr").write_text(RECORD + other.replace("Known AB/2024/7", "Elsewhere"))

    done = judged("where is-known(activity) is true")

    assert done.out.count("error[HOUSE1]") == 1
    assert '`"Known AB/2024/7"` was looked at' in done.out


def test_a_trace_shows_the_condition(judged: Judged, gdprlint: Run) -> None:
    judged("where is-known(activity) is true")

    done = gdprlint("check", "--pack", "house", "--trace", "HOUSE1", "a.gdpr")

    assert "is-known(activity) is true" in done.out
    assert "true" in done.out


def test_examples_of_a_rule_that_calls_it_are_run(judged: Judged, gdprlint: Run, work: Path) -> None:
    judged("where is-known(activity) is true", extra="silence   counts in art30-1")
    file = work / "house" / "some-name.gdpr"
    examples = "".join(
        f'  {kind} {{\n    activity one "{title}" {{\n      purpose research\n    }}\n  }}\n'
        for kind, title in (("bad", "Known"), ("good", "Other"))
    )
    file.write_text(file.read_text().rstrip().rstrip("}") + examples + "}\n")

    done = gdprlint("test", "./house")

    assert done.code == 0, done
