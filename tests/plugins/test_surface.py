"""What plugins may use stands in a file, and nothing of it goes before it has warned for two minor versions."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from gdprlint import api
from gdprlint.deprecation import DeprecatedName, Going, deprecated, names_that_go
from gdprlint.hooks import API
from tests.plugins.surface import FILE, gone, surface


def test_the_surface_is_the_one_that_is_committed() -> None:
    assert surface() == FILE.read_text("utf-8"), "look at it, then: python -m tests.plugins.surface"


def test_it_does_not_depend_on_what_was_used_before() -> None:
    code = "from tests.plugins.surface import surface; print(surface(), end='')"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == surface()


def test_the_version_of_the_api_stands_in_it() -> None:
    assert api.API == API
    assert f"gdprlint.api.API = {API!r}" in surface().splitlines()


def test_every_name_is_there_and_says_what_it_is() -> None:
    for name in api.__all__:
        value = getattr(api, name)
        assert not isinstance(value, ModuleType)
        assert value.__doc__ is not None, name


@deprecated("0.3", "use `better`")
def older(number: int) -> int:
    """Give the number."""
    return number


def test_what_goes_warns_and_works_all_the_same() -> None:
    with pytest.warns(DeprecatedName, match="`older` is deprecated since gdprlint 0.3 and may be gone with 0.5: use"):
        assert older(7) == 7


def test_a_name_that_goes_warns_when_it_is_taken() -> None:
    take = names_that_go("gdprlint.api", {"Old": (7, Going("1.4", "use `New`"))})

    with pytest.warns(DeprecatedName, match=r"`Old` is deprecated since gdprlint 1\.4 and may be gone with 1\.6"):
        assert take("Old") == 7
    with pytest.raises(AttributeError, match="has no attribute 'Never'"):
        take("Never")


@pytest.mark.parametrize(
    ("line", "version", "early"),
    [
        ("gdprlint.api.Old(text)", "0.9.0", True),
        ("gdprlint.api.Old(text)  # deprecated since 0.8", "0.9.0", True),
        ("gdprlint.api.Old(text)  # deprecated since 0.8", "0.10.0", False),
        ("gdprlint.api.Old(text)  # deprecated since 0.8", "1.0.0", False),
    ],
)
def test_a_name_goes_two_minor_versions_after_it_began_to_warn(line: str, version: str, early: bool) -> None:
    assert gone([line, "gdprlint.api.API = (1, 0)"], ["gdprlint.api.API = (2, 0)"], version) == (
        ["gdprlint.api.Old"] if early else []
    )
