"""Every rule of the pack reports its bad examples and accepts its good ones, by the functions that it calls."""

from gdprlint.testing import check_pack


def test_the_rules_of_the_pack_keep_what_their_examples_promise() -> None:
    assert check_pack("ferrowby-grants") == []
