"""How each item of a notice is said in the policy language: one small writer for each group of clauses.

A fact that cannot be put into a clause is left out; nothing is added that the notice does not say. It is long because
it is a list: the writers share the draft and nothing else, and stand in the order of a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gdprlint.prose.clauses import LONGEST_QUOTE, Draft, Line, folded, quoted, words_of_notice
from gdprlint.prose.containing import Longer
from gdprlint.prose.hearing import Evidence, Fact
from gdprlint.prose.hedging import adverb_of, are_hedged, is_hedged, points_on
from gdprlint.prose.keys import RIGHTS
from gdprlint.prose.naming import at_most, body, category, does_it, interest, kept_data
from gdprlint.prose.recognise import Value

UNNAMED = "The organisation whose notice this is"

# ---- who


def controllers_of(draft: Draft) -> list[str]:
    vocabulary = draft.terms.vocabulary
    said_so = {
        folded(fact.text)
        for one in draft.evidence("controller-identity")
        if any(word.text.startswith("controller") for word in one.passage.words)
        for fact in one.facts
        if fact.name == "controllers"
    }
    supply = {folded(text) for text in draft.reading.facts["processors"]}
    # A supplier is the controller only where the text calls it so; `our` near its name does not.
    names = [
        name
        for text in draft.reading.facts["controllers"]
        if (name := body(text, vocabulary)) and (folded(text) in said_so or folded(text) not in supply)
    ]
    status = "public authority" if any("public-body" in one.cue.items for one in draft.reading.evidence) else ""
    joint = draft.evidence("joint-controllers", "stated", "partial")
    found = [draft.party(text, status) for text in (names if joint else names[:1])]
    said = draft.evidence("controller-identity")
    if not found and said:
        draft.parties["\0us"] = ("controller-body", f"organisation {{id}} {quoted(UNNAMED)}", [])
        found = ["controller-body"]
    if found and said:
        adverb = "possibly " if draft.reading.items["controller-identity"].status == "partial" else ""
        if joint and len(found) > 1:
            draft.say(f"joint controllers {', '.join(found)}", *joint)
        else:
            # Where several bodies are named, the first is who speaks; what the others are, the text leaves open.
            draft.say(f"{adverb}controller {found[0]}", *said)
    return found


def _owner(draft: Draft, controllers: list[str]) -> list[Line] | None:
    """The block of the first controller, where there is one."""
    for known, _, block in draft.parties.values():
        if controllers and known == controllers[0]:
            return block
    return None


_CHANNELS = {"email": "email", "phone": "phone", "web": "web", "link": "web", "address": "post"}


def _contacts(draft: Draft, controllers: list[str]) -> None:
    owner = _owner(draft, controllers)
    officer = {value.text for one in draft.evidence("dpo-contact") for value in one.values}
    complaints = {id(one.passage) for one in draft.evidence("complaint-regulator")}
    for key, verb in (("controller-contact", "contact"), ("dpo-contact", "dpo")):
        block = draft.header if owner is None else owner
        if owner is None and verb == "dpo":
            continue  # whose it is, nobody says
        status = draft.reading.items[key].status
        evidence = draft.evidence(key)
        if status == "denied":
            block.append(Line(f"{verb} none", tuple(evidence)))
            continue
        given: set[str] = set()
        for one in evidence:
            found = [
                value
                for value in one.values
                if value.kind in _CHANNELS and value.kind != "link" and not _regulators(value)
                if not (verb == "contact" and (value.text in officer or id(one.passage) in complaints))
            ]
            values = [f"{_CHANNELS[value.kind]} {quoted(value.text)}" for value in found if value.text not in given]
            given |= {value.text for value in found}
            adverb = "possibly " if one.outcome == "partial" else ""
            way = "dpo" if verb == "contact" and values and _at_officer(draft, one) else verb
            if values:
                block.append(Line(f"{adverb}{way} {', '.join(dict.fromkeys(values))}", (one,)))
            elif (
                one is evidence[-1]
                and not given
                and not any(line.text.startswith((verb, f"possibly {verb}")) for line in block)
            ):
                block.append(Line(f"{adverb}{verb} {quoted(words_of_notice(one))}", (one,)))


_OFFICER = ("data", "protection", "officer")


def _at_officer(draft: Draft, one: Evidence) -> bool:
    """Whether the heading, or the sentence before, tells that the way is the data protection officer's."""
    before = draft.reading.passages[one.passage.number - 1] if one.passage.number else None
    near = [*one.passage.headings[:1]]
    if before is not None and before.paragraph == one.passage.paragraph:
        near.append(before)
    said = [[word.text for word in passage.words] for passage in near]
    return any(tuple(words[at : at + 3]) == _OFFICER for words in said for at in range(len(words)))


def _regulators(value: Value) -> bool:
    """Whether the way leads to the regulator, whom notices name beside their own contacts."""
    return bool(re.search(r"\bico\.org\.uk\b|^SK9 5AF$", value.text)) or value.text.replace(" ", "") == "03031231113"


def _representative(draft: Draft, controllers: list[str]) -> None:
    for one in draft.evidence("representative", "stated", "partial"):
        names = [value.text for value in one.values if value.kind == "organisation"]
        draft.say(f"representative {draft.party(names[0]) if names else quoted(words_of_notice(one))}", one)


# ---- what and why


def _data(draft: Draft, controllers: list[str]) -> None:
    kinds: dict[str, None] = {}
    evidence = draft.evidence("data-categories", "stated", "partial")
    for one in evidence:
        kinds |= dict.fromkeys(draft.terms.found(one.passage, "contents"))
    kinds.pop("everything", None)  # the word `data` alone says nothing of what they are
    special = draft.evidence("special-category-data", "stated", "partial")
    for one in special:
        kinds |= dict.fromkeys(
            _SPECIAL.get(fact.text, fact.text) for fact in one.facts if fact.name == "special-categories"
        )
    if not kinds and evidence:
        kinds = {quoted(words_of_notice(evidence[0])): None}
    said = f"is {', '.join(kinds)}" if kinds else 'is "personal data"'
    draft.declared.append(Line(f"data personal-data of people {said}", (*evidence, *special)))
    # Whom a list of data speaks of, and whom else it only names, words do not tell; that they may be children does.
    are = " are possibly children" if any(map(draft.tells, draft.evidence("children", "stated"))) else ""
    draft.declared.append(Line(f'people people "The people whom the notice speaks to"{are}'))
    sources = [(one, fact) for one in draft.evidence("source") for fact in one.facts if fact.name == "sources"]
    for one, fact in sources:
        named = fact.text[:1].isupper()
        name = body(fact.text, draft.terms.vocabulary) if named else category(fact.text)
        if not name:
            continue
        adverb = adverb_of(one)
        source = draft.party(name) if named else quoted(name)
        draft.say(f"{adverb}collects personal-data from {source}", one)
    if not sources:
        for one in draft.evidence("source", "stated", "partial")[:1]:
            draft.say(f"possibly collects personal-data from {quoted(words_of_notice(one))}", one)
    if evidence:
        draft.say("collects personal-data from people", *special[:1], *evidence[:1])


_SPECIAL = {
    "racial-or-ethnic-origin": "ethnicity", "political-opinions": "political opinions",
    "religious-or-philosophical-beliefs": "religion",
    "trade-union-membership": "trade union membership", "genetic": "genetic data", "biometric": "biometric data",
    "health": "health data", "sex-life": "sex life", "sexual-orientation": "sexual orientation",
    "criminal-offence": "criminal offence data",
}  # fmt: skip


def _purposes(draft: Draft, controllers: list[str]) -> None:
    # A sentence on using a right or complaining says what people may do, not what their data are for.
    routes = {
        id(one.passage)
        for one in draft.reading.evidence
        if {"rights-route", "complaint-regulator", "complaint-controller", "controller-contact"} & set(one.cue.items)
    }
    for one in draft.evidence("purposes", "stated", "partial"):
        terms = draft.terms.found(one.passage, "purpose")
        rights = any(word.text in ("right", "rights") for word in one.passage.words[one.passage.own :])
        if not terms and (rights or id(one.passage) in routes):
            continue
        adverb = adverb_of(one)
        draft.say(f"{adverb}purpose {', '.join(terms) if terms else quoted(_own_words(one))}", one)


def _own_words(one: Evidence) -> str:
    first = max(one.passage.own, min(one.first, len(one.passage.words) - 1))
    return one.passage.said(first, min(len(one.passage.words), first + LONGEST_QUOTE))


_NAMED = {"a": "consent", "b": "contract", "c": "legal obligation", "d": "vital interests", "e": "public task",
          "f": "legitimate interests"}  # fmt: skip


def _bases(draft: Draft, controllers: list[str]) -> None:
    """The bases. Where several passages give different ones, each is a use of its own, called by its words."""
    laws = [
        fact.text
        for one in draft.evidence("public-task-law")
        for fact in one.facts
        if fact.name == "legal-basis-in-law"
    ]
    under = f" under {', '.join(map(quoted, dict.fromkeys(laws)))}" if laws else ""
    interests = draft.evidence("legitimate-interests-described", "stated", "partial")
    said: dict[str, tuple[str, str, Evidence]] = {}  # the point: its name, the clause, where
    for one in (*draft.evidence("lawful-basis-named"), *draft.evidence("lawful-basis")):
        for fact in one.facts:
            if fact.name == "lawful-bases" and one.outcome != "denied" and fact.text not in said:
                letter = fact.text[5:-1]
                more = under if letter in ("c", "e") else ""
                told = [words for i in interests if (words := interest(i))]
                if letter == "f" and told:
                    more = f" in {quoted(told[0])}"
                name = _NAMED.get(letter, fact.text)
                said[fact.text] = (name, f"lawful basis {name}{more}", one)
    if not said:
        for one in draft.evidence("lawful-basis", "stated", "partial")[:1]:
            draft.say(f"possibly lawful basis {quoted(_own_words(one))}", one)
    elif len({one.passage.number for _, _, one in said.values()}) == 1:
        for _, text, one in said.values():
            draft.say(text, one)
    else:
        for name, text, one in said.values():
            head = f"activity {draft.id_of(f'use {name}')} {quoted(_own_words(one))}"
            draft.uses.append((head, [Line(text, (one,))]))


def _conditions(draft: Draft, controllers: list[str]) -> None:
    paragraphs = draft.reading.facts["schedule_1"]
    under = ""
    if paragraphs:
        text = paragraphs[0]
        under = " under dpa-2018 schedule 1 " + (
            f"part {text[5:]}" if text.startswith("Part ") else f"paragraph {text}"
        )
    said: set[str] = set()
    for one in draft.evidence("article-9-condition", "stated", "partial"):
        for fact in one.facts:
            if fact.name == "article-9" and fact.text not in said:
                said.add(fact.text)
                draft.say(f"condition {fact.text}{under}", one, *draft.evidence("schedule-1-condition")[:1])


# ---- who else, and where


def _recipients(draft: Draft, controllers: list[str]) -> None:
    vocabulary = draft.terms.vocabulary
    processors = {folded(body(name, vocabulary)) for name in draft.reading.facts["processors"]} - {""}
    listed = {folded(name) for name in draft.reading.facts["recipients"]}
    own = {key for key, (known, _, _) in draft.parties.items() if known in controllers}
    done: set[str] = set()
    longer = Longer()
    for key in ("processors-named", "recipients"):
        for one in draft.evidence(key):
            for fact in one.facts:
                if fact.name not in ("processors", "recipients") or one.outcome == "denied":
                    continue
                if fact.name == "recipients" and folded(fact.text) not in listed:
                    continue
                named = fact.text[:1].isupper()
                name = body(fact.text, vocabulary) if named else category(fact.text)
                known = folded(name)
                if not name or known in done or known in own:
                    continue
                if named and longer.has(known):
                    continue  # `Teams`, where `Microsoft Teams` was named
                done.add(known)
                longer.add(known)
                adverb = adverb_of(one)
                if known in processors:
                    draft.say(f"{adverb}processor {draft.party(name)}", one)
                elif named:
                    draft.say(f"{adverb}discloses personal-data to {draft.party(name)}", one)
                else:
                    # A category is in the notice's words: who they are, and in which role, no notice has to say.
                    draft.say(f"{adverb}discloses personal-data to {quoted(name)}", one)
    status = draft.reading.items["recipients"].status
    if status == "denied":
        draft.say("discloses none", *draft.evidence("recipients"))
    elif status in ("stated", "partial") and not done:
        said = draft.evidence("recipients", "stated", "partial")
        if said:
            draft.say(f"discloses personal-data to {quoted(_own_words(said[0]))}", said[0])
        else:  # a denial that stands in one variant of a template only
            draft.say("discloses none", *draft.evidence("recipients"))


def _transfers(draft: Draft, controllers: list[str]) -> None:
    status = draft.reading.items["transfers"].status
    evidence = draft.evidence("transfers")
    if status == "denied":
        draft.say("transfers none", *evidence)
        return
    if status not in ("stated", "partial"):
        return
    if evidence and all(map(points_on, evidence)):
        draft.say(f"refers to {quoted(_own_words(evidence[0]))} for transfers", *evidence)
        return
    # `EEA` is where data go only if it is the one place; mostly it is what they leave.
    leaves_eea = any("EEA" in _outside(one) for one in evidence)
    countries = [place for place in draft.reading.facts["transfer_countries"] if place != "EEA" or not leaves_eea]
    safeguards = draft.evidence("transfer-safeguards", "stated", "partial")
    mechanisms = [term for one in safeguards for term in draft.terms.found(one.passage, "instrument")] or [
        quoted(words_of_notice(one)) for one in safeguards[:1]
    ]
    where = f"in {', '.join(countries)}" if countries else "outside EEA" if leaves_eea else "outside UK"
    under = f" under {', '.join(dict.fromkeys(mechanisms))}" if mechanisms else ""
    doubted = (status == "partial" and not countries) or are_hedged(evidence)
    adverb = "possibly " if doubted else ""
    draft.say(f"{adverb}transfers personal-data {where}{under}", *evidence, *safeguards)


def _outside(one: Evidence) -> set[str]:
    """The areas that the passage says data leave."""
    said = " ".join(word.text for word in one.passage.words)
    return {"EEA"} if re.search(r"\boutside (of )?(the )?(eea|european economic area)\b", said) else set()


# ---- how long


def _retention(draft: Draft, controllers: list[str]) -> None:
    """A clause for each period or end. Several are about different data, called by the words of the notice."""
    evidence = draft.evidence("retention")
    several = len([one for one in evidence if one.outcome != "denied"]) > 1
    # Where one cue took the period of a passage, another that heard only that something is kept adds nothing.
    called: dict[str, str] = {}
    timed = {id(one.passage) for one in evidence if any(fact.name == "retention" for fact in one.facts)}
    for one in evidence:
        periods = [fact for fact in one.facts if fact.name == "retention"]
        covered = kept_data(one, periods) if several else ""
        clause = "; ".join(fact.text for fact in periods)
        if covered and called.setdefault(covered, clause) != clause:
            covered = _own_words(one)  # the same words with another period speak of other data
        what = quoted(covered) if covered else "personal-data"
        adverb = adverb_of(one) if periods else ""
        if one.outcome == "denied":
            draft.say("never keeps personal-data", one)
        for fact in periods:
            amount, _, unit = fact.text.partition(" ")
            if fact.text.startswith("indefinite"):
                draft.say(f"{adverb}keeps {what} indefinitely", one)
            elif unit.rstrip("s") in ("minute", "hour", "day", "week", "month", "year"):
                unit = unit.rstrip("s") if amount == "1" else unit
                most = "at most " if at_most(one, fact) else ""
                draft.say(f"{adverb}keeps {what} for {most}{amount} {unit}{_anchor(one, fact)}", one)
            else:
                draft.say(f"{adverb}keeps {what} while {quoted(fact.text)}", one)
        if points_on(one):
            draft.say(f"refers to {quoted(_own_words(one))} for keeps", one)
        elif not periods and one.outcome != "denied" and id(one.passage) not in timed:
            adverb = "possibly " if is_hedged(one) else ""
            draft.say(f"{adverb}keeps {what} while {quoted(_own_words(one))}", one)


_ANCHORS = ("after", "from", "following", "since", "of", "post", "once")


def _anchor(one: Evidence, fact: Fact) -> str:
    """What a period runs from, in the words that follow it."""
    words = one.passage.words
    at = fact.last
    if at < len(words) and words[at].text in _ANCHORS:
        end = at + 1
        while end < len(words) and end - at < 9 and not words[end].breaks and not does_it(one, end):
            end += 1
        return f" after {quoted(one.passage.said(at + 1, end))}" if end > at + 1 else ""
    return ""


# ---- rights and the rest


def _rights(draft: Draft, controllers: list[str]) -> None:
    words = {"withdraw-consent": "withdrawal of consent", "portability": "portability"}
    for right in RIGHTS:
        item = draft.reading.items[f"right-{right}"]
        if item.status in ("stated", "partial"):
            doubted = item.status == "partial" or are_hedged(item.evidence)
            adverb = "possibly " if doubted else ""
            name = words.get(right, right)
            if right == "withdraw-consent":
                draft.say(f"{adverb}withdrawal at any time", *item.evidence)
            else:
                draft.say(f"{adverb}rights {name}", *item.evidence)


def _requests(draft: Draft, controllers: list[str]) -> None:
    """How rights are used: who is asked, by which channels."""
    for one in [one for one in draft.reading.evidence if "rights-route" in one.cue.items][:2]:
        channels = [_CHANNELS[value.kind] for value in one.values if value.kind in _CHANNELS]
        by = f" by {', '.join(dict.fromkeys(channels))}" if channels else ""
        draft.say(f"requests to {controllers[0] if controllers else quoted('us')}{by}", one)


def _complaints(draft: Draft, controllers: list[str]) -> None:
    for key in ("complaint-regulator", "complaint-controller"):
        item = draft.reading.items[key]
        if item.status in ("stated", "partial"):
            doubted = item.status == "partial" or are_hedged(item.evidence)
            adverb = "possibly " if doubted else ""
            to = _regulator(draft) if key == "complaint-regulator" else ""
            to = to or (controllers[0] if controllers else quoted("us"))
            draft.say(f"{adverb}complaints to {to}", *item.evidence)


def _regulator(draft: Draft) -> str:
    """The regulator under the name, and with the old address, that the notice gives it."""
    stale = [(one, fact.text) for one in draft.reading.evidence for fact in one.facts if fact.name == "stale-body"]
    names = [(one, text) for one, text in stale if "," not in text]
    known = draft.party(names[0][1] if names else "Information Commission", "regulator")
    if names:
        draft.places[known] = names[0][0]
    block = next(lines for party, _, lines in draft.parties.values() if party == known)
    for one, text in stale:
        if "," in text and not block:
            block.append(Line(f"contact post {quoted(text)}", (one,)))
    return known


def _one(key: str, stated: str, denied: str = "", partial: str = "") -> Callable[[Draft, list[str]], None]:
    """A clause for an item as a whole; `{words}` are the words of the notice."""

    def write(draft: Draft, controllers: list[str]) -> None:
        item = draft.reading.items[key]
        doubted = item.status == "stated" and are_hedged(item.evidence)
        open_left = stated if stated.startswith("possibly ") else f"possibly {stated}"
        text = {"stated": stated, "denied": denied, "partial": partial or (open_left if stated else "")}.get(
            "partial" if doubted else item.status, ""
        )
        if text and item.evidence:
            draft.say(text.replace("{words}", quoted(_own_words(item.evidence[0]))), *item.evidence)

    return write


_FREE = re.compile(
    r"\b(voluntary|voluntarily|optional|your choice|(do not|don't) have to|not (obliged|required|compelled)|"
    r"(no|nothing|nobody) (\w+ )?(obligation|obliges|requires|requirement))\b"
)


def _obligation(draft: Draft, controllers: list[str]) -> None:
    """Whether people must give the data: that it is told is one thing, which way another."""
    item = draft.reading.items["obligation-to-provide"]
    if item.status not in ("stated", "partial", "denied"):
        return
    bound = [one for one in item.evidence if not _FREE.search(" ".join(word.text for word in one.passage.words))]
    if item.status == "denied" or not bound:
        draft.say("requires none", *item.evidence)
    else:
        adverb = "possibly " if item.status == "partial" else ""
        draft.say(f"{adverb}requires personal-data because {quoted(_own_words(bound[0]))}", *bound)


_NOTHING_ELSE = re.compile(r"\b(not|never|no|nothing|none|only|solely|exclusively)\b")


def _further_use(draft: Draft, controllers: list[str]) -> None:
    """Use for another purpose: that a notice speaks of it is one thing, whether it is done another."""
    item = draft.reading.items["further-purpose"]
    said = [one for one in item.evidence if not _NOTHING_ELSE.search(" ".join(w.text for w in one.passage.words))]
    if item.evidence and (item.status == "denied" or not said):
        draft.say("never further use", *item.evidence)
    elif item.status in ("stated", "partial"):
        adverb = "possibly " if item.status == "partial" or are_hedged(said) else ""
        draft.say(f"{adverb}further use because {quoted(_own_words(said[0]))}", *said)


def _listed(key: str, verb: str, root: str) -> Callable[[Draft, list[str]], None]:
    """A clause with the terms of the vocabulary that the notice uses, or with its own words."""

    def write(draft: Draft, controllers: list[str]) -> None:
        item = draft.reading.items[key]
        if item.status not in ("stated", "partial"):
            return
        terms = dict.fromkeys(term for one in item.evidence for term in draft.terms.found(one.passage, root))
        doubted = (item.status == "partial" and not terms) or are_hedged(item.evidence)
        adverb = "possibly " if doubted else ""
        draft.say(
            f"{adverb}{verb} {', '.join(terms) if terms else quoted(_own_words(item.evidence[0]))}", *item.evidence
        )

    return write


def _sponsors(draft: Draft, controllers: list[str]) -> None:
    for one in draft.evidence("sponsor", "stated", "partial")[:3]:
        names = [value.text for value in one.values if value.kind == "organisation"]
        draft.say(f"sponsor {draft.party(names[0]) if names else quoted(_own_words(one))}", one)


WRITERS: tuple[Callable[[Draft, list[str]], None], ...] = (
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
    _requests,
    _complaints,
    _obligation,
    _one("automated-decisions", "automated decisions {words}", "automated decisions none"),
    _one("ai-use", "uses artificial intelligence", "never uses artificial intelligence"),
    _further_use,
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
