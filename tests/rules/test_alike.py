"""What a rule is not asked, because of what is said or because of what was answered before, changes no finding.

Rules tell what they need of a subject (`Needs`), and the judge leaves out what cannot matter. Here every register is
judged a second time with rules that tell nothing and are asked everything. Each register comes with copies of itself
under other names, so that there is something to remember. Which rules "could not tell" is not compared: a rule that is
not asked, since something it needs is not said, does not count as one that could not tell.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from gdprlint.judging.judge import Outcome, in_force, judge_register
from gdprlint.language.reading import read
from gdprlint.readers.register import read_file
from gdprlint.rules.declared import declared
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Rule
from gdprlint.testing.strategies.registers import reading_of, register_by
from gdprlint.text import Source
from gdprlint.values import evolve
from tests.library import cases, whole_library
from tests.sampling import ALL, some_of

WORST = Path(__file__).parents[1] / "worst"
DAYS = tuple(map(date.fromisoformat, ("2018-05-25", "2021-01-01", "2026-03-01", "2026-11-21")))
COPIES = 2


def library() -> Library:
    return whole_library()


def judged(texts: dict[str, str], rules: list[Rule], day: date) -> Outcome:
    reading = reading_of([read_file(Source(path, text)) for path, text in texts.items()])
    return judge_register(reading.register, rules, day)


def with_copies(texts: dict[str, str]) -> dict[str, str]:
    """The files, and each of them again with every name changed that they declare."""
    things = reading_of([read_file(Source(path, text)) for path, text in texts.items()]).register.things
    names = sorted({re.escape(thing.name) for thing in things if thing.kind != "term"}, key=len, reverse=True)
    if not names:
        return texts
    declared = re.compile(rf"(?<![\w.-])({'|'.join(names)})(?![\w.-])")
    again = {
        f"copy-{number}-{path}": declared.sub(rf"\1-of-copy-{number}", text)
        for number in range(COPIES)
        for path, text in texts.items()
    }
    return {**texts, **again}


def differences(texts: dict[str, str], day: date) -> list[str]:
    rules = in_force(library().rules, day)
    asked = judged(texts, rules, day)
    everything = judged(texts, [evolve(rule, needs=None) for rule in rules], day)
    told = [{f"{f.span.path}:{f.span.start} {f.code} {f.message}" for f in o.findings} for o in (asked, everything)]
    assert asked.problems == everything.problems == ()
    return [
        *(f"not found any more: {line}" for line in sorted(told[1] - told[0])),
        *(f"found of late: {line}" for line in sorted(told[0] - told[1])),
        *(f"said not to apply: {code}" for code in sorted(everything.applied - asked.applied)),
    ]


REGISTERS = sorted(mark.parent.name for mark in WORST.glob("*/gdprlint.toml"))


@pytest.mark.parametrize("register", REGISTERS)
def test_the_worst_registers_are_told_the_same(register: str) -> None:
    texts = {path.name: path.read_text("utf-8") for path in sorted((WORST / register).glob("*.gdpr"))}
    days = DAYS if ALL else (DAYS[REGISTERS.index(register) % 3], DAYS[-1])

    assert [line for day in days for line in differences(with_copies(texts), day)] == []


@pytest.mark.parametrize("seed", range(24))
def test_any_register_is_told_the_same(seed: int) -> None:
    texts = register_by(Random(seed)).texts

    assert differences(with_copies(texts), DAYS[seed % len(DAYS)]) == []


def examples() -> dict[str, dict[str, str]]:
    """Examples of each topic of each pack, one register a topic: a file for each example, with its own names."""
    topics: dict[str, dict[str, str]] = {}
    for case in cases():
        for example in some_of(case.examples):
            files = topics.setdefault(f"{case.pack}/{case.topic}", {})
            files[f"{example.rule}-{example.kind}-{example.number}.gdpr"] = example.text
    return topics


EXAMPLES = examples()


@pytest.mark.parametrize("topic", EXAMPLES)
def test_examples_side_by_side_are_told_the_same(topic: str) -> None:
    cast = library_cast(topic.partition("/")[0])
    named = {}
    for path, text in EXAMPLES[topic].items():
        for activity in re.findall(r"^\s*activity ([\w-]+)", text, re.MULTILINE):
            text = re.sub(rf"\b{activity}\b", f"{activity}-{path[:-5].lower()}", text)
        named[path] = text

    assert differences({"cast.gdpr": cast, **named}, DAYS[-1]) == []


@cache
def library_cast(pack: str) -> str:
    folders = {known.name: known.folder for known in library().packs}
    for name in (pack, "core"):
        found = sorted(folders[name].rglob("cast.gdpr"))
        if found:
            return found[0].read_text("utf-8")
    raise AssertionError("there is no cast")


# ---- what may not be taken for alike: the first activity is in order, the second is not

RULE = """\
rule ZZ1 told-apart {{
  title     "A title"
  why       "A reason."
  cites     uk-gdpr 5(1)(a)
  silence counts in art30-1
  severity  error

{lines}
  says      "{{activity}}"
}}
"""
NAMES = """\
organisation one is company
organisation two is company
organisation mailer "Mailer" is company
organisation caller "Caller" is company
team helpers of one
team others of two
people participants
data answers of participants is survey answers
data scores of participants is survey answers
data illnesses of participants is health
"""


def where(condition: str) -> str:
    """The lines of a rule that asks this of activities."""
    return f"  for each  activity\n  where     {condition}\n  at        activity\n"


CASES = {
    "a name that another declaration speaks of": (
        "  for each  t in activity.opens.to\n  expect    some f in t.of is in activity.controller\n  at        t\n",
        "activity first { controller one\n opens answers to helpers }",
        "activity second { controller two\n opens answers to helpers }",
    ),
    "which of two alike is said where": (
        "  for each  activity\n  where     activity.discloses is stated\n"
        "  expect    activity.discloses.data is in activity.collects.data\n  at        activity\n",
        "activity first { collects answers\n discloses answers to mailer }",
        "activity second { collects answers\n discloses scores to mailer }",
    ),
    "what a thing is called, where a rule looks at the words": (
        '  for each  p in activity.discloses.to\n  where     p matches "Caller"\n  at        p\n',
        "activity first { discloses answers to mailer }",
        "activity second { discloses answers to caller }",
    ),
    "the words of a quote, where a rule looks at them": (
        '  for each  p in activity.purpose\n  where     p matches "sleep"\n  at        p\n',
        'activity first { purpose "how people travel" }',
        'activity second { purpose "how people sleep" }',
    ),
    "two quotes that are one, and two that are not": (
        "  for each  p in activity.purpose\n  for each  d in activity.discloses\n  where     d.for is in p.purpose\n"
        "  at        p\n",
        'activity first { purpose "sleep"\n discloses answers to mailer for "travel" }',
        'activity second { purpose "sleep"\n discloses answers to mailer for "sleep" }',
    ),
    "what other activities say of the same data": (
        "  for each  d in activity.collects.data\n  expect    d.keeps is stated\n  at        d\n",
        "activity first { collects answers }\nactivity kept { keeps answers for 1 year }",
        "activity second { collects scores }",
    ),
    "a name that other activities say of the same data": (
        "  for each  d in activity.collects.data\n  for each  p in activity.discloses.to\n"
        "  expect    p is in d.opens.to\n  at        p\n",
        "activity first { collects answers\n discloses answers to mailer }\nactivity kept { opens answers to mailer }",
        "activity second { collects answers\n discloses answers to caller }",
    ),
    "a name that the document says somewhere": (
        "  for each  d in activity.collects.data\n  expect    some k in activity.document.activities.keeps\n"
        "              satisfies d is in k.data\n  at        d\n",
        "record register of one under uk-gdpr 30(1)\nactivity first { collects answers }\n"
        "activity kept { keeps answers for 1 year }",
        "activity second { collects scores }",
    ),
    "a name that counts to the word here, and is the same there": (
        '  for each  k in activity.keeps\n  where     k.data matches "answers"\n'
        "  expect    some c in activity.collects satisfies k.data is in c.data\n  at        k\n",
        "activity first { collects answers\n keeps answers for 1 year }",
        "activity second { collects scores\n keeps answers for 1 year }",
    ),
    "what stands in the activity itself and what stands around it": (
        "  for each  p in activity.purpose\n  for each  s in activity.sends\n"
        "  where     p.activity is s.activity\n  at        p\n",
        "activity around-first { purpose research\n activity first { sends letters to participants by post } }",
        "activity around-second { activity second { purpose research\n sends letters to participants by post } }",
    ),
    "when the activity begins in which a clause stands": (
        "  for each  k in activity.keeps\n  where     k.activity.from < 2026-01-01\n  at        k\n",
        "activity around-first from 2025-01-01 { activity first from 2026-02-01 { keeps answers for 1 year } }",
        "activity around-second from 2025-01-01 { activity second from 2025-02-01 { keeps answers for 1 year } }",
    ),
    "what the activity around says": (
        "  for each  activity\n  where     activity.outer.controller is in activity.outer.sponsor\n"
        "  at        activity\n",
        "activity around-first { controller one\n sponsor two\n activity first { collects answers } }",
        "activity around-second { controller one\n sponsor one\n activity second { collects answers } }",
    ),
    "what is said twice": (
        "  for each  c in activity.repeats\n  where     c is not blank\n  at        c\n",
        'activity first { purpose "sleep"\n purpose "travel" }',
        'activity second { purpose "sleep"\n purpose "sleep" }',
    ),
    "a tail of some clause": (
        "  for each  activity\n  where     some c in activity.clauses satisfies c.until is stated\n"
        "  at        activity\n",
        "activity first { collects answers from participants }",
        "activity second { collects answers from participants until 2026-05-01 }",
    ),
    "a term among clauses of which most are none": (
        "  for each  activity\n  where     some c in activity.clauses satisfies c is stated and c is encryption\n"
        "  at        activity\n",
        "activity first { collects answers\n security access control\n sends letters to participants }",
        "activity second { collects answers\n security access control, encryption\n sends letters to participants }",
    ),
    "what other activities say, where the first condition looks at names only": (
        "  for each  d in activity.collects.data\n  where     d is not in activity.discloses.data\n"
        "  expect    d.keeps is stated\n  at        d\n",
        "activity first { collects answers }\nactivity kept { keeps answers for 1 year }",
        "activity second { collects scores }",
    ),
    "a name of which the first condition holds, where it does not of the other": (
        "  for each  d in activity.collects.data\n  where     d is not in activity.discloses.data\n"
        "  expect    d.keeps is stated\n  at        d\n",
        "activity first { collects answers\n discloses answers to mailer }",
        "activity second { collects answers\n discloses scores to mailer }",
    ),
    "a period that a parameter of the rule is held against": (
        "  parameter longest 2 years\n  for each  k in activity.keeps\n  where     k.for > longest\n"
        "  expect    k.data.collects is stated\n  at        k\n",
        "activity first { keeps answers for 1 year }",
        "activity second { keeps answers for 3 years }",
    ),
    "a clause that cannot be read": (
        "  for each  activity\n  where     activity.collects is stated\n  expect    activity.harm is stated\n"
        "  at        activity\n",
        "activity first { collects answers\n harms none }",
        "activity second { collects answers }",
    ),
    "what its document says": (
        "  for each  activity\n  where     activity.document.contact is stated and activity.harm is stated\n"
        "  at        activity\n",
        'record register of one under uk-gdpr 30(1) { contact email "a@example.org" }\n'
        "activity first { collects answers }",
        'activity second { collects answers\n harm "stress" }',
    ),
    "a denial that names them": (
        '  for each  n in activity.never-discloses\n  where     n.data matches "scores"\n  at        n\n',
        "activity first { never discloses answers }",
        "activity second { never discloses scores }",
    ),
    "another kind of data that are handled": (
        "  for each  d in activity.data\n  where     d is health\n  at        d\n",
        "activity first { keeps answers for 1 year }",
        "activity second { keeps illnesses for 1 year }",
    ),
    "data that are denied, and data that are handled": (
        "  for each  d in activity.data\n  where     d is health\n  at        d\n",
        "activity first { collects answers\n never keeps illnesses }",
        "activity second { collects answers\n keeps illnesses for 1 year }",
    ),
    "data that are perhaps handled": (
        "  for each  activity\n  where     some d in activity.data satisfies d is hedged\n  at        activity\n",
        "activity first { collects answers }",
        "activity second { collects possibly answers }",
    ),
    "which data are handled here and kept there": (
        "  for each  activity\n  expect    every k in activity.keeps satisfies k.data is in activity.collects.data\n"
        "  where     some d in activity.data satisfies d is survey answers\n  at        activity\n",
        "activity first { collects answers\n keeps answers for 1 year }",
        "activity second { collects answers\n keeps scores for 1 year }",
    ),
    "a tail of some clause, where a rule looks at clauses that have it": (
        "  for each  activity\n  for each  c in activity.clauses\n  for each  u in c.under\n"
        '  where     u matches "contract"\n  at        u\n',
        'activity first { opens answers to mailer under "a licence" }',
        'activity second { opens answers to mailer under "a contract" }',
    ),
    "the same clause, which stands here and not around": (
        "  for each  c in activity.own\n  for each  u in c.under\n  where     u is stated\n  at        u\n",
        'activity around-first { opens answers to mailer under "a licence"\n activity first { harm none } }',
        'activity around-second { activity second { opens answers to mailer under "a licence"\n harm none } }',
    ),
    "what clauses without the tail come to": (
        "  for each  activity\n  where     no c in activity.own satisfies c.until is silent\n  at        activity\n",
        "activity first { collects answers until 2026-05-01\n harm none }",
        "activity second { collects answers until 2026-05-01 }",
    ),
    "something that is denied beside what says it": (
        "  for each  n in activity.denied\n  where     n is none\n  at        n\n",
        "activity first { opens answers to mailer\n opens scores to mailer }",
        "activity second { opens answers to mailer\n never opens scores to mailer }",
    ),
    "a repetition of what is said around": (
        "  for each  c in activity.repeats\n  where     c is not blank\n  at        c\n",
        "activity around-first { harm none\n activity first { collects answers } }",
        "activity around-second { harm none\n activity second { harm none } }",
    ),
    "letters in own words": (
        where('some c in activity.own satisfies c matches "\\bholder"'),
        'activity first { purpose "a survey" }',
        'activity second { purpose "a Holder" }',
    ),
    "letters in a title": (
        where('activity.controller matches "acme"'),
        "activity first { controller mailer }",
        'organisation maker "Acme" is company\nactivity second { controller maker }',
    ),
    "letters in the name of a thing": (
        where('some d in activity.data satisfies d matches "scores"'),
        "activity first { collects answers }",
        "activity second { collects scores }",
    ),
    "letters of a term that is written otherwise": (
        where('some b in activity.lawful-basis satisfies b matches "public task"'),
        "activity first { lawful basis 6(1)(a) }",
        "activity second { lawful basis 6(1)(e) }",
    ),
    "letters of a unit": (
        where('some k in activity.keeps satisfies k.for matches "years$"'),
        "activity first { keeps answers for 7 months }",
        "activity second { keeps answers for 2 year }",
    ),
    "letters of a division": (
        where('some k in activity.purpose satisfies k.under matches "^dpa.2018 section"'),
        "activity first { purpose research under 6(1) }",
        "activity second { purpose research under section 19 }",
    ),
    "a longer period": (
        "  for each  k in activity.keeps\n  where     k.for > 2 years\n  at        k\n",
        "activity first { keeps answers for 1 year }",
        "activity second { keeps answers for 3 years }",
    ),
}


@pytest.mark.parametrize(("lines", "first", "second"), CASES.values(), ids=CASES)
def test_what_differs_to_a_rule_is_told_apart(lines: str, first: str, second: str) -> None:
    source = Source("zz.gdpr", RULE.format(lines=lines))
    rule, faults = declared(read(source).tree.items[0], source, library().vocabulary)
    assert rule is not None, faults
    alike = first.replace("first", "again").replace("kept", "kept-again")
    outcome = judged({"a.gdpr": "\n".join([NAMES, first, alike, second])}, [rule], DAYS[-1])

    assert {f.message for f in outcome.findings if f.code == "ZZ1"} == {"second"}
