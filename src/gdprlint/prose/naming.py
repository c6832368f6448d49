"""What clauses call things: which words of a notice can name a party, the data that are kept, an interest.

What was heard are stretches of words; a stretch that is no name makes a clause that nobody would write, so
it is shortened to the name in it, or given up. It knows words and passages, and no item of a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.clauses import LONGEST_QUOTE, folded
from gdprlint.prose.hearing import Evidence, Fact


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Somebody's role, or a word of these texts that is written with a capital: no body of its own.
_ROLES = _set(
    """officer officers manager administrator director team gdpr regulation act policy notice general service services
    partner partners processor processors controller controllers supplier suppliers participant participants"""
)
_ADVERBS = _set("then here both each some many most such only however also now nobody")
_LINKING = _set("of for and the in on & with de")
_POSSESSIVE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s$")
# Words that go on from a name to what is told of it; words that no name of a category begins or is spoiled with.
_ENDS = _set("who which that where when if because so unless while before after whose and, as and ask")
_NO_CATEGORY = _set(
    """we us you your you're it they them he she is are was were be been has have had do does did will would can could
    may might must shall should cannot not no bind binds give gives given tell tells provide provides keep keeps get
    gets see sees shows show these those this there here how what why"""
)


def body(text: str, vocabulary: Vocabulary) -> str:
    """The words as the name of a body, or '' where they cannot be one: a role, a country, half of a sentence."""
    kept: list[str] = []
    parts = text.split()
    for at, word in enumerate(parts):
        bare = word.strip(",.;:()")
        if kept and (word.startswith("(") or not (bare[:1].isupper() or bare[:1].isdigit() or bare in _LINKING)):
            break
        kept.append(word)
        after = parts[at + 1].strip("(")[:1] if at + 1 < len(parts) else ""
        if word.endswith((":", ";")) or (word.endswith(",") and not (after.isupper() and len(kept) > 1)):
            break
    if len(kept) > 1 and kept[0].casefold() in _ADVERBS:
        kept = kept[1:]  # a capital because a sentence begins
    while kept and kept[-1].strip(",.;:()") in _LINKING:
        kept.pop()
    name = _POSSESSIVE.sub("", " ".join(kept).strip(" ,.;:()"))
    words = folded(name).split()
    if not words or words[-1] in _ROLES or len(words) > LONGEST_QUOTE or _place(name, vocabulary):
        return ""
    return name


def _place(name: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.canonical(name)
    if known is not None and vocabulary.is_a(known, "country"):
        return True
    return name in _countries(vocabulary)


@lru_cache(maxsize=2)
def _countries(vocabulary: Vocabulary) -> frozenset[str]:
    """The countries as people write them."""
    return frozenset(
        [str(term.title) for key, term in vocabulary.terms.items() if vocabulary.is_a(key, "country") and term.title]
    )


def category(text: str) -> str:
    """The words as a category of recipients (`your stable contacts`), or '' where they are half of a sentence."""
    kept: list[str] = []
    for word in text.split():
        plain = word.strip(",.;:()").casefold()
        if plain in _ENDS and kept:
            break
        kept.append(word)
        if word.endswith((",", ".", ";", ":")):
            break
    words = [word.strip(",.;:()").casefold() for word in kept]
    while words and words[0] in ("our", "your", "the", "some", "other", "a", "an", "any"):
        words = words[1:]
    if not words or len(words) > 8 or set(words) & _NO_CATEGORY or set(words) <= _WHOLE:
        return ""
    return " ".join(kept).strip(" ,.;:()")


_WHOLE = _set("automatically data information personal details records")
_VERBS = _set(
    """are is be will can may we us our you your they them it this that these those keep keeps kept hold holds held
    store stored retain retained retains delete deletes deleted destroyed erased disposed removed stay stays then for
    until at most no not more longer than up to within only all further any after and or but which by there"""
)


def kept_data(one: Evidence, periods: list[Fact]) -> str:
    """The words for what is kept: before the period without its verbs, else after the verb, else the heading."""
    passage = one.passage
    words = passage.words
    end = min([fact.first for fact in periods if fact.last > fact.first] or [one.first])
    start = max(passage.own if end > passage.own else 0, end - LONGEST_QUOTE)
    # Punctuation parts it; the part beside the period may be a verb alone, and the data are named in one before it.
    for first, last in _parts(one, start, end):
        while last > first and words[last - 1].text in _VERBS:
            last -= 1
        aside = words[first].text in _ASIDE
        while first < last and words[first].text in _VERBS:
            first += 1
        # A verb in the middle parts what is kept from what is done with it.
        last = next((at for at in range(first + 1, last) if words[at].text in _MIDDLE), last)
        speaks = any(words[at].text in _SPEAKERS or "@" in words[at].text for at in range(first, last))
        if not aside and not speaks and not all(words[at].text in _WHOLE for at in range(first, last)):
            return passage.said(first, last)
    return _object(one)


_ASIDE = _set("who which that if when where while")
_SPEAKERS = _set("we us you")
_MIDDLE = _set("are is will be we you deletes keeps keep delete")


def _parts(one: Evidence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between marks of punctuation, the last one first."""
    last = end
    for at in range(end - 1, start, -1):
        if one.passage.words[at].breaks:
            yield at, last
            last = at
    if last > start:
        yield start, last


_DONE = _set(
    "delete deletes destroy destroys erase erases keep keeps retain retains store stores hold holds remove removes"
)


def _object(one: Evidence) -> str:
    """What a verb of keeping or deleting takes (`we delete the survey data`), or what the heading calls it."""
    passage = one.passage
    words = passage.words
    for at in range(passage.own, len(words)):
        if words[at].text in _DONE:
            end = at + 1
            last = min(len(words), at + LONGEST_QUOTE)
            while end < last and not words[end].breaks and words[end].text not in _STOP:
                end += 1
            if end > at + 1 and words[at + 1].text not in ("them", "it", "this", "these"):
                return passage.said(at + 1, end)
    return passage.headings[0].text if passage.headings else ""


def does_it(one: Evidence, at: int) -> bool:
    """Whether a new clause of deleting or keeping begins at the word: `we delete`."""
    words = one.passage.words
    return words[at].text in ("we", "they", "it") and at + 1 < len(words) and words[at + 1].text in _DONE


_STOP = _set("for until within as when while after no where if at up only once unless and")


def at_most(one: Evidence, fact: Fact) -> bool:
    """Whether the period is an upper limit: `within`, `no longer than`, `up to` it."""
    before = " ".join(word.text for word in one.passage.words[max(0, fact.first - 3) : fact.first])
    return bool(re.search(r"\b(within|at most|(no|not) (longer|later|more) than|up to|maximum of)$", before))


_TO_INTEREST = _set("is are in of to here the because as namely being")
_NO_INTEREST = _set("for under and gdpr uk lawful legal")


def interest(one: Evidence) -> str:
    """The words that say which interest is pursued; '' where those that name the basis are all."""
    words = one.passage.words
    at = max(one.first, one.passage.own)
    named = [here for here in range(at, min(one.last, len(words))) if words[here].text.startswith("interest")]
    if named:
        at = named[0] + 1
    while at < len(words) and words[at].text in _TO_INTEREST:
        at += 1
    rest = words[at].text if at < len(words) else ""
    if not rest or rest.startswith(("article", "art", "6")) or rest in _NO_INTEREST:
        return ""
    return one.passage.said(at, min(len(words), at + LONGEST_QUOTE))
