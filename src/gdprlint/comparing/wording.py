"""How a change is said: the sentence of the record in its own words, with nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gdprlint.model.states import State
from gdprlint.model.things import Clause, Item, Values

MOST = 6  # values that a list names before it counts the rest
LONGEST = 160

HOW_SAID = {
    State.STATED: "stated",
    State.HEDGED: "only possible",
    State.NONE: "denied",
    State.BLANK: "left blank",
}


def word(item: Item) -> str:
    """A value in words: titles and own words in quotes, terms with spaces."""
    head = f"{item.adverb} " if item.adverb else ""
    if item.kind in ("none", "blank"):
        return head + item.kind
    if item.kind == "quote":
        return f'{head}"{item.quote}"'
    if item.thing is not None:
        text = item.thing.words
    else:
        text = str(item.value)
        text = text.replace("-", " ") if item.kind == "word" and " " not in text else text
    if item.bound:
        text = f"{item.bound} {text}"
    if item.after is not None:
        text += f" after {word(item.after)}"
    return f'{head}{text} "{item.quote}"' if item.quote else head + text


def words(items: Iterable[Item], joined_by: str = "and") -> str:
    listed = items if isinstance(items, (list, tuple)) else list(items)
    named = list(dict.fromkeys(word(item) for item in listed[: 2 * MOST]))
    if len(named) > MOST:
        named = [*named[: MOST - 1], f"{len(listed) - MOST + 1} more"]
    return f"{', '.join(named[:-1])} {joined_by} {named[-1]}" if len(named) > 1 else "".join(named)


def apart(old: Sequence[Item], new: Sequence[Item]) -> tuple[str, str]:
    """Two lists in words that tell them apart: by titles, where two bodies bear one name in two registers."""
    was, now = words(old), words(new)
    if was != now:
        return was, now
    return _titled(old) or was, _titled(new) or now


def _titled(items: Sequence[Item]) -> str:
    titles = [f'"{item.thing.title}"' for item in items[:MOST] if item.thing is not None and item.thing.title]
    return " and ".join(titles)


def listed(values: Values) -> str:
    items = [item for item in (*values.members, *values.denied) if isinstance(item, Item)]
    text = words(sorted(items, key=lambda item: item.start), "or" if values.either else "and")
    return f"{text} only" if values.only else text


def sentence(clause: Clause, about: Sequence[Item] = ()) -> str:
    """What a clause says, of all that it is about or of some of it only."""
    parts = [clause.adverb or "", clause.verb, words(about) if about else listed(clause.about)]
    parts += [f"{joint} {listed(values)}".strip() for joint, values in clause.tails.items()]
    text = " ".join(part for part in parts if part)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def subject(clause: Clause, about: Sequence[Item]) -> str:
    """What a change in a tail is a change of: the verb and what it is about."""
    return f"{clause.verb} {words(about)}".strip()
