"""Names of public bodies that are written with small words in them: `Disclosure and Barring Service`.

A run of words with capitals would be cut at those words; these names are known as a whole, and that they are public
bodies. It knows names and no text.
"""

from __future__ import annotations

from collections.abc import Sequence

_NAMES = """
disclosure and barring service | driver and vehicle licensing agency | driver and vehicle standards agency
hm courts and tribunals service | his majesty's courts and tribunals service | courts and tribunals service
hm revenue and customs | his majesty's revenue and customs | her majesty's revenue and customs
medicines and healthcare products regulatory agency | digital health and care wales | police scotland
department for work and pensions | department for environment food and rural affairs
department of health and social care | department for culture media and sport
ministry of housing communities and local government | health and safety executive | health and care professions council
nursing and midwifery council | equality and human rights commission | education and skills funding agency
education and training inspectorate | office for health improvement and disparities | centre for ageing better
national institute for health and care excellence | parliamentary and health service ombudsman
local government and social care ombudsman | uk research and innovation | arts and humanities research council
economic and social research council | legal aid agency | hm prison and probation service
his majesty's prison and probation service | gangmasters and labour abuse authority | rural payments agency
centre for environment fisheries and aquaculture science | vehicle certification agency | uk visas and immigration
public health wales | nhs wales shared services partnership | social security scotland | student loans company
children and family court advisory and support service | security industry authority | skills development scotland
police and crime commissioner | fire and rescue service | fire and rescue authority | tell us once | action fraud
office of the public guardian | official solicitor and public trustee | office for national statistics
national records of scotland | northern ireland statistics and research agency | home office | cabinet office
hm treasury | his majesty's treasury | hm passport office | his majesty's passport office | hm land registry
crown prosecution service | serious fraud office | valuation office agency | nhs england | nhs digital
"""
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _name in _NAMES.replace("\n", "|").split("|"):
    if _words := tuple(_name.replace("'s", "").split()):
        _BY_FIRST.setdefault(_words[0], []).append(_words)
for _known in _BY_FIRST.values():
    _known.sort(key=len, reverse=True)


def end_of_public_body(words: Sequence[str], at: int) -> int:
    """The word after the longest such name that begins at a word; the word itself where none does."""
    for name in _BY_FIRST.get(words[at], ()):
        if tuple(words[at : at + len(name)]) == name:
            return at + len(name)
    return at


def is_public_body(name: str) -> bool:
    """Whether a name, without what stands in brackets, is one of these."""
    words = name.casefold().partition("(")[0].replace("'s", "").split()
    words = words[1:] if words[:1] == ["the"] else words
    return bool(words) and end_of_public_body(words, 0) == len(words)
