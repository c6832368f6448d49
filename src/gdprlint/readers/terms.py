"""From the declarations of a pack to its vocabulary: terms, their parents, synonyms and mappings."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic
from gdprlint.language import tree
from gdprlint.model.provisions import Provision
from gdprlint.model.vocabulary import Parent, Term
from gdprlint.readers.checks import syntax
from gdprlint.text import Span


def terms_of(file: tree.File, pack: str) -> list[Term]:
    """The terms that a file declares, in order."""
    return [_term(item, pack) for item in file.items if type(item) is tree.Declaration and item.kind.text == "term"]


def places_of(file: tree.File) -> list[tuple[int, int]]:
    """Where the names of these terms stand."""
    return [
        (item.name.start, item.name.end)
        for item in file.items
        if type(item) is tree.Declaration and item.kind.text == "term"
    ]


def faults_of(file: tree.File, path: str) -> list[Diagnostic]:
    """Provisions that terms stand under and that cannot be read: no rule could tell what lies in them."""
    found = []
    for item in file.items:
        if type(item) is tree.Declaration and item.kind.text == "term":
            for tail in item.tails:
                for thing in tail.things.items if tail.things and tail.joint == "under" else ():
                    if thing.kind == "provision" and " " in thing.text and not _is_provision(thing.text):
                        span = Span(path, thing.start, thing.end)
                        found.append(syntax("bad-article", f"`{thing.text}` is no provision", span))
    return found


def _is_provision(text: str) -> bool:
    try:
        Provision.parse(_provision(text))
    except ValueError:
        return False
    return True


def _term(node: tree.Declaration, pack: str) -> Term:
    said: dict[str, list[tree.Thing]] = {}
    for tail in node.tails:
        said.setdefault(tail.joint, []).extend(tail.things.items if tail.things else ())
    since = "".join(thing.text for thing in said.get("since", ()))
    until = "".join(thing.text for thing in said.get("until", ()))
    parents = tuple(
        Parent(_plain(thing), thing.adverb == "possibly", since, until)
        for thing in (*said.get("is", ()), *said.get("are", ()))
        if thing.kind in ("word", "provision")
    )
    maps: dict[str, tuple[str, ...]] = {}
    for line in node.lines or ():
        if type(line) is tree.Clause and line.things is not None:
            words = tuple(thing.quote or thing.text for thing in line.things.items)
            maps[line.verb.text] = maps.get(line.verb.text, ()) + words
    key = node.name.text
    if (any(character.isdigit() for character in key) and " " in key) or key[:1].isdigit():
        key = _provision(key)
    return Term(
        key,
        node.title or "",
        parents,
        tuple(thing.quote or thing.text for thing in said.get("also", ())),
        tuple(_plain(thing) for thing in said.get("under", ()) if thing.kind in ("word", "provision")),
        tuple(_plain(thing) for thing in said.get("for", ())),
        maps,
        pack,
        tuple(_plain(thing) for thing in said.get("of", ())),
    )


def _plain(thing: tree.Thing) -> str:
    return _provision(thing.text) if thing.kind == "provision" else thing.text


def _provision(text: str) -> str:
    try:
        return str(Provision.parse(text))
    except ValueError:
        return text
