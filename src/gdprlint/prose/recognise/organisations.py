"""Names of bodies, as they are written: `Department for Education (DfE)`, `Quayside & District Homes Limited`, `Zoom`.

A name is a run of words with capitals, joined by the small words that names are joined by. What makes such a
run the name of a body is a word that bodies are called by, an acronym, or a word that is no ordinary one. Roles,
documents, addresses, laws and people are not bodies. A run of ordinary words is a `naming`: a name perhaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gdprlint.prose.passages import Passage
from gdprlint.prose.recognise.firms import is_firm
from gdprlint.prose.recognise.ordinary import GIVEN_NAMES, ORDINARY
from gdprlint.prose.recognise.public_bodies import end_of_public_body
from gdprlint.prose.recognise.value import Value, between, words_in

_LEGAL_FORMS = words_in("limited ltd plc llp inc llc gmbh ag bv nv sa srl corp corporation cic cio pty oy ab sarl")
_WRITTEN_SMALL = words_in("plc llp ltd cic")
# What follows `and` in the name of one firm: `Marsh and Sons Ltd`.
_FIRM_OF_SEVERAL = words_in("son sons daughter daughters brothers co company partners associates")
_BODIES = _LEGAL_FORMS | words_in(
    """council university college trust foundation department ministry agency authority commission commissioner
    institute association society hospital academy federation constabulary inspectorate ombudsman parliament
    assembly executive treasury museum corporation consortium alliance institution polytechnic surgery archive
    archives observatory laboratories borough directorate operative charity church mosque synagogue chambers
    solicitors union rescue hospice nursery regulator federation guild"""
)
_WEAK_BODIES = words_in(
    """office centre center service services group company school board club network library bureau fund bank
    partnership police committee unit practice clinic studio agency forum register collective cooperative housing
    homes hub analytics lab laboratory"""
)
# What a writer calls itself with a capital: `the Firm is a controller` names nobody.
_SELF = words_in("firm union society sponsor employer landlord owner operator business team parties")
# Words that begin the names of public bodies made of ordinary words: `National Audit Office`, `Integrated Care Board`.
_OF_THE_STATE = words_in("national county integrated general central regional public state metropolitan independent")
# What `for`, `of` and `and` may follow within a name.
_HEADS = _BODIES | words_in(
    "office centre center board bureau fund network school faculty campaign campaigns friends forum house bank royal"
)
_NEVER = words_in(
    """the this that these those we you your our it its if when where what who why how to by from or but not no all
    any some each every please under over after before during until while once see read find click is are was were
    be been have has had do does did will would can could should must may might via ask he she they their his her
    my me us i a an as at in on with and for of article articles section sections schedule paragraph monday
    tuesday wednesday thursday friday saturday sunday january february april june july august september october
    november december there here also both such am gdpr email telephone phone tel fax www http https"""
)
_ALONE_NOTHING = words_in(
    """uk eu eea efta us usa gdpr dpo dpia dpa sar dsar pecr ai cv id ids url urls html pdf cctv qts urn upn nino gp
    gps hr it faq faqs po vat sms api ssl tls https xml csv dbs dvd pm am scc sccs idta bcr bcrs pc pcs tv ip isp
    os sim imei ok ceo cfo cto siro mp mps msp md ba bsc msc phd ni nhs111 pin rss utc gmt bst dob ict dna hiv sen
    send dsgvo bdsg tdddg ttdsg llm llms dsa pe re ks a4 aes mfa vpn dpos b2b b2c eula t&c tm qr gis edi pis cop
    foi foia eir eirs dpd lgbt lgbtq bame no ref rcn nb ps eg ie etc dc ppi isbn doi ii iii iv vi vii"""
)
_ROLES = words_in(
    """officer officers manager managers director directors secretary minister chair chairman head heads lead leads
    controller controllers processor processors editor principal teacher governor clerk treasurer president owner
    adviser advisor guardian representative registrar coordinator administrator investigator investigators
    researcher supervisor executives trustees team teams"""
)
_OFFICES = words_in(
    """officer manager director secretary chair chairman chairwoman headteacher principal clerk treasurer president
    registrar coordinator administrator trustee warden bursar vicar rector minister"""
)
_DOCUMENTS = words_in(
    """act acts regulation regulations order orders directive bill charter code codes notice notices policy policies
    statement form forms agreement agreements scheme framework guidance rules addendum clauses clause shield
    decision schedule terms conditions standard standards licence survey privacy cookies cookie area state states
    kingdom newsletter study law laws protocol convention purpose purposes rights right basis number numbers data
    information"""
)
_PLACES = words_in(
    """street road lane avenue square place court way park hill floor building buildings wharf drive close gardens
    crescent terrace quay yard mews parade grove house bridge gate row walk offices rd ave forge cottage farm
    lodge"""
)
_NO_BODIES = frozenset(
    (
        "european union", "european economic area", "united kingdom", "united states", "data centre", "data centres",
        "call centre",
        "contact centre", "help centre", "head office", "registered office", "school office", "customer service",
        "customer services", "information service", "public authority", "local authority", "supervisory authority",
        "great britain", "northern ireland", "personal data", "public service", "data service", "information society",
        "data protection authority", "legal department", "it department", "ethics committee",
        "research ethics committee",
    )
)  # fmt: skip
_NO_SUFFIX = words_in("privacy notice notices policy statement terms cookies cookie website site newsletter app page")
_TITLES = words_in("mr mrs ms miss dr prof professor sir dame lord lady revd rev drs messrs dear councillor cllr")
_VERBS = words_in(
    """is are has will may might can provides stores hosts processes supplies collects uses runs holds keeps acts sends
    receives handles carries transcribes analyses manages operates owns delivers helps deletes does was shares
    takes respects wants needs offers gives makes determines decides complies gathers looks
    works sits gets posts prints tells and ltd inc"""
)
_DOES = _VERBS - words_in("are will can may might does was and ltd inc needs wants gives")
_OF_NO_NAME = ("ly", "ing", "tion", "tions", "ed", "ers", "ment", "ments", "ness", "ities")
_TOWNS = words_in(
    """london manchester birmingham leeds edinburgh cardiff belfast glasgow bristol liverpool sheffield newcastle
    nottingham oxford cambridge dublin paris frankfurt amsterdam berlin brussels luxembourg york atlanta seattle
    stockholm madrid milan vienna zurich geneva aberdeen dundee swansea exeter plymouth norwich leicester coventry
    bradford southampton portsmouth brighton reading westminster whitehall cheshire kent surrey essex yorkshire
    lancashire cornwall devon wilmslow manila hamburg munich mumbai bangalore bengaluru hyderabad chennai delhi sydney
    melbourne toronto montreal vancouver tokyo osaka virginia oregon california texas ohio colorado lisbon warsaw
    copenhagen oslo helsinki rome barcelona johannesburg nairobi lagos dubai auckland newport slough telford"""
)
_KEPT_IN = words_in("stored kept held saved are is put hosted")
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_NUMBER_OF_PART = re.compile(r"[a-z]\d{1,2}")
_NAMING_SLOT = re.compile(
    r"\{\S*(org|company|controller|council|department|practice|business|firm|charity|school|trust)\S*\}"
)


def organisations(passage: Passage, words: list[str]) -> Iterator[Value]:
    """The names of bodies in a passage, in order."""
    run = _Runs(passage, words)
    at = 0
    while at < len(words):
        if _NAMING_SLOT.fullmatch(words[at]):
            yield Value("organisation", at, at + 1, passage.said(at, at + 1))
            at += 1
        elif (last := end_of_public_body(words, at)) > at and run.capital(at) and run.capital(last - 1):
            known = run.with_short_form(at, last)
            yield known
            at = known.last
        elif run.begins(at):
            last = run.end(at)
            for first, end in run.parts(at, last):
                if found := run.name(first, end):
                    yield found
                    if not run.shouted and is_firm(words[first:end]):
                        yield Value("firm", found.first, found.last, found.text)
                    if run.stands_for_all(found):
                        yield Value("nameline", found.first, found.last, found.text)
                    last = max(last, found.last)
                elif run.may_name(first, end):
                    yield Value("naming", first, end, passage.said(first, end))
            at = last
        else:
            at += 1


class _Runs:
    """Runs of capitalised words in one passage. Made anew for each."""

    def __init__(self, passage: Passage, words: Sequence[str]) -> None:
        self.passage = passage
        self.words = words
        own = "".join(
            passage.blocks[at].text[passage.words[at].start : passage.words[at].end]
            for at in range(passage.own, len(words))
        )
        self.shouted = len(words) - passage.own > 1 and own.isupper()

    def written(self, at: int) -> str:
        word = self.passage.words[at]
        return self.passage.blocks[at].text[word.start : word.end]

    def before(self, at: int) -> str:
        """The characters between a word and the one before it; a line feed where they stand in two blocks."""
        return between(self.passage, at)

    def begins(self, at: int) -> bool:
        """Whether a word may stand in a run."""
        if at == self.passage.own and _NUMBER_OF_PART.fullmatch(self.words[at]):
            return False  # `E2 Otherwise: …`
        return (
            self.capital(at)
            and self.words[at] not in _NEVER
            and self.words[at] not in ("mr", "mrs", "ms", "dr", "drs", "prof")
        )

    def capital(self, at: int) -> bool:
        return self.written(at)[:1].isupper() and "@" not in self.words[at] and "://" not in self.words[at]

    def acronym(self, at: int) -> bool:
        """Whether a word has two capitals: `NHS`, `DfE`."""
        written = self.written(at).partition("'")[0].partition("\u2019")[0]
        return (
            not self.shouted
            and sum(character.isupper() for character in written) > 1
            and self.words[at] not in _ALONE_NOTHING
        )

    def end(self, first: int) -> int:
        """Where the run that begins at a word ends (exclusive)."""
        at = first + 1
        while at < len(self.words) and not self._owns(first, at):
            before = self.before(at)
            word = self.words[at]
            small = word in _WRITTEN_SMALL and before == " "
            if word in _LEGAL_FORMS and (self.capital(at) or small) and before.strip() in ("", ",", "."):
                at += 1
            elif before.strip(" -\u2010\u2011.&'\u2019") or (
                before.startswith(". ") and (len(self.words[at - 1]) > 2 or self.words[at - 1] in _LEGAL_FORMS)
            ):
                if not self._listed(first, at):
                    break
                at += 1
            elif self.begins(at) and not _POSTCODE.fullmatch(word):
                at += 1
            elif (to := self._joined(first, at)) > at:
                at = to
            else:
                break
        return at

    def _owns(self, first: int, at: int) -> bool:
        """Whether the run so far is a body to which something belongs: `Northfold Council's | Customer Services`."""
        return self.written(at - 1).endswith(("'s", "\u2019s")) and bool(
            (_BODIES - {"commissioner"}) & set(self.words[first:at])
        )

    def _joined(self, first: int, at: int) -> int:
        """Behind the word that a linking word at `at` joins to the run, else `at`."""
        link = self.words[at]
        to = at + 1 + (at + 1 < len(self.words) and self.words[at + 1] == "the" and link in ("of", "for"))
        if to >= len(self.words) or not self.begins(to) or "," in self.before(to) or "(" in self.before(to):
            return at
        run = self.words[first:at]
        headed = any(word in _HEADS for word in run)
        if self.written(at) == "&" or link in ("de", "la", "du", "von", "upon"):
            return to + 1
        if link == "of":
            return to + 1 if run[-1] not in _DOCUMENTS and run[-1] not in _ROLES else at
        if link == "for":
            return to + 1 if headed or (to == at + 1 and run[-1] not in _DOCUMENTS | _ROLES) else at
        if link == "in":
            return to + 1 if run[0] in _HEADS and not set(run) & _LEGAL_FORMS else at
        if link == "and":
            return to + 1 if self._one_name(run, to) else at
        return at

    def _one_name(self, run: Sequence[str], to: int) -> bool:
        """Whether `and` joins words of one name: `Fire and Rescue Authority`, `Department for Work and Pensions`."""
        end = to
        while (
            end < len(self.words) and end - to < 5 and (end == to or not self.before(end).strip()) and self.begins(end)
        ):
            end += 1
        after = self.words[to:end]
        bodies = _BODIES | _WEAK_BODIES
        if "borough" in run or (run[-1], *after) == ("revenue", "customs"):
            return True
        if after[0] in _FIRM_OF_SEVERAL or self._spelt_short(run, to, end):
            return True
        if run[0] in _HEADS and ("of" in run or "for" in run):
            return (
                not set(after) & _BODIES
                and after[0] not in _ALONE_NOTHING
                and (after[0] in ORDINARY or after[0].endswith(("s", "ion", "ing", "ment", "ity", "ture")))
            )
        if set(run) & bodies or run[-1] in _DOCUMENTS or run[-1] not in ORDINARY:
            return False
        return len(after) > 1 and after[0] in ORDINARY | _BODIES and bool(set(after) & bodies)

    def _spelt_short(self, run: Sequence[str], to: int, end: int) -> bool:
        """Whether letters in brackets are those of all the words: `Office for Lift and Escalator Safety (OLES)`."""
        short = self._short_form(end)
        if short is None:
            return False
        letters = [word[0] for word in (*run, *self.words[to:end]) if word not in ("of", "for", "and", "the", "in")]
        return self.words[end] == "".join(letters)

    def _listed(self, first: int, at: int) -> bool:
        """Whether a comma stands within the name of a department: `Department for Culture, Media and Sport`."""
        run = self.words[first:at]
        if run[0] not in ("department", "ministry", "office") or len(run) < 3 or self.before(at).strip() != ",":
            return False
        end = at
        while end < len(self.words) and end - at < 8 and self.begins(end) and self.before(end).strip() in ("", ","):
            end += 1
        return end + 1 < len(self.words) and self.words[end] == "and" and self.begins(end + 1)

    def parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The run without what is no name at its ends."""
        while first < last and self.words[first] in _NO_SUFFIX | _TITLES | {
            "welcome",
            "contact",
            "updated",
            "reviewed",
        }:
            if self.words[first] in _TITLES:
                return
            first += 1
        if " ".join(self.words[first : first + 3]) in (
            "data protection officer",
            "data protection manager",
            "data protection lead",
        ):
            first += 3
        if self.words[first : first + 2] in (["conduct", "of"], ["member", "of"], ["members", "of"], ["part", "of"]):
            first += 2
        while first < last and self.words[first] in ("of", "for", "and", "by", "the"):
            first += 1
        while first < last and self.words[last - 1] in _NO_SUFFIX:
            last -= 1
        if first < last and self.words[last - 1] in _ROLES:
            cut = self._role(first, last)
            if cut == first:
                return
            last = cut
        while first < last and self.words[last - 1] in ("of", "for", "and", "the", "in"):
            last -= 1
        if first < last:
            yield first, last

    def _role(self, first: int, last: int) -> int:
        """Where the role begins at the end of a run: `Home Office | Data Protection Officer`."""
        for at in range(first, last - 1):
            if self.words[at : at + 2] in (
                ["data", "protection"],
                ["information", "governance"],
                ["privacy", "officer"],
            ):
                return at
        return first

    def name(self, first: int, last: int) -> Value | None:
        """The run as a name, with its short form in brackets, if it is the name of a body."""
        if not self._is_body(first, last):
            return None
        return self.with_short_form(first, last)

    def with_short_form(self, first: int, last: int) -> Value:
        """A name, and its short form in brackets behind it."""
        text = re.sub(r"['\u2019]s?$", "", self.passage.said(first, last)).strip()
        short = self._short_form(last)
        if short is None:
            return Value("organisation", first, last, text)
        end, close = short
        block = self.passage.blocks[first]
        return Value("organisation", first, end, block.text[self.passage.words[first].start : close])

    def may_name(self, first: int, last: int) -> bool:
        """Whether a run of ordinary words can be a name where the words around say so: `We are Open Door`."""
        words = set(self.words[first:last])
        return (
            not self.shouted
            and self.passage.kind != "heading"
            and (first not in self.passage.starts or last - first > 1)
            and not words & (_ALONE_NOTHING | _TITLES | {"data", "personal", "protection", "privacy"})
            and self.words[last - 1] not in _ROLES | _DOCUMENTS | _PLACES | _TOWNS
            and (last - first > 1 or not words & (_BODIES | _WEAK_BODIES))
        )

    def stands_for_all(self, name: Value) -> bool:
        """Whether a passage says nothing but the name: the head of a letter, or the title of a page."""
        passage = self.passage
        titled = passage.kind == "paragraph" or (passage.kind == "heading" and passage.blocks[0].level == 1)
        rest = {*self.words[passage.own : name.first], *self.words[name.last :]}
        return titled and rest <= {"the"} and name.last - name.first > 1

    def _short_form(self, last: int) -> tuple[int, int] | None:
        """The word after `(DfE)` and the character after its bracket."""
        if last >= len(self.words) or self.before(last).strip() != "(":
            return None
        block, word = self.passage.blocks[last], self.passage.words[last]
        if block.text[word.end : word.end + 1] != ")" or not (self.acronym(last) or self.written(last).isupper()):
            return None
        return last + 1, word.end + 1

    def _is_body(self, first: int, last: int) -> bool:
        said = [word for word in self.words[first:last] if word not in ("of", "for", "and", "the", "in")]
        if not said or " ".join(said) in _NO_BODIES:
            return False
        names = [at for at in range(first, last) if self.words[at] not in ("of", "for", "and", "the", "in")]
        telling = [at for at in names if not self._ordinary(at)]
        if last < len(self.words) and _POSTCODE.fullmatch(self.words[last]) and said[-1] not in _BODIES:
            return False
        if said[-1] in _DOCUMENTS and not self._is_for(first, last):
            return False
        if self._is_person(first, last):
            return False
        if (
            said[-1] in _PLACES
            and not set(said) & _LEGAL_FORMS
            and not (
                said[-1] == "house"
                and (said[0] == "companies" or (last < len(self.words) and self.words[last] in _VERBS))
            )
        ):
            return False
        if self._is_said_controller(last) and (len(said) > 1 or not set(said) & (_BODIES | _WEAK_BODIES | _SELF)):
            return not (set(said[-1:]) & (_ROLES | _ALONE_NOTHING))
        if said == ["companies", "house"]:
            return True
        if len(names) == 1:
            return self._is_single(names[0])
        if set(said) & _BODIES:
            return len(said) > 1
        if first and self.words[first - 1] in _TITLES:
            return False
        if all(len(word) < 2 for word in said[:1]) or (len(said) == 2 and len("".join(said)) < 4):
            return False
        if any(self.acronym(at) for at in names) or (telling and self._short_form(last) is not None):
            return True
        if set(said) & _WEAK_BODIES:
            return (
                bool(telling)
                or self._short_form(last) is not None
                or said[0] in ("home", "cabinet", "law", "post")
                or (said[0] in _WEAK_BODIES and len(said) > 2)
                or (said[0] in _OF_THE_STATE and len(said) > 2 and said[-1] in _WEAK_BODIES)
            )
        if said[0] in GIVEN_NAMES and len(said) < 4:
            return False
        return bool(telling) and (telling != [first] or first not in self.passage.starts or self._stands_alone(last))

    def _is_for(self, first: int, last: int) -> bool:
        """Whether the name tells what a body is for: `Institute for Justice Data`, `Office for Standards`."""
        return self.words[first] in _HEADS and last - first > 2 and self.words[first + 1] in ("for", "of")

    def _is_person(self, first: int, last: int) -> bool:
        """Whether an office is told after a comma: `Hester Amblecote, PCC Secretary`."""
        if last - first > 3 or last >= len(self.words) or self.before(last).strip() != ",":
            return False
        if set(self.words[first:last]) & (_BODIES | _WEAK_BODIES):
            return False
        end = last + 1
        while end < len(self.words) and end - last < 4 and self.begins(end) and not self.before(end).strip(" &"):
            end += 1
        return self.capital(last) and self.words[end - 1] in _OFFICES

    def _is_said_controller(self, last: int) -> bool:
        after = self.words[last : last + 7]
        return after[:1] in (["is"], ["are"], ["acts"]) and any(word in ("controller", "controllers") for word in after)

    def _stands_alone(self, last: int) -> bool:
        """Whether a passage or its part ends with the name, or says what the named does."""
        return last == len(self.words) or self.passage.words[last].breaks or self.words[last] in _VERBS

    def _ordinary(self, at: int) -> bool:
        word = self.words[at]
        return (
            word in ORDINARY
            or word in _ALONE_NOTHING
            or word in _BODIES
            or word in _WEAK_BODIES
            or (word.endswith("s") and word[:-1] in ORDINARY)
        )

    def _is_single(self, at: int) -> bool:
        """Whether a word alone names a body: an acronym, or a word with a capital that begins no sentence."""
        word = self.words[at]
        before = self.words[at - 1] if at else ""
        if (
            _POSTCODE.fullmatch(word)
            or word in _ALONE_NOTHING
            or word in ORDINARY
            or word in GIVEN_NAMES
            or word in _TOWNS
            or len(word) < 2
            or not word[0].isalpha()
        ):
            return False
        if self._ordinary(at) or word in _PLACES or word in _ROLES or word in _DOCUMENTS or before in _TITLES:
            return False
        if self.acronym(at):
            return not self.written(at).endswith("s") and not any(character.isdigit() for character in word)
        if self.shouted or (before in ("in", "near", "at") and (at < 2 or self.words[at - 2] not in _KEPT_IN)):
            return False
        if at + 1 < len(self.words) and (_POSTCODE.fullmatch(self.words[at + 1]) or self.words[at + 1].isdigit()):
            return False
        if "," in self.before(at) and before in _PLACES:
            return False
        if at not in self.passage.starts and self.passage.kind != "heading":
            return True
        if at not in self.passage.starts or self.passage.kind == "heading" or word.endswith(_OF_NO_NAME):
            return False
        if self.passage.kind == "paragraph":
            mark = self.before(at + 1) if at + 1 < len(self.words) else ""
            if "(" in mark and self.words[at + 1] in ("registered", "charity", "company"):
                return True
            after = "," in mark
            if after and self.words[at + 1] in ("which", "who", "whose"):
                return True
            if after and self.begins(at + 1) and not self._ordinary(at + 1):
                return True  # the first of several: `Google, Taboola and Amazon`
            return (
                at + 1 < len(self.words)
                and not self.passage.words[at + 1].breaks
                and (
                    self.words[at + 1] in _DOES
                    or (self.words[at + 1] == "and" and at + 2 < len(self.words) and self.begins(at + 2))
                )
            )
        return self._stands_alone(at + 1)
