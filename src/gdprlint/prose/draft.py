"""From a reading to a record: what the notice amounts to, in the policy language, each clause with its place.

The text is a first draft for somebody with a notice and no record, and what rules judge when they judge
a notice. A fact that cannot be put into a clause is left out; nothing is added that the notice does not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator


from attrs import define, field, frozen

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.hearing import Evidence, Fact
from gdprlint.prose.keys import RIGHTS
from gdprlint.prose.reading import Reading
from gdprlint.prose.terms import TermFinder

_LONGEST_QUOTE = 12  # words of the notice that a clause repeats


@frozen
class Line:
    """One clause of the draft: its text without margin, and the evidence that it rests on (none for a frame)."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@define(eq=False)
class _Draft:
    reading: Reading
    terms: TermFinder
    parties: dict[str, tuple[str, str, list[Line]]] = field(factory=dict)  # folded name: id, declaration, its block
    taken: set[str] = field(factory=set)
    lines: list[Line] = field(factory=list)
    declared: list[Line] = field(factory=list)

    def evidence(self, key: str, *outcomes: str) -> list[Evidence]:
        item = self.reading.items[key]
        return [one for one in item.evidence if not outcomes or one.outcome in outcomes]

    def say(self, text: str, *evidence: Evidence) -> None:
        self.lines.append(Line(text, evidence))

    def party(self, name: str, status: str = "", kind: str = "organisation") -> str:
        """The id of an organisation, declared where it is first named."""
        key = _folded(name)
        if key not in self.parties:
            known = f" is {status}" if status else ""
            self.parties[key] = (self.id_of(name), f"{kind} {{id}} {quoted(name)}{known}", [])
        return self.parties[key][0]

    def id_of(self, name: str) -> str:
        words = [word for word in re.findall(r"[a-z][a-z0-9]*", name.casefold()) if word not in ("the", "of", "and", "for")]
        stem = "-".join(words[:4]) or "party"
        # A name that is a word of the vocabulary would be read as that word.
        if len(words) < 2 or self.terms.vocabulary.canonical(stem) is not None:
            stem = f"{stem}-body"
        found, number = stem, 2
        while found in self.taken:
            found, number = f"{stem}-{number}", number + 1
        self.taken.add(found)
        return found


def quoted(text: str) -> str:
    """The text as a string of the language, on one line."""
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return '"' + plain.replace("\\", "").replace('"', "'") + '"'


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold().removeprefix("the ")).strip()


def words_of_notice(one: Evidence, fact: Fact | None = None) -> str:
    """A few words of the passage: what the fact took, else the words that were heard and what follows them."""
    if fact is not None and fact.last > fact.first:
        return one.passage.said(fact.first, min(fact.last, fact.first + _LONGEST_QUOTE))
    first = max(one.first, one.passage.own)
    return one.passage.said(first, min(max(one.last, first + 1), first + _LONGEST_QUOTE))


Stretch = tuple[int, int, Evidence]


def draft_of(
    reading: Reading, vocabulary: Vocabulary, name: str = "this-notice", margins: bool = True
) -> tuple[str, list[Stretch]]:
    """The record as text, not yet formatted, and for stretches of it the evidence that they rest on."""
    draft = _Draft(reading, TermFinder(vocabulary))
    draft.taken |= {name, "personal-data", "people", "processing", "special-data"}
    controllers = _controllers(draft)
    for write in _WRITERS:
        write(draft, controllers)
    return _assembled(draft, name, controllers, margins)


# ---- who


def _controllers(draft: _Draft) -> list[str]:
    names = draft.reading.facts["controllers"]
    status = "public authority" if any("public-body" in one.cue.items for one in draft.reading.evidence) else ""
    found = [draft.party(text, status) for text in names]
    said = draft.evidence("controller-identity")
    if not found and said:
        draft.parties["\0us"] = ("controller-body", 'organisation {id} "The organisation whose notice this is"', [])
        found = ["controller-body"]
    if found and said:
        adverb = "possibly " if draft.reading.items["controller-identity"].status == "partial" else ""
        joint = draft.evidence("joint-controllers", "stated", "partial")
        if joint and len(found) > 1:
            draft.say(f"joint controllers {', '.join(found)}", *said)
        else:
            for one in found:
                draft.say(f"{adverb}controller {one}", *said)
    return found


def _owner(draft: _Draft, controllers: list[str]) -> list[Line] | None:
    """The block of the first controller."""
    for known, _, block in draft.parties.values():
        if controllers and known == controllers[0]:
            return block
    return None


_CHANNELS = {"email": "email", "phone": "phone", "web": "web", "link": "web", "address": "post"}


def _contacts(draft: _Draft, controllers: list[str]) -> None:
    block = _owner(draft, controllers)
    if block is None:
        return
    for key, verb in (("controller-contact", "contact"), ("dpo-contact", "dpo")):
        status = draft.reading.items[key].status
        evidence = draft.evidence(key)
        if status == "denied":
            block.append(Line(f"{verb} none", tuple(evidence)))
            continue
        for one in evidence:
            values = [
                f"{_CHANNELS[value.kind]} {quoted(value.text)}"
                for value in draft.reading.values_in(one)
                if value.kind in _CHANNELS and value.kind != "link"
            ]
            adverb = "possibly " if one.outcome == "partial" else ""
            if values:
                block.append(Line(f"{adverb}{verb} {', '.join(dict.fromkeys(values))}", (one,)))
            elif one is evidence[-1] and not any(line.text.startswith((verb, f"possibly {verb}")) for line in block):
                block.append(Line(f"{adverb}{verb} {quoted(words_of_notice(one))}", (one,)))


def _representative(draft: _Draft, controllers: list[str]) -> None:
    for one in draft.evidence("representative", "stated", "partial"):
        names = [value.text for value in draft.reading.values_in(one) if value.kind == "organisation"]
        draft.say(f"representative {draft.party(names[0]) if names else quoted(words_of_notice(one))}", one)


# ---- what and why


def _data(draft: _Draft, controllers: list[str]) -> None:
    kinds: dict[str, None] = {}
    evidence = draft.evidence("data-categories", "stated", "partial")
    for one in evidence:
        kinds |= dict.fromkeys(draft.terms.found(one.passage, "contents"))
    special = draft.evidence("special-category-data", "stated", "partial")
    for one in special:
        kinds |= dict.fromkeys(
            _SPECIAL.get(fact.text, fact.text) for fact in one.facts if fact.name == "special-categories"
        )
    if not kinds and evidence:
        kinds = {quoted(words_of_notice(evidence[0])): None}
    said = f"is {', '.join(kinds)}" if kinds else 'is "personal data"'
    draft.declared.append(Line(f"data personal-data of people {said}", (*evidence, *special)))
    people = [term for one in evidence for term in draft.terms.found(one.passage, "group")]
    are = f" are {', '.join(dict.fromkeys(people))}" if people else ""
    draft.declared.append(Line(f'people people "The people whom the notice speaks to"{are}'))
    sources = [(one, fact) for one in draft.evidence("source") for fact in one.facts if fact.name == "sources"]
    for one, fact in sources:
        adverb = "possibly " if one.outcome == "partial" else ""
        draft.say(f"{adverb}collects personal-data from {draft.party(fact.text, kind='organisations')}", one)
    if not sources:
        for one in draft.evidence("source", "stated", "partial")[:1]:
            draft.say(f"possibly collects personal-data from {quoted(words_of_notice(one))}", one)
    if evidence:
        draft.say("collects personal-data from people", evidence[0])


_SPECIAL = {
    "racial-or-ethnic-origin": "ethnicity", "political-opinions": "political opinions", "religious-or-philosophical-beliefs":
    "religion", "trade-union-membership": "trade union membership", "genetic": "genetic data", "biometric": "biometric data",
    "health": "health data", "sex-life": "sex life", "sexual-orientation": "sexual orientation",
    "criminal-offence": "criminal offence data",
}  # fmt: skip


def _purposes(draft: _Draft, controllers: list[str]) -> None:
    for one in draft.evidence("purposes", "stated", "partial"):
        terms = draft.terms.found(one.passage, "purpose")
        adverb = "possibly " if one.outcome == "partial" else ""
        draft.say(f"{adverb}purpose {', '.join(terms) if terms else quoted(_own_words(one))}", one)


def _own_words(one: Evidence) -> str:
    first = max(one.passage.own, min(one.first, len(one.passage.words) - 1))
    return one.passage.said(first, min(len(one.passage.words), first + _LONGEST_QUOTE))


_NAMED = {"a": "consent", "b": "contract", "c": "legal obligation", "d": "vital interests", "e": "public task",
          "f": "legitimate interests"}  # fmt: skip


def _bases(draft: _Draft, controllers: list[str]) -> None:
    laws = [fact.text for one in draft.evidence("public-task-law") for fact in one.facts if fact.name == "legal-basis-in-law"]
    under = f" under {', '.join(map(quoted, dict.fromkeys(laws)))}" if laws else ""
    interests = draft.evidence("legitimate-interests-described", "stated", "partial")
    interest = f" in {quoted(_own_words(interests[0]))}" if interests else ""
    said: set[str] = set()
    for one in (*draft.evidence("lawful-basis-named"), *draft.evidence("lawful-basis")):
        for fact in one.facts:
            if fact.name != "lawful-bases" or one.outcome == "denied" or fact.text in said:
                continue
            said.add(fact.text)
            letter = fact.text[5:-1]
            basis = _NAMED.get(letter, fact.text)
            more = interest if letter == "f" else under if letter in ("c", "e") else ""
            draft.say(f"lawful basis {basis}{more}", one, *(interests[:1] if letter == "f" else ()))
    if not said:
        for one in draft.evidence("lawful-basis", "stated", "partial")[:1]:
            draft.say(f"possibly lawful basis {quoted(_own_words(one))}", one)


def _conditions(draft: _Draft, controllers: list[str]) -> None:
    paragraphs = draft.reading.facts["schedule_1"]
    under = ""
    if paragraphs:
        text = paragraphs[0]
        under = " under dpa-2018 schedule 1 " + (f"part {text[5:]}" if text.startswith("Part ") else f"paragraph {text}")
    said: set[str] = set()
    for one in draft.evidence("article-9-condition", "stated", "partial"):
        for fact in one.facts:
            if fact.name == "article-9" and fact.text not in said:
                said.add(fact.text)
                draft.say(f"condition {fact.text}{under}", one, *draft.evidence("schedule-1-condition")[:1])


# ---- who else, and where


def _recipients(draft: _Draft, controllers: list[str]) -> None:
    processors = {_folded(name) for name in draft.reading.facts["processors"]}
    listed = {_folded(name) for name in draft.reading.facts["recipients"]}
    done: set[str] = set()
    for key in ("processors-named", "recipients"):
        for one in draft.evidence(key):
            for fact in one.facts:
                folded = _folded(fact.text)
                if fact.name not in ("processors", "recipients") or folded in done or one.outcome == "denied":
                    continue
                if fact.name == "recipients" and folded not in listed:
                    continue
                done.add(folded)
                if folded in processors:
                    draft.say(f"processor {draft.party(fact.text)}", one)
                    continue
                kind = "organisation" if fact.text[:1].isupper() else "organisations"
                adverb = "possibly " if one.outcome == "partial" else ""
                draft.say(f"{adverb}discloses personal-data to {draft.party(fact.text, kind=kind)}", one)
    status = draft.reading.items["recipients"].status
    if status == "denied":
        draft.say("discloses none", *draft.evidence("recipients"))
    elif status in ("stated", "partial") and not done:
        one = draft.evidence("recipients", "stated", "partial")[0]
        draft.say(f"discloses personal-data to {quoted(_own_words(one))}", one)


def _transfers(draft: _Draft, controllers: list[str]) -> None:
    status = draft.reading.items["transfers"].status
    evidence = draft.evidence("transfers")
    if status == "denied":
        draft.say("transfers none", *evidence)
        return
    if status not in ("stated", "partial"):
        return
    countries = draft.reading.facts["transfer_countries"]
    safeguards = draft.evidence("transfer-safeguards", "stated", "partial")
    mechanisms = [
        term for one in safeguards for term in draft.terms.found(one.passage, "instrument")
    ] or [quoted(words_of_notice(one)) for one in safeguards[:1]]
    where = f"in {', '.join(countries)}" if countries else "outside UK"
    under = f" under {', '.join(dict.fromkeys(mechanisms))}" if mechanisms else ""
    adverb = "possibly " if status == "partial" and not countries else ""
    draft.say(f"{adverb}transfers personal-data {where}{under}", *evidence, *safeguards)


# ---- how long


def _retention(draft: _Draft, controllers: list[str]) -> None:
    for one in draft.evidence("retention"):
        periods = [fact for fact in one.facts if fact.name == "retention"]
        adverb = "possibly " if one.outcome == "partial" and periods else ""
        if one.outcome == "denied":
            draft.say("never keeps personal-data", one)
        for fact in periods:
            amount, _, unit = fact.text.partition(" ")
            if fact.text.startswith("indefinite"):
                draft.say(f"{adverb}keeps personal-data indefinitely", one)
            elif unit.rstrip("s") in ("minute", "hour", "day", "week", "month", "year"):
                anchor = _anchor(one, fact)
                draft.say(f"{adverb}keeps personal-data for {amount} {unit}{anchor}", one)
            else:
                draft.say(f"{adverb}keeps personal-data while {quoted(fact.text)}", one)
        if not periods and one.outcome != "denied":
            draft.say(f"keeps personal-data while {quoted(_own_words(one))}", one)


_ANCHORS = ("after", "from", "following", "since", "of", "post", "once")


def _anchor(one: Evidence, fact: Fact) -> str:
    """What a period runs from, in the words that follow it."""
    words = one.passage.words
    at = fact.last
    if at < len(words) and words[at].text in _ANCHORS:
        end = at + 1
        while end < len(words) and end - at < 9 and not words[end].breaks:
            end += 1
        return f" after {quoted(one.passage.said(at + 1, end))}" if end > at + 1 else ""
    return ""


# ---- rights and the rest


def _rights(draft: _Draft, controllers: list[str]) -> None:
    words = {"withdraw-consent": "withdrawal of consent", "portability": "portability"}
    for right in RIGHTS:
        item = draft.reading.items[f"right-{right}"]
        if item.status in ("stated", "partial"):
            adverb = "possibly " if item.status == "partial" else ""
            name = words.get(right, right)
            if right == "withdraw-consent":
                draft.say(f"{adverb}withdrawal at any time", *item.evidence)
            else:
                draft.say(f"{adverb}rights {name}", *item.evidence)


def _complaints(draft: _Draft, controllers: list[str]) -> None:
    for key in ("complaint-regulator", "complaint-controller"):
        item = draft.reading.items[key]
        if item.status in ("stated", "partial"):
            adverb = "possibly " if item.status == "partial" else ""
            to = draft.party("Information Commission", "regulator") if key == "complaint-regulator" else ""
            to = to or (controllers[0] if controllers else quoted("us"))
            draft.say(f"{adverb}complaints to {to}", *item.evidence)


def _one(key: str, stated: str, denied: str = "", partial: str = "") -> Callable[[_Draft, list[str]], None]:
    """A clause for an item as a whole; `{words}` are the words of the notice."""

    def write(draft: _Draft, controllers: list[str]) -> None:
        item = draft.reading.items[key]
        text = {"stated": stated, "denied": denied, "partial": partial or (f"possibly {stated}" if stated else "")}.get(
            item.status, ""
        )
        if text and item.evidence:
            draft.say(text.replace("{words}", quoted(_own_words(item.evidence[0]))), *item.evidence)

    return write


def _listed(key: str, verb: str, root: str) -> Callable[[_Draft, list[str]], None]:
    """A clause with the terms of the vocabulary that the notice uses, or with its own words."""

    def write(draft: _Draft, controllers: list[str]) -> None:
        item = draft.reading.items[key]
        if item.status not in ("stated", "partial"):
            return
        terms = dict.fromkeys(term for one in item.evidence for term in draft.terms.found(one.passage, root))
        adverb = "possibly " if item.status == "partial" and not terms else ""
        draft.say(f"{adverb}{verb} {', '.join(terms) if terms else quoted(_own_words(item.evidence[0]))}", *item.evidence)

    return write


def _sponsors(draft: _Draft, controllers: list[str]) -> None:
    for one in draft.evidence("sponsor", "stated", "partial")[:3]:
        names = [value.text for value in draft.reading.values_in(one) if value.kind == "organisation"]
        draft.say(f"sponsor {draft.party(names[0]) if names else quoted(_own_words(one))}", one)


_WRITERS: tuple[Callable[[_Draft, list[str]], None], ...] = (
    _contacts,
    _representative,
    _purposes,
    _bases,
    _conditions,
    _data,
    _recipients,
    _transfers,
    _retention,
    _rights,
    _complaints,
    _one("obligation-to-provide", "requires personal-data because {words}", "requires none"),
    _one("automated-decisions", "automated decisions {words}", "automated decisions none"),
    _one("ai-use", "uses artificial intelligence", "never uses artificial intelligence"),
    _one("further-purpose", "further use because {words}", "never further use", "possibly further use because {words}"),
    _listed("security", "security", "measure"),
    _one("anonymisation", 'makes "anonymised data" from personal-data because {words}'),
    _one("safeguarding-disclosure", "possibly discloses personal-data when {words}"),
    _one("data-linkage", "links personal-data because {words}", "never links personal-data"),
    _one("archive-deposit", "discloses personal-data to research archive because {words}"),
    _one("recording", "collects recording from people because {words}", "never collects recording from people"),
    _one("quotes", "discloses quotation because {words}", "never discloses quotation"),
    _one("voluntary-participation", "permission voluntary from people"),
    _sponsors,
    _one("incentive", "incentive {words}", "incentive none"),
    _one("recontact", "recontacts people for {words}", "recontacts none"),
    _one("cookies", "uses cookies", "never uses cookies"),
)


# ---- putting it together


def _assembled(draft: _Draft, name: str, controllers: list[str], margins: bool) -> tuple[str, list[Stretch]]:
    reading = draft.reading
    by = f" by {controllers[0]}" if controllers else ""
    on = reading.facts["notice_date"] or ""
    dated = f" on {on}" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", on) else ""
    out: list[str] = []
    places: list[Stretch] = []
    size = 0

    def put(line: Line, indent: str = "", tail: str = "") -> None:
        nonlocal size
        text = indent + line.text + (_margin(reading, line.evidence) if margins else "") + tail + "\n"
        places.extend((size, size + len(text), one) for one in line.evidence[:1])
        out.append(text)
        size += len(text)

    put(Line("# What the notice says, as gdprlint reads it: a draft to be checked, each clause with its lines.\n"))
    header = f"notice {name} {quoted(reading.page.source.path)} of processing{by}{dated}"
    block = [*_heading_lines(draft)]
    put(Line(header, tuple(reading.items["notice-date"].evidence) if dated else ()), tail=" {" if block else "")
    for line in block:
        put(line, "  ")
    put(Line("}\n" if block else ""))
    for known, declaration, lines in draft.parties.values():
        put(Line(declaration.replace("{id}", known, 1)), tail=" {" if lines else "")
        for line in lines:
            put(line, "  ")
        if lines:
            put(Line("}"))
    for line in draft.declared:
        put(line)
    put(Line(f"\nactivity processing {quoted(reading.title)} {{"))
    for line in draft.lines:
        put(line, "  ")
    put(Line("}"))
    return "".join(out), places


def _heading_lines(draft: _Draft) -> Iterator[Line]:
    """What stands in the block of the notice: whether it is an excerpt, and the law that it cites."""
    if draft.reading.kind == "excerpt":
        yield Line('excerpt of "a longer notice"')
    seen: set[str] = set()
    for one in draft.evidence("law-cited", "stated", "partial"):
        for term in draft.terms.found(one.passage, "law"):
            if term not in seen:
                seen.add(term)
                yield Line(f"cites {term}", (one,))


def _margin(reading: Reading, evidence: Iterable[Evidence]) -> str:
    spans = sorted({tuple(lines) for one in evidence if (lines := reading.lines_of(one))})
    if not spans:
        return ""
    return " [" + ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans[:6]) + "]"


__all__ = ["Line", "draft_of", "quoted"]
