"""A record of processing activities in a sheet, read into the language: a row is an activity.

Each cell gives the clauses that it says and no more. What it cannot say, or cannot be told from it, is a fault at
its cell. The result is source text, which a person can read and which goes on like any other record; each of
its sentences knows the cell from which it comes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from attrs import define, field, frozen

from gdprlint.language import tree
from gdprlint.language.printer import format_tree
from gdprlint.language.reading import read
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.cells import BLANK, deferral, item_of, parts, plain, state_of
from gdprlint.readers.columns import BY_KEY, BY_TITLE, COLUMNS, UNSAYABLE, Column, folded, unremarked, verbs_of
from gdprlint.readers.record import literal_of
from gdprlint.readers.sheet_cells import Columns, Row
from gdprlint.readers.sheet_values import (
    LINES,
    LIST,
    CellFault,
    Misread,
    address,
    clause_of,
    declaration,
    quote,
    thing,
    things,
)
from gdprlint.readers.workbook import Sheet, Unreadable, sheets_of
from gdprlint.text import Source, nearest_name

_NEAR = 100  # more sentences than a row has
_LOOKED_AT = 40  # rows in which the titles of the columns are looked for


@frozen
class CellPlace:
    """The characters of the source that a cell gave."""

    start: int
    end: int
    address: str


@frozen
class SheetSource:
    """The record that a sheet says, as source text, and which cell each of its sentences comes from.

    `unread` are the names of activities, each with a verb of which its row says something that could not be read.
    """

    source: Source
    places: tuple[CellPlace, ...]
    unread: tuple[tuple[str, str], ...] = ()

    def cell(self, offset: int) -> str:
        """The cell behind a place of the source, as a spreadsheet shows it; empty where there is none."""
        at = bisect_right(self.places, offset, key=attrgetter("start"))  # what lies within begins later
        return next(
            (place.address for place in reversed(self.places[max(0, at - _NEAR) : at]) if offset < place.end), ""
        )


def read_sheet(path: str, content: bytes, vocabulary: Vocabulary) -> tuple[SheetSource, tuple[CellFault, ...]]:
    """The record in a CSV file or a workbook, and what could not be read of it."""
    try:
        sheets = sheets_of(path, content)
    except Unreadable as error:
        return SheetSource(Source(path, ""), ()), (CellFault("", 1, 1, str(error)),)
    return record_in(path, sheets, vocabulary)


def record_in(
    path: str, sheets: Sequence[Sheet], vocabulary: Vocabulary, margins: bool = True
) -> tuple[SheetSource, tuple[CellFault, ...]]:
    """The record in these sheets, and what could not be read of it; where no row holds titles, an empty text.

    `margins` tells the row of each clause in the record too.
    """
    clerk = _Clerk(path, vocabulary, margins=margins)
    known = [(sheet, head) for sheet in sheets if (head := _header(sheet)) is not None]
    if not known:
        message = "no row holds the titles of the columns"
        help = f"a row with `{COLUMNS[0].title}`, `{COLUMNS[1].title}` and so on must stand above the activities"
        return SheetSource(Source(path, ""), ()), (CellFault(sheets[0].name if sheets else "", 1, 1, message, help),)
    for sheet, head in known:
        clerk.sheet(sheet, head)
    return clerk.written(), tuple(clerk.faults)


def _header(sheet: Sheet) -> int | None:
    """The row with the most titles of columns, if it has two or more."""
    counts = [sum(folded(cell) in BY_TITLE for cell in row) for row in sheet.rows[:_LOOKED_AT]]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


@define(eq=False)
class _Clerk(Columns):
    """Writes the record: what is declared, each once, and an activity for each row."""

    activities: list[tuple[tree.Declaration, list[str]]] = field(factory=list)
    heading: dict[str, tuple[list[tree.Thing], str]] = field(factory=dict)
    margins: bool = True
    first: str = ""  # the cell of the first title
    unread: list[tuple[str, str]] = field(factory=list)
    lost: set[str] = field(factory=set)  # verbs of columns that are not read

    # ---- sheets and rows

    def sheet(self, sheet: Sheet, head: int) -> None:
        self.lost = set()
        columns = self.columns(sheet, head)
        self.first = self.first or address(sheet.name, head + 1, min(columns) + 1)
        self.above(sheet, head)
        for number, cells in enumerate(sheet.rows[head + 1 :], head + 2):
            said = {
                columns[at].key: (at + 1, cell.strip())
                for at, cell in enumerate(cells)
                if at in columns and plain(cell)
            }
            for at, cell in enumerate(cells):
                if at not in columns and plain(cell) and at >= len(sheet.rows[head]):
                    self.fault((sheet.name, number, at + 1), "the cell stands in a column without a title", "", True)
            if said:
                self.row(Row(sheet.name, number, said))

    def columns(self, sheet: Sheet, head: int) -> dict[int, Column]:
        found: dict[int, Column] = {}
        titles = {unremarked(column.title): column.title for column in COLUMNS}
        for at, cell in enumerate(sheet.rows[head]):
            title = plain(cell)
            column = BY_TITLE.get(folded(title))
            where = (sheet.name, head + 1, at + 1)
            if column is not None and column in found.values():
                self.fault(where, f"the column `{column.title}` stands twice; this one is not read")
                self.lost.update(verbs_of(column))
            elif column is not None:
                found[at] = column
            elif title:
                near = titles.get(nearest_name(unremarked(title), titles, 0.6) or "")
                help = f"did you mean `{near}`?" if near else "the column is not read"
                self.fault(where, f"`{title[:80]}` is no column of the template", help, not near)
                self.lost.update(verbs_of(BY_TITLE[folded(near)]) if near else ())
        return found

    def above(self, sheet: Sheet, head: int) -> None:
        """Whose record it is, where the rows above the titles say so."""
        for number, cells in enumerate(sheet.rows[:head], 1):
            self.place = (sheet.name, number, 2)
            label, *said = [cells[at] if at < len(cells) else "" for at in range(3)]
            try:
                self.told(plain(label).casefold().rstrip(":"), plain(said[0]), said[1])
            except Misread as error:
                self.fault(self.place, str(error), error.help)
                self.unread.append((self.record_name(), ""))

    def told(self, label: str, name: str, contact: str) -> None:
        """One row above the titles, of those that the template has and we write."""
        if label == "controller" and name and "controller" not in self.heading:
            self.heading["controller"] = ([self.party(item_of(name))], "")
            self.heading["contact"] = (self.channels(contact), "")
        elif label == "data protection officer" and (name or contact):
            self.heading.setdefault("dpo", (self.channels(contact or name), ""))
        elif label == "representative" and name:
            parties = [self.party(item_of(one)) for one in parts(name, LIST)]
            self.heading.setdefault("representative", (parties, ""))
        elif label == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", name) and literal_of("date", name):
            self.heading.setdefault("date", ([thing("date", name)], ""))
        elif label == "record" and name:
            self.heading.setdefault("title", ([], name))

    def row(self, row: Row) -> None:
        at, title = row.cells.get("function", (1, ""))
        title = plain(title) or f"Row {row.number}"
        row.name = self.name_for(("activity", str(len(self.activities))), title, "activity")
        for key in ("people", "data"):
            self.cell(row, key)
        for column in COLUMNS:
            if column.key not in ("function", "people", "data"):
                self.cell(row, column.key)
        heading = self.heading.get("controller")
        if heading and not any(
            _is_named(clause, heading[0]) for clause, _ in row.clauses if clause.verb.text != "joint controllers"
        ):
            row.clauses.insert(0, (clause_of("controller", heading[0]), ""))
        self.settle(row)
        margin = None
        if self.margins:
            margin = tree.Margin((tree.Place(None, row.number, row.number, (), 0, 0),), 0, 0)
        clauses = tuple(clause._replace(margin=margin) for clause, _ in row.clauses)
        node = declaration("activity", row.name, title, (), clauses or None, margin)
        self.unread += [(row.name, verb) for verb in sorted({*row.unread, *self.lost})]
        first = address(row.sheet, row.number, at)
        self.activities.append((node, [first, *(where or first for _, where in row.clauses)]))

    def cell(self, row: Row, key: str) -> None:
        """Read one cell of the row; what it cannot say is told there."""
        if key not in row.cells:
            return
        at, text = row.cells[key]
        self.place = (row.sheet, row.number, at)
        if key in UNSAYABLE:
            self.fault(self.place, f"`{plain(text)[:60]}` is not read: {UNSAYABLE[key]}", "", True)
            return
        state = state_of(text)
        verb = BY_KEY[key].verb
        if state == "unknown":
            message = f"`{plain(text)[:60]}` may say that there is none, or that nobody knows"
            help = f"write `None` where there is none, `{BLANK}` where it is to follow, else leave the cell empty"
            self.misread(row, key, message, help)
            return
        items = []
        for line in parts(text, ("\n",) if key == "retention" else LINES):
            if to := deferral(line):
                self.defer(row, key, to)
            else:
                items.append(line)
        state = state_of(items[0]) if len(items) == 1 else ""
        if state and key == "safeguards":
            row.safeguard = thing(state, state)
        elif state and not verb:
            self.misread(row, key, f"`{plain(text)[:60]}` says nothing that a record has a word for")
        elif state:
            self.say(row, clause_of(verb, [thing(state, state)]))
        elif items:
            try:
                getattr(self, "read_" + key.replace("-", "_"))(row, items)
            except Misread as error:
                self.misread(row, key, str(error), error.help)

    def misread(self, row: Row, key: str, message: str, help: str = "") -> None:
        """A cell that was not read, or not whole: what the row says with the verbs of its column is not known."""
        at, _ = row.cells[key]
        self.fault((row.sheet, row.number, at), message, help)
        row.unread += verbs_of(BY_KEY[key])

    def defer(self, row: Row, key: str, to: str) -> None:
        verb = BY_KEY[key].verb or {"people": "collects", "data": "collects", "source": "collects"}.get(key, "")
        if not verb:
            self.misread(row, key, f"the cell sends to “{to}”, for which a record has no word here")
            return
        topic = tree.Tail("for", things([thing("word", verb.replace(" ", "-"))]), 0, 0)
        self.say(row, clause_of("refers to", [quote(to)], topic))

    # ---- the end of a row, and of the sheet

    def settle(self, row: Row) -> None:
        """What cells say only together: data of which no source is named, and a safeguard that is still to come."""
        said = {clause.verb.text for clause, _ in row.clauses}
        at, _ = row.cells.get("data", (1, ""))
        self.place = (row.sheet, row.number, at)
        if row.data and not row.has_source:
            clause = clause_of("collects", row.data, *self.of_people(row))
            row.clauses.append((clause, address(*self.place)))
        elif row.people and not row.data and "collects" not in said:
            self.misread(row, "people", "people are named, and no data of theirs")
        guard = row.safeguard
        if guard is not None:
            at, _ = row.cells["safeguards"]
            self.place = (row.sheet, row.number, at)
            under = tree.Tail("under", things([guard]), 0, 0)
            try:
                self.behind(row, "transfers", under, "")
            except Misread:
                if guard.kind == "blank":
                    self.misread(row, "safeguards", "a safeguard is to follow, and no country is named")

    def written(self) -> SheetSource:
        """The record: its header, what is declared, what is on file, and the activities."""
        nodes: list[tuple[tree.Declaration, list[str]]] = [(self.header(), [self.heading_cell()])]
        for key in ("contact", "dpo", "representative"):
            self.head_clause(key)
        kinds = ("organisation", "people", "data")
        for node, where in sorted(self.declared.values(), key=lambda pair: kinds.index(pair[0].kind.text)):
            nodes.append((node, [where] * (1 + len(node.lines or ()))))
        for (kind, title), (name, rows, shown) in self.documents.items():
            tails = [tree.Tail("is", things([thing("word", kind)]), 0, 0),
                     tree.Tail("of", things([thing("word", row) for row in rows]), 0, 0)]  # fmt: skip
            day = self.dates.get((kind, title))
            if day is not None:
                tails.append(tree.Tail("on", things([thing("date", day)]), 0, 0))
            nodes.append((declaration("document", name, shown, tails), [self.where[kind, title]]))
        nodes += self.activities
        text = format_tree(tree.File(tuple(node for node, _ in nodes), ()), "")
        source = Source(self.path, text)
        found: list[CellPlace] = []
        for node, (_, cells) in zip(read(source).tree.items, nodes, strict=True):
            assert isinstance(node, tree.Declaration)
            for part, cell in zip((node, *(node.lines or ())), cells, strict=True):
                if cell:
                    found.append(CellPlace(part.start, part.end, cell))
        return SheetSource(source, tuple(found), tuple(self.unread))

    def heading_cell(self) -> str:
        """The cell that says whose record it is, else the first title."""
        parties = self.heading.get("controller", ([], ""))[0]
        known = self.declared.get(parties[0].text) if parties else None
        return known[1] if known is not None else self.first

    def record_name(self) -> str:
        return self.name_for(("record",), "this-record", "record")

    def head_clause(self, key: str) -> None:
        controller, said = self.heading.get("controller"), self.heading.get(key)
        if not controller or not said or not said[0] or controller[0][0].text not in self.declared:
            return
        node, where = self.declared[controller[0][0].text]
        clause = clause_of(key, said[0])
        self.declared[controller[0][0].text] = (node._replace(lines=(*(node.lines or ()), clause)), where)

    def header(self) -> tree.Declaration:
        tails = [tree.Tail("under", things([thing("provision", "uk-gdpr 30(1)")]), 0, 0)]
        if "controller" in self.heading:
            tails.insert(0, tree.Tail("of", things(self.heading["controller"][0]), 0, 0))
        if "date" in self.heading:
            tails.append(tree.Tail("on", things(self.heading["date"][0]), 0, 0))
        title = self.heading.get("title", ([], "Record of processing activities"))[1]
        return declaration("record", self.record_name(), title, tails)


def _is_named(clause: tree.Clause, parties: Sequence[tree.Thing]) -> bool:
    wanted = {party.text for party in parties}
    lists = [clause.things, *(tail.things for tail in clause.tails)]
    return any(item.text in wanted for things in lists if things for item in things.items if item.kind == "word")
