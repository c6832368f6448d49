"""The hooks that a plugin may implement, what they give, and the marker they are implemented with.

A plugin is a module or package that an entry point of the group `gdprlint` names. It implements any
of these functions, marked with `hookimpl`, and needs nothing else: there is no class to inherit from.
The reference in docs/hooks.md is made from the docstrings here. Imported only where a plugin is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy
from attrs import Attribute, field, frozen

if TYPE_CHECKING:
    import click

    from gdprlint.diagnostics import Report
    from gdprlint.model.amounts import Amount
    from gdprlint.rules.rule import Rule

API = (1, 0)
"""The version of what plugins may use: a new name raises the second number, a name that goes the first."""

hookspec = pluggy.HookspecMarker("gdprlint")
hookimpl = pluggy.HookimplMarker("gdprlint")

_WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _is_one_word(_: object, __: Attribute[str], name: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"a pack is named by one hyphenated word in small letters, not {name!r}")


def _is_a_word(value: object, _: Attribute[str], name: object) -> None:
    if not isinstance(name, str) or not _WORD.fullmatch(name):
        kind = type(value).__name__
        raise ValueError(f"a {kind} is named by one hyphenated word in small letters, such as grant-year, not {name!r}")


def _is_text(value: object, attribute: Attribute[str], text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"`{attribute.name}` of a {type(value).__name__} is text, not {type(text).__name__}")


def _can_be_called(value: object, attribute: Attribute[Any], call: object) -> None:
    if not callable(call):
        raise TypeError(f"`{attribute.name}` of a {type(value).__name__} is a function, not {type(call).__name__}")


def _are_capitals(_: object, __: Attribute[tuple[str, ...]], prefixes: tuple[str, ...]) -> None:
    if not prefixes or not all(re.fullmatch(r"[A-Z]+", prefix) for prefix in prefixes):
        raise ValueError(f"prefixes of codes are capital letters, such as ACME, not {prefixes!r}")


def _each(prefixes: Iterable[str]) -> tuple[str, ...]:
    return (prefixes,) if isinstance(prefixes, str) else tuple(prefixes)


@frozen
class RulePack:
    """A folder of rules written in the language, and the prefixes of codes that it owns.

    `name` is the word that a record says after `use` (`uk-gdpr`). `folder` holds `pack.gdpr`,
    `cast.gdpr` and the topics. `prefixes` are whole (`UK` does not own `UKS1`); no two packs may own
    the same. `version` may stay empty: then it is that of the distribution which carries the pack.
    """

    name: str = field(validator=_is_one_word)
    folder: Path = field(converter=Path)
    prefixes: tuple[str, ...] = field(converter=_each, validator=_are_capitals)
    version: str = ""


@frozen
class WordList:
    """Declarations of terms, written by a program: from a table, say, that somebody else keeps.

    `text` is what a file in a folder `vocabulary/` would hold: lines such as `term surveylark is tool`. `name` is how
    messages call it, behind the name of the plugin.
    """

    name: str = field(validator=_is_a_word)
    text: str = field(validator=_is_text, repr=False)


@frozen
class CueList:
    """Cues and wordings by which notices are heard, written by a program.

    `text` is what a file in a folder `cues/` would hold. `name` is how messages call it, behind the name of the plugin.
    """

    name: str = field(validator=_is_a_word)
    text: str = field(validator=_is_text, repr=False)


OWN_FUNCTIONS = ("plus", "minus", "count")
"""Names that the language has a meaning for where a function is called."""

SIMPLE = ("words", "term", "date", "amount", "number")
TAKEN = (*SIMPLE, *(f"list of {kind}" for kind in SIMPLE))
GIVEN = (*SIMPLE, "truth")


def _are_taken(_: object, __: Attribute[tuple[str, ...]], takes: tuple[str, ...]) -> None:
    for kind in takes:
        if kind not in TAKEN:
            raise ValueError(f"a Function takes {', '.join(SIMPLE)}, or a list of one of them, not {kind!r}")
    if not takes:
        raise ValueError("a Function takes at least one value: what depends on nothing belongs into the rule")


def _is_given(_: object, __: Attribute[str], gives: str) -> None:
    if gives not in GIVEN:
        raise ValueError(f"a Function gives one of {', '.join(GIVEN)}, not {gives!r}")


def _each_kind(takes: Iterable[str]) -> tuple[str, ...]:
    return (takes,) if isinstance(takes, str) else tuple(takes)


@frozen
class Function:
    """A function that conditions of declared rules may call: `where grant-year(activity.reference) < 2024`.

    `takes` are the types of its arguments, `gives` that of what it returns:

    | type | in Python |
    |---|---|
    | `words` | `str`: a value in its writer's words, the title of what it names, else its name |
    | `term` | `str`: a term of the vocabulary by its key, such as `health-data` |
    | `date` | `datetime.date`; an event or a document is the day on which it falls |
    | `amount` | `Amount`, with `number` and `unit` |
    | `number` | `int` |
    | `list of TYPE` | `tuple`; only an argument |
    | `truth` | `bool`; only a result, asked with `is true` or `is false` |

    It is handed plain values and only such as are known: where nothing is said, or nobody can tell what is, it is not
    called, and what it would give is as silent or as unknown. So too where there are several values and it takes one,
    and where a value is only `possibly` so, or a bound such as `at most 2 years`. It gives the same for the same
    arguments, whenever it is asked; None says that it cannot tell. What it raises, or gives of another type, is a
    problem that names the plugin, the function and the rule, and cannot be told either. `says` is a line for people:
    what it gives.
    """

    name: str = field(validator=_is_a_word)
    takes: tuple[str, ...] = field(converter=_each_kind, validator=_are_taken)
    gives: str = field(validator=_is_given)
    call: Callable[..., str | bool | int | date | Amount | None] = field(validator=_can_be_called, repr=False, eq=False)
    says: str = field(default="", validator=_is_text)


@frozen
class Line:
    """A line of a record, and the line of the file that says it, counted from 1; 0 where none does.

    `words` are those of that line that say it, where it says more than this: findings point at them.
    """

    text: str = field(validator=_is_text)
    at: int = field(default=0)
    words: str = field(default="", validator=_is_text)

    @at.validator
    def _is_a_line(self, _: Attribute[int], at: object) -> None:
        if not isinstance(at, int) or at < 0:
            raise ValueError(f"`at` of a Line is the number of a line of the file, not {at!r}")


@frozen
class Unread:
    """Something in a file that could not be read: on which line, what, and what would help."""

    at: int
    message: str = field(validator=_is_text)
    help: str = field(default="", validator=_is_text)
    words: str = field(default="", validator=_is_text)


def _are_lines(_: object, __: Attribute[tuple[Line, ...]], lines: tuple[Line, ...]) -> None:
    for line in lines:
        if not isinstance(line, Line):
            raise TypeError(f"what is read of a file is made of Line, not {type(line).__name__}")


def _are_faults(_: object, __: Attribute[tuple[Unread, ...]], unread: tuple[Unread, ...]) -> None:
    for fault in unread:
        if not isinstance(fault, Unread):
            raise TypeError(f"what could not be read of a file is told as Unread, not {type(fault).__name__}")


# With `tuple` as it is, the type checkers of authors do not know what may be given.
def _all_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(lines)


def _all_faults(unread: Iterable[Unread]) -> tuple[Unread, ...]:
    return tuple(unread)


@frozen
class FileRead:
    """What a reader has read of a file: lines of a record, and what could not be read.

    `shown` is the file as lines of text, which findings are shown in; of a file that is UTF-8 it may stay None. Of a
    workbook it is a line for each row, so that the number of the row is that of the line.
    """

    lines: tuple[Line, ...] = field(converter=_all_lines, validator=_are_lines)
    unread: tuple[Unread, ...] = field(default=(), converter=_all_faults, validator=_are_faults)
    shown: str | None = field(default=None, repr=False)


def _are_endings(_: object, __: Attribute[tuple[str, ...]], endings: tuple[object, ...]) -> None:
    if not endings:
        raise ValueError("a Reader reads files of at least one ending")
    for ending in endings:
        if not isinstance(ending, str) or not re.fullmatch(r"(\.[a-z0-9_-]+)+", ending):
            raise ValueError(f"the ending of a file begins with a dot and has small letters only, not {ending!r}")
        if ending.endswith(".gdpr"):
            raise ValueError("files that end in .gdpr are read by gdprlint itself")


@frozen
class Reader:
    """A format of files that hold records: `check` judges them, `read` prints them as a record.

    `endings` are those of its files (`.funder.csv`); the longest that fits a file decides. `read` is handed the name of
    a file and its bytes, and gives a `FileRead`, or None where the file is of another kind after all: then it is as if
    there were no reader. It opens no file and runs nothing that it finds in one: whoever wrote the file is a stranger.
    What it takes out of a file it puts into the record with `quoted`. `says` is a line for people: what it reads.
    """

    name: str = field(validator=_is_a_word)
    endings: tuple[str, ...] = field(converter=_each, validator=_are_endings)
    read: Callable[[str, bytes], FileRead | None] = field(validator=_can_be_called, repr=False, eq=False)
    says: str = field(default="", validator=_is_text)


def quoted(text: str) -> str:
    """The text as a value in quotes that the language reads, on one line: nothing in it can end the quotes."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_one_ending(_: object, __: Attribute[str], ending: str) -> None:
    if ending and not re.fullmatch(r"(\.[a-z0-9_-]+)+", ending):
        raise ValueError(f"the ending of a file begins with a dot and has small letters only, not {ending!r}")


@frozen
class Reporter:
    """A way to show findings: `--format NAME`, `--output NAME=FILE`, and `format = "NAME"` in the configuration.

    `render` is handed the report and gives the whole text of it. `ending` is what its files are called by, such as
    `.csv`; `says` a line for people: what it is for. With `--no-source` the report holds no words of the files: every
    letter of its sources is a blank, and lines and columns are as they were.
    """

    name: str = field(validator=_is_a_word)
    render: Callable[[Report], str] = field(validator=_can_be_called, repr=False, eq=False)
    ending: str = field(default="", validator=_is_one_ending)
    says: str = field(default="", validator=_is_text)


KINDS: dict[str, type] = {
    "gdprlint_rule_packs": RulePack,
    "gdprlint_vocabularies": WordList,
    "gdprlint_cues": CueList,
    "gdprlint_functions": Function,
    "gdprlint_readers": Reader,
    "gdprlint_reporters": Reporter,
}
"""What each hook gives a list of, where that is a class of this module."""


@hookspec
def gdprlint_rule_packs() -> list[RulePack]:  # type: ignore[empty-body]  # a specification has no body
    """The packs of declared rules that this plugin brings.

    Takes no arguments and is called once, when gdprlint starts. Installed plugins are asked in the
    order of their names, then the bundled ones; what two plugins both claim, a name or a prefix,
    stays with the first and is reported as a problem.

        @hookimpl
        def gdprlint_rule_packs():
            return [RulePack("acme", Path(__file__).parent, prefixes=("ACME",))]
    """


@hookspec
def gdprlint_rules() -> list[Rule]:  # type: ignore[empty-body]  # a specification has no body
    """The rules that this plugin has written in Python.

    Takes no arguments and is called once, when gdprlint starts, in the same order as
    `gdprlint_rule_packs`. The order of the list does not matter: findings are shown by place.

        @rule("ACME001", "code-name-in-public", cites=["uk-gdpr 5(1)(a)"], severity="warning")
        def code_name_in_public(activity: Activity, ctx: Context):
            '''Activities are not called by code names.

            A participant who reads the record does not know them.
            '''
            if re.search(r"(?i)\\bproject [a-z]+$", activity.title or ""):
                yield ctx.finding(activity, f"{ctx.words(activity)} is called by a code name")

        @hookimpl
        def gdprlint_rules():
            return [code_name_in_public]
    """


@hookspec
def gdprlint_vocabularies() -> list[WordList]:  # type: ignore[empty-body]  # a specification has no body
    """Terms that a program declares, beside those in the files of packs.

    Takes no arguments and is called once, when the rules are loaded. The words of packs go before those of lists, and
    among lists those of the plugin whose name comes first; what is said of one term in several places is said together.

        @hookimpl
        def gdprlint_vocabularies():
            rows = csv.DictReader((Path(__file__).parent / "tools.csv").read_text(encoding="utf-8").splitlines())
            return [WordList("tools", "".join(f'term {row["key"]} is tool also "{row["name"]}"\\n' for row in rows))]
    """


@hookspec
def gdprlint_cues() -> list[CueList]:  # type: ignore[empty-body]  # a specification has no body
    """Cues and wordings that a program writes, beside those in the files of packs.

    Takes no arguments and is called once, when the rules are loaded; what it gives is read when a notice is. All cues
    are heard, so their order does not matter.

        @hookimpl
        def gdprlint_cues():
            names = (Path(__file__).parent / "formats.txt").read_text(encoding="utf-8").splitlines()
            return [CueList("formats", "wording talk also " + ", ".join(f'"{name}"' for name in names) + "\\n")]
    """


@hookspec
def gdprlint_functions() -> list[Function]:  # type: ignore[empty-body]  # a specification has no body
    """Functions that conditions of declared rules may call.

    Takes no arguments and is called once, when the rules are loaded. A name belongs to gdprlint if it has a function of
    that name, else to the first plugin that brings one; the other is told and left out.

        def year(reference: str) -> int | None:
            found = re.fullmatch(r"[A-Z]{2}/(\\d{4})/\\d+", reference)
            return int(found[1]) if found else None

        @hookimpl
        def gdprlint_functions():
            return [Function("grant-year", takes=["words"], gives="number", call=year, says="the year of a grant")]
    """


@hookspec
def gdprlint_readers() -> list[Reader]:  # type: ignore[empty-body]  # a specification has no body
    """Formats of files in which somebody keeps records.

    Takes no arguments and is called when files are looked for. An ending belongs to the first plugin that names it, in
    the order of the names of plugins; that of a page of a notice (`.md`) and `.gdpr` stay with gdprlint.

        def read(name: str, content: bytes) -> FileRead | None:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
            if rows[:1] != [["study", "purpose"]]:
                return None
            lines = []
            for number, (study, purpose) in enumerate(rows[1:], 2):
                lines += [Line(f"activity study-{number} {quoted(study)} {{", number, study)]
                lines += [Line(f"  purpose research {quoted(purpose)}", number, purpose), Line("}", number)]
            return FileRead(lines)

        @hookimpl
        def gdprlint_readers():
            return [Reader("studies", endings=[".studies.csv"], read=read, says="the table of studies")]
    """


@hookspec
def gdprlint_reporters() -> list[Reporter]:  # type: ignore[empty-body]  # a specification has no body
    """Ways to show what was found.

    Takes no arguments and is called when a format is asked for that gdprlint does not have, or when formats are listed.
    Formats of gdprlint keep their names; of two plugins with one name the first in the order of names has it.

        def render(report: Report) -> str:
            rows = []
            for finding in report.findings:
                line, _ = report.position(finding.span)
                rows.append(f"{finding.span.path}\\t{line}\\t{finding.code}\\t{finding.message}\\n")
            return "".join(rows)

        @hookimpl
        def gdprlint_reporters():
            return [Reporter("tabbed", render, ending=".tsv", says="a line for each finding, for a spreadsheet")]
    """


@hookspec
def gdprlint_commands() -> list[click.Command]:  # type: ignore[empty-body]  # a specification has no body
    """Commands of the command line: `gdprlint NAME`.

    Takes no arguments and is called when a command is asked for that gdprlint does not have, or when commands are
    listed. Commands of gdprlint keep their names; of two plugins with one name the first in the order of names has it.
    What a command returns is the exit code.

        @click.command("grants", help="List the grants that records name.")
        @click.argument("paths", nargs=-1, type=click.Path())
        def grants(paths): ...

        @hookimpl
        def gdprlint_commands():
            return [grants]
    """
