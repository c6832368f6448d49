"""The pages that a run reads for the notices of its registers, each once, and the way back to them.

A register has a draft of each page under a path that no file has. What is found there is shown where the page says
it, and what is found of the notice as a whole at the title of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Diagnostic, Label
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.readers.told import Joined, PageRead
from gdprlint.text import Source, Span
from gdprlint.values import define, evolve, field

if TYPE_CHECKING:  # most registers name no page, and need nothing of this
    from gdprlint.prose.hearing import Ear
    from gdprlint.prose.judged import JudgedNotice
    from gdprlint.prose.reading import Reading

_NAME = re.compile(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])")


@define(eq=False)
class Pages:
    """Pages by their path, their drafts by the path that these have, and the notices that they are of."""

    ear: Callable[[], Ear]
    vocabulary: Vocabulary
    max_bytes: int
    _read: dict[Path, Reading | str] = field(factory=dict)
    _drafts: dict[str, JudgedNotice] = field(factory=dict)
    _titles: dict[Span, Span] = field(factory=dict)
    _names: dict[str, str] = field(factory=dict)
    _bodies: dict[str, dict[str, str]] = field(factory=dict)

    def tell(self, path: Path, name: str, project: Path) -> PageRead | str:
        """What the page at this path says, for the notice of this name; else why it is not read."""
        reading = self._reading(path, project)
        if isinstance(reading, str):
            return reading
        from gdprlint.prose.judged import judged_notice

        page = reading.page.source
        judged = judged_notice(reading, self.vocabulary, f"{page.path}#{name}")
        self._drafts[judged.source.path] = judged
        text = "\n".join(block.text for block in reading.page.blocks)
        return PageRead(judged.source, text, page, judged.speaker)

    def _reading(self, path: Path, project: Path) -> Reading | str:
        from gdprlint.prose.opening import Unreadable, read_notice

        known = self._read.get(path)
        if known is None:
            try:
                known = read_notice(path, self.ear(), self.max_bytes, project)
                if known.kind == "not-a-notice":
                    known = f'it says "{known.why}"'
                elif not known.evidence:
                    known = "nothing that a notice says was found in it"
            except Unreadable as error:
                known = error.diagnostic.message
            except OSError as error:
                known = f"the file could not be read: {error.strerror or error}"
            self._read[path] = known
        return known

    def settle(self, joined: Iterable[Joined]) -> None:
        """Take in under which notices the drafts went into a register."""
        for one in joined:
            notice = one.notice
            self._titles[Span(notice.path, notice.name_start, notice.name_end)] = self._drafts[one.draft].title()
            self._names.update(one.names)
            self._bodies[one.draft] = one.bodies

    def sources(self) -> dict[str, Source]:
        """The texts of all pages that were read, and of the files that they include."""
        pages = [reading.page for reading in self._read.values() if not isinstance(reading, str)]
        return {source.path: source for page in pages for source in (*page.others, page.source)}

    def is_of(self, finding: Diagnostic, pages: set[str]) -> bool:
        """Whether a finding speaks of what one of these pages says."""
        return any(self._page(span) in pages for span in (finding.span, *(label.span for label in finding.labels)))

    def _page(self, span: Span) -> str:
        """The page that says what stands at a place; empty where none does."""
        if span.path in self._drafts:
            return self._drafts[span.path].page
        return self._titles[span].path if span in self._titles else ""

    def shown(self, finding: Diagnostic) -> Diagnostic:
        """The finding with its places in the pages, and its words as the pages have them."""
        if not self._drafts:
            return finding
        span = self._place(finding.span, finding.pack != "core")
        labels: dict[Span, Label] = {}
        for label in finding.labels:
            place = self._place(label.span, True)
            if place != span:
                labels.setdefault(place, evolve(label, span=place, message=self._named(label.message)))
        return finding.evolve(
            span=span,
            labels=tuple(labels.values()),
            message=self._named(finding.message, self._bodies.get(finding.span.path)),
            label=self._named(finding.label),
            help=self._named(finding.help),
        )

    def _place(self, span: Span, with_titles: bool) -> Span:
        draft = self._drafts.get(span.path)
        if draft is not None:
            return draft.place(span)
        return self._titles.get(span, span) if with_titles else span

    def _named(self, text: str, bodies: dict[str, str] | None = None) -> str:
        """The text with names as the page has them; `bodies` are those of organisations that the register has too."""
        known = {**self._names, **(bodies or {})}
        return _NAME.sub(lambda found: known.get(found[0], found[0]), text)
