"""`gdprlint write` and `gdprlint read` as a user meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Gdprlint = Callable[..., tuple[int, str, str]]
RECORD = """
organisation harbour "Harbour Institute" in GB
people members "People who live by the river"
data answers of members is survey answers
activity survey "The survey" {
  controller    harbour
  purpose       research
  collects      answers from members
  keeps         answers for 2 years then delete
  transfers     none
}
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.gdpr"
    path.write_text(RECORD, encoding="utf-8")
    return path


def test_a_notice_goes_to_the_terminal_or_to_a_file(gdprlint: Gdprlint, record: Path, tmp_path: Path) -> None:
    code, out, err = gdprlint("write", "notice", "record.gdpr")
    assert (code, err) == (0, "")
    assert out.startswith("# Privacy notice: The survey\n\n## In short\n")
    assert "- We keep your answers for 2 years. We then delete them.\n" in out
    code, shown, _ = gdprlint("write", "notice", "record.gdpr", "--output", "notice.md")
    assert (code, shown) == (0, "")
    assert (tmp_path / "notice.md").read_text("utf-8") == out


def test_the_page_is_whole(gdprlint: Gdprlint, record: Path) -> None:
    code, out, _ = gdprlint("write", "notice", "record.gdpr", "--format", "html")
    assert code == 0
    assert out.startswith('<!doctype html>\n<html lang="en-GB">\n')
    assert out.endswith("</html>\n")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_sheet_that_was_written_is_read_again(gdprlint: Gdprlint, record: Path, form: str) -> None:
    code, out, err = gdprlint("write", "record", "record.gdpr", "--format", form, "--output", f"register.{form}")
    assert (code, out, err) == (0, "", "")
    code, out, err = gdprlint("read", f"register.{form}")
    assert (code, err) == (0, "")
    assert "keeps         data-answers for 2 years then delete" in out
    assert "transfers     none" in out


def test_what_was_read_is_judged_like_any_record(gdprlint: Gdprlint, record: Path) -> None:
    gdprlint("write", "record", "record.gdpr", "--output", "register.csv")
    gdprlint("read", "register.csv", "--output", "again.gdpr")
    _, out, _ = gdprlint("check", "again.gdpr", "--format", "concise", "--exit-zero")
    assert "syntax" not in out
    assert "UK1307" not in out


def test_what_a_cell_cannot_say_is_told_at_its_cell(gdprlint: Gdprlint, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Business function,Retention schedule\nPay,as long as is necessary\n", encoding="utf-8"
    )
    code, out, err = gdprlint("read", "a.csv")
    assert code == 1
    assert 'activity activity-pay "Pay"' in out
    assert err.startswith("gdprlint: a.csv:B2: no period could be read from `as long as is necessary`")


def test_faults_of_the_record_are_counted(gdprlint: Gdprlint, record: Path) -> None:
    record.write_text(RECORD.replace("transfers     none", "transfers : none"), encoding="utf-8")
    code, out, err = gdprlint("write", "notice", "record.gdpr")
    assert code == 0
    assert "Our record says more here in a line that could not be read" in out
    assert err.startswith("gdprlint: the record has 1 fault, for which something may be missing")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("write", "notice", "nowhere.gdpr"), "there is no file or folder `nowhere.gdpr`"),
        (("write", "notice", "empty.gdpr"), "there is no activity in `empty.gdpr` to write about"),
        (("read", "record.gdpr"), "record.gdpr: a record is read already; `gdprlint show record.gdpr` prints"),
        (("read", "nowhere.csv"), "nowhere.csv: No such file or directory"),
        (("write", "notice", "record.gdpr", "--output", "no/such/folder.md"), "no/such/folder.md: No such file"),
    ],
)
def test_wrong_use_is_one_line(
    gdprlint: Gdprlint, record: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "empty.gdpr").write_text("organisation a\n", encoding="utf-8")
    code, out, err = gdprlint(*arguments)
    assert (code, out) == (2, "")
    assert message in err
