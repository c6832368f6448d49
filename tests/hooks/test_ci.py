"""The action for GitHub, the job for GitLab and `docs/ci.md`: their scripts are run as they are written.

What a runner does is done here: it lays out the inputs, sets the environment, and gives the script to a shell. That a
runner reads the files as they are meant is held against what they may contain, and no runner is at hand to try.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from gdprlint.reporters import REPORTERS
from tests.hooks.conftest import PAGE, ROOT, Machine, Ran, pack, snippets

pytestmark = pytest.mark.packaging

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
JOB: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text("utf-8"))["gdprlint"]
RECORD = 'organisation acme "Acme Research" is company in GB\nactivity study {\n  controller    acme\n}\n'


class Runner:
    """The steps of the action, as a runner would run them in a repository."""

    def __init__(self, machine: Machine, temp: Path) -> None:
        self.machine = machine
        self.temp = temp
        self.outputs: dict[str, dict[str, str]] = {}

    def step(self, name: str, repository: Path, **inputs: str) -> Ran:
        step = next(step for step in ACTION["runs"]["steps"] if step["id"] == name)
        assert step["shell"] == "bash"
        given = {key: value.get("default", "") for key, value in ACTION["inputs"].items()} | inputs
        values = {f"inputs.{key}": value for key, value in given.items()}
        values |= {f"steps.{id}.outputs.{key}": text for id, kept in self.outputs.items() for key, text in kept.items()}
        values["github.action_path"] = str(self.machine.project)
        environ = {
            key: re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: values[found[1]], text)
            for key, text in step["env"].items()
        }
        output, script = self.temp / f"{name}.output", self.temp / f"{name}.sh"
        output.write_text("")
        script.write_text(step["run"])
        done = self.machine.run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), cwd=repository,
            RUNNER_TEMP=str(self.temp), GITHUB_OUTPUT=str(output), CI="true", **environ,
        )  # fmt: skip
        self.outputs[name] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done


@pytest.fixture(scope="session")
def runner(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner that has installed gdprlint, as the first step of the action does."""
    runner = Runner(machine, tmp_path_factory.mktemp("runner"))
    done = runner.step("install", runner.temp)
    assert done.returncode == 0, done.stdout + done.stderr
    return runner


@pytest.fixture
def work(repository: Path) -> Path:
    """A repository with a record whose reference leads nowhere."""
    (repository / "gdprlint.toml").touch()
    (repository / "a.gdpr").write_text(RECORD)
    (repository / "my records").mkdir()
    (repository / "my records" / "b.gdpr").write_text(RECORD.replace("study", "other").replace("    acme", "  nobody"))
    return repository


def test_the_action_judges_what_the_runner_has_checked_out(runner: Runner, work: Path) -> None:
    done = runner.step("judge", work, format="concise")

    assert done.returncode == 1
    assert "my records/b.gdpr:3:15: error[REC001]" in done.stdout
    assert runner.outputs["judge"] == {"exit-code": "1"}


def test_the_action_takes_one_path_on_each_line(runner: Runner, work: Path) -> None:
    done = runner.step("judge", work, format="concise", paths="my records/b.gdpr\r\n\n")

    assert {line.split(":")[0] for line in done.stdout.splitlines() if "[" in line} == {"my records/b.gdpr"}


def test_the_action_fails_where_there_is_nothing_to_judge(runner: Runner, repository: Path) -> None:
    (repository / "gdprlint.toml").touch()
    (repository / "empty.gdpr").touch()

    assert runner.step("judge", repository, format="concise").returncode == 2


@pytest.mark.parametrize("name", ["paths", "format", "fail-on", "sarif"])
@pytest.mark.parametrize("text", ["$(touch X)", "`touch X`", "'; touch X; '", '"; touch X; "', "a\ntouch X", "--help"])
def test_no_input_of_the_action_is_run_or_taken_as_an_option(runner: Runner, work: Path, name: str, text: str) -> None:
    done = runner.step("judge", work, **{"format": "concise", name: text})

    assert not (work / "X").exists()
    assert done.returncode == 2 or (name == "sarif" and done.returncode == 1), "a file may have any name"


def test_no_script_holds_what_comes_from_outside() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"]]

    assert [script for script in scripts if "${{" in script] == []


def test_every_input_of_the_action_reaches_a_script() -> None:
    used = {name for step in ACTION["runs"]["steps"] for text in step["env"].values()
            for name in re.findall(r"inputs\.([\w-]+)", text)}  # fmt: skip

    assert used == set(ACTION["inputs"])


def test_the_action_marks_findings_in_the_change_and_writes_sarif(runner: Runner, work: Path) -> None:
    done = runner.step("judge", work, sarif="out.sarif")

    assert done.returncode == 1
    assert "::error " in done.stdout
    assert json.loads((work / "out.sarif").read_text())["version"] == "2.1.0"


def test_the_formats_that_ci_asks_for_are_there() -> None:
    asked = {ACTION["inputs"]["format"]["default"], "sarif", *re.findall(r"--output=(\w+)=", str(JOB["script"]))}

    assert asked <= set(REPORTERS)


# ---- GitLab


def test_the_job_for_gitlab_installs_judges_and_leaves_its_reports(
    machine: Machine, runner: Runner, work: Path
) -> None:
    """It installs by name, from an index that has the wheel of what the action has installed."""
    (site,) = (runner.temp / "gdprlint").glob("lib/python*/site-packages")
    pack(next(iter(importlib.metadata.distributions(name="gdprlint-uk", path=[str(site)]))), machine.home / "wheels")
    done = gitlab(machine, work, GDPRLINT_PATHS="a.gdpr:my records")

    assert done.returncode == 1
    assert "my records/b.gdpr:3:15: error[REC001]" in done.stdout
    for report in JOB["artifacts"]["reports"].values():
        assert (work / report).is_file()


@pytest.mark.parametrize("text", ["$(touch X)", "`touch X`", "; touch X", "--exit-zero"])
def test_no_variable_of_the_job_is_run_or_taken_as_an_option(
    machine: Machine, runner: Runner, work: Path, text: str
) -> None:
    (work / ".venv-gdprlint").symlink_to(Path(runner.outputs["install"]["scripts"]).parent)
    for name in ("GDPRLINT_PATHS", "GDPRLINT_FAIL_ON"):
        done = gitlab(machine, work, install=False, **{name: text})
        assert done.returncode == 2
    assert not (work / "X").exists()


def gitlab(machine: Machine, work: Path, install: bool = True, **variables: str) -> Ran:
    """Run the lines of the job as one script of `sh`, which stops at the first that fails."""
    lines = [*(JOB["before_script"] if install else []), *JOB["script"]]
    environ = {**JOB["variables"], "CI_PROJECT_DIR": str(work), "CI": "true", **variables}
    return machine.run("sh", "-e", "-c", "\n".join(lines), cwd=work, **environ)


# ---- the page


def test_the_hooks_on_the_page_are_those_that_there_are() -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    readme = re.findall(r"^```yaml\n(repos:.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (config,) = [yaml.safe_load(text) for text in snippets("yaml") if text.startswith("repos:")]
    assert [hook["id"] for hook in yaml.safe_load(readme[0])["repos"][0]["hooks"]] == [hook["id"] for hook in manifest]
    shown = {hook["id"] for hook in config["repos"][0]["hooks"]}

    assert {hook["id"] for hook in manifest} == shown
    assert all(f"| `{name}` |" in PAGE for name in shown)


def test_the_workflow_on_the_page_gives_the_action_what_it_takes() -> None:
    (workflow,) = [yaml.safe_load(text) for text in snippets("yaml") if "runs-on" in text]
    (step,) = [step for step in workflow["jobs"]["gdprlint"]["steps"] if "gdprlint@" in step["uses"]]

    assert set(step["with"]) <= set(ACTION["inputs"])
    rows = re.findall(r"^\| `([\w-]+)` \| (?:`(.*?)`)? ?\|", PAGE, re.MULTILINE)
    assert {name: default for name, default in rows if name in ACTION["inputs"]} == {
        name: str(given["default"]) for name, given in ACTION["inputs"].items()
    }


def test_the_variables_on_the_page_are_those_of_the_job() -> None:
    (config,) = [yaml.safe_load(text) for text in snippets("yaml") if text.startswith("include:")]

    assert set(config["variables"]) <= set(JOB["variables"])
    assert all(name in PAGE for name in JOB["variables"])
