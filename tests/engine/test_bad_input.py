"""What strangers may hand in: each is told at its place, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.conftest import Judge, told

GOOD = 'organisation acme "Acme Research" is company in GB\nactivity study {\n  controller    amce\n}\n'
KEPT = "good.gdpr:3: REC001 name-not-declared"
ONLY = ("REC001", "REC002", "REC003", "REC004")


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        (b'activity a {\n  purpose       "caf\xe9"\n}\n', "not-utf-8", 2),
        ("activity a".encode("utf-16"), "not-utf-8", 1),
        (b"\xef\xbb\xbfpeople p\n", "byte-order-mark", 1),
        (b"people p\npeople q \0\n", "nul-byte", 2),
        (b"", "empty-file", 1),
        (b"  \n\n", "empty-file", 1),
    ],
)
def test_odd_bytes_are_told_at_their_place(judge: Judge, content: bytes, name: str, line: int) -> None:
    report = judge({"odd.gdpr": content, "good.gdpr": GOOD}, ".", select=ONLY)
    assert f"odd.gdpr:{line}: syntax {name}" in told(report)
    assert KEPT in told(report)


def test_the_rest_of_a_file_with_odd_bytes_is_still_judged(judge: Judge) -> None:
    report = judge({"a.gdpr": b'people p "\xff"\nactivity a {\n  controller    q\n}\n'}, ".", select=ONLY)
    assert told(report) == ["a.gdpr:1: syntax not-utf-8", "a.gdpr:3: REC001 name-not-declared"]


def test_line_breaks_of_windows_change_nothing(judge: Judge) -> None:
    assert told(judge({"good.gdpr": GOOD.replace("\n", "\r\n")}, ".", select=ONLY)) == [KEPT]


def test_a_file_above_the_limit_is_not_read_and_the_limit_can_be_raised(judge: Judge) -> None:
    files = {"large.gdpr": "# " + "x" * 5_000 + "\n" + GOOD.replace("acme ", "zeta "), "good.gdpr": GOOD}
    small = told(judge(files, ".", select=ONLY, max_bytes=2_000))
    assert small == [KEPT, "large.gdpr:1: syntax file-too-large"]
    assert "large.gdpr:1: syntax file-too-large" not in told(judge(files, ".", select=ONLY))


def test_a_file_that_vanishes_while_the_register_is_read_is_told(judge: Judge, project: Path) -> None:
    (project / "gone.gdpr").symlink_to(project / "nowhere")
    report = judge({"good.gdpr": GOOD}, ".", select=ONLY)
    assert told(report) == ["gone.gdpr:1: syntax file-not-read", KEPT]


def test_ten_thousand_levels_of_nesting_are_told_once(judge: Judge) -> None:
    deep = " ".join(f"activity a{n} {{" for n in range(10_000)) + " }" * 10_000 + "\n"
    report = judge({"deep.gdpr": deep, "good.gdpr": GOOD}, ".", select=ONLY)
    assert KEPT in told(report)
    assert [line for line in told(report) if line.startswith("deep")] == ["deep.gdpr:1: syntax nested-too-deep"]


def test_things_that_are_each_other_end(judge: Judge) -> None:
    circle = (
        "people a are b\npeople b are a\nactivity s {\n  collects      d from a\n}\ndata d of a is e\ndata e is d\n"
    )
    assert judge({"a.gdpr": circle}, ".").problems == ()


def test_a_rule_whose_pattern_would_explode_is_not_run(judge: Judge) -> None:
    rule = (
        'rule X1 x {\n  title     "t"\n  why       "w"\n  cites     uk-gdpr 5(1)(a)\n  severity  error\n\n'
        "  for each  activity\n"
        '  where     activity.purpose matches "(a+)+b"\n  says      "s"\n}\n'
    )
    assert told(judge({"r.gdpr": rule}, ".", select=ONLY)) == ["r.gdpr:8: syntax unsafe-pattern"]


def test_a_text_that_is_no_rule_file_is_told_where_it_stops_being_one(judge: Judge, project: Path) -> None:
    (project / "pack.gdpr").write_text("%PDF-1.4 nothing of the kind\n", "utf-8")
    report = judge({"good.gdpr": GOOD}, "good.gdpr", local_packs=("pack.gdpr",))
    assert any(finding.span.path == "pack.gdpr" and finding.code == "syntax" for finding in report.findings)
