"""Places of the vocabulary, by their names, and well-known towns abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.value import Value, between, capital_at, words_in

# Towns, states and regions by which notices tell where servers or suppliers are; none that has a namesake in the UK
# which notices would mean.
_IN = {
    "DE": "frankfurt hamburg munich berlin bremen cologne stuttgart leipzig dresden dortmund nuremberg bavaria hesse",
    "NL": "amsterdam rotterdam eindhoven utrecht groningen", "FR": "paris lyon marseille toulouse lille strasbourg",
    "IE": "dublin cork galway limerick", "SE": "stockholm gothenburg malmo malmö", "PH": "manila cebu",
    "IN": "mumbai bangalore bengaluru hyderabad chennai delhi pune kolkata", "AU": "sydney melbourne brisbane canberra",
    "CA": "toronto montreal vancouver ottawa calgary ontario quebec", "JP": "tokyo osaka kyoto", "AT": "vienna graz",
    "US": """virginia oregon california texas ohio seattle colorado chicago atlanta iowa nebraska nevada arizona utah
    florida illinois michigan minnesota wisconsin kansas oklahoma tennessee kentucky massachusetts connecticut
    pennsylvania maryland delaware idaho montana missouri indiana alabama dallas houston denver austin phoenix
    philadelphia miami minneapolis silicon-valley san-francisco san-jose los-angeles new-york new-jersey palo-alto
    salt-lake-city las-vegas north-carolina south-carolina""",
    "PL": "warsaw krakow kraków wroclaw gdansk poznan", "CH": "zurich zürich geneva basel lausanne berne",
    "ES": "madrid barcelona seville valencia bilbao", "IT": "milan rome turin bologna naples", "GR": "athens",
    "BE": "brussels antwerp ghent leuven", "DK": "copenhagen aarhus odense", "NO": "oslo bergen trondheim",
    "FI": "helsinki tampere espoo turku oulu", "PT": "lisbon porto", "ZA": "johannesburg durban pretoria cape-town",
    "AE": "dubai abu-dhabi", "NZ": "auckland christchurch", "IL": "haifa tel-aviv jerusalem", "KE": "nairobi",
    "NG": "lagos abuja", "EE": "tallinn tartu", "LV": "riga", "LT": "vilnius kaunas", "CZ": "prague brno ostrava",
    "SK": "bratislava", "HU": "budapest", "RO": "bucharest", "BG": "sofia", "HR": "zagreb", "SI": "ljubljana",
    "RS": "belgrade", "UA": "kyiv lviv", "IS": "reykjavik reykjavík", "MT": "valletta", "CY": "nicosia limassol",
    "TR": "istanbul ankara", "BR": "sao-paulo", "MX": "mexico-city", "AR": "buenos-aires", "CO": "bogota",
    "KR": "seoul", "TW": "taipei", "TH": "bangkok", "VN": "hanoi", "MY": "kuala-lumpur", "ID": "jakarta",
    "CN": "beijing shanghai shenzhen", "GH": "accra", "EG": "cairo", "LK": "colombo",
}  # fmt: skip
_TOWNS = {town.replace("-", " "): country for country, towns in _IN.items() for town in towns.split()}
# Those that are given names, surnames or words, too: only where a preposition or bracket stands before them.
_ALSO_NAMES = words_in("virginia austin florence sydney paris denver dallas phoenix houston cork sofia cologne turin")
_BEFORE_A_TOWN = words_in("in at from to and or near of by outside")
_BEFORE_NO_NAME = words_in(
    "for with about as through via into"
)  # as well, where what follows them is no name of a person
_OF_A_COUNTRY = {
    "american": "US", "irish": "IE", "german": "DE", "french": "FR", "dutch": "NL", "danish": "DK", "swedish": "SE",
    "norwegian": "NO", "finnish": "FI", "estonian": "EE", "polish": "PL", "canadian": "CA", "australian": "AU",
    "indian": "IN", "spanish": "ES", "portuguese": "PT", "italian": "IT", "swiss": "CH", "austrian": "AT",
    "belgian": "BE", "israeli": "IL", "icelandic": "IS", "japanese": "JP", "czech": "CZ", "latvian": "LV",
    "lithuanian": "LT",
}  # fmt: skip
# With these an adjective tells where data are: `on Irish servers`; a company may keep them elsewhere.
_WHERE_DATA_ARE = words_in("server servers datacentre datacentres region cloud hosting")


def countries(passage: Passage, words: Sequence[str], places: Mapping[str, str]) -> Iterator[Value]:
    """Places of the vocabulary, by their longest name; a short one (`US`) only in capitals."""
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = " ".join(words[at : at + length])
            if at + length <= len(words) and name in places and _may_be_place(passage, at + length - 1, name):
                yield Value("country", at, at + length, places[name])
                if re.fullmatch("(?!GB)[A-Z]{2}", places[name]) and places[name] != "EU":
                    yield Value("foreign-country", at, at + length, places[name])
                at += length
                break
        else:
            yield from _by_town(passage, words, at)
            at += 1


def _by_town(passage: Passage, words: Sequence[str], at: int) -> Iterator[Value]:
    """The country that is told by a town, or by an adjective beside what holds data."""
    if not words[at] or not capital_at(passage, at):
        return
    adjective = _OF_A_COUNTRY.get(words[at])
    after = words[at + 1 : at + 3]
    if adjective and (set(after[:1]) & _WHERE_DATA_ARE or after in (["data", "centre"], ["data", "centres"])):
        yield Value("foreign-country", at, at + 1, adjective)
        return
    for length in (3, 2, 1):
        name = " ".join(words[at : at + length])
        country = _TOWNS.get(name) if at + length <= len(words) else None
        if country and _stands_as_town(passage, words, at, at + length):
            yield Value("foreign-country", at, at + length, country)
            return


def _stands_as_town(passage: Passage, words: Sequence[str], first: int, last: int) -> bool:
    """Whether a name that towns have is one here, and no part of a longer name: `(Tallinn)`, `in Virginia`."""
    before = words[first - 1] if first else ""
    if before in _BEFORE_A_TOWN or (before in _BEFORE_NO_NAME and words[first] not in _ALSO_NAMES):
        return True
    if last < len(words) and capital_at(passage, last) and not _parted(passage, last):
        return False
    parted = _parted(passage, first) or first in passage.starts
    if words[first] in _ALSO_NAMES:
        return (
            "(" in between(passage, first)
            or "|" in between(passage, first)
            or (first in passage.starts and _parted(passage, last))
        )
    return parted or not capital_at(passage, first - 1)


def _parted(passage: Passage, at: int) -> bool:
    """Whether punctuation, or the end of a block, stands before a word."""
    return at >= len(passage.words) or between(passage, at) == "\n" or bool(between(passage, at).strip())


def _may_be_place(passage: Passage, at: int, name: str) -> bool:
    """A short name only in capitals, and of two letters only what is no word: `US`, never `IT`."""
    raw = passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
    return len(name) > 3 or (raw.isupper() and (len(name) == 3 or name in ("us", "uk", "eu", "gb")))
