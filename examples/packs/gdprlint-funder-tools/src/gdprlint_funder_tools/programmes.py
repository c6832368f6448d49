"""From the table of grant programmes that the Trust publishes to words of the vocabulary and cues for notices.

A new programme is a new row of `programmes.csv`; its term, its place among grants and how notices name it follow.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "programmes.csv"

CUE = """\
wording ferrowby-programme also {names}

cue ferrowby-programme "A programme of the Ferrowby Trust pays for the study" of sponsor under ferrowby-terms {{
  phrases       "(funded|paid for|supported|backed) .. (by|through|under|from) .. <ferrowby-programme>",
                "<ferrowby-programme> .. (pays|funds|supports)",
                "(part of|through|under|from) .. <ferrowby-programme>"
  lookalikes    "(apply|applications|news|newsletter|former*) ... <ferrowby-programme>"
  negated       as nothing
  accepts       {accepts}
  rejects       {rejects}
}}
"""
ACCEPTS = (
    "This study is funded by the {} of the Ferrowby Trust.",
    "The {} pays for our interviews.",
    "The survey is part of the {}.",
    "Our work is supported through the {}.",
    "The {} funds this project.",
)
REJECTS = (
    "You can apply to the {} until May.",
    "This study is not funded by the {}.",
    "Read the news of the {} on our website.",
    "We once held a talk on the {}.",
    "Former members of the {} meet every year.",
)


class Programme(NamedTuple):
    """A row of the table; `kind` is a term of the house rules."""

    key: str
    title: str
    names: tuple[str, ...]
    kind: str
    opens: str


def table(path: Path = TABLE) -> list[Programme]:
    """The programmes, as the table lists them."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Programme(row["key"], row["title"], tuple(row["names"].split(";")), row["kind"], row["opens"])
            for row in csv.DictReader(stream)
        ]


def words(listed: list[Programme]) -> str:
    """A term for each programme, which is a grant of its kind since the day on which it opened."""
    return "".join(
        f"term {one.key} {quoted(one.title)} is {one.kind} since {one.opens} "
        f"also {', '.join(map(quoted, (one.title, *one.names)))}\n"
        for one in listed
    )


def cues(listed: list[Programme]) -> str:
    """The cue that hears the programmes, tried on sentences that name one after the other."""
    names = [one.names[0] for one in listed]
    said = [name.lower() for one in listed for name in one.names]
    return CUE.format(
        names=", ".join(map(quoted, said)),
        accepts=_tried(ACCEPTS, names),
        rejects=_tried(REJECTS, names),
    )


def _tried(sentences: tuple[str, ...], names: list[str]) -> str:
    return ",\n                ".join(
        quoted(sentence.format(names[number % len(names)])) for number, sentence in enumerate(sentences)
    )


def quoted(text: str) -> str:
    """Text as the language writes it, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
