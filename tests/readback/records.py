"""Records as officers write them, made up: who does what with whose data, each topic stated, hedged, denied or not.

Unlike the registers of the testing kit, which only obey the table of clauses, these say what records do say, so that
a person who reads the notice that is written from one could tell what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from textwrap import indent
from typing import TypeVar

from attrs import define, field

T = TypeVar("T")

# A kind of work: titles, purposes, the people, and the data with what they hold.
WORK = {
    "survey": (
        ("Living by the river", "Going to school on foot", "Older people and the bus"),
        ("social-research", "market-research", "evaluation", "statistics"),
        ("People who take part", "Parents in the district", "Residents of the valley"),
        {
            "contacts": ("contact details", "name, email address, telephone number"),
            "answers": ("survey answers", "survey answers"),
            "tapes": ("recordings", "audio recording"),
            "health-notes": ("health answers", "survey answers, health"),
            "roots": ("background answers", "ethnicity, age, gender"),
            "replies": ("postcodes", "postcode"),
        },
    ),
    "shop": (
        ("Buying from our shop", "Our loyalty scheme", "Booking a table"),
        ("order-fulfilment", "customer-support", "direct-marketing", "service-improvement"),
        ("Customers", "Members of the scheme", "Guests"),
        {
            "contacts": ("contact details", "name, address, email address"),
            "orders": ("order details", "purchases, payment card"),
            "calls": ("call recordings", "audio recording"),
            "diets": ("dietary needs", "dietary requirements, health"),
            "visits": ("website logs", "IP address, behaviour"),
        },
    ),
    "staff": (
        ("Working for us", "Applying for a job with us", "Volunteering with us"),
        ("recruitment", "payroll", "employee-research", "fraud-prevention"),
        ("Employees", "Applicants", "Volunteers"),
        {
            "contacts": ("contact details", "name, address, telephone number"),
            "files": ("staff files", "employment history, references"),
            "absences": ("sickness records", "sickness absence, health"),
            "checks": ("criminal records checks", "criminal offence data"),
            "pay": ("pay details", "bank account, national insurance number"),
        },
    ),
    "service": (
        ("Housing advice", "Our youth club", "Family support"),
        ("service-delivery", "safeguarding", "advice", "audit"),
        ("Families that we help", "Tenants", "Young people at the club"),
        {
            "contacts": ("contact details", "name, address, email address"),
            "notes": ("case notes", "housing tenure, family details"),
            "needs": ("care notes", "care needs, health"),
            "faiths": ("faith details", "religion"),
            "photos": ("photographs", "photograph"),
        },
    ),
}  # fmt: skip
SPEAKERS = (
    ("Harbour Institute", "research organisation"),
    ("Vale Borough Council", "local authority"),
    ("Larch and Sons Ltd", "company"),
    ("Thistle Trust", "charity"),
    ("University of Northmoor", "university"),
    ("Pennywell Housing Association", "housing association"),
    ("Brightwater Books Ltd", "company"),
    ("Department for Tides", "government department"),
)
SUPPLIERS = (
    ("Quill Transcripts Ltd", "transcription service", "GB"),
    ("Northbank Hosting Ltd", "hosting provider", "GB"),
    ("Swiftpost Inc", "email provider", "US"),
    ("Fairfield Fieldwork Ltd", "research agency", "GB"),
    ("Cobalt Payments GmbH", "payment provider", "DE"),
    ("Tern Software Pty", "CRM provider", "AU"),
    ("Marlow Print Ltd", "print and mail house", "GB"),
)
OTHERS = (
    ("Copperfield Insurance plc", "insurer"),
    ("Moorland Police", "police"),
    ("Example Data Archive", "research archive"),
    ("Ashdown NHS Trust", "NHS body"),
    ("Ferry Credit Bureau Ltd", "company"),
    ("Skylark School", "school"),
)
CATEGORIES = ("auditors", "local authorities", "charities", "universities", "insurers")
COUNTRIES = ("US", "IN", "AU", "JP", "CA", "NZ", "BR")
SAFEGUARDS = ("idta", "uk addendum", "approval regulations", "binding corporate rules")
BASES = {
    "consent": "",
    "contract": "",
    "legal-obligation": ' under "{law}"',
    "public-task": ' under "{law}"',
    "legitimate-interests": ' in "{interest}"',
    "vital-interests": "",
}
LAWS = ("Care Act 2014", "Equality Act 2010", "Statistics and Registration Service Act 2007", "Housing Act 1996")
INTERESTS = ("running a safe and useful service", "knowing what our readers need", "evidence for better planning")
CONDITIONS = (
    ("9(2)(a)", None), ("9(2)(b)", "1"), ("9(2)(c)", None), ("9(2)(g)", "18"), ("9(2)(g)", "8"),
    ("9(2)(h)", "2"), ("9(2)(i)", "3"), ("9(2)(j)", "4"), ("9(2)(f)", None),
)  # fmt: skip
EVENTS = (
    ("The report is published", "2027-09-30"), ("The contract ends", None),
    ("The last interview is held", "2027-03-31"),
    ("You leave us", None), ("Your account is closed", None), ("The case is closed", None),
)  # fmt: skip
MEASURES = (
    "encryption", "access limits", "staff training", "locked storage", "penetration testing", "password protection",
    "firewall", "confidentiality agreement", "mfa",
)  # fmt: skip
RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection")
GIFTS = ("voucher", "prize draw", "gift card", "charity donation")
ACTIONS = ("delete", "destroy", "anonymise")


def record_of(seed: int, page: str = "") -> str:
    """The text of a record; `page` is the file of its notice, where it has one."""
    return _Officer(Random(seed), page).text()


@define
class _Officer:
    """Writes one record: first who and what there is, then what is done, topic by topic."""

    hand: Random
    page: str
    cast: list[str] = field(factory=list)
    bodies: dict[str, str] = field(factory=dict)
    events: list[int] = field(factory=list)

    def text(self) -> str:
        titles, purposes, people, kinds = WORK[self.one(sorted(WORK))]
        speaker, status = self.one(SPEAKERS)
        channels = self.channels(speaker)
        block = [f"contact {channels}"] if self.often() else []
        if self.often():
            block.append(f"dpo {self.way(self.one(('email', 'post', 'phone')), 'dpo', speaker)}")
        elif self.seldom():
            block.append("dpo none")
        self.declare("us", speaker, status, "GB", block)
        self.declare("regulator", "Information Commission", "regulator", "GB", [])
        self.cast.append(f'people members "{self.one(people)}" is {self.one(("adults", "adults", "children"))}')
        chosen = ["contacts", *self.some([key for key in kinds if key != "contacts"], 1, 3)]
        for key in chosen:
            form = self.one(("", "", "", " as pseudonymised"))
            self.cast.append(f'data {key} "{kinds[key][0].capitalize()}" of members{form} is {kinds[key][1]}')
        self.events = self.some(range(len(EVENTS)), 1, 3)
        for number in self.events:
            title, day = EVENTS[number]
            self.cast.append(f'event event-{number} "{title}"{f" on {day}" if day else ""}')
        title = self.one(titles)
        lines = self.activity(chosen, purposes, {key: kinds[key][1] for key in chosen})
        dated = f" on {self.one(('2026-10-05', '2025-03-31', '2026-01-01'))}" if self.often() else ""
        head = f'record works "{title}" of us under uk-gdpr 30(1){dated}'
        if self.page:
            head += f'\nnotice page "{self.page}" of work by us{dated}'
        return (
            "use uk-gdpr, dpa-2018\n\n" + head + "\n\n" + "\n".join(self.cast)
            + f'\n\nactivity work "{title}" {{\n' + indent("\n".join(lines), "  ") + "\n}\n"
        )  # fmt: skip

    def activity(self, data: list[str], purposes: Sequence[str], holds: dict[str, str]) -> list[str]:
        return [
            line
            for topic in (
                ["controller us"],
                self.purposes(purposes),
                self.bases(),
                self.conditions(holds),
                self.collecting(data),
                self.sharing(data),
                self.keeping(data),
                self.rights(),
                self.complaints(),
                self.rest(data),
            )
            for line in topic
        ]  # fmt: skip

    # ---- topics

    def purposes(self, known: Sequence[str]) -> list[str]:
        return [self.said(f"purpose {', '.join(self.some(known, 1, 2))}", "never purpose direct marketing")]

    def bases(self) -> list[str]:
        found = []
        for basis in self.some(sorted(BASES), 1, 2) if self.often() else []:
            tail = BASES[basis].format(law=self.one(LAWS), interest=self.one(INTERESTS)) if self.often() else ""
            found.append(f"lawful basis {basis}{tail}")
        if any("consent" in basis for basis in found) and self.often():
            found.append("withdrawal at any time")
        return found

    def conditions(self, holds: dict[str, str]) -> list[str]:
        kinds = [kind for kind in ("health", "religion", "ethnicity") if any(kind in held for held in holds.values())]
        if not kinds or not self.often():
            return []
        point, paragraph = self.one(CONDITIONS)
        under = f" under dpa-2018 schedule 1 paragraph {paragraph}" if paragraph and self.often() else ""
        return [f"condition {point} for {self.one(kinds)}{under}"]

    def collecting(self, data: list[str]) -> list[str]:
        found = [f"collects {', '.join(data)} from members"]
        if self.seldom():
            found.append(self.said(f"collects contacts from {self.body(OTHERS)}"))
        return found

    def sharing(self, data: list[str]) -> list[str]:
        if not self.often():
            return self.one((["discloses none", "transfers none"], []))
        found = []
        for supplier in self.some(SUPPLIERS, 0, 2):
            found.append(self.said(f"processor {self.body([supplier])} for us under contract"))
        for other in self.some(OTHERS, 0, 2):
            found.append(self.said(f"discloses {self.one(data)} to {self.body([other])}"))
        for kind in self.some(CATEGORIES, 0, 1):
            found.append(self.said(f"discloses {self.one(data)} to {kind.replace(' ', '-')}"))
        return [*found, *self.transfers(data)]

    def transfers(self, data: list[str]) -> list[str]:
        if not self.often():
            return [self.one(("transfers none", 'refers to "Data abroad" for transfers'))] if self.often() else []
        to = f" to {self.body(SUPPLIERS)}" if self.often() else ""
        under = f" under {self.one(SAFEGUARDS)}" if self.often() else ""
        return [self.said(f"transfers {self.one(data)}{to} in {self.one(COUNTRIES)}{under}", "transfers none")]

    def keeping(self, data: list[str]) -> list[str]:
        found = []
        for key in data:
            if self.seldom():
                continue
            end = self.one(
                (
                    f"for {self.one(('6 months', '2 years', '3 years', '18 months', '28 days', '7 years', '1 year'))}",
                    f"for {self.one(('6 months', '2 years', '30 days'))} after {self.event()}",
                    f"until {self.event()}",
                    f"for at most {self.one(('90 days', '12 months', '4 weeks'))}",
                    "indefinitely",
                )
            )  # fmt: skip
            then = f" then {self.one(ACTIONS)}" if self.often() and end != "indefinitely" else ""
            found.append(f"{'possibly ' if self.seldom() else ''}keeps {key} {end}{then}")
        if not found and self.often():
            found.append('refers to "Retention schedule" for keeps')
        return found

    def rights(self) -> list[str]:
        if not self.often():
            return [self.one(("", 'refers to "Your rights in full" for rights'))]
        chosen = self.some(RIGHTS, 2, 6)
        found = []
        for right in chosen:
            adverb = "possibly " if self.seldom() else "never " if right == "portability" and self.seldom() else ""
            found.append(f"{adverb}rights {right}")
        plain = [line.removeprefix("rights ") for line in found if line.startswith("rights ")]
        rest = [line for line in found if not line.startswith("rights ")]
        found = [f"rights {', '.join(plain)} within 1 month", *rest] if plain else rest
        if self.often():
            found.append("requests free to us by email within 1 month")
        return found

    def complaints(self) -> list[str]:
        found = []
        if self.often():
            found.append(
                self.one(("complaints to us by email within 30 days then acknowledge", "possibly complaints to us"))
            )
        if self.often():
            found.append("complaints to regulator by web")
        if not found and self.often():
            found.append('refers to "How to complain" for complaints')
        return found

    def rest(self, data: list[str]) -> list[str]:
        every = [
            self.said("requires contacts", "requires none"),
            self.said("automated decisions eligibility-assessment as solely automated", "automated decisions none"),
            self.said(f"security {', '.join(self.some(MEASURES, 1, 3))}"),
            self.said("further use of contacts for service-improvement", "never further use"),
            self.said(f"links contacts to {data[-1]}", f"never links contacts to {data[-1]}"),
            self.said(f"incentive {self.one(GIFTS)}", "incentive none"),
            self.said("recontacts members for future-research", "recontacts none"),
            self.said("uses cookies for analytics", "never uses cookies"),
            self.said("uses artificial intelligence for analysis", "never uses artificial intelligence"),
            f"sponsor {self.body(OTHERS)}",
            "permission voluntary from members",
            f"separates contacts from {data[-1]}",
        ]
        return [line for line in every if line and self.hand.random() < 0.4]

    # ---- helpers

    def said(self, line: str, denial: str = "") -> str:
        """The line as it is, hedged, or what denies it."""
        way = self.one(("stated", "stated", "stated", "stated", "hedged", "denied" if denial else "stated"))
        return denial if way == "denied" else f"possibly {line}" if way == "hedged" else line

    def event(self) -> str:
        return f"event-{self.one(self.events)}"

    def declare(self, name: str, title: str, status: str, place: str, block: list[str]) -> None:
        self.bodies[title] = name
        inner = " {\n  " + "\n  ".join(block) + "\n}" if block else ""
        self.cast.append(f'organisation {name} "{title}" is {status} in {place}{inner}')

    def body(self, known: Sequence[tuple[str, ...]]) -> str:
        title, status, *place = self.one(known)
        if title not in self.bodies:
            self.declare(f"body-{len(self.bodies)}", title, status, place[0] if place else "GB", [])
        return self.bodies[title]

    def channels(self, speaker: str) -> str:
        return ", ".join(self.way(kind, "privacy", speaker) for kind in self.some(("email", "post", "phone"), 1, 3))

    def way(self, kind: str, office: str, speaker: str) -> str:
        place = speaker.split()[0].lower()
        return {
            "email": f'email "{office}@{place}.example"',
            "phone": f'phone "0{self.hand.randint(1200, 1999)} {self.hand.randint(100000, 999999)}"',
            "post": f'post "{self.hand.randint(1, 90)} Quay Road, Tidewell, TW{self.hand.randint(1, 9)} 4AB"',
        }[kind]

    def one(self, known: Sequence[T]) -> T:
        return self.hand.choice(known)

    def some(self, known: Sequence[T], least: int, most: int) -> list[T]:
        return self.hand.sample(list(known), min(len(known), self.hand.randint(least, most)))

    def often(self) -> bool:
        return self.hand.random() < 0.75

    def seldom(self) -> bool:
        return self.hand.random() < 0.2
