"""The words of a sheet as values of the language, and the names of what it speaks of.

A name in a cell is a term where it is one, and else a thing, which is declared where it is first met. Nothing here
knows a column.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from gdprlint.language import tree
from gdprlint.language.words import BEGINNINGS
from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision, parse_query
from gdprlint.model.table import SLOTS, VERBS, Slot
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.cells import Item, item_of, parts, plain
from gdprlint.readers.record import literal_of
from gdprlint.text import Cell, nearest_name

MOST_FAULTS = 500
LINES = ("\n", ";")
LIST = (", ",)
_CHANNELS = {"email": "email", "e-mail": "email", "phone": "phone", "telephone": "phone", "post": "post",
             "address": "post", "web": "web", "website": "website", "online form": "online-form"}  # fmt: skip


@frozen
class CellFault:
    """What a cell cannot say, at its cell: `sheet` is empty for a file that has one only, and counting is from 1.

    `passed_over` tells that the cell may well say it, and a record has no word for it.
    """

    sheet: str
    row: int
    column: int
    message: str
    help: str = ""
    passed_over: bool = False

    @property
    def address(self) -> str:
        """As a spreadsheet shows it: `Template!J9`."""
        return address(self.sheet, self.row, self.column)


def address(sheet: str, row: int, column: int) -> str:
    return Cell(0, sheet, row, column).address


class Misread(Exception):
    """What one item cannot say; the message and the help go to its cell."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


@define(eq=False)
class Scribe:
    """Knows the vocabulary and all names given so far; `place` is the cell that is being read."""

    path: str
    vocabulary: Vocabulary
    faults: list[CellFault] = field(factory=list)
    told_of: Counter[bool] = field(factory=Counter)
    names: dict[tuple[str, ...], str] = field(factory=dict)
    taken: set[str] = field(factory=set)
    counts: dict[str, int] = field(factory=dict)
    declared: dict[str, tuple[tree.Declaration, str]] = field(factory=dict)
    titles: dict[str, str] = field(factory=dict)  # of places
    place: tuple[str, int, int] = ("", 1, 1)

    def fault(self, place: tuple[str, int, int], message: str, help: str = "", passed_over: bool = False) -> None:
        count = self.told_of[passed_over] = self.told_of[passed_over] + 1
        if count == MOST_FAULTS + 1:
            message, help = f"more than {MOST_FAULTS} cells are not read; the others are not told", ""
        if count <= MOST_FAULTS + 1:
            self.faults.append(CellFault(*place, message, help, passed_over))

    def value(self, text: str, slot: Slot, quoted: bool | None = None) -> tree.Thing:
        """A value as a slot takes it: a date, an amount, a provision or a term, else own words."""
        item = item_of(text) if quoted is None else Item(text, quoted)
        if quoted is None and (item.rest or item.details):
            bare = plain(text).removeprefix("possibly ").removeprefix("not ") if item.hedge else plain(text)
            item = Item(bare, False, item.hedge)
        made = self.of_item(item, slot)
        return made._replace(adverb=item.hedge) if item.hedge else made

    def of_item(self, item: Item, slot: Slot) -> tree.Thing:
        name = item.name
        if not item.quoted:
            if "date" in slot.literals and re.fullmatch(r"\d{4}-\d\d-\d\d", name) and literal_of("date", name):
                return thing("date", name)
            if "amount" in slot.literals and (amount := self.amount(name)) is not None:
                return amount
            key = self.term(name, slot)
            if key is not None:
                return thing("word", key)._replace(quote=plain(item.more).strip('“”"') or None)
            provision = provision_of(name) if "provision" in slot.literals else None
            if provision is not None and self.stands(provision, slot):
                return thing("provision", str(provision))
        if not slot.open:
            raise Misread(f"`{name[:60]}` is not told by a record here", self.hint(name, slot))
        return quote(f"{name} ({item.more})" if item.more and not item.quoted else name)

    def stands(self, provision: Provision, slot: Slot) -> bool:
        """Whether the provision is none that stands for a word of another list, such as a paragraph of Schedule 1."""
        key = self.vocabulary.of_provision(provision, slot.roots) if slot.name in ("right", "basis") else None
        return key not in self.vocabulary.terms or any(self.vocabulary.is_a(str(key), root) for root in slot.roots)

    def term(self, text: str, slot: Slot) -> str | None:
        key = self.vocabulary.canonical(text.strip()) or self.title(text)
        if key is None or " " in key or not slot.roots:
            return None
        fits = "*" in slot.roots or any(self.vocabulary.is_a(key, root, possibly=True) for root in slot.roots)
        return key if fits else None

    def title(self, text: str) -> str | None:
        """The place with this title, with or without its article."""
        if not self.titles:
            terms = self.vocabulary.terms
            self.titles = {terms[key].title.casefold(): key for key in self.vocabulary.under(("place",))}
        return self.titles.get(text.casefold().removeprefix("the "))

    def hint(self, name: str, slot: Slot) -> str:
        near = nearest_name(name, self.vocabulary.under(slot.roots)) if slot.roots else None
        return f"did you mean `{near.replace('-', ' ')}`?" if near else ""

    def amount(self, text: str) -> tree.Thing | None:
        """`at most 5 days after the letter arrives`, `6 years from the end of the contract`."""
        found = re.fullmatch(
            r"(?i)(?:for )?(at most |at least |up to )?(\d{1,6})[ \u00a0](minute|hour|day|week|month|year)s?"
            r"(?: (?:after|from|following) (.{1,400}))?",
            text.strip(),
        )
        if found is None:
            return None
        bound = {"at most": "at most", "up to": "at most", "at least": "at least"}.get(
            (found[1] or "").strip().casefold()
        )
        amount = Amount(int(found[2]), found[3].casefold())
        after = ("quote", plain(found[4]).strip("“”")) if found[4] else None
        return thing("amount", str(amount))._replace(bound=bound, after=after)

    def listed(self, text: str, slot: Slot) -> tree.Things:
        """`a, possibly b`, or `a or b`."""
        either = len(parts(text, (" or ",))) > 1 and len(parts(text, LIST)) == 1
        said = parts(text, (" or ",)) if either else parts(text, LIST)
        return things([self.value(one, slot) for one in said], either)

    def values(self, lines: Iterable[str], slot: str, commas: bool = True) -> list[tree.Thing]:
        return [self.value(one, SLOTS[slot]) for line in lines for one in (parts(line, LIST) if commas else [line])]

    def name_for(self, key: tuple[str, ...], title: str, kind: str) -> str:
        """A name for a thing, the same for the same thing; never one that is a word of the language or a term."""
        known = self.names.get(key)
        if known is not None:
            return known
        ascii_only = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
        base = "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:48].strip("-")
        taken = base in BEGINNINGS or base.replace("-", " ") in VERBS or self.vocabulary.canonical(base) is not None
        if not base or not base[0].isalpha() or taken:
            base = f"{kind}-{base}".strip("-")
        name, number = base, self.counts.get(base, 1)
        while name in self.taken or self.vocabulary.canonical(name) is not None:
            number += 1
            name = f"{base}-{number}"
        self.counts[base] = number
        self.taken.add(name)
        self.names[key] = name
        return name

    def declare(self, kind: str, title: str, *tails: tree.Tail) -> tree.Thing:
        """The thing with this title, declared where it is first met."""
        key = (kind, title.casefold(), *(f"{tail.joint}{_spelt(tail.things)}" for tail in tails))
        known = key in self.names
        name = self.name_for(key, title, kind)
        if not known:
            self.declared[name] = (declaration(kind, name, title, tails), address(*self.place))
        return thing("word", name)

    def party(self, item: Item) -> tree.Thing:
        """Who somebody is: a term, or an organisation by its title."""
        if item.rest:
            raise Misread(f"what stands behind `{item.name[:60]}` could not be read: `{item.rest[:60]}`")
        slot = SLOTS["party"]
        key = None if item.quoted else self.term(item.name, slot)
        if key is not None:
            made = thing("word", key)._replace(quote=plain(item.more).strip('“”"') or None)
        else:
            made = self.declare("organisation", item.name + (f" ({item.more})" if item.more else ""))
        return made._replace(adverb=item.hedge)

    def channels(self, text: str) -> list[tree.Thing]:
        """`email a@b.example, post “1 Quay Road, Thornbeck”`."""
        found = []
        for one in (part for line in parts(text, LINES) for part in parts(line, LIST)):
            item = item_of(one)
            whole = item.name if item.quoted else plain(one)
            key, rest = (None, "") if item.quoted else self.channel(whole)
            if key is None and re.fullmatch(r"[^@\s]+@[^@\s]+", whole):
                key, rest = "email", whole
            found.append(thing("word", key)._replace(quote=plain(rest).strip("“”") or None) if key else quote(whole))
        return found

    def channel(self, text: str) -> tuple[str | None, str]:
        """The kind of channel that the text begins with, and what stands behind it."""
        words = text.split(" ")
        for count in range(min(4, len(words)), 0, -1):
            lead = " ".join(words[:count]).rstrip(":").casefold()
            key = _CHANNELS.get(lead) or self.term(lead, SLOTS["channel"])
            if key is not None:
                return key, " ".join(words[count:])
        return None, ""

    def reach(self, name: str, verb: str, channels: list[tree.Thing]) -> None:
        if name not in self.declared or not channels:
            return
        node, where = self.declared[name]
        if not node.lines:
            self.declared[name] = (node._replace(lines=(clause_of(verb, channels),)), where)


def provision_of(text: str) -> Provision | None:
    for parse in (Provision.parse, parse_query):
        try:
            found = parse(text)
        except ValueError:
            continue
        if found.parts:
            return found
    return None


def thing(kind: str, text: str) -> tree.Thing:
    return tree.Thing(kind, text, None, None, None, None, 0, 0)


def quote(text: str) -> tree.Thing:
    return thing("quote", "")._replace(quote=plain(text))


def things(items: Sequence[tree.Thing], either: bool = False) -> tree.Things:
    return tree.Things(tuple(items), False, either and len(items) > 1, 0, 0)


def clause_of(verb: str, about: Sequence[tree.Thing], *tails: tree.Tail, either: bool = False) -> tree.Clause:
    return tree.Clause(None, tree.Token(verb, 0, 0), things(about, either), tuple(tails), None, 0, 0)


def declaration(
    kind: str,
    name: str,
    title: str,
    tails: Sequence[tree.Tail],
    lines: tuple[tree.Clause, ...] | None = None,
    margin: tree.Margin | None = None,
) -> tree.Declaration:
    return tree.Declaration(tree.Token(kind, 0, 0), tree.Token(name, 0, 0), title, tuple(tails), margin, lines, 0, 0, 0)


def _spelt(things: tree.Things | None) -> str:
    """A list in one spelling, by which two declarations are told to be the same."""
    return " ".join(f"{i.adverb or ''} {i.kind} {i.text} {i.quote or ''}" for i in things.items) if things else ""
