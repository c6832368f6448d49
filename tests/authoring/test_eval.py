"""`gdprlint eval`: an expression gives what it would give as a line of a rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., tuple[int, str, str]]
RECORD = """\
organisation acme "Acme" is company in GB
people members "Members"
data answers of members is survey answers
data wellbeing of members is health

activity outer "A programme" {
  controller    acme
  activity survey "The survey" {
    collects      answers, wellbeing from members
    keeps         answers for 2 years
    keeps         wellbeing until 2027-01-01
  }
  activity desk "The desk" {
    transfers     none
  }
}
"""


@pytest.fixture
def ask(gdprlint: Cli, tmp_path: Path) -> Cli:
    """Tries an expression on the record above."""
    (tmp_path / "r.gdpr").write_text(RECORD, "utf-8")

    def call(expression: str, *options: str) -> tuple[int, str, str]:
        return gdprlint("eval", expression, "r.gdpr", *options)

    return call


def answers(out: str) -> list[tuple[str, str]]:
    """The things and what each gave, from JSON."""
    told = json.loads(out)
    return [
        (thing["name"], answer["condition"]["value"] if "condition" in answer else answer["value"]["state"])
        for thing in told["things"]
        for answer in thing["answers"]
    ]


def test_a_path_gives_its_values_with_state_and_place(ask: Cli) -> None:
    code, out, err = ask("activity.keeps.for")

    assert (code, err) == (0, "")
    assert out == (
        'activity survey "The survey"\n'
        "  r.gdpr:8:12, extent art30-1: silence counts\n"
        "  = stated\n"
        "    2 years [line 10]\n"
        "\n"
        'activity desk "The desk"\n'
        "  r.gdpr:13:12, extent art30-1: silence counts\n"
        "  = silent\n"
    )


@pytest.mark.parametrize(
    ("expression", "given"),
    [
        ("activity.keeps is stated", ["true", "false"]),
        ("activity.keeps is stated and activity.controller is stated", ["true", "false"]),
        ("some d in activity.data is health", ["true", "false"]),
        ("activity.transfers", ["silent", "none"]),
        ("activity.transfers is none", ["false", "true"]),
        ("count activity.keeps", ["stated", "stated"]),
        ("count activity.keeps > 1", ["true", "false"]),
        ("as-of > 2020-01-01", ["true", "true"]),
        ("plus(as-of, 2 years)", ["stated", "stated"]),
        ("24 months", ["stated", "stated"]),
        ("activity.keeps.for > 1 year", ["true", "does not apply"]),
        ("(activity.keeps is stated)", ["true", "false"]),
        ("no k in activity.keeps satisfies k.until is stated", ["false", "true"]),
    ],
)
def test_conditions_and_values_are_told_apart(ask: Cli, expression: str, given: list[str]) -> None:
    code, out, _ = ask(expression, "--format", "json")

    assert code == 0
    assert answers(out) == list(zip(["survey", "desk"], given, strict=True))


@pytest.mark.parametrize(
    ("expression", "asked"),
    [
        ("data.keeps is silent", ["answers", "wellbeing"]),
        ("people.mentioned is stated", ["members"]),
        ("organisation is party", ["acme"]),
        ("party.in contains GB", ["acme", "members"]),
        ("not data is people", ["answers", "wellbeing"]),
    ],
)
def test_the_kind_of_thing_is_that_with_which_it_begins(ask: Cli, expression: str, asked: list[str]) -> None:
    told = json.loads(ask(expression, "--format", "json")[1])

    assert [thing["name"] for thing in told["things"]] == asked


def test_a_condition_shows_what_its_parts_were(ask: Cli) -> None:
    _, out, _ = ask("activity.keeps is stated and some d in activity.data is health", "--of", "survey")

    assert out.endswith(
        "  = true\n"
        "    - activity.keeps is stated = true\n"
        "      activity.keeps: keeps answers for 2 years [line 10]; keeps wellbeing until\n"
        "                      2027-01-01 [line 11]\n"
        "    - some d in activity.data is health = true\n"
        "      activity.data: answers [line 9]; wellbeing [line 9]\n"
        "      - wellbeing [line 9]: is health = true\n"
    )


def test_it_runs_over_lists_as_a_rule_does(ask: Cli) -> None:
    _, out, _ = ask("k.for", "--each", "k in activity.keeps", "--format", "json")
    told = [
        [words["words"] for words in (*answer["variables"], *answer["value"]["values"])]
        for thing in json.loads(out)["things"]
        for answer in thing["answers"]
    ]

    assert told == [["keeps answers for 2 years", "2 years"], ["keeps wellbeing until 2027-01-01"]]


def test_it_runs_over_pairs(ask: Cli) -> None:
    _, out, _ = ask("a.data is in b.data", "--each", "a, b in activity.keeps", "--of", "survey", "--format", "json")

    assert answers(out) == [("survey", "false")]


def test_an_activity_around_others_is_asked_where_it_is_named(ask: Cli) -> None:
    assert answers(ask("activity.controller is stated", "--of", "outer", "--format", "json")[1]) == [("outer", "true")]


def test_silence_counts_unless_somebody_asks_how_it_is_without(ask: Cli) -> None:
    assert "= true" in ask("activity.processor is silent", "--of", "desk")[1]

    without = ask("activity.processor is silent", "--of", "desk", "--no-silence")[1]
    assert "silence does not count" in without
    assert "= cannot tell" in without
    assert "because silence does not count in this file (extent art30-1)" in without


def test_the_words_of_the_file_are_kept_back_where_that_is_asked_for(ask: Cli) -> None:
    out = ask("activity.keeps.for", "--no-source")[1]

    assert "The survey" not in out
    assert "2 years" not in out
    assert "[line 10]" in out or "line 10" in out


def test_the_words_of_a_pack_that_is_not_installed_can_be_used(ask: Cli, gdprlint: Cli, tmp_path: Path) -> None:
    gdprlint("new", "pack", "house", "--plain")
    (tmp_path / "house" / "terms.gdpr").write_text("term diary notes is contents\n", "utf-8")

    assert ask("some d in activity.data is diary notes")[0] == 2
    assert ask("some d in activity.data is diary notes", "--pack", "house")[0] == 0


@pytest.mark.parametrize(
    ("expression", "place", "told", "help"),
    [
        ("activity.kepes is stated", "1:1", "an activity has no field `kepes`", "did you mean `keeps`?"),
        ("activity.keeps is", "1:16", "nothing follows `is`", None),
        ("activity.keeps is stated } rule", "1:26", "this `}` closes nothing", None),
        ("activity.keeps is stated and", "1:26", "nothing follows `and`", None),
        ("activity.keeps is stated\n  and activity.kepes is stated", "2:7", "an activity has no field `kepes`", None),
        ("k.for > 1 year", "1:1", "nothing here is called `k`",
         "begin with a kind of thing, or say what it is with `--each`, such as `k in activity.keeps`"),
        ("activity.lawful-basis is consnt", "1:26", "`consnt` is no state, no term and no name here",
         "did you mean `consent`?"),
        ('activity.keeps.because matches "a*"', "1:24", None, None),
        ('activity.keeps "open', "1:16", "the text in quotes that begins here is never closed", None),
        ("activity.keeps\x1b[2J is stated", "1:15", "`\\u001b` is no character of the language", None),
        ("plus(1, 2)", "1:6", "`plus` takes a date here, not a number", None),
        ("rule ZZ9 x { title \"x\" }", None, None, None),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_at_its_place(
    ask: Cli, expression: str, place: str | None, told: str | None, help: str | None
) -> None:
    code, out, err = ask(expression)

    assert (code, err) == (2, "")
    assert out.startswith(f"error[syntax]: {told or ''}")
    assert f" --> expression:{place or '1'}" in out
    assert "^" in out
    assert help is None or f"= help: {help}\n" in out
    assert "the rule was not run" not in out


def test_carets_stand_under_the_fault(ask: Cli) -> None:
    out = ask("activity.keeps is stated and activity.proccessor is stated")[1]

    assert (
        "1 | activity.keeps is stated and activity.proccessor is stated\n"
        "  |                              ^^^^^^^^^^^^^^^^^^^ unknown field\n"
    ) in out


def test_a_fault_in_what_it_runs_over_is_told_there(ask: Cli) -> None:
    code, out, _ = ask("k.for is stated", "--each", "k in activity.kepes")

    assert code == 2
    assert " --> each 1:1:6\n" in out


def test_programs_are_told_faults_too(ask: Cli) -> None:
    code, out, _ = ask("activity.kepes", "--format", "json")

    assert code == 2
    (fault,) = json.loads(out)["faults"]
    assert (fault["name"], fault["at"]["column"], fault["at"]["end_column"]) == ("unknown-field", 1, 15)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("",), "the expression is empty; `gdprlint schema` lists what can be asked"),
        (("activity.keeps", "--of", "survy"), "no activity that was read is called `survy`; did you mean `survey`?"),
        (("a" * 3_000,), "an expression has at most 2,000 characters"),
        (("x", *["--each", "x in activity.data"] * 5), "at most 4 things can be run over at once"),
    ],
)
def test_wrong_use_is_one_line(ask: Cli, arguments: tuple[str, ...], told: str) -> None:
    assert ask(*arguments) == (2, "", f"gdprlint: {told}\n")


def test_a_file_that_is_not_there_is_told(gdprlint: Cli) -> None:
    assert gdprlint("eval", "activity", "no.gdpr") == (2, "", "gdprlint: there is no file or folder `no.gdpr`\n")


def test_of_many_things_some_are_shown_and_the_rest_is_counted(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "r.gdpr").write_text("".join(f"activity a{n}\n" for n in range(203)), "utf-8")

    assert gdprlint("eval", "activity.keeps", "r.gdpr")[1].endswith(
        "... and 3 things more; `--of NAME` shows one of them.\n"
    )


def test_lists_within_lists_are_looked_at_so_far_and_no_further(gdprlint: Cli, tmp_path: Path) -> None:
    names = "".join(f"data d{n} is name\n" for n in range(300))
    uses = ", ".join(f"d{n}" for n in range(300))
    (tmp_path / "r.gdpr").write_text(f"{names}activity a {{\n  collects {uses}\n}}\n", "utf-8")
    each = [part for name in "xyzw" for part in ("--each", f"{name} in activity.data")]

    code, out, _ = gdprlint("eval", "x is w", "r.gdpr", *each, "--format", "json")

    assert code == 0
    assert len(answers(out)) == 200
