"""Citations as lawyers write them."""

from __future__ import annotations

import pytest

from gdprlint.reporters.citations import spoken, spoken_together


@pytest.mark.parametrize(
    ("notation", "for_people"),
    [
        ("uk-gdpr 9(1)", "UK GDPR Art. 9(1)"),
        ("uk-gdpr 84B(1)(a)", "UK GDPR Art. 84B(1)(a)"),
        ("uk-gdpr annex 1", "UK GDPR Annex 1"),
        ("uk-gdpr annex 1 paragraph 6", "UK GDPR Annex 1 para. 6"),
        ("uk-gdpr recital 50", "UK GDPR Recital 50"),
        ("eu-gdpr 6(1)(a)", "EU GDPR Art. 6(1)(a)"),
        ("dpa-2018 section 164A", "DPA 2018 s. 164A"),
        ("dpa-2018 schedule 1 paragraph 4", "DPA 2018 Sch. 1 para. 4"),
        ("dpa-2018 schedule 1 part 1", "DPA 2018 Sch. 1 Part 1"),
        ("duaa-2025 section 103", "DUAA 2025 s. 103"),
        ("pecr regulation 6", "PECR reg. 6"),
        ("mrs-code", "MRS Code"),
        ("mrs-code 12", "MRS Code 12"),
        ("srsa-2007 section 39(4)", "SRSA 2007 s. 39(4)"),
        ("dea-2017 section 64", "DEA 2017 s. 64"),
        ("statistics-code", "Code of Practice for Statistics"),
        ("sra-2007 section 39", "sra-2007 section 39"),
        ("", ""),
    ],
)
def test_a_citation_is_written_as_lawyers_write_it(notation: str, for_people: str) -> None:
    assert spoken(notation) == for_people


def test_an_instrument_is_named_once_for_all_that_follow() -> None:
    cites = (
        "uk-gdpr 9(1)",
        "uk-gdpr 9(2)",
        "dpa-2018 section 10",
        "uk-gdpr 6(1)",
        "sra-2007 39",
        "sra-2007 40",
    )
    assert spoken_together(cites) == (
        "UK GDPR Art. 9(1), Art. 9(2), DPA 2018 s. 10, UK GDPR Art. 6(1), sra-2007 39, sra-2007 40"
    )
