"""Small packs for the tests of what packs say of each other: a core with few words, and whatever a test adds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gdprlint import engine
from gdprlint.diagnostics import Diagnostic
from gdprlint.options import CheckOptions
from gdprlint.rules.packs import Library, Pack, _local, read_pack
from gdprlint.rules.rule import Rule

DAY = date(2026, 11, 21)
CORE = """
pack core "Core" { prefix REC }
term purpose
term research is purpose
term marketing is purpose
term measure
term encryption is measure
term contents
term contact-details is contents
"""
LAW = """
pack law "The law" { prefix LAW }

rule LAW001 kept-long {
  title     "Kept long"
  why       "It is."
  cites     uk-gdpr 5(1)(e)
  severity  warning
  severity  info in art30-2
  parameter longest 3 years

  for each  k in activity.keeps
  where     k.for > longest
  at        k
  says      "{activity} keeps {k} for more than {longest}"

  bad { activity a { keeps "notes" for 4 years } }
  good { activity a { keeps "notes" for 3 years } }
}

rule LAW002 nobody-says-why {
  title     "No purpose"
  why       "There should be one."
  cites     uk-gdpr 5(1)(b)
  severity  error
  silence counts in art30-1
  for each  activity
  expect    activity.purpose is stated
  says      "{activity} has no purpose"
  bad { activity a { keeps "notes" for 4 years } }
  good { activity a { purpose research } }
}
"""
HOUSE = 'pack house "House" {\n  prefix HSE\n  edition "1.2"\n  requires law\n}\n'
RULE = """
rule HSE001 kept-nowhere {
  title     "Kept, and nobody knows where"
  why       "Somebody should."
  cites     uk-gdpr 5(1)(e)
  severity  info
  silence counts in art30-1
  for each  k in activity.keeps
  expect    k.in is stated
  at        k
  says      "{k} is kept somewhere"
  bad { activity a { keeps "notes" for 4 years } }
  good { activity a { keeps "notes" for 4 years in "the cellar" } }
}
"""
RECORD = """
record r of acme under uk-gdpr 30(1) on 2026-11-01
organisation acme
activity study {
  purpose research
  keeps "notes" for 4 years
}
activity letters {
  purpose marketing
  security encryption
  keeps "notes" for 4 years
}
"""


def pack(folder: Path, name: str, text: str, origin: str = "local", version: str = "", prefixes: str = "") -> Pack:
    """A pack of one file, as it is read."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "pack.gdpr").write_text(text, "utf-8")
    made = read_pack(Pack(name, place, version, origin, tuple(prefixes.split())))
    return _local(made) if origin == "local" else made


def library(folder: Path, texts: Mapping[str, str], python: tuple[Rule, ...] = ()) -> Library:
    """The core, the law, and local packs with these texts; `law` among them stands in for the law."""
    known = [
        pack(folder, "core", CORE, "core", "0.1.0", "REC"),
        pack(folder, "law", texts.get("law", LAW), "installed", "0.3.1", "LAW"),
    ]
    return Library((*known, *(pack(folder, name, text) for name, text in texts.items() if name != "law")), python)


def faults(made: Library) -> list[str]:
    """What is wrong, each with its pack and line."""
    return [f"{where(one, made)} {one.message}" for one in made.faults]


def where(one: Diagnostic, made: Library) -> str:
    name, _, path = one.span.path.partition("/")
    folder = next(pack.folder for pack in made.packs if pack.name == name)
    text = (folder / path).read_text("utf-8")
    return f"{name}:{text.count(chr(10), 0, one.span.start) + 1}"


def found(made: Library, folder: Path, record: str = RECORD, **options: object) -> list[str]:
    """The findings in a record, each with its code, severity and message."""
    register = folder / "register"
    register.mkdir(exist_ok=True)
    (register / "r.gdpr").write_text(record, "utf-8")
    report = engine.check([str(register)], CheckOptions(DAY, jobs=1, **options), made)  # type: ignore[arg-type]
    return [
        f"{one.code} {one.severity.word}: {one.message}" for one in report.findings if not one.code.startswith("REC")
    ]
