"""`--fix` and `--diff`: what means the same is mended and proved, whatever states a new fact is only shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Judged, JudgedRegister, Report, Severity
from gdprlint.fixing import mended, written
from gdprlint.fixing.texts import Taken, edited
from gdprlint.text import Source, Span

Cli = Callable[..., tuple[int, str, str]]

RECORD = """\
use uk-gdpr

record studies "Studies" of acme under uk-gdpr 30(1) on 2026-03-01

organisation acme "Acme" is company in GB

activity survey "Survey" {
  lawful basis  consent under 4(11)
  purpose       research "how people live"
}
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A register in a project; its record cites a definition by the number that it had before 2026-02-05."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "gdprlint.toml").touch()
    path = tmp_path / "a.gdpr"
    path.write_text(RECORD, "utf-8")
    return path


def findings(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["findings"]
    return found


class TestASafeFix:
    def test_writes_the_number_that_a_provision_has_by_now(self, gdprlint: Cli, record: Path) -> None:
        _, out, err = gdprlint("check", "--fix", "--format", "json")
        assert err == "gdprlint: mended 1 in 1 file\n"
        assert record.read_text("utf-8") == RECORD.replace("4(11)", "4(1)(11)")
        assert "UKS25" not in {finding["code"] for finding in findings(out)}

    def test_applied_twice_changes_nothing(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--fix")
        once = record.read_bytes()
        _, _, err = gdprlint("check", "--fix")
        assert (record.read_bytes(), err) == (once, "")

    def test_leaves_a_document_from_before_the_change_of_law(self, gdprlint: Cli, record: Path) -> None:
        record.write_text(RECORD.replace("2026-03-01", "2026-01-12"), "utf-8")
        _, out, err = gdprlint("check", "--fix", "--format", "json")
        assert err == ""
        assert [finding["fixes"] for finding in findings(out) if finding["code"] == "UKS25"] == [[]]

    def test_is_none_before_the_law_changes(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--fix", "--as-of", "2026-02-04")
        assert record.read_text("utf-8") == RECORD

    def test_takes_out_what_is_said_twice_with_its_line(self, gdprlint: Cli, record: Path) -> None:
        twice = RECORD.replace("  purpose", '  purpose       research "how people live"\n  purpose')
        record.write_text(twice, "utf-8")
        gdprlint("check", "--fix", "--select", "REC118")
        assert record.read_text("utf-8") == RECORD

    @pytest.mark.parametrize(
        ("line", "with_exceptions"),
        [
            ("  lawful", "  # allow UK901: agreed, see #12\n  lawful"),
            ("  lawful", "  # allow UK901: agreed by the board\n  # ours\n  lawful"),
            ("  lawful", "  # ours\n  # allow UK901, REC118, UKS24: agreed by the board\n  lawful"),
            ("activity", "# allow UK901: agreed by the board\n# allow REC118: agreed by the board\nactivity"),
            ('"how people live"\n', '"how people live"  # allow UK901: agreed by the board\n'),
        ],
    )
    def test_takes_out_an_exception_that_covers_nothing(
        self, line: str, with_exceptions: str, gdprlint: Cli, record: Path
    ) -> None:
        plain = RECORD.replace("4(11)", "4(1)(11)")
        text = plain.replace(line, with_exceptions)
        record.write_text(text, "utf-8")
        chosen = ("--select", "UK901,REC118,UKS24,REC017")

        assert "REC017" in gdprlint("check", *chosen)[1]
        gdprlint("check", "--fix", *chosen)
        left = "\n".join(line for line in with_exceptions.split("\n") if "allow" not in line)
        assert record.read_text("utf-8") == plain.replace(line, left or line)
        assert "REC017" not in gdprlint("check", *chosen)[1]

    def test_leaves_an_exception_that_covers_something(self, gdprlint: Cli, record: Path) -> None:
        covered = "  # allow UKS25: the number is that of the contract\n  lawful basis  consent under 4(11)"
        record.write_text(RECORD.replace("  lawful basis  consent under 4(11)", covered), "utf-8")
        before = record.read_bytes()

        gdprlint("check", "--fix", "--select", "UKS25,REC017")
        assert record.read_bytes() == before

    def test_keeps_what_somebody_remarked(self, gdprlint: Cli, record: Path) -> None:
        """A comment behind what goes stays; what has one within is left as it is."""
        behind = RECORD.replace("\n}", '\n  purpose       research "how people live"  # as agreed\n}')
        record.write_text(behind, "utf-8")
        gdprlint("check", "--fix", "--select", "REC118")
        assert record.read_text("utf-8") == RECORD.replace("\n}", "\n  # as agreed\n}")
        within = RECORD.replace("\n}", '\n  purpose       research # as agreed\n                "how people live"\n}')
        record.write_text(within, "utf-8")
        gdprlint("check", "--fix", "--select", "REC118")
        assert record.read_text("utf-8") == within

    def test_leaves_two_statements_that_two_places_back(self, gdprlint: Cli, record: Path) -> None:
        (record.parent / "n.md").write_text("one\ntwo\n", "utf-8")
        text = RECORD.replace('live"\n', 'live" [1]\n  purpose       research "how people live" [2]\n').replace(
            "activity", 'notice n "n.md"\n\nactivity'
        )
        record.write_text(text, "utf-8")
        gdprlint("check", "--fix", "--select", "REC118")
        assert record.read_text("utf-8") == text

    def test_writes_a_name_of_several_words_as_one(self, gdprlint: Cli, record: Path) -> None:
        record.write_text(RECORD.replace("activity survey", "activity river survey"), "utf-8")
        gdprlint("check", "--fix", "--select", "syntax")
        assert "activity river-survey" in record.read_text("utf-8")

    def test_keeps_line_ends_mode_and_all_other_bytes(self, gdprlint: Cli, record: Path) -> None:
        record.write_bytes(RECORD.replace("\n", "\r\n").replace("Acme", "Acmé").encode())
        record.chmod(0o640)
        gdprlint("check", "--fix")
        changed = RECORD.replace("\n", "\r\n").replace("Acme", "Acmé").replace("4(11)", "4(1)(11)")
        assert record.read_bytes() == changed.encode()
        assert record.stat().st_mode & 0o777 == 0o640

    def test_takes_out_a_byte_order_mark(self, gdprlint: Cli, record: Path) -> None:
        record.write_bytes(b"\xef\xbb\xbf" + RECORD.encode())
        gdprlint("check", "--fix", "--select", "syntax")
        assert record.read_bytes() == RECORD.encode()
        record.write_bytes(b"\xef\xbb\xbf" + RECORD.encode())
        gdprlint("check", "--fix", "--select", "UKS25", "--ignore", "syntax")
        assert record.read_bytes() == b"\xef\xbb\xbf" + RECORD.replace("4(11)", "4(1)(11)").encode()

    def test_says_in_the_full_form_that_it_can_be_had(self, gdprlint: Cli, record: Path) -> None:
        _, out, _ = gdprlint("check")
        assert "  = fix: write `4(1)(11)` for `uk-gdpr 4(11)` (`--fix` does it)\n" in out


class TestASuggestion:
    """It states a fact: which word was meant, which law is relied on."""

    @pytest.mark.parametrize(
        ("said", "instead", "help"),
        [
            ("consent under 4(11)", "concent", "did you mean `consent`?"),
            ("  purpose ", "  purpos ", "did you mean `purpose`?"),
            ("use uk-gdpr", "use uk-gpdr", "did you mean `uk-gdpr`?"),
            ("of acme", "of acmee", "did you mean `acme`?"),
        ],
    )
    def test_is_shown_and_never_applied(self, gdprlint: Cli, record: Path, said: str, instead: str, help: str) -> None:
        text = RECORD.replace(said, instead).replace("4(11)", "4(1)(11)")
        record.write_text(text, "utf-8")
        _, out, _ = gdprlint("check", "--fix", "--format", "json")
        assert record.read_text("utf-8") == text
        fixes = [fix for finding in findings(out) for fix in finding["fixes"]]
        assert [(fix["message"], fix["safe"]) for fix in fixes] == [(help, False)]
        (edit,) = fixes[0]["edits"]
        line = text.splitlines()[edit["line"] - 1]
        mended = line[: edit["column"] - 1] + edit["text"] + line[edit["end_column"] - 1 :]
        assert mended in RECORD.replace(" under 4(11)", "").splitlines()

    def test_of_another_provision_stands_below_the_help(self, gdprlint: Cli, record: Path) -> None:
        record.write_text(RECORD.replace("2026-03-01", "2026-03-01 {\n  cites         44\n}"), "utf-8")
        before = record.read_bytes()
        gdprlint("check", "--fix", "--select", "UKS07")
        assert record.read_bytes() == before
        _, out, _ = gdprlint("check", "--select", "UKS07")
        assert "  = help: cite `uk-gdpr 44A`\n  = suggestion: write `uk-gdpr 44A` for `uk-gdpr 44`\n" in out

    def test_is_none_where_the_place_holds_more_than_the_word(self, gdprlint: Cli, record: Path) -> None:
        text = RECORD.replace("  purpose", '  collects      possibly emial "a@b.example" from acme\n  purpose')
        record.write_text(text, "utf-8")
        _, out, _ = gdprlint("check", "--format", "json", "--select", "REC001,REC002")
        assert [finding["fixes"] for finding in findings(out) if finding["code"] in ("REC001", "REC002")] == [[]]


class TestDiff:
    def test_shows_what_would_change_and_writes_nothing(self, gdprlint: Cli, record: Path) -> None:
        code, out, err = gdprlint("check", "--diff")
        assert (code, err) == (1, "")
        assert out.splitlines()[:2] == ["--- a.gdpr", "+++ a.gdpr"]
        assert "-  lawful basis  consent under 4(11)\n+  lawful basis  consent under 4(1)(11)\n" in out
        assert record.read_text("utf-8") == RECORD

    def test_is_empty_where_nothing_can_be_mended(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--fix")
        assert gdprlint("check", "--diff") == (0, "", "")

    def test_shows_no_sequence_that_steers_a_terminal(self, gdprlint: Cli, record: Path) -> None:
        record.write_text(RECORD.replace("how people live", "how \x1b[2J people live"), "utf-8")
        _, out, _ = gdprlint("check", "--diff")
        assert "\\u001b[2J" in out
        assert "\x1b" not in out


class TestWhatIsLeftAsItIs:
    def test_a_read_only_file(self, gdprlint: Cli, record: Path) -> None:
        record.chmod(0o444)
        code, out, err = gdprlint("check", "--fix", "--format", "json")
        assert err == "gdprlint: a.gdpr: not changed: it is read-only\n"
        assert "UKS25" in {finding["code"] for finding in findings(out)}
        assert code == 1

    def test_a_link_out_of_the_project(
        self, gdprlint: Cli, record: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "a.gdpr"
        record.replace(outside)
        record.symlink_to(outside)
        _, out, _ = gdprlint("check", "--fix")
        assert "this link leads out of the project, and is not followed" in out
        assert outside.read_text("utf-8") == RECORD

    def test_a_file_with_bytes_that_are_no_text(self, gdprlint: Cli, record: Path) -> None:
        content = b"\xef\xbb\xbf" + RECORD.encode() + b"# \xff\x00\n"
        record.write_bytes(content)
        _, _, err = gdprlint("check", "--fix")
        assert "a.gdpr: not changed: it holds bytes that are no text" in err
        assert record.read_bytes() == content

    def test_a_rule_file_of_a_pack(self, gdprlint: Cli, record: Path) -> None:
        pack = record.parent / "pack"
        (pack / "topic").mkdir(parents=True)
        (pack / "pack.gdpr").write_text('pack house "House rules"\n', "utf-8")
        rule = pack / "topic" / "r.gdpr"
        rule.write_text('rule HOUSE1 r {\n  titel "T"\n}\n', "utf-8")
        before = rule.read_bytes()
        gdprlint("check", "a.gdpr", "--pack", "pack", "--fix")
        assert rule.read_bytes() == before

    def test_a_file_that_was_changed_meanwhile(self, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(record.parent)
        found = mended(report(RECORD, Edit(span("4(11)"), "x")), lambda _: report(RECORD), lambda _: 0)
        record.write_text(RECORD + "# and more\n", "utf-8")
        assert written(found.before, found.after) == {"a.gdpr": "it was changed meanwhile"}
        assert record.read_text("utf-8") == RECORD + "# and more\n"

    def test_a_file_that_was_changed_before_that(self, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(record.parent)
        found = mended(report("another text", Edit(span("4(11)"), "x")), lambda _: report(RECORD), lambda _: 0)
        assert (found.count, found.kept) == (0, {"a.gdpr": "it was changed meanwhile"})

    def test_everything_when_the_run_is_ended(self, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C at the worst moment: the file is whole, and nothing lies beside it."""
        monkeypatch.chdir(record.parent)
        found = mended(report(RECORD, Edit(span("4(11)"), "x")), lambda _: report(RECORD), lambda _: 0)

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            written(found.before, found.after)
        assert record.read_text("utf-8") == RECORD
        assert sorted(path.name for path in Path.cwd().iterdir()) == [".git", "a.gdpr", "gdprlint.toml"]

    def test_a_notice_in_prose(self, gdprlint: Cli, record: Path) -> None:
        page = Path("notice.md")
        page.write_bytes(b"\xef\xbb\xbf# Privacy notice\n\nWe collect your name. We cite Article 4(11) UK GDPR.\n")
        before = page.read_bytes()
        gdprlint("check", "--fix", "notice.md")
        assert page.read_bytes() == before

    def test_what_an_exception_or_baseline_accepts(self, gdprlint: Cli, record: Path) -> None:
        gdprlint("check", "--write-baseline")
        assert gdprlint("check", "--fix")[0] == 0
        assert record.read_text("utf-8") == RECORD


class TestTheProof:
    """What a fix claims is not believed: the text is read and judged again."""

    def test_refuses_a_fix_that_changes_what_is_said(self, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(record.parent)
        meanings = {0: "before", 1: "after"}
        found = mended(report(RECORD, Edit(span("4(11)"), "x")), lambda _: report(RECORD), lambda i: meanings[len(i)])
        assert (found.count, found.unproved) == (0, 1)
        assert not found.changed("a.gdpr")

    def test_refuses_a_fix_that_leaves_its_finding_or_gives_another(
        self, record: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(record.parent)
        before = report(RECORD, Edit(span("4(11)"), "x"))
        assert mended(before, lambda _: before, lambda _: 0).count == 0

    def test_finds_the_one_that_spoils_the_others(self, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(record.parent)
        edits = [Edit(span(word), word.upper()) for word in ("acme", "survey", "consent", "research")]
        before = report(RECORD, *edits)

        def judge(instead: Any) -> Report:
            ((_, content),) = instead
            return report(RECORD, *[edit for edit in edits if edit.text.encode() not in content])

        def meaning(instead: Any) -> bool:
            return any(b"CONSENT" in content for _, content in instead)

        found = mended(before, judge, meaning)
        assert (found.count, found.unproved) == (3, 1)
        assert "RESEARCH" in found.after["a.gdpr"].source.text
        assert "CONSENT" not in found.after["a.gdpr"].source.text

    def test_takes_the_first_of_two_that_meet_and_the_other_in_the_next_round(
        self, record: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(record.parent)
        whole, part = span("consent under 4(11)"), span("4(11)")
        first = report(RECORD, Edit(whole, "consent under 4(1)(11)"), Edit(part, "4(1)"))
        rounds: list[str] = []

        def judge(instead: Any) -> Report:
            ((_, content),) = instead
            rounds.append(content.decode())
            return report(rounds[-1])

        assert mended(first, judge, lambda _: 0).count == 1
        assert ["consent under 4(1)(11)" in text for text in rounds] == [True]


@given(st.text("ab \n#", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=8))
def test_edits_that_do_not_meet_change_their_places_and_nothing_else(words: str, places: list[tuple[int, int]]) -> None:
    taken, chosen = Taken(), {}
    for start, length in places:
        edit = Edit(Span("a", start, min(start + length, len(words))), "X")
        if edit.span.start < edit.span.end and taken.take([edit]):
            chosen[start] = edit
    expected, at = "", 0
    for start in sorted(chosen):
        expected += words[at:start] + "X"
        at = chosen[start].span.end
    assert edited(words, chosen.values()) == expected + words[at:]


def test_edits_are_put_in_from_the_end_in_linear_time() -> None:
    words = "a " * 100_000
    edits = [Edit(Span("a", at, at + 1), "bb") for at in range(0, len(words), 2)]
    assert edited(words, edits) == "bb " * 100_000


def span(words: str) -> Span:
    return Span("a.gdpr", RECORD.index(words), RECORD.index(words) + len(words))


def report(text: str, *edits: Edit) -> Report:
    """A report with one finding for each edit, which it calls safe."""
    found = [
        Diagnostic("ZZ1", f"finding {edit.text}", Severity.INFO, "m", edit.span,
                   fixes=(Fix(f"write {edit.text}", (edit,), True),), fingerprint=f"{edit.span.start:016x}")
        for edit in edits
    ]  # fmt: skip
    registers = (JudgedRegister("r", str(Path.cwd()), True),)
    judged = Judged(1, 1, (), "2026-11-21", 1, 0, 0, roots=registers)
    return Report(tuple(found), judged, (), {"a.gdpr": Source("a.gdpr", text)})


def test_what_was_written_is_judged_as_it_stands_now_when_another_file_was_not(gdprlint: Cli, record: Path) -> None:
    """The findings are those of the files after the run, whatever became of each."""
    record.write_bytes(b"\xef\xbb\xbf" + RECORD.encode())
    other = record.with_name("b.gdpr")
    other.write_bytes(b'\xef\xbb\xbforganisation other "Other Ltd"\n')
    other.chmod(0o444)
    _, out, err = gdprlint("check", "--fix", "--format", "concise")

    assert "b.gdpr: not changed: it is read-only" in err
    assert not record.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [line.partition(":")[0] for line in out.splitlines() if "byte order mark" in line] == ["b.gdpr"]
