"""From what a rule says would mend the text to edits of that text.

A fix is called safe where what is said stays the same: a provision that the law only numbered anew, a statement that
stands there twice. Whether it is so, whoever applies it proves by reading the text again. No change of the law touches
a document that is dated before it.
"""

from __future__ import annotations

from datetime import date

from gdprlint.diagnostics import Edit, Fix
from gdprlint.model.provisions import Provision
from gdprlint.model.register import Register
from gdprlint.model.things import Clause, Item, Thing, Values
from gdprlint.rules.rule import Draft, Repair, Rule, Spot
from gdprlint.text import Span


def fixes_of(draft: Draft, subject: Thing, register: Register, rule: Rule, as_of: date) -> tuple[Fix, ...]:
    """The fixes that the repairs of a draft amount to, as far as they can be written."""
    window = rule.window(as_of)
    dated = _dated(register.document_of(subject))
    earlier = dated is not None and window is not None and window.since is not None and dated < window.since
    found = []
    for repair in draft.repairs:
        fix = _removed(repair.at) if repair.action == "remove" else None if earlier else _put(repair, register, as_of)
        if fix is not None:
            found.append(fix)
    return tuple(found)


def _dated(document: Thing | None) -> date | None:
    """The day of a record or notice, as far as it gives one."""
    values = document.tails.get("on") if document is not None else None
    days = [item.value for item in values or () if isinstance(item, Item) and isinstance(item.value, date)]
    return max(days) if days else None


def _put(repair: Repair, register: Register, as_of: date) -> Fix | None:
    """Another value in the place of one that is said for sure and in no further words."""
    item = _only(repair.at)
    if not isinstance(item, Item) or item.adverb or item.quote or item.bound or item.holder is None:
        return None
    path = item.holder.owner.path if isinstance(item.holder, Clause) else item.holder.path
    old = item.value
    same = repair.action == "renumber"
    words = repair.words
    if same:
        anew = register.names.vocabulary.renumbered(old, as_of.isoformat()) if isinstance(old, Provision) else None
        if anew is None:
            return None
        words = _as_short(anew, len(str(old)) > item.end - item.start)
    said = str(old).replace("-", " ") if item.kind == "word" else str(old)
    edit = Edit(Span(path, item.start, item.end), words)
    return Fix(f"write `{words}` for `{said}`", (edit,), safe=same)


def _as_short(provision: Provision, short: bool) -> str:
    """The provision as the language writes it, without its law where the old one stood there without."""
    whole = str(provision)
    bare = whole.removeprefix(provision.law).lstrip()
    try:
        return bare if short and Provision.parse(bare) == provision else whole
    except ValueError:
        return whole


def _removed(at: Spot) -> Fix | None:
    """The text without a statement; what it says stays the same where another one says it, and nobody points at it."""
    if not isinstance(at, Clause):
        return None
    twins = [clause for clause in at.owner.said.get(at.verb, ()) if clause is not at and clause.normal == at.normal]
    edit = Edit(Span(at.owner.path, at.start, at.end), "")
    return Fix(f"take out this `{at.verb}`", (edit,), safe=bool(twins) and not at.margin)


def _only(spot: Spot) -> object:
    if isinstance(spot, Values):
        return spot.members[0] if len(spot.members) == 1 else None
    return spot
