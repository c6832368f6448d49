"""Who gets data or may see them, tools and suppliers, and data that leave the country."""

from __future__ import annotations

from collections.abc import Iterator

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Values
from gdprlint.writers.parts.what import names_data
from gdprlint.writers.sentences import Form, Said, clause_sentence, instruments, reason, tails_said
from gdprlint.writers.view import View, items
from gdprlint.writers.words import also, joined, sentence

DISCLOSES = Form("share", "any data with anybody", "with whom we share data", {"to": "with"})
TRANSFERS = Form(
    "transfer",
    "your personal data",
    "whether we transfer data outside the United Kingdom",
    {"in": "to", "under": "protected by"},
)
USES = Form("use", "any such tool or supplier", "which tools and suppliers we use", {"to": "to"})
# What a contract with a processor says inside, of which a notice does not speak.
TERMS = frozenset(
    [
        "written-instructions",
        "instructions",
        "confidentiality",
        "security-measures",
        "client-approval",
        "help-with-rights",
        "breach-reporting",
        "deletion-undertaking",
        "audit-right",
        "no-own-use",
        "own-policies",
        "vetting",
        "supplier-audit",
        "approved-supplier-list",
        "compliance-review",
        "access-rules",
        "indemnity",
        "standard-terms",
        "guidance",
        "own-security",
        "insurance",
        "confidentiality-duty",
        "nda",
        "visit",
        "visits",
    ]
)


def recipients(view: View) -> Iterator[Said]:
    for clause in view.clauses("processor", "sub-processor"):
        yield Said(_processor(view, clause), clause.owner, _names_party(clause))
    for clause in view.clauses("discloses", "opens"):
        if clause.verb == "opens":
            yield Said(_opens(view, clause), clause.owner, names_data(clause))
        else:
            yield Said(clause_sentence(view.words, clause, DISCLOSES), clause.owner, names_data(clause))
    for clause in view.clauses("uses"):
        if not is_special_tool(view, clause):
            yield Said(_uses(view, clause), clause.owner, _names_party(clause))


def _names_party(clause: Clause) -> bool:
    return any(item.thing is not None for item in items(clause.about))


def _processor(view: View, clause: Clause) -> str:
    words = view.words
    sub = clause.verb == "sub-processor"
    role = "sub-processor" if sub else "processor"
    whose = clause.tails.get("for")
    party = words.parties(whose) if whose is not None and items(whose) else ""
    behalf = {"us": "on our behalf", "": "on our behalf" if not sub else "for a processor"}.get(
        party, f"on behalf of {party}"
    )
    tails = tails_said(words, clause, {"of": "of", "in": "in"}, frozenset({"for", "under", "because", "every"}))
    if clause.state is State.BLANK:
        return sentence(f"the {role} is still to be named here{tails}")
    if not items(clause.about):
        return sentence(f"no {role} handles data {behalf}{tails}")
    people = items(clause.about)
    ours = all(item.thing is not None and item.thing.name in words.we for item in people)
    if ours:
        name, several = "we", True
    else:
        name = words.qualified(
            clause.about, joined([_named(view, item) for item in people], "or" if clause.about.either else "and")
        )
        several = len(people) > 1 or any(
            item.thing is None or item.thing.kind in ("organisations", "people") for item in people
        )
    be, noun = ("are", f"{role}s") if several else ("is", role)
    handle = "handle" if several else "handles"
    if ours:
        noun = f"a {role}"
    possessive = "our " if party in ("us", "") and not sub and not ours else ""
    article = "" if possessive or several else "a "
    if ours:
        article = ""
    if clause.adverb == "never":
        return sentence(f"{name} {be} not {article}{possessive}{noun}{tails}") + reason(words, clause)
    if clause.adverb == "possibly":
        be, handle = "may be", "handle" if several else "handles"
    text = sentence(
        f"{name} {be} {article}{possessive}{noun}: {'they' if several else 'it'} {handle} data {behalf}{tails}"
    )
    if ours:
        others = behalf if party not in ("us", "") else "on behalf of others"
        text = sentence(f"we are {noun}: we handle data {others}{tails}")
    return text + _bound(view, clause, several or ours) + reason(words, clause)


def _named(view: View, item: Item) -> str:
    """Its name, the first time with whom it includes."""
    full = item.thing is None or item.thing.name not in view.introduced
    if item.thing is not None:
        view.introduced.add(item.thing.name)
    return view.words.party(item, full)


def _bound(view: View, clause: Clause, several: bool) -> str:
    """By what a processor is bound; what stands inside a contract is left to the contract."""
    values = clause.tails.get("under")
    if values is None:
        return ""
    words = view.words
    if empty := words.empty(values, "instrument"):
        return also(f"what binds them: {empty}")
    whom = "them" if several else "it"
    if any(item.thing is not None and item.thing.name in words.we for item in items(clause.about)):
        whom = "us"
    contracts = [item for item in items(values) if view.is_a(item, "contract", "processor-contract")]
    others = [item for item in items(values) if item not in contracts and str(item.value) not in TERMS]
    sure = [item for item in contracts if item.adverb is None]
    parts = ["a contract"] if sure else ["possibly a contract"] if contracts else []
    if others or values.denied:
        rest = Values(tuple(others), values.state, values.only, values.either, whole=True, denied=values.denied)
        parts.append(instruments(words, rest))
    if not parts:
        return f" Terms that protect the data bind {whom}."
    bind = "bind" if len(parts) > 1 else "binds"
    return also(f"{joined(parts)} {bind} {whom}")


def _opens(view: View, clause: Clause) -> str:
    words = view.words
    to = clause.tails.get("to")
    form = Form("let", "anybody see any data", "who may see data")
    if to is None or clause.state is State.BLANK or (clause.state is State.NONE and not items(clause.about)):
        return clause_sentence(words, clause, Form("give access to", "any data", form.topic))
    data = words.data(clause.about)
    tails = tails_said(words, clause, {}, frozenset({"to", "because"}))
    empty = words.empty(to, "party")
    if empty:
        who = "nobody" if empty.startswith("no ") else "somebody still to be named"
        text = sentence(f"{who} may see {data}{tails}")
    elif to.only and clause.adverb is None:
        whole = Values(to.members, to.state, False, to.either, whole=True, denied=to.denied)
        text = sentence(f"only {words.parties(whole, True)} can see {data}{tails}")
    else:
        modal = {"never": "do not let", "possibly": "may let"}.get(clause.adverb or "", "let")
        text = sentence(f"we {modal} {words.parties(to, True, clause.state is State.NONE, True)} see {data}{tails}")
    return text + reason(words, clause)


def _uses(view: View, clause: Clause) -> str:
    words = view.words
    if clause.state in (State.BLANK, State.NONE) and not items(clause.about):
        return clause_sentence(words, clause, USES)
    said = words.qualified(
        clause.about,
        joined([words.data(_one(item)) if item.thing and item.thing.kind == "data" else words.party(item, True)
                for item in items(clause.about)], "or" if clause.about.either else "and"),
    )  # fmt: skip
    tails = tails_said(words, clause, {}, frozenset({"because"}))
    modal = {"never": "do not use", "possibly": "may use"}.get(clause.adverb or "", "use")
    return sentence(f"we {modal} {said}{tails}") + reason(words, clause)


def _one(item: Item) -> Values:
    return Values((item,), item.state, whole=True)


AI = ("artificial-intelligence",)
COOKIES = ("cookies", "storage-technology", "web-analytics-tool")
ANALYTICS = ("analytics", "web-analytics")


def is_special_tool(view: View, clause: Clause) -> bool:
    return is_ai(view, clause) or is_cookie(view, clause)


def is_ai(view: View, clause: Clause) -> bool:
    return any(view.is_a(item, *AI) for item in (*items(clause.about), *clause.about.denied))


def is_cookie(view: View, clause: Clause) -> bool:
    if any(view.is_a(item, *COOKIES) for item in (*items(clause.about), *clause.about.denied)):
        return True
    return any(view.is_a(item, "web-analytics") for item in items(clause.tails.get("for")))


def artificial_intelligence(view: View) -> Iterator[Said]:
    for clause in view.clauses("uses"):
        if is_ai(view, clause):
            yield Said(_uses(view, clause), clause.owner, _names_party(clause))


def cookies(view: View) -> Iterator[Said]:
    for clause in view.clauses("uses"):
        if is_cookie(view, clause) and not is_ai(view, clause):
            yield Said(_uses(view, clause), clause.owner, _names_party(clause))


# ---- transfers


def transfers(view: View) -> Iterator[Said]:
    for clause in view.clauses("transfers"):
        yield Said(transfer(view, clause), clause.owner, names_data(clause))


def transfer(view: View, clause: Clause) -> str:
    words = view.words
    where = clause.tails.get("in") or clause.tails.get("outside")
    home = "" if where is not None else " outside the United Kingdom"
    to = "in" if "to" in clause.tails else "to"
    tails = tails_said(words, clause, {"in": to}, frozenset({"under", "because"}))
    if clause.state is State.BLANK:
        return sentence(f"this notice is still to say which data we transfer{tails or home}")
    if clause.state is State.NONE and not items(clause.about):
        denied = words.qualified(clause.about, "")
        what = denied.removeprefix("not ") if denied else "any of your personal data"
        return sentence(f"we do not transfer {what}{home}{tails}") + _safeguard(view, clause) + reason(words, clause)
    data = words.data(clause.about)
    modal = {"never": "do not transfer", "possibly": "may transfer"}.get(clause.adverb or "", "transfer")
    if where is None:
        tails = f"{home}{tails}" if "to" not in clause.tails else tails + home
    return sentence(f"we {modal} {data}{tails}") + _safeguard(view, clause) + reason(words, clause)


def _safeguard(view: View, clause: Clause) -> str:
    """What protects the data abroad."""
    values = clause.tails.get("under")
    if values is None:
        return ""
    words = view.words
    if empty := words.empty(values, "instrument"):
        said = "no safeguard is named for this" if empty.startswith("no ") else "the safeguard is still to be added"
        return f" {sentence(said)}"
    regulations = [
        item for item in items(values) if view.is_a(item, "derogation") or str(item.value).startswith("uk-gdpr 49")
    ]
    if regulations and len(regulations) == len(items(values)):
        return also(f"we rely on the exception in {instruments(words, values)}")
    tests = [item for item in items(values) if item.thing and view.is_a(item, "transfer-risk-assessment")]
    others = [item for item in items(values) if item not in tests]
    found = ""
    if others or values.denied:
        rest = Values(tuple(others), values.state, values.only, values.either, whole=True, denied=values.denied)
        found = also(f"the data are protected by {instruments(words, rest)}")
    return found + (" We have assessed the risks of this transfer." if tests else "")
