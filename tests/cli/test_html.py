"""`gdprlint check --format html`: the page goes to stdout, and nobody else pays for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.test_commands import imported_by

Cli = Callable[..., tuple[int, str, str]]
RECORD = 'organisation a "Acme Research" is company in GB\nactivity study "River study" {\n  controller    a\n}\n'


def test_the_page_is_written_and_the_exit_code_is_that_of_any_check(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD)
    code, page, said = gdprlint("check", "--format", "html", "a.gdpr")
    assert (code, said) == (gdprlint("check", "a.gdpr")[0], "")
    assert page.startswith("<!doctype html>\n")
    assert page.endswith("</html>\n")
    assert "Acme Research" in page
    assert "River study" in page


def test_titles_and_lines_are_left_out_with_no_source(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD + 'notice n "A title of its own"\n')
    _, page, _ = gdprlint("check", "--format", "html", "--no-source", "a.gdpr")
    assert "Acme Research" not in page
    assert "A title of its own" not in page
    assert "<figure>" in page


def test_the_page_of_another_day_is_judged_by_the_law_of_that_day(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD)
    _, page, _ = gdprlint("check", "--format", "html", "--as-of", "2024-09-02", "a.gdpr")
    assert "2 September 2024" in page
    assert "not in force</span>" in page


def test_the_page_as_a_file_is_the_page_on_stdout(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text(RECORD)
    _, page, _ = gdprlint("check", "--format", "html", "a.gdpr")
    _, out, said = gdprlint("check", "--format", "concise", "--output", "html=report.html", "a.gdpr")
    assert (tmp_path / "report.html").read_text("ascii") == page
    assert (out, said) == (gdprlint("check", "--format", "concise", "a.gdpr")[1], "")


def test_a_plain_check_imports_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.gdpr").write_text("organisation a\n")
    modules = imported_by("check", str(tmp_path), "--exit-zero")
    assert not modules & {"jinja2", "gdprlint.background", "gdprlint.judging.background", "gdprlint.reporters.html"}
