"""The plugin for pytest: examples of packs as tests, and snapshots of findings.

pytest imports this module in every run where gdprlint is installed, so it imports nothing and changes nothing until a
configuration, the command line or a test asks for it. Its entry point is called as the module, so that `-p` finds it
installed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

INI, OPTION = "gdprlint_packs", "--gdprlint-pack"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        INI, "rule packs whose examples are tests: folders, counted from the configuration file, or names", "linelist"
    )
    parser.getgroup("gdprlint", "rule packs of gdprlint").addoption(
        OPTION, action="append", default=[], metavar="PACK", dest="gdprlint_pack",
        help="also run the examples of this rule pack, a folder or a name; may be given again",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    if config.getini(INI) or config.getoption("gdprlint_pack"):
        from gdprlint.testing.collecting import Packs

        config.pluginmanager.register(Packs.asked_for(config), "gdprlint-packs")


@pytest.fixture
def findings_snapshot(request: pytest.FixtureRequest) -> SnapshotAssertion:
    """What is found, as people read it, held against a text file that stands beside the test.

    `assert check_text(text, rules=["ACME001"]) == findings_snapshot`; `pytest --snapshot-update` writes the files.
    """
    from gdprlint.testing.extra import needed

    needed("syrupy", "the fixture findings_snapshot")
    from gdprlint.testing.snapshots import FindingsExtension

    snapshot: SnapshotAssertion = request.getfixturevalue("snapshot")
    return snapshot.use_extension(FindingsExtension)
