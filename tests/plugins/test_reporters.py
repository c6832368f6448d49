"""A plugin brings a way to show findings, and it can be asked for wherever ours can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.conftest import Done, Install

Run = Callable[..., Done]

TABBED = """
def render(report):
    rows = []
    for finding in report.findings:
        line, column = report.position(finding.span)
        rows.append(f"{finding.span.path}\\t{line}:{column}\\t{finding.code}")
    return "\\n".join(rows)

@hookimpl
def gdprlint_reporters():
    return [Reporter("tabbed", render, ending=".tsv", says="a line for each finding")]
"""
RECORD = 'organisation acme "Acme Research" is company in GB\nactivity study {\n  controller    nobody-known\n}\n'


@pytest.fixture(autouse=True)
def record(work: Path) -> None:
    (work / "a.gdpr").write_text(RECORD)


def test_a_format_of_a_plugin_goes_to_stdout(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED)

    done = gdprlint("check", "--select", "core", "--format", "tabbed")

    assert "a.gdpr\t3:17\tREC001\n" in done.out
    assert (done.code, done.err) == (1, "")


def test_a_format_of_a_plugin_goes_to_a_file_beside_ours(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", TABBED)

    done = gdprlint("check", "--select", "core", "--format", "concise", "--output", "tabbed=found.tsv")

    assert "a.gdpr:3:17: error[REC001]" in done.out
    assert "a.gdpr\t3:17\tREC001\n" in (work / "found.tsv").read_text()


def test_a_configuration_may_name_it(install: Install, gdprlint: Run, work: Path) -> None:
    install("acme_tools", TABBED)
    (work / "gdprlint.toml").write_text('format = "tabbed"\nselect = ["core"]\n')

    assert "a.gdpr\t3:17\tREC001\n" in gdprlint("check").out


def test_a_format_that_nobody_brings_is_refused_with_all_that_there_are(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED)

    done = gdprlint("check", "--format", "tabed")

    assert done.code == 2
    assert "'tabbed'" in done.err
    assert "did you mean `tabbed`?" in gdprlint("check", "--output", "tabed=x").err
    assert "tabbed" in gdprlint("check", "--help").out


def test_our_formats_keep_their_names(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED)
    install("acme_other", TABBED.replace('"tabbed"', '"json"'))

    assert gdprlint("check", "--format", "json").out.startswith("{")
    done = gdprlint("check", "--format", "tabbed")
    assert done.code == 2
    assert "plugin acme_other: its reporter json is left out: gdprlint itself has that name" in done.err


def test_a_reporter_that_breaks_costs_its_own_output_only(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED.replace("rows = []", "rows = report.nothing"))

    done = gdprlint("check", "--select", "core", "--format", "concise", "--output", "tabbed=found.tsv")

    assert done.code == 2
    assert "a.gdpr:3:17: error[REC001]" in done.out
    assert "plugin acme_tools: its reporter tabbed broke: AttributeError" in done.err


def test_what_a_reporter_gives_is_text(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED.replace('return "\\n".join(rows)', "return rows"))

    done = gdprlint("check", "--format", "tabbed")

    assert done.code == 2
    assert "its reporter tabbed broke: TypeError: it gave list, not text" in done.err


def test_without_source_a_reporter_is_shown_no_words_of_the_files(install: Install, gdprlint: Run) -> None:
    install("acme_tools", TABBED.replace('"\\n".join(rows)', '"".join(s.text for s in report.sources.values())'))

    assert "nobody-known" in gdprlint("check", "--format", "tabbed").out
    without = gdprlint("check", "--format", "tabbed", "--no-source").out
    assert not without.strip()
    assert [len(line) for line in RECORD.split("\n")] == [len(line) for line in without.split("\n")]
