"""The rows of the record of a controller (UK GDPR Article 30(1)) in the columns of the regulator's template.

An innermost activity is a row, with all that holds for it. A cell says only what the record says, in the
grammar of `readers/cells.py`, so that `gdprlint read` reads the same from it again. What no clause says
(whether a breach has occurred, whether a policy is kept to) stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from attrs import frozen

from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import Provision, parse_query
from gdprlint.model.states import State
from gdprlint.model.table import VERBS, field_name
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.readers.cells import BLANK, NONE, UNPLACED, inner_marks, is_unsafe, item_text, named, plain
from gdprlint.readers.columns import COLUMNS
from gdprlint.writers.view import View, items
from gdprlint.writers.words import own_words, spelt


@frozen
class Table:
    """What a sheet holds: above the titles whose record it is, then a row for each activity."""

    heading: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def table(view: View) -> Table:
    """The table of what the view covers; cells are text, one item a line."""
    rows = tuple(
        tuple(
            "\n".join(dict.fromkeys(_CELLS[column.key](view, leaf))) if column.key in _CELLS else ""
            for column in COLUMNS
        )
        for leaf in view.leaves
    )
    return Table(tuple(_heading(view)), rows)


# ---- values


def label(view: View, item: Item) -> str:
    """A value as a cell has it, without its hedge."""
    vocabulary = view.words.vocabulary
    if item.thing is not None:
        return thing_label(view, item.thing)
    match item.value:
        case date():
            return item.value.isoformat()
        case Amount():
            bound = f"{item.bound} " if item.bound else ""
            after = f" after {label(view, item.after)}" if item.after else ""
            return f"{bound}{item.value}{after}"
        case Provision():
            return _cited(item.value)
    if item.kind != "word":
        return own(view, item.quote or "")
    key = str(item.value)
    term = vocabulary.terms.get(key)
    said = term.title if term is not None and vocabulary.is_a(key, "place") and term.title else spelt(key)
    known = vocabulary.canonical(said) == key or (term is not None and said == term.title)
    return said if known and not is_unsafe(said) else key


def _cited(provision: Provision) -> str:
    """As lawyers cite it, where that can be read back; else as the language writes it."""
    said = provision.for_people()
    try:
        return said if parse_query(said) == provision else str(provision)
    except ValueError:
        return str(provision)


def own(view: View, text: str) -> str:
    """Own words as a cell has them: in quotation marks where they would be read as something else."""
    said = own_words(text) or "not named"
    return named(said, _is_taken(view, said))


def _is_taken(view: View, text: str) -> bool:
    if view.words.vocabulary.canonical(text) is not None or _LITERAL.match(text):
        return True
    if view.words.vocabulary.canonical(text.removeprefix("the ")) is not None or text.casefold() in _titles(view):
        return True
    for parse in (Provision.parse, parse_query):
        try:
            if parse(text).parts:
                return True
        except ValueError:
            continue
    return False


_LITERAL = re.compile(r"(?i)(at most |at least |up to |for )?\d")


def _titles(view: View) -> frozenset[str]:
    """The titles of places, with and without an article."""
    if view.titles is None:
        vocabulary = view.words.vocabulary
        found = [vocabulary.terms[key].title.casefold() for key in vocabulary.under(("place",))]
        view.titles = frozenset(title for one in found if one for title in (one, f"the {one}"))
    return view.titles


def thing_label(view: View, thing: Thing) -> str:
    title = own_words(thing.title or "") or spelt(thing.name)
    return named(title, _is_taken(view, title))


def hedged(view: View, item: Item, clause: Clause | None, more: str = "", details: str = "", text: str = "") -> str:
    """An item of a cell: with `possibly` where it or its clause is hedged, with `not` where it is denied."""
    hedge = hedge_of(item, clause)
    quote = own_words(item.quote or "") if item.kind == "word" and item.thing is None else ""
    more = more or (named(quote) if quote else "")
    return item_text(text or label(view, item), hedge, more, details)


def hedge_of(item: Item, clause: Clause | None) -> str | None:
    """How an item is said: denied with its clause, else by itself, else hedged with its clause."""
    if clause is None or (item.adverb and clause.adverb != "never"):
        return item.adverb
    return clause.adverb


def listed(view: View, values: Values) -> str:
    """A list within a cell: `a, possibly b`, or `a or b`."""
    said = [item_text(label(view, item), item.adverb) for item in items(values)]
    said += [item_text(label(view, item), "never") for item in values.denied if item.kind != "none"]
    return (" or " if values.either and len(said) > 1 and not values.denied else ", ").join(said)


def stated(leaf: Thing, verb: str) -> list[Clause]:
    """The clauses that say something under the verb, stated or hedged; its own first."""
    return [clause for clause in leaf.said.get(verb, ()) if clause.state in (State.STATED, State.HEDGED)]


# ---- cells


def _function(view: View, leaf: Thing) -> Iterator[str]:
    yield plain(leaf.title or "") or spelt(leaf.name).capitalize()


def _said(verb: str, say: Callable[[View, Clause, Item], str] | None = None) -> Callable[[View, Thing], Iterator[str]]:
    """A cell with what clauses of one verb are about, and the state in which the verb is where they say nothing."""

    def cell(view: View, leaf: Thing) -> Iterator[str]:
        lines, denials = [], []
        for clause in leaf.said.get(verb, ()):
            denied = [item for item in clause.about.denied if item.kind != "none"]
            for item in items(clause.about):
                if clause.adverb == "never":
                    denied.append(item)
                elif clause.about.either and len(items(clause.about)) > 1 and say is not None:
                    continue
                else:
                    lines.append(say(view, clause, item) if say else hedged(view, item, clause))
            if say is not None and clause.about.either and len(items(clause.about)) > 1 and clause.adverb != "never":
                lines.append(" or ".join(say(view, clause, item) for item in items(clause.about)))
            denials += [item_text(_point(view, item) or label(view, item), "never") for item in denied]
        lines = [line for line in lines if not any(other.startswith(f"{line}: ") for other in lines)]
        yield from (lines + denials) or _state(leaf.said.get(verb, ()))
        yield from _elsewhere(view, leaf, verb)

    return cell


def _state(clauses: Iterable[Clause]) -> list[str]:
    """What a cell says of clauses that name nothing: that there is none, or that it is to follow."""
    states = [clause.state for clause in clauses if not clause.about.members]
    if State.BLANK in states:
        return [BLANK]
    return [NONE] if State.NONE in states else []


def _elsewhere(view: View, leaf: Thing, *verbs: str) -> Iterator[str]:
    """The texts to which the record sends for this."""
    fields = {field_name(verb) for verb in verbs}
    document = view.register.document_of(leaf)
    for here in (*leaf.chain, *((document,) if document is not None else ())):
        for clause in here.clauses.get("refers to", ()):
            topics = {str(item.value) for item in items(clause.tails.get("for"))}
            if topics & fields and clause.state is State.STATED:
                for item in items(clause.about):
                    text = own_words(item.quote or "") if item.kind == "quote" else label(view, item).strip("“”")
                    yield f"See “{inner_marks(text)}”"


def _joint(view: View, clause: Clause, item: Item) -> str:
    details = []
    for contact in item.thing.clauses.get("contact", ()) if item.thing is not None else ():
        if contact.state is State.STATED:
            details += [_channel(view, one) for one in items(contact.about)]
    return hedged(view, item, clause, details=", ".join(dict.fromkeys(details)), text=_party(view, item))


def _channel(view: View, item: Item) -> str:
    quote = own_words(item.quote or "")
    if item.kind != "word":  # a word at its beginning could be that of a channel
        return named(quote or "not named", True)
    return f"{label(view, item)} {named(quote)}" if quote else label(view, item)


def _party(view: View, item: Item) -> str:
    return label(view, item)


def _people(view: View, leaf: Thing) -> Iterator[str]:
    for item in items(view.register.field(leaf, "people")):
        kinds = item.thing.tails.get("is") if item.thing is not None else None
        more = listed(view, kinds) if kinds is not None and items(kinds) else ""
        yield item_text(label(view, item), None if item.adverb == "never" else item.adverb, more)


def _data(view: View, leaf: Thing) -> Iterator[str]:
    found: dict[str, str] = {}
    for item in items(view.register.field(leaf, "data")):
        found.setdefault(label(view, item), _datum(view, item))
    yield from found.values()


def _datum(view: View, item: Item) -> str:
    if item.thing is None:  # what stands in brackets here are contents, and a term has its own
        return item_text(label(view, item), item.adverb)
    contents, state = item.thing.tails.get("is"), item.thing.tails.get("as")
    more = listed(view, contents) if contents is not None and items(contents) else ""
    details = listed(view, state) if state is not None and items(state) else ""
    return item_text(label(view, item), item.adverb, more, details)


def _recipients(view: View, leaf: Thing) -> Iterator[str]:
    own_names = {item.thing.name for clause in stated(leaf, "controller") for item in items(clause.about) if item.thing}
    found: dict[str, tuple[int, str]] = {}
    for order, (verb, joint, role) in enumerate(_RECIPIENTS):
        for clause in stated(leaf, verb):
            for item in items(clause.about if joint is None else clause.tails.get(joint)):
                thing = item.thing
                if (thing is None and joint != "to" and verb not in ("processor", "sub-processor")) or (
                    thing is not None and (thing.kind in ("data", "document") or thing.name in own_names)
                ):
                    continue
                name = _party(view, item)
                if name not in found or (role and _ROLE[found[name][0]] != role and not _ROLE[found[name][0]]):
                    place = (order, hedged(view, item, clause, details=role))
                    found[name] = place
    yield from [text for _, text in sorted(found.values(), key=lambda pair: _RANK[_ROLE[pair[0]]])] or _state(
        leaf.said.get("discloses", ())
    )
    yield from _elsewhere(view, leaf, "discloses")


_RECIPIENTS = (
    ("discloses", "to", ""), ("opens", "to", ""), ("transfers", "to", ""), ("processor", None, "processor"),
    ("sub-processor", None, "sub-processor"), ("uses", None, "supplier"), ("uses", "by", "supplier"),
    ("makes", "by", "supplier"), ("collects", "by", "supplier"),
)  # fmt: skip
_ROLE = [role for _, _, role in _RECIPIENTS]
_RANK = {"": 0, "processor": 1, "sub-processor": 2, "supplier": 3}


def _contracts(view: View, leaf: Thing) -> Iterator[str]:
    for clause in (*stated(leaf, "processor"), *stated(leaf, "sub-processor")):
        under = clause.tails.get("under")
        chosen = [
            i
            for i in items(under)
            if i.kind == "quote" or (i.thing and i.thing.kind == "document") or view.is_a(i, "contract")
        ]
        said = ", ".join(item_text(label(view, item), item.adverb) for item in chosen)
        if said:
            yield from (f"{_party(view, item)}: {said}" for item in items(clause.about))


def _countries(view: View, leaf: Thing) -> Iterator[str]:
    lines = []
    for clause in stated(leaf, "transfers"):
        inside, outside = items(clause.tails.get("in")), items(clause.tails.get("outside"))
        lines += [hedged(view, item, clause) for item in inside]
        lines += [hedged(view, item, clause, text=f"outside {label(view, item)}") for item in outside]
    if not lines and stated(leaf, "transfers"):
        sure = any(clause.state is State.STATED for clause in stated(leaf, "transfers"))
        lines.append(item_text(UNPLACED, None if sure else "possibly"))
    yield from lines or _state(clause for clause in leaf.said.get("transfers", ()) if clause.adverb is None)
    yield from _elsewhere(view, leaf, "transfers")


def _safeguards(view: View, leaf: Thing) -> Iterator[str]:
    lines, states = [], []
    for clause in stated(leaf, "transfers"):
        under = clause.tails.get("under")
        lines += [hedged(view, item, None) for item in items(under)]
        if under is not None and not items(under):
            states.append(under.state)
    yield from lines or ([BLANK] if State.BLANK in states else [NONE] if State.NONE in states else [])


def _retention(view: View, leaf: Thing) -> Iterator[str]:
    lines = []
    for clause in leaf.said.get("keeps", ()):
        details = "; ".join(_pieces(view, clause))
        if clause.tails.keys() and clause.tails.keys() <= {"in"}:
            continue
        names = [item_text(label(view, item), hedge_of(item, clause)) for item in items(clause.about)]
        names += [item_text(label(view, item), "never") for item in clause.about.denied if item.kind != "none"]
        if names:
            lines.append(", ".join(names) + (f": {details}" if details else ""))
    yield from lines or _state(leaf.said.get("keeps", ()))
    yield from _elsewhere(view, leaf, "keeps")


def _pieces(view: View, clause: Clause) -> Iterator[str]:
    for joint, lead in _PIECES:
        values = clause.tails.get(joint)
        if values is None:
            continue
        if joint not in VERBS["keeps"].tails or VERBS["keeps"].tails[joint] == "":
            yield joint
        elif items(values) or any(item.kind != "none" for item in values.denied):
            said = listed(view, values)
            yield (
                said
                if joint == "for" and _LITERAL.match(said) and not re.search(r", | or ", said)
                else f"{lead} {said}"
            )


_PIECES = (
    ("of", "of"), ("with", "held by"), ("as", "in the form"), ("since", "since"), ("for", "for"), ("until", "until"),
    ("while", "for as long as"), ("indefinitely", ""), ("whichever is later", ""), ("every", "in a cycle of"),
    ("as soon as possible", ""), ("when", "when"), ("unless", "unless"), ("under", "under"), ("because", "because"),
    ("then", "then"),
)  # fmt: skip


def _basis(view: View, clause: Clause, item: Item) -> str:
    term = view.words.vocabulary.terms.get(str(item.value)) if item.kind == "word" else None
    article = (
        next((p for p in term.provisions if str(p).startswith("uk-gdpr 6(1)")), None) if term is not None else None
    )
    more = str(article).replace("uk-gdpr ", "Article ") if article is not None else ""
    return item_text(label(view, item), hedge_of(item, clause), more)


def _basis_again(view: View, leaf: Thing) -> Iterator[str]:
    """The lawful basis once more, where the policy document for a condition of Schedule 1 asks for it."""
    if any(_schedule_1(view, leaf)):
        for clause in stated(leaf, "lawful basis"):
            said = [_basis(view, clause, item) for item in items(clause.about)]
            yield from [" or ".join(said)] if clause.about.either else said


def _condition(view: View, clause: Clause, item: Item) -> str:
    text = _point(view, item)
    more = ""
    if text and isinstance(item.value, Provision):
        key = view.words.vocabulary.of_provision(item.value, ("condition",))
        term = view.words.vocabulary.terms.get(key or "")
        more = spelt(term.key) if term is not None and "9(2)(" in text and "gdpr" not in term.key else ""
    text = text or label(view, item)
    return item_text(text, hedge_of(item, clause), more)


def _point(view: View, item: Item) -> str:
    """A point of Article 9(2) or 10 as the template has it; empty for anything else."""
    found = re.fullmatch(r"(uk|eu)-gdpr ((?:9\(2\)(?:\([a-j]\))?|10(?:\(1\))?))", str(item.value))
    if found is None or not isinstance(item.value, Provision):
        return ""
    return f"{'EU GDPR ' if found[1] == 'eu' else ''}Article {found[2]}"


def _interests(view: View, leaf: Thing) -> Iterator[str]:
    for clause in stated(leaf, "lawful basis"):
        if any(
            view.is_a(item, "legitimate-interests", "recognised-legitimate-interest") for item in items(clause.about)
        ):
            yield from (item_text(label(view, item), item.adverb) for item in items(clause.tails.get("in")))


def _source(view: View, leaf: Thing) -> Iterator[str]:
    for clause in stated(leaf, "collects"):
        for item in items(clause.tails.get("from")):
            yield hedged(view, item, None, text=_party(view, item))
    yield from _elsewhere(view, leaf, "collects")


def _location(view: View, leaf: Thing) -> Iterator[str]:
    for clause in stated(leaf, "keeps"):
        yield from (hedged(view, item, clause) for item in items(clause.tails.get("in")))


def _schedule_1(view: View, leaf: Thing) -> Iterator[str]:
    for clause in stated(leaf, "condition"):
        for item in items(clause.tails.get("under")):
            if str(item.value).startswith("dpa-2018 schedule 1"):
                yield item_text(str(item.value).removeprefix("dpa-2018 ").replace("schedule", "Schedule"), item.adverb)


def _documents(*kinds: str) -> Callable[[View, Thing], Iterator[str]]:
    """A cell with the titles of what is on file of these kinds."""

    def cell(view: View, leaf: Thing) -> Iterator[str]:
        for thing in on_file(view, leaf, *kinds):
            yield thing_label(view, thing)

    return cell


def on_file(view: View, leaf: Thing, *kinds: str) -> list[Thing]:
    found = [thing for thing in view.register.field(leaf, "documents").members if isinstance(thing, Thing)]
    return [thing for thing in found if any(view.is_a(kind, *kinds) for kind in items(thing.tails.get("is")))]


def _progress(view: View, leaf: Thing) -> Iterator[str]:
    for thing in on_file(view, leaf, "dpia"):
        for item in items(thing.tails.get("on"))[:1]:
            if isinstance(item.value, date) and item.thing is None:
                yield f"{thing_label(view, thing)}: {item.value.isoformat()}"


_CELLS: dict[str, Callable[[View, Thing], Iterator[str]]] = {
    "function": _function,
    "purpose": _said("purpose"),
    "joint": _said("joint controllers", _joint),
    "people": _people,
    "data": _data,
    "recipients": _recipients,
    "contracts": _contracts,
    "countries": _countries,
    "safeguards": _safeguards,
    "retention": _retention,
    "security": _said("security"),
    "basis": _said("lawful basis", _basis),
    "condition": _said("condition", _condition),
    "interests": _interests,
    "lia": _documents("lia"),
    "rights": _said("rights"),
    "automated": _said("automated decisions"),
    "source": _source,
    "consent": _documents("consent-register"),
    "location": _location,
    "dpia-progress": _progress,
    "dpia": _documents("dpia"),
    "schedule-1": _schedule_1,
    "basis-again": _basis_again,
    "policy": _documents("retention-schedule", "policy-retention", "policy-deletion"),
}


# ---- whose record it is


def _heading(view: View) -> Iterator[tuple[str, ...]]:
    """The rows above the titles: the record, its controller, officer and representative, and its day."""
    header = view.header
    title = plain(header.title or "") if header is not None else ""
    yield ("Record", title or "Record of processing activities")
    for thing in _controllers(view)[:1]:
        yield ("Controller", thing_label(view, thing), _reached(view, thing, "contact"))
        officer = _reached(view, thing, "dpo")
        if officer:
            yield ("Data protection officer", "", officer)
        for clause in thing.clauses.get("representative", ()):
            if clause.state is State.STATED:
                yield ("Representative", ", ".join(label(view, item) for item in items(clause.about)))
    if header is not None:
        for item in items(header.tails.get("on"))[:1]:
            if isinstance(item.value, date):
                yield ("Date", item.value.isoformat())


def _controllers(view: View) -> list[Thing]:
    named_ones = {thing.name: thing for thing in view.parties("controller")}
    return [thing for name, thing in named_ones.items() if name in view.words.we] or (
        list(named_ones.values()) if len(named_ones) == 1 else []
    )


def _reached(view: View, thing: Thing, verb: str) -> str:
    clauses = [clause for clause in thing.clauses.get(verb, ()) if clause.state is State.STATED]
    return ", ".join(dict.fromkeys(_channel(view, item) for clause in clauses for item in items(clause.about)))
