"""A document as one HTML page that needs nothing else: no script, no link to anywhere, headings in order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gdprlint.writers.document import Bullets, Document

if TYPE_CHECKING:
    from jinja2 import Template


def html(document: Document) -> str:
    return _template().render(document=document, is_list=lambda block: isinstance(block, Bullets)) + "\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("gdprlint", "writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("notice.html.jinja")
