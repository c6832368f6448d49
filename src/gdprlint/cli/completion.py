"""What a shell offers for words that only the packs know: codes and names of rules, packs and topics.

click asks for it when the shell does; see docs/ci.md for how a shell is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules, packs and topics that go on as the last word after a comma; names once there is a small letter."""
    from click.shell_completion import CompletionItem

    from gdprlint.rules.packs import load

    before, comma, word = incomplete.rpartition(",")
    library = load()
    found: dict[str, str] = {pack.name: "pack" for pack in library.packs}
    for rule in library.rules:
        found.setdefault(rule.topic, "topic")
        found[rule.code] = rule.title
        found[rule.name] = rule.title
    wanted = [name for name in found if name and name.startswith(word)]
    if not word:  # a list of a thousand names helps nobody
        wanted = [name for name in wanted if name.isupper() or found[name] in ("pack", "topic")]
    return [CompletionItem(f"{before}{comma}{name}", help=found[name]) for name in sorted(wanted)]
