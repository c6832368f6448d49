"""What is compiled ahead: the parser's tables, the bundled packs and the library of them, as plain JSON.

The wheel carries them beside their sources. Where the sources have the names and sizes that they had when the wheel
was built, and none was written since it was installed, what was made of them is taken as it is; otherwise a hash of
the sources decides, and what does not fit is made again (and kept in the user's cache folder where that can be
written). Nothing is ever unpickled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdprlint import store

if TYPE_CHECKING:
    from gdprlint.language.tables import Tables

HERE = Path(__file__).parent / "compiled_data"
SOURCES = ("bundled", "language", "model", "rulebook", "rules")  # folders of what the library is made from
ENDINGS = (".gdpr", ".lark", ".py")
INSTALLING = 10  # seconds within which an installer writes all files


def parser_tables() -> Tables:
    """The parser's tables: as shipped, else from the cache, else made from the grammar."""
    from gdprlint.language import tables

    return tables.load(kept("parser", tables.digest(), tables.build))


def shipped(name: str) -> dict[str, Any] | None:
    """The data called `name` that the wheel was built with, whatever has become of its sources."""
    return _read(HERE / f"{name}.json")


def library() -> dict[str, Any] | None:
    """The library that the wheel was built with, where its sources are as they were; else None."""
    data = shipped("library")
    if data is None:
        return None
    latest = (HERE / "library.json").stat().st_mtime + INSTALLING
    sizes: dict[str, int] = data["sources"]
    count = 0
    for path, size, written in sources(HERE.parent):
        if sizes.get(path) != size or written > latest:
            return None
        count += 1
    return data if count == len(sizes) else None


def sources(package: Path) -> Iterator[tuple[str, int, float]]:
    """The files in a package that the library is made from: path below it, size, and when it was written."""
    for folder in SOURCES:
        yield from files_in(package / folder, folder)


def files_in(folder: str | Path, inside: str) -> Iterator[tuple[str, int, float]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        name = entry.name
        if name.endswith(ENDINGS):
            status = entry.stat(follow_symlinks=False)
            yield f"{inside}/{name}", status.st_size, status.st_mtime
        elif "." not in name and name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            yield from files_in(entry.path, f"{inside}/{name}")


def kept(name: str, digest: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The data called `name` whose `digest` is this one; `make()` gives them where none are kept."""
    data = _read(HERE / f"{name}.json")
    if data is None or data.get("digest") != digest:
        data = _data(store.read(f"{name}.json"))
    if data is not None and data.get("digest") == digest:
        return data
    data = make()
    data["digest"] = digest
    store.write(f"{name}.json", written(data).encode("utf-8"))
    return data


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return _data(path.read_bytes())
    except OSError:
        return None


def _data(content: bytes | None) -> dict[str, Any] | None:
    """What `written` made; its `lines` stay text, and are decoded when somebody needs one."""
    if content is None:
        return None
    try:
        head, _, rest = content.partition(b"\n")
        data = json.loads(head)
        if not isinstance(data, dict):
            return None
        if rest or "length" in data:
            if data.get("length") != len(rest):
                return None
            data["lines"] = rest.decode("ascii").split("\n") if rest else []
    except ValueError:
        return None
    return data


def written(data: dict[str, Any]) -> str:
    """The data as JSON on one line, followed by each of its `lines`, which are JSON already."""
    if "lines" not in data:
        return json.dumps(data, separators=(",", ":"))
    rest = "\n".join(data["lines"])
    head = {**data, "length": len(rest)}
    del head["lines"]
    return json.dumps(head, separators=(",", ":")) + "\n" + rest


def build(target: Path, root: Path) -> list[tuple[Path, str]]:
    """Write everything that a wheel carries compiled into `target`; each file with its path in the wheel.

    `root` is the checkout that the wheel is built from.
    """
    from gdprlint import plugins
    from gdprlint.language import tables
    from gdprlint.rules import packfiles, packs

    made = {"parser": {**tables.build(), "digest": tables.digest()}}
    found = plugins.load({}, installed=False)
    loaded = []
    for pack in found.packs:
        files = packfiles.pack_files(pack.folder)
        data = {**packfiles.compile_pack(pack.name, files), "digest": packfiles.pack_digest(files)}
        made[f"pack-{pack.name}"] = data
        made[f"cues-{pack.name}"] = {**packfiles.compile_cues(pack.name, files), "digest": data["digest"]}
        loaded.append(
            packs.Pack(pack.name, pack.folder, pack.version, pack.origin, pack.prefixes, partial(dict[str, Any], data))
        )
    made["library"] = {
        **packs.Library(tuple(loaded)).checked(),
        "packs": {pack.name: pack.data["digest"] for pack in loaded},
        "plugins": plugins.answers(found),
        "sources": dict(sorted(_sources_of_checkout(root))),
    }
    paths = []
    for name, data in made.items():
        path = target / f"{name}.json"
        path.write_text(written(data), "utf-8")
        paths.append((path, f"gdprlint/compiled_data/{name}.json"))
    return paths


def _sources_of_checkout(root: Path) -> Iterator[tuple[str, int]]:
    """The files that will be the sources of the library in the wheel, with their sizes."""
    package = root / "src" / "gdprlint"
    folders = [(package / name, name) for name in SOURCES]
    folders.append((root / "rules", "rulebook"))
    folders += [(init.parent, f"bundled/{init.parent.name}") for init in root.glob("plugins/*/src/*/__init__.py")]
    for folder, inside in folders:
        yield from ((path, size) for path, size, _ in files_in(folder, inside))
