"""Compiles the rule packs and the parser's tables when the wheel is built.

What a user would otherwise wait for at every start is done once here. The compiled files are plain
JSON and go into the wheel only: an editable install reads the sources, which are what changes there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledFiles(BuildHookInterface[Any]):
    """The build hook that hatchling finds in this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled files to a wheel; `version` is `standard` or `editable`."""
        if version == "editable":
            return
        root = Path(self.root)
        self.folder = tempfile.TemporaryDirectory(prefix="gdprlint-compiled-")
        for file, inside in compiled_files(root, Path(self.folder.name)):
            build_data["force_include"][str(file)] = inside

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel is written: what it was made of may go."""
        if version != "editable":
            self.folder.cleanup()


def compiled_files(root: Path, target: Path) -> list[tuple[Path, str]]:
    """Write the compiled files of the checkout at `root` into `target`; each with its path in the wheel."""
    source = str(root / "src")
    sys.path.insert(0, source)
    # No cache: what goes into a wheel is made from the sources beside it and from nothing else.
    cache = os.environ.get("GDPRLINT_CACHE_DIR")
    os.environ["GDPRLINT_CACHE_DIR"] = ""
    try:
        from gdprlint import compiled

        return compiled.build(target, root)
    finally:
        sys.path.remove(source)
        del os.environ["GDPRLINT_CACHE_DIR"]
        if cache is not None:
            os.environ["GDPRLINT_CACHE_DIR"] = cache
