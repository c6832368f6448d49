"""docs/compare.md: its output is real, and its tables are those of the code.

`python -m tests.docs.test_compare` writes the tables again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdprlint.cli import run
from gdprlint.comparing.topics import (
    DECLARED,
    NOT_COMPARED,
    NOT_COMPARED_KINDS,
    NOT_COMPARED_TAILS,
    TOPICS,
    VERBS_COMPARED,
)
from gdprlint.reporters.citations import spoken_together

PAGE = Path(__file__).parents[2] / "docs" / "compare.md"
TEXT = """record r of harbour under uk-gdpr 30(1)
organisation harbour "Harbour Institute" is research organisation in GB
data answers is survey answers
activity study {{
  keeps         answers for {period}
}}
"""


def test_the_output_on_the_page_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = re.search(r"```text\n\$ gdprlint compare OLD NEW\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    monkeypatch.chdir(tmp_path)
    Path("old.gdpr").write_text(TEXT.format(period="24 months"), encoding="utf-8")
    Path("new.gdpr").write_text(TEXT.format(period="3 years"), encoding="utf-8")

    assert run(["compare", "old.gdpr", "new.gdpr"]) == 1
    assert capsys.readouterr().out == shown[1]


def test_the_tables_on_the_page_are_those_of_the_code() -> None:
    page = PAGE.read_text("utf-8")

    assert page == with_tables(page), "python -m tests.docs.test_compare"


def with_tables(page: str) -> str:
    for mark, lines in (("table of topics", topics()), ("table of what is not compared", not_compared())):
        fence = f"<!-- {mark} -->\n"
        start, _, rest = page.partition(fence)
        _, _, end = rest.partition(fence)
        page = "".join([start, fence, *(f"{line}\n" for line in lines), fence, end])
    return page


def topics() -> Iterator[str]:
    yield "| topic | clauses and tails | law |"
    yield "|---|---|---|"
    found: dict[str, list[str]] = {name: [] for name in TOPICS}
    for verb, compared in VERBS_COMPARED.items():
        found[compared.topic].append(f"`{verb}`")
        for joint, own in compared.tails.items():
            found[own].append(f"`{verb} … {joint}`")
    for kind, (whole, tails) in DECLARED.items():
        found[whole].append(f"`{kind}` itself")
        for joint, other in tails.items():
            found[other].append(f"`{kind} … {joint}`")
    by_values = {
        "special category data": "data that are special category data",
        "criminal offence data": "data that are criminal offence data",
        "cookies": "`uses` with a storage technology or web analytics",
        "archive": "`keeps … with` an archive",
        "children": "`people` that are children",
    }
    for name, said in by_values.items():
        found[name].append(said)
    found["activity"].append("activities that only one side has")
    found["documents on file"].append("documents that only one side has")
    for name, topic in TOPICS.items():
        yield f"| {name} | {', '.join(found[name])} | {spoken_together(topic.provisions)} |"


def not_compared() -> Iterator[str]:
    yield "| what | why |"
    yield "|---|---|"
    for what, why in {**NOT_COMPARED, **NOT_COMPARED_KINDS}.items():
        yield f"| `{what}` | {why} |"
    for (kind, joint), why in NOT_COMPARED_TAILS.items():
        yield f"| `{kind} … {joint}` | {why} |"
    yield "| titles of activities and own words | worded otherwise, they cannot be told to mean something else |"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), encoding="utf-8")
