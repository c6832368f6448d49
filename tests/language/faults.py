"""Texts with and without faults, and what is told of them."""

from __future__ import annotations

from textwrap import dedent

from gdprlint.diagnostics import Diagnostic
from gdprlint.language.recovery import recover
from gdprlint.text import Source

from .planting import register

RULE = """\
rule UK901 special-category-no-condition {
  title     "Special category data without a condition"
  why       "A lawful basis does not lift the ban: `condition "9(2)"` has
             to be met as well."
  cites     uk-gdpr 9(1), uk-gdpr 9(2)
  judges    record, notice
  silence counts in art30-1, notice
  severity  error
  severity  info where no d in activity.data is special category data
  in force  from 2018-05-25 until 2020-12-31 under eu-gdpr 9(1)

  for each  activity
  where     some d in activity.data is possibly special category data
  expect    activity.condition is stated and (count activity.keeps > 0 or not activity.purpose is research)
  at        d, activity.condition "here"
  says      "{activity} uses {d}"

  bad { activity study { collects health-answers } }
  good on 2026-01-01 in notice {
    activity study {
      condition     9(2)(j) under dpa-2018 schedule 1 paragraph 4
    }
  }
}
"""
RECORD = "\n".join(register(2))


def faults_of(text: str) -> tuple[Diagnostic, ...]:
    return recover(Source("a.gdpr", text)).faults


def the_fault(text: str) -> Diagnostic:
    found = faults_of(text)
    assert len(found) == 1, [fault.message for fault in found]
    return found[0]


def seen(text: str) -> tuple[str, str, str]:
    """Where the only fault is, the words it points at, and what it says."""
    fault = the_fault(dedent(text))
    source = Source("a.gdpr", dedent(text))
    line, column = source.position(fault.span.start)
    return f"{line}:{column} {source.slice(fault.span)}", fault.message, fault.help


def in_activity(line: str) -> str:
    return f"activity study {{\n  {line}\n  purpose research\n}}\n"


def in_rule(line: str) -> str:
    return f'rule UK901 name {{\n  title "A"\n  {line}\n  for each activity\n}}\n'
