"""The examples of a pack as tests of pytest: what they are called, when they run, and what a failure shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from gdprlint.testing import check_case, library_with, rule_cases
from gdprlint.testing.failures import told
from tests.testing.conftest import CUE, Run

IDS = """\
tests/test_own.py::test_own
src/acme/cast.gdpr::can be read
src/acme/pack.gdpr::can be read
src/acme/storage/kept-too-long.gdpr::ACME001::rule
src/acme/storage/kept-too-long.gdpr::ACME001::bad 1
src/acme/storage/kept-too-long.gdpr::ACME001::good 1
src/acme/storage/kept-too-long.gdpr::ACME001::good 2
src/acme/storage/kept-too-long.gdpr::ACME001::without where
src/acme/storage/kept-too-long.gdpr::ACME001::without expect
src/acme/storage/kept-too-long.gdpr::ACME001::every condition is asked
"""


def test_every_example_and_condition_of_a_configured_pack_is_a_test(run: Run) -> None:
    done = run("--collect-only", "-q")

    assert done.stdout.split("\n\n")[0] + "\n" == IDS, done.stdout + done.stderr


def test_they_run_and_nothing_of_the_pack_is_imported(run: Run) -> None:
    done = run("-q")

    assert "10 passed" in done.stdout, done.stdout + done.stderr


def test_where_files_are_named_those_alone_run(run: Run) -> None:
    assert "1 passed" in run("-q", "tests/test_own.py").stdout
    assert "1 passed" in run("-q", "src/acme/storage/kept-too-long.gdpr::ACME001::good 2").stdout


def test_the_command_line_asks_for_a_pack_in_a_repository_that_does_not(run: Run, repository: Path) -> None:
    (repository / "pytest.ini").unlink()

    assert "10 passed" in run("-q", "tests", "--gdprlint-pack", "src/acme").stdout
    assert "1 passed" in run("-q", "tests").stdout


def test_a_pack_that_there_is_not_is_wrong_use(run: Run) -> None:
    done = run("-q", "--gdprlint-pack", "cor")

    assert done.returncode == 4
    assert "no rule pack is called `cor`; did you mean `core`?" in done.stderr


def test_a_run_that_asks_for_nothing_imports_nothing(run: Run, repository: Path) -> None:
    (repository / "pytest.ini").unlink()
    (repository / "tests" / "test_own.py").write_text(
        dedent("""\
            import sys

            def test_own() -> None:
                ours = {name for name in sys.modules if name.partition(".")[0] == "gdprlint"}
                assert ours == {"gdprlint", "gdprlint.testing", "gdprlint.testing.plugin"}
                assert not {"hypothesis", "attrs", "lark"} & set(sys.modules)
            """),
        "utf-8",
    )
    done = run("-q", "tests", "-p", "no:syrupy", "-p", "no:hypothesispytest", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert "1 passed" in done.stdout, done.stdout


def test_sentences_of_cues_are_tests_too(run: Run, repository: Path) -> None:
    (repository / "src" / "acme" / "greeting.gdpr").write_text(CUE, "utf-8")
    done = run("-q", "src/acme/greeting.gdpr")

    assert "1 failed, 11 passed" in done.stdout, done.stdout
    assert (
        dedent("""\
            ____________________________ says-hello::accepts 5 _____________________________
            error[test]: says-hello is not heard in: Nobody greets.
             --> src/acme/greeting.gdpr:3:91
            """)
        in done.stdout
    )


# ---- what a pack changes of another

ANNEXED = """\
src/annex/pack.gdpr::override ACME001::holds
src/annex/pack.gdpr::override ACME001::bad 1
src/annex/pack.gdpr::override ACME001::good 1
src/annex/pack.gdpr::override ACME001::without where
src/annex/pack.gdpr::override ACME001::without where part 1
src/annex/pack.gdpr::override ACME001::without where part 2
src/annex/pack.gdpr::says-hello::enough sentences
src/annex/pack.gdpr::says-hello::accepts 1
src/annex/pack.gdpr::says-hello::rejects 1
"""


def test_examples_and_conditions_of_an_override_are_tests_and_so_are_sentences_that_are_added(
    run: Run, annex: Path
) -> None:
    assert run("--collect-only", "-q", str(annex)).stdout.split("\n\n")[0] + "\n" == ANNEXED


def test_a_part_that_no_example_of_the_override_misses_is_a_test_that_fails(run: Run, annex: Path) -> None:
    done = run("-q", str(annex))

    assert "1 failed, 8 passed" in done.stdout, done.stdout
    assert (
        dedent("""\
             --> src/annex/pack.gdpr:8:44
              |
            8 |   where     activity.purpose is stated and k.data is stated
              |                                            ^^^^^^^^^^^^^^^^ left out, it changes no example
              |
              = help: write an example in which it alone decides, or leave it out
            """)
        in done.stdout
    )


def test_an_override_that_does_not_hold_is_a_test_that_fails(run: Run, annex: Path) -> None:
    annex.write_text(annex.read_text("utf-8").replace("  requires acme\n", ""), "utf-8")
    done = run("-q", str(annex))

    assert "FAILED src/annex/pack.gdpr::override ACME001::holds" in done.stdout, done.stdout
    assert "bad 1" not in done.stdout


def test_what_is_added_to_a_cue_is_shown_by_a_sentence(run: Run, annex: Path) -> None:
    text = annex.read_text("utf-8")
    annex.write_text(text.replace('  accepts  "Ahoy, all of you."\n  rejects  "A boy."\n', ""), "utf-8")
    done = run("-q", str(annex), "-k", "hello")

    assert "says-hello is added to, and no sentence under `accepts` or `rejects` shows it" in done.stdout, done.stdout


# ---- failures


def test_a_failure_is_shown_without_a_traceback(run: Run, rule: Callable[[str, str], None]) -> None:
    rule("keeps answers for 5 years", "keeps answers for 2 years")
    done = run("-q", "src/acme/storage/kept-too-long.gdpr::ACME001::bad 1")

    assert "Traceback" not in done.stdout
    assert ".py:" not in done.stdout
    assert "`24 months` is what the rule says (line 10)\n" in done.stdout


@pytest.fixture
def shown(repository: Path) -> Callable[[], str]:
    """What is shown of all that is wrong with the pack."""

    def shown() -> str:
        tested = library_with([str(repository / "src" / "acme")])
        cases = rule_cases(["acme"], tested.library)
        failures = [failure for case in cases for failure in check_case(case, tested.library)]
        return "\n\n".join(told(failure, path=tested.paths_from(repository)) for failure in failures)

    return shown


def test_a_bad_example_that_is_not_reported_shows_the_two_values_and_their_places(
    shown: Callable[[], str], rule: Callable[[str, str], None]
) -> None:
    rule("keeps answers for 5 years", "keeps answers for 2 years")

    assert shown() == dedent("""\
        error[test]: ACME001 `bad` example gives 0 findings, not one
          --> src/acme/storage/kept-too-long.gdpr:14:3
           |
        10 |   expect    k.for <= 24 months
           |             ------------------ this holds
        ...
        14 |   bad { activity study { keeps answers for 2 years then delete } }
           |   ^^^                                      ------- `k.for`
           |   |
           |   one finding of the rule is expected here
           |
           = note: `k.for` is `2 years` (line 14)
                   `24 months` is what the rule says (line 10)""")


def test_a_good_example_that_is_reported_shows_what_does_not_hold(
    shown: Callable[[], str], rule: Callable[[str, str], None]
) -> None:
    rule("keeps answers for 1 year", "keeps answers for 25 months")
    said = shown()

    assert "`good` example is reported: study keeps answers for longer than two years" in said
    assert "this does not hold" in said
    assert "`k.for` is `25 months` (line 15)" in said


def test_a_condition_that_no_example_misses_is_shown_at_its_place(
    shown: Callable[[], str], rule: Callable[[str, str], None]
) -> None:
    rule("keeps answers for 3 years", "keeps answers for 3 months")

    assert shown() == dedent("""\
        error[test]: ACME001 no example notices when `where` is left out
         --> src/acme/storage/kept-too-long.gdpr:9:3
          |
        9 |   where     k.then is stated
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^ left out, it changes no example
          |
          = help: write an example in which it alone decides, or leave it out""")


def test_a_condition_that_no_example_comes_to_is_shown_at_its_place(
    shown: Callable[[], str], rule: Callable[[str, str], None]
) -> None:
    rule("expect    k.for <= 24 months", "expect    k.for <= 24 months or k.for > 90 months and k.under is stated")
    said = shown()

    assert "no example comes to `k.under is stated`" in said
    assert "^^^^^^^^^^^^^^^^^ never asked" in said


def test_what_a_rule_lacks_is_told_once(shown: Callable[[], str], rule: Callable[[str, str], None]) -> None:
    rule('  title     "Answers are kept for two years at most"\n  why       "House rule 4."\n', "")

    assert shown().startswith(
        "error[test]: ACME001 has no `title`, has no `why`\n --> src/acme/storage/kept-too-long.gdpr:1:6\n"
    )


def test_a_day_that_the_calendar_does_not_have_is_told_at_the_example(
    shown: Callable[[], str], rule: Callable[[str, str], None]
) -> None:
    rule("good { activity study { keeps answers for 1", "good on 2026-02-30 { activity study { keeps answers for 1")
    said = shown()

    assert "`2026-02-30` is no day of the calendar" in said


@pytest.mark.parametrize("what", ["good in notes {", "good on 2026-02-30 {"])
def test_gdprlint_test_tells_such_a_fault_too(
    what: str, rule: Callable[[str, str], None], repository: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from gdprlint.cli import run

    rule("good {", what)
    monkeypatch.chdir(repository)

    assert run(["test", "src/acme"]) == 1
    assert "--> src/acme/storage/kept-too-long.gdpr:15:3" in capsys.readouterr().out


def test_a_folder_stands_in_for_the_installed_pack_that_it_declares(repository: Path) -> None:
    (repository / "src" / "acme" / "pack.gdpr").write_text('pack core "Core" {\n  prefix ACME\n}\n', "utf-8")
    tested = library_with([str(repository / "src" / "acme")])

    assert [pack.name for pack in tested.packs] == ["core"]
    assert [rule.code for rule in tested.library.rules if rule.pack == "core" and rule.code.startswith("A")] == [
        "ACME001"
    ]
