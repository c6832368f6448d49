"""Why data are used, on which lawful basis and condition, and what people agree to."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.provisions import Provision
from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Values
from gdprlint.writers import phrases
from gdprlint.writers.parts.who import through
from gdprlint.writers.sentences import (
    Form,
    Said,
    clause_sentence,
    instruments,
    purposes,
    reason,
    tail_said,
    tails_said,
)
from gdprlint.writers.view import View, items
from gdprlint.writers.words import also, cited, joined, own_words, sentence

USE_FOR = Form("use your data for", "any purpose", "what we use your data for", {"of": "about", "under": "under"})
_BASIS_TAILS = frozenset({"in", "of", "with", "under", "for", "because"})


def purposes_said(view: View) -> Iterator[Said]:
    for clause in view.clauses("purpose"):
        yield Said(_purpose(view, clause), clause.owner)


def _purpose(view: View, clause: Clause) -> str:
    words = view.words
    data = clause.tails.get("for")
    what = words.data(data) if data is not None and items(data) else "your data"
    tails = tails_said(words, clause, {"of": "about"}, frozenset({"for"}))
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say what we use {what} for{tails}")
    if not items(clause.about) and not clause.about.denied:
        return sentence(f"we do not use {what} for any purpose{tails}")
    said = purposes(words, clause.about)
    modal = {"possibly": "may use", "never": "do not use"}.get(clause.adverb or "", "use")
    return sentence(f"we {modal} {what} for {said}{tails}") + reason(words, clause)


def bases(view: View) -> Iterator[Said]:
    for clause in view.clauses("lawful basis"):
        yield Said(_basis(view, clause), clause.owner)


def _basis(view: View, clause: Clause) -> str:
    words = view.words
    scope = clause.tails.get("for")
    where = f"for {words.listing(scope)}, " if scope is not None and items(scope) else ""
    tails = tails_said(words, clause, {}, _BASIS_TAILS)
    if clause.state is State.BLANK:
        return sentence(f"{where}this notice is still to say what our lawful basis is{tails}")
    if not items(clause.about) and not clause.about.denied:
        return sentence(f"{where}we rely on no lawful basis{tails}")
    said = words.qualified(
        clause.about,
        joined([basis_name(view, item) for item in items(clause.about)], "or" if clause.about.either else "and"),
    )
    modal = {"possibly": "may be", "never": "is not"}.get(clause.adverb or "", "is")
    found = sentence(f"{where}our lawful basis {modal} {said}{tails}")
    if clause.about.either and len(items(clause.about)) > 1:
        found += " This notice does not say which of them it is."
    return found + _behind(view, clause) + reason(words, clause)


_BASES = {
    "contract": "a contract",
    "public-task": "a public task",
    "legal-obligation": "a legal obligation",
    "recognised-legitimate-interest": "a recognised legitimate interest",
    "official-authority": "the exercise of official authority",
}


def basis_name(view: View, item: Item) -> str:
    """`legitimate interests (Article 6(1)(f) of the UK GDPR)`."""
    term = view.words.vocabulary.terms.get(str(item.value)) if item.kind == "word" else None
    article = next((p for p in term.provisions if str(p).startswith("uk-gdpr 6(1)")), None) if term else None
    said = view.words.item(item)
    name = _BASES.get(str(item.value)) if item.kind == "word" else None
    if name is not None:
        said = said.replace(view.words.term(str(item.value)), name, 1)
    if str(item.value) == "official-authority":
        article = Provision.parse("uk-gdpr 6(1)(e)")
    return f"{said} ({cited(article)})" if article is not None else said


def _behind(view: View, clause: Clause) -> str:
    """The interest, the task and whose it is, the contract's other side, the law or the assessment."""
    words = view.words
    found = []
    for joint, lead, slot in (
        ("in", "The interest that we pursue is:", "text"),
        ("of", "This is a task of", "party"),
        ("with", "The contract is with", "party"),
    ):
        values = clause.tails.get(joint)
        if values is None:
            continue
        empty = words.empty(values, slot)
        if empty:
            found.append(
                {
                    "in": "The interest is still to be added."
                    if values.state is State.BLANK
                    else "No interest is named."
                }.get(joint, f"Named here: {empty}.")
            )
            continue
        said = words.parties(values) if joint != "in" else words.listing(values)
        if joint == "of":
            kinds = {str(item.value) for item in items(clause.about)}
            said = "ours" if said == "us" else said
            lead = "The task is" if said == "ours" and kinds & {"public-task", "official-authority"} else lead
            if not kinds & {"public-task", "official-authority"}:
                lead = "It is" if said == "ours" else "It is that of"
        if joint == "in" and not any(
            view.is_a(i, "legitimate-interests", "recognised-legitimate-interest") for i in items(clause.about)
        ):
            lead = "It concerns:"
        found.append(
            f"{lead} {sentence(said)[0].lower() + sentence(said)[1:] if said[:1].islower() else sentence(said)}"
        )
    return "".join(f" {text}" for text in (*found, *_under(view, clause)))


def _under(view: View, clause: Clause) -> list[str]:
    values = clause.tails.get("under")
    if values is None:
        return []
    words = view.words
    empty = words.empty(values, "instrument")
    kinds = {str(item.value) for item in items(clause.about)}
    lawful = kinds & {"public-task", "official-authority", "legal-obligation"}
    if empty:
        return [
            sentence(
                "the law behind it is still to be added" if values.state is State.BLANK else "no law behind it is named"
            )
        ]
    checks = [item for item in items(values) if item.thing and item.thing.kind == "document" and view.is_a(item, "lia")]
    others = [item for item in items(values) if item not in checks]
    found = []
    if others:
        lead = "The law behind it is" if lawful else "It rests on"
        rest = Values(tuple(others), values.state, values.only, values.either, whole=True, denied=values.denied)
        found.append(sentence(f"{lead} {instruments(words, rest)}"))
    if checks:
        found.append("We have weighed this interest against your interests and rights in an assessment.")
    return found


# ---- special category data


def conditions(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("condition"):
        scope = clause.tails.get("for")
        what = words.listing(scope) if scope is not None and items(scope) else "special category data"
        if any(str(item.value).startswith("uk-gdpr 10") for item in items(clause.about)) and scope is None:
            what = "criminal offence data"
        tails = tails_said(words, clause, {}, frozenset({"for", "under", "because"}))
        if clause.state is State.BLANK:
            text = sentence(f"this notice is still to say on which condition we use {what}{tails}")
        elif not items(clause.about) and not clause.about.denied:
            text = sentence(f"we rely on no condition for {what}{tails}")
        else:
            said = joined(
                [_condition(view, item) for item in items(clause.about)], "or" if clause.about.either else "and"
            )
            said = words.qualified(clause.about, said)
            modal = {"possibly": "may rely", "never": "do not rely"}.get(clause.adverb or "", "rely")
            data = what if what.endswith("data") else f"data on {what}"
            text = sentence(f"for {data}, we {modal} on the condition in {said}{tails}") + _schedule(view, clause)
        yield Said(text + reason(words, clause), clause.owner)


def _condition(view: View, item: Item) -> str:
    """`Article 9(2)(j) of the UK GDPR (archiving, research and statistics)`."""
    said = view.words.item(item)
    if isinstance(item.value, Provision):
        key = view.words.vocabulary.of_provision(item.value, ("condition",))
        exact = key is not None and key in view.words.vocabulary.terms
        provisions = view.words.vocabulary.terms[key].provisions if exact and key else ()
        if key and any(p == item.value or str(p)[8:] == str(item.value)[8:] for p in provisions):
            return f"{said} ({view.words.term(key)})"
    return said


def _schedule(view: View, clause: Clause) -> str:
    """The condition of Schedule 1, and what else it rests on."""
    values = clause.tails.get("under")
    if values is None:
        return ""
    words = view.words
    empty = words.empty(values, "instrument")
    if empty:
        return also(f"what it rests on: {empty}")
    schedule = [item for item in items(values) if str(item.value).startswith("dpa-2018 schedule 1")]
    others = [item for item in items(values) if item not in schedule]
    found = ""
    if schedule:
        titles = [f"{words.item(item)}{_title(view, item)}" for item in schedule]
        found += also(f"the condition in law for this is {joined(titles)}")
    if others or values.denied:
        rest = Values(tuple(others), values.state, values.only, values.either, whole=True, denied=values.denied)
        found += also(f"it also rests on {instruments(words, rest)}")
    return found


def _title(view: View, item: Item) -> str:
    vocabulary = view.words.vocabulary
    key = vocabulary.of_provision(item.value, ("schedule-1-condition",)) if isinstance(item.value, Provision) else None
    term = vocabulary.terms.get(key or "")
    return f" ({own_words(term.title.removesuffix(' etc'))})" if term is not None and term.title else ""


# ---- consent and taking part


def consent(view: View) -> Iterator[Said]:
    """Consent, permission to take part, and how both are taken back."""
    for clause in view.clauses("consent", "permission"):
        yield Said(_agreement(view, clause), clause.owner)
    for clause in view.clauses("withdrawal"):
        yield Said(_withdrawal(view, clause), clause.owner, any(i.thing for i in items(clause.tails.get("of"))))


def _agreement(view: View, clause: Clause) -> str:
    words = view.words
    noun = "consent" if clause.verb == "consent" else "permission"
    tails = tails_said(words, clause, {"from": "of", "for": "for"})
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say how {noun} is given{tails}")
    manners = items(clause.about)
    if clause.state is State.NONE:
        said = f"{words.listing(clause.about)} {noun}" if manners else f"any {noun}"
        return sentence(f"we do not ask for {said}{tails}") + reason(words, clause)
    whole = [item for item in manners if str(item.value) in phrases.MANNERS and item.kind == "word" and not item.adverb]
    others = [item for item in manners if item not in whole]
    modal = "may ask" if clause.adverb == "possibly" else "ask"
    kind = f"{joined([words.item(item) for item in others], 'or' if clause.about.either else 'and')} " if others else ""
    giver = clause.tails.get("from")
    yours = giver is None or (items(giver) and words.parties(giver) == "you")
    if yours:
        tails = tails_said(words, clause, {"for": "for"}, frozenset({"from", "because"}))
    found = sentence(f"we {modal} for {'your ' if yours else 'the '}{kind}{noun}{tails}")
    for item in whole:
        more = f" ({own_words(item.quote)})" if item.quote and own_words(item.quote) else ""
        said = phrases.MANNERS[str(item.value)]
        found += f" {sentence(said + more)}" if clause.adverb != "possibly" else f" Possibly: {sentence(said + more)}"
    return found + reason(words, clause)


def _withdrawal(view: View, clause: Clause) -> str:
    words = view.words
    data = clause.tails.get("of")
    what = words.data(data) if data is not None and items(data) else ""
    tails = tails_said(words, clause, {}, frozenset({"of", "to", "by", "then", "because"}))
    to, by = clause.tails.get("to"), clause.tails.get("by")
    how = ""
    if to is not None:
        how += f" ({empty})" if (empty := words.empty(to, "party")) else f" by telling {words.parties(to)}"
    if by is not None:
        how += f" ({empty})" if (empty := words.empty(by, "means")) else f" {through(view, by, to)}"
    can = {"possibly": "may be able to", "never": "cannot"}.get(clause.adverb or "", "can")
    thing = f"withdraw {what or _agreed(view)}"
    found = sentence(f"you {can} {thing}{tails}{',' if tails and how else ''}{how}")
    then = clause.tails.get("then")
    if then is not None:
        empty = words.empty(then, "action")
        found += also(
            f"what follows: {empty}"
            if empty
            else f"we will then {words.actions(then, 'them' if what else 'your data')}"
        )
    return found + reason(words, clause)


def _agreed(view: View) -> str:
    """What there is to take back: consent, an agreement to take part, or either."""
    consents = any(view.clauses("consent")) or any(
        item.value == "consent" for clause in view.clauses("lawful basis") for item in items(clause.about)
    )
    permits = any(view.clauses("permission"))
    if consents and not permits:
        return "your consent"
    return "your agreement to take part" if permits and not consents else "your consent or your agreement to take part"


FURTHER = Form("use your data for", "any further purpose", "for which further purposes we use your data")


def further_use(view: View) -> Iterator[Said]:
    words = view.words
    for clause in view.clauses("further use"):
        data, purpose = clause.tails.get("of"), clause.tails.get("for")
        what = words.data(data) if data is not None and items(data) else "your data"
        target = purposes(words, purpose) if purpose is not None and items(purpose) else "another purpose"
        modal = {"never": "do not use", "possibly": "may use"}.get(clause.adverb or "", "may also use")
        ground = clause.tails.get("under")
        tails = tails_said(words, clause, {}, frozenset({"of", "for", "under", "because"}))
        other = f"another purpose: {target}" if target != "another purpose" else target
        text = sentence(f"we {modal} {what} for {other}{tails}")
        if clause.adverb == "never":
            text = sentence(f"we {modal} {what} for {target}{tails}")
        if ground is not None:
            empty = words.empty(ground, "instrument")
            text += also(
                f"this is allowed by {instruments(words, ground)}" if not empty else f"what allows it: {empty}"
            )
        for joint, slot in (("of", "data"), ("for", "purpose")):
            if joint in clause.tails and (empty := words.empty(clause.tails[joint], slot)):
                text += f" {sentence(f'this notice names {empty}' if empty.startswith('no ') else empty)}"
        yield Said(text + reason(words, clause), clause.owner)


REQUIRES = Form("need", "any data from you", "which data you must give us")


def required(view: View) -> Iterator[Said]:
    """Whether people must give data, and what follows if they do not."""
    words = view.words
    for clause in view.clauses("requires"):
        tails = tails_said(words, clause, {"from": "from"}, frozenset({"because"}))
        if clause.state is State.NONE and not items(clause.about):
            text = sentence(f"you do not have to give us any data{tails}")
        elif clause.state is State.BLANK:
            text = sentence(f"this notice is still to say whether you must give us data{tails}")
        else:
            must = {"never": "do not have to", "possibly": "may have to"}.get(clause.adverb or "", "must")
            text = sentence(f"you {must} give us {words.data(clause.about)}{tails}")
        yield Said(text + reason(words, clause), clause.owner)


__all__ = ["bases", "clause_sentence", "conditions", "consent", "further_use", "purposes_said", "required", "tail_said"]
