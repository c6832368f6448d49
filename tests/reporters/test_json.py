"""The report as JSON: a promise to programs."""

from __future__ import annotations

import json

from gdprlint.diagnostics import Diagnostic, Edit, Fix, Judged, Problem, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Source, Span

from .making import finding, label, report, span

SOURCE = Source("records/a.gdpr", "activity a {\n  keeps names\n}\n")
WHOLE = report(
    Diagnostic(
        code="UK901",
        name="special-category-no-condition",
        severity=Severity.WARNING,
        message="“a” states no condition",
        span=span(SOURCE, "names\n}"),
        label="is not in JSON",
        help="state one",
        cites=("uk-gdpr 9(1)", "dpa-2018 section 10"),
        labels=(label(SOURCE, "activity", "here"),),
        activity="a",
        register="records",
        fingerprint="0123456789abcdef",
        pack="uk-gdpr",
        fixes=(Fix("write `health`", (Edit(span(SOURCE, "names"), "health"),)),),
    ),
    sources=(SOURCE,),
    problems=(Problem("cannot be read", "records/b.pdf"),),
    totals=Judged(14, 1, ("uk-gdpr", "mrs-code"), "2026-11-21", 212, 31, 5),
)


def test_the_keys_and_their_order_are_a_promise() -> None:
    assert (
        render(WHOLE, "json", RenderOptions())
        == """\
{
  "version": 1,
  "findings": [
    {
      "code": "UK901",
      "name": "special-category-no-condition",
      "severity": "warning",
      "path": "records/a.gdpr",
      "line": 2,
      "column": 9,
      "end_line": 3,
      "end_column": 2,
      "message": "“a” states no condition",
      "help": "state one",
      "cites": [
        "uk-gdpr 9(1)",
        "dpa-2018 section 10"
      ],
      "labels": [
        {
          "path": "records/a.gdpr",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 9,
          "message": "here"
        }
      ],
      "activity": "a",
      "fingerprint": "0123456789abcdef",
      "fixes": [
        {
          "message": "write `health`",
          "safe": false,
          "edits": [
            {
              "path": "records/a.gdpr",
              "line": 2,
              "column": 9,
              "end_line": 2,
              "end_column": 14,
              "text": "health"
            }
          ]
        }
      ]
    }
  ],
  "judged": {
    "files": 14,
    "files_with_findings": 1,
    "packs": [
      "uk-gdpr",
      "mrs-code"
    ],
    "as_of": "2026-11-21",
    "rules": 212,
    "not_applied": 31,
    "cannot_tell": 5,
    "strictness": "auditor",
    "left_out": 0
  },
  "problems": [
    {
      "message": "cannot be read",
      "where": "records/b.pdf"
    }
  ],
  "suppressed": []
}
"""
    )


def test_options_for_people_change_nothing() -> None:
    for_people = RenderOptions(color=True, width=20, show_source=False, links=True)
    assert render(WHOLE, "json", for_people) == render(WHOLE, "json", RenderOptions())


def test_an_empty_report_has_all_keys() -> None:
    empty = json.loads(render(report(), "json", RenderOptions()))
    assert list(empty) == ["version", "findings", "judged", "problems", "suppressed"]
    assert empty["findings"] == empty["problems"] == []


STEERING = "names\x1b[2J\x7f\u009b\u202e\u2028\ud800\U000e0041 é連"


def test_what_steers_a_terminal_is_escaped_and_comes_back_the_same() -> None:
    text = render(report(finding(Span("a.gdpr", 0, 0), message=STEERING)), "json", RenderOptions())
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["findings"][0]["message"] == STEERING


def test_other_letters_than_ascii_are_written_as_they_are() -> None:
    text = render(report(finding(Span("a.gdpr", 0, 0), message=STEERING)), "json", RenderOptions())
    assert r"\udb40\udc41 é連" in text
