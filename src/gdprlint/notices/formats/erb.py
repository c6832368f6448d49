"""ERB around HTML or Markdown."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.decoding import decoded
from gdprlint.notices.formats import html, markdown
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.templates.weaving import draft_of

SUFFIXES = (".erb", ".html.erb", ".md.erb", ".markdown.erb", ".rhtml")


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    if isinstance(source, Diagnostic):
        return source
    draft = draft_of(source, path, project)
    is_markdown = path.lower().endswith((".md.erb", ".markdown.erb"))
    return markdown.page(draft) if is_markdown else html.page(draft)
