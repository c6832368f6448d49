"""Tries cues on their own sentences: they are the documentation of a cue, and its tests.

Each sentence of `accepts` must be heard by the cue with its own outcome, each of `rejects` must not:
what is turned round in it may be heard as turned. Each cue needs five of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from gdprlint.notices.page import Block, Page
from gdprlint.prose.cues import CueExample
from gdprlint.prose.hearing import Ear, Evidence
from gdprlint.prose.passages import passages_of
from gdprlint.text import Source

ENOUGH = 5


@frozen
class CueFailure:
    """What is wrong with a cue or one of its sentences."""

    cue: str
    message: str
    start: int = 0


def page_of(text: str, heading: str = "") -> Page:
    """A page that says this: `|` parts a sentence from the list items that it leads in."""
    blocks = []
    at = 0
    if heading:
        blocks.append(Block("heading", 2, heading, ((0, 0), (len(heading), len(heading)))))
        at = len(heading) + 1
    for number, part in enumerate(text.split("|")):
        said = part.strip()
        blocks.append(
            Block("item" if number else "paragraph", 1 if number else 0, said, ((0, at), (len(said), at + len(said))))
        )
        at += len(part) + 1
    return Page(Source("example", f"{heading}\n{text}" if heading else text), tuple(blocks))


def heard_in(example: CueExample, ear: Ear) -> list[Evidence]:
    """What the cue of the example hears in it."""
    return [
        evidence
        for evidence in ear.hear_all(passages_of(page_of(example.text, example.heading)))
        if evidence.cue.name == example.cue
    ]


def failures_of(cues: Iterable[str], examples: Iterable[CueExample], ear: Ear) -> Iterator[CueFailure]:
    """What is wrong with these cues; `ear` knows all cues of the packs."""
    listed = list(examples)
    yield from too_few(cues, listed)
    yield from misheard(listed, ear)


def too_few(cues: Iterable[str], examples: Iterable[CueExample]) -> Iterator[CueFailure]:
    """Cues that have not enough sentences of a kind."""
    listed = list(examples)
    for name in cues:
        for accepts, verb in ((True, "accepts"), (False, "rejects")):
            count = sum(example.cue == name and example.accepts is accepts for example in listed)
            if count < ENOUGH:
                yield CueFailure(name, f"has {count} sentences under `{verb}`, and needs {ENOUGH}")


def misheard(examples: Iterable[CueExample], ear: Ear) -> Iterator[CueFailure]:
    """Sentences that are not heard as they must be."""
    known = {cue.name: cue for cue in ear.cues}
    for example in examples:
        outcome = known[example.cue].outcome
        heard = [evidence.outcome for evidence in heard_in(example, ear)]
        if example.accepts and outcome not in heard:
            what = f"is heard as {heard[0]}" if heard else "is not heard"
            yield CueFailure(example.cue, f"{what} in: {example.text}", example.start)
        elif not example.accepts and outcome in heard:
            yield CueFailure(example.cue, f"is heard in what it must not be: {example.text}", example.start)
