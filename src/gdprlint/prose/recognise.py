"""Values that stand in a passage: periods, dates, articles, bodies, places, Acts, ways to reach somebody.

Each recogniser looks at the words of a passage and gives stretches with a value in its normal form.
What a value means for the notice is for cues to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from gdprlint.prose.passages import Passage


@frozen
class Value:
    """Words `first` to `last` (exclusive) of a passage, and what they say in normal form.

    period: `24 months`, `1 term`; date: `2020-09-30`, `2020-09`, `2020`; article-6, article-9: `6(1)(e)`; schedule-1: the
    paragraph's number or `Part 2`; country: the code or name of the vocabulary; act, organisation, email, web, phone,
    address: as written.
    """

    kind: str
    first: int
    last: int
    text: str


def recognised(passage: Passage, places: Mapping[str, str]) -> list[Value]:
    """All values of a passage. `places` gives the key of each folded name of a place in the vocabulary."""
    words = [word.text for word in passage.words]
    found: list[Value] = []
    for recogniser in _RECOGNISERS:
        found.extend(recogniser(passage, words))
    found.extend(_countries(passage, words, places))
    return found


# ---- amounts of time

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "fortnight": "fortnights", "month": "months",
          "year": "years", "yr": "years", "yrs": "years", "mth": "months", "mths": "months", "hr": "hours", "hrs": "hours",
          "term": "terms", "quarter": "quarters", "decade": "decades"}  # fmt: skip
_OF_YEARS = frozenset("calendar working business full further more complete additional academic financial school tax consecutive".split())


def _unit(word: str) -> str:
    return _UNITS.get(word) or _UNITS.get(word.rstrip("s"), "")


def _number(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The number that begins at a word, and the word after it: `2`, `1.5`, `twenty four`, `six (6)`."""
    word = words[at]
    if re.fullmatch(r"\d{1,4}(\.\d+)?", word):
        return float(word), at + 1
    if word in ("a", "an") and at + 1 < len(words) and words[at + 1] in ("hundred", "dozen"):
        return (100.0 if words[at + 1] == "hundred" else 12.0), at + 2
    if word not in _NUMBERS:
        return None
    number, at = float(_NUMBERS[word]), at + 1
    if number >= 20 and at < len(words) and 0 < _NUMBERS.get(words[at], 0) < 10:
        number, at = number + _NUMBERS[words[at]], at + 1
    if at < len(words) and words[at].isdigit() and float(words[at]) == number:  # six (6) years
        at += 1
    return number, at


def _periods(passage: Passage, words: list[str]) -> Iterator[Value]:
    at = 0
    while at < len(words):
        found = _number(words, at)
        if found is None and words[at] in ("a", "an", "one") and at + 1 < len(words):
            unit = at + 1 + (words[at + 1] in _OF_YEARS)
            if unit < len(words) and _unit(words[unit]) and words[unit].rstrip("s") == words[unit]:
                found = (1.0, at + 1)
        if found is None:
            at += 1
            continue
        number, after = found
        if after + 1 < len(words) and words[after] in ("to", "or", "and", "-") and _number(words, after + 1):
            at = after + 1  # `three to five years`: the later one says how long
            continue
        while after < len(words) and words[after] in _OF_YEARS:
            after += 1
        if after < len(words) and (unit_name := _unit(words[after])):
            if after + 1 < len(words) and words[after + 1] in ("old", "olds"):
                at = after + 1  # an age
                continue
            amount, unit_name = _whole(number, unit_name)
            yield Value("period", at, after + 1, f"{amount} {unit_name}")
            at = after + 1
        else:
            at += 1


def _whole(number: float, unit: str) -> tuple[str, str]:
    if unit == "fortnights":
        return str(int(number * 2)), "weeks"
    if unit == "decades":
        return str(int(number * 10)), "years"
    if unit == "quarters":
        return str(int(number * 3)), "months"
    if number != int(number) and unit == "years":
        return str(int(number * 12)), "months"
    return (str(int(number)) if number == int(number) else str(number)), unit


# ---- days

_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (3, len(name))
} | {"sept": 9}


def _dates(passage: Passage, words: list[str]) -> Iterator[Value]:
    at = 0
    while at < len(words):
        word = words[at]
        if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", word):
            day, month, year = int(found[1]), int(found[2]), int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            if 1 <= month <= 12 and 1 <= day <= 31 and year > 1900:
                yield Value("date", at, at + 1, f"{year:04}-{month:02}-{day:02}")
        elif re.fullmatch(r"(19|20)\d\d", word) and at + 2 < len(words) and re.fullmatch(r"[01]\d", words[at + 1]):
            if re.fullmatch(r"[0-3]\d", words[at + 2]):  # 2020-09-30, which hyphens take apart
                yield Value("date", at, at + 3, f"{word}-{words[at + 1]}-{words[at + 2]}")
                at += 3
                continue
        elif word in _MONTHS and (word != "may" or _year(words, at + 1) or _year(words, at + 2)):
            month = _MONTHS[word]
            before = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", words[at - 1]) if at else None
            of = at > 1 and words[at - 1] == "of" and re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", words[at - 2])
            day_after = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", words[at + 1]) if at + 1 < len(words) else None
            if before or of:
                day = int((before or of)[1])  # type: ignore[index]
                first = at - 1 if before else at - 2
                if year := _year(words, at + 1):
                    yield Value("date", first, at + 2, f"{year}-{month:02}-{day:02}")
            elif day_after and (year := _year(words, at + 2)):
                yield Value("date", at, at + 3, f"{year}-{month:02}-{int(day_after[1]):02}")
            elif year := _year(words, at + 1):
                yield Value("date", at, at + 2, f"{year}-{month:02}")
        at += 1


def _year(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) and re.fullmatch(r"(19|20)\d\d", words[at]) else ""


# ---- articles and paragraphs

_LETTERS = {"6": "abcdef", "9": "abcdefghij"}


def _articles(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Points of Articles 6 and 9, however they are punctuated; `6(1)(a), (b) and (f)` are three."""
    at = 0
    while at < len(words):
        found = re.fullmatch(r"([69])(?:[.(](\d)\)?)?(?:\.?\(?([a-j]{1,2})\)?)?", words[at])
        if not found or (not found[2] and not _said_article(words, at)):
            at += 1
            continue
        article, paragraph, letter = found[1], found[2], found[3]
        first, at = at, at + 1
        while not paragraph and at < len(words) and words[at] in ("paragraph", "para", "1", "2"):
            paragraph = words[at] if words[at].isdigit() else None
            at += 1
        if not paragraph and not letter and not _said_article(words, first):
            continue
        if not letter and at < len(words) and words[at] in ("point", "letter", "sub", "subparagraph"):
            at += 1
        if not letter and at < len(words):
            letter = _letter(words[at], article, passage, at)
            at += bool(letter)
        if letter:
            number = "1" if article == "6" else "2"
            yield Value(f"article-{article}", first, at, f"{article}({paragraph or number})({letter})")
            while at < len(words):  # and the letters that are strung after it
                skip = at + (words[at] in ("and", "or"))
                more = _letter(words[skip], article, passage, skip) if skip < len(words) else ""
                if not more or not (passage.words[skip].breaks or skip > at):
                    break
                yield Value(f"article-{article}", skip, skip + 1, f"{article}({paragraph or number})({more})")
                at = skip + 1
        elif _said_article(words, first) or paragraph:
            yield Value("article", first, at, f"{article}({paragraph})" if paragraph else article)
    for at, word in enumerate(words):
        if at and words[at - 1] in ("article", "articles", "art") and re.match(r"\d", word):
            yield Value("article", at - 1, at + 1, word)


def _said_article(words: Sequence[str], at: int) -> bool:
    return at > 0 and words[at - 1] in ("article", "articles", "art", "arts")


def _letter(word: str, article: str, passage: Passage, at: int) -> str:
    """The letter of a point, where the word can be one: an `a` that stands in brackets, no article of grammar."""
    if not re.fullmatch(r"[a-j]{1,2}", word) or word[0] not in _LETTERS[article] or (len(word) == 2 and word != "ea"):
        return ""
    block, place = passage.blocks[at], passage.words[at]
    bracketed = block.text[max(place.start - 1, 0) : place.start] == "(" or block.text[place.end : place.end + 1] == ")"
    return word if bracketed or word not in ("a", "i") or block.text[place.start : place.end].islower() is False else ""


def _schedule_paragraphs(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Paragraphs of Schedule 1 to the Data Protection Act 2018, where the schedule is named with them."""
    named = [at for at in range(len(words) - 1) if words[at] in ("schedule", "sch") and words[at + 1] in ("1", "one")]
    for at, word in enumerate(words):
        near = any(abs(at - place) <= 12 for place in named)
        if near and word in ("paragraph", "para", "paragraphs", "paras", "condition") and at + 1 < len(words):
            if found := re.fullmatch(r"(\d{1,2})(\(.*)?", words[at + 1]):
                yield Value("schedule-1", at, at + 2, found[1])
    for at in named:
        yield Value("schedule", at, at + 2, "1")
        for part in range(max(0, at - 6), min(len(words) - 1, at + 7)):
            if words[part] == "part" and words[part + 1] in ("1", "2", "3", "one", "two", "three"):
                number = {"one": "1", "two": "2", "three": "3"}.get(words[part + 1], words[part + 1])
                yield Value("schedule-1-part", part, part + 2, f"Part {number}")


# ---- names

_LINKING = frozenset("of for and the in on & with de".split())
_NO_NAME = frozenset(
    """the this that these those we you your our it its if when where what who why how which in on at as by to for from with a an
    and or but not no all any some each every please under over after before during until while once see read find click data
    personal information privacy notice policy article articles section schedule part paragraph gdpr eu uk eea monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
    december right rights consent there their they he she his her my me us i is are was were be have has had do does did will
    would can could should must email telephone phone tel address website web post write contact dpo""".split()
)
_BODY = frozenset(
    """limited ltd plc llp inc cic council university college school trust foundation department ministry agency authority office
    commission commissioner institute association society centre center service services group company bank nhs board club union
    charity hospital academy partnership network federation library museum police constabulary consultancy research bureau fund
    llc gmbh corporation corp committee cabinet treasury inspectorate ombudsman parliament assembly executive government""".split()
)


def _organisations(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Names of bodies: words with capitals, linked by `of`, `for`, `and`; a first word of a sentence only with another."""
    at = 0
    while at < len(words):
        if not _capital(passage, words, at):
            at += 1
            continue
        end = at + 1
        while end < len(words):
            same = passage.blocks[end] is passage.blocks[at]
            if not same or passage.words[end].breaks and not _bracketed(passage, words, end):
                break
            if _capital(passage, words, end) or (words[end].isdigit() and len(words[end]) < 4):
                end += 1
                continue
            link = end
            while link < len(words) and words[link] in _LINKING and link - end < 3 and not passage.words[link].breaks:
                link += 1
            if link > end and link < len(words) and _capital(passage, words, link) and not passage.words[link].breaks:
                end = link + 1
                continue
            break
        first = at
        at = end
        if end - first == 1 and first in passage.starts and words[first] not in _BODY and not _acronym(passage, first):
            continue
        if not _is_statute(words, end):
            yield Value("organisation", first, end, passage.said(first, end))


def _capital(passage: Passage, words: Sequence[str], at: int) -> bool:
    text = passage.blocks[at].text
    raw = text[passage.words[at].start : passage.words[at].start + 1]
    return bool(raw) and raw.isupper() and words[at] not in _NO_NAME and not words[at][0].isdigit()


def _acronym(passage: Passage, at: int) -> bool:
    raw = passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
    return len(raw) > 1 and raw.isupper()


def _bracketed(passage: Passage, words: Sequence[str], at: int) -> bool:
    """Whether a short form in brackets begins: `Department for Education (DfE)`."""
    text = passage.blocks[at].text
    word = passage.words[at]
    return text[word.start - 1 : word.start] == "(" and text[word.end : word.end + 1] == ")" and _capital(passage, words, at)


def _is_statute(words: Sequence[str], end: int) -> bool:
    last = words[end - 1]
    return last in ("act", "acts", "regulation", "regulations", "order", "directive", "bill", "charter", "code")


def _acts(passage: Passage, words: list[str]) -> Iterator[Value]:
    """Acts and instruments by name and year, with the section before them."""
    for at, word in enumerate(words):
        if word in ("act", "acts", "regulations", "order", "regulation", "measure") and _capital_at(passage, at):
            after = at + 1
            if after < len(words) and _year(words, after):
                after += 1
            first = at
            while first > 0 and passage.blocks[first - 1] is passage.blocks[at] and (
                _capital_at(passage, first - 1) or words[first - 1] in _LINKING or _bracket_name(passage, first - 1)
            ):
                first -= 1
            while first < at and (words[first] in _LINKING or words[first] in ("under",) or not _capital_at(passage, first)):
                first += 1
            if first < at and (after > at + 1 or at - first >= 2 or word == "act"):
                yield Value("act", first, after, passage.said(first, after))
        elif word in ("charter", "prerogative", "instrument") and _capital_at(passage, at) and at and _capital_at(passage, at - 1):
            yield Value("act", at - 1, at + 1, passage.said(at - 1, at + 1))


def _capital_at(passage: Passage, at: int) -> bool:
    return passage.blocks[at].text[passage.words[at].start : passage.words[at].start + 1].isupper()


def _bracket_name(passage: Passage, at: int) -> bool:
    """Whether the word stands in brackets within a title: `(England and Wales)`."""
    text = passage.blocks[at].text
    opened = text.rfind("(", 0, passage.words[at].start)
    return opened >= 0 and ")" not in text[opened : passage.words[at].start] and passage.words[at].start - opened < 40


# ---- ways to reach somebody

_PHONE = re.compile(r"(?:\+44\s?\(?0?\)?|\(?0)\d{1,5}\)?(?:[\s\-]?\d{2,5}){1,4}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b")


def _contacts(passage: Passage, words: list[str]) -> Iterator[Value]:
    for at, word in enumerate(words):
        if "@" in word and "." in word:
            yield Value("email", at, at + 1, passage.said(at, at + 1).rstrip(".,;:"))
        elif word.startswith(("http://", "https://", "www.")):
            yield Value("web", at, at + 1, passage.said(at, at + 1).rstrip(".,;:"))
    seen: set[int] = set()
    for block in dict.fromkeys(passage.blocks):
        for target_start, target_end, target in block.links:
            stretch = _words_in(passage, block, target_start, target_end)
            if stretch and target.startswith("mailto:"):
                yield Value("email", *stretch, target[7:].partition("?")[0])
            elif stretch and target:
                yield Value("link", *stretch, target)
        for pattern, kind in ((_PHONE, "phone"), (_POSTCODE, "address")):
            for match in pattern.finditer(block.text):
                stretch = _words_in(passage, block, *match.span())
                if stretch and stretch[0] not in seen and (kind == "address" or sum(c.isdigit() for c in match[0]) >= 9):
                    seen.add(stretch[0])
                    yield Value(kind, *stretch, match[0].strip())


def _words_in(passage: Passage, block: object, start: int, end: int) -> tuple[int, int] | None:
    inside = [
        at
        for at, word in enumerate(passage.words)
        if passage.blocks[at] is block and word.start < end and word.end > start and word.end > word.start
    ]
    return (inside[0], inside[-1] + 1) if inside else None


# ---- places


def _countries(passage: Passage, words: Sequence[str], places: Mapping[str, str]) -> Iterator[Value]:
    """Places of the vocabulary, by their longest name; a short one (`US`) only in capitals."""
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = " ".join(words[at : at + length])
            if at + length <= len(words) and name in places and (len(name) > 3 or _capital_at(passage, at + length - 1)):
                yield Value("country", at, at + length, places[name])
                at += length
                break
        else:
            at += 1


Recogniser = Callable[[Passage, list[str]], Iterator[Value]]
_RECOGNISERS: tuple[Recogniser, ...] = (
    _periods, _dates, _articles, _schedule_paragraphs, _organisations, _acts, _contacts,
)  # fmt: skip
KINDS = (
    "period", "date", "article-6", "article-9", "article", "schedule", "schedule-1", "schedule-1-part", "organisation", "act",
    "email", "web", "link", "phone", "address", "country",
)  # fmt: skip
