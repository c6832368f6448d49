"""docs/model.md says where each fact lives: its examples are read, its paths lead to what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gdprlint.cli import main
from gdprlint.model.states import Extent, State
from gdprlint.model.things import Values
from gdprlint.rules import reach, types
from gdprlint.rules.rule import Context
from gdprlint.show import show_json

from .pages import DAY, Row, as_file, cast_for, kind_of, reading_of, sentence, spans, tables, told
from .test_language import CAST

PAGE = "model.md"
TABLES = list(tables(PAGE))
HOMES = [rows for rows in TABLES if {"written", "path"} <= set(rows[0].cells)]
ROWS = [row for rows in HOMES for row in rows]

UK_GDPR = """
activity controller public_authority uk_established joint_controllers representative dpo role owner
    last_reviewed start_date collection_end employees
purpose text kind public_function lawful_basis basis_in_law task_holder interest assessment_ref
    annex1_condition request_ref further_of compat_ground annex2_condition ras gateway measures
    substantial_harm_likely individual_decisions outputs_identify public_interest_reason broad_consent
data_categories label special criminal direct_identifier retention purposes
subjects category children min_age
source direct indirect observed name public
conditions art9 sch1_para apd_ref spi_reason
consent mechanism record withdraw_channel
recipients
processors contract_ref terms sub_processors country
transfers country mechanism safeguard derogation dp_test dpf_uk_extension copy_contact
rights right art17_3 exemption impairment_reason
adm solely_automated significant safeguards
dpia ref date parts residual_risk
security
breach
complaints channel ack_days steps
notice text date timing issuer_role exemption public_url
config as_of digital_consent_age adequacy_list_version
"""
ITEMS = """
controller-identity controller-contact joint-controllers representative dpo-contact purposes lawful-basis
lawful-basis-named legitimate-interests-described special-category-data article-9-condition
schedule-1-condition public-task-law data-categories source recipients processors-named transfers
transfer-safeguards retention right-access right-rectification right-erasure right-restriction
right-portability right-objection right-withdraw-consent complaint-regulator complaint-controller
obligation-to-provide automated-decisions ai-use children further-purpose security anonymisation
safeguarding-disclosure data-linkage archive-deposit recording quotes voluntary-participation sponsor
incentive recontact notice-date law-cited cookies
"""
FACTS = """
controllers processors recipients dpo_contacts lawful_bases article_9 schedule_1 legal_basis_in_law
transfers transfer_countries transfer_mechanisms retention rights stale_law stale_body special_categories
sources notice_date
"""


def table(head: str, number: int = 0) -> list[Row]:
    return [rows for rows in HOMES if head in rows[0].cells][number]


def examples(row: Row) -> list[str]:
    return [span for span in spans(row["written"]) if kind_of(span) and len(span.split()) > 1]


def register_text(row: Row) -> str:
    """One register with all that the row writes; the clauses of an activity stand in the river study."""
    clauses: list[str] = []
    rest: list[str] = []
    for text in examples(row):
        whole = as_file(text)
        if whole.startswith("activity example-activity"):
            clauses.append(text)
        else:
            rest.append(whole)
    return "".join(rest) + "activity river-study {\n  " + "\n  ".join(clauses) + "\n}\n"


def files_of(row: Row) -> dict[str, str]:
    text = register_text(row)
    return {"example.gdpr": text, "cast.gdpr": cast_for(CAST, text)}


# ---- homes


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_a_row_writes_is_read_without_a_fault(row: Row, tmp_path: Path) -> None:
    assert [sentence(finding) for finding in told(files_of(row), tmp_path)] == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_row_has_a_home_and_its_path_leads_to_what_is_written(row: Row, tmp_path: Path) -> None:
    paths = spans(row["path"])
    assert paths
    assert examples(row) or "--as-of" in row["written"]
    for path in paths:
        if path == "as-of":
            continue
        if path.startswith("show: "):
            assert shown(row, path.removeprefix("show: "), tmp_path), path
        else:
            assert_resolves(path)
            assert reached(row, path, tmp_path), path


def assert_resolves(path: str) -> None:
    first, *rest = path.split(".")
    kind = types.KIND_TYPES[first]
    for word in rest:
        assert word in types.fields(kind), f"{path}: {kind} has no field `{word}`"
        kind = types.fields(kind)[word]


def reached(row: Row, path: str, folder: Path) -> bool:
    """Whether something is at the path, for some thing that the row declares."""
    register = reading_of(files_of(row), folder).register
    first, *rest = path.split(".")
    written = re.findall(r"[\w-]+", row["written"])
    kinds = ("organisation", "organisations") if first == "organisation" else (first,)
    context = Context(register, DAY, Extent.CONTROLLER_RECORD, True)
    for thing in register.things:
        if thing.kind not in kinds or (thing.path.endswith("cast.gdpr") and thing.name not in written):
            continue
        value: Any = thing
        for word in rest:
            value = reach.get(context, value, word)
        if not isinstance(value, Values) or value.state is not State.SILENT:
            return True
    return False


def shown(row: Row, path: str, folder: Path) -> bool:
    """Whether `gdprlint show` prints such a key: `clauses.margin.lines`."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files_of(row).items():
        (folder / name).write_text(text, "utf-8")
    whole = json.loads(show_json([str(folder)]))
    things = [thing for register in whole["registers"] for thing in register["things"].values()]
    first, *rest = path.split(".")
    clauses = [clause for thing in things for said in thing.get("clauses", {}).values() for clause in said]
    found: list[Any] = things if first == "things" else clauses
    for word in rest:
        inner = [value[word] for value in found if word in value]
        found = [part for value in inner for part in (value if isinstance(value, list) else [value])]
    return bool(found)


def test_every_fact_of_the_packs_and_every_item_of_a_notice_has_a_row() -> None:
    wanted = []
    for line in re.sub(r"\n {4}", " ", UK_GDPR).split("\n"):
        head, *rest = line.split() or [""]
        wanted += [f"{head}.{name}" for name in rest] or ([head] if head else [])
    assert [row["fact"] for row in table("fact")] == wanted
    assert len(table("fact", 1)) == 24  # organisation.status to age asked first
    assert [row["item"] for row in table("item")] == ITEMS.split()
    named = {re.split(r"[.,]", row["fact"])[0] for row in table("fact", 2)}
    assert named == {*FACTS.split(), "kind"}


def test_every_construct_and_every_period_has_a_row() -> None:
    assert [row["construct"] for row in table("construct")] == [f"D{number:02}" for number in range(1, 73)]
    assert len(table("kind of period")) == 25
    assert len(table("what it is")) == 9


# ---- the contract in words


def test_states_and_extents_are_those_of_the_model() -> None:
    rows = next(rows for rows in TABLES if "it is" in rows[0].cells)
    assert [spans(row["state"])[0] for row in rows] == [state.value for state in State]
    rows = next(rows for rows in TABLES if "judged as" in rows[0].cells)
    judged_as = {extent.value: extent.document for extent in Extent}
    judged_as[Extent.EXCERPT.value] = "what its header is"
    assert {spans(row["extent"])[0]: row["judged as"] for row in rows} == judged_as


def test_every_derived_field_is_there_and_no_other() -> None:
    from gdprlint.model.register import DERIVED_FIELDS

    rows = next(rows for rows in TABLES if "is" in rows[0].cells and "written" in rows[0].cells)
    named = {tuple(spans(row["path"])[0].split(".")) for row in rows}
    same_as_others = {("activity", "from"), ("activity", "until")}  # its own tails, else those around it
    wanted = {(kind, name) for kind, names in DERIVED_FIELDS.items() for name in names if kind}
    wanted = {(kind, name) for kind, name in wanted if kind != "organisations"}
    assert wanted - same_as_others <= named
    assert set(DERIVED_FIELDS.get("", ())) <= {name for _, name in named}


def keys_of(value: object, prefix: str = "") -> set[str]:
    """Every key of the JSON, with the keys above it."""
    if isinstance(value, list):
        return {key for part in value for key in keys_of(part, prefix)}
    if not isinstance(value, dict):
        return set()
    inner = {key for name, part in value.items() for key in keys_of(part, f"{prefix}{name}.")}
    return {prefix + name for name in value} | inner


def documented(title: str) -> set[str]:
    text = (Path(__file__).parents[2] / "docs" / PAGE).read_text("utf-8")
    part = text.split(f"### `{title}`")[1].split("\n#")[0]
    return {key for line in part.splitlines() if line.startswith("| `") for key in spans(line.split("|")[1])}


SAMPLE = """\
notice n "River notice" of study on 2026-02-01 {
  keep nothing
}
organisation harbour "Harbour" is company in GB
people members "Members"
data answers of members is survey answers  [n 3]
activity study "Study" from 2026-01-01 {
  controller    harbour only
  keeps         answers, never "paper" for at most 2 years after "the end"  [n 3 "two years"]
  activity inner { lawful basis contract or consent "as said" }
}
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.gdpr"
    path.write_text(SAMPLE, "utf-8")
    return path


def output(*words: str) -> Any:
    return json.loads(CliRunner().invoke(main, list(words)).stdout)


def test_the_keys_of_check_are_those_of_the_page(sample: Path) -> None:
    whole = output("check", "--format", "json", "--as-of", "2026-11-22", "--select", "syntax", str(sample))
    assert whole["version"] == 1
    found = {key for key in keys_of(whole) if not key.startswith(("findings.labels.", "findings.fixes.edits."))}
    broken = {"problems.message", "problems.where"}  # there only where a run broke
    terms = ("kind", "justification", "owner", "until", "place", "finding")  # and these where something is accepted
    assert found | broken | {f"suppressed.{key}" for key in terms} == documented("gdprlint check --format json")


def test_the_keys_of_rules_are_those_of_the_page() -> None:
    assert keys_of(output("rules", "--format", "json")) == documented("gdprlint rules --format json")


def test_the_keys_of_compare_are_those_of_the_page(tmp_path: Path) -> None:
    for name, until, day in (("old", "2 years", "1 month"), ("new", "3 years", "30 days")):
        text = (
            f'notice n "policy.md"\ndata a is name\nactivity s {{\n  keeps a for {until} [1]\n'
            f"  complaints to everyone within {day}\n}}\n"
        )
        (tmp_path / f"{name}.gdpr").write_text(text, encoding="utf-8")
    (tmp_path / "policy.md").write_text("We keep it.\n", encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "broken.gdpr").write_text("x" * 400, encoding="utf-8")
    (tmp_path / "records" / "new.gdpr").write_text("activity a {\n}\n", encoding="utf-8")
    old, new, broken = (str(tmp_path / name) for name in ("old.gdpr", "new.gdpr", "records"))

    found = keys_of(output("compare", old, new, "--format", "json"))
    found |= keys_of(output("compare", new, broken, "--format", "json", "--max-bytes", "300"))

    nested = {key for key in found if key.startswith(("unclear.", "changes.old.", "changes.new.", "changes.labels."))}
    assert found - nested == documented("gdprlint compare --format json")


def test_the_keys_of_show_are_those_of_the_page(sample: Path) -> None:
    whole = output("show", str(sample))
    things: list[Any] = list(whole["registers"][0]["things"].values())
    clauses = [clause for thing in things for found in thing.get("clauses", {}).values() for clause in found]
    lists = [part for thing in (*things, *clauses) for part in thing.get("tails", {}).values()]
    lists += [clause["about"] for clause in clauses if "about" in clause]
    items = [item for part in lists for item in part.get("items", ())]
    margins = [margin for said in (*things, *clauses) for margin in said.get("margin", ())]
    found = {"version", "registers", *(f"registers.{key}" for key in whole["registers"][0])}
    parts = {"things": things, "clauses": clauses, "lists": lists, "items": items, "margin": margins}
    for name, values in parts.items():
        found |= {f"{name}.{key}" for value in values for key in value}
    assert found == documented("gdprlint show")


def test_the_fingerprint_knows_no_place(tmp_path: Path) -> None:
    """A line above, another file and other spaces are the same finding."""
    text = "activity study {\n  collects      nobody-knows\n}\n"
    found = []
    for name, source in {"a.gdpr": text, "b.gdpr": "# moved\n\n" + text.replace("      ", " ")}.items():
        folder = tmp_path / name[0]
        folder.mkdir()
        found.append([f.fingerprint for f in told({name: source}, folder)])
    assert found[0] == found[1]
    assert len(found[0]) == 1
