"""What each clause is about in the law's terms: its topic, the provision that a change of it touches, and what that
means for people.

Data, not code: every verb of model/table.py stands here with a topic or with the reason why it is not compared, and
so does every kind of declaration. How values are compared is not known here, nor which side is which.
"""

from __future__ import annotations

from attrs import frozen

ALL_RECORDS = ("art30-1", "art30-2")


@frozen
class Topic:
    """What is compared under one name: the provisions that a change touches, and what it means for people by kind.

    `means` falls back on its key "". A kind that is not there means what the fallback says.
    """

    name: str
    provisions: tuple[str, ...]
    means: dict[str, str]

    def meaning(self, kind: str) -> str:
        return self.means.get(kind, self.means.get("", ""))


@frozen
class Compared:
    """How the clauses of a verb are compared.

    `tails` are the topics of single tails where they have one of their own. `keys` are the tails that make two clauses
    speak of different things: who holds a copy, from whom data come. `each` is the tail over which a clause is as many
    facts as it names values: `discloses answers to vale, larkmail` are two. `swaps` says that what the clause is about
    may take the place of another: one controller for another, but never one right for another. `obliges` are the
    extents whose silence counts even beside a document of another extent.
    """

    topic: str
    tails: dict[str, str]
    keys: tuple[str, ...]
    each: str
    swaps: bool
    obliges: tuple[str, ...]


# topic | provisions | kind: what it means for people; the first without a kind is for all kinds that are not named
_TOPICS = """
controller | uk-gdpr 13(1)(a), uk-gdpr 14(1)(a), uk-gdpr 4(7) | people turn to somebody else with their requests and complaints
joint arrangement | uk-gdpr 26(2), uk-gdpr 13(1)(a) | people may use their rights against each of them, and are told the essence of the arrangement
processor | uk-gdpr 13(1)(e), uk-gdpr 14(1)(e), uk-gdpr 28(3) | other hands hold the data; people are told of recipients or their kinds | added: one more body holds the data, under a contract; people are told of recipients or their kinds | removed: its copy of the data is deleted or returned when the service ends
representative | uk-gdpr 13(1)(a), uk-gdpr 14(1)(a), uk-gdpr 27 | people reach the controller in the United Kingdom through it
client | uk-gdpr 5(1)(a), mrs-code | people hear for whom the research is done
sponsor | uk-gdpr 5(1)(a) | people hear who pays for it
contact | uk-gdpr 13(1)(a), uk-gdpr 14(1)(a) | people who write to the old address may get no answer
dpo | uk-gdpr 13(1)(b), uk-gdpr 14(1)(b), uk-gdpr 38(4) | people reach the data protection officer another way, or no longer
size | uk-gdpr 30(5) | whether the smaller duty to keep records applies may change
purpose | uk-gdpr 13(3), uk-gdpr 14(4), uk-gdpr 5(1)(b) | people were told what their data are for | added: people are told of a new purpose before data are used for it, and it must be compatible with the first | removed: data that were held for this purpose alone are needed no longer | changed: people are told of another purpose before data are used for it
lawful basis | uk-gdpr 6(1), uk-gdpr 13(1)(c), uk-gdpr 14(1)(c) | a basis cannot be swapped at will; which rights people have depends on it
interest pursued | uk-gdpr 13(1)(d), uk-gdpr 14(2)(b), uk-gdpr 6(1)(f) | people weigh this interest when they object
law behind the basis | uk-gdpr 6(3), uk-gdpr 6(1) | people look there for what lays the task or duty down
Article 9 condition | uk-gdpr 9(2), uk-gdpr 10(1) | what lifts the ban on using the most private data is another | removed: nothing is said any longer that lifts the ban on using the most private data
Schedule 1 condition | dpa-2018 section 10(3), dpa-2018 schedule 1, uk-gdpr 9(2) | the safeguards that go with the condition change with it
further use | uk-gdpr 5(1)(b), uk-gdpr 8A, uk-gdpr 13(3), uk-gdpr 14(4) | people are told of the other use before it begins
obligation to provide | uk-gdpr 13(2)(e) | people decide by this whether to give their data, and what follows if they do not
consent | uk-gdpr 7, uk-gdpr 4(11) | consent covers what people were told when they gave it
permission | uk-gdpr 5(1)(a) | people agreed to take part on what they were told
withdrawal | uk-gdpr 7(3), uk-gdpr 13(2)(c), uk-gdpr 14(2)(d) | people were told until when and how they can step back
information | uk-gdpr 12(1), uk-gdpr 13, uk-gdpr 14 | people hear of what is done at another time or place, or no longer
data categories | uk-gdpr 5(1)(c), uk-gdpr 14(1)(d), uk-gdpr 30(1)(c) | other data are held about people | added: more data are held about people, and no more than the purpose needs may be | removed: these data are needed no longer, and are not held any further
special category data | uk-gdpr 9(1), uk-gdpr 9(2), uk-gdpr 14(1)(d) | the most private data are at stake, which need a condition of Article 9(2) besides the lawful basis
criminal offence data | uk-gdpr 10(1), uk-gdpr 14(1)(d) | data about offences need a condition of their own besides the lawful basis
source | uk-gdpr 14(2)(f), uk-gdpr 14(1) | data come from somewhere else; who did not give them is told from where
tools | uk-gdpr 13(1)(e), uk-gdpr 5(1)(a) | data are handled with another tool or by another supplier
cookies | pecr regulation 6, uk-gdpr 5(1)(a) | what is stored on or read from people's devices changes, which they are told and mostly asked
data that are made | uk-gdpr 5(1)(c), uk-gdpr 5(1)(a) | more is known about people than they gave
linkage | uk-gdpr 5(1)(a), uk-gdpr 14(2)(f) | data about people are put beside other data about them, or no longer
separation | uk-gdpr 5(1)(f), uk-gdpr 32(1)(a) | who reads the answers may find out whose they are
confidentiality | uk-gdpr 5(1)(a), uk-gdpr 5(1)(f) | people spoke on the promise of who will know them
retention | uk-gdpr 13(2)(a), uk-gdpr 14(2)(a), uk-gdpr 5(1)(e) | people were told how long their data are kept
end of keeping | uk-gdpr 5(1)(e), uk-gdpr 17(1)(a) | what happens to the data at the end of the period changes
archive | uk-gdpr 5(1)(b), uk-gdpr 5(1)(e), uk-gdpr 13(2)(a) | others may use the data for as long as the archive holds them
access | uk-gdpr 5(1)(f), uk-gdpr 13(1)(e), uk-gdpr 32(4) | other people may see the data
recipient | uk-gdpr 13(1)(e), uk-gdpr 14(1)(e), uk-gdpr 30(1)(d) | others get the data | added: one more gets the data, and people are told of recipients or their kinds | removed: one who got the data gets them no longer, and may still hold what was sent
transfer | uk-gdpr 13(1)(f), uk-gdpr 14(1)(f), uk-gdpr 44A | data leave the country or no longer do; people are told where to and what protects them there
transfer country | uk-gdpr 13(1)(f), uk-gdpr 14(1)(f), uk-gdpr 45A | data go to another country, with the protection that holds there
transfer safeguard | uk-gdpr 13(1)(f), uk-gdpr 14(1)(f), uk-gdpr 46 | what protects data abroad is another, and people may ask for a copy of it
messages | uk-gdpr 5(1)(a), uk-gdpr 21(2), pecr regulation 22 | people get other messages, and may object to marketing
recontact | uk-gdpr 5(1)(b), mrs-code | people are contacted again, or no longer, otherwise than they were told
rights | uk-gdpr 13(2)(b), uk-gdpr 14(2)(c), uk-gdpr 12(2) | people read there what they can ask for | removed: people no longer read of a right; where the law gives it, they have it all the same | denied: people are told that they have not this right; where the law gives it, they have it all the same
requests | uk-gdpr 12(2), uk-gdpr 12(3) | people use their rights another way, or wait another time for an answer
limits of rights | uk-gdpr 23, uk-gdpr 12(4), dpa-2018 section 15 | people can be refused what they ask for on other grounds, or no longer
complaints | uk-gdpr 13(2)(d), uk-gdpr 14(2)(e), dpa-2018 section 164A | people complain elsewhere or otherwise, or are told no longer how
what people are asked | uk-gdpr 5(1)(a) | people are asked to do something else
harm | uk-gdpr 35(7), uk-gdpr 84B | what may harm people is weighed anew
automated decisions | uk-gdpr 13(2)(f), uk-gdpr 14(2)(g), uk-gdpr 22C | people are told of decisions without a person in them, and may ask for one
decisions about individuals | uk-gdpr 84B, uk-gdpr 5(1)(b) | whether research or statistics are turned on the people in them changes
security | uk-gdpr 32(1), uk-gdpr 5(1)(f) | data are protected otherwise | removed: a measure that protected the data is named no longer
incentive | uk-gdpr 5(1)(a) | people were promised something else for taking part
children | uk-gdpr 8, uk-gdpr 12(1), uk-gdpr 5(1)(a) | children need words that they understand, and for some services a parent's consent
people | uk-gdpr 30(1)(c), uk-gdpr 13, uk-gdpr 14 | the data of other people are used, and these are told
organisation | uk-gdpr 13(1)(a), uk-gdpr 13(1)(e) | what people are told about this organisation changes
event | uk-gdpr 5(1)(e), uk-gdpr 13(2)(a) | periods that are counted from this moment end on another day
documents on file | uk-gdpr 5(2), uk-gdpr 24(1) | what shows that people's data are protected changes
document date | uk-gdpr 5(2), uk-gdpr 12(1) | people can tell by the date which text was told to them
document | uk-gdpr 5(2), uk-gdpr 12(1) | whose text it is, or what it is a text of, changes
review | uk-gdpr 5(2), uk-gdpr 24(1) | what is written is looked at again sooner or later
law cited | uk-gdpr 12(1), uk-gdpr 5(1)(a) | people look for their rights in another law
other texts | uk-gdpr 12(1) | people must look elsewhere for what was said here, or find it here now
unfinished text | uk-gdpr 12(1) | people are told something that was left open, or what they were told is left open now
updates of the text | uk-gdpr 12(1), uk-gdpr 13(3) | people hear otherwise of changes to the text
activity | uk-gdpr 30(1), uk-gdpr 13, uk-gdpr 14 | data are used for something that the other text does not speak of | added: data are used in a way of which the older text says nothing: people are told before it begins | removed: data of what is done no longer are needed for it no longer
period of collection | uk-gdpr 13, uk-gdpr 5(1)(c) | data are obtained at another time than was said
"""

# verb | topic | tails with topics of their own | keys | each | swaps | extents whose silence counts
_VERBS = """
controller | controller | - | of | - | swaps | art30-1, art30-2, notice
joint controllers | joint arrangement | - | of | - | swaps | art30-1, notice
processor | processor | - | for, of | - | swaps | art30-1, notice
sub-processor | processor | - | for, of | - | swaps | art30-1
representative | representative | - | for | - | swaps | art30-1, art30-2, notice
client | client | - | for | - | swaps | -
sponsor | sponsor | - | for | - | swaps | -
contact | contact | - | for | - | swaps | notice
dpo | dpo | - | for | - | swaps | art30-1, art30-2, notice
employs | size | - | - | - | swaps | -
purpose | purpose | - | for, of | - | - | art30-1, notice
lawful basis | lawful basis | in: interest pursued, under: law behind the basis | for | - | swaps | notice
condition | Article 9 condition | under: Schedule 1 condition | for | - | swaps | -
further use | further use | - | of | - | - | notice
requires | obligation to provide | - | from | - | - | notice
consent | consent | - | from, for | - | - | -
permission | permission | - | from, for | - | - | -
withdrawal | withdrawal | - | of | - | - | notice
informs | information | - | for | - | - | -
collects | data categories | from: source | from, of | from | - | art30-1, notice
uses | tools | in: transfer country, outside: transfer country | by, for | - | - | -
makes | data that are made | - | from | - | - | -
links | linkage | - | to | - | - | -
separates | separation | - | from | - | - | -
identifies | confidentiality | - | in, to | - | - | -
keeps | retention | then: end of keeping | with, of, as | with | - | art30-1, notice
opens | access | - | to, of, for | to | - | -
discloses | recipient | - | to, of, for | to | - | art30-1, notice
transfers | transfer | in: transfer country, outside: transfer country, under: transfer safeguard | to, of, for | to | - | art30-1, art30-2, notice
sends | messages | - | to, for | - | - | -
recontacts | recontact | - | by, for | - | - | -
rights | rights | - | to, of | - | - | notice
requests | requests | - | to | - | - | notice
limits | limits of rights | - | of | - | - | -
complaints | complaints | - | to | to | - | notice
asks | what people are asked | - | to | - | - | -
harm | harm | - | in, for | - | - | -
automated decisions | automated decisions | - | of | - | - | notice
individual decisions | decisions about individuals | - | of | - | - | -
security | security | - | for | - | - | art30-1, art30-2
incentive | incentive | - | for, to | - | swaps | -
reviewed | review | - | - | - | - | -
refers to | other texts | - | for | - | - | -
cites | law cited | - | - | - | - | -
leaves blank | unfinished text | - | - | - | - | -
updates | updates of the text | - | - | - | - | -
"""

# tails of declarations with topics of their own; the tail that is not named has the topic of its kind
_DECLARED = """
organisation | organisation | -
organisations | organisation | -
team | organisation | -
people | people | from: children, until: children
data | data categories | of: people
event | event | -
document | documents on file | -
record | document | on: document date
notice | document | on: document date
activity | activity | from: period of collection, until: period of collection
"""

NOT_COMPARED = {
    "excerpt": "says what a text cannot show: whether silence counts is read from it, and nothing is done by it",
    "defines": "names words; a change of what they mean shows in the clauses that use them",
    "dpv": "maps a term of a pack to another vocabulary",
    "fideslang": "maps a term of a pack to another vocabulary",
    "prefix": "belongs to a pack of rules",
    "edition": "belongs to a pack of rules",
    **dict.fromkeys(
        (
            "phrases", "heading", "beside", "lookalikes", "hedges", "negated", "takes", "gives", "accepts", "rejects",
            "lasts", "costs", "readable",
        ),
        "belongs to a cue or wording of a pack",
    ),
}  # fmt: skip
NOT_COMPARED_KINDS = {
    "cue": "a phrase by which packs read notices",
    "wording": "a phrase by which packs write notices",
    "term": "a word of a pack of rules",
    "pack": "a pack of rules",
}
NOT_COMPARED_TAILS = {
    ("activity", "also"): "another name of the same activity, by which the two sides are matched",
    ("organisation", "also"): "another name of the same body, by which the two sides are matched",
    ("organisations", "also"): "another name of the same bodies, by which the two sides are matched",
    ("team", "also"): "another name of the same team, by which the two sides are matched",
    ("people", "also"): "another name of the same people, by which the two sides are matched",
    ("data", "also"): "another name of the same data, by which the two sides are matched",
    ("event", "also"): "another name of the same moment, by which the two sides are matched",
    ("record", "also"): "another name of the same record",
    ("notice", "also"): "another name of the same notice",
}


def _listed(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(part.strip() for part in text.split(","))


def _pairs(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _listed(text))
    return {joint.strip(): topic.strip() for joint, _, topic in pairs}


def _topics() -> dict[str, Topic]:
    found = {}
    for line in _TOPICS.strip().splitlines():
        name, provisions, *lines = (part.strip() for part in line.split(" | "))
        means = {}
        for said in lines:
            kind, colon, rest = said.partition(": ")
            means[kind if colon and " " not in kind else ""] = rest if colon and " " not in kind else said
        found[name] = Topic(name, _listed(provisions), means)
    return found


def _verbs() -> dict[str, Compared]:
    found = {}
    for line in _VERBS.strip().splitlines():
        verb, topic, tails, keys, each, swaps, obliges = (part.strip() for part in line.split(" | "))
        found[verb] = Compared(
            topic, _pairs(tails), _listed(keys), "" if each == "-" else each, swaps == "swaps", _listed(obliges)
        )
    return found


def _declared() -> dict[str, tuple[str, dict[str, str]]]:
    rows = ([part.strip() for part in line.split(" | ")] for line in _DECLARED.strip().splitlines())
    return {kind: (topic, _pairs(tails)) for kind, topic, tails in rows}


TOPICS: dict[str, Topic] = _topics()
VERBS_COMPARED: dict[str, Compared] = _verbs()
DECLARED: dict[str, tuple[str, dict[str, str]]] = _declared()
