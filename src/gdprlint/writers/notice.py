"""A privacy notice in plain language, from a record.

It is layered: what matters most comes first, in a few lines, and each topic then has a section of its own.
What holds for every activity is said once; what holds for some stands under their titles. It says what
the record says and nothing else: where the record is silent, so is the notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Thing
from gdprlint.writers.document import Block, Bullets, Document, Paragraph, Section
from gdprlint.writers.parts import keeping, more, rights, sharing, what, who, why
from gdprlint.writers.sentences import Said, purposes
from gdprlint.writers.view import View, items
from gdprlint.writers.words import clean, joined, own_words

Part = Callable[[View], Iterable[Said]]

# The sections in the order in which people ask: heading, what stands under it, and the verbs that it says.
SECTIONS: tuple[tuple[str, str, tuple[Part, ...], tuple[str, ...]], ...] = (
    (
        "who",
        "Who we are",
        (who.who_we_are, who.commissioned),
        ("controller", "joint controllers", "representative", "client", "sponsor"),
    ),
    ("contact", "How to contact us", (who.contact,), ("contact", "dpo")),
    ("data", "What data we use", (what.people, what.data), ()),
    ("sources", "Where the data come from", (what.sources,), ("collects", "makes")),
    ("purposes", "Why we use your data", (why.purposes_said,), ("purpose",)),
    ("lawful-basis", "Our lawful basis", (why.bases,), ("lawful basis",)),
    ("special", "Special category data", (why.conditions,), ("condition",)),
    ("consent", "Your agreement, and taking it back", (why.consent,), ("consent", "permission", "withdrawal")),
    ("required", "Whether you must give us data", (why.required,), ("requires",)),
    (
        "sharing",
        "Who we share data with",
        (sharing.recipients,),
        ("processor", "sub-processor", "discloses", "opens", "uses"),
    ),
    ("transfers", "Transfers outside the United Kingdom", (sharing.transfers,), ("transfers",)),
    ("keeping", "How long we keep data", (keeping.retention,), ("keeps",)),
    ("rights", "Your rights", (rights.rights, rights.requests), ("rights", "limits", "requests")),
    ("complaints", "How to complain", (rights.complaints,), ("complaints",)),
    (
        "automated",
        "Automated decisions and profiling",
        (more.automated,),
        ("automated decisions", "individual decisions"),
    ),
    ("ai", "Artificial intelligence", (sharing.artificial_intelligence,), ()),
    ("children", "Children", (more.children,), ()),
    ("further", "Other uses of your data", (why.further_use,), ("further use",)),
    ("security", "How we protect data", (more.security,), ("security",)),
    ("anonymity", "Anonymity and confidentiality", (more.anonymity,), ("separates", "identifies")),
    ("linkage", "Linking data", (more.linkage,), ("links",)),
    ("recording", "Recording", (what.recordings,), ()),
    ("quotes", "Quoting what you say", (more.quotes,), ()),
    ("archive", "Archiving", (keeping.archives,), ()),
    ("messages", "Messages from us", (more.messages,), ("sends", "recontacts")),
    ("incentives", "Thank-you payments and gifts", (more.incentives,), ("incentive",)),
    ("taking-part", "What taking part takes", (more.taking_part,), ("lasts", "costs")),
    ("risks", "Risks", (more.risks,), ("harm",)),
    ("asked", "What we ask of you", (more.asked,), ("asks",)),
    ("cookies", "Cookies and analytics", (sharing.cookies,), ()),
    ("about", "About this notice", (more.about,), ("informs", "reviewed", "updates", "refers to", "leaves blank")),
)

# Clauses of which a notice does not speak, and why.
UNSAID = {
    "employs": "how many people an organisation employs decides what it must keep on record, and is not for readers",
    "cites": "which law another text cites is a fact about that text; a notice names law where it relies on it",
    "defines": "a notice uses each word as people do, and says in the place what needs saying",
    "excerpt": "that a text is a part of a longer one is a fact about that text, and not about what is done with data",
    "readable": "for whom a text was found readable is a fact about the text; people see whether they can read it",
    "dpv": "part of the vocabulary, not of a record",
    "fideslang": "part of the vocabulary, not of a record",
    "prefix": "part of a pack of rules, not of a record",
    "edition": "part of a pack of rules, not of a record",
    **dict.fromkeys(
        ("phrases", "heading", "beside", "lookalikes", "hedges", "negated", "takes", "gives", "accepts", "rejects"),
        "part of a cue, not of a record",
    ),
}

# Tails that a notice leaves out of clauses that it says, and why.
UNSAID_TAILS = {
    (
        "dpo",
        "to",
    ): "that the contact was published and given to the regulator shows by the notice itself, and to the regulator",
    ("controller", "because"): "why a text is read as naming a controller is for those who read it, not for the people",
    ("joint controllers", "because"): "why a text is read as naming controllers is for those who read it",
    ("representative", "because"): "why a text is read as naming a representative is for those who read it",
    ("processor", "every"): "how often a contract is renewed or a supplier is checked is between the parties",
    ("sub-processor", "every"): "how often a contract is renewed or a supplier is checked is between the parties",
}


def notice(view: View) -> Document:
    """The notice that says what these activities say."""
    sections = []
    for key, title, parts, verbs in SECTIONS:
        said = [said for part in parts for said in part(view)]
        said += [*more.deferred(view, verbs), *more.unread(view, verbs)]
        if said:
            blocks, inner = _grouped(view, key, said)
            sections.append(Section(key, title, tuple(blocks), tuple(inner)))
    short = tuple(_summary(view))
    summary = [Section("summary", "In short", (Bullets(short),))] if short else []
    return Document(_title(view), (*summary, *sections))


def _title(view: View) -> str:
    header = view.header
    title = clean(header.title or "") if header is not None else ""
    if (
        header is not None
        and header.kind == "notice"
        and title
        and not title.endswith((".md", ".html", ".txt", ".pdf"))
    ):
        return title
    roots = [thing for thing in view.activities if thing.outer is None or thing.outer.kind != "activity"]
    if len(roots) == 1:
        return f"Privacy notice: {view.words.thing(roots[0])}"
    return f"Privacy notice: {title}" if title else "Privacy notice"


# ---- what holds for all, and what holds for some


def _grouped(view: View, key: str, said: list[Said]) -> tuple[list[Block], list[Section]]:
    """What holds for all activities as blocks, the rest as sections under the titles of those for which it holds."""
    owners: dict[tuple[str, bool], dict[str, Thing]] = {}
    common: set[tuple[str, bool]] = set()
    for one in said:
        same = (one.text, one.bullet)
        listed = owners.setdefault(same, {})
        if one.owner is None or one.alone:
            common.add(same)
        else:
            listed.setdefault(one.owner.name, one.owner)
    for same, things in owners.items():
        if things and view.is_for_all(things.values()):
            common.add(same)
    first = [same for same in owners if same in common]
    scoped: dict[tuple[str, ...], list[tuple[str, bool]]] = {}
    for same, things in owners.items():
        if same not in common:
            scoped.setdefault(tuple(things), []).append(same)
    names = {thing.name: thing for thing in view.activities}
    inner = []
    for number, (scope, texts) in enumerate(scoped.items(), 1):
        inner.append(Section(f"{key}-{number}", _heading(view, [names[name] for name in scope]), tuple(_blocks(texts))))
    return list(_blocks(first)), inner


def _heading(view: View, things: list[Thing]) -> str:
    titles = [view.words.thing(thing) for thing in things]
    return titles[0] if len(titles) == 1 else joined([f"“{title}”" for title in titles])


def _blocks(said: Iterable[tuple[str, bool]]) -> Iterator[Block]:
    """Bullets that follow each other are one list; every other sentence is a paragraph."""
    bullets: list[str] = []
    for text, bullet in said:
        if bullet:
            bullets.append(text)
            continue
        if bullets:
            yield Bullets(tuple(bullets))
            bullets = []
        yield Paragraph(text)
    if bullets:
        yield Bullets(tuple(bullets))


# ---- in short


def _summary(view: View) -> Iterator[str]:
    """The first layer: a line for each of the questions that most people have."""
    words = view.words
    organisations = {t.name: t for kind in ("organisation", "organisations") for t in view.register.of_kind(kind)}
    us = [organisations[name] for name in sorted(words.we) if name in organisations]
    if us:
        yield f"Who we are: {joined([words.thing(thing) for thing in us])}."
    yield from _short(view, "purpose", "Why we use data", lambda clause: purposes(words, clause.about))
    yield from _short(
        view,
        "lawful basis",
        "Our lawful basis",
        lambda clause: joined(
            [why.basis_name(view, item) for item in items(clause.about)], "or" if clause.about.either else "and"
        ),
    )
    recipients = _recipients(view)
    if recipients:
        yield f"Who gets data: {joined(recipients)}."
    yield from _abroad(view)
    if any(clause.state in (State.STATED, State.HEDGED) for clause in view.clauses("keeps")):
        yield "How long we keep data: see “How long we keep data”, which lists every period."
    named = dict.fromkeys(
        words.term(str(item.value))
        for clause in view.clauses("rights")
        if clause.state is State.STATED
        for item in items(clause.about)
        if item.kind == "word" and item.thing is None and item.adverb is None
    )
    if named:
        yield f"You have these rights: {joined(named)}. “Your rights” says what they mean."


def _short(view: View, verb: str, lead: str, say: Callable[..., str]) -> Iterator[str]:
    found = []
    for clause in view.clauses(verb):
        if clause.state is State.STATED and clause.about.members:
            said = own_words(say(clause)).removesuffix(" only")
            scope = clause.tails.get("for")
            if verb == "lawful basis" and scope is not None and items(scope):
                said = f"{said} for {view.words.listing(scope)}"
            found.append(said)
    if found:
        yield f"{lead}: {'; '.join(dict.fromkeys(found))}."


def _recipients(view: View) -> list[str]:
    found: dict[str, str] = {}
    for clause in view.clauses("processor", "sub-processor", "discloses", "transfers"):
        if clause.state is not State.STATED or _is_anonymous(view, clause):
            continue
        listed = items(clause.about) if "processor" in clause.verb else items(clause.tails.get("to"))
        for item in listed:
            if item.adverb is None and not (
                item.thing is not None and item.thing.name in view.words.we | view.words.you
            ):
                found.setdefault(item.thing.name if item.thing else item.normal, view.words.party(item, True))
    return list(found.values())


def _is_anonymous(view: View, clause: Clause) -> bool:
    """Whether only data that are about nobody, or no longer, are passed on."""
    if clause.verb not in ("discloses", "transfers"):
        return False
    return all(view.is_a(item, "anonymous", "research-findings") for item in items(clause.about))


def _abroad(view: View) -> Iterator[str]:
    words = view.words
    clauses = list(view.clauses("transfers"))
    stated = [clause for clause in clauses if clause.state is State.STATED and clause.about.members]
    places = dict.fromkeys(words.item(item) for clause in stated for item in items(clause.tails.get("in")))
    if places:
        yield f"Transfers: some data go to {joined(places)}."
    elif stated:
        yield "Transfers: some data go outside the United Kingdom."
    elif clauses and all(clause.state is State.NONE and clause.adverb is None for clause in clauses):
        said = dict.fromkeys(sharing.transfer(view, clause) for clause in clauses)
        if len(said) == 1 and view.is_for_all(clause.owner for clause in clauses):
            text = next(iter(said))
            yield f"Transfers: {text[0].lower()}{text[1:]}"
