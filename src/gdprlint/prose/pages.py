"""The pages that a run reads, each once, and the way back to them; so too other files that are read as records.

A register has a draft of each page of its notices under a path that no file has; a page that is judged by itself has
its draft in its place. What is found there is shown where the page says it, and what is found of the notice as a whole
at the title of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gdprlint.diagnostics import Diagnostic, Label, Problem, Severity
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.checks import reference
from gdprlint.readers.told import Joined, PageRead
from gdprlint.registers import NOTHING, Loaded, not_read, shown_path, unreadable
from gdprlint.text import Source, Span
from gdprlint.values import define, evolve, field

if TYPE_CHECKING:  # most registers name no page, and need nothing of this
    from gdprlint.plugins import Brought
    from gdprlint.prose.hearing import Ear
    from gdprlint.prose.judged import JudgedNotice

# Rules that ask for what no cue hears yet: in a page its absence would be the reader's, not the text's.
# REC103 the role of a recipient, UK1315 how to get a copy of a safeguard, UK707 what becomes of data already used,
# DPA167 on which ground confidence is broken. REC102, REC151 and UK505 hold a statement about some data against one
# about others: in the draft of a page all data are one thing, so that they meet where the page speaks of others.
HEDGES = "UK1203"  # speaks of what a notice says only may be, and not of what it tells in part
UNHEARD = frozenset(("REC103", "UK1315", "UK707", "DPA167", "REC102", "REC151", "UK505"))
# Rules that ask for what no column of a sheet has room for, although a clause that a row does give could say it there:
# who is accountable (UK509), the law behind a basis (UK604, UK607, UK611), why a condition is met (DPA150, DPA156,
# DPA158, DPA164), a document that no column links to (UK2601, DPA130, UK4603, UK4604, UK8407), what an approval covers
# (UK2804, UK4502), the interest of the public (UK8410, UK4906), to whom a contact was made known (UK3703).
NO_ROOM = frozenset(
    (
        "UK509", "UK604", "UK607", "UK611", "DPA150", "DPA156", "DPA158", "DPA164", "UK2601", "DPA130", "UK4603",
        "UK4604", "UK8407", "UK2804", "UK4502", "UK8410", "UK4906", "UK3703",
    )
)  # fmt: skip
_NAME = re.compile(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])")


class _Placed(Protocol):
    """A record that somebody keeps in another form: the file as text, and where it says what the record says."""

    @property
    def shown(self) -> Source: ...

    def place(self, span: Span) -> Span: ...


@define(eq=False)
class Pages:
    """Pages by their path, their drafts by the path that these have, and the notices that they are of.

    `instead` are texts that stand in for files. `problems` tells what readers of plugins broke.
    """

    ear: Callable[[], Ear]
    vocabulary: Vocabulary
    max_bytes: int
    instead: Mapping[Path, bytes] = NOTHING
    problems: list[Problem] = field(factory=list)
    _sheets: set[str] = field(factory=set)
    _theirs: dict[str, _Placed] = field(factory=dict)
    _read: dict[Path, JudgedNotice | str] = field(factory=dict)
    _drafts: dict[str, JudgedNotice] = field(factory=dict)
    _titles: dict[Span, Span] = field(factory=dict)
    _names: dict[str, str] = field(factory=dict)
    _bodies: dict[str, dict[str, str]] = field(factory=dict)

    def by_itself(self, path: Path) -> Loaded:
        """The draft of a page in the place of the page, or why the file cannot be read as one."""
        from gdprlint.prose.opening import Unreadable

        shown = shown_path(path)
        try:
            judged = self._open(path, None)
        except Unreadable as error:
            return Loaded(shown, None, (error.diagnostic,))
        except OSError as error:
            return unreadable(shown, error)
        self._read[path] = self._drafts[shown] = judged
        self._bodies[shown] = judged.names
        return Loaded(shown, judged.source)

    def _open(self, path: Path, project: Path | None) -> JudgedNotice:
        from gdprlint.prose.judged import judged_notice
        from gdprlint.prose.opening import read_notice

        reading = read_notice(path, self.ear(), self.max_bytes, project, self.instead.get(path))
        return judged_notice(reading, self.vocabulary)

    def by_reader(self, path: Path, reader: Brought, project: Path, named: bool) -> Loaded | None:
        """The record that a reader of a plugin makes of a file; None where it is none of its kind and not `named`."""
        from gdprlint.readers.theirs import record_of

        found = record_of(path, reader, self.max_bytes, self.instead, project)
        if isinstance(found, Problem):
            self.problems.append(found)
            return Loaded(shown_path(path), None)
        if found is None:
            what = f"it is not of the kind that the reader `{reader.value.name}` of the plugin {reader.plugin} reads"
            return not_read(shown_path(path), "file-not-read", what) if named else None
        loaded, record = found
        if record is not None:
            self._theirs[loaded.path] = record
            self.problems += [record.problem] if record.problem is not None else []
        return loaded

    def by_sheet(self, path: Path, project: Path, judged: bool = False) -> Loaded:
        """The record that a sheet holds, or why the file is none; as it is `judged`, or as it says."""
        from gdprlint.readers.sheets import record_of

        loaded, record = record_of(path, self.vocabulary, self.max_bytes, self.instead, project)
        if record is not None:
            if judged:
                loaded = record.to_judge(loaded)
            self._theirs[loaded.path] = record
            self._sheets.add(loaded.path)
            self._bodies[loaded.path] = dict(record.names)
        return loaded

    def to_judge(self, path: Path, sought: bool) -> Loaded | None:
        """What rules see of a page by itself, and what kind of page it is where that is no whole notice.

        A page that only stands in the folder that was `sought` is none of our business if it is no notice: None.
        """
        loaded = self.by_itself(path)
        if loaded.source is None:
            return loaded
        judged = self._drafts[loaded.path]
        told = tuple(
            reference("REC011", "no-whole-notice", message, judged.title).evolve(severity=Severity.INFO)
            for message in _kind_told(judged)
        )
        if judged.kind != "not-a-notice":
            return Loaded(loaded.path, loaded.source, told)
        del self._drafts[loaded.path]
        return None if sought else Loaded(loaded.path, None, told)

    def heard(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings without those of a page that ask for what no cue hears, or of a sheet for what has no column."""
        return tuple(
            one
            for one in findings
            if not self._is_unheard(one) and not (one.code in NO_ROOM and one.span.path in self._sheets)
        )

    def _is_unheard(self, finding: Diagnostic) -> bool:
        draft = self._drafts.get(finding.span.path)
        if draft is None:
            return False
        return finding.code in UNHEARD or (finding.code == HEDGES and draft.is_partly_told(finding.span))

    def tell(self, path: Path, name: str, project: Path) -> PageRead | str:
        """What the page at this path says, for the notice of this name; else why it is not read."""
        known = self._read.get(path)
        if known is None:
            known = self._read[path] = self.read(path, project)
        if isinstance(known, str):
            return known
        judged = known.under(f"{known.page.path}#{name}")
        self._drafts[judged.source.path] = judged
        return PageRead(judged.source, judged.text, judged.page, judged.speaker)

    def read(self, path: Path, project: Path) -> JudgedNotice | str:
        """What a page says that a record names, or why it is not read. That is not kept here (`keep`)."""
        from gdprlint.prose.opening import Unreadable

        try:
            known = self._open(path, project)
        except Unreadable as error:
            return error.diagnostic.message
        except OSError as error:
            return f"the file could not be read: {error.strerror or error}"
        if known.kind == "not-a-notice":
            return f'it says "{known.why}"'
        return known if known.heard else "nothing that a notice says was found in it"

    def unread(self, paths: Iterable[Path]) -> list[Path]:
        """Those of these pages that were not read yet, each once."""
        return [path for path in dict.fromkeys(paths) if path not in self._read]

    def keep(self, path: Path, read: JudgedNotice | str) -> None:
        """Take what another process read of a page."""
        self._read[path] = read

    def settle(self, joined: Iterable[Joined]) -> None:
        """Take in under which notices the drafts went into a register."""
        for one in joined:
            notice = one.notice
            self._titles[Span(notice.path, notice.name_start, notice.name_end)] = self._drafts[one.draft].title
            self._names.update(one.names)
            self._bodies[one.draft] = one.bodies

    def sources(self) -> dict[str, Source]:
        """The texts of all pages that were read, and of the files that they include."""
        pages = [page for page in self._read.values() if not isinstance(page, str)]
        read = {source.path: source for page in pages for source in (*page.others, page.page)}
        return {**read, **{path: record.shown for path, record in self._theirs.items()}}

    def draft(self, path: str) -> Source | None:
        """The draft that has this path, where one has."""
        known = self._drafts.get(path)
        return known.source if known is not None else None

    def is_of(self, finding: Diagnostic, pages: set[str]) -> bool:
        """Whether a finding speaks of what one of these pages says."""
        return any(self._page(span) in pages for span in (finding.span, *(label.span for label in finding.labels)))

    def _page(self, span: Span) -> str:
        """The page that says what stands at a place; empty where none does."""
        if span.path in self._drafts:
            return self._drafts[span.path].page.path
        return self._titles[span].path if span in self._titles else ""

    def shown(self, finding: Diagnostic) -> Diagnostic:
        """The finding with its places in the pages, and its words as the pages have them."""
        if not self._drafts and not self._theirs:
            return finding
        span = self.place(finding.span, finding.pack != "core")
        labels: dict[Span, Label] = {}
        for label in finding.labels:
            place = self.place(label.span, True)
            if place != span:
                labels.setdefault(place, evolve(label, span=place, message=self.named(label.message, label.span.path)))
        return finding.evolve(
            span=span,
            labels=tuple(labels.values()),
            message=self.named(finding.message, finding.span.path),
            label=self.named(finding.label, finding.span.path),
            help=self.named(finding.help, finding.span.path),
            fixes=() if self._is_made(finding.span.path) else finding.fixes,
        )

    def _is_made(self, path: str) -> bool:
        """Whether the text of this path is no file's, so that nothing in it can be mended."""
        return path in self._drafts or path in self._theirs

    def place(self, span: Span, with_titles: bool = False) -> Span:
        """Where a page says what stands there in its draft; `with_titles` of a notice, where its page begins."""
        draft = self._drafts.get(span.path) or self._theirs.get(span.path)
        if draft is not None:
            return draft.place(span)
        return self._titles.get(span, span) if with_titles else span

    def named(self, text: str, path: str = "") -> str:
        """The text with names as the pages have them; what is said at the path of a draft, as that page has them."""
        own = self._bodies.get(path, {})
        return _NAME.sub(lambda found: own.get(found[0]) or self._names.get(found[0], found[0]), text)


def _kind_told(page: JudgedNotice) -> Iterator[str]:
    """What a page says of itself that its reader should know before the findings; nothing of a whole notice."""
    why = f': "{page.why}"' if page.why else ""
    if page.kind == "not-a-notice":
        yield f"the page does not read as a privacy notice, and is not judged as one{why}"
    elif page.kind == "excerpt":
        yield f"the page reads as a part of a notice, so what it leaves out is not reported{why}"
    if page.law:
        yield f'the page speaks of other law than that of the UK, by which it is not judged: "{page.law}"'
