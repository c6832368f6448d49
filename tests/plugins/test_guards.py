"""A plugin that is missing, too old, too new, broken, raising or slow is named and set aside, and the run goes on."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gdprlint import disk, patience
from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]
RECORD = 'organisation acme "Acme" is company in GB\nactivity study "A study" {\n  controller nobody\n}\n'
CHECK = ("check", "--format", "concise", "--select", "REC001,acme-rule")
FOUND = "a.gdpr:3:14: error[REC001]"
RULE = """
@rule("ACME1", "acme-rule", cites=["uk-gdpr 5(1)(a)"])
def acme_rule(activity, ctx):
    '''Titles are good.'''
    yield ctx.finding(activity, "here is one")

@hookimpl
def gdprlint_rules():
    return [acme_rule]
"""


@pytest.fixture(autouse=True)
def record(work: Path) -> None:
    (work / "a.gdpr").write_text(RECORD)


def test_a_rule_in_python_is_asked_as_any(install: Install, gdprlint: Run) -> None:
    install("acme_tools", RULE)

    done = gdprlint(*CHECK)

    assert done.code == 1
    assert "a.gdpr:2:10: error[ACME1] here is one" in done.out


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("'1.0'", ""),
        ("'1.99'", "it is written for API 1.99, and gdprlint 0.1.0 has API 1.0; install a later gdprlint-uk, or"),
        ("'2.0'", "it is written for API 2.0, and gdprlint 0.1.0 has API 1.0"),
        ("'0.9'", "it is written for API 0.9, which gdprlint 0.1.0 no longer has; install a later version of the pl"),
        ("1.0", "its gdprlint_api is 1.0, and should be a version such as '1.0'"),
        ("'one'", "its gdprlint_api is 'one', and should be a version such as '1.0'"),
    ],
)
def test_a_plugin_for_another_api_is_set_aside(install: Install, gdprlint: Run, stated: str, told: str) -> None:
    install("acme_tools", f"gdprlint_api = {stated}\n{RULE}")

    done = gdprlint("check", "--format", "concise")

    assert ("here is one" in done.out) is (not told)
    assert FOUND in done.out
    assert done.code == (2 if told else 1)
    assert f"plugin acme_tools: it is set aside: {told}" in done.out or not told


def test_the_bundled_plugin_is_loaded_where_the_one_in_its_place_is_set_aside(install: Install, gdprlint: Run) -> None:
    install("gdprlint_uk_gdpr", "gdprlint_api = '7.0'\n")

    done = gdprlint("plugins")

    assert done.code == 2
    assert "gdprlint_uk_gdpr          0.1.0    bundled" in done.out


def test_a_name_that_the_api_does_not_have_tells_the_version(install: Install, gdprlint: Run) -> None:
    install("acme_tools", "from gdprlint.api import Nonsense\n")

    done = gdprlint(*CHECK[:3])

    assert done.code == 2
    assert "plugin acme_tools: it could not be loaded, and may be written for another API than 1.0: Impor" in done.out
    assert FOUND in done.out


def test_a_pack_that_is_not_installed_is_told_where_it_is_named(gdprlint: Run, work: Path) -> None:
    (work / "a.gdpr").write_text("use acme\n" + RECORD)
    (work / "gdprlint.toml").write_text('packs = ["funder"]\n')

    done = gdprlint("check", "--format", "concise")

    assert done.code == 1
    assert "a.gdpr:1:5: error[REC005] no rule pack `acme` is installed" in done.out
    assert "gdprlint.toml:1:10: error[configuration]" in done.out
    assert "a.gdpr:4:14: error[REC001]" in done.out


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("1 / 0", "broke on `study`: ZeroDivisionError: division by zero"),
        ("exit(0)", "broke on `study`: SystemExit: 0"),
        ("yield 'a finding'", "broke on `study`: TypeError: it gave str, not what ctx.finding(...) makes"),
    ],
)
def test_a_rule_that_raises_is_named_and_the_others_are_asked(
    install: Install, gdprlint: Run, body: str, told: str
) -> None:
    install("acme_tools", RULE.replace('yield ctx.finding(activity, "here is one")', f"{body}\n    yield"))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert f"plugin acme_tools: its rule ACME1 acme-rule {told}" in done.out
    assert FOUND in done.out


def test_what_is_no_rule_is_told(install: Install, gdprlint: Run) -> None:
    install("acme_tools", RULE.replace("[acme_rule]", "[acme_rule, 'ACME2']"))

    done = gdprlint(*CHECK)

    assert done.code == 2
    assert "plugin acme_tools: its gdprlint_rules gave str, not Rule" in done.out
    assert "here is one" in done.out


SLOW = (
    RULE
    + """
def read(name, content):
    return FileRead([Line("people them")])

@hookimpl
def gdprlint_readers():
    return [Reader("acme", ".acme", read)]

@hookimpl
def gdprlint_functions():
    return [Function("length", "words", "number", len)]
"""
)
PACK = """rule HOUSE1 some-name {
  title     "A title"
  why       "A reason."
  cites     uk-gdpr 5(1)(a)
  severity  error
  for each  activity
  where     length(activity) > 3
  says      "`{activity}` is long"
}
"""


@pytest.mark.parametrize("limit", ["WORK", "WAIT"])
def test_what_is_slow_is_named_and_counts_all_the_same(
    install: Install, gdprlint: Run, work: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    install("acme_tools", SLOW)
    (work / "b.acme").write_text("them\n")
    (work / "house").mkdir()
    (work / "house" / "some-name.gdpr").write_text(PACK)
    monkeypatch.setattr(patience, limit, -1.0)

    done = gdprlint("check", "--format", "concise", "--pack", "house", "--select", "ACME1,HOUSE1")

    took = "took over -1 seconds"
    for what in (
        f"plugin acme_tools: its import {took}",
        f"plugin acme_tools: its gdprlint_rules {took}",
        f"plugin acme_tools: its rule ACME1 acme-rule {took}",
        f"plugin acme_tools: its function length {took}",
        f"plugin acme_tools: its reader acme {took}",
    ):
        assert what in done.out, what
    assert done.code == 2
    assert "here is one" in done.out
    assert "is long" in done.out


def test_an_ordinary_plugin_is_not_slow(install: Install, gdprlint: Run) -> None:
    install("acme_tools", SLOW)

    assert "took over" not in gdprlint(*CHECK).out


def test_names_that_go_are_shown_to_whoever_looks_at_plugins(install: Install, gdprlint: Run) -> None:
    install(
        "acme_tools",
        "from gdprlint.deprecation import deprecated\n"
        "@deprecated('0.1', 'use `newer`')\ndef older(): ...\nolder()\n" + RULE,
    )

    assert "`older` is deprecated since gdprlint 0.1 and may be gone with 0.3: use `newer`" in gdprlint("plugins").err
    assert "older" in gdprlint("doctor").out
    quiet = gdprlint(*CHECK)
    assert "older" not in quiet.out + quiet.err


@pytest.mark.parametrize("arguments", [("check", "--format", "acme"), ("check", "--output", "acme=x"), ("acme",)])
def test_whoever_misses_what_a_broken_plugin_brings_is_told_why(
    install: Install, gdprlint: Run, arguments: tuple[str, ...]
) -> None:
    install("acme_tools", "1 / 0\n")

    done = gdprlint(*arguments)

    assert done.code == 2
    assert "plugin acme_tools: it could not be loaded: ZeroDivisionError" in done.err


def test_a_plugin_that_changes_is_judged_by_anew(
    install: Install, gdprlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "YOUNG", -60.0)  # what was just installed is old enough
    install("acme_tools", RULE)
    first = gdprlint(*CHECK)
    with monkeypatch.context() as patch:
        patch.setattr("gdprlint.engine.judge", None)
        assert gdprlint(*CHECK) == first

    file = tmp_path / "site" / "acme_tools.py"
    file.write_text(file.read_text().replace("here is one", "here is another one"))
    sys.modules.pop("acme_tools")
    importlib.invalidate_caches()

    assert "here is another one" in gdprlint(*CHECK).out
