"""The checks of the reader, described as rules are.

They run beside the rules and cannot be written in the language, since what they look for never
reaches the model, or is said on two sides at once. Here they get what every rule has: a title, a
reason, and a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from gdprlint.diagnostics import Severity
from gdprlint.model.things import Thing
from gdprlint.rules.rule import Context, Draft, Rule


def _told_by_the_reader(subject: Thing, ctx: Context) -> Iterable[Draft]:
    return ()


def _check(
    code: str, name: str, title: str, why: str, severity: Severity = Severity.ERROR, topic: str = "reference"
) -> Rule:
    return Rule(
        code, name, title, why, (), severity, "nothing that a rule is handed", _told_by_the_reader,
        pack="core", topic=topic, silence=frozenset(),
    )  # fmt: skip


CHECKS = (
    _check("REC001", "name-not-declared", "A name that is declared nowhere",
           "What a clause says of a name means nothing until the register says who or what bears it."),
    _check("REC002", "word-not-known", "A word that is no term of its list",
           "Rules reason about the words of the vocabulary. A word of one's own belongs in quotes, where it is "
           "taken as it stands."),
    _check("REC003", "word-out-of-place", "A word of another list",
           "The word is known, and means something that cannot stand here."),
    _check("REC004", "name-declared-twice", "A name that is declared twice",
           "Two things of one name cannot be told apart by any clause or rule."),
    _check("REC005", "pack-not-installed", "A rule pack that is not installed",
           "The record asks to be judged by rules that are not there: nothing is judged by them."),
    _check("REC006", "margin-words-not-found", "Quoted words that do not stand where the margin says",
           "The margin is the evidence for its clause. Words that are no longer there mean that the source was "
           "changed, or the line mistaken.", Severity.WARNING),
    _check("REC007", "margin-past-the-end", "A margin that points past the end of the source",
           "The source has fewer lines than the margin says: it was changed, or the line mistaken.", Severity.WARNING),
    _check("REC008", "source-not-found", "The file of a notice cannot be read",
           "The record names a file as its notice that is not there, lies outside the project or cannot be read as a "
           "notice: nobody can hold the record or its margins against it.", Severity.WARNING),
    _check("REC009", "rule-in-record", "A rule among the records",
           "What judges a register is chosen by whoever runs the check, not by what is judged.", Severity.INFO),
    _check("REC010", "record-and-notice-differ", "A record and its notice that say different things",
           "People are told one thing and another is done. A notice that is `of` an activity is held against it: "
           "what Articles 13 and 14 oblige to tell and it does not, what it tells and the record does not hold, and "
           "what the two say otherwise. What a rule of its own reports is left to that rule.", Severity.WARNING),
    _check("REC011", "no-whole-notice", "A page that is no notice, a part of one, or one under other law",
           "What a page leaves out counts only where it is a whole notice under the law of the packs. What kind of "
           "page it is, its own words tell.", Severity.INFO),
    _check("REC012", "exception-ill-formed", "An exception that is not well-formed",
           "Whoever writes `allow` means that a finding is accepted. Unless it is written as exceptions are, nobody "
           "can tell which finding, so it takes none out.", topic="exceptions"),
    _check("REC013", "exception-without-reason", "An exception that gives no reason",
           "Whoever accepts a risk has to be able to say why (Article 5(2)). An exception without a reason takes no "
           "finding out.", topic="exceptions"),
    _check("REC014", "exception-of-unknown-rule", "An exception of a rule that there is not",
           "A rule that no pack has reports nothing that could be accepted: the name is misspelt, or the pack that had "
           "it is gone.", topic="exceptions"),
    _check("REC015", "exception-date-malformed", "An exception whose end is no date",
           "An end that cannot be read would never come, so the exception takes no finding out.", topic="exceptions"),
    _check("REC016", "exception-expired", "An exception that has ended",
           "The risk was accepted until a day that has passed. What it covers is reported again, until it is mended or "
           "accepted anew.", Severity.WARNING, "exceptions"),
    _check("REC017", "exception-unused", "An exception that covers no finding",
           "What was accepted is no longer there. Left in place, the exception would hide the next finding of its "
           "rule.",
           Severity.WARNING, "exceptions"),
    _check("REC018", "exception-not-in-base", "An exception that the trusted revision does not have",
           "With `--trust-exceptions-from` a change cannot exempt itself: an exception counts once it stands in the "
           "revision that is trusted.", Severity.INFO, "exceptions"),
)  # fmt: skip
