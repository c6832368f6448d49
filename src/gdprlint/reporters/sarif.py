"""The report as SARIF 2.1.0, for platforms that keep findings and track them from run to run.

The log holds what is true of the texts and nothing of the machine or the hour, so that the same texts give the same
bytes. What could steer a reader is written out, a brace or a link of somebody's words is told from those of the
format, and the whole is ASCII. Words of the files stand in it only where a message or a fix needs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gdprlint import __version__
from gdprlint.diagnostics import Diagnostic, Fix, Problem, Report, Severity, Suppressed
from gdprlint.reporters import RenderOptions
from gdprlint.reporters.about import AboutRule
from gdprlint.reporters.accepted import in_order
from gdprlint.reporters.citations import spoken_together
from gdprlint.reporters.paths import in_project, is_whole, uri
from gdprlint.reporters.style import rule_page, shown
from gdprlint.text import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
FINGERPRINT = "gdprlint/v1"
"""INVARIANT: raised whenever fingerprints are made otherwise, so that none is held against one of another make."""

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
PROBLEM_LEVELS = {"error": "error", "warning": "warning", "info": "recommendation"}
MOST_TAGS = 20  # GitHub takes no more

UNREADABLE = AboutRule(
    "syntax",
    "syntax",
    "Text that cannot be read as it stands",
    "What cannot be read is not judged. The rest of the text is.",
    pack="core",
    topic="syntax",
)


def render(report: Report, options: RenderOptions) -> str:
    suppressed = in_order(report)
    findings = [*report.findings, *(one.finding for one in suppressed)]
    rules = _rules(findings, options)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [_result(report, finding, numbers, options) for finding in report.findings]
    if suppressed:
        for result in results:
            result["suppressions"] = []  # the standard: said of all results, or of none
        for one in suppressed:
            result = _result(report, one.finding, numbers, options)
            results.append({**result, "suppressions": [_suppression(report, one, options)]})
    run = {
        "tool": {
            "driver": {"name": "gdprlint", "version": __version__, "semanticVersion": __version__, "rules": rules}
        },
        "automationDetails": {"id": shown(f"gdprlint/{options.folder}/" if options.folder else "gdprlint/")},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder of the project."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"asOf": report.judged.as_of, "packs": [shown(pack) for pack in report.judged.packs]},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


# ---- rules


def _rules(findings: Iterable[Diagnostic], options: RenderOptions) -> list[dict[str, Any]]:
    """A descriptor for each code that is found, in order."""
    first: dict[str, Diagnostic] = {}
    for finding in findings:
        first.setdefault(finding.code, finding)
    return [_rule(options.rules.get(code) or _of_finding(first[code]), first[code]) for code in sorted(first)]


def _of_finding(finding: Diagnostic) -> AboutRule:
    """What is known of a rule that the library does not have, from one of its findings."""
    if finding.code == UNREADABLE.code:
        return UNREADABLE
    title = finding.name.replace("-", " ").capitalize() or finding.code
    return AboutRule(finding.code, finding.name, title, "", finding.severity.word, finding.pack, finding.topic)


def _rule(about: AboutRule, finding: Diagnostic) -> dict[str, Any]:
    title = f"{about.title}."
    tags = dict.fromkeys(filter(None, (about.topic, about.pack, *about.cites)))
    address = rule_page(finding)
    return {
        "id": shown(about.code),
        "name": shown(about.name),
        "shortDescription": {"text": _text(title)},
        "fullDescription": {"text": _text(about.why or title)},
        "help": {"text": _lines(about.text or title), "markdown": _lines(about.markdown or title)},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": LEVELS[about.severity]},
        "properties": {
            "tags": [shown(tag) for tag in tags][:MOST_TAGS],
            "problem.severity": PROBLEM_LEVELS[about.severity],
            "law": spoken_together(about.cites),
        },
    }


# ---- results


def _result(report: Report, finding: Diagnostic, numbers: dict[str, int], options: RenderOptions) -> dict[str, Any]:
    said = f"{finding.message}: {finding.label}" if finding.label else finding.message
    code = shown(finding.code)
    result: dict[str, Any] = {
        "ruleId": code,
        "ruleIndex": numbers[code],
        "level": LEVELS[finding.severity.word],
        "message": {"text": _text(said)},
        "locations": [_location(report, finding.span, options)],
    }
    logical = _logical(report, finding)
    if logical:
        result["locations"][0]["logicalLocations"] = logical
    if finding.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(report, label.span, options, label.message)}
            for number, label in enumerate(finding.labels, 1)
        ]
    if finding.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    fixes = [_fix(report, fix, options) for fix in finding.fixes if options.show_source and _can_be_told(report, fix)]
    if fixes:
        result["fixes"] = fixes
    about = {"help": finding.help, "note": finding.note, "law": spoken_together(finding.cites), "name": finding.name}
    result["properties"] = {key: _lines(text) for key, text in about.items() if text}
    return result


def _logical(report: Report, finding: Diagnostic) -> list[dict[str, str]]:
    """The activity that a finding is of, and the cell of a workbook that it stands in."""
    found = [{"name": shown(finding.activity), "kind": "activity"}] if finding.activity else []
    source = report.sources.get(finding.span.path)
    cell = source.cell(finding.span.start) if source is not None else None
    if cell is not None:
        found.append({"name": cell.name, "fullyQualifiedName": shown(cell.address), "kind": "cell"})
    return found


def _location(report: Report, span: Span, options: RenderOptions, said: str = "") -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(span.path, options)}
    region = _region(report, span)
    if region:
        place["region"] = region
    return {"physicalLocation": place, **({"message": {"text": _text(said)}} if said else {})}


def _artifact(path: str, options: RenderOptions) -> dict[str, str]:
    path = in_project(path, options)
    return {"uri": uri(path)} if is_whole(path) else {"uri": uri(path), "uriBaseId": BASE}


def _region(report: Report, span: Span) -> dict[str, int] | None:
    """A place counted from 1 in characters, its end exclusive; None in a file whose text is not at hand.

    In a workbook, which has no lines, it is the cell, whose row is the line: `_logical` names it.
    """
    source = report.sources.get(span.path)
    if source is None:
        return None
    line, column, end_line, end_column = source.extent(span.start, max(span.start, span.end))
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _suppression(report: Report, one: Suppressed, options: RenderOptions) -> dict[str, Any]:
    terms = {"owner": one.owner, "until": one.until, "by": one.kind}
    return {
        "kind": "inSource" if one.kind == "allow" else "external",
        "status": "accepted",
        **({"justification": shown(one.justification)} if one.justification else {}),
        **({"location": _location(report, one.span, options)} if one.span else {}),
        "properties": {key: shown(text) for key, text in terms.items() if text},
    }


def _fix(report: Report, fix: Fix, options: RenderOptions) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement: dict[str, Any] = {"deletedRegion": _region(report, edit.span)}
        if edit.text:
            replacement["insertedContent"] = {"text": edit.text}
        changes.setdefault(edit.span.path, []).append(replacement)
    return {
        "description": {"text": _text(fix.message)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path, options), "replacements": replacements}
            for path, replacements in changes.items()
        ],
        "properties": {"safe": fix.safe},
    }


def _can_be_told(report: Report, fix: Fix) -> bool:
    """A fix is told to the letter and the place or not at all; half a surrogate pair is no letter to most programs."""
    return bool(fix.edits) and all(
        edit.span.path in report.sources and not any("\ud800" <= c <= "\udfff" for c in edit.text) for edit in fix.edits
    )


# ---- the run


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.problems,
        "toolExecutionNotifications": [_notification(problem) for problem in report.problems],
    }


def _notification(problem: Problem) -> dict[str, Any]:
    said = f"{problem.message} ({problem.where})" if problem.where else problem.message
    return {"level": LEVELS[Severity.ERROR.word], "message": {"text": _text(said)}}


def _text(text: str) -> str:
    """Words as a message of the format: braces are placeholders there, `](` makes a link."""
    return shown(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _lines(text: str) -> str:
    """A page of several lines; it holds no message of the format, but for its control characters it is left alone."""
    return "\n".join(shown(line) for line in text.split("\n"))
