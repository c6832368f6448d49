"""Whether a notice in prose says of the data protection officer what is on record: by which address one is reached.

A notice that is written in the policy language speaks of the very body that the record declares; only what was read
in a page says it a second time.
"""

from __future__ import annotations

from gdprlint.comparing.both import Drift
from gdprlint.comparing.wording import sentence
from gdprlint.model.register import Told
from gdprlint.model.states import Extent, State
from gdprlint.model.things import Clause, Item, Thing


def officers(drift: Drift) -> None:
    """Controllers of whose officer both sides give addresses with none in common, or only the record gives any."""
    register = drift.notice.register
    seen: set[str] = set()
    for fact in drift.done.get("controller", ()):
        body = next((item.thing for item in fact.about if item.thing is not None), None)
        if body is None or body.name in seen or fact.state is not State.STATED:
            continue
        seen.add(body.name)
        told = [register.told[notice.name] for notice in drift.notice.documents if notice.name in register.told]
        if len(told) == len(drift.notice.documents):  # whoever wrote one in the language says it of the body itself
            _compare(drift, body, told, fact.owner)


def _compare(drift: Drift, body: Thing, told: list[Told], activity: Thing) -> None:
    on_record = _stated(body)
    bodies = [one.bodies[body.name] for one in told if body.name in one.bodies]
    said = [clause for one in bodies for clause in one.clauses.get("dpo", ())]
    mine, theirs = ([pair for clause in clauses for pair in _addresses(clause)] for clauses in (on_record, said))
    if not mine or any(drift.pages.has(address) for _, address in mine):
        return
    if not said and drift.notice.extent is Extent.NOTICE:
        text = f"`{sentence(on_record[0])}` is on record of {body.words}, and the notice does not say how to reach them"
        drift.add("not told", "dpo", text, on_record[0], drift.notice.document, activity)
    other = next((clause for clause in said if clause.state is State.STATED and list(_addresses(clause))), None)
    if other is not None and {channel for channel, _ in mine} & {channel for channel, _ in theirs}:
        text = f"the notice says `{sentence(other)}`, and the record `{sentence(on_record[0])}` of {body.words}"
        drift.add("differs", "dpo", text, on_record[0], other, activity)


def _stated(body: Thing) -> list[Clause]:
    return [clause for clause in body.clauses.get("dpo", ()) if clause.state is State.STATED]


def _addresses(clause: Clause) -> list[tuple[str, str]]:
    """The channels and addresses that a clause gives."""
    items = [item for item in clause.about.members if isinstance(item, Item)]
    return [(str(item.value), item.quote) for item in items if item.kind == "word" and item.quote]
