"""The table of programmes becomes words and a cue; a new row is enough."""

from __future__ import annotations

from gdprlint_funder_tools.programmes import Programme, cues, table, words


def test_each_row_is_a_term_of_its_kind_since_its_day() -> None:
    one = Programme("ferrowby-seas", 'Ferrowby "Seas"', ("Seas programme",), "project grant", "2026-10-01")

    assert words([one]) == (
        'term ferrowby-seas "Ferrowby \\"Seas\\"" is project grant since 2026-10-01 '
        'also "Ferrowby \\"Seas\\"", "Seas programme"\n'
    )


def test_the_cue_hears_every_name_in_the_table() -> None:
    listed = table()
    text = cues(listed)

    assert len(listed) >= 6
    assert all(f'"{name.lower()}"' in text for one in listed for name in one.names)
