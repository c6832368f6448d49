"""Names that stand within others give way to them, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gdprlint.prose.containing import Longer, stands_in, whole_names

NAMES = st.lists(st.lists(st.sampled_from(["alpha", "beta", "gamma", "of"]), min_size=1, max_size=5).map(" ".join))


def test_a_short_form_gives_way_to_the_name_that_it_is_given_with() -> None:
    assert whole_names(["DfE", "Department for Education (DfE)"]) == ["Department for Education (DfE)"]


def test_the_first_of_two_spellings_is_kept() -> None:
    assert whole_names(["The Alpha Trust", "Alpha Trust"]) == ["The Alpha Trust"]


def test_a_part_of_a_word_is_no_name() -> None:
    assert whole_names(["Art", "Smart Company"]) == ["Art", "Smart Company"]


@given(NAMES)
def test_a_name_is_left_out_where_another_one_holds_it(names: list[str]) -> None:
    distinct = list(dict.fromkeys(names))
    expected = [name for name in distinct if not any(name != other and stands_in(name, other) for other in distinct)]

    assert whole_names(names) == expected


@given(NAMES, st.sampled_from(["alpha", "beta of", "gamma alpha"]))
def test_a_longer_name_has_all_words_and_more(names: list[str], name: str) -> None:
    longer = Longer()
    for other in names:
        longer.add(other)

    assert longer.has(name) == any(set(name.split()) < set(other.split()) for other in names)
