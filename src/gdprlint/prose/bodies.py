"""Who is named in a stretch of words: bodies that data go to or come from, by name or by category.

A list is taken apart where it has commas and `and`; what only tells of a body (`who host our website`, `to print
letters`) is left out, and so are articles and `our`. The writer's own staff is no body. Nothing here knows whether
the bodies give data or get them: that is for cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise import Value
from gdprlint.prose.recognise.value import between

LONGEST = 60  # words that are looked through after a phrase


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Nouns that name a category of body wherever they stand.
_HEADS = _set(
    "agency agencies authorities councils police supplier suppliers provider providers processors contractor",
    "contractors subcontractor subcontractors sub-contractors vendor vendors partner partners insurer insurers",
    "underwriters auditor auditors solicitor solicitors lawyer lawyers barristers accountant accountants adviser",
    "advisers advisor advisors consultants bank banks employer employers schools colleges universities hospital",
    "hospitals pharmacy pharmacies pharmacists gp gps surgeries doctor doctors dentists nurse nurses hospice",
    "hospices paramedics court courts tribunal tribunals regulator regulators ombudsman ombudsmen charities",
    "funder funders landlord landlords referee referees buyer purchaser broker brokers publisher publishers",
    "archive archives repository repositories transcriber transcribers transcriptionist transcriptionists",
    "translator translators interpreters printer printers couriers clubs leagues federations inspectorate",
    "inspectors government governments hmrc dbs dvla ofsted laboratory laboratories labs archivists creditors",
    "merchants retailers tradesmen builders photographers journalists carers relatives family parents guardians",
    "carer relative neighbour friends neighbours executors magistrates prisons commissioners examiners moderators",
    "distributors resellers affiliates subsidiaries liquidators registrars coroner coroners academies nurseries",
    "sponsors franchisees dealers wholesalers manufacturers assessors consultees clinicians newspapers",
    "broadcasters locksmiths counsel expert experts lender lenders bookkeeper bookkeepers plumbers electricians",
    "bailiffs valuers surveyors opticians optician dentist midwives counsellors therapists interpreter translator",
    "caterer caterers hauliers scrutineer scrutineers coastguard bookmakers undertakers tutors conveyancers",
    "orthodontist orthodontists paediatrician underwriter physiotherapists marketplaces friend witness witnesses",
    "statistician statisticians",
    "draftsman draftsmen draughtsman registries receivers nominees arbitrators mediators mediator arbitrator",
    "actuary actuaries notaries notary pathologists radiologists podiatrist podiatrists dietitians chaplains",
    "constabulary constabularies coastguards salvors harbourmasters",
    "bankers lessors lessees freeholder freeholders leaseholders assignees guarantor guarantors",
    "telemarketers adjudicator",
    "adjudicators invigilators invigilator counterparties counterparty executor",
)
# Nouns that do so only with a word before them that says of what kind.
_WITH_KIND = _set(
    "departments bodies organisations companies firms businesses services boards trusts associations institutions",
    "institutes centres houses researchers scientists workers professionals analysts officers networks groups",
    "unions parties practices practitioners teams societies forces platforms engineers members agents processor",
    "platform ambulance entities organisers administrators crews shops banks factors bureaux clinics chambers",
    "authorities venues operators carriers retailers studios foundations ministries visitors owners markers crew",
    "officials registries roundsmen pharmacists volunteers",
)
# And in the singular only with one of these.
_ONE = _set(
    "authority council school college university department body organisation company firm business charity",
    "service board trust association club league house register bureau society force party researcher worker care",
    "health",
)
_KINDS_OF_ONE = _set(
    "local county city district borough parish tax transcription hosting insurance it survey sister parent next",
    "new primary secondary previous former payment print printing mailing software credit card research housing",
    "highways planning social ambulance fire police probation third governing awarding professional trade",
    "emergency telephone answering occupational water energy utility delivery courier web american german french",
    "indian irish dutch canadian database screening translation design removal management security recruitment",
    "shredding storage archive fulfilment telemarketing energy gas electricity coach marketing fundraising lettings",
    "letting estate travel umbrella ethics electricity aligner general health finance",
    "video cleaning support tracing debt medical group holding leasing",
)
# Bodies of which each reader has one, and the words by which one of several is told.
_YOURS = _set(
    "clinic school college university practice surgery council club nursery midwife physio physiotherapist vet",
    "branch union ward consultant",
)
_WHICH = _set("own last old new next previous former current local child primary secondary first")
# Categories of people that are the writer's own, unless one of these words stands before them.
_STAFF = _set(
    "researchers researcher scientists workers worker analysts officers professionals teams groups practitioners",
    "services service departments members processor",
)
_OUTSIDE = _set(
    "other external outside independent approved accredited genuine bona third local government social emergency",
    "health care transcription translation hosting postal courier mailing security intelligence payment survey",
    "cloud rescue fire ambulance medical police housing welfare legal probation prison web email messaging",
    "support general children referral counselling immigration border occupational qualified trusted fellow academic",
    "future nhs youth early statutory printing recruitment fraud sub data ward community voluntary pastoral",
    "bereavement mental drug alcohol advice interpreting occupational laboratory removals valuation",
)
_VAGUE = _set(
    "other some any many certain various all relevant different such similar these those each every own official",
    "legitimate appropriate necessary few",
)
# Where data may come from that is no body, each with what kind it must be of.
_THINGS = _set(
    "register registers roll websites website media records database databases list lists directory directories",
    "sources newspapers archives profiles notes internet",
)
_THING_KINDS = _set(
    "public publicly electoral open social company companies land school hospital medical mailing official media",
    "published housing birth death gp credit online press trade professional administrative court tax benefit",
    "health criminal linkedin other education police nhs marketing subscriber available members",
)
_NOT_NAMED = _set(
    "gdpr uk eu eea dpa ico pecr ip id url pdf cv cvs https http dpo sar faq covid sms wi-fi wifi cctv dna it ai",
    "hr tv american german french irish canadian indian european dutch japanese csv api apis llm llms sars",
    "cabinet england scotland wales britain europe english welsh christmas mr mrs ms dr prof commission service",
    "services university association trust council club school college committee register society company",
    "department authority board office union charity practice firm north south east west dublin frankfurt",
    "processor recipient body bodies organisation supplier provider recipients suppliers",
)
_NOT_ENDING = _set(
    "act acts notice policy agreement agreements clauses clause framework directive number numbers form forms",
    "regulations regulation addendum guidance code schedule article data rights right bridge terms conditions",
    "term statement procedure plan report date version question questions manager controller controllers street",
    "road lane avenue floor square team officer registrar secretary communications communication survey study",
    "programme project chair chairman protocol address analytics-id law laws privacy protection cookie cookies",
    "information processor recipient model llm way desk enquiries helpline",
)
# What a body is called that is for something: `Institute for Justice Data`.
_FOR_SOMETHING = _set("institute office centre commission agency department ministry bureau council")
_ENDS_A_NAME = _set(
    "ltd limited plc llp inc gmbh cic llc",
)
_DETERMINERS = _set(
    "our the a an any all some certain its their his her this these those both either each every also only",
)
# What a name of a category does not reach back over.
_STOP = _DETERMINERS | _set(
    "and or nor but with to from by via through of in on at for as is are was were be been being may might can",
    "could will would shall should must do does did not no we you they it he she who which that when where if",
    "unless because while so than then such like including include includes use uses using used share shares",
    "shared sharing send sends sent pass passes passed give gives given tell tells told see sees seen receive",
    "receives received get gets obtained obtain disclose disclosed disclosure appoint employ work works ask asks",
    "into between among about under within outside data information details have has had provide provides",
    "provided supply example e.g i.e namely eg ie copy copies only help hosts ours us your my his them report",
    "reports contact inform collect collects collected hired hire pay pays name names access against make made",
    "need needs whether what how there here over after before during until apart except allow allows let lets",
    "check checks employs engage engages appoints appointed trained selected go goes going",
)
_OF_RECORDS = _set(
    "stays stay episodes notes letters visits admissions appointments care results activity",
)
_LINKS = _set(
    "with to from by via through",
)
_RELATIVE = _set(
    "who whom which that whose so to for by as in on under about because",
)
_CONDITION = _set(
    "if when where unless while once whenever wherever although though since until after before",
)
_NAMELESS = _set(
    "the we our i a an this these your you it if in on for to by from with and or no yes they their all when am each",
    "every january february march april may june july august september october november december monday tuesday",
    "wednesday thursday friday saturday sunday",
)


def bodies(
    passage: Passage,
    values: Sequence[Value],
    first: int,
    last: int,
    things: bool = False,
    names_only: bool = False,
) -> Iterator[tuple[int, int]]:
    """First and last word (exclusive) of each body named between two words.

    `things` are taken too where data come from registers and websites; with `names_only` no categories are.
    """
    words = [word.text for word in passage.words]
    last = min(last, first + LONGEST, len(words))
    names = dict(_names(passage, values, words, last))
    clause = ""
    told = -1  # where the last name ended
    begun = False  # whether anything was named before
    opened = ""  # the word by which the clause began
    at = first
    while at < last:
        word = words[at]
        mark = between(passage, at)
        if names_only or (
            clause
            and (
                any(sign in mark for sign in ";.:")
                or (words[at - 1] in ("and", "or") and word in _LINKS)
                or at in passage.starts
                or ")" in mark
                or (not begun and opened in ("in", "about") and word in ("with", "to", "from"))
                or (mark.strip() and (clause in ("condition", "defining") or word in _LINKS or word in ("and", "or")))
            )
        ):
            clause = ""
        if at in names:
            end = names[at]
            begun = True
            if not clause:
                yield at, end
                told = end
            at = end
            continue
        if clause == "condition" and word in ("we", "i") and words[at - 1] not in _CONDITION:
            clause = ""  # `If a child is in danger we tell the police`
        if word in _CONDITION:
            clause = "condition"
        elif word in _RELATIVE and at > first and not _goes_on(words, at, names, last):
            # `firms we use, banks`: what defines a body without a comma ends at one; `Acme, who print, post` goes on.
            clause, opened = clause or ("relative" if mark.strip() else "defining"), opened if clause else word
        elif not clause and not names_only and _is_head(words, at, first, passage, things):
            if (
                at + 1 < last
                and not between(passage, at + 1).strip()
                and _is_head(words, at + 1, first, passage, things)
            ):
                at += 1  # `repair contractors`, `bank clerks`: the last noun is the head
                continue
            begun = True
            begin, end = _begin(words, at, first, passage), _end(words, at, last, passage)
            leads_in = end in names and ":" in between(passage, end)  # `Suppliers: Acme Ltd, Bolt Ltd`
            if not leads_in and not _says_again(passage, words, names, begin, end, told):
                yield begin, end
            at = max(end, at + 1)
            continue
        at += 1


def _says_again(
    passage: Passage, words: Sequence[str], names: Mapping[int, int], begin: int, end: int, told: int
) -> bool:
    """Whether a category only explains a name beside it: `Acme Ltd, a printer`, `our partner, Acme Ltd`."""
    before = words[begin - 1] if begin else ""
    start = begin - (before in _DETERMINERS)
    if (
        told == start
        and (before in ("a", "an", "our", "its") or "(" in between(passage, start))
        and between(passage, start).strip(" ;")
    ):
        return True
    return (
        end in names
        and (before in ("our", "a", "its") or (before in ("the", "their") and "(" in between(passage, end)))
        and any(sign in between(passage, end) for sign in ",(")
        and not words[end - 1].endswith("s")
    )


def _names(passage: Passage, values: Sequence[Value], words: Sequence[str], last: int) -> Iterator[tuple[int, int]]:
    places = {
        at for value in values if value.kind in ("country", "foreign-country") for at in range(value.first, value.last)
    }
    reached = 0
    for value in values:
        if value.kind != "organisation" or value.first >= last or value.first < reached:
            continue
        first, end = value.first, value.last
        while (
            first > reached
            and first not in passage.starts
            and not between(passage, first).strip()
            and _is_capital(passage, words, first - 1)
        ):
            first -= 1
        while (
            end < len(words)
            and not between(passage, end).strip()
            and _is_capital(passage, words, end)
            and end not in passage.starts
        ):
            end += 1
        for begin, stop in _parted(passage, words, first, end):
            reached = stop
            if _is_name(passage, words, begin, stop) and not all(at in places for at in range(begin, stop)):
                yield begin, stop


def _is_capital(passage: Passage, words: Sequence[str], at: int) -> bool:
    raw = passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
    return raw[:1].isupper() and words[at] not in _NAMELESS


def _parted(passage: Passage, words: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Names that were taken for one: `Slack and AWS`, `Acme Ltd. Customer`."""
    begin = first
    for at in range(first, end):
        if words[at] in _ENDS_A_NAME and at + 1 < end and "(" not in between(passage, at + 1):
            yield begin, at + 1
            if words[at + 1] != "and":
                return
            begin = at + 2
        elif words[at] == "and" and begin < at and at + 1 < end and passage.said(at, at + 1) == "and":
            alone = at - begin == 1 and end - at == 2
            if alone or words[at + 1] == "the" or passage.said(at + 1, end).isupper():
                yield begin, at
                begin = at + 1 + (words[at + 1] == "the")
    yield begin, end


def _is_name(passage: Passage, words: Sequence[str], first: int, end: int) -> bool:
    said = " ".join(words[first:end])
    if (
        (
            words[end - 1] in _NOT_ENDING
            and not (words[first] in _FOR_SOMETHING and words[first + 1 : first + 2] == ["for"])
        )
        or words[first] in _NAMELESS
        or said == "national insurance"
        or "information commission" in said
        or said.startswith("data protection")
    ):
        return False
    if passage.said(first, end).endswith(("'s", "\u2019s")) and end - first == 1:
        return False
    return not (end - first == 1 and (words[first] in _NOT_NAMED or len(words[first]) < 2 or words[first][0].isdigit()))


def _goes_on(words: Sequence[str], at: int, names: Mapping[int, int], last: int) -> bool:
    """Whether a preposition leads on to a body: `to the police`, `by Acme Ltd`; `for example`, `such as`."""
    word, after = words[at], words[at + 1] if at + 1 < last else ""
    if word == "for":
        return after in ("example", "instance", "us", "me", "them")
    if word == "as":
        return (at > 0 and words[at - 1] in ("such", "well")) or after == "well"
    if word == "on":
        behalf = after in ("our", "its", "my") and at + 2 < last and words[at + 2] == "behalf"
        return at + 1 in names or behalf
    if word == "by" and at > 0 and words[at - 1] in ("and", "or"):
        return True
    if word in ("to", "by"):
        return (
            at + 1 in names
            or after in _DETERMINERS
            or after in _HEADS
            or after in ("other", "your", "third", "external")
        )
    return False


def _is_head(words: Sequence[str], at: int, first: int, passage: Passage, things: bool) -> bool:
    word = words[at]
    if at + 1 < len(words) and words[at + 1] in _OF_RECORDS and not between(passage, at + 1).strip():
        return False
    if (
        word not in _HEADS
        and word not in _WITH_KIND
        and word not in _ONE
        and word not in _YOURS
        and not (things and word in _THINGS)
    ):
        return False
    begin = _begin(words, at, first, passage)
    before = words[begin:at]
    if word in _YOURS and begin and begin == at and words[at - 1] in ("your", "their"):
        return True
    if word in _YOURS and begin < at and words[begin - 1] in ("your", "their") and set(before) <= _WHICH:
        return True
    if word in _HEADS:
        return not (
            word in ("family", "friends", "partner", "partners", "parents", "provider", "agency")
            and begin == at
            and (begin == 0 or words[begin - 1] in ("the", "a", "with", "and"))
        )
    if things and word in _THINGS:
        return bool(_THING_KINDS & set(before)) or word == "internet"
    if word in _ONE:
        return bool(_KINDS_OF_ONE & set(before))
    if word in _YOURS:
        return False
    if word in _STAFF:
        return bool(_OUTSIDE & set(before))
    if words[at + 1 : at + 3] in (["in", "the"], ["in", "our"]) and "group" in words[at + 3 : at + 5]:
        return True
    return any(kind not in _VAGUE for kind in before)


def _begin(words: Sequence[str], at: int, first: int, passage: Passage) -> int:
    begin = at
    while (
        begin > first
        and at - begin < 4
        and words[begin - 1] not in _STOP
        and not between(passage, begin).strip(" -/\u2010\u2011'\u2019")
        and begin not in passage.starts
        and not words[begin - 1].endswith("ly")
    ):
        begin -= 1
    return begin


def _end(words: Sequence[str], at: int, last: int, passage: Passage) -> int:
    """After `of research`, `in our group`: what says which bodies are meant."""
    end = at + 1
    if end + 1 < last and words[end] == "of" and not between(passage, end).strip():
        begin = stop = end + 1 + (words[end + 1] in _DETERMINERS)
        while stop < last and stop - begin < 3 and words[stop] not in _STOP and not between(passage, stop).strip():
            stop += 1
        if stop > begin:
            return stop
    if words[end : end + 1] == ["in"] and words[end + 1 : end + 2] in (["our"], ["the"]):
        group = next((at for at in range(end + 2, min(end + 4, last)) if words[at] == "group"), None)
        return group + 1 if group is not None else end
    return end
