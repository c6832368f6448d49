"""How the values of a record are said within a sentence: names, terms, own words, days and provisions.

A name is said by its title, or by its words where it has none; a term by its own words or by those of
`phrases.py`. Own words go in as they are, without control characters and without the stop at their
end. Nothing here knows which sentence they go into.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from attrs import define, field

from gdprlint.model.amounts import Amount
from gdprlint.model.provisions import LAWS, Provision
from gdprlint.model.states import State
from gdprlint.model.table import SLOTS
from gdprlint.model.things import Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.writers import phrases

MONTHS = (  # not of `calendar`, whose names are those of the locale
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LONG_NAMES = {
    "uk-gdpr": "the UK GDPR",
    "eu-gdpr": "the EU GDPR",
    "dpa-2018": "the Data Protection Act 2018",
    "duaa-2025": "the Data (Use and Access) Act 2025",
    "pecr": "the Privacy and Electronic Communications Regulations",
    "mrs-code": "the MRS Code of Conduct",
}
DIVISIONS = {
    "article": "Article",
    "section": "section",
    "regulation": "regulation",
    "recital": "Recital",
    "annex": "Annex",
    "schedule": "Schedule",
    "part": "Part",
    "paragraph": "paragraph",
}
# What a list is of, where it is denied or left open: `under none`, `to blank`.
NOUNS = {
    "party": "person or organisation",
    "people": "people",
    "data": "data",
    "moment": "date or event",
    "span": "period",
    "place": "place",
    "instrument": "law or document",
    "purpose": "purpose",
    "means": "means",
    "state": "form",
    "form": "form",
    "action": "step",
    "text": "detail",
    "channel": "way to reach us",
    "occasion": "condition",
    "basis": "lawful basis",
    "right": "right",
}
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """
        a an the all any our your their its this these those some each every most many people persons anyone anybody
        everybody others other who whoever adults children men women users visitors members participants respondents
        interviewees invitees callers relatives friends colleagues staff employees customers clients patients pupils
        students parents keepers holders readers followers former current young older local national external
        internal partner partners once when after before from first last final data personal what how
        """,
    )
)


# Names of organisations that are said with an article, and teams of which there is one.
_TAKES_THE = re.compile(
    r"(Office|Department|Ministry|Institute|Centre|Bank|University|National [A-Z]\w+|Royal [A-Z]\w+) (for|of) "
    r"|Information Commission"
)
_UNCOUNTED = re.compile(r"\b(data|information|feedback|usage|paper|behaviour|material|text|correspondence)$")
_IS_ONE = re.compile(
    r"(?i)^(?!the |an? |our |all |any )"
    r".*\b(team|committee|panel|board|desk|line|officer|office|unit|group|service|department)\b"
)


def clean(text: str) -> str:
    """The text as one line that shows all that is in it: no control or format characters, single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if unicodedata.category(c) in ("Zl", "Zp", "Zs") or c in "\t\n\r\v\f\x85" else c
        for c in text
        if c in "\t\n\r\v\f\x85" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def own_words(text: str) -> str:
    """Own words as a part of a sentence: without the stop, colon or comma at their end."""
    return clean(text).rstrip(" .,;:")


_HYPHENED = re.compile(
    r"\b((de|non|re|sub|co|pre|self|anti|multi|off)-(?=[a-z])|(sign|opt|log|follow|check)-(?=in|out|up))"
)
_ACRONYMS = re.compile(r"\b(ip|crm|cms|nhs|gps|uk|mrs|dpo|cctv|sms|pdf|dna|gp|id|isbn|vpn|ai|hr)\b")


def spelt(name: str) -> str:
    """A name or key as words; what is written with a hyphen keeps it."""
    kept = _HYPHENED.sub(lambda found: found[0].replace("-", "\u2010"), name)
    plain = clean(kept.replace("-", " ").replace("\u2010", "-"))
    return _ACRONYMS.sub(lambda found: found[0].upper(), plain)


def sentence(text: str) -> str:
    """The text with a capital at its beginning and a stop at its end."""
    text = clean(text)
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" or text[-2:] in (".”", "!”", "?”") else text + "."


def also(text: str) -> str:
    """A sentence that goes on behind another."""
    return f" {sentence(text)}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """`a, b and c`; with semicolons where a part has a comma of its own."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return "".join(said)
    if any("," in part for part in said):
        return "; ".join(said[:-1]) + f"; {last} {said[-1]}"
    return ", ".join(said[:-1]) + f" {last} {said[-1]}"


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year:04d}"


def cited(provision: Provision) -> str:
    """`Article 6(1)(f) of the UK GDPR`, `paragraph 4 of Schedule 1 to the Data Protection Act 2018`."""
    law = LONG_NAMES.get(provision.law) or "the " + LAWS.get(provision.law, (spelt(provision.law), ()))[0]
    said = [f"{DIVISIONS[division]} {number}" for division, number in reversed(provision.parts)]
    if not said:
        return law
    to = " to " if provision.parts[0][0] in ("schedule", "annex") else " of "
    return " of ".join(said) + to + law


@define(eq=False)
class Words:
    """Says values of one register. `we` are the organisations in whose name the document speaks, `you` its reader."""

    vocabulary: Vocabulary
    we: frozenset[str] = frozenset()
    you: frozenset[str] = frozenset()
    _common: frozenset[str] | None = field(default=None, init=False)

    # ---- single values

    def item(self, item: Item) -> str:
        """One value with its hedge: `possibly recordings`, `at most 5 days after the letter arrives`."""
        said = self._said(item)
        if item.quote and item.kind == "word" and (more := own_words(item.quote)):
            said = f"{said} ({more})"
        return f"possibly {said}" if item.adverb == "possibly" else said

    def _said(self, item: Item) -> str:
        if item.thing is not None:
            return self.thing(item.thing)
        match item.value:
            case date():
                return day(item.value)
            case Amount():
                return self.amount(item)
            case Provision():
                return cited(item.value)
        if item.kind == "quote":
            return own_words(item.quote or "") or "something that is not named"
        if item.kind in ("none", "blank"):
            return "nothing" if item.kind == "none" else "something still to be added"
        return self.term(str(item.value), item.slot.name if item.slot else "")

    def amount(self, item: Item) -> str:
        bound = f"{item.bound} " if item.bound else ""
        after = f" after {self.moment(item.after)}" if item.after else ""
        return f"{bound}{item.value}{after}"

    def moment(self, item: Item) -> str:
        """What a time is counted from or runs to, as a noun or a clause: `the last interview is held`."""
        thing = item.thing
        said = self.item(item)
        if thing is None:
            return said
        if thing.kind != "event":
            return f"the end of “{said}”" if thing.kind == "activity" else f"“{said}”"
        on = self.listing(thing.tails["on"]) if "on" in thing.tails else ""
        if "possibly never" in thing.tails:
            on = joined((on, "this may never happen"), "and")
        return f"{said} ({on})" if on else said

    def term(self, key: str, slot: str = "") -> str:
        """The words of a term, as fits the kind of place: an occasion, an action, a group of people."""
        root = self.vocabulary.terms.get(key)
        if slot == "occasion" and key in phrases.OCCASIONS:
            return phrases.OCCASIONS[key]
        if slot in ("party", "people", "group") and key in phrases.GROUPS:
            return phrases.GROUPS[key]
        if slot in ("data", "contents", "scope", "topic", "any") and key in phrases.CONTENTS:
            return phrases.CONTENTS[key]
        if key in phrases.NOUNS:
            return phrases.NOUNS[key]
        if root is None:
            return spelt(key)
        if slot in ("party", "people", "group"):
            return self._plural(key)
        if root.title:
            if self.vocabulary.is_a(key, "place"):
                return f"the {root.title}" if root.title in phrases.PLACES else clean(root.title)
            return own_words(root.title)
        return spelt(key)

    def _plural(self, key: str) -> str:
        words = spelt(key)
        plural = words + ("" if words.endswith("s") else "es" if words.endswith(("ch", "sh", "x")) else "s")
        if words.endswith("y") and words[-2:-1] not in "aeiou":
            plural = words[:-1] + "ies"
        return plural

    def thing(self, thing: Thing) -> str:
        """A declared thing: its title, fitted into a sentence where it is no name, or the words of its name."""
        title = clean(thing.title or "")
        if thing.kind == "organisation":
            name = title or self._capital(spelt(thing.name))
            return f"the {name}" if _TAKES_THE.match(name) else name
        if thing.kind in ("activity", "document", "notice", "record", "pack", "term"):
            return title or self._capital(spelt(thing.name))
        if not title:
            return spelt(thing.name)
        said = self.inner(title.partition(": ")[0] if thing.kind in ("organisations", "people") else title)
        return f"the {said}" if thing.kind == "team" and _IS_ONE.search(said) else said

    def _capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]

    def inner(self, text: str) -> str:
        """A title within a sentence: a common word at its beginning loses its capital, a name keeps it."""
        text = own_words(text)
        first, *others = text.split(" ") if text else [""]
        plain = first[:1].isupper() and not first[1:2].isupper() and first.casefold().strip(",") in self.common
        if plain and not any(re.match(r"[A-Z][a-z]", word) for word in others if len(others) < 4):
            return text[0].lower() + text[1:]
        return text

    @property
    def common(self) -> frozenset[str]:
        """Words that are no names: those that the vocabulary writes small."""
        if self._common is None:
            found = {
                word
                for term in self.vocabulary.terms.values()
                for text in (term.key, *term.also)
                for word in re.split(r"[\s-]", text)
                if word.islower()
            }
            self._common = frozenset(found | {f"{word}s" for word in found}) | _SMALL
        return self._common

    # ---- lists

    def listing(self, values: Values, last: str = "") -> str:
        """A list as it was said: `names, possibly health, but not addresses`."""
        items = [item for item in values.members if isinstance(item, Item)]
        said = joined([self.item(item) for item in items], last or ("or" if values.either else "and"))
        return self.qualified(values, said)

    def qualified(self, values: Values, said: str) -> str:
        """The list with what it says of itself: that it is all there is, and what is not on it."""
        if values.only and said:
            said += " only"
        denied = [item for item in values.denied if item.kind != "none"]
        if denied:
            never = joined([self.item(item) for item in denied], "or")
            said = f"{said}, but not {never}" if said else f"not {never}"
        return said

    def empty(self, values: Values, slot: str) -> str:
        """What a list says that names nothing: that there is none, or that it is still to come; else nothing."""
        if values.members or any(item.kind != "none" for item in values.denied):
            return ""
        noun = NOUNS.get(slot, "detail")
        if values.state is State.NONE:
            return f"no {noun}"
        return f"the {noun} is still to be added" if values.state is State.BLANK else ""

    def data(self, values: Values, denies: bool = False) -> str:
        """Data, as the reader's own where all of it is about the reader."""
        items = [item for item in values.members if isinstance(item, Item)]
        last = "or" if values.either or denies else "and"
        if items and all(self.is_yours(item) for item in items):
            said = self.qualified(values, joined([self.item(item) for item in items], last))
            return said if said.startswith("possibly ") else f"your {said}"
        return self.qualified(values, joined([self.definite(item) for item in items], last))

    def definite(self, item: Item) -> str:
        """Data by name, with an article where it is one thing: `the report`."""
        said = self.item(item)
        thing = item.thing
        one = thing is not None and thing.kind == "data" and not thing.title and not said.endswith(("s", ")"))
        if not one or _UNCOUNTED.search(said) or said.startswith(("the ", "possibly ")):
            return said
        return f"the {said}"

    def is_yours(self, item: Item) -> bool:
        if item.thing is None:
            return (
                bool(self.you)
                and item.kind == "word"
                and item.value in ("personal-data", "contact-details", "name", "address")
            )
        of = item.thing.tails.get("of")
        people = [one.thing.name for one in of.members if isinstance(one, Item) and one.thing] if of else []
        return bool(people) and set(people) <= self.you

    def parties(self, values: Values, full: bool = False, denies: bool = False, named: bool = False) -> str:
        """Organisations and people: `us`, `you`, or by name; in full with whom a class includes.

        With `named` nobody is `us`: where we are the subject already.
        """
        items = [item for item in values.members if isinstance(item, Item)]
        said = joined([self.party(item, full, named) for item in items], "or" if values.either or denies else "and")
        return self.qualified(values, said)

    def party(self, item: Item, full: bool = False, named: bool = False) -> str:
        thing = item.thing
        if thing is None:
            return self.item(item)
        if (thing.name in self.we and not named) or thing.name in self.you:
            said = "us" if thing.name in self.we else "you"
        else:
            said = f"“{self.thing(thing)}”" if thing.kind in ("document", "activity") else self.thing(thing)
            including = thing.tails.get("including")
            if full and including is not None and thing.kind == "organisations":
                said = f"{said} ({self.listing(including)})"
        quote = f" ({own_words(item.quote)})" if item.quote and own_words(item.quote) else ""
        return f"possibly {said}{quote}" if item.adverb == "possibly" else said + quote

    def channels(self, values: Values) -> str:
        """`by post at 1 Quay Road, by email at a@b.example or by phone on 0123`."""
        items = [item for item in values.members if isinstance(item, Item)]
        return joined([self.channel(item) for item in items], "or")

    def channel(self, item: Item) -> str:
        key = item.value if item.kind == "word" and item.thing is None else ""
        said = phrases.MEANS.get(str(key)) or (f"by {self.term(str(key))}" if key else "")
        where = own_words(item.quote or "")
        if not said:
            said, where = self.item(item), ""
        if where:
            said += {"phone": " on ", "text-message": " on "}.get(str(key), " at ") + where
        return f"possibly {said}" if item.adverb == "possibly" else said

    def means(self, values: Values) -> str:
        """How something is done: `by email`, `through Larkmail`."""
        items = [item for item in values.members if isinstance(item, Item)]
        return self.qualified(values, joined([self.mean(item) for item in items], "or" if values.either else "and"))

    def mean(self, item: Item) -> str:
        if item.thing is not None:
            said = f"through {self.party(item)}" if item.thing.name not in self.we else "by us"
            if item.thing.kind == "document":
                said = f"in “{self.thing(item.thing)}”"
            if item.thing.kind == "data":
                said = f"in {self.definite(item)}"
        elif item.kind == "quote":
            return f"by {self.item(item)}"
        else:
            key = str(item.value)
            who = key in self.vocabulary.terms and self.vocabulary.is_a(key, "status")
            said = phrases.MEANS.get(key) or f"by {self.term(key, 'party' if who else 'means')}"
            if key not in phrases.MEANS and key in self.vocabulary.terms:
                if self.vocabulary.is_a(key, "tool"):
                    said = f"through {self.term(key)}"
                elif self.vocabulary.is_a(key, "message") and not self.vocabulary.is_a(key, "channel"):
                    said = f"with {self.term(key)}"
            if item.quote and own_words(item.quote):
                said = f"{said} ({own_words(item.quote)})"
        return f"possibly {said}" if item.adverb == "possibly" else said

    def actions(self, values: Values, it: str = "them") -> str:
        """What is done then: `delete it and confirm that this has been done`."""
        found = []
        for item in values.members:
            if isinstance(item, Item):
                key = item.value if item.thing is None and item.kind == "word" else None
                said = phrases.ACTIONS.get(str(key)) if key else None
                said = re.sub(r"\bit\b", it, said) if said else self.item(item)
                if key and item.quote and own_words(item.quote):
                    said += f" ({own_words(item.quote)})"
                found.append(f"possibly {said}" if item.adverb == "possibly" and key else said)
        return self.qualified(values, joined(found, "or" if values.either else "and"))


PARTY_SLOTS = frozenset(name for name, slot in SLOTS.items() if "organisation" in slot.kinds)
