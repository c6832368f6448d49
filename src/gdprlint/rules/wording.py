"""Values as messages say them: names as they are declared, titles and own words in quotes.

Used by declared rules for what stands in braces, and by rules in Python through their context.
"""

from __future__ import annotations

from typing import Any

from gdprlint.model.things import Clause, Item, Thing, Values


def said(value: Any, in_words: bool = False) -> str:
    """A value as a message says it: names as they are declared, titles and own words in quotes."""
    if isinstance(value, Thing):
        return value.words
    if isinstance(value, Clause):
        if in_words or not value.about.members:
            return clause_words(value)
        return listed(value.about)
    if isinstance(value, Values):
        if value.members and all(isinstance(member, Clause) for member in value.members):
            return ", ".join(dict.fromkeys(said(member, in_words) for member in value.members))
        return listed(value)
    if isinstance(value, Item):
        return item_words(value)
    return words_of(value) if value is not None else ""


def listed(values: Values) -> str:
    names = list(dict.fromkeys(said(member) for member in values.members))
    if len(names) > 6:
        names = [*names[:5], f"{len(names) - 5} more"]
    if len(names) > 1:
        return ", ".join(names[:-1]) + (" or " if values.either else " and ") + names[-1]
    return "".join(names)


def item_words(item: Item) -> str:
    if item.kind == "quote":
        return f'"{item.quote}"'
    if item.thing is not None:
        return item.thing.words
    text = str(item.value)
    if item.kind == "word":
        text = text.replace("-", " ") if " " not in text else text
    if item.bound:
        text = f"{item.bound} {text}"
    if item.after is not None:
        text += f" after {item_words(item.after)}"
    return f'{text} "{item.quote}"' if item.quote else text


def clause_words(clause: Clause) -> str:
    """What a clause says behind what it is about: `for 2 years after "publication" then delete`."""
    parts = []
    for joint, values in clause.tails.items():
        parts.append(f"{joint} {listed(values)}".strip() if values.members else joint)
    return " ".join(parts)


def words_of(value: Any) -> str:
    """The words of one value, for a pattern: its own words, title or name."""
    if type(value) is Item:
        thing = value.thing
        if thing is not None:
            return thing.title or thing.name
        if value.kind == "quote":
            return value.quote or ""
        words = str(value.value).replace("-", " ")
        return f"{words} {value.quote}" if value.quote else words
    if isinstance(value, Thing):
        return value.title or value.name
    return str(value)
