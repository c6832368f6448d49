"""The `fix` of a rule: what it may do is checked before the rule runs, and its examples prove it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprlint.language import tree
from gdprlint.language.printer import format_source
from gdprlint.language.reading import read
from gdprlint.rules import packs
from gdprlint.rules.declared import declared
from gdprlint.rules.rule import Draft, Repair
from gdprlint.testing import check_case, rule_cases
from gdprlint.text import Source

RULE = """\
rule ZZ101 example {{
  title     "An example"
  why       "So that there is one."
  cites     uk-gdpr 5(2)
  severity  info

  for each  activity
  for each  k in activity.purpose
  for each  p in k.purpose
  where     p is research
  at        p
  says      "{{activity}} is for research"
  fix       {fix}

  bad {{ activity study {{ purpose research }} }}
  good {{ activity study {{ purpose marketing }} }}
}}
"""


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        ("repace p with marketing", "`repace` is nothing that a fix does — did you mean `replace`?"),
        ("replace p", "`fix replace` takes a value behind `with` — write `fix replace x with uk-gdpr 44A`"),
        ("remove k with marketing", "`fix remove` takes nothing behind `with` — leave out what stands behind `with`"),
        ("remove p", "`fix remove` takes a clause, not a value of the list `purpose` — "),
        ("replace k with marketing", "`fix replace` takes a value, not a `purpose` clause — "),
        ("replace p with reserch",
         "a provision or a term of the list `purpose` is expected here — did you mean `research`?"),
        ("replace p with email address", "a provision or a term of the list `purpose` is expected here — "),
        ("replace p with uk-gdpr 44A", "a provision or a term of the list `purpose` is expected here — "),
        ('replace p with "own words"', "a provision or a term of the list `purpose` is expected here — "),
        ("replace q with marketing", "nothing here is called `q`"),
    ],
)  # fmt: skip
def test_a_fix_that_could_never_be_written_is_a_fault(fix: str, told: str) -> None:
    source = Source("pack/topic/example.gdpr", RULE.format(fix=fix))
    node = next(item for item in read(source).tree.items if type(item) is tree.Rule)
    made, faults = declared(node, source, packs.load().vocabulary)
    assert made is None
    assert any(f"{fault.message} — {fault.help}".startswith(told) for fault in faults), faults


def test_a_fix_has_one_canonical_form() -> None:
    text = RULE.format(fix="replace p with marketing, research")
    loose = text.replace("fix       replace p with", "fix replace   p\n     with")
    assert loose != text
    assert format_source(Source("a.gdpr", loose)) == (text, ())


class TestItsExamples:
    """`gdprlint test` applies the fix to each `bad` example."""

    def failures(self, folder: Path, fix: str) -> list[str]:
        folder = folder / "zz"
        (folder / "topic").mkdir(parents=True)
        (folder / "pack.gdpr").write_text('pack zz "Examples"\n', "utf-8")
        (folder / "topic" / "example.gdpr").write_text(RULE.format(fix=fix), "utf-8")
        library = packs.load((str(folder),))
        return [failure.message for case in rule_cases(["zz"], library) for failure in check_case(case, library)]

    def test_are_clean_after_it(self, tmp_path: Path) -> None:
        assert self.failures(tmp_path, "replace p with marketing") == []

    def test_show_a_fix_that_does_not_answer_its_rule(self, tmp_path: Path) -> None:
        (told,) = self.failures(tmp_path, "replace p with scientific research")
        assert told.startswith("the `fix` leaves ZZ101: ")

    def test_show_a_fix_that_is_never_written(self, tmp_path: Path) -> None:
        assert self.failures(tmp_path, "renumber p") == ["no `bad` example can be mended by its `fix`"]


def test_a_rule_in_python_says_it_of_its_draft() -> None:
    draft = Draft((), "message").fix("remove", "a place", "")  # type: ignore[arg-type]
    assert draft.repairs == (Repair("remove", "a place", ""),)  # type: ignore[arg-type]
