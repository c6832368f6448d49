"""What is compiled ahead: the parser's tables and the bundled packs, as plain JSON under a hash.

The wheel carries them beside their sources. A hash that does not fit what is installed means that
they are made again (and kept in the user's cache folder where that can be written); nothing is
ever unpickled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gdprlint.language import tables

HERE = Path(__file__).parent / "compiled_data"


def parser_tables() -> tables.Tables:
    """The parser's tables: as shipped, else from the cache, else made from the grammar."""
    return tables.load(kept("parser", tables.digest(), tables.build))


def kept(name: str, digest: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The data called `name` whose `digest` is this one; `make()` gives them where none are kept."""
    for folder in (HERE, cache_folder()):
        data = _read(folder / f"{name}.json") if folder else None
        if data is not None and data.get("digest") == digest:
            return data
    data = make()
    data["digest"] = digest
    _write(cache_folder(), f"{name}.json", data)
    return data


def cache_folder() -> Path | None:
    """The user's cache folder for gdprlint, or None where the user has switched it off."""
    given = os.environ.get("GDPRLINT_CACHE_DIR")
    if given is not None:
        return Path(given) if given else None
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("gdprlint-uk", appauthor=False))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _write(folder: Path | None, name: str, data: dict[str, Any]) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{name}.{os.getpid()}"
        partial.write_text(json.dumps(data, separators=(",", ":")), "utf-8")
        partial.replace(folder / name)
    except OSError:
        return


def build(target: Path, root: Path) -> list[tuple[Path, str]]:
    """Write everything that a wheel carries compiled into `target`; each file with its path in the wheel.

    `root` is the checkout that the wheel is built from.
    """
    from gdprlint import plugins
    from gdprlint.rules import packs

    loaded = []
    made = {"parser": {**tables.build(), "digest": tables.digest()}}
    for found in plugins.load({}, installed=False).packs:
        pack = packs.Pack(found.name, found.folder, found.version, found.origin, found.prefixes)
        files = packs.pack_files(pack.folder)
        data = {**packs.compile_pack(pack, files), "digest": packs.pack_digest(files)}
        made[f"pack-{pack.name}"] = data
        made[f"cues-{pack.name}"] = {**packs.compile_cues(pack, files), "digest": data["digest"]}
        loaded.append(packs.Pack(pack.name, pack.folder, pack.version, pack.origin, pack.prefixes, data))
    library = packs.Library(tuple(loaded))
    made["rules"] = {**library.checked(), "digest": library.digest()}
    written = []
    for name, data in made.items():
        path = target / f"{name}.json"
        path.write_text(json.dumps(data, separators=(",", ":")), "utf-8")
        written.append((path, f"gdprlint/compiled_data/{name}.json"))
    return written
