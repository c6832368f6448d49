"""Picks the language of a template by its file, and makes the draft of a page from it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from gdprlint import disk
from gdprlint.notices.draft import Draft
from gdprlint.notices.project import Project
from gdprlint.notices.templates.loom import Loom, Weave
from gdprlint.notices.templates.messages import Messages
from gdprlint.text import Source

LANGUAGES = {
    ".erb": "erb",
    ".rhtml": "erb",
    ".cshtml": "razor",
    ".razor": "razor",
    ".njk": "curly",
    ".nunjucks": "curly",
    ".jinja": "curly",
    ".jinja2": "curly",
    ".j2": "curly",
    ".twig": "curly",
    ".liquid": "curly",
    ".hbs": "curly",
    ".handlebars": "curly",
    ".mustache": "curly",
    ".haml": "haml",
    ".tsx": "jsx",
    ".jsx": "jsx",
    ".astro": "jsx",
    ".php": "php",
    ".phtml": "php",
}
"""Endings of files, and the module of the language that they are written in."""
_MARKDOWN = (".md", ".markdown")
_CURLY = re.compile(r"\{\{|\{%")


def language_of(path: str, text: str) -> str | None:
    """The language of a template; of a page without its own ending, the one whose marks stand in it."""
    name = path.lower()
    for ending, language in LANGUAGES.items():
        if name.endswith(ending):
            return language
    if "<%" in text and re.search(r"<%[=-]? ?\w", text):
        return "erb"
    if re.search(r"<\?(?:php|=)", text):
        return "php"
    return "curly" if _CURLY.search(text) else None


def draft_of(source: Source, path: str, project: Project) -> Draft:
    """The page that a file makes, before its markup is read; just the file, where it is no template."""
    language = language_of(path, source.text)
    if language is None:
        return Draft.of(source)
    loom = Loom(source, project, _place(path), Messages(project))
    loom.weave_file = _weave_file
    weave: Weave = import_module(f"gdprlint.notices.templates.{language}").weave
    weave(loom, 0, len(source.text))
    return loom.draft()


def _weave_file(loom: Loom, source: Source) -> bool:
    """Writes out a file that is included; False where it is of no kind that can be."""
    name = source.path.lower()
    language = language_of(name, source.text)
    for ending in LANGUAGES:
        if name.endswith(ending):
            name = name[: -len(ending)]
            break
    start = loom.size
    if language is not None:
        weave: Weave = import_module(f"gdprlint.notices.templates.{language}").weave
        weave(loom, 0, len(source.text))
    else:
        loom.copy(0, len(source.text))
    if name.endswith(_MARKDOWN):
        loom.markdown.append((start, loom.size))
    return True


def _place(path: str) -> Path | None:
    try:
        return Path(disk.real(path))
    except (OSError, RuntimeError, ValueError):
        return None
