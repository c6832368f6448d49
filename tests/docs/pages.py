"""The pages of docs/ as their tests see them: blocks, tables, and what gdprlint says of an example.

`python -m tests.docs.pages` writes the generated parts of the pages again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from attrs import AttrsInstance, fields, frozen

from gdprlint.configuration.shape import Configuration, PerPath, name_of
from gdprlint.diagnostics import Diagnostic
from gdprlint.engine import packs_used
from gdprlint.judging.judge import judge_register
from gdprlint.language import tree
from gdprlint.language.reading import read
from gdprlint.model.table import COMMON_TAILS, DECLARATIONS, SLOTS, VERBS, Slot, owners
from gdprlint.readers.register import Reading, read_file, read_register
from gdprlint.registers import Plan, load
from gdprlint.rules import packs
from gdprlint.rules.packs import Library
from gdprlint.text import Source

from .samples import SAMPLES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DAY = date(2026, 11, 22)
FENCE = re.compile(r"^```gdpr ?([\w -]*)\n((?:(?!```).*\n)*)```\n((?:\n(?:> .*\n)+)?)", re.M)
SPAN = re.compile(r"`([^`]+)`")


@frozen
class Block:
    """An example: `kind` is what stands behind `gdpr` in its fence, `said` the quoted lines below it."""

    page: str
    kind: str
    text: str
    line: int
    said: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@frozen
class Row:
    """A row of a table, by the words of its head."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def __str__(self) -> str:
        return f"line {self.line}"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def blocks(name: str) -> list[Block]:
    text = page(name)
    made = []
    for found in FENCE.finditer(text):
        said = tuple(line.removeprefix("> ") for line in found[3].split("\n") if line)
        line = text.count("\n", 0, found.start()) + 2
        made.append(Block(f"docs/{name}", found[1].strip(), found[2], line, said))
    return made


def tables(name: str) -> Iterator[list[Row]]:
    """The tables of a page, in order."""
    lines = page(name).splitlines()
    heads: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate([*lines, ""], 1):
        if not line.startswith("|"):
            if heads:
                yield rows
            heads, rows = [], []
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        if not heads:
            heads = cells
        elif set(line) - set("|-: "):
            rows.append(Row(number, dict(zip(heads, cells, strict=True))))


def spans(cell: str) -> list[str]:
    """What stands in code in a cell, as it would be written in a file."""
    return [found.replace("\\|", "|") for found in SPAN.findall(cell)]


# ---- what gdprlint says of an example


@cache
def library() -> Library:
    return packs.load()


def reading_of(files: dict[str, str], folder: Path) -> Reading:
    """The register that these files form."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    paths = sorted((folder / name).resolve() for name in files if name.endswith(".gdpr"))
    loaded = {path: load(path, 1_000_000) for path in paths}
    parsed = {item.path: read_file(item.source) for item in loaded.values() if item.source is not None}
    return read_register(Plan(folder, "docs", paths, set(paths)), loaded, parsed, library().vocabulary)


def told(files: dict[str, str], folder: Path) -> list[Diagnostic]:
    """What is wrong with these files before any rule judges them: syntax, names and words."""
    reading = reading_of(files, folder)
    packs_used(reading, library())
    found = [*reading.findings, *judge_register(reading.register, (), DAY).findings]
    return [finding for finding in found if not finding.span.path.endswith("/cast.gdpr")]


def sentence(finding: Diagnostic) -> str:
    return f"{finding.message} — {finding.help}" if finding.help else finding.message


def kind_of(text: str) -> str:
    """The verb or kind that the text begins with, or ''."""
    words = [word for word in text.split()[:3] if word not in ("possibly", "never")]
    for count in (2, 1):
        if " ".join(words[:count]) in VERBS or " ".join(words[:count]) in DECLARATIONS:
            return " ".join(words[:count])
    return "use" if words[:1] == ["use"] else ""


def as_file(text: str) -> str:
    """A declaration as it is; a clause in the block of what it may stand in."""
    kind = kind_of(text)
    if kind in DECLARATIONS or kind == "use" or not kind:
        return text + "\n"
    owner = owners(kind)[0] if "activity" not in owners(kind) else "activity"
    head = {"activity": "activity example-activity", "organisation": "organisation example-owner",
            "notice": 'notice example-notice "A notice"', "term": "term example term is contents",
            "pack": "pack example"}[owner]  # fmt: skip
    return f"{head} {{\n  " + text.replace("\n", "\n  ") + "\n}\n"


def cast_for(cast: str, text: str) -> str:
    """The cast without what the text declares itself."""
    names = set(_declared(read(Source("text", text)).tree))
    kept = []
    for item in read(Source("cast", cast)).tree.items:
        if type(item) is tree.Declaration and item.name.text not in names:
            kept.append(cast[item.start : item.end])
    return "\n".join(kept) + "\n"


def _declared(file: tree.File) -> Iterator[str]:
    pending = list(file.items)
    while pending:
        node = pending.pop()
        if type(node) is tree.Declaration:
            yield node.name.text
            pending.extend(node.lines or ())


# ---- generated parts


def _code(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _said(tails: dict[str, str], without: dict[str, str]) -> str:
    own = [f"`{joint}` {slot}".strip() for joint, slot in tails.items() if without.get(joint) != slot]
    return ", ".join(own) or "-"


def clauses_table() -> str:
    lines = ["| clause | is about | takes | stands in |", "|---|---|---|---|"]
    for verb in VERBS.values():
        about = "-" if verb.about is None else verb.about + (" (may be left out)" if verb.optional else "")
        stands = ", ".join(owners(verb.name))
        lines.append(f"| `{verb.name}` | {about} | {_said(verb.tails, COMMON_TAILS)} | {stands} |")
    return "\n".join(lines)


def declarations_table() -> str:
    lines = ["| declaration | takes |", "|---|---|"]
    lines += [f"| `{kind}` | {_said(tails, {})} |" for kind, tails in DECLARATIONS.items()]
    return "\n".join(lines)


def types_table() -> str:
    lines = ["| type | a name of | a term of | else | own words |", "|---|---|---|---|---|"]
    for slot in SLOTS.values():
        words = "yes" if slot.open else "no"
        lines.append(f"| {slot.name} | {_kinds(slot)} | {_roots(slot)} | {_literals(slot)} | {words} |")
    return "\n".join(lines)


def _kinds(slot: Slot) -> str:
    return "anything" if slot.kinds == ("*",) else ", ".join(slot.kinds) or "-"


def _roots(slot: Slot) -> str:
    return "anything" if slot.roots == ("*",) else _code(list(slot.roots)) or "-"


def _literals(slot: Slot) -> str:
    return ", ".join("number" if slot.name == "number" else literal for literal in slot.literals) or "-"


def keys_table(cls: type[AttrsInstance], nested: str = "") -> str:
    """The keys of a configuration, what each takes, and what it does."""
    lines = ["| key | for example | says |", "|---|---|---|"]
    for one in fields(cls):
        says = "What else holds for files, by pattern: see below." if one.name == nested else one.metadata["says"]
        lines.append(f"| `{name_of(one.name)}` | `{one.metadata['such_as']}` | {says} |")
    return "\n".join(lines)


GENERATED: dict[str, dict[str, Callable[[], str]]] = {
    "configuration.md": {
        "table of keys": lambda: keys_table(Configuration, "per_path"),
        "table of keys of per-path": lambda: keys_table(PerPath),
    },
    "language.md": {
        "table of declarations": declarations_table,
        "table of clauses": clauses_table,
        "table of types": types_table,
    },
    "output.md": SAMPLES,
}


def written(name: str, title: str) -> str:
    """What stands between the two markers of a generated part."""
    return page(name).split(f"<!-- {title} -->")[1].strip()


def rewrite() -> None:
    for name, parts in GENERATED.items():
        text = page(name)
        for title, make in parts.items():
            before, _, after = text.split(f"<!-- {title} -->")
            text = f"<!-- {title} -->".join((before, f"\n{make()}\n", after))
        (DOCS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    rewrite()
