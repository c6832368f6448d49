"""`gdprlint read`: what a notice says."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gdprlint.cli.output import refusals, write


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["json"]), default="json")
def command(file: str, form: str) -> None:
    """Read a notice and print what it says."""
    from gdprlint.prose.reading import read_page
    from gdprlint.rules.packs import load

    with refusals():
        page = page_at(file)
        write(json.dumps(read_page(page, load().ear).as_json(), indent=2, ensure_ascii=False) + "\n")


def page_at(file: str):
    from gdprlint.notices.page import Block, Page
    from gdprlint.text import Source
    text = Path(file).read_text("utf-8")
    blocks=[]; at=0
    for part in text.split("\n"):
        if part.strip():
            blocks.append(Block("paragraph",0,part.strip(),((0,at+len(part)-len(part.lstrip())),(len(part.strip()),at+len(part.rstrip())))))
        at+=len(part)+1
    return Page(Source(file,text),tuple(blocks))
