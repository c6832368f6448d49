"""From the files of a pack to plain data: its rules without their examples, its words, its cues, and what is wrong.

What is made here is kept, and read instead of the files as long as these are as they were. Knows no other pack, and
checks no rule.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic
from gdprlint.language import tree
from gdprlint.model.vocabulary import term_data
from gdprlint.text import Source

FORM = 14  # raise it when the compiled form of a pack changes


def shown(pack: str, path: str) -> str:
    """How the place of a rule file is shown: below the name of its pack."""
    return f"{pack}/{path}"


def source_of(path: str, content: bytes) -> Source:
    """The text of a file of a pack."""
    return Source(path, content.decode("utf-8", "replace").lstrip("\ufeff"))


def pack_files(folder: Path) -> list[tuple[str, bytes]]:
    """The `.gdpr` files of a pack in order, with their paths below it; a pack may be one file."""
    if disk.is_file(folder):
        return [(folder.name, disk.read(folder))]
    found = []
    for path in map(Path, disk.below(folder, (".gdpr",), hidden=(".", "_"))):
        if path.suffix == ".gdpr" and not path.name.startswith("."):
            found.append((path.relative_to(folder).as_posix(), disk.read(path)))
    return sorted(found)


def pack_digest(files: list[tuple[str, bytes]]) -> str:
    from gdprlint.language import tables

    digest = hashlib.sha256(f"{FORM} {tables.digest()}".encode())
    for path, content in files:
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def compile_pack(name: str, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """The pack as JSON-ready data: its rules without their examples, its terms, and faults of syntax."""
    from gdprlint.language.reading import read
    from gdprlint.readers.terms import faults_of, places_of, terms_of

    rules: list[dict[str, Any]] = []
    terms: list[Any] = []
    places: list[list[Any]] = []
    faults: list[dict[str, Any]] = []
    overrides: list[dict[str, Any]] = []
    about: dict[str, Any] = {"prefixes": [], "edition": "", "requires": [], "cues": []}
    title = ""
    for path, content in files:
        source = source_of(shown(name, path), content)
        parsed = read(source)
        told = [*parsed.faults, *faults_of(parsed.tree, source.path)]
        if _has_cues(content):
            from gdprlint.prose.cues import faults_of as cue_faults
            from gdprlint.prose.cues import listed as listed_cues

            told.extend(cue_faults(parsed.tree, source.path))
            about["cues"].extend([*row[:3], path, *row[3:]] for row in listed_cues(parsed.tree))
        faults.extend(map(fault_data, told))
        terms.extend(term_data(term) for term in terms_of(parsed.tree, name))
        places.extend([path, start, end] for start, end in places_of(parsed.tree))
        for item in parsed.tree.items:
            if type(item) is tree.Rule:
                rules.append(
                    {
                        "path": path,
                        "topic": path.partition("/")[0] if "/" in path else "",
                        "tree": tree.encode(without_examples(item)),
                        "levels": [
                            " ".join(source.text[head.start : head.end].split()[1:])
                            for head in item.heads
                            if type(head) is tree.Head and head.kind == "severity"
                        ][1:],
                    }
                )
            elif type(item) is tree.Override:
                from gdprlint.rules.overrides import override_data

                overrides.append(override_data(item, path, source))
            elif type(item) is tree.Declaration and item.kind.text == "pack":
                from gdprlint.rules.requirements import said_of

                title = item.title or ""
                said = said_of(item, path)
                about["edition"] = said.pop("edition") or about["edition"]
                for key, rows in said.items():
                    about[key].extend(rows)
    return {
        "rules": rules, "terms": terms, "places": places, "faults": faults, "title": title, "overrides": overrides,
        **about,
    }  # fmt: skip


def compile_cues(name: str, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """The cues and wordings that the files of a pack declare."""
    from gdprlint.language.reading import read
    from gdprlint.prose import cues

    found: dict[str, Any] = {"cues": [], "more": [], "wordings": []}
    for path, content in files:
        if _has_cues(content):
            parsed = read(source_of(shown(name, path), content))
            found["cues"].extend(cues.cue_data(cue) for cue in cues.cues_of(parsed.tree, name))
            found["more"].extend(cues.cue_data(cue) for cue in cues.additions_of(parsed.tree, name))
            found["wordings"].extend(cues.wordings_of(parsed.tree))
    return found


def _has_cues(content: bytes) -> bool:
    return b"cue" in content or b"wording" in content


def without_examples(rule: tree.Rule) -> tree.Rule:
    heads = tuple(head for head in rule.heads if not (type(head) is tree.Head and head.kind == "example"))
    return rule._replace(heads=heads)


def fault_data(fault: Diagnostic) -> dict[str, Any]:
    span = [fault.span.path, fault.span.start, fault.span.end]
    return {"name": fault.name, "message": fault.message, "label": fault.label, "help": fault.help, "span": span}
