"""Puts what the page of a notice says into the block of that notice, so that rules see both beside each other.

The page itself is read elsewhere; here it is a text in the policy language, whose names are its own. Organisations
that the register knows by title or by another name are those of the register, everything else gets the name of the
notice before its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.language.reading import Parsed, read
from gdprlint.model.names import Names
from gdprlint.model.register import Register, Told
from gdprlint.model.things import Clause, Item, Thing
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.checks import reference
from gdprlint.readers.record import FileModel, outline, settle_tails
from gdprlint.readers.used import used_in
from gdprlint.text import Source, Span
from gdprlint.values import define, frozen

BODIES = ("organisation", "organisations", "team")
LONGEST_NAME = 16  # words of what was heard as a name
_NOT_LETTERS = re.compile(r"[\W_]+")
_FORMS = re.compile(r"^the | (?:ltd|limited|plc|llp|inc)$")


@frozen
class PageRead:
    """A page as it was read: `draft` says in the policy language what it says, under a path that no file has.

    `text` is what its reader sees, `page` the text that margins point into, and `speaker` the name in the draft of
    whoever speaks, where the page does not say who that is.
    """

    draft: Source
    text: str
    page: Source
    speaker: str = ""


Tell = Callable[[Path, str, Path], "PageRead | str"]
"""The page at a path for the notice of a name, within a project; or why it is not read."""


@frozen
class Joined:
    """A notice whose page was read: where, the path of its draft, and what names of it are called in messages.

    `bodies` are the organisations of the register that it names, and how.
    """

    notice: Thing
    path: Path
    draft: str
    names: dict[str, str]
    bodies: dict[str, str]


class _Names(Names):
    """The names of a draft. What they name bears another name in the register; words that name one body are that."""

    def __init__(self, vocabulary: Vocabulary, bodies: dict[str, Thing]) -> None:
        super().__init__(vocabulary)
        self.bodies = bodies

    def settle(self, item: Item) -> None:
        super().settle(item)
        if item.kind == "quote" and item.slot is not None and "organisation" in item.slot.kinds:
            item.thing = _body(self.bodies, folded(item.quote or ""))
            if item.thing is not None:
                item.kind, item.quote = "word", None
        if item.thing is not None:
            item.value = item.thing.name


def join(
    register: Register, paths: dict[str, Path], tell: Tell, project: Path
) -> tuple[list[Joined], list[Diagnostic]]:
    """Read the pages of the notices that have no activities yet; what cannot be read is told where it is named."""
    judged = {id(thing.document or register.default) for thing in register.things if thing.kind == "activity"}
    notices = [thing for thing in register.things if thing.kind == "notice" and thing.name in paths]
    found: list[Joined] = []
    problems: list[Diagnostic] = []
    known = _bodies(register.things)
    for notice in notices:
        if id(notice) in judged or notice.name in register.told:
            continue
        page = tell(paths[notice.name], notice.name, project)
        if isinstance(page, str):
            place = Span(notice.path, notice.name_start, notice.name_end)
            message = f'"{notice.title}" is not read as a notice: {page}'
            problems.append(reference("REC008", "source-not-found", message, place).evolve(severity=Severity.WARNING))
        else:
            names = _join(register, notice, page, known)
            said = register.told[notice.name].bodies.items()
            bodies = {name: thing.title for name, thing in said if thing.title}
            found.append(Joined(notice, paths[notice.name], page.draft.path, names, bodies))
            register.notices[notice.name] = page.page
    return found, problems


def _bodies(things: Iterable[Thing]) -> dict[str, Thing]:
    """The organisations of the register by all names that they go by."""
    found: dict[str, Thing] = {}
    for thing in things:
        if thing.kind in BODIES:
            listed = thing.tails.get("also")
            also = [item.quote or item.normal for item in (listed.members if listed else ()) if isinstance(item, Item)]
            for name in (thing.title or thing.name, *also):
                found.setdefault(folded(name), thing)
    return found


def folded(name: str) -> str:
    """A name of a body in one spelling: without `the` before it and the form of a company behind it."""
    return _FORMS.sub("", " ".join(_NOT_LETTERS.sub(" ", name.casefold().replace("\u2019", "'")).split()))


@define(eq=False)
class _Joining:
    """One draft on its way into a register: its header, and for names of the draft the things that they name."""

    register: Register
    notice: Thing
    names: _Names
    own: dict[str, str]
    told: Told
    header: Thing | None = None


def _join(register: Register, notice: Thing, page: PageRead, known: dict[str, Thing]) -> dict[str, str]:
    tree = read(page.draft).tree
    names = _Names(register.names.vocabulary, known)
    model = outline(Parsed(page.draft, tree), names)
    here = _Joining(register, notice, names, {}, Told(page.draft.path, page.text))
    kept = [thing for thing in model.things if not _is_known(here, thing, page, known)]
    calls = _named(here, kept)
    for thing in kept:
        settle_tails(thing, names)
        if thing.outer is here.header:
            thing.outer = None
        thing.document = notice
        if thing.outer is None:
            thing.outer = notice
            notice.inner.append(thing)
    _enter(here, model, kept)
    register.used |= {here.own.get(word, word) for word in used_in(tree).words}
    register.texts = None
    register.told[notice.name] = here.told
    return calls


def _is_known(here: _Joining, thing: Thing, page: PageRead, known: dict[str, Thing]) -> bool:
    """Whether the thing is the notice itself or an organisation of the register, which is not declared again."""
    if thing.kind == "notice":
        here.header = thing
        thing.name = here.notice.name
        return True
    if thing.kind not in BODIES:
        return False
    body = _speaker(here) if thing.name == page.speaker else _body(known, folded(thing.title or ""))
    if body is None:
        return False
    here.names.things[thing.name] = body
    here.own[thing.name] = body.name
    here.told.bodies[body.name] = thing
    if thing.name == page.speaker:
        thing.title = None
    thing.name = body.name
    return True


def _body(known: dict[str, Thing], name: str) -> Thing | None:
    """The organisation of this name, else the only one whose name stands among the words that were heard as one."""
    if name in known:
        return known[name]
    words = name.split()[:LONGEST_NAME]
    within = (" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1))
    found = {id(known[part]): known[part] for part in within if part in known}
    return next(iter(found.values())) if len(found) == 1 else None


def _speaker(here: _Joining) -> Thing | None:
    """Who speaks in the notice: whose it is, else the controller of what it is of."""
    for thing in (here.notice, *_of(here)):
        values = [thing.tails["by"]] if thing is here.notice and "by" in thing.tails else []
        values += [clause.about for clause in thing.said.get("controller", ())] if thing is not here.notice else []
        for item in (item for listed in values for item in listed.members):
            if isinstance(item, Item) and item.thing is not None and item.thing.kind in BODIES:
                return item.thing
    return None


def _of(here: _Joining) -> list[Thing]:
    values = here.notice.tails.get("of")
    items = [item for item in (values.members if values else ()) if isinstance(item, Item)]
    return [item.thing for item in items if item.thing is not None and item.thing.kind == "activity"]


def _named(here: _Joining, things: list[Thing]) -> dict[str, str]:
    """Give the things of a draft their names in the register; what messages call them."""
    calls: dict[str, str] = {}
    for thing in things:
        here.names.things[thing.name] = thing
        plain, number = f"{here.notice.name}-{thing.name}", 1
        name = plain
        while name in here.register.names.things or name in calls:
            number += 1
            name = f"{plain}-{number}"
        here.own[thing.name] = name
        is_body = thing.kind in BODIES or thing.kind == "activity"
        calls[name] = thing.title if is_body and thing.title else thing.name.replace("-", " ")
        thing.name = name
    return calls


def _enter(here: _Joining, model: FileModel, things: list[Thing]) -> None:
    """Let the register have the things, and the notice what its header says."""
    register, notice, header = here.register, here.notice, here.header
    register.things.extend(things)
    for (verb, name), listed in model.about.items():
        register.about.setdefault((verb, here.own.get(name, name)), []).extend(dict.fromkeys(listed))
    if header is None:
        return
    settle_tails(header, here.names)
    for joint in ("on", "by"):
        if joint in header.tails:
            notice.tails.setdefault(joint, header.tails[joint])
    load = notice.load

    def both(thing: Thing) -> dict[str, list[Clause]]:
        found = load(thing) if load is not None else {}
        for verb, clauses in header.clauses.items():
            found.setdefault(verb, []).extend(clauses)
        return found

    notice.load, notice.loaded = both, None
