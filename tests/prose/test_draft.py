"""The record that a notice amounts to: it can be read, formatted and judged, whatever the notice says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from gdprlint.engine import CheckOptions, check
from gdprlint.language.printer import format_source
from gdprlint.prose.draft import draft_of
from gdprlint.prose.opening import read_notice
from gdprlint.rules.packs import Library, load
from gdprlint.testing import TODAY
from gdprlint.text import Source

INVENTED = Path(__file__).parents[2] / "benchmarks" / "accuracy" / "invented"
NOTICES = sorted(path for path in INVENTED.glob("*/*") if path.is_file())
Gdprlint = Callable[..., tuple[int, str, str]]


@cache
def library() -> Library:
    return load()


@pytest.mark.parametrize("path", NOTICES, ids=[path.name for path in NOTICES])
def test_the_draft_of_every_invented_notice_is_sound(path: Path) -> None:
    reading = read_notice(path, library().ear, 8_000_000)
    text, stretches = draft_of(reading, library().vocabulary)
    formatted, faults = format_source(Source("draft.gdpr", text))
    assert faults == ()
    assert format_source(Source("draft.gdpr", formatted)) == (formatted, ())
    for start, end, _ in stretches:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("path", NOTICES, ids=[path.name for path in NOTICES])
def test_what_is_found_in_a_notice_stands_in_the_notice_and_is_no_fault_of_the_draft(path: Path) -> None:
    report = check([str(path)], CheckOptions(TODAY))
    assert report.problems == ()
    lines = max(len(source.text) for source in report.sources.values())
    for finding in report.findings:
        assert finding.code not in ("syntax", "REC001", "REC002", "REC003"), finding.message
        assert 0 <= finding.span.start < finding.span.end <= lines


NOTICE = """\
# Privacy notice of the River Trust

Vale River Trust is the controller of your data. You can write to quay@river.example.

## What we do

We use your name and email address to send you our newsletter. We rely on your consent.
We pass your data to our printers. We do not transfer your data outside the UK.
We keep your email address for 2 years after you last wrote to us.

## Your rights

You have a right to:

- access your data
- have it corrected
- have it deleted

You may withdraw consent at any time. You may complain to the Information Commission.
"""


def test_a_notice_becomes_a_record_with_the_line_of_each_clause(
    gdprlint: Gdprlint, tmp_path: Path, snapshot: object
) -> None:
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    code, out, err = gdprlint("read", "notice.md")
    assert code == 0
    assert out + "-- stderr --\n" + err == snapshot


def test_a_notice_is_judged_where_it_stands(gdprlint: Gdprlint, tmp_path: Path, snapshot: object) -> None:
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    code, out, _ = gdprlint("check", "notice.md", "--as-of", "2026-11-21", "--format", "concise")
    assert code == 1
    assert out == snapshot


def test_recipients_that_one_variant_of_a_template_denies_are_read(gdprlint: Gdprlint, tmp_path: Path) -> None:
    (tmp_path / "notice.html.erb").write_text(
        "<h1>Privacy notice</h1>\n"
        "<p>Vale River Trust is the controller of your data.</p>\n"
        "<% if @guest %>\n"
        "<p>We do not share your data with anyone.</p>\n"
        "<% end %>\n",
        encoding="utf-8",
    )
    code, out, _ = gdprlint("read", "notice.html.erb")
    assert code == 0
    assert "discloses none" in " ".join(out.split())


def test_what_cannot_be_read_as_a_notice_is_one_line_and_exit_code_2(gdprlint: Gdprlint, tmp_path: Path) -> None:
    (tmp_path / "notice.exe").write_bytes(b"MZ\0\0")
    code, out, err = gdprlint("read", "notice.exe")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "notice.exe: notices are not read from files with this ending" in err


HOUSE = """\
pack house "House words" on 2026-11-21 {
  prefix    HSE
  edition   "1.0"
  requires  uk-gdpr
}

wording keep also "moor", "moors"

cue kept-for {
  phrases       "<keep> .. at the pier for {period}"
  accepts       "We moor your answers at the pier for two years."
  rejects       "The boats lie at the pier for two years."
}
"""


@pytest.fixture
def moored(tmp_path: Path) -> None:
    """A notice in words that a pack beside it knows."""
    (tmp_path / "house").mkdir()
    (tmp_path / "house/pack.gdpr").write_text(HOUSE, encoding="utf-8")
    (tmp_path / "notice.md").write_text("# Privacy\n\nWe moor your answers at the pier for two years.\n", "utf-8")


@pytest.mark.usefixtures("moored")
def test_a_notice_is_heard_with_the_cues_of_a_pack_that_is_named(gdprlint: Gdprlint) -> None:
    assert "for 2 years" in gdprlint("read", "notice.md", "--pack", "house")[1]
    assert "2 years" not in gdprlint("read", "notice.md")[1]


@pytest.mark.usefixtures("moored")
def test_a_notice_is_heard_with_the_cues_of_packs_that_are_configured(gdprlint: Gdprlint, tmp_path: Path) -> None:
    (tmp_path / "gdprlint.toml").write_text('local-packs = ["house"]\n', encoding="utf-8")
    assert "for 2 years" in gdprlint("read", "notice.md")[1]
    assert "2 years" not in gdprlint("read", "notice.md", "--no-config")[1]
