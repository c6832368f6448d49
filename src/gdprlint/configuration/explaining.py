"""What holds for a path and why, as rows: a setting, its value, and the place or the reason that it has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gdprlint.configuration.applying import exempting
from gdprlint.configuration.globs import matches
from gdprlint.configuration.settling import Exempt, Setting, Settled
from gdprlint.configuration.shape import Said, name_of
from gdprlint.text import Span

NOTHING = {"select": "every rule", "ignore": "none", "local_packs": "none"}


class Row(NamedTuple):
    """One value. `origin` is where it comes from, `span` its place where that is a configuration."""

    setting: str
    value: str
    origin: str
    span: Span | None = None


def rows(settled: Settled, path: Path) -> list[Row]:
    """What holds for a file; for a folder, what holds for any file in it."""
    found = [row for name, setting in settled.settings.items() for row in _of_option(name, setting)]
    if settled.packs:
        found += [_row("packs", said.value, said) for said in settled.packs]
    else:
        found.append(Row("packs", "those that records use", "default"))
    found += [_row("severity", f"{word.value} = {level.value}", word) for word, level in settled.severity.items()]
    found += [_row("parameters", f"{one.rule} {one.parameter.value} = {one.value.value}", one.value)
              for one in settled.parameters]  # fmt: skip
    below = settled.below(path)
    some = settled.per_path if path.is_dir() else reversed(exempting(settled, path))
    found += [row for exempt in some for row in _of_pattern(exempt)]
    for name, patterns in (("notices", settled.notices), ("exclude", settled.exclude), ("sheets", settled.sheets)):
        for said in patterns:
            if path.is_dir() or (below is not None and matches(said.value, below)):
                found.append(_row(name, said.value, said))
    return found


def _of_option(name: str, setting: Setting) -> Iterator[Row]:
    shown = name_of(name)
    values = setting.value if isinstance(setting.value, tuple) else (setting.value,)
    if not values:
        yield Row(shown, NOTHING[name], setting.origin)
    for number, value in enumerate(values):
        text = value.isoformat() if isinstance(value, date) else str(value)
        if number < len(setting.spans):
            yield Row(shown, text, "configuration", setting.spans[number])
        elif name == "as_of" and setting.origin == "default":
            yield Row(shown, text, "default: today")
        else:
            yield Row(shown, text, "command line" if setting.spans else setting.origin)


def _of_pattern(exempt: Exempt) -> Iterator[Row]:
    name = f"per-path {exempt.pattern.value}"
    ended = "; ended" if exempt.ended else ""
    for key, words in (("ignore", exempt.ignore), ("select", exempt.select)):
        for said in words:
            yield _row(name, f"{key} {said.value}{ended}", said)
    for word, level in exempt.severity.items():
        yield _row(name, f"severity {word.value} = {level.value}", word)
    about = exempt.about
    for key, text in (("reason", about.reason), ("owner", about.owner)):
        if text is not None:
            yield _row(name, f"{key}: {text.value}", text)
    if about.until is not None:
        yield Row(name, f"until {about.until.value.isoformat()}", "configuration", about.until.span)


def _row(setting: str, value: str, said: Said[str]) -> Row:
    return Row(setting, value, "configuration", said.span)
