"""What holds of the whole pack; pytest runs the examples of its rules and the sentences of its cues by itself."""

from __future__ import annotations

from pathlib import Path

from gdprlint.testing import check_text, silent_on_good_examples_of_other_packs

PACK = str(Path(__file__).parents[1] / "src" / "gdprlint_funder_rules")

STUDY = """\
organisation ferrowby "Ferrowby Trust" is ferrowby trust in GB
people neighbours "Neighbours"
data names of neighbours is name
activity study "Neighbours" {
  sponsor       SPONSOR
  discloses     names to ferrowby
}
"""


def test_what_other_packs_hold_up_as_good_is_left_alone() -> None:
    silent_on_good_examples_of_other_packs(PACK)


def test_the_terms_bind_those_who_have_a_grant() -> None:
    on_grant = check_text(STUDY.replace("SPONSOR", "ferrowby"), rules=["FER101", "FER401"], packs=[PACK])
    without = check_text(STUDY.replace("SPONSOR", '"a friend"'), rules=["FER101", "FER401"], packs=[PACK])

    assert [finding.code for finding in on_grant.findings] == ["FER101", "FER401"]
    assert [finding.code for finding in without.findings] == ["FER401"]
