"""Plain text, as it is exported or typed: paragraphs, headings and items without any markup."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.decoding import decoded
from gdprlint.notices.draft import Draft
from gdprlint.notices.lines import page
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project

SUFFIXES = (".txt", ".text")


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    return source if isinstance(source, Diagnostic) else page(Draft.of(source))
