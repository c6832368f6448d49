"""What `check` is handed by an editor or a hook: the text of a file that is not saved, and files that are gone.

A hook hands over the files that were changed, and judging them shows their findings only. A file that was deleted
cannot be handed over, and what it breaks stands in files that nobody touched; so these are looked for here. Knows
nothing of rules.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from gdprlint.cli import Refused
from gdprlint.cli.plain import Asked
from gdprlint.registers import SUFFIX, files_below, load, marked_root, project_of, shown_path

Instead: TypeAlias = tuple[tuple[Path, bytes], ...]
"""Texts that stand in for files, each with the real path of its file."""

STDIN = "-"
_WRITING = ("fix", "diff", "write_baseline", "prune_baseline")
_QUOTED = re.compile(r'"([^"\n]*)(?=")')
"""What stands between one quotation mark and the next; an odd one hides nothing."""


def handed_over(asked: Asked) -> tuple[Asked, Instead]:
    """What was asked for with the paths that it comes to, and what is read in the place of a file."""
    if STDIN in asked.paths and asked.stdin_filename is None:
        raise Refused("`-` needs --stdin-filename, which says what the text is and where it belongs")
    if asked.stdin_filename is not None:
        if asked.deleted_since is not None or set(asked.paths) - {STDIN}:
            raise Refused("with --stdin-filename one text is judged; leave out other paths and --deleted-since")
        writing = [option for option in _WRITING if getattr(asked, option)]
        if writing:
            option = writing[0].replace("_", "-")
            raise Refused(f"--{option} is about the file as it is saved; leave it out with --stdin-filename")
        text = sys.stdin.buffer.read(asked.max_bytes + 1)
        return asked._replace(paths=(asked.stdin_filename,)), ((Path(asked.stdin_filename).resolve(), text),)
    gone = deleted_since(os.environ.get("PRE_COMMIT_FROM_REF") or asked.deleted_since or "")
    return asked._replace(paths=tuple(dict.fromkeys([*asked.paths, *leaning_on(gone, asked.max_bytes)]))), ()


def deleted_since(revision: str) -> list[Path]:
    """The files that git knew in this revision and that are gone; none where there is no revision yet.

    Of a branch that has gone on, it is the revision where this one left it: pre-commit counts changes from there too.
    """
    here = Path.cwd()
    if revision == "HEAD" and not _git("rev-parse", "--verify", "--quiet", "HEAD", missing=True):
        return []
    parted = _git("merge-base", "--end-of-options", revision, "HEAD", missing=True).decode("ascii", "replace").strip()
    told = _git(
        "diff", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=D", "-z", "--relative",
        "--end-of-options", parted or revision, "--",
    )  # fmt: skip
    return [path for name in told.split(b"\0") if name and not (path := here / os.fsdecode(name)).exists()]


def _git(*arguments: str, missing: bool = False) -> bytes:
    """What git prints. It starts no monitor and no pager; where `missing`, a failure is an empty answer."""
    program = shutil.which("git")
    if program is None or Path(program).resolve().parent == Path.cwd().resolve():  # Windows looks there first
        raise Refused("--deleted-since needs git, and there is none")
    done = subprocess.run(
        [program, "-c", "core.fsmonitor=false", "--no-pager", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode and not missing:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it did not say why"]
        raise Refused(f"--deleted-since: git cannot tell what was deleted: {said[-1]}")
    return done.stdout


def leaning_on(gone: Iterable[Path], max_bytes: int) -> Iterator[str]:
    """The records that may lean on files that are gone, as paths to judge.

    A register is whole only with all its records, so where one is gone all others are judged; any other record leans
    on a file whose name it writes.
    """
    names = set()
    for path in gone:
        root = marked_root(path.parent) if path.suffix == SUFFIX else None
        if root is not None:
            yield from map(shown_path, files_below(root))
        names.add(path.name)
    if not names:
        return
    for file in files_below(project_of(Path.cwd())):
        source = load(file, max_bytes).source
        if source is not None and any(said.rpartition("/")[2] in names for said in _QUOTED.findall(source.text)):
            yield shown_path(file)
