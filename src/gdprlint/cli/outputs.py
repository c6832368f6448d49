"""Where a report goes: to stdout in one form or several, to files, and to the summary of a job.

A form is chosen by whoever runs the check, never by what surroundings it runs in. Each output is made and written by
itself: one that cannot be written is told, and the others are written all the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gdprlint.cli import forms as formats
from gdprlint.cli.output import complain, told, wants_color, width_of, write
from gdprlint.diagnostics import Problem, Severity
from gdprlint.replacing import put_in_place
from gdprlint.reporters import ASK_FOR_RULES, RenderOptions, render
from gdprlint.text import nearest_name
from gdprlint.values import evolve

if TYPE_CHECKING:
    from gdprlint.cli.plain import Asked
    from gdprlint.diagnostics import Report
    from gdprlint.reporters.about import AboutRule

LINES = ("full", "concise", "statistics", "github")
"""Forms of which several may follow each other; the others are one document each."""

TELL_PROBLEMS = ("full", "concise", "statistics")
"""Forms that tell people the problems of the run at their end."""

SUMMARY = "GITHUB_STEP_SUMMARY"
MOST_OF_SUMMARY = 1_048_576
"""Bytes that GitHub takes of one step; of more it shows nothing."""


class Output(NamedTuple):
    """One output: its form, and its file; an empty path is stdout."""

    form: str
    path: str = ""


def planned(form: str, more: Sequence[str]) -> list[Output]:
    """The outputs that were asked for; ValueError says in one line what cannot be."""
    outputs = [Output(form), *map(_output, more)]
    here = [output.form for output in outputs if not output.path]
    for one in here:
        if one not in LINES and len(here) > 1:
            raise ValueError(f"`{one}` is one document and shares stdout with nothing; name a file: `{one}=FILE`")
    files = [output.path for output in outputs if output.path]
    if len({*map(os.path.normcase, map(os.path.normpath, files))}) < len(files):
        raise ValueError("two outputs go to one file")
    return outputs


def _output(text: str) -> Output:
    form, equals, path = text.partition("=")
    if not formats.exists(form):
        formats.tell_what_is_missing()
        near = nearest_name(form, formats.names())
        hint = f"; did you mean `{near}`?" if near else f"; there are {', '.join(formats.names())}"
        raise ValueError(f"there is no format `{form}`{hint}")
    if equals and not path:
        raise ValueError(f"`{text}` names no file")
    return Output(form, "" if path == "-" else path)


def written(report: Report, asked: Asked) -> bool:
    """Write each output; whether all of them could be written."""
    outputs = planned(asked.form, asked.output)
    forms = {output.form for output in outputs}
    root, folder = _project()
    plain = RenderOptions(
        show_source=not asked.no_source,
        show_suppressed=asked.show_suppressed,
        fail_on=Severity.named(asked.fail_on),
        rules=_rules(report, asked, "sarif" in forms) if forms & ASK_FOR_RULES else {},
        root=root,
        folder=folder,
        closing=not asked.quiet,
    )
    here = [output.form for output in outputs if not output.path]
    done = [not told(formats.problems_of(forms)), _to_stdout(report, here, plain, asked.color)]
    done += [
        _put(output.path, formats.rendered(report, output.form, plain), report, output.form)
        for output in outputs
        if output.path
    ]
    if "github" in forms:
        done.append(_summed_up(report, plain))
    if asked.quiet or not set(here) & set(TELL_PROBLEMS):
        told(report.problems)
    return all(done)


def _to_stdout(report: Report, forms: Sequence[str], plain: RenderOptions, color: str) -> bool:
    colored = wants_color(color, sys.stdout)
    options = evolve(plain, color=colored, width=width_of(sys.stdout), links=colored and sys.stdout.isatty())
    made = [(form, formats.rendered(report, form, options)) for form in forms]
    broken = [one for _, one in made if isinstance(one, Problem)]
    texts = [(form, text) for form, text in made if isinstance(text, str)]
    if "github" in forms and len(forms) > 1:
        from gdprlint.reporters.github import muted

        texts = [(form, text if form == "github" else muted(text)) for form, text in texts]
    write("\n".join(text for _, text in texts))
    return not told(broken)


def _project() -> tuple[str, str]:
    """The project around the working folder, and the way from it to here."""
    from gdprlint.registers import project_of

    here = Path.cwd()
    root = project_of(here)
    folder = here.relative_to(root).as_posix()
    return root.as_posix(), "" if folder == "." else folder


def _rules(report: Report, asked: Asked, with_pages: bool) -> dict[str, AboutRule]:
    """What is known of each rule; its whole page, if that is wanted, where something is told by it."""
    from gdprlint.cli import rule as pages
    from gdprlint.reporters.about import AboutRule
    from gdprlint.rules import packs

    library = packs.load(asked.local_packs)
    codes = {finding.code for finding in report.findings} | {one.finding.code for one in report.suppressed}
    found = {}
    for rule in library.known_rules:
        text = markdown = ""
        if with_pages and rule.code in codes:
            page = pages.page_of(rule, library)
            text, markdown = pages.text(page), pages.markdown(page)
        found[rule.code] = AboutRule(
            rule.code, rule.name, rule.title, " ".join(rule.why.split()), rule.severity.word, rule.pack, rule.topic,
            tuple(rule.cites), text, markdown,
        )  # fmt: skip
    return found


def _summed_up(report: Report, options: RenderOptions) -> bool:
    """Add the report to the summary of the job, where the runner has named a file for it."""
    path = os.environ.get(SUMMARY)
    if not path:
        return True
    content = render(report, "markdown", options).encode("utf-8", "backslashreplace")
    try:
        with Path(path).open("ab") as file:
            if file.tell() + len(content) > MOST_OF_SUMMARY:
                complain(f"{path}: the summary of the job has no room left for the findings")
                return True
            file.write(content)
    except (OSError, ValueError) as error:
        return _failed(path, error)
    return True


def _put(path: str, text: str | Problem, report: Report, form: str) -> bool:
    """Write a file in one step, so that nobody reads half of it; whether that could be done."""
    if isinstance(text, Problem):
        return not told([text])
    target = Path(path)
    content = text.encode("utf-8", "backslashreplace")
    try:
        if _is_judged(target, report):
            complain(f"`{path}` is judged, and not written over by the output `{form}`")
            return False
        put_in_place(path, content, follow=False)  # what a link leads to is another's
    except (OSError, ValueError) as error:
        return _failed(path, error)
    return True


def _is_judged(target: Path, report: Report) -> bool:
    """Whether the file is one of those that the report is about."""
    return target.is_file() and any(target.samefile(path) for path in map(Path, report.sources) if path.is_file())


def _failed(path: str, error: OSError | ValueError) -> bool:
    complain(f"{path}: {getattr(error, 'strerror', None) or error}")
    return False
