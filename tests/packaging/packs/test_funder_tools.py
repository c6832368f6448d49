"""A funder's tools in Python, installed from their wheel: a form, functions, words, a cue, a format and a command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment

pytestmark = pytest.mark.packaging

Make = Callable[..., "Environment"]
EXAMPLE = Path(__file__).parents[3] / "examples" / "packs" / "gdprlint-funder-tools" / "example"
PLAN = "neighbours.plan.csv"
DAY = ("--as-of", "2026-11-21")
FUNDER = ("--select", "ferrowby,ferrowby-grants,syntax")
WITHOUT = {"GDPRLINT_PLUGINS": "funder-rules,uk-gdpr,dpa-2018,mrs-code"}


@pytest.fixture(scope="module")
def tools(make_environment: Make, funder_rules: dict[str, Path], funder_tools: Path) -> Environment:
    return make_environment(funder_rules["1.1"], funder_tools)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLE / PLAN, tmp_path)
    return tmp_path


def codes(environment: Environment, folder: Path, path: str) -> list[str]:
    done = environment.run("gdprlint", "check", path, *DAY, *FUNDER, "--format", "json", cwd=folder)
    return sorted(finding["code"] for finding in json.loads(done.stdout)["findings"])


def test_it_uses_every_hook(tools: Environment, tmp_path: Path) -> None:
    listed = json.loads(tools.run("gdprlint", "plugins", "--format", "json", cwd=tmp_path).stdout)
    (plugin,) = [plugin for plugin in listed["plugins"] if plugin["name"] == "gdprlint_funder_tools"]

    assert {hook.removeprefix("gdprlint_") for hook in plugin["hooks"]} == {
        "rules", "rule_packs", "vocabularies", "cues", "functions", "readers", "reporters", "commands",
    }  # fmt: skip


def test_its_rules_keep_what_they_promise_by_its_functions(tools: Environment, tmp_path: Path) -> None:
    done = tools.run("gdprlint", "test", "ferrowby-grants", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 rules, 11 examples: all passed, and every condition is noticed.\n"


def test_its_own_tests_pass_where_it_is_installed(tools: Environment, own_tests: Callable[..., str]) -> None:
    assert own_tests(tools, "gdprlint-funder-tools", "tests").startswith("54 passed")


def test_the_form_is_judged_and_findings_stand_in_its_cells(tools: Environment, folder: Path) -> None:
    done = tools.run("gdprlint", "check", PLAN, *DAY, *FUNDER, cwd=folder)

    assert done.stdout == (EXAMPLE / "expected.txt").read_text(encoding="utf-8")
    assert done.returncode == 1


def test_the_record_that_the_form_amounts_to_is_judged_alike(tools: Environment, folder: Path) -> None:
    done = tools.run("gdprlint", "read", PLAN, "--output", "plan.gdpr", cwd=folder)
    assert "4: `13/13/2025` is no date" in done.stderr
    of_form = codes(tools, folder, PLAN)
    (folder / PLAN).unlink()

    assert [code for code in of_form if code != "syntax"] == codes(tools, folder, "plan.gdpr")


def test_the_return_of_a_quarter_is_judged_as_on_its_last_day(tools: Environment, folder: Path) -> None:
    done = tools.run("gdprlint", "funder-return", "--quarter", "2026Q3", PLAN, cwd=folder)

    assert done.stdout == (EXAMPLE / "return-2026Q3.csv").read_text(encoding="utf-8")
    assert ",2026-09-30\n" in done.stdout
    assert done.returncode == 1


def test_the_format_may_be_asked_for_wherever_formats_are(tools: Environment, folder: Path) -> None:
    (folder / "gdprlint.toml").write_text('format = "ferrowby-return"\n', encoding="utf-8")
    configured = tools.run("gdprlint", "check", *DAY, *FUNDER, ".", cwd=folder).stdout
    option = ("--format", "concise", "--output", "ferrowby-return=return.csv")
    tools.run("gdprlint", "check", *DAY, *FUNDER, *option, ".", cwd=folder)

    assert configured.startswith("study,terms,rule,what,state,")
    assert (folder / "return.csv").read_text(encoding="utf-8") == configured


def test_a_quarter_that_is_none_is_refused(tools: Environment, folder: Path) -> None:
    done = tools.run("gdprlint", "funder-return", "--quarter", "2026Q5", PLAN, cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert "`2026Q5` is no quarter; write it as 2026Q3" in done.stderr


@pytest.mark.parametrize(
    ("programme", "plan_is_asked_for"), [("ferrowby-later-life", True), ("ferrowby-starting-out", False)]
)
def test_a_programme_of_the_table_is_a_grant_of_its_kind(
    tools: Environment, tmp_path: Path, programme: str, plan_is_asked_for: bool
) -> None:
    """Rules of the other distribution speak of kinds of grants, and know none of the programmes."""
    (tmp_path / "record.gdpr").write_text(
        'organisation trust "Ferrowby Trust" is ferrowby trust in GB\n'
        f'activity study "A study" {{\n  sponsor       trust under {programme}\n}}\n',
        encoding="utf-8",
    )

    assert ("FER101" in codes(tools, tmp_path, "record.gdpr")) is plan_is_asked_for


def test_a_programme_of_the_table_is_heard_in_notices(tools: Environment, tmp_path: Path) -> None:
    (tmp_path / "notice.md").write_text(
        "# Privacy notice\n\nThe Mossdale Institute is the controller of your personal data.\n\n"
        "Our work is supported through the Later Life programme.\n",
        encoding="utf-8",
    )

    def heard(environ: dict[str, str]) -> str:
        read = ("gdprlint", "read", "notice.md", "--format", "json")
        done = tools.run(*read, cwd=tmp_path, environ=environ)
        return str(json.loads(done.stdout)["items"]["sponsor"]["status"])

    assert (heard(WITHOUT), heard({})) == ("not-applicable", "stated")


def test_the_cue_that_is_made_of_the_table_holds_on_its_sentences(tools: Environment, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from gdprlint_funder_tools.programmes import cues, table\n"
        "Path('made').mkdir(); Path('made/cues.gdpr').write_text(cues(table()), encoding='utf-8')"
    )
    assert tools.run("python", "-c", code, cwd=tmp_path).stderr == ""
    done = tools.run("gdprlint", "test", "./made", cwd=tmp_path, environ=WITHOUT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 sentences: all passed" in done.stdout


def test_without_the_tools_there_is_no_form_no_format_and_no_command(
    make_environment: Make, funder_rules: dict[str, Path], funder_tools: Path, folder: Path
) -> None:
    environment = make_environment(funder_rules["1.1"], funder_tools)
    assert "funder-return" in environment.run("gdprlint", "--help", cwd=folder).stdout
    environment.uninstall("gdprlint-funder-tools")

    assert "funder-return" not in environment.run("gdprlint", "--help", cwd=folder).stdout
    command = environment.run("gdprlint", "funder-return", "--quarter", "2026Q3", cwd=folder)
    form = environment.run("gdprlint", "check", "--format", "ferrowby-return", cwd=folder)
    assert (command.returncode, form.returncode) == (2, 2)
    assert "there is no .gdpr file" in environment.run("gdprlint", "check", ".", cwd=folder).stderr
