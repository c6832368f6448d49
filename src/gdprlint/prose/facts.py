"""From evidence to facts: the values that a notice gives, each once, as `gdprlint read` prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from gdprlint.prose.containing import Said, stands_in, stretches, whole_names, words_of
from gdprlint.prose.hearing import Evidence, Fact
from gdprlint.prose.hedging import points_on
from gdprlint.prose.items import Item
from gdprlint.prose.keys import RIGHTS
from gdprlint.prose.recognise.public_bodies import is_public_body
from gdprlint.prose.words import Word

_KINDS = ("racial-or-ethnic-origin", "political-opinions", "religious-or-philosophical-beliefs",
          "trade-union-membership",
          "genetic", "biometric", "health", "sex-life", "sexual-orientation", "criminal-offence")  # fmt: skip


def facts_of(evidence: Sequence[Evidence], items: dict[str, Item]) -> dict[str, Any]:
    """The facts by name. Lists keep reading order and say nothing twice."""
    found = {name: _texts(evidence, name) for name in _LISTS}
    found["transfer-countries"] = [text for text in found["transfer-countries"] if re.fullmatch("[A-Z]{2}|EEA", text)]
    found["transfer-countries"] = [text for text in found["transfer-countries"] if text not in ("GB", "UK")]
    found["processors"] = [text for text in found["processors"] if not is_public_body(text)]
    mechanisms = dict.fromkeys(_mechanism(text) for text in found["transfer-mechanisms"])
    named = [text for text in mechanisms if text != "adequacy"]
    told_so = any(re.search("adequa|approv|safe|recognis", text.casefold()) for text in named)
    found["transfer-mechanisms"] = whole_names(named if told_so else mechanisms)
    controllers = _controllers(evidence)
    for name in ("recipients", "processors", "sources"):
        found[name] = _but_own(found[name], controllers)
    if any(text.isdigit() for text in found["schedule-1"]):  # a part says no more than the paragraph in it
        found["schedule-1"] = [text for text in found["schedule-1"] if text.isdigit()]
    special = items["special-category-data"].status in ("stated", "partial")
    if not special:  # explicit consent to anything else is no condition of Article 9
        found["article-9"] = [text for text in found["article-9"] if text != "9(2)(a)"]
    rights = {right for right in RIGHTS if items[f"right-{right}"].status in ("stated", "partial", "denied")}
    rights |= set(_texts(evidence, "rights")) & {"automated-decisions"}
    transfers = {"stated": "outside-uk", "partial": "outside-uk", "denied": "none"}.get(
        items["transfers"].status, "silent"
    )
    abroad = any("data-abroad" in one.cue.items and one.outcome != "denied" and not _stays(one) for one in evidence)
    if transfers == "outside-uk" and not abroad:
        transfers = "silent"
    return {
        **{name.replace("-", "_"): texts for name, texts in found.items()},
        "transfers": transfers,
        "retention": _retention(evidence),
        "rights": [right for right in (*RIGHTS, "automated-decisions") if right in rights],
        "special_categories": [kind for kind in _KINDS if kind in found["special-categories"]] if special else [],
        "controllers": controllers,
        "notice_date": _latest(_texts(evidence, "notice-date")),
    }


_LISTS = (
    "processors", "recipients", "dpo-contacts", "lawful-bases", "article-9", "schedule-1",
    "legal-basis-in-law", "transfer-countries", "transfer-mechanisms", "stale-law", "stale-body", "special-categories",
    "sources",
)  # fmt: skip


def _texts(evidence: Iterable[Evidence], name: str) -> list[str]:
    """The values of a fact; one that stands within another (`DfE` in `Department for Education (DfE)`) is left out."""
    found = list(
        dict.fromkeys(
            fact.text for one in evidence if one.outcome != "denied" for fact in one.facts if fact.name == name
        )
    )
    if name in ("lawful-bases", "article-9", "schedule-1"):
        return found
    kept = set(whole_names(found))
    # The person beside the office.
    return [text for text in found if text in kept or text.casefold().endswith("commissioner")]


_AREA = frozenset(("eea", "eu", "european", "europe"))
_OUT_OF_IT = frozenset(("outside", "beyond", "out", "abroad", "overseas", "other"))


def _stays(one: Evidence) -> bool:
    """Whether only a border is told that data do not cross: `they never leave the EU`."""
    said = {word.text for word in _heard(one)}
    if not said & _AREA or said & _OUT_OF_IT or any(value.kind == "foreign-country" for value in one.values):
        return False
    return bool(said & {"never", "not"}) and bool(said & {"leave", "leaves"})


def _mechanism(text: str) -> str:
    """The name of an instrument; where a sentence tells that a country is held to be adequate, that it is."""
    said = text.casefold()
    return "adequacy" if ";" in said and re.search("adequa|safe|protect", said) else text


_MOST_CONTROLLERS = 3
_HEAD, _AT_HEAD = 5, 3  # who speaks is named in the first passages of a page: each counts for three


def _controllers(evidence: Sequence[Evidence]) -> list[str]:
    """Who is said to be controller; where nobody is in so many words, who speaks most. Short forms give way."""
    named = _named(evidence)
    said_so = [one for one in evidence if any(fact.name == "speaker" for fact in one.facts)]
    said_so = [one for one in said_so if "in-passing" not in one.cue.items] or said_so
    speaking = [(fact.text, one.passage.number) for one in said_so for fact in one.facts if fact.name == "speaker"]
    weights: Counter[Said] = Counter()
    for text, number in speaking:
        weights[words_of(text)] += _AT_HEAD if number < _HEAD else 1
    lengths = {len(said) for said in weights}
    speakers = sorted(
        _texts(said_so, "speaker"),
        key=lambda name: -sum(weights[said] for said in set(stretches(words_of(name), lengths))),
    )
    speakers = [name for name in speakers if not _REGULATOR.search(name)]
    # `The Trust is the controller`: of those who speak, the one that is a trust.
    nameless = [one for one in evidence if "controller-identity" in one.cue.items and not one.facts]
    said = {word.text for one in nameless for word in _heard(one)}
    meant = said & _GENERIC
    speakers.sort(key=lambda name: not meant & set(words_of(name)))
    if meant and not named and not (speakers and meant & set(words_of(speakers[0]))):
        speakers = [*_called(evidence, meant), *speakers]
    jointly = [one for one in evidence if "joint-controllers" in one.cue.items and one.outcome != "denied"]
    joint = bool(jointly)
    if joint and not named:
        speakers = list(dict.fromkeys([*_parties(jointly, speakers), *speakers]))
    if joint and len(named) == 1:
        named = [*(speaker for speaker in speakers[:1] if not stands_in(speaker, named[0])), *named]
    # `DfT is the controller`: the name that is given with that short form somewhere else.
    known = [*speakers, *(fact.text for one in evidence for fact in one.facts if "(" in fact.text)]
    lengths = {len(words_of(name)) for name in named}
    holding: dict[Said, str] = {}
    for text in known:
        for part in stretches(words_of(text), lengths):
            holding.setdefault(part, text)
    whole = [holding.get(words_of(name), name) for name in named]
    return list(dict.fromkeys(whole))[:_MOST_CONTROLLERS] or speakers[: 2 if joint else 1]


_GENERIC = frozenset(
    (
        "trust", "council", "university", "school", "academy", "college", "company", "association", "society",
        "department", "authority", "charity", "practice", "surgery", "club", "institute", "board", "church", "union",
        "agency", "foundation", "committee", "group", "institution", "federation", "partnership", "museum", "branch",
        "party", "commission", "constabulary", "ministry", "hospital", "federation",
    )
)  # fmt: skip
_REGULATOR = re.compile(
    r"^ICO\b|\bInformation Commission|\b(Regulation|Conduct) Authority$|\bOmbudsman\b|\b(Charity|Quality) Commission\b"
)
_SEVERAL = frozenset(
    ("joint", "jointly", "both", "controllers", "together", "each", "between", "partnership", "collaboration")
)


def _parties(jointly: Sequence[Evidence], speakers: Sequence[str]) -> list[str]:
    """The bodies named before the words that call them joint controllers; no short form of one that speaks."""
    named = [
        value.text
        for one in jointly
        for value in one.values
        if value.kind == "organisation" and value.first < one.last and not _REGULATOR.search(value.text)
    ]
    return [text for text in named if not any(stands_in(text, speaker) and text != speaker for speaker in speakers)]


def _called(evidence: Sequence[Evidence], words: frozenset[str] | set[str]) -> list[str]:
    """The body with one of these words in its name that is named most: `the Department`, where one stands in full."""
    names = {
        (one.passage.number, value.first): value.text
        for one in evidence
        for value in one.values
        if value.kind == "organisation" and words & set(words_of(value.text)) and not _REGULATOR.search(value.text)
    }
    return [text for text, _ in Counter(names.values()).most_common(1)]


def _named(evidence: Sequence[Evidence]) -> list[str]:
    """The names that are said to be the controller's: one for each statement, unless it speaks of several."""
    found: dict[str, None] = {}
    headings: set[tuple[str, int]] = set()
    for one in evidence:
        if one.outcome == "denied":
            continue
        names = [fact.text for fact in one.facts if fact.name == "controllers" and not _REGULATOR.search(fact.text)]
        if one.cue.heading and one.passage.headings:
            if (one.cue.name, one.passage.headings[0].number) in headings:
                continue
            headings.add((one.cue.name, one.passage.headings[0].number))
        several = any(word.text in _SEVERAL for word in _heard(one))
        found |= dict.fromkeys(names if several else names[:1])
    return whole_names(found)


def _heard(one: Evidence) -> Sequence[Word]:
    return one.passage.words[one.first : one.last]


def _but_own(names: list[str], controllers: list[str]) -> list[str]:
    """Without the writer, who is told of in the third person too."""
    own = {text.casefold().removeprefix("the ") for text in controllers[:1]}
    return [text for text in names if text.casefold().removeprefix("the ") not in own]


def _latest(dates: list[str]) -> str | None:
    return max(dates) if dates else None


def _retention(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """One row for each period, end or denial of one: what it covers and what it runs from, in the words around it."""
    heard: dict[int, list[Evidence]] = {}
    for one in evidence:
        if "retention" in one.cue.items and one.outcome != "denied" and not points_on(one):
            heard.setdefault(one.passage.number, []).append(one)
    rows: list[dict[str, Any]] = []
    told: dict[tuple[str, str], set[int]] = {}  # of each period and word said with it: the paragraphs where it was
    for listed in heard.values():
        found: dict[str, tuple[Evidence, Fact]] = {}
        for one in listed:
            for fact in one.facts:
                length = _in_days(fact.text) if fact.name == "retention" else ""
                if length:
                    found.setdefault(length, (one, fact))
        for length, (one, fact) in found.items():
            places = [told.setdefault((length, word), set()) for word in _subjects(one)]
            if one.passage.kind == "paragraph" and any(place - {one.passage.paragraph} for place in places):
                continue  # a sentence in another place that speaks of the same data; items and rows each count
            for place in places:
                if len(place) < 2:  # two are enough to tell that one of them is another
                    place.add(one.passage.paragraph)
            rows.append(_retention_row(one, fact, length))
        if not found:
            rows.append(_retention_row(listed[0], None, ""))
    return rows


def _in_days(length: str) -> str:
    """The length of a period in days or longer; nothing for what takes less than a day."""
    amount, _, unit = length.partition(" ")
    if unit == "hours":
        return f"{int(amount) // 24} days" if amount.isdigit() and int(amount) >= 24 and int(amount) % 24 == 0 else ""
    return "" if unit == "minutes" else length


def _subjects(one: Evidence) -> set[str]:
    return {word.text for word in one.passage.words if len(word.text) > 5 and word.text not in _NO_SUBJECT}


_NO_SUBJECT = frozenset(
    [
        "months",
        "retain",
        "retained",
        "retains",
        "retention",
        "stored",
        "deleted",
        "delete",
        "destroyed",
        "removed",
        "personal",
        "information",
        "details",
        "records",
        "period",
        "periods",
        "because",
        "should",
        "before",
        "within",
        "longer",
        "further",
        "research",
        "general",
        "following",
        "project",
        "maximum",
        "minimum",
        "policy",
        "unless",
        "another",
        "however",
        "securely",
    ]
)


def _retention_row(one: Evidence, fact: Fact | None, length: str) -> dict[str, Any]:
    amount, _, unit = length.partition(" ")
    number = int(amount) if amount.isdigit() else None
    covers, trigger = _around(one, fact)
    return {
        "covers": covers,
        "amount": number,
        "unit": unit if number is not None else None,
        "trigger": trigger,
        "indefinite": amount == "indefinite",
        "place": one.passage.place(one.passage.own, len(one.passage.words)),
    }


def _around(one: Evidence, fact: Fact | None) -> tuple[str, str | None]:
    passage = one.passage
    first, last = (fact.first, fact.last) if fact and fact.last > fact.first else (one.first, one.last)
    low = max(0, min(first, one.first) - 12)
    covers = passage.said(low, max(first, low + 1)) if first > low else ""
    trigger = passage.said(last, min(len(passage.words), last + 14)) if last < len(passage.words) else None
    return covers, trigger
