"""docs/language.md says what the product does: its examples are read, its tables executed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gdprlint.diagnostics import Diagnostic
from gdprlint.language.reading import read
from gdprlint.model.register import Register
from gdprlint.model.table import DECLARATIONS, VERBS
from gdprlint.rules import packs, types
from gdprlint.rules.declared import EXTENTS
from gdprlint.rules.expressions import Maker
from gdprlint.rules.rule import Context
from gdprlint.testing import check_case, rule_cases
from gdprlint.text import Source

from .pages import (
    DAY,
    GENERATED,
    Block,
    Row,
    as_file,
    blocks,
    cast_for,
    kind_of,
    library,
    page,
    reading_of,
    sentence,
    spans,
    tables,
    told,
    written,
)

PAGE = "language.md"
BLOCKS = blocks(PAGE)
CAST = next(block.text for block in BLOCKS if block.kind == "cast")
TABLES = list(tables(PAGE))
SUPPLIERS = next(block.text for block in BLOCKS if block.text.startswith("# suppliers.gdpr\n"))


def of_kind(*kinds: str) -> list[Block]:
    return [block for block in BLOCKS if block.kind in kinds]


def table_with(head: str) -> list[Row]:
    return next(rows for rows in TABLES if head in rows[0].cells)


def files_of(text: str) -> dict[str, str]:
    return {"example.gdpr": text, "cast.gdpr": cast_for(CAST, text)}


def lines_of(findings: list[Diagnostic]) -> list[str]:
    return [sentence(finding) for finding in findings]


# ---- blocks


def test_every_block_of_the_page_is_known_to_these_tests() -> None:
    assert len(BLOCKS) == len(re.findall(r"^```gdpr", page(PAGE), re.M))
    assert {block.kind for block in BLOCKS} == {"", "cast", "clauses", "error", "expressions", "pack"}


@pytest.mark.parametrize("block", of_kind("", "cast", "pack"), ids=str)
def test_a_whole_file_is_read_without_a_fault(block: Block, tmp_path: Path) -> None:
    (tmp_path / "suppliers.gdpr").write_text(SUPPLIERS, "utf-8")
    found = told({"example.gdpr": block.text}, tmp_path)
    if "rule " in block.text or block.kind == "pack":
        found = [finding for finding in found if finding.code == "syntax"]
    assert lines_of([finding for finding in found if finding.code != "REC008"]) == []


@pytest.mark.parametrize("block", of_kind("clauses", "error"), ids=str)
def test_clauses_are_read_as_the_page_says(block: Block, tmp_path: Path) -> None:
    text = block.text
    if text.split()[0] not in DECLARATIONS:
        text = "activity example-activity {\n  " + text.strip().replace("\n", "\n  ") + "\n}\n"
    assert tuple(lines_of(told(files_of(text), tmp_path))) == block.said


def _rule_blocks() -> list[Block]:
    return [block for block in of_kind("") if block.text.startswith("rule ")]


@pytest.mark.parametrize("block", _rule_blocks(), ids=str)
def test_a_rule_passes_its_own_examples(block: Block, tmp_path: Path) -> None:
    pack = tmp_path / "example-pack"
    name = block.text.split()[2]
    (pack / "topic").mkdir(parents=True)
    (pack / "topic" / f"{name}.gdpr").write_text(block.text, "utf-8")
    (pack / "cast.gdpr").write_text(CAST, "utf-8")
    local = packs.load((str(pack),))
    cases = rule_cases(["example-pack"], local)
    assert [str(failure) for case in cases for failure in check_case(case, local)] == []
    assert len(cases) == 1


VARIABLES = {
    "activity": types.KIND_TYPES["activity"],
    "document": types.KIND_TYPES["document"],
    **{name: types.fields(types.KIND_TYPES["activity"])[field] for name, field in
       {"k": "keeps", "j": "keeps", "d": "data", "p": "recipients"}.items()},
}  # fmt: skip
EXPRESSIONS = [
    (line.partition("#")[0].strip(), block.line + number)
    for block in of_kind("expressions")
    for number, line in enumerate(block.text.splitlines())
]


@pytest.mark.parametrize(("text", "line"), EXPRESSIONS, ids=lambda part: str(part))
def test_an_expression_can_be_made(text: str, line: int) -> None:
    maker, _ = made(text)
    assert [sentence(fault) for fault in maker.faults] == [], line


def made(text: str):  # type: ignore[no-untyped-def]
    parsed = read(Source("rule", f"rule ZZ1 example {{\n  for each  activity\n  expect    {text}\n}}\n"))
    assert parsed.faults == ()
    head = next(head for head in parsed.tree.items[0].heads if head.kind == "expect")
    maker = Maker("rule", library().vocabulary, dict(VARIABLES))
    return maker, maker.test_of(head.values[0])


# ---- the tables of how things are said


SAID = [
    (span, row.line)
    for head in ("what must be said", "kind of period", "what it is", "said by", "says")
    for row in table_with(head)
    for name, cell in row.cells.items()
    if name in ("how", "said by", "says")
    for span in spans(cell)
    if kind_of(span) and len(span.split()) > 1
]


@pytest.mark.parametrize(("text", "line"), SAID, ids=lambda part: str(part))
def test_what_the_tables_say_is_read_without_a_fault(text: str, line: int, tmp_path: Path) -> None:
    whole = as_file(text)
    assert lines_of(told(files_of(whole), tmp_path)) == [], line


def test_every_construct_has_its_row() -> None:
    rows = [row for row in table_with("what must be said") if not row["what must be said"].startswith("**")]
    assert [row[""] for row in rows] == [f"D{number:02}" for number in range(1, 73)]
    assert [row.line for row in rows if not row["how"]] == []


def test_the_tables_of_provisions_holds_provisions() -> None:
    from gdprlint.model.provisions import Provision

    for row in table_with("written"):
        for text in spans(row["written"]):
            Provision.parse(text)


# ---- states

TRUTH = {True: "yes", False: "no", None: "n/a"}
SILENT = "silence does not count"


def truth(register: Register, text: str, silence: bool) -> str:
    """What the expression gives for the activity of the register."""
    maker, test = made(text)
    assert maker.faults == []
    activity = register.of_kind("activity")[0]
    context = Context(register, DAY, register.extent_of(activity), silence)
    found = test(context, {"activity": activity})
    return TRUTH.get(found, "?") if not isinstance(found, str) else "?"


def register_of(written: str, folder: Path) -> Register:
    lines = "".join(f"  {line}\n" for line in spans(written))
    return reading_of({"example.gdpr": "activity example-activity {\n" + lines + "}\n"}, folder).register


QUANTIFIERS = ("some", "every", "no")
STATES = table_with("is stated")
CELLS = [(row, test) for row in STATES for test in row.cells if test not in ("state", "written")]


@pytest.mark.parametrize(("row", "test"), CELLS, ids=str)
def test_each_cell_of_the_table_of_states_is_what_rules_get(row: Row, test: str, tmp_path: Path) -> None:
    if test in QUANTIFIERS:
        expression = f"{test} b in activity.lawful-basis is consent"
    elif test.startswith("since"):
        expression = f"activity.lawful-basis.{test}"
    else:
        expression = f"activity.lawful-basis {test}"
    register = register_of(row["written"], tmp_path)
    assert truth(register, expression, "does not" not in row["state"]) == row[test]


def test_every_state_that_a_rule_can_ask_for_has_a_row_and_a_column() -> None:
    from gdprlint.rules.rule import STATE_WORDS

    assert {f"is {word}" for word in STATE_WORDS} <= set(STATES[0].cells)
    assert set(STATE_WORDS) <= {re.split(r"[,:]", row["state"])[0] for row in STATES}


COUNTS = ("contains consent, silence counts", "the same, " + SILENT)
LISTS = [(row, column) for row in table_with("list") for column in COUNTS]


@pytest.mark.parametrize(("row", "column"), LISTS, ids=str)
def test_each_cell_of_the_table_of_lists_is_what_rules_get(row: Row, column: str, tmp_path: Path) -> None:
    register = register_of(row["written"], tmp_path)
    assert truth(register, "activity.lawful-basis contains consent", SILENT not in column) == row[column]


def test_extents_are_those_of_the_model() -> None:
    assert [spans(row["extent"])[0] for row in table_with("extent")] == list(EXTENTS)


# ---- generated parts


@pytest.mark.parametrize("title", GENERATED[PAGE])
def test_a_generated_table_is_current(title: str) -> None:
    """`python -m tests.docs.pages` writes it again."""
    assert written(PAGE, title) == GENERATED[PAGE][title]()


def test_every_head_of_a_rule_is_explained() -> None:
    from gdprlint.language.parser import machine

    explained = {word for row in table_with("head") for word in spans(row["head"])}
    assert set(machine().heads) <= explained | {"label"}


def test_the_page_speaks_of_every_verb_outside_its_generated_table() -> None:
    """A verb that no example uses is not documented by a line of a table."""
    used = " ".join([*(block.text for block in BLOCKS), *(text for text, _ in SAID)])
    unspoken = [verb for verb in VERBS if not re.search(rf"(?<![\w-]){re.sub(' ', r'[ ]+', verb)}\s", used)]
    assert unspoken == []
