"""Files as they stand in a revision of the repository: what a change cannot have touched.

    as_of_base("origin/main", Path("gdprlint.toml"))     # its bytes there, or None where it does not stand there

One repository answers, that of the working folder, whatever else lies below it. Git is only asked for the bytes of
objects: no hook, filter or text conversion runs, nothing is fetched, and a revision is looked up once, so that what
somebody named it can be no option.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO

from gdprlint.options import WrongUse

MAX_BYTES = 8_000_000
MOST_BYTES = 200_000_000
"""Of one file, and of all files that are read at once."""
SECONDS = 60
_SAFE = (
    "--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_COMMIT = re.compile(rb"[0-9a-f]{40,64}\n?")


def as_of_base(rev: str, path: Path) -> bytes | None:
    """The bytes of the file at this path as they stand in a revision; None where no file stands there.

    WrongUse where there is no such revision, or the working folder lies in no repository.
    """
    return base_of(rev, Path.cwd()).read(path)


@lru_cache(maxsize=8)
def base_of(rev: str, folder: Path) -> Base:
    """The revision of the repository around a folder."""
    return Base(rev, folder)


class Base:
    """One revision. `name` is what it was called, `root` the folder of the repository."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        if not name or name.startswith("-") or not name.isprintable():
            raise WrongUse(f"`{name[:100]}` cannot name a revision of git")
        root = self._git("rev-parse", "--show-toplevel")
        if root is None:
            raise WrongUse(
                "exceptions are trusted as of a revision of git, and this folder lies in no repository of it"
            )
        self.root = os.path.realpath(os.fsdecode(root.removesuffix(b"\n")))
        commit = self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if commit is None or not _COMMIT.fullmatch(commit):
            raise WrongUse(f"`{name}` is no revision of this repository; a shallow clone holds few of them")
        self.commit = commit.decode("ascii").strip()
        self._known: dict[str, bytes | None] = {}

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file; links are not followed."""
        inside = self._inside(path)
        if not inside:
            return None
        if inside not in self._known:
            self._known[inside] = self._git("cat-file", "blob", f"{self.commit}:{inside}")
        return self._known[inside]

    def files(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """The plain files in a folder and below, or the one file of this name, each with the name of what it holds."""
        inside = self._inside(folder)
        if inside is None:
            return
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", self.commit, *(["--", inside] if inside else []))
        for line in (listed or b"").split(b"\0"):
            about, _, name = line.partition(b"\t")
            mode, _, rest = about.partition(b" ")
            parts = os.fsdecode(name).split("/")
            if mode in (b"100644", b"100755") and not {"", ".", "..", ".git"} & set(parts):
                yield Path(self.root, *parts), rest.split()[-1].decode("ascii")

    def contents(self, blobs: Sequence[str]) -> list[bytes]:
        """What is held under names that `files` gave."""
        if not blobs:
            return []
        said = "".join(f"{blob}\n" for blob in blobs).encode()
        answer = self._git("cat-file", "--batch", said=said, most=MOST_BYTES)
        if answer is None:
            raise WrongUse(f"what stands in `{self.name}` could not be read, or has more than {MOST_BYTES:,} bytes")
        found, at = [], 0
        for _ in blobs:
            line = answer.find(b"\n", at)
            about = answer[at:line].split()
            size = int(about[2]) if len(about) == 3 else -1  # a blob that a partial clone lacks is followed by nothing
            found.append(answer[line + 1 : line + 1 + max(size, 0)])
            at = line + 1 + size + 1
        return found

    def path_of(self, path: Path) -> Path:
        """The path as `files` gives those below it."""
        return Path(self.root, self._inside(path) or "")

    def _inside(self, path: Path) -> str | None:
        """The path below the folder of the repository, by its words alone; None outside of it."""
        whole = os.path.abspath(self._folder / path)  # noqa: PTH100 - resolving would follow links
        if whole == self.root:
            return ""
        inside = whole.removeprefix(self.root.rstrip(os.sep) + os.sep)
        return None if inside == whole or "\0" in inside else inside.replace(os.sep, "/")

    def _git(self, *arguments: str, said: bytes = b"", most: int = MAX_BYTES) -> bytes | None:
        """What git answers, where this is said to it; None where it refuses, or answers with more than is read."""
        command = [_git(), *_SAFE, *arguments]
        try:
            with tempfile.TemporaryFile() as words, subprocess.Popen(
                command, cwd=self._folder, env=_environment(), stdin=_with(words, said), stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as running:  # fmt: skip
                assert running.stdout is not None
                answer = running.stdout.read(most + 1)
                if len(answer) > most:
                    running.kill()
                return answer if running.wait(SECONDS) == 0 else None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise WrongUse(f"git could not be asked: {error}") from None


def _with(file: IO[bytes], said: bytes) -> IO[bytes]:
    """A file from which these words are read."""
    file.write(said)
    file.seek(0)
    return file


@lru_cache(maxsize=1)
def _git() -> str:
    """The program, never one that lies in the folder which is judged."""
    places = [place for place in os.environ.get("PATH", "").split(os.pathsep) if Path(place).is_absolute()]
    found = shutil.which("git", path=os.pathsep.join(places))
    if found is None:
        raise WrongUse("git is not installed, and exceptions are trusted as of a revision of git")
    return found


def _environment() -> dict[str, str]:
    """The environment without what points git at another repository, or makes it run something."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _is_harmless(name)}
    return {**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _is_harmless(name: str) -> bool:
    return name.startswith("GIT_CONFIG") or name == "GIT_CEILING_DIRECTORIES"


def exported(base: Base, paths: Iterable[str], into: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write files and folders out as they stand in the base, each under its own name; then those that do not."""
    found, missing = [], []
    for number, path in enumerate(paths):
        target = _exported(base, Path(path), Path(into, str(number)))
        if target is None:
            missing.append(path)
        else:
            found.append(str(target))
    return tuple(found), tuple(missing)


def _exported(base: Base, path: Path, into: Path) -> Path | None:
    target = into / path.resolve().name
    start = base.path_of(path)
    files = [*base.files(path)]
    for (file, _), content in zip(files, base.contents([blob for _, blob in files]), strict=True):
        place = target.joinpath(*file.relative_to(start).parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return target if files else None
