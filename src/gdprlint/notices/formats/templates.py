"""Templates around HTML or Markdown: Jinja, Nunjucks, Twig, Liquid, Handlebars, ERB, Haml, Razor, PHP, JSX, Astro."""

from __future__ import annotations

import re

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
    if _inner(path).endswith(markdown.SUFFIXES) or _is_markdown(path, source.text):
        return markdown.page(draft)
    return html.page(draft)


_HEADING = re.compile(r"^#{1,4} \S", re.MULTILINE)
_ELEMENT = re.compile(r"<(?:h[1-6]|p|main|section|article)\b", re.IGNORECASE)


def _is_markdown(path: str, text: str) -> bool:
    """Whether a template that generators of sites fill holds Markdown, though its name does not say so."""
    language = next((known for ending, known in LANGUAGES.items() if path.lower().endswith(ending)), "")
    return language == "curly" and len(_HEADING.findall(text)) > 1 and _ELEMENT.search(text) is None


def _inner(path: str) -> str:
    """The path without the ending of the template."""
    name = path.lower()
    return next((name[: -len(ending)] for ending in LANGUAGES if name.endswith(ending)), name)
