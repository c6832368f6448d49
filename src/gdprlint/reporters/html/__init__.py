"""The report as one HTML page for people who do not have the tool: to open, mail, print and file.

The page asks nothing of any server and runs nothing but its own script, which a policy of the page holds it to.
Without the script it is the plain full list. It is written in ASCII, so that any encoding carries it, and is the
same on every run. Template, style and script are the files beside this one; what they show is a `Page`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Report
from gdprlint.reporters import RenderOptions

if TYPE_CHECKING:
    from jinja2 import Template


def render(report: Report, options: RenderOptions) -> str:
    from gdprlint.reporters.html.page import page_of

    written = _template().render(page=page_of(report, options.show_source))
    return written.encode("ascii", "xmlcharrefreplace").decode("ascii") + "\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from gdprlint.reporters.html.coded import coded
    from gdprlint.reporters.html.policy import part, policy

    environment = Environment(
        loader=PackageLoader("gdprlint.reporters", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = part("report.css"), part("report.js")
    environment.filters["coded"] = coded
    environment.globals |= {"style": Markup(style), "script": Markup(script), "policy": policy(style, script)}
    return environment.get_template("report.html.jinja")
