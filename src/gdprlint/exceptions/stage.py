"""The exceptions of a run, from the files that may hold some to the report without what they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint import disk
from gdprlint.diagnostics import Report
from gdprlint.engine import left_out
from gdprlint.exceptions import records
from gdprlint.exceptions.found import Found
from gdprlint.exceptions.grammar import Fault
from gdprlint.exceptions.settling import Rules, Settled, settle
from gdprlint.judging.findings import counted, order, with_fingerprint
from gdprlint.registers import SUFFIX, beginning, shown_path
from gdprlint.text import Source
from gdprlint.values import evolve, frozen

if TYPE_CHECKING:
    from gdprlint.exceptions import Asked
    from gdprlint.exceptions.base import Base
    from gdprlint.rules.packs import Library


@frozen(eq=False)
class Gathered:
    """What came of the exceptions, and the texts of the configurations in which some stand."""

    settled: Settled
    sources: dict[str, Source]


def gathered(report: Report, texts: Sequence[str], tables: Iterable[Path], asked: Asked) -> Gathered:
    """Every exception of a run, held against what was found."""
    rules = _rules(asked.library())
    sources: dict[str, Source] = {}
    found = [one for path in texts if path.endswith(SUFFIX) for one in records.found_in(report.sources[path], rules)]
    found.extend(_in_pages(report, texts, rules, asked.max_bytes))
    for file in tables:
        source = _text_of(file)
        if source is not None:
            sources[source.path] = source
            found.extend(_in_tables(source, file))
    found = [one for one in found if _is_asked_for(one, report)]
    new: list[Found] = []
    if asked.base is not None:
        from gdprlint.exceptions.trust import trusted

        base = asked.base
        found, new = trusted(found, lambda path: _of_base(base, path, rules, asked.max_bytes), rules.codes)
    return Gathered(settle(report, found, new, rules, asked.as_of), sources)


def _rules(library: Library) -> Rules:
    """The rules of the library by what they are, or were, called."""
    rules = Rules(library.written, library.former_today, library.former.get)
    for change in library.changes:
        for code in (change.code, rules.names.get(change.code, "")) if change.replaced_by else ():
            rules.replaced(code, change.replaced_by)
    return rules


def _is_asked_for(one: Found, report: Report) -> bool:
    """Whether an exception covers what was judged; one for a file that is gone covers nothing, and is told too."""
    if one.kind == "allow" or isinstance(one.said, Fault) or one.path in report.judged.registers:
        return True
    try:
        return not disk.is_file(Path.cwd() / one.path)
    except OSError:  # no file has such a name
        return True


def applied(report: Report, gathered: Gathered, asked: Asked) -> Report:
    """The report without what is accepted, and with what is told of exceptions."""
    done = gathered.settled
    judged = report.judged
    told = [
        with_fingerprint(finding, judged.registers.get(finding.span.path, ""))
        for finding in done.told
        if not left_out(finding, asked.select, asked.ignore)
    ]
    kept = [finding for number, finding in enumerate(report.findings) if number not in done.suppressed]
    findings = tuple(order([*kept, *counted(told)]))
    paths = {finding.span.path for finding in findings}
    known = {*judged.registers, *(finding.span.path for finding in report.findings)}
    more = {finding.span.path for finding in told} - known
    return evolve(
        report,
        findings=findings,
        judged=evolve(judged, files=judged.files + len(more), files_with_findings=len(paths)),
        sources={**report.sources, **gathered.sources},
        suppressed=(*report.suppressed, *(done.suppressed[number] for number in sorted(done.suppressed))),
    )


def _in_pages(report: Report, texts: Sequence[str], rules: Rules, max_bytes: int) -> Iterator[Found]:
    """The exceptions in pages, and in the files that these include."""
    wanted = {path for path in texts if not path.endswith(SUFFIX)}
    if not wanted:
        return
    from gdprlint.exceptions import foreign, pages
    from gdprlint.prose.opening import Unreadable, open_page
    from gdprlint.readers import theirs

    readers = theirs.of_plugins().readers
    for path in sorted(path for path in wanted if theirs.reader_of(Path(path), readers) is not None):
        wanted.discard(path)
        yield from foreign.found_in(report.sources[path], rules)
    judged = report.judged.registers
    wanted = {path for path in wanted if any(pages.said_in(report.sources[path], rules))}
    included = bool(wanted - judged.keys())
    for path in judged:
        if path.endswith(SUFFIX) or not (included or path in wanted):
            continue
        try:
            page = open_page(Path(path), max_bytes)
        except (Unreadable, OSError):
            continue
        for source in (page.source, *page.others):
            if source.path in wanted:
                wanted.discard(source.path)
                own = "" if source is page.source else source.path
                blocks = [block for block in page.blocks if block.path == own]
                title = () if own else ((0, 1),)
                yield from pages.found_in(source, blocks, rules, title)


def _in_tables(source: Source, file: Path) -> Iterator[Found]:
    """The exceptions of a configuration, of which here only they are read; what is wrong with the rest, others tell."""
    from gdprlint.exceptions.configured import entries
    from gdprlint.toml import NotToml, loaded

    try:
        data = loaded(source.text).data
    except NotToml:
        return
    prefix = ""
    if file.name == "pyproject.toml":
        tool = data.get("tool")
        own = tool.get("gdprlint") if isinstance(tool, dict) else None
        data, prefix = own if isinstance(own, dict) else {}, "tool.gdprlint."
    if "allow" in data:
        yield from entries(data["allow"], source, file.parent, prefix)


def _text_of(file: Path) -> Source | None:
    try:
        return Source(shown_path(file), beginning(file).decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _of_base(base: Base, path: str, rules: Rules, max_bytes: int) -> Iterator[Found]:
    """The exceptions of a file as it stands in the base."""
    here = Path.cwd() / path
    file = here if here.exists() else Path(base.root, path)  # what a page includes is called from there
    content = base.read(file)
    if content is None:
        return
    source = Source(path, content.decode("utf-8", "replace").lstrip("\ufeff"))
    if path.endswith(SUFFIX):
        yield from records.found_in(source, rules)
    elif file.suffix == ".toml":
        yield from _in_tables(source, file)
    else:
        from gdprlint.exceptions import pages
        from gdprlint.notices.page import Page
        from gdprlint.notices.project import Project
        from gdprlint.notices.reading import read_page

        page = read_page(path, content, Project(None, max_bytes))
        if isinstance(page, Page):
            yield from pages.found_in(page.source, [block for block in page.blocks if not block.path], rules)
