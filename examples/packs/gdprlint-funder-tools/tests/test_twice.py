"""When two titles are one study, and when they are two."""

from __future__ import annotations

import pytest

from gdprlint.testing import check_text

RECORD = """\
organisation institute "Mossdale Institute" is company in GB
organisation trust "Ferrowby Trust" is ferrowby-trust in GB
organisation borough "Mossdale Council" is public authority in GB
record studies of institute under uk-gdpr 30(1)
activity one "{first}" {{ sponsor trust for "FT/2026/0123-73" }}
activity two "{second}" {{ sponsor {sponsor} }}
"""


def found(first: str, second: str, sponsor: str = "trust") -> list[str]:
    text = RECORD.format(first=first, second=second, sponsor=sponsor)
    return [finding.message for finding in check_text(text, rules=["FET103"]).findings if finding.code == "FET103"]


@pytest.mark.parametrize("second", ["Growing up in Mosdale", "Growing up in MOSSDALE", "Growing up  in Mossdale"])
def test_a_slip_of_the_pen_makes_no_other_study(second: str) -> None:
    (message,) = found("Growing up in Mossdale", second)

    assert message == f'"{second}" is nearly "Growing up in Mossdale", and may be the same study'


@pytest.mark.parametrize("second", ["Growing old in Mossdale", "Housing in Mossdale"])
def test_another_title_is_another_study(second: str) -> None:
    assert found("Growing up in Mossdale", second) == []


def test_a_study_of_somebody_else_is_not_counted_by_the_trust() -> None:
    assert found("Growing up in Mossdale", "Growing up in Mosdale", sponsor="borough") == []
