"""`gdprlint rule`: the page of one rule, or the rules of a provision."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click
from attrs import asdict, frozen

from gdprlint.cli import Refused, options
from gdprlint.cli.completion import complete_rules
from gdprlint.cli.output import refusals, table, told, width_of, write, write_json
from gdprlint.text import Source, nearest_name, visible

if TYPE_CHECKING:
    from gdprlint.rules.packs import Library
    from gdprlint.rules.rule import Rule, Window

WIDEST = 100
"""Columns of a page, however wide the terminal is."""

EXTENTS = {
    "art30-1": "Article 30(1) records",
    "art30-2": "Article 30(2) records",
    "notice": "notices",
    "excerpt": "excerpts",
}


@frozen
class Value:
    """A parameter: what it is, and who has set it where that is not the rule itself."""

    name: str
    kind: str
    value: str
    by: str = ""


@frozen
class Change:
    """What a pack, or a configuration, has made of the rule."""

    pack: str
    place: str
    why: str
    what: tuple[str, ...]


@frozen
class Page:
    """All that is told of a rule, as words. `cites` keep the notation of the language."""

    code: str
    name: str
    title: str
    why: str
    help: str
    severity: str
    pack: str
    topic: str
    stage: str
    cites: tuple[str, ...]
    in_force: tuple[str, ...]
    judges: tuple[str, ...]
    silence: tuple[str, ...]
    aliases: tuple[str, ...]
    yields: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    origin: str = ""
    parameters: tuple[Value, ...] = ()
    changes: tuple[Change, ...] = ()
    life: str = ""  # what becomes of a rule that is in preview or deprecated


@click.command()
@click.argument("query", nargs=-1, required=True, shell_complete=complete_rules)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@options.local_packs
@options.no_config
@click.pass_context
def command(
    ctx: click.Context, query: tuple[str, ...], form: str, local_packs: tuple[str, ...], no_config: bool
) -> None:
    """Explain a rule, or find the rules of a provision.

    QUERY is a code (`UK901`), a name (`special-category-no-condition`) or a provision (`art 9`). One
    rule is explained; several are listed. Of a code that is gone it is said what replaces it.
    """
    from gdprlint.cli.library import library_here

    wanted = " ".join(query)
    with refusals():
        library = library_here(local_packs, no_config)
        rules = library.find(wanted)
    gone = library.former.get(wanted) if not rules else None
    if gone is not None:
        codes = library.today(wanted)
        rules = [rule for rule in library.rules if rule.code in codes]
        if form != "json":
            write(
                "".join(f"{line}\n" for line in _folded(gone.said(removed=True), WIDEST, "", "")) + "\n" * bool(rules)
            )
            if not rules:
                ctx.exit(told(library.problems))
    elif not rules:
        raise Refused(f"no rule is found by `{wanted}`{_hint(wanted, library.rules)}")
    if form == "json":
        removed = {"removed": gone._asdict()} if gone is not None else {}
        write_json({"version": 1, **removed, "rules": [asdict(page_of(rule, library)) for rule in rules]})
    elif form == "markdown":
        write("\n".join(markdown(page_of(rule, library)) for rule in rules))
    elif len(rules) == 1:
        write(text(page_of(rules[0], library), min(width_of(sys.stdout) or WIDEST, WIDEST)))
    else:
        write(table(("code", "name", "title"), [(rule.code, rule.name, rule.title) for rule in rules]))
    ctx.exit(told(library.problems))


def _hint(wanted: str, rules: Iterable[Rule]) -> str:
    near = nearest_name(wanted, (word for rule in rules for word in (rule.code, rule.name)))
    return f"; did you mean `{near}`?" if near else ""


def page_of(rule: Rule, library: Library) -> Page:
    """The page of a rule; only this and what it calls know how a rule is made."""
    examples = list(_examples(rule, library))
    return Page(
        code=rule.code,
        name=rule.name,
        title=rule.title,
        why=" ".join(rule.why.split()),
        help=" ".join(rule.help.split()),
        severity=rule.severity.word,
        pack=rule.pack,
        topic=rule.topic,
        stage=rule.stage,
        cites=tuple(rule.cites),
        in_force=tuple(map(_in_force, rule.windows)),
        judges=tuple(sorted(rule.judges, reverse=True)),
        silence=tuple(extent for extent in EXTENTS if extent in rule.silence),
        aliases=rule.aliases,
        yields=rule.yields,
        bad=tuple(example for kind, example in examples if kind == "bad"),
        good=tuple(example for kind, example in examples if kind == "good"),
        origin=_origin(rule, library),
        parameters=tuple(Value(one.name, one.kind, one.value, one.by) for one in rule.parameters),
        changes=tuple(Change(one.pack, one.place, one.why, one.what) for one in rule.changes),
        life=_life(rule, library),
    )


def _origin(rule: Rule, library: Library) -> str:
    """The pack of the rule, with its version and where that comes from, where it is not a shipped one."""
    pack = next((pack for pack in library.packs if pack.name == rule.pack), None)
    if pack is None:
        return "a plugin" if rule.pack not in ("core", "") else ""
    if pack.origin in ("core", "bundled"):
        return ""
    return " ".join(filter(None, (pack.name, pack.version))) + f", {pack.origin}, in {rule.place or 'Python'}"


def _life(rule: Rule, library: Library) -> str:
    """What a reader must know of a rule that is new, or will go."""
    if rule.stage == "preview":
        return "in preview: it runs with `--preview`, or where its code is selected"
    former = library.former.get(rule.code) if rule.stage == "deprecated" else None
    return former.said(removed=False) if former is not None else ""


def _in_force(window: Window) -> str:
    words = [
        f"from {window.since}" if window.since else "",
        f"until {window.until}" if window.until else "",
        f"under {', '.join(window.cites)}" if window.cites else "",
    ]
    return " ".join(filter(None, words))


def _examples(rule: Rule, library: Library) -> Iterator[tuple[str, str]]:
    """The examples of a rule, each with its kind (`bad`, `good`), as they are written."""
    place, _, path = rule.place.partition("/")
    folder = next((pack.folder for pack in library.packs if pack.name == place), None)
    if folder is None:  # written in Python: the examples are fenced in the docstring
        fences = re.finditer(r"```gdpr (bad|good)\n(.*?)```", getattr(rule.judge, "__doc__", None) or "", re.DOTALL)
        yield from ((fence[1], textwrap.dedent(fence[2])) for fence in fences)
        return
    from gdprlint.language import tree
    from gdprlint.language.reading import read

    file = folder if folder.is_file() else folder / path
    source = Source(rule.place, file.read_text(encoding="utf-8-sig"))
    for node in read(source).tree.items:
        if isinstance(node, tree.Rule) and node.code.text == rule.code:
            for head in node.heads:
                if head.kind == "example":
                    kind, block = str(head.values[0]), head.values[-1]
                    options = source.text[head.start : block.start].removeprefix(kind).strip()
                    lines = source.text[block.start + 1 : block.end - 1]
                    yield kind, (f"# {options}\n" if options else "") + _dedented(lines)


def _dedented(block: str) -> str:
    """What stands between the braces of a block, moved to the left."""
    return textwrap.dedent(block).strip() if "\n" in block else block.strip()


def facts(page: Page) -> list[tuple[str, str]]:
    """The facts of a rule in one line each, without those that it does not have."""
    from gdprlint.reporters.citations import spoken_together

    lines = [
        ("Stage", page.life),
        ("Law", spoken_together(page.cites)),
        ("In force", "; ".join(page.in_force)),
        ("Judges", _joined(page.judges)),
        ("Silence", f"counts in {_joined(EXTENTS.get(extent, extent) for extent in page.silence)}"),
        ("Also", ", ".join(page.aliases)),
        ("Yields to", ", ".join(page.yields)),
        ("Topic", page.topic),
        ("From", page.origin),
        *(
            ("Parameter", f"{one.name} = {one.value}" + (f" (by {one.by})" if one.by else ""))
            for one in page.parameters
        ),
        *(("Changed", _changed(one)) for one in page.changes),
    ]
    return [(head, said) for head, said in lines if said and said != "counts in "]


def _set(value: Value) -> str:
    return f"{value.name} = {value.value}" + (f" (by {value.by})" if value.by else "")


def _changed(change: Change) -> str:
    why = f": {change.why}" if change.why else ""
    return f"by {change.pack or 'the configuration'} in {change.place}: {'; '.join(change.what)}{why}"


def text(page: Page, width: int = WIDEST) -> str:
    """The page as a terminal of this many columns shows it."""
    left = f"{page.code}  {page.name}"
    stage = "" if page.stage in ("", "stable") else f", {page.stage}"
    right = f"{page.severity}, {page.pack}{stage}"
    blocks = [
        [f"{left}{right.rjust(max(len(right) + 2, width - len(left)))}"],
        _folded(page.title, width, "", ""),
        _folded(page.why, width),
        [line for head, said in facts(page) for line in _folded(said, width, f"  {head:<9} ", " " * 12)],
        _folded(f"Help: {page.help}" if page.help else "", width),
        *([["Reported", *_indented(page.bad)]] if page.bad else []),
        *([["Accepted", *_indented(page.good)]] if page.good else []),
        *([["Allow it for one clause with", _allow(page)]] if page.topic != "exceptions" else []),
    ]
    lines = "\n\n".join("\n".join(block) for block in blocks if block).split("\n")
    return "".join(f"{visible(line)}\n" for line in lines)


def _allow(page: Page) -> str:
    return f"  # allow {page.code}: REASON, by OWNER until DATE"


def markdown(page: Page) -> str:
    """The page as Markdown; text of a rule is trusted to be Markdown, since it is where it is written."""
    parts = [
        f"# {page.code} {page.name}",
        f"**{page.title}** ({page.severity}, {page.pack})",
        page.why,
        "\n".join(f"- {head}: {said}" for head, said in facts(page)),
        page.help and f"Help: {page.help}",
        *[f"Reported:\n\n{_fenced(example)}" for example in page.bad],
        *[f"Accepted:\n\n{_fenced(example)}" for example in page.good],
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _joined(words: Iterable[str]) -> str:
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _folded(paragraph: str, width: int, first: str = "  ", others: str = "  ") -> list[str]:
    return textwrap.wrap(
        paragraph,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _indented(examples: Sequence[str]) -> list[str]:
    """The examples, a blank line between them, as deep as the page indents."""
    together = "\n\n".join(textwrap.dedent(one).strip("\n") for one in examples)
    return textwrap.indent(together, "  ").split("\n")


def _fenced(example: str) -> str:
    return f"```gdpr\n{textwrap.dedent(example).strip()}\n```"
