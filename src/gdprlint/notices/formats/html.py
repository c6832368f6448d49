"""HTML as it is served."""

from __future__ import annotations

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.composer import Composer
from gdprlint.notices.decoding import decoded
from gdprlint.notices.draft import Draft
from gdprlint.notices.formats import markdown
from gdprlint.notices.frontmatter import front_matter
from gdprlint.notices.markup import Markup
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.templates.weaving import draft_of
from gdprlint.notices.tokens import feed

SUFFIXES = (".html", ".htm", ".xhtml")


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    return source if isinstance(source, Diagnostic) else page(draft_of(source, path, project))


def page(draft: Draft) -> Page:
    """The page that a draft in HTML makes."""
    composer = Composer(draft)
    markup = Markup(composer)
    matter = front_matter(draft.text)
    matter.say(composer)
    since = matter.end
    for start, end in [*draft.markdown, (len(draft.text), len(draft.text))]:
        if start >= since:
            feed(markup, draft.text[since:start], since)
            if end > start:
                markup.flush()
                markdown.compose(markup, draft.text, start, end)
                markup.flush()
            since = end
    title = markup.finish() or (draft.titles[0] if draft.titles else "") or matter.title
    return Page(
        draft.sources[0],
        tuple(composer.blocks),
        title or next((block.text for block in composer.blocks if block.kind == "heading" and block.level == 1), ""),
        tuple(draft.unread),
        others=tuple(draft.sources[1:]),
    )
