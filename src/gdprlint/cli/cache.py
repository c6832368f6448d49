"""`gdprlint cache`: where results are kept, how much that is, and clearing it."""

from __future__ import annotations

import click

from gdprlint.cli.output import complain, write, write_json


@click.command()
@click.argument("action", required=False, type=click.Choice(["clear"]))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, action: str | None, form: str) -> None:
    """Say where results of `check` are kept and how large that is, or clear it.

    A result is used again while nothing that it depends on has changed. `clear` takes away all that is kept; it is made
    anew when it is needed. GDPRLINT_CACHE_DIR names another folder, and keeps nothing where it is empty. The exit code
    is 2 when the folder cannot be used.
    """
    from gdprlint import store

    where, fault = store.folder(), store.fault()
    found = list(store.entries())
    count, size = store.clear() if action == "clear" else (len(found), sum(size for _, size, _ in found))
    results = sum(1 for name, _, _ in found if name.startswith("result-"))
    if form == "json":
        cleared = {"cleared": action == "clear"}
        write_json({"version": 1, "folder": where, "fault": fault, "files": count, "bytes": size, **cleared})
    elif action == "clear":
        write(f"{count} files with {size:,} bytes were taken away.\n")
    else:
        write(f"{where or 'none'}\n{size:,} bytes: {results} results of checks, {count - results} compiled packs\n")
    if fault and where is not None:
        complain(f"the cache is not used: {fault}")
        ctx.exit(2)
