"""What the cells of each column say, as clauses of the activity of their row.

A method for each column, by its key. What a cell cannot say is told at its cell, and nothing is put in its place.
"""

from __future__ import annotations

import re

from attrs import define, field

from gdprlint.language import tree
from gdprlint.model.provisions import Provision
from gdprlint.model.table import SLOTS
from gdprlint.readers.cells import UNPLACED, Item, item_of, parts, plain
from gdprlint.readers.record import literal_of
from gdprlint.readers.sheet_values import LIST, Misread, Scribe, address, clause_of, provision_of, quote, thing, things

_INTERESTS = ("legitimate-interests", "recognised-legitimate-interest")
_PIECES = {
    "for": ("for", "span"),
    "until": ("until", "moment"),
    "since": ("since", "moment"),
    "for as long as": ("while", "text"),
    "while": ("while", "text"),
    "then": ("then", "action"),
    "held by": ("with", "party"),
    "of": ("of", "people"),
    "in the form": ("as", "state"),
    "in a cycle of": ("every", "span"),
    "under": ("under", "instrument"),
    "when": ("when", "occasion"),
    "unless": ("unless", "occasion"),
    "because": ("because", "text"),
}


@define(eq=False)
class Row:
    """One row while it is read: its cells, and the clauses and names that it has given."""

    sheet: str
    number: int
    cells: dict[str, tuple[int, str]]
    name: str = ""
    clauses: list[tuple[tree.Clause, str]] = field(factory=list)
    people: list[tree.Thing] = field(factory=list)
    data: list[tree.Thing] = field(factory=list)
    titles: dict[str, tree.Thing] = field(factory=dict)  # of the row's own data and people
    has_source: bool = False
    safeguard: tree.Thing | None = None  # that there is none, or that it is still to come
    unread: list[str] = field(factory=list)  # verbs of which a cell says something that could not be read


@define(eq=False)
class Columns(Scribe):
    """Reads the cells of a row into its clauses; `documents` are what rows say is on file, by kind and title.

    `where` is the cell that first names each of them.
    """

    documents: dict[tuple[str, str], tuple[str, list[str], str]] = field(factory=dict)
    where: dict[tuple[str, str], str] = field(factory=dict)
    dates: dict[tuple[str, str], str] = field(factory=dict)

    def say(self, row: Row, clause: tree.Clause) -> None:
        row.clauses.append((clause, address(*self.place)))

    def read_purpose(self, row: Row, lines: list[str]) -> None:
        self.say(row, clause_of("purpose", self.values(lines, "purpose")))

    def read_joint(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            parties = []
            either = parts(line, (" or ",))
            for one in either:
                item = item_of(one)
                parties.append(self.party(item))
                if item.details:
                    self.reach(parties[-1].text, "contact", self.channels(item.details))
            self.say(row, clause_of("joint controllers", parties, either=len(either) > 1))

    def read_people(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            item = item_of(line)
            if item.rest or item.details or item.hedge == "never":
                raise Misread(f"what stands behind `{item.name[:60]}` could not be read")
            tails = [tree.Tail("is", self.listed(item.more, SLOTS["group"]), 0, 0)] if item.more else []
            if not item.more and not item.quoted and (key := self.term(item.name, SLOTS["group"])):
                tails = [tree.Tail("is", things([thing("word", key)]), 0, 0)]
            made = self.declare("people", item.name, *tails)._replace(adverb=item.hedge)
            row.people.append(made)
            row.titles.setdefault(item.name.casefold(), made)

    def read_data(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            single = item_of(line)
            for one in [line] if single.more or single.details or single.quoted else parts(line, LIST):
                row.data.append(self.datum(row, item_of(one)))

    def datum(self, row: Row, item: Item) -> tree.Thing:
        if item.rest:
            raise Misread(f"what stands behind `{item.name[:60]}` could not be read: `{item.rest[:60]}`")
        known = row.titles.get("data " + item.name.casefold())
        if known is not None:
            return known._replace(adverb=item.hedge)
        key = None if item.quoted or item.details else self.term(item.name, SLOTS["data"])
        if key is not None and not item.more:
            made = thing("word", key)
        else:
            tails = [tree.Tail("of", things(row.people), 0, 0)] if row.people else []
            if item.details:
                tails.append(tree.Tail("as", self.listed(item.details, SLOTS["state"]), 0, 0))
            if item.more:
                tails.append(tree.Tail("is", self.listed(item.more, SLOTS["contents"]), 0, 0))
            made = self.declare("data", item.name, *tails)
        row.titles["data " + item.name.casefold()] = made
        return made._replace(adverb=item.hedge)

    def handled(self, row: Row) -> list[tree.Thing]:
        """The data of the row, of which a clause that names none is."""
        return [one._replace(adverb=None) for one in row.data] or [thing("word", "personal-data")]

    def read_source(self, row: Row, lines: list[str]) -> None:
        parties = []
        for line in lines:
            item = item_of(line)
            known = row.titles.get(item.name.casefold())
            parties.append(known._replace(adverb=item.hedge) if known is not None else self.party(item))
        row.has_source = True
        source = tree.Tail("from", things(parties), 0, 0)
        self.say(row, clause_of("collects", row.data or self.handled(row), *self.of_people(row), source))

    def of_people(self, row: Row) -> list[tree.Tail]:
        """Whose data they are, where they are words that do not say so themselves."""
        alone = not row.data or any(one.text not in self.declared for one in row.data)
        return [tree.Tail("of", things(row.people), 0, 0)] if row.people and alone else []

    def read_recipients(self, row: Row, lines: list[str]) -> None:
        plain_ones: list[tree.Thing] = []
        roles: dict[str, list[tree.Thing]] = {}
        for line in lines:
            item = item_of(line)
            role = item.details.casefold()
            if role in ("processor", "sub-processor"):
                roles.setdefault(role, []).append(self.party(item))
            elif role == "supplier":
                roles.setdefault("uses", []).append(self.party(item))
            elif role:
                raise Misread(
                    f"`{item.details[:60]}` is no role of a recipient",
                    "the roles are processor, sub-processor and supplier",
                )
            else:
                plain_ones.append(self.party(item))
        if plain_ones:
            to = tree.Tail("to", things(plain_ones), 0, 0)
            self.say(row, clause_of("discloses", self.handled(row), to))
        for verb in ("processor", "sub-processor", "uses"):
            for party in roles.get(verb, []):
                self.say(row, clause_of(verb, [party]))

    def read_contracts(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            item = item_of(line)
            if not item.details:
                raise Misread(
                    "the cell does not say whose contract it is", "write the processor first: `Name: the contract`"
                )
            under = tree.Tail("under", self.listed(item.details, SLOTS["instrument"]), 0, 0)
            wanted = self.party(item).text
            for at, (clause, where) in enumerate(row.clauses):
                if (
                    clause.verb.text in ("processor", "sub-processor")
                    and clause.things
                    and clause.things.items[0].text == wanted
                ):
                    row.clauses[at] = (clause._replace(tails=(*clause.tails, under)), where)
                    break
            else:
                self.say(row, clause_of("processor", [thing("word", wanted)], under))

    def read_countries(self, row: Row, lines: list[str]) -> None:
        adverb = None
        inside: list[tree.Thing] = []
        outside: list[tree.Thing] = []
        for line in lines:
            for one in parts(line, LIST):
                item = item_of(one)
                if not item.quoted and item.name.casefold() == UNPLACED:
                    adverb = item.hedge
                elif not item.quoted and item.name.casefold().startswith("outside "):
                    made = self.value(re.sub(r"^(possibly|not) ", "", one)[8:], SLOTS["place"])
                    outside.append(made._replace(adverb=item.hedge))
                else:
                    inside.append(self.value(one, SLOTS["place"]))
        tails = [
            tree.Tail(joint, things(places), 0, 0) for joint, places in (("in", inside), ("outside", outside)) if places
        ]
        self.say(row, clause_of("transfers", self.handled(row), *tails)._replace(adverb=adverb))

    def read_safeguards(self, row: Row, lines: list[str]) -> None:
        under = tree.Tail("under", things(self.values(lines, "instrument")), 0, 0)
        self.behind(row, "transfers", under, "a safeguard is named, and no country to which data go")

    def behind(self, row: Row, verb: str, tail: tree.Tail, otherwise: str) -> None:
        """Add a tail to the clause that another cell of the row gave."""
        for at, (clause, where) in enumerate(row.clauses):
            if clause.verb.text == verb and clause.things and clause.things.items[0].kind not in ("none", "blank"):
                row.clauses[at] = (clause._replace(tails=(*clause.tails, tail)), where)
                return
        raise Misread(otherwise)

    def read_security(self, row: Row, lines: list[str]) -> None:
        self.say(row, clause_of("security", self.values(lines, "measure")))

    def read_rights(self, row: Row, lines: list[str]) -> None:
        self.say(row, clause_of("rights", self.values(lines, "right")))

    def read_automated(self, row: Row, lines: list[str]) -> None:
        if len(lines) == 1 and plain(lines[0]).rstrip(".").casefold() in ("no", "yes"):
            if plain(lines[0]).casefold().startswith("y"):
                raise Misread("the cell does not say for what decisions are made automatically", "name the purpose")
            self.say(row, clause_of("automated decisions", [thing("none", "none")]))
            return
        self.say(row, clause_of("automated decisions", self.values(lines, "purpose")))

    def read_basis(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            either = parts(line, (" or ",))
            self.say(row, clause_of("lawful basis", [self.basis(one) for one in either], either=len(either) > 1))

    def basis(self, text: str) -> tree.Thing:
        """A lawful basis by its name or its article; both must say the same."""
        item = item_of(text)
        slot = SLOTS["basis"]
        article = re.search(r"6 ?\(1\) ?\((ea|[a-f])\)", text, re.IGNORECASE)
        by_article = None
        if article and not item.quoted:
            by_article = self.vocabulary.of_provision(
                Provision.parse(f"uk-gdpr 6(1)({article[1].lower()})"), slot.roots
            )
        by_name = None if item.quoted else self.term(item.name, slot)
        spoken = f"-{'-'.join(re.findall(r'[a-z]+', text.casefold()))}-".replace("recognised-legitimate-interests", "")
        others = [key for key in self.vocabulary.under(slot.roots) if key not in slot.roots and f"-{key}-" in spoken]
        if by_article and not item.quoted and not all(self.vocabulary.is_a(key, by_article) for key in others):
            raise Misread(f"`{plain(text)[:60]}` names one lawful basis and cites the article of another")
        key = by_name or by_article
        made = (
            thing("word", key)
            if key
            else quote(item.name + (f" ({item.more})" if item.more and not item.quoted else ""))
        )
        return made._replace(adverb=item.hedge)

    def read_basis_again(self, row: Row, lines: list[str]) -> None:
        said = [clause for clause, _ in row.clauses if clause.verb.text == "lawful basis"]
        if not said:
            self.read_basis(row, lines)
            return
        known = {item.text for clause in said if clause.things for item in clause.things.items}
        for line in lines:
            for one in parts(line, (" or ",)):
                basis = self.basis(one)
                if basis.kind == "word" and basis.text not in known:
                    raise Misread(f"`{plain(one)[:60]}` is not the lawful basis that the row names before")

    def read_interests(self, row: Row, lines: list[str]) -> None:
        interests = tree.Tail("in", things([self.interest(line) for line in lines]), 0, 0)
        for at, (clause, where) in enumerate(row.clauses):
            if clause.verb.text == "lawful basis" and clause.things:
                keys = [item.text for item in clause.things.items if item.kind == "word"]
                if any(self.vocabulary.is_a(key, root) for key in keys for root in _INTERESTS):
                    row.clauses[at] = (clause._replace(tails=(*clause.tails, interests)), where)
                    return
        raise Misread("an interest is named, and the row does not rely on legitimate interests")

    def interest(self, line: str) -> tree.Thing:
        return self.value(line, SLOTS["text"])

    def read_condition(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            either = parts(line, (" or ",))
            said = either if len(either) > 1 else parts(line, LIST)
            found = [self.point(one) for one in said]
            self.say(row, clause_of("condition", found, either=len(either) > 1))

    def point(self, text: str) -> tree.Thing:
        """A condition of Article 9(2) or 10, by its point or its name."""
        item = item_of(text)
        point = re.search(r"\b(9 ?\(2\)( ?\([a-j]\))?|10( ?\(1\))?)", item.name)
        key = None if item.quoted else self.term(item.name, SLOTS["provision"])
        if point and not item.quoted:
            law = "eu-gdpr" if item.name.startswith("EU GDPR") else "uk-gdpr"
            made = thing("provision", f"{law} {point[0].replace(' ', '')}")
        elif key is not None:
            made = thing("word", key)
        else:
            raise Misread(f"`{item.name[:60]}` is no condition of Article 9 or 10", "write it as `Article 9(2)(j)`")
        return made._replace(adverb=item.hedge)

    def read_schedule_1(self, row: Row, lines: list[str]) -> None:
        found = []
        for one in (part for line in lines for part in parts(line, LIST)):
            item = item_of(one)
            provision = provision_of(item.name) or provision_of(f"DPA 2018 Sch. 1 {item.name}")
            if provision is None or not str(provision).startswith("dpa-2018 schedule 1"):
                raise Misread(
                    f"`{item.name[:60]}` is no paragraph of Schedule 1", "write it as `Schedule 1 paragraph 4`"
                )
            found.append(thing("provision", str(provision))._replace(adverb=item.hedge))
        under = tree.Tail("under", things(found), 0, 0)
        self.behind(row, "condition", under, "a condition of Schedule 1 is named, and none of Article 9 or 10")

    # ---- documents

    def file(self, row: Row, lines: list[str], kind: str) -> None:
        for line in lines:
            item = item_of(line)
            title = plain(line) if not item.quoted else item.name
            key = (kind, title.casefold())
            name = self.name_for(("document", *key), title, "document")
            self.where.setdefault(key, address(*self.place))
            _, rows, _ = self.documents.setdefault(key, (name, [], title))
            if row.name not in rows:
                rows.append(row.name)

    def read_lia(self, row: Row, lines: list[str]) -> None:
        self.file(row, lines, "lia")

    def read_consent(self, row: Row, lines: list[str]) -> None:
        self.file(row, lines, "consent-register")

    def read_policy(self, row: Row, lines: list[str]) -> None:
        self.file(row, lines, "retention-schedule")

    def read_dpia(self, row: Row, lines: list[str]) -> None:
        self.file(row, lines, "dpia")

    def read_dpia_progress(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            item = item_of(line)
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", item.details) or literal_of("date", item.details) is None:
                raise Misread(f"`{plain(line)[:60]}` does not say of which assessment it is the date",
                               "write the assessment and its day: `Impact assessment: 2026-06-08`")  # fmt: skip
            self.dates["dpia", item.name.casefold()] = item.details
            self.file(row, [line.rpartition(":")[0]], "dpia")

    def read_location(self, row: Row, lines: list[str]) -> None:
        places = self.values(lines, "place", commas=False)
        self.say(row, clause_of("keeps", self.handled(row), tree.Tail("in", things(places), 0, 0)))

    # ---- retention

    def read_retention(self, row: Row, lines: list[str]) -> None:
        for line in lines:
            for names, pieces in _kept(plain(line)):
                self.kept(row, names, pieces)

    def kept(self, row: Row, names: str, pieces: list[str]) -> None:
        """One statement: which data, and what is said of how long they are kept."""
        items = [item_of(one) for one in parts(names, LIST)]
        known = any("data " + item.name.casefold() in row.titles or item.hedge == "never" for item in items)
        if not known and (not pieces or self.tails(row, names)):
            names, pieces = "", [names, *pieces]
        tails = []
        for piece in pieces:
            found = self.tails(row, piece)
            if not found:
                help = "write it as `6 years after the contract ends` or `until the query is dealt with`"
                raise Misread(f"no period could be read from `{piece[:60]}`", help)
            tails += found
        data = [self.datum(row, item_of(one)) for one in parts(names, LIST)] if names else self.handled(row)
        self.say(row, clause_of("keeps", data, *tails))

    def tails(self, row: Row, piece: str) -> list[tree.Tail]:
        """One piece of a period: how long, from or until when, by whom, and what then."""
        piece = plain(piece)
        low = piece.casefold()
        if low in ("indefinitely", "as soon as possible", "whichever is later"):
            return [tree.Tail(low, None, 0, 0)]
        spans = self.spans(piece)
        if spans is not None:
            return [tree.Tail("for", spans, 0, 0)]
        for lead, (joint, slot) in sorted(_PIECES.items(), key=lambda pair: -len(pair[0])):
            if low.startswith(lead + " "):
                rest = piece[len(lead) :].strip()
                if joint == "for":
                    spans = self.spans(rest)
                    return [tree.Tail("for", spans, 0, 0)] if spans is not None else []
                if joint in ("with", "of"):
                    said = [item_of(one) for one in parts(rest, (", ", " or "))]
                    either = len(parts(rest, (" or ",))) > 1
                    parties = [self.party(item) if joint == "with" else self.person(row, item) for item in said]
                    return [tree.Tail(joint, things(parties, either), 0, 0)]
                return [tree.Tail(joint, self.listed(rest, SLOTS[slot]), 0, 0)]
        return []

    def person(self, row: Row, item: Item) -> tree.Thing:
        """People of the row by their title, people of the vocabulary, or others."""
        known = row.titles.get(item.name.casefold())
        key = None if known or item.quoted else self.term(item.name, SLOTS["people"])
        made = known or (thing("word", key) if key else self.declare("people", item.name))
        return made._replace(adverb=item.hedge)

    def spans(self, text: str) -> tree.Things | None:
        """One amount, or a list of them; None where the text is neither."""
        either = len(parts(text, (" or ",))) > 1
        found = [self.span(one) for one in parts(text, (", ", " or "))]
        sure = [span for span in found if span is not None]
        if sure and len(sure) == len(found):
            return things(sure, either)
        whole = self.span(text)
        return things([whole]) if whole is not None else None

    def span(self, text: str) -> tree.Thing | None:
        for word, adverb in (("possibly ", "possibly"), ("not ", "never"), ("", None)):
            if text.startswith(word):
                amount = self.amount(text[len(word) :])
                return amount._replace(adverb=adverb) if amount is not None else None
        return None


def _kept(line: str) -> list[tuple[str, list[str]]]:
    """The statements of a line: the data before the colon, and the pieces behind it up to the next such data."""
    found: list[tuple[str, list[str]]] = []
    for piece in parts(line, ("; ",)):
        named = parts(piece, (": ",))
        if len(named) > 1:
            found.append((named[0], [piece[len(named[0]) :].lstrip(" :")]))
        elif found:
            found[-1][1].append(piece)
        else:
            found.append((piece, []))
    return found
