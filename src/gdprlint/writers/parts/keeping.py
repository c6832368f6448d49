"""How long data are kept, by whom, what ends the period, and what happens then."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Clause
from gdprlint.writers.parts.what import names_data
from gdprlint.writers.sentences import Said, instruments, moments, reason, state_said
from gdprlint.writers.view import View, items
from gdprlint.writers.words import also, joined, sentence

ENDS = ("for", "until", "while", "indefinitely")


def retention(view: View) -> Iterator[Said]:
    for clause in view.clauses("keeps"):
        yield Said(_keeps(view, clause), clause.owner, names_data(clause), bullet=True)


def _keeps(view: View, clause: Clause) -> str:
    words = view.words
    who, ours, several = _holder(view, clause)
    data = words.data(clause.about)
    if clause.state is State.BLANK:
        keep = "keep" if several else "keeps"
        return sentence(f"this notice is still to say which data {who} {keep}{_time(view, clause)}")
    if clause.state is State.NONE and not items(clause.about):
        data = "any of your data"
    do = {"never": "do not keep", "possibly": "may keep"}.get(clause.adverb or "", "")
    if not several:
        do = {"never": "does not keep", "possibly": "may keep"}.get(clause.adverb or "", "")
    do = do or ("do not keep" if clause.state is State.NONE else "keep" if several else "keeps")
    text = f"{who} {do} {data}{_whose(view, clause)}{_time(view, clause)}"
    for joint in ("when", "unless"):
        values = clause.tails.get(joint)
        if values is not None:
            empty = words.empty(values, "occasion")
            text += f" ({empty})" if empty else f" {joint} {words.listing(values)}"
    found = sentence(text)
    found += _policy(view, clause)
    return found + _then(view, clause, ours, several) + reason(words, clause)


def _holder(view: View, clause: Clause) -> tuple[str, bool, bool]:
    """Who keeps: `we`, or the holders by name; whether it is us; whether it takes the plural."""
    values = clause.tails.get("with")
    if values is None or not items(values):
        if values is not None and values.state is State.BLANK:
            return "somebody still to be named", False, False
        return (
            ("nobody", False, False)
            if values is not None and values.state is State.NONE and not values.denied
            else ("we", True, True)
        )
    holders = items(values)
    if len(holders) == 1 and holders[0].thing is not None and holders[0].thing.name in view.words.we:
        return "we", True, True
    said = view.words.parties(values)
    if said.startswith("us "):
        said = "we" + said[2:]
    several = (len(holders) > 1 and not values.either) or any(
        item.thing is None or item.thing.kind in ("organisations", "people", "team") for item in holders
    )
    if values.either:
        several = said.startswith("we ") or several
    return said, False, several


def _whose(view: View, clause: Clause) -> str:
    words = view.words
    found = ""
    if "of" in clause.tails and items(clause.tails["of"]):
        found += f" about {words.parties(clause.tails['of'])}"
    if "as" in clause.tails:
        values = clause.tails["as"]
        empty = words.empty(values, "state")
        found += f" ({empty})" if empty else f" {state_said(words, values)}"
    if "in" in clause.tails:
        values = clause.tails["in"]
        empty = words.empty(values, "place")
        found += f" ({empty})" if empty else f" in {words.listing(values)}"
    return found


def _time(view: View, clause: Clause) -> str:
    """The period: how long, from or until when, or by which criterion."""
    words = view.words
    parts = []
    for joint in ("since", "for", "until"):
        values = clause.tails.get(joint)
        if values is None:
            continue
        empty = words.empty(values, "span" if joint == "for" else "moment")
        if empty:
            parts.append(f"({empty})")
        elif joint == "for":
            parts.append(f"for {words.listing(values)}")
        else:
            parts.append(f"{joint} {moments(words, values)}")
    values = clause.tails.get("while")
    if values is not None:
        empty = words.empty(values, "text")
        parts.append(f"({empty})" if empty else f"for as long as {words.listing(values)}")
    if "indefinitely" in clause.tails:
        parts.append("indefinitely")
    text = " or ".join(parts[:2]) if len(parts) == 2 and {"for", "until"} <= clause.tails.keys() else " ".join(parts)
    if {"for", "until"} <= clause.tails.keys():
        text += ", whichever is later" if "whichever is later" in clause.tails else ", whichever is earlier"
    elif "whichever is later" in clause.tails:
        text += ", whichever is later"
    if "every" in clause.tails and items(clause.tails["every"]):
        text += f", in a cycle of {words.listing(clause.tails['every'])}"
    return f" {text}" if text else ""


def _policy(view: View, clause: Clause) -> str:
    """The policy or schedule that settles it; named where the period itself stands nowhere else."""
    values = clause.tails.get("under")
    if values is None:
        return ""
    words = view.words
    if empty := words.empty(values, "instrument"):
        return also(f"the rule that settles it: {empty}")
    said = instruments(words, values)
    if any(end in clause.tails for end in ENDS):
        return also(f"this period is laid down in {said}") if not _is_internal(view, clause) else ""
    return also(f"how long is laid down in {said}")


def _is_internal(view: View, clause: Clause) -> bool:
    """Whether it is only our own schedule that lays the period down, which is then said already."""
    return all(view.is_a(item, "retention-schedule", "policy-retention") for item in items(clause.tails["under"]))


def _then(view: View, clause: Clause, ours: bool, several: bool) -> str:
    values = clause.tails.get("then")
    if values is None:
        return " This is done as soon as possible." if "as soon as possible" in clause.tails else ""
    words = view.words
    if empty := words.empty(values, "action"):
        return also(f"what happens then: {empty}")
    if clause.state is State.HEDGED and clause.adverb == "possibly":
        lead = "we may then" if ours else "they may then" if several else "it may then"
        return also(f"{lead} {words.actions(values)}")
    soon = ", as soon as possible," if "as soon as possible" in clause.tails else ""
    lead = "we then" if ours else "they must then" if several else "it must then"
    if clause.tails.get("with") is not None and clause.tails["with"].either:
        lead = "whoever holds them must then"
    return also(f"{lead}{soon} {words.actions(values)}")


def archives(view: View) -> Iterator[Said]:
    """Archives that hold data, by name."""
    words = view.words
    found: dict[str, list[str]] = {}
    several: set[str] = set()
    for clause in view.clauses("discloses", "keeps", "processor"):
        joint = {"discloses": "to", "keeps": "with"}.get(clause.verb)
        parties = items(clause.about) if joint is None else items(clause.tails.get(joint))
        for item in parties:
            if view.is_a(item, "research-archive") and clause.state is State.STATED and item.adverb is None:
                name = words.party(item, True)
                data = found.setdefault(name, [])
                several.update([name] if item.thing is None or item.thing.kind == "organisations" else [])
                if joint is not None:
                    data.extend(words.item(d) for d in items(clause.about))
    for name, data in found.items():
        what = joined(dict.fromkeys(data)) or "data"
        which = "which are research archives, receive" if name in several else "a research archive, receives"
        yield Said(sentence(f"{name}, {which}: {what}"), None, True)
