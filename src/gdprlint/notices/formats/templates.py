"""Templates around HTML or Markdown: Jinja, Nunjucks, Twig, Liquid, Handlebars, ERB, Haml, Razor, PHP, JSX, Astro."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.decoding import decoded
from gdprlint.notices.formats import html, markdown
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.templates.weaving import LANGUAGES, draft_of

SUFFIXES = tuple(LANGUAGES)


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    if isinstance(source, Diagnostic):
        return source
    draft = draft_of(source, path, project)
    return markdown.page(draft) if _inner(path).endswith(markdown.SUFFIXES) else html.page(draft)


def _inner(path: str) -> str:
    """The path without the ending of the template."""
    name = path.lower()
    return next((name[: -len(ending)] for ending in LANGUAGES if name.endswith(ending)), name)
