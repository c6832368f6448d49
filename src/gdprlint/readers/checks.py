"""What the table of clauses and the names of the register do not allow, each told at its place.

These checks come before any rule: they say what could not be read into the model, or means
nothing. What a fault leaves unclear is kept from the rules as "cannot tell".
"""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Label, Severity, meant
from gdprlint.language import tree
from gdprlint.model.names import Names
from gdprlint.model.provisions import Provision
from gdprlint.model.table import DECLARATIONS, SLOTS, VERBS, owners
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.readers.record import literal_of
from gdprlint.text import Source, Span, nearest_name


def syntax(name: str, message: str, span: Span, help: str = "", label: str = "") -> Diagnostic:
    return Diagnostic(
        "syntax", name, Severity.ERROR, message, span, label, help, pack="core", topic="syntax", fixes=meant(span, help)
    )


def reference(code: str, name: str, message: str, span: Span, help: str = "", label: str = "") -> Diagnostic:
    return Diagnostic(
        code, name, Severity.ERROR, message, span, label, help, pack="core", topic="reference", fixes=meant(span, help)
    )


def check_tree(file: tree.File, source: Source) -> Iterator[Diagnostic]:
    """What the sentences of a file say that no verb or kind takes."""
    pending: list[tuple[tree.Declaration | None, tuple[object, ...]]] = [(None, file.items)]
    while pending:
        owner, lines = pending.pop()
        for node in lines:
            if type(node) is tree.Clause:
                if not _is_plain(node, owner):
                    yield from _clause(node, owner, source)
            elif type(node) is tree.Declaration:
                yield from _declaration(node, source)
                pending.append((node, node.lines or ()))
            elif type(node) is tree.Stray:
                from gdprlint.language.faults import unknown_verb

                yield unknown_verb(source, node.start, "file" if owner is None else "block")


# Slots in which a plain word is no answer.
_NO_WORDS = frozenset(
    name for name, slot in SLOTS.items() if not slot.kinds and not slot.roots and name not in ("any", "free")
)


def _fitting(slot: str) -> frozenset[str]:
    """The kinds of things that can stand in a slot without more being looked at."""
    if slot in _NO_WORDS:
        return frozenset({"amount"}) if slot == "span" else frozenset()
    words = frozenset({"word", "none", "blank"})
    return words | {"quote"} if slot and SLOTS[slot].open else words


# By verb of an activity: what fits right behind it, where it is about something, and what fits into each tail.
_PLAIN = {
    name: (
        None if verb.about is None else _fitting(verb.about),
        {joint: _fitting(slot) for joint, slot in verb.tails.items()},
    )
    for name, verb in VERBS.items()
    if "activity" in owners(name)
}


def _is_plain(node: tree.Clause, owner: tree.Declaration | None) -> bool:
    """Whether the clause is so ordinary that no check of its sentence can find anything: most are."""
    if owner is None or owner.kind.text != "activity":
        return False
    plain = _PLAIN.get(node.verb.text)
    if plain is None:
        return False
    about, fitting = plain
    things, tails = node.things, node.tails
    if things is None or about is None:
        if things is not None or about is not None:
            return False
    else:
        for thing in things.items:
            if thing.kind not in about:
                return False
    for tail in tails:
        fits = fitting.get(tail.joint)
        if fits is None:
            return False
        if tail.things is not None:
            for thing in tail.things.items:
                if thing.kind not in fits:
                    return False
    return len(tails) < 2 or len({tail.joint for tail in tails}) == len(tails)


def _clause(node: tree.Clause, block: tree.Declaration | None, source: Source) -> Iterator[Diagnostic]:
    name = node.verb.text
    kind, owner = (block.kind.text, block.name.text) if block is not None else (None, "")
    verb = VERBS[name]
    place = Span(source.path, node.verb.start, node.verb.end)
    if kind == "pack" and name == "requires":
        return  # other packs, with versions: for `rules.requirements`
    if kind is not None and kind not in owners(name):
        wanted = " or ".join(f"`{o}`" for o in owners(name)[:3])
        yield syntax(
            "wrong-block", f"`{name}` is said of {wanted}, not of the {kind} `{owner}`", place,
            f"move the clause into the block of {wanted}",
        )  # fmt: skip
    lone_first = node.things is None
    if verb.about is None and node.things is not None:
        things = node.things
        yield syntax(
            "unexpected-object", f"`{name}` takes nothing right behind it; it takes {_taken(verb.tails)}",
            Span(source.path, things.start, things.end),
        )  # fmt: skip
    if verb.about is not None and lone_first and not verb.optional:
        yield syntax(
            "missing-object",
            f"`{name}` says not what it is about",
            place,
            f"`{name}` is followed by {_wanted(verb.about)}",
        )
    yield from _tails(node.tails, verb.tails, name, source)
    if node.things is not None and verb.about is not None:
        yield from _things(node.things, verb.about, source)
    yield from _repeated(node.tails, source)


def _declaration(node: tree.Declaration, source: Source) -> Iterator[Diagnostic]:
    slots = DECLARATIONS[node.kind.text]
    yield from _tails(node.tails, slots, node.kind.text, source)
    if node.kind.text != "term" and node.name.text[:1].isdigit():
        yield syntax(
            "bad-name",
            f"`{node.name.text}` is a provision, not a name",
            Span(source.path, node.name.start, node.name.end),
        )
    elif node.kind.text != "term" and " " in source.text[node.name.start : node.name.end]:
        yield syntax(
            "bad-name", f"a name is one word; `{source.text[node.name.start:node.name.end]}` is several",
            Span(source.path, node.name.start, node.name.end), f"write `{node.name.text}`",
        ).evolve(fixes=(_one_word(node.name, source),))  # fmt: skip


def _one_word(name: tree.Token, source: Source) -> Fix:
    """The name as it is read all the same: wherever it is used, its words are one name."""
    edit = Edit(Span(source.path, name.start, name.end), name.text)
    return Fix(f"write `{name.text}`", (edit,), safe=True)


def _tails(tails: tuple[tree.Tail, ...], slots: dict[str, str], name: str, source: Source) -> Iterator[Diagnostic]:
    for tail in tails:
        joint = "is" if tail.joint == "are" else tail.joint
        if joint not in slots:
            near = nearest_name(joint, slots)
            yield syntax(
                "unexpected-tail", f"`{name}` takes no `{tail.joint}`; it takes {_taken(slots)}",
                Span(source.path, tail.start, tail.start + len(tail.joint)), f"did you mean `{near}`?" if near else "",
            )  # fmt: skip
        elif tail.things is not None:
            yield from _things(tail.things, slots[joint], source)


def _repeated(tails: tuple[tree.Tail, ...], source: Source) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for tail in tails:
        if tail.joint in seen and tail.joint in ("for", "in", "to", "from", "with", "by", "until", "of"):
            yield syntax(
                "repeated-tail", f"`{tail.joint}` stands twice in one clause", Span(source.path, tail.start, tail.end),
                "join the two with a comma, or write two clauses",
            )  # fmt: skip
        seen.add(tail.joint)


def _taken(slots: dict[str, str]) -> str:
    own = [joint for joint in slots if joint not in ("when", "unless", "because", "since")]
    shown = [f"`{joint}`" for joint in own[:7]]
    return ", ".join(shown) + (", …" if len(own) > 7 else "") if shown else "no more words"


_WANTED = {
    "party": "the name of an organisation, team or people", "people": "the name of people", "data": "the name of data",
    "moment": "a date, an event, or words in quotes", "span": "an amount such as `2 years`",
    "length": "an amount such as `90 minutes`, or words in quotes",
    "step": "the name of data, an event, or words in quotes",
    "text": "words in quotes",
    "basis": "a lawful basis, such as `public task` or `6(1)(e)`", "right": "a right, such as `access`",
    "provision": "a provision, such as `9(2)(j)`", "date": "a date such as `2026-03-01`", "number": "a number",
    "place": "a country code such as `GB`, a region, or an address in quotes",
    "channel": "a channel such as `email \"…\"`", "instrument": "a provision, a document or a word such as `contract`",
}  # fmt: skip


def _wanted(slot: str) -> str:
    return _WANTED.get(slot, f"a word of the list `{slot}`, or words in quotes")


def _things(things: tree.Things, slot_name: str, source: Source) -> Iterator[Diagnostic]:

    if slot_name == "":
        return
    slot = SLOTS[slot_name]
    for thing in things.items:
        span = Span(source.path, thing.start, thing.end)
        if thing.kind in ("date", "amount", "provision"):
            read = literal_of(thing.kind, thing.text)
            if read is None:
                yield _unreadable(thing, span)
            elif thing.kind not in slot.literals:
                what = {"date": "a date", "amount": "an amount", "provision": "a provision or number"}[thing.kind]
                yield syntax("wrong-value", f"{what} cannot stand here", span, f"{_wanted(slot_name)} is expected")
            elif isinstance(read, Provision):
                yield from _provision(read, slot_name, span)
        elif thing.kind == "quote" and not slot.open:
            yield syntax("wrong-value", "words in quotes cannot stand here", span, f"{_wanted(slot_name)} is expected")
        elif thing.kind == "word" and slot_name in _NO_WORDS:
            yield syntax("wrong-value", f"`{thing.text}` cannot stand here", span, f"{_wanted(slot_name)} is expected")


def _unreadable(thing: tree.Thing, span: Span) -> Diagnostic:
    if thing.kind == "date":
        return syntax(
            "bad-date",
            f"`{thing.text}` is no day of the calendar",
            span,
            "write a date as year-month-day, such as `2026-03-01`",
        )
    if thing.kind == "amount":
        return syntax("bad-unit", f"`{thing.text}` is no amount that can be counted", span)
    try:
        Provision.parse(thing.text)
        message = f"`{thing.text}` is no provision"
    except ValueError as error:
        message = str(error)
    return syntax(
        "bad-article",
        message,
        span,
        "an article is written as `6(1)(e)`, with its law before it where that is not the UK GDPR",
    )


# Points of UK GDPR Articles 6(1) and 9(2), and the articles of the UK GDPR as amended (2026-11-21).
_BASES = frozenset(["a", "b", "c", "d", "e", "ea", "f"])
_CONDITIONS = frozenset("abcdefghij")
_LAST_ARTICLE = 99


def _provision(provision: Provision, slot: str, span: Span) -> Iterator[Diagnostic]:
    text = str(provision)
    law, _, rest = text.partition(" ")
    if provision.contradiction:
        yield syntax("bad-article", provision.contradiction, span)
    if slot == "number":
        return
    if slot == "basis":
        point = rest.removeprefix("6(1)(").removesuffix(")")
        if not (law in ("uk-gdpr", "eu-gdpr") and rest.startswith("6(1)(") and point in _BASES):
            yield syntax(
                "bad-article",
                f"`{text}` is no lawful basis",
                span,
                "the lawful bases are `6(1)(a)` to `6(1)(f)` and `6(1)(ea)`",
            )
        return
    if law in ("uk-gdpr", "eu-gdpr") and provision.parts and provision.parts[0][0] == "article":
        digits = rest.split("(")[0].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if digits.isdigit() and not 1 <= int(digits) <= _LAST_ARTICLE:
            yield syntax(
                "bad-article", f"there is no Article {digits} of the {'UK' if law == 'uk-gdpr' else 'EU'} GDPR", span
            )
        elif (rest.startswith("9(2)(") and rest[5:-1] not in _CONDITIONS) or (
            rest.startswith("6(1)(") and rest[5:-1] not in _BASES
        ):
            yield syntax("bad-article", f"there is no point ({rest[5:-1]}) in Article {rest[:4]}", span)
    if slot == "provision" and law in ("uk-gdpr", "eu-gdpr") and not rest.startswith(("9(2)", "10")):
        yield syntax(
            "bad-article", f"`{text}` is no condition", span,
            "a condition is a point of `9(2)`, or `10(1)` for criminal offence data; a lawful basis goes into "
            "`lawful basis`",
        )  # fmt: skip


def check_names(thing: Thing, names: Names) -> Iterator[Diagnostic]:
    """Words of a thing and its clauses that name nothing, or a thing or term of another kind."""
    for values in thing.tails.values():
        yield from _words(values, thing.path, names)
    for clauses in thing.clauses.values():
        for clause in clauses:
            if not clause.about.fits:
                yield from clause_words(clause, names)
                continue
            for values in clause.tails.values():
                if not values.fits:
                    yield from clause_words(clause, names)
                    break


def clause_words(clause: Clause, names: Names) -> Iterator[Diagnostic]:
    if not names.all_fit(clause.about):
        yield from _words(clause.about, clause.owner.path, names)
    for values in clause.tails.values():
        if not names.all_fit(values):
            yield from _words(values, clause.owner.path, names)


def _words(values: Values, path: str, names: Names) -> Iterator[Diagnostic]:
    for item in (*values.members, *values.denied):
        if not isinstance(item, Item):
            continue
        misfit = names.misfit(item)
        if misfit is not None:
            told = _misfit(item, misfit, path, names)
            whole = item.adverb is None and item.quote is None and item.bound is None
            yield told if whole else told.evolve(fixes=())  # its place holds more than the word
        after = item.after
        if (
            after is not None
            and after.kind == "word"
            and after.thing is None
            and names.vocabulary.canonical(str(after.value)) is None
        ):
            yield _misfit(after, "unknown", path, names).evolve(fixes=())


def _misfit(item: Item, misfit: str, path: str, names: Names) -> Diagnostic:
    slot = item.slot
    assert slot is not None
    span = Span(path, item.start, item.end)
    text = str(item.value)
    near = names.nearest(item)
    offer = f"did you mean `{near}`?" if near and near != text else ""
    wants_name = bool(slot.kinds) and "*" not in slot.roots and slot.name in ("party", "people", "data", "moment")
    if misfit == "kind":
        what = (
            f"{'an' if item.thing.kind[0] in 'aeiou' else 'a'} {item.thing.kind}"
            if item.thing
            else "a word of another list"
        )
        return reference(
            "REC003", "word-out-of-place", f"`{text}` is {what}; {_wanted(slot.name)} is expected here", span, offer
        )
    if wants_name:
        kind = {"party": "organisation", "people": "people", "data": "data", "moment": "event"}[slot.name]
        return reference(
            "REC001", "name-not-declared", f"`{text}` is declared nowhere in this register", span,
            offer or f"declare it: `{kind} {text} \"…\"`",
        )  # fmt: skip
    return reference(
        "REC002", "word-not-known", f"`{text}` is no word of the list `{slot.name}`", span,
        offer or (f'say it in your own words, in quotes: "{text.replace("-", " ")}"' if slot.open else ""),
    )  # fmt: skip


def rule_in_record(node: tree.Rule | tree.Override, path: str) -> Diagnostic:
    what = "rule" if type(node) is tree.Rule else "the override of"
    return reference(
        "REC009", "rule-in-record", f"{what} {node.code.text} stands among records: it is checked, and judges nothing",
        Span(path, node.code.start, node.code.end), "judge by it with `--pack PATH`",
    ).evolve(severity=Severity.INFO)  # fmt: skip


def declared_twice(first: Thing, second: Thing) -> Diagnostic:
    found = reference(
        "REC004", "name-declared-twice", f"`{second.name}` is declared a second time in this register",
        Span(second.path, second.name_start, second.name_end), "give one of the two another name",
    )  # fmt: skip
    label = Label(Span(first.path, first.name_start, first.name_end), "first declared here")
    return found.evolve(labels=(label,), label="second")
