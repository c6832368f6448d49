"""Provisions of the law as values: `uk-gdpr 9(2)(j)`, `dpa-2018 schedule 1 paragraph 4`.

Here it is decided which citation lies within which, how they sort, and how people read them. What a
provision says, whether it exists and when it is in force is not known here: that is data of the packs.
The one exception is how Schedule 1 to the Data Protection Act 2018 falls into Parts, since without it
`schedule 1 part 1 paragraph 4` and `schedule 1 paragraph 4` would be two provisions. Source: Data
Protection Act 2018 (c. 12), Schedule 1, Parts 1 to 4, legislation.gov.uk/ukpga/2018/12/schedule/1.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import NoReturn, TypeAlias

from gdprlint.values import field, frozen

Parts: TypeAlias = tuple[tuple[str, str], ...]

SCHEDULE_1_PARTS = {"1": range(1, 5), "2": range(5, 29), "3": range(29, 38), "4": range(38, 42)}

# The divisions in the order in which a law has them: how people write each, and whose it is by default.
DIVISIONS: dict[str, tuple[str, str]] = {
    "recital": ("Recital", "uk-gdpr"),
    "article": ("Art.", "uk-gdpr"),
    "section": ("s.", "dpa-2018"),
    "regulation": ("reg.", "pecr"),
    "annex": ("Annex", "uk-gdpr"),
    "schedule": ("Sch.", "dpa-2018"),
    "part": ("Part", ""),
    "paragraph": ("para.", ""),
}
RANK = {division: rank for rank, division in enumerate(DIVISIONS)}

# How people write a law's name, and its divisions, the usual one first. A law that is not here may have any.
LAWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "uk-gdpr": ("UK GDPR", ("article", "annex", "recital")),
    "eu-gdpr": ("EU GDPR", ("article", "recital")),
    "dpa-2018": ("DPA 2018", ("section", "schedule")),
    "duaa-2025": ("DUAA 2025", ("section", "schedule")),
    "pecr": ("PECR", ("regulation", "schedule")),
    "mrs-code": ("MRS Code", ()),
    "srsa-2007": ("SRSA 2007", ("section", "schedule")),
    "dea-2017": ("DEA 2017", ("section", "schedule")),
    "statistics-code": ("Code of Practice for Statistics", ()),
    "research-code-of-practice": ("Research Code of Practice", ()),
    "five-safes": ("Five Safes", ()),
}

LONGEST = 100
LAW = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NUMBER = re.compile(r"[A-Z]{0,3}[1-9][0-9]{0,3}[A-Z]{0,3}(\(([1-9][0-9]{0,3}[A-Z]{0,3}|[a-z]{1,9})\))*")


@frozen(slots=False)
class Provision:
    """A law and the way down to a place in it; without parts, the whole law.

    Each part is a division and its number as written: `("article", "9(2)(j)")`. Comes from `parse`; what is
    built by hand is not checked.
    INVARIANT: two provisions are equal exactly where they are the same place, however written.
    """

    law: str
    parts: Parts = ()
    _way: Parts = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        way = _way(self.law, self.parts)
        self.__dict__.update(_way=way, _hash=hash(way))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Provision) and self._way == other._way

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:  # a hash is worth nothing in another process
        return Provision, (self.law, self.parts)

    @classmethod
    def parse(cls, text: str) -> Provision:
        """The provision in the language's own spelling; ValueError with a sentence for anything else.

        Where no law is named, articles, annexes and recitals are the UK GDPR's, sections and schedules
        the DPA's, regulations those of PECR. Any word alone is taken for a law as a whole.
        """
        return _parsed(text) if len(text) <= LONGEST else _refuse(text)

    def __str__(self) -> str:
        """As the language writes it, the law always named. `parse` gives the same provision back."""
        bare = _usual(self.law) == "article"
        words = (n if bare and division == "article" else f"{division} {n}" for division, n in self.parts)
        return " ".join([self.law, *words])

    def for_people(self, title: str = "") -> str:
        """As lawyers cite it: `UK GDPR Art. 9(2)(j)`. `title` names a law that is not known here."""
        known, _ = LAWS.get(self.law, (title or self.law, ()))
        return " ".join([known, *(f"{DIVISIONS[division][0]} {number}" for division, number in self.parts)])

    def contains(self, other: Provision) -> bool:
        """Whether `other` is this provision or lies below it: 8A is not below 8, nor (ea) below (e)."""
        return self._way == other._way[: len(self._way)]

    @property
    def contradiction(self) -> str:
        """What is wrong where the Part cited of Schedule 1 does not hold the paragraph; else empty."""
        cited = dict(self.parts)
        real = _part_of_schedule_1(self.law, self.parts)
        if not real or cited.get("part", real) == real:
            return ""
        return f"paragraph {cited['paragraph']} of Schedule 1 is in Part {real}, not in Part {cited['part']}"

    @cached_property
    def sort_key(self) -> tuple[object, ...]:
        """Sorts by law and then as the law runs: 6, 6(1)(e), 6(1)(ea), 6(1)(f), 8, 8A, 9, 84B, 164A."""
        steps = self._way[1:]
        above = ["", *(number for _, number in steps)]
        return self.law, *(
            (RANK.get(division, -1), _place(number, before))
            for (division, number), before in zip(steps, above, strict=False)
        )


def parse_query(text: str) -> Provision:
    """The provision that a person means: `art 9`, `Article 9(2)(j) UK GDPR`, `s.164A`, `para 4 of Sch 1`.

    Understands all that `str` and `for_people` give of the laws known here. ValueError with a sentence for
    anything else; also for a single word that is no such law, so that it can be tried as something else.
    """
    return _queried(text) if len(text) <= LONGEST else _refuse(text)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Provision:
    words = text.split()
    law = words.pop(0) if words and LAW.fullmatch(words[0]) and words[0] not in DIVISIONS else ""
    if len(words) == 1 and NUMBER.fullmatch(words[0]):
        words.insert(0, _division_of_bare_number(law or "uk-gdpr", words[0]))
    parts = tuple(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or not (law or parts):
        _refuse(text)
    return _checked(text, law, parts)


def _division_of_bare_number(law: str, number: str) -> str:
    """`article`, which is all that is cited so."""
    usual = _usual(law)
    if usual in ("section", "regulation"):
        raise ValueError(f"`{law} {number}` does not say what `{number}` is: write `{law} {usual} {number}`")
    return usual


def _usual(law: str) -> str:
    """The division by which the law is mostly cited, if it is known and has any."""
    return next(iter(LAWS.get(law, ("", ()))[1]), "")


def _checked(text: str, law: str, parts: Parts) -> Provision:
    """The provision of these parts, if it is one that the law can have."""
    first, *inner = (division for division, _ in parts) if parts else ("",)
    law = law or DIVISIONS.get(first, ("", ""))[1]
    divided = inner in (["part"], ["paragraph"], ["part", "paragraph"]) and first in ("annex", "schedule")
    if not law or (parts and not DIVISIONS.get(first, ("", ""))[1]) or (inner and not divided):
        _refuse(text)
    if not all(NUMBER.fullmatch(number) for _, number in parts):
        _refuse(text)
    if any("(" in number for division, number in parts if division in ("annex", "schedule", "part")):
        _refuse(text)
    title, divisions = LAWS.get(law, (law, (first,)))
    if parts and not divisions:
        raise ValueError(f"the {title} is cited as a whole: write `{law}`")
    if parts and first not in divisions:
        known = " or ".join(f"`{division}`" for division in divisions)
        raise ValueError(f"the {title} is cited by {known}, not by `{first}`")
    made = Provision(law, parts)
    return made if len(str(made)) <= LONGEST else _refuse(text)


def _refuse(text: str) -> NoReturn:
    shown = text if len(text) <= 40 else text[:40] + "…"
    examples = "`9(2)(j)` or `dpa-2018 schedule 1 paragraph 4`"
    raise ValueError(f"`{shown}` is not a provision: write it as in {examples}")


def _way(law: str, parts: Parts) -> Parts:
    """The steps down to the place, each bracket one, with the Part of Schedule 1 where it is left unsaid."""
    part = _part_of_schedule_1(law, parts)
    if part and len(parts) == 2:
        parts = (parts[0], ("part", part), parts[1])
    steps = [("law", law)]
    for division, number in parts:
        head, *brackets = number.replace(")", "").split("(")
        steps += [(division, head), *(("", bracket) for bracket in brackets)]
    return tuple(steps)


def _part_of_schedule_1(law: str, parts: Parts) -> str:
    """The Part of Schedule 1 that holds the paragraph cited; empty where that cannot be told."""
    if law != "dpa-2018" or parts[:1] != (("schedule", "1"),) or parts[-1][0] != "paragraph":
        return ""
    digits = re.match(r"[0-9]+", parts[-1][1])
    return next((part for part, held in SCHEDULE_1_PARTS.items() if digits and int(digits[0]) in held), "")


PIECES = re.compile(r"([A-Za-z]*)([0-9]*)([A-Za-z]*)")
ROMAN = re.compile(r"x{0,3}(ix|iv|v?i{0,3})")


def _place(number: str, above: str) -> tuple[object, ...]:
    """Where a number sorts among its neighbours: A1 before 1, 148ZA before 148A, (a)(v) before (a)(ix)."""
    if number.isalpha() and above.isalpha() and ROMAN.fullmatch(number):
        return 3, _roman(number)
    if number.isalpha():
        return 2, _letters(number)
    found = PIECES.match(number)
    prefix, digits, suffix = found.groups() if found else ("", "", "")
    place = (int(digits or "0"), _letters(suffix))
    return (0, _letters(prefix), *place) if prefix else (1, *place)


def _letters(letters: str) -> tuple[int, ...]:
    """Alphabetical, but a z with letters after it marks what came in before the first: za, a, aza, aa, b."""
    low = letters.lower()
    return tuple(0 if letter == "z" and low[i + 1 :] else ord(letter) - 96 for i, letter in enumerate(low))


def _roman(number: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in number]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


QUERY_LAWS = {
    "eu-gdpr": r"\beu[ -]gdpr\b",
    "uk-gdpr": r"\b(uk[ -])?gdpr\b",
    "dpa-2018": r"\b(data protection act|dpa)([ -]2018)?\b(?! (19|20)[0-9]{2})",
    "duaa-2025": r"\bduaa([ -]2025)?\b",
    "pecr": r"\bpecr\b",
    "mrs-code": r"\bmrs[ -]code\b",
    "srsa-2007": r"\b(statistics and registration service act|srsa)([ -]2007)?\b",
    "dea-2017": r"\b(digital economy act|dea)([ -]2017)?\b",
    "statistics-code": r"\b(code +practice for statistics|statistics[ -]code)\b",
    "research-code-of-practice": r"\bresearch[ -]code([ -]+practice)?\b",
    "five-safes": r"\bfive[ -]safes\b",
}
QUERY_DIVISIONS = {
    "recital": "recitals?|rec",
    "article": "articles?|arts?",
    "section": "sections?|sect?|ss?",
    "regulation": "regulations?|regs?",
    "annex": "annexe?",
    "schedule": "schedules?|sched|sch",
    "part": "part|pt",
    "paragraph": "paragraphs?|paras?",
}
QUERY_WORD = "|".join(f"(?P<{division}>{words})" for division, words in QUERY_DIVISIONS.items())


@cache
def _query_step() -> re.Pattern[str]:
    return re.compile(
        rf" *(({QUERY_WORD})(?![a-z])\.? *(?=[a-z0-9])|(?=[0-9]))"
        r"(?P<number>([0-9]+[a-z]*|z?[a-z][0-9]+[a-z]*|[ivx]+(?![a-z]))( ?\([0-9a-z]+\))*) *"
    )


@lru_cache(maxsize=1024)
def _queried(text: str) -> Provision:
    law, rest = _law_of_query(re.sub(r"\b(of|the|to)\b|,|\s+", " ", text.lower()))
    usual = _usual(law or "uk-gdpr") or "section"
    parts: list[tuple[str, str]] = []
    rest = rest.strip()
    while rest:
        step = _query_step().match(rest)
        if not step:
            _refuse(text)
        division = next((name for name in QUERY_DIVISIONS if step[name]), usual)
        parts.append((division, _number_of_query(step["number"])))
        rest = rest[step.end() :]
    parts.sort(key=lambda part: RANK[part[0]])
    return _checked(text, law, tuple(parts))


def _law_of_query(text: str) -> tuple[str, str]:
    """The law that the text names, or nothing, and the rest of the text."""
    for law, pattern in QUERY_LAWS.items():
        if found := re.search(pattern, text):
            return law, f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def _number_of_query(number: str) -> str:
    """The number as the law prints it: 164A, 15(1A), 9(2)(j); Part II is Part 2."""
    head, *brackets = re.sub(r"[\s)]", "", number).split("(")
    head = str(_roman(head)) if ROMAN.fullmatch(head) else head.upper()
    return head + "".join(f"({b if b.isalpha() else b.upper()})" for b in brackets)
