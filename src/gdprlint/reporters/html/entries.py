"""Findings as a page shows them, in the groups in which people look for them: register, then activity.

Everything here is text that may be shown; what a name could do to a page is undone where the page is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gdprlint.background import Activity, Background, Party, Registered
from gdprlint.diagnostics import Diagnostic, Report, Severity, Suppressed
from gdprlint.reporters.accepted import where_of, with_place
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.html.excerpts import Excerpt, excerpts
from gdprlint.reporters.html.law import article
from gdprlint.reporters.style import is_rule, shown
from gdprlint.reporters.window import where
from gdprlint.values import field, frozen

NOBODY = "No controller named"
SEVERAL = "Of several organisations"
UNCITED = "No provision cited"
SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Information"}
SAFE, NEW = "the text means the same after it", "a suggestion: it says something new"
FINGERPRINT = re.compile(r"[0-9a-f]{8,}(-\d+)?", re.ASCII)
NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


@frozen
class Accepted:
    """Who has accepted a finding, why and until when; `how` tells where that is written."""

    how: str
    reason: str
    owner: str
    until: str
    where: str


@frozen
class Entry:
    """One finding. `parties` and `articles` are those under which it counts, by their full names.

    `changes` are what would answer it, each with whether the text would mean the same.
    """

    key: str
    code: str
    name: str
    severity: str
    word: str
    message: str
    title: str
    why: str
    law: str
    note: tuple[str, ...]
    help: tuple[str, ...]
    changes: tuple[str, ...]
    is_rule: bool
    excerpts: tuple[Excerpt, ...]
    parties: tuple[str, ...]
    articles: tuple[str, ...]
    accepted: Accepted | None = None


@frozen
class ActivityGroup:
    """The findings of one activity; without a title, those that are about none."""

    title: str
    parties: str
    entries: list[Entry]


@frozen
class RegisterGroup:
    key: str
    title: str
    root: str
    activities: list[ActivityGroup]

    @property
    def count(self) -> int:
        return sum(len(activity.entries) for activity in self.activities)


@frozen
class People:
    """Who is who in the registers; names alone where words of the sources are not to be shown."""

    background: Background
    show_source: bool
    _by_place: dict[tuple[str, str], Registered] = field(factory=dict, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for registered in self.background.registers:
            for path in registered.paths:
                self._by_place.setdefault((registered.name, path), registered)

    def register(self, finding: Diagnostic) -> Registered:
        """The register of a finding; one that nobody knows has the name that the finding gives."""
        name = finding.register
        return self._by_place.get((name, finding.span.path)) or Registered(name, name, frozenset(), {})

    def activity(self, finding: Diagnostic) -> Activity | None:
        return self.register(finding).activities.get(finding.activity) if finding.activity else None

    def title(self, finding: Diagnostic) -> str:
        """How the activity of a finding is called."""
        known = self.activity(finding)
        return shown(known.title if known and known.title and self.show_source else finding.activity)

    def answering(self, finding: Diagnostic) -> tuple[str, ...]:
        """Who answers for what the finding is about; about no activity, who alone answers in its register."""
        known = self.activity(finding)
        parties = known.parties if known else self.register(finding).parties
        names = tuple(dict.fromkeys(filter(None, map(self.called, parties))))
        return names if names and (known or len(names) == 1) else (SEVERAL if names else NOBODY,)

    def called(self, party: Party) -> str:
        return shown(party.title or party.name if self.show_source else party.name)


class Entries:
    """Makes entries of the findings of a report, each with a key of its own."""

    def __init__(self, report: Report, people: People, show_source: bool) -> None:
        self.report, self.people, self.show_source = report, people, show_source
        self.keys: dict[str, int] = {}

    def of(self, finding: Diagnostic, accepted: Accepted | None = None) -> Entry:
        rule = self.people.background.rules.get(finding.code)
        return Entry(
            self._key(finding),
            shown(finding.code),
            shown(finding.name),
            finding.severity.word,
            SEVERITIES[finding.severity],
            shown(finding.message),
            shown(rule.title) if rule else "",
            shown(rule.why) if rule else "",
            shown(spoken_together(finding.cites)),
            _lines(finding.note),
            _lines(finding.help),
            tuple(f"{shown(fix.message)} ({SAFE if fix.safe else NEW})" for fix in finding.fixes),
            is_rule(finding.code),
            excerpts(self.report, finding, self.show_source),
            self.people.answering(finding),
            tuple(dict.fromkeys(map(article, finding.cites))) or (UNCITED,),
            accepted,
        )

    def suppressed(self, item: Suppressed) -> Entry:
        return self.of(
            with_place(self.report, item),
            Accepted(
                where_of(item.kind),
                shown(item.justification),
                shown(item.owner),
                shown(item.until),
                where(self.report, item.span) if item.span else "",
            ),
        )

    def _key(self, finding: Diagnostic) -> str:
        """What a link to the finding ends in: its fingerprint, and a number where several have the same one."""
        name = finding.fingerprint
        if not FINGERPRINT.fullmatch(name):  # no name of a part of the page may come of it
            name = f"finding-{NOT_IN_A_NAME.sub('-', name)}"
        count = self.keys[name] = self.keys.get(name, 0) + 1
        return name if count == 1 else f"{name}.{count}"

    def grouped(self, findings: Iterable[Diagnostic]) -> list[RegisterGroup]:
        """The findings by register and activity, in the order of the report; first what is about no activity."""
        groups: dict[tuple[str, str], RegisterGroup] = {}
        inner: dict[tuple[str, str, str], ActivityGroup] = {}
        for finding in findings:
            registered = self.people.register(finding)
            place = (registered.name, registered.root)
            group = groups.get(place)
            if group is None:
                root = "" if registered.root in (registered.name, ".") else shown(registered.root)
                key = f"register-{len(groups) + 1}"
                group = groups[place] = RegisterGroup(key, titled(registered) or "Rules", root, [])
            activity = inner.get((*place, finding.activity))
            if activity is None:
                answering = "; ".join(self.people.answering(finding)) if finding.activity else ""
                activity = ActivityGroup(self.people.title(finding), answering, [])
                inner[*place, finding.activity] = activity
                group.activities.insert(0 if not finding.activity else len(group.activities), activity)
            activity.entries.append(self.of(finding))
        return [*groups.values()]


def titled(registered: Registered) -> str:
    """How a register is called: by its name, or as its one file is, with the folder of it."""
    folder, _, file = registered.root.rpartition("/")
    if not file.startswith(f"{registered.name}."):
        return shown(registered.name)
    return shown("/".join(filter(None, (folder.rpartition("/")[2], file))))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(shown(line) for line in text.replace("\r\n", "\n").split("\n") if line)
