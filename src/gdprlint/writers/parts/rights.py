"""The rights that people have, how they use them, and to whom they complain."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Values
from gdprlint.writers import phrases
from gdprlint.writers.parts.who import through
from gdprlint.writers.sentences import Said, instruments, joint_said, reason, tails_said
from gdprlint.writers.view import View, items
from gdprlint.writers.words import also, joined, own_words, sentence


def rights(view: View) -> Iterator[Said]:
    """Each right with what it means, on which condition, and what limits it."""
    done: set[tuple[str, str]] = set()
    for clause in view.clauses("rights"):
        tails = _right_tails(view, clause)
        if clause.state is State.BLANK:
            yield Said(sentence(f"this notice is still to say which rights you have{tails}"), clause.owner, bullet=True)
        elif not items(clause.about) and not clause.about.denied:
            yield Said(sentence(f"you have no rights here{tails}"), clause.owner, bullet=True)
        for item in (*items(clause.about), *(item for item in clause.about.denied if item.kind != "none")):
            text = _right(view, clause, item, tails)
            if (text, clause.owner.name) not in done:
                done.add((text, clause.owner.name))
                yield Said(text + reason(view.words, clause), clause.owner, bullet=True)
    for clause in view.clauses("limits"):
        yield Said(_limit(view, clause), clause.owner, bullet=True)


def _right(view: View, clause: Clause, item: Item, tails: str) -> str:
    words = view.words
    name, meaning, limit = phrases.RIGHTS.get(str(item.value), ("", "", ""))
    said = words.item(item).removeprefix("possibly ")
    if not name:
        name = f"The right: {said}" if item.kind == "quote" or item.thing else f"The right “{said}”"
    elif item.quote and own_words(item.quote):
        name = f"{name} ({own_words(item.quote)})"
    if clause.adverb == "never" or item.adverb == "never":
        return sentence(f"you do not have {name[0].lower()}{name[1:]} here{tails}")
    if clause.adverb == "possibly" or item.adverb == "possibly":
        name = f"You may have {name[0].lower()}{name[1:]}"
    text = sentence(f"{name}{':' if meaning else ''} {meaning}".strip())
    if str(item.value) == "all-rights":
        text = sentence("you have all the rights that data protection law gives you")
    if tails:
        text += also(f"you can use it{tails}")
    within = clause.tails.get("within")
    if within is not None and items(within):
        text += also(f"we answer within {words.listing(within)}")
    return f"{text} {limit}" if limit else text


def _right_tails(view: View, clause: Clause) -> str:
    words = view.words
    found = ""
    for joint in ("to", "of"):
        values = clause.tails.get(joint)
        if values is not None and items(values):
            found += f" with regard to {words.listing(values)}"
    skip = frozenset({"to", "of", "because", "within"})
    found += tails_said(words, clause, {"from": "from"}, skip)
    return found


def _limit(view: View, clause: Clause) -> str:
    words = view.words
    named = [phrases.RIGHTS.get(str(item.value), ("",))[0] or words.item(item) for item in items(clause.about)]
    said = joined([f"{name[0].lower()}{name[1:]}" for name in named if name], "or" if clause.about.either else "and")
    said = words.qualified(clause.about, said) or "your rights"
    said = said.replace("all rights", "all your rights")
    tails = tails_said(words, clause, {"of": "with regard to"}, frozenset({"under", "because"}))
    values = clause.tails.get("under")
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say which of your rights are limited{tails}")
    if clause.state is State.NONE:
        return sentence(
            f"{said if items(clause.about) else 'your rights'} {'is' if len(named) == 1 else 'are'} not limited{tails}"
        ) + reason(words, clause)
    modal = "may limit" if clause.adverb == "possibly" else "limit"
    text = sentence(f"we {modal} {said}{tails}")
    if values is not None:
        empty = words.empty(values, "instrument")
        text += also(f"what allows this is {instruments(words, values)}" if not empty else f"what allows this: {empty}")
    return text + reason(words, clause)


def requests(view: View) -> Iterator[Said]:
    """How to use the rights: to whom, by what means, at what price, and when an answer comes."""
    words = view.words
    for clause in view.clauses("requests"):
        to = clause.tails.get("to")
        party = words.parties(to) if to is not None and items(to) else "us"
        tails = tails_said(words, clause, {}, frozenset({"to", "by", "within", "because"}))
        if clause.state is State.BLANK:
            yield Said(sentence(f"this notice is still to say how you use your rights{tails}"), clause.owner)
            continue
        by = clause.tails.get("by")
        how = ""
        if by is not None:
            how = f" ({empty})" if (empty := words.empty(by, "means")) else f" {through(view, by, to)}"
        can = {"never": "cannot", "possibly": "may be able to"}.get(clause.adverb or "", "can")
        if clause.state is State.NONE:
            can = "cannot"
        text = sentence(f"to use your rights, you {can} ask {party}{how}{tails}")
        text += _manners(view, clause)
        within = clause.tails.get("within")
        if within is not None:
            empty = words.empty(within, "span")
            text += also(
                f"we answer within {words.listing(within)}" if not empty else f"the time in which we answer: {empty}"
            )
        yield Said(text + reason(words, clause), clause.owner)


_MANNERS = {
    "free": "This is free of charge.",
    "fee": "There is a fee.",
    "written": "Please ask in writing.",
    "verbal": "You can ask aloud.",
    "identity-confirmed": "We ask you to confirm your identity.",
    "extendable": "We may take longer where the law allows it.",
    "refusable": "We may refuse where the law allows it.",
    "answered-in-writing": "We answer in writing.",
    "answered-electronically": "We answer electronically.",
}


def _manners(view: View, clause: Clause) -> str:
    found = ""
    for item in items(clause.about):
        said = _MANNERS.get(str(item.value)) if item.kind == "word" else None
        said = said or sentence(f"the way is: {view.words.item(item).removeprefix('possibly ')}")
        if item.quote and own_words(item.quote) and item.kind == "word" and str(item.value) in _MANNERS:
            said = sentence(f"{said.rstrip('.')} ({own_words(item.quote)})")
        hedged = item.adverb == "possibly" or clause.adverb == "possibly"
        found += f" {f'Possibly: {said}' if hedged else said}"
    return found


# ---- complaints


def complaints(view: View) -> Iterator[Said]:
    for clause in view.clauses("complaints"):
        yield Said(_complaint(view, clause), clause.owner)


def _complaint(view: View, clause: Clause) -> str:
    words = view.words
    to, by = clause.tails.get("to"), clause.tails.get("by")
    tails = tails_said(words, clause, {}, frozenset({"to", "by", "within", "then", "under", "because"}))
    can = {"never": "cannot", "possibly": "may be able to"}.get(clause.adverb or "", "can")
    party, regulator = "us", False
    if to is not None:
        if empty := words.empty(to, "party"):
            return sentence(f"to whom you can complain: {empty}{tails}")
        party = words.parties(to)
        regulator = all(view.is_a(item, "regulator") for item in items(to)) and bool(items(to))
    if regulator:
        what = "the UK regulator for data protection" if len(items(to)) == 1 else "the regulators"
        party = f"{_the(view, items(to))}, {what},"
    how = ""
    if by is not None:
        how = f" ({empty})" if (empty := words.empty(by, "means")) else f" {through(view, by, to)}"
    subject = " about how your data is used" if regulator else " about how we use your data"
    text = sentence(
        f"you {can} complain to {party}{subject}{':' if how and not how.startswith(' (') else ''}{how}{tails}"
    )
    within, then = clause.tails.get("within"), clause.tails.get("then")
    actor = "we" if not regulator else "it"
    if to is not None and party not in ("us",) and not regulator:
        actor = "they"
    if within is not None:
        empty = words.empty(within, "span")
        acts = items(then)
        first = acts[0] if acts else None
        if empty:
            text += also(f"the time in which an answer comes: {empty}")
        elif first is not None and str(first.value) == "acknowledge" and first.adverb is None:
            text += also(f"{actor} acknowledge your complaint within {words.listing(within)}").replace(
                "it acknowledge", "it acknowledges"
            )
            then = (
                Values(tuple(acts[1:]), then.state, then.only, then.either, whole=True, denied=then.denied)
                if then
                else None
            )
        else:
            answer = "answers" if actor == "it" else "answer"
            text += also(f"{actor} {answer} within {words.listing(within)}")
    if then is not None and (items(then) or then.denied):
        text += also(f"{actor} will then {words.actions(then, 'it')}")
    elif then is not None and (empty := words.empty(then, "action")):
        text += also(f"what follows: {empty}")
    under = clause.tails.get("under")
    if under is not None:
        empty = words.empty(under, "instrument")
        own = all(item.thing is not None and view.is_a(item, "complaints-procedure") for item in items(under))
        if empty or not own:
            text += also(f"this follows {instruments(words, under)}" if not empty else f"the procedure: {empty}")
    return text + _regulator_contact(view, to if regulator else None) + reason(words, clause)


def _the(view: View, parties: list[Item]) -> str:
    return joined([name if name.startswith("the ") else f"the {name}" for name in map(view.words.party, parties)], "or")


def _regulator_contact(view: View, to: Values | None) -> str:
    found = ""
    for item in items(to):
        for clause in item.thing.clauses.get("contact", ()) if item.thing is not None else ():
            if clause.state is State.STATED:
                found += also(f"you can reach it {view.words.channels(clause.about)}")
    return found


__all__ = ["complaints", "joint_said", "requests", "rights"]
