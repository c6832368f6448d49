"""The report as JUnit XML: a suite for each rule that ran, found something or not, as evidence that it was asked.

A finding is a case that failed where the run fails by it, and one that passed with words beside it where it does not.
What is accepted is skipped, and so is a rule that did not apply. The element tree of Python writes it: what is needed
are five elements, and a library for them would choose its own bytes by what else is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from gdprlint.diagnostics import Diagnostic, Report
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.accepted import in_order, terms_of
from gdprlint.reporters.full import lines_of
from gdprlint.reporters.paths import in_project
from gdprlint.reporters.style import painter, shown
from gdprlint.reporters.window import source_of
from gdprlint.values import evolve

RUN = "gdprlint"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SKIPPED = {"did not apply": "did not apply to anything", "could not tell": "could not tell from the text"}
ELSEWHERE = "found something in files that were not asked for"


class Case(NamedTuple):
    """One case: its name, where it belongs, what came of it (an element, or nothing), and in which words."""

    name: str
    classname: str
    outcome: str = ""
    message: str = ""
    type: str = ""
    body: str = ""
    place: tuple[tuple[str, str], ...] = ()


def render(report: Report, options: RenderOptions) -> str:
    root = ElementTree.Element("testsuites", name=RUN)
    suites = _suites(report, options)
    for name in sorted(suites):
        _add_suite(root, _title(name, options), suites[name])
    if report.problems:
        _add_suite(root, RUN, [_problem(shown(p.message), shown(p.where)) for p in report.problems])
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return HEAD + text.encode("ascii", "xmlcharrefreplace").decode("ascii") + "\n"


def _suites(report: Report, options: RenderOptions) -> dict[str, list[Case]]:
    """The cases by code."""
    suites: dict[str, list[Case]] = {code: [] for code in report.judged.by_rule}
    for finding in report.findings:
        suites.setdefault(finding.code, []).append(_case(report, finding, options))
    for one in in_order(report):
        case = _case(report, one.finding, options)
        accepted = f"accepted {terms_of(one)}"
        suites.setdefault(one.finding.code, []).append(case._replace(outcome="skipped", message=accepted))
    for code, outcome in report.judged.by_rule.items():
        if not suites[code]:
            said = SKIPPED.get(outcome, "" if outcome == "passed" else ELSEWHERE)
            suites[code].append(Case(_title(code, options), RUN, "skipped" if said else "", said))
    return suites


def _title(code: str, options: RenderOptions) -> str:
    about = options.rules.get(code)
    return shown(f"{code} {about.name}" if about and about.name != code else code)


def _case(report: Report, finding: Diagnostic, options: RenderOptions) -> Case:
    path = shown(in_project(finding.span.path, options))
    line, _ = source_of(report, finding.span).place(finding.span.start)
    plain = evolve(options, color=False, width=None, links=False)
    return Case(
        shown(finding.message),
        path,
        "failure" if finding.severity >= options.fail_on else "",
        shown(f"{finding.message}: {finding.label}" if finding.label else finding.message),
        finding.severity.word,
        "\n".join(lines_of(report, finding, plain, painter(False))),
        (("file", path), ("line", str(line))),
    )


def _problem(message: str, where: str) -> Case:
    return Case(f"{message} ({where})" if where else message, RUN, "error", message, "problem")


def _add_suite(root: ElementTree.Element, name: str, cases: list[Case]) -> None:
    outcomes = Counter(case.outcome for case in cases)
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(outcomes["failure"]),
        errors=str(outcomes["error"]),
        skipped=str(outcomes["skipped"]),
    )
    for name, case in _named_apart(cases):
        about = {"name": name, "classname": case.classname, **dict(case.place)}
        element = ElementTree.SubElement(suite, "testcase", about)
        if case.outcome:
            inner = ElementTree.SubElement(element, case.outcome, message=case.message)
            if case.outcome != "skipped":
                inner.set("type", case.type)
            if case.outcome == "failure":
                inner.text = case.body
        if case.body and case.outcome != "failure":
            ElementTree.SubElement(element, "system-out").text = case.body


def _named_apart(cases: list[Case]) -> Iterator[tuple[str, Case]]:
    """Cases of one name and place get a number: platforms show one of them."""
    seen: Counter[tuple[str, str]] = Counter()
    for case in cases:
        seen[case.name, case.classname] += 1
        number = seen[case.name, case.classname]
        yield (case.name if number == 1 else f"{case.name} ({number})"), case
