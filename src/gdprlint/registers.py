"""Which files form one register, and what is read of them.

A register is a folder with `gdprlint.toml` (or `[tool.gdprlint]` in `pyproject.toml`), else the
folder named on the command line, else the one file named there. Nothing is read outside the
project: the folder with `.git` around a register, or the register itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gdprlint import disk
from gdprlint.diagnostics import Diagnostic, Edit, Fix, Severity
from gdprlint.text import Source, Span, text_of
from gdprlint.values import define, field

if TYPE_CHECKING:
    from gdprlint.plugins import Brought

SUFFIX = ".gdpr"
SHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")  # may hold a record, and are judged where one is named
BASELINE = "gdprlint-baseline.json"
MARKS = ("gdprlint.toml", "pyproject.toml")
NO_PAGES = (".json", ".yml", ".yaml", ".js", ".jsx", ".tsx", ".ts", ".php")  # judged as notices where one is named
MOST_CONFIGURED = 500_000  # bytes of a configuration
_TABLE = re.compile(
    rb"""^[ \t]*\[{0,2}[ \t]*["']?tool["']?[ \t]*(?:\][ \t\r]*(?:\#|$)|[.=][^\n]*?\bgdprlint["']?[ \t]*[].=])""", re.M
)
SKIPPED = ("node_modules", "__pycache__", "venv", "site-packages")


NOTHING: Mapping[Path, bytes] = {}
"""No text stands in for a file. Where one does (an editor's, not yet saved), it is known by the file's real path."""


NO_READERS: Mapping[str, Brought] = {}


class NotFound(Exception):
    """A path on the command line that leads to nothing to judge; the message is one line."""


@define(eq=False)
class Plan:
    """One register to be judged: its root, its files, and those of them whose findings are shown.

    A plan is `sought` where nobody named its one page, which stands in a folder that was named. `theirs` are the files
    that readers of plugins read as records, `named` those of all files that the command line names.
    """

    root: Path
    name: str
    files: list[Path] = field(factory=list)
    shown: set[Path] = field(factory=set)
    sought: bool = False
    theirs: dict[Path, Brought] = field(factory=dict)
    named: set[Path] = field(factory=set)

    def is_record(self, path: Path) -> bool:
        """Whether a file of the register is a record: of ours, of a reader, or a sheet."""
        return path.suffix == SUFFIX or path in self.theirs or is_sheet(path)


class Loaded(NamedTuple):
    """A file as text, with what was odd about its bytes; `source` is None where it could not be read at all.

    `unread` are names of blocks, each with a verb of which the file says something that the text does not, since it
    could not be read; the verb is empty where it could be any.
    """

    path: str
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def is_sheet(path: Path) -> bool:
    """Whether the ending of a file is that of a sheet. Only one that somebody names is taken for a record."""
    return path.name.lower().endswith(SHEETS)


def plans(
    paths: Sequence[str],
    instead: Mapping[Path, bytes] = NOTHING,
    told: Callable[[Path, list[Path]], list[Path] | None] | None = None,
    readers: Mapping[str, Brought] = NO_READERS,
) -> list[Plan]:
    """The registers that these paths belong to, in order of their roots.

    `told` gives the pages and sheets below a folder that somebody has named as notices and records, by the folder and
    the registers in it; None where nobody has named any. `readers` are those of plugins, by the endings of files that
    they read as records.
    """
    found: dict[Path, Plan] = {}
    look_again()
    for given in paths:
        path = Path(given)
        if not (disk.kind(path) or (instead and _real(path) in instead)):
            raise NotFound(f"there is no file or folder `{given}`")
        # The last name is kept, so that a link out of the project is told from a file of it.
        is_folder = disk.kind(path) == "folder"
        here = _real(path) if is_folder else _real(path.parent) / path.name
        if is_folder:
            _plan_folder(here, found, (SUFFIX, *readers))
            pages = told(here, [root for root in found if disk.kind(root) == "folder"]) if told else None
            for page in pages or ():
                plan = _plan(found, page, False)
                plan.files, plan.shown, plan.sought = [page], {page}, False
            if pages is None and not _holds_records(here, found, tuple(readers)):
                _plan_pages(here, found)
            if not any(plan.shown for plan in found.values()):
                raise NotFound(f"there is no {SUFFIX} file and no notice in `{given}`")
        else:
            # A notice that is named is judged by itself: a register has its notices from its records. So is a sheet,
            # which is a whole record and gives its things names that nobody wrote.
            is_record = here.name.lower().endswith((SUFFIX, *readers)) if readers else here.suffix == SUFFIX
            root = marked_root(here.parent) if is_record else None
            plan = _plan(found, root or here, root is not None, (SUFFIX, *readers))
            plan.shown.add(here)
            plan.named.add(here)
            if here not in plan.files:
                plan.files.append(here)
    for plan in found.values():
        plan.files.sort()
        for ending in sorted(readers, key=len):  # of two that fit, the longer one decides
            plan.theirs.update({file: readers[ending] for file in plan.files if file.name.lower().endswith(ending)})
    return [found[root] for root in sorted(found)]


def _holds_records(folder: Path, found: dict[Path, Plan], endings: tuple[str, ...]) -> bool:
    """Whether something to judge was found; files that only end as a reader's do may be of another kind."""
    shown = [path for plan in found.values() for path in plan.shown]
    sure = not endings or marked_root(folder) is not None
    return any(sure or not path.name.lower().endswith(endings) for path in shown)


def _plan(found: dict[Path, Plan], root: Path, marked: bool, endings: tuple[str, ...] = (SUFFIX,)) -> Plan:
    plan = found.get(root)
    if plan is None:
        plan = found[root] = Plan(root, register_name(root))
        if marked:
            plan.files = sorted(files_below(root, endings))
    return plan


def _plan_folder(folder: Path, found: dict[Path, Plan], endings: tuple[str, ...]) -> None:
    root = marked_root(folder)
    if root is not None:
        plan = _plan(found, root, True, endings)
        plan.shown.update(file for file in plan.files if file.is_relative_to(folder))
        return
    own: list[Path] = []
    for file in files_below(folder, (*endings, *MARKS)):
        inner = marked_root(file.parent, folder)
        if inner is not None:
            plan = _plan(found, inner, True, endings)
            plan.shown.update(plan.files)
        elif file.name.lower().endswith(endings):
            own.append(file)
    if own:
        plan = _plan(found, folder, False)
        plan.files = sorted({*plan.files, *own})
        plan.shown.update(own)


def _plan_pages(folder: Path, found: dict[Path, Plan]) -> None:
    """A folder without records holds notices, each by itself: pages as people read them, no data and no code."""
    from gdprlint.notices.reading import suffixes

    for file in files_below(folder, tuple(ending for ending in suffixes() if ending not in NO_PAGES)):
        plan = _plan(found, file, False)
        plan.files, plan.shown, plan.sought = [file], {file}, True


def register_around(page: Path) -> Plan | None:
    """The marked register in which a page lies, where a record of it may name the page: none of it is shown yet."""
    root = marked_root(page.parent)
    if root is None:
        return None
    plan = Plan(root, register_name(root), sorted(files_below(root)))
    return plan if any(_has(file, page.name) for file in plan.files) else None


def _has(file: Path, words: str) -> bool:
    try:
        return disk.is_file(file) and words.encode() in disk.read(file)
    except OSError:
        return False


def files_below(folder: Path, endings: tuple[str, ...] = (SUFFIX,)) -> Iterator[Path]:
    """The record files in a folder and below; hidden folders and those of installed packages are passed over."""
    for name in disk.below(folder, endings, SKIPPED):
        path = Path(name)
        if not path.name.startswith("."):
            yield path


_marked: dict[Path, bool] = {}


def look_again() -> None:
    """Forget which folders are marked: a run goes by what stands on the disk as it begins."""
    _marked.clear()


def is_marked(folder: Path) -> bool:
    known = _marked.get(folder)
    if known is None:
        known = disk.is_file(folder / MARKS[0]) or _has_table(folder / MARKS[1])
        _marked[folder] = known
    return known


def home_of(plan: Plan) -> Path | None:
    """The marked folder that a register is, or that the page of a plan lies in."""
    return marked_root(plan.root if disk.kind(plan.root) == "folder" else plan.root.parent)


def configurations(folder: Path) -> list[Path]:
    """The files in a marked folder that say more than that it is one; what the first says holds."""
    found = [folder / MARKS[0]] if _says_something(folder / MARKS[0]) else []
    return [*found, folder / MARKS[1]] if _has_table(folder / MARKS[1]) else found


def _says_something(file: Path) -> bool:
    text = beginning(file)
    lines = text.split(b"\n")
    return len(text) > MOST_CONFIGURED or any(line and not line.startswith(b"#") for line in map(bytes.strip, lines))


def _has_table(file: Path) -> bool:
    """Whether there is a table for us; where the file is no TOML, whether a line looks as if there were to be one."""
    text = beginning(file)
    if b"gdprlint" not in text or not _TABLE.search(text):
        return False
    from gdprlint.toml import NotToml, loaded

    try:
        tool = loaded(text.decode("utf-8", "replace")).data.get("tool")
    except NotToml:
        return True
    return isinstance(tool, dict) and "gdprlint" in tool


def beginning(file: Path) -> bytes:
    """As much of a file as a configuration may have, and one byte more; nothing of what is no plain file."""
    try:
        return disk.beginning(file, MOST_CONFIGURED + 1) if disk.is_file(file) else b""
    except OSError:
        return b""


def marked_root(folder: Path, stop: Path | None = None) -> Path | None:
    """The outermost marked folder at or above this one, up to the project: registers do not nest."""
    found = None
    for here in (folder, *folder.parents):
        if is_marked(here):
            found = here
        if here == stop or disk.kind(here / ".git"):
            break
    return found


def beside_mark(root: Path, name: str) -> Path:
    """A file that a register may have: beside its mark, else in the working folder."""
    return (marked_root(root if disk.kind(root) == "folder" else root.parent) or Path.cwd()) / name


def project_of(root: Path) -> Path:
    """The folder that nothing outside of is read for this register."""
    start = root if disk.kind(root) == "folder" else root.parent
    for here in (start, *start.parents):
        if disk.kind(here / ".git"):
            return here
    return start


def register_name(root: Path) -> str:
    """The name that goes into fingerprints: of the folder, or of the record without its ending.

    Notices are often all called the same: of one that is judged by itself it is the name with that of its folder.
    """
    if disk.kind(root) == "folder":
        return root.name
    return root.stem if root.suffix == SUFFIX else f"{root.parent.name}/{root.name}"


def shown_path(path: Path) -> str:
    """How a path is shown: relative to the working folder where it lies below it, with `/`."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def load(path: Path, max_bytes: int, instead: Mapping[Path, bytes] = NOTHING, project: Path | None = None) -> Loaded:
    """The text of a file, whatever its bytes are; what cannot be taken as it is becomes a diagnostic.

    A link that leads out of the project, where one is given, is not followed. `instead` holds texts that stand in for
    files.
    """
    content = content_of(path, max_bytes, instead, project)
    if isinstance(content, Loaded):
        return content
    loaded = decoded(content, shown_path(path))
    if loaded.source is not None and path not in instead:
        disk.shows(loaded.path, path, loaded.source.text)
    return loaded


def content_of(
    path: Path, max_bytes: int, instead: Mapping[Path, bytes] = NOTHING, project: Path | None = None
) -> bytes | Loaded:
    """The bytes of a file; where they are not to be had, what is told instead."""
    shown = shown_path(path)
    try:
        if path in instead:
            return _given(instead[path], max_bytes)
        refused = not_to_be_read(path, project)
        return disk.read(path, max_bytes) if refused is None else refused
    except OSError as error:
        return unreadable(shown, error)
    except disk.TooLong as error:
        if error.size is None:
            message = f"the file grew past {max_bytes:,} bytes while it was read"
            return not_read(shown, "file-too-large", message, "raise `--max-bytes`")
        message = f"the file has {error.size:,} bytes; at most {max_bytes:,} are read"
        return not_read(shown, "file-too-large", message, "split it, or raise `--max-bytes`")


def not_to_be_read(path: Path, project: Path | None) -> Loaded | None:
    """Why a file is not read that is a pipe, a device or a link out of the project; None for any other."""
    shown = shown_path(path)
    if disk.kind(path) not in ("file", ""):
        return not_read(shown, "file-not-read", "this is no plain file, and is not read", "")
    if project is not None and disk.is_link(path) and not _real(path).is_relative_to(_real(project)):
        return not_read(shown, "file-not-read", "this link leads out of the project, and is not followed", "")
    return None


def _real(path: Path) -> Path:
    return Path(disk.real(path))


def _given(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise disk.TooLong(len(content))
    return content


def decoded(content: bytes, shown: str) -> Loaded:
    found: list[Diagnostic] = []
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not_read(shown, "not-utf-8", "the file is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        at = len(content[: error.start].decode("utf-8", "replace"))
        found.append(
            _odd("not-utf-8", f"byte {content[error.start]:#04x} is not UTF-8", shown, at, "save the file as UTF-8")
        )
    text = text_of(content)
    marked = content.startswith(b"\xef\xbb\xbf")
    if marked:
        found.append(
            _odd(
                "byte-order-mark",
                "the file begins with a byte order mark, which UTF-8 does not need",
                shown,
                0,
                "save it without",
            ).evolve(
                severity=Severity.INFO, fixes=(Fix("take the mark out", (Edit(Span(shown, 0, 0), ""),), safe=True),)
            )
        )
    if b"\0" in content:
        at = len(content[: content.index(b"\0")].decode("utf-8", "replace")) - marked
        found.append(_odd("nul-byte", "a NUL byte stands in the text", shown, at, "take it out; is this a text file?"))
    if not text.strip():
        found.append(
            _odd("empty-file", "the file is empty", shown, 0, "`gdprlint init` writes a record to begin with").evolve(
                severity=Severity.INFO
            )
        )
    return Loaded(shown, Source(shown, text), tuple(found))


def unreadable(shown: str, error: OSError) -> Loaded:
    return not_read(shown, "file-not-read", f"the file could not be read: {error.strerror or error}", "")


def _odd(name: str, message: str, path: str, at: int, help: str) -> Diagnostic:
    return Diagnostic(
        "syntax", name, Severity.ERROR, message, Span(path, at, at + 1), "", help, pack="core", topic="syntax"
    )


def not_read(path: str, name: str, message: str, help: str = "") -> Loaded:
    """A file that is not read, and why."""
    return Loaded(path, None, (_odd(name, message, path, 0, help),))
