"""Exceptions in the configuration: what `[[allow]]` says of files that have no comments, such as PDF and docx.

    [[allow]]
    path = "notices/privacy.pdf"     # counts from the folder of the configuration
    rule = "UK1308"                  # or a list of rules
    reason = "…"
    by = "dpo"                       # may be left out, and so may the two below
    until = 2027-03-31
    fingerprint = "8c1f…"            # only the finding with this fingerprint

`entries` works on data that somebody has parsed; where each table stands is found again in its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from gdprlint.exceptions.found import EVERYWHERE, Found
from gdprlint.exceptions.grammar import Fault, Said, Word, day_of, says_why
from gdprlint.registers import shown_path
from gdprlint.text import Source, Span, nearest_name

Where = Callable[[str], tuple[int, int]]
KEYS = ("path", "rule", "reason", "by", "until", "fingerprint")
FORM = "an exception has a `path`, a `rule` and a `reason`, and may have `by`, `until` and `fingerprint`"
_TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\']|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
    r"|#[^\n]*|^[ \t]*\[\[?[^\]\n]*\]?\]?|^[ \t]*[\w-]+(?=[ \t]*=)",
    re.M | re.S,
)


def entries(allow: object, source: Source, folder: Path, prefix: str = "") -> Iterator[Found]:
    """The exceptions of a configuration: `allow` is what was parsed under that key, `source` the text of the file.

    Paths count from `folder`; `prefix` is what stands before `allow` in the heads of the tables (`tool.gdprlint.`).
    """
    places = tables_in(source, f"{prefix}allow")
    whole = places[0][""] if places else Span(source.path, 0, max(1, source.text.find("\n")))
    if not isinstance(allow, Sequence) or isinstance(allow, str):
        said = Fault("REC012", "`allow` is not a list of tables", whole.start, whole.end, "write `[[allow]]`")
        yield Found(said, whole, source.path, kind="configuration")
        return
    for number, table in enumerate(allow):
        known = places[number] if number < len(places) else {"": whole}
        yield _entry(table, known, folder)


def _entry(table: object, known: Mapping[str, Span], folder: Path) -> Found:
    place = known[""]
    data: Mapping[object, object] = table if isinstance(table, Mapping) else {}

    def at(key: str) -> tuple[int, int]:
        return known.get(key, place)[1:]

    path = data.get("path")
    target = _target(path, folder)
    said = _said(data, at) if isinstance(table, Mapping) else Fault("REC012", FORM, *place[1:])
    if isinstance(said, Said) and target is None:
        said = Fault("REC012", "the path of the exception leads to no file of this folder", *at("path"), FORM)
    fingerprint = data.get("fingerprint", "")
    return Found(
        said, place, target or place.path, EVERYWHERE if target else (), str(path), "configuration",
        fingerprint if isinstance(fingerprint, str) else "",
    )  # fmt: skip


def _said(data: Mapping[object, object], at: Where) -> Said | Fault:
    for key in data:
        if key not in KEYS:
            near = nearest_name(str(key), KEYS)
            help = f"did you mean `{near}`?" if near else FORM
            return Fault("REC012", f"an exception has no `{key}`", *at(str(key)), help)
    rule, reason, owner = data.get("rule"), data.get("reason", ""), data.get("by", "")
    rules = [rule] if isinstance(rule, str) else rule
    if not isinstance(data.get("path"), str) or not isinstance(rules, list) or not rules:
        return Fault("REC012", FORM, *at(""))
    for key, text in (*(("rule", one) for one in rules), ("reason", reason), ("by", owner)):
        if not isinstance(text, str):
            return Fault("REC012", f"`{key}` of an exception is words in quotes", *at(key))
    fingerprint = data.get("fingerprint", "")
    if not isinstance(fingerprint, str):
        return Fault("REC012", "`fingerprint` of an exception is words in quotes", *at("fingerprint"))
    if not says_why(str(reason)):
        return Fault("REC013", "the exception gives no reason", *at("reason"), FORM)
    until = data.get("until")
    day = day_of(until) if isinstance(until, str) else until
    if until is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        return Fault("REC015", f"`{str(until)[:40]}` is no date", *at("until"), "write it as `until = 2027-03-31`")
    words = tuple(Word(str(one), *at("rule")) for one in dict.fromkeys(rules))
    return Said(words, " ".join(str(reason).split()), str(owner), day if isinstance(day, date) else None)


def _target(path: object, folder: Path) -> str | None:
    """The file that a path means, as findings call it; None where it leads out of the folder."""
    if not isinstance(path, str) or "\0" in path or "\\" in path:
        return None
    parts = Path(path).parts
    return None if not parts or Path(path).is_absolute() or ".." in parts else shown_path(folder / path)


def tables_in(source: Source, name: str) -> list[dict[str, Span]]:
    """Where each table `[[name]]` stands, and its keys; the head of a table has the empty key."""
    found: list[dict[str, Span]] = []
    inside = False
    for token in _TOKENS.finditer(source.text):
        word = token.group().strip()
        start = token.end() - len(token.group().lstrip())
        if word[:1] in "\"'#":
            continue
        if word.startswith("["):
            inside = word.startswith("[[") and "".join(word.strip("[]").split()) == name
            if inside:
                found.append({"": Span(source.path, start, token.end())})
        elif inside:
            end = source.text.find("\n", start)
            line = source.text[start : end if end >= 0 else len(source.text)].rstrip()
            found[-1].setdefault(word, Span(source.path, start, start + len(line)))
    return found
