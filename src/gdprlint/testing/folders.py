"""Which packs are tested, by name or by folder, and the library with them in it.

A folder stands in for the installed pack that it declares itself to be, so that what is tested is what stands in the
repository. Any other folder is a pack as it is to `gdprlint check --pack`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from gdprlint import disk
from gdprlint.language import tree
from gdprlint.language.reading import read
from gdprlint.options import WrongUse
from gdprlint.rules.packfiles import pack_files
from gdprlint.rules.packs import Library, Pack, load, read_pack
from gdprlint.text import Source, nearest_name
from gdprlint.values import evolve

_WHERE = "; `gdprlint plugins` lists those that are installed, and a folder is named by its path"


@frozen
class Tested:
    """The library, and the packs of it that are asked for."""

    library: Library
    packs: tuple[Pack, ...]

    def paths_from(self, here: Path) -> Callable[[str], str]:
        """Says the path of a file of a pack as it is seen from a folder; of one that lies elsewhere, below its pack."""
        folders = {pack.name: Path(disk.real(pack.folder)) for pack in self.library.packs}
        around = Path(disk.real(here))

        def path(shown: str) -> str:
            name, _, below = shown.partition("/")
            folder = folders.get(name)
            if folder is None or not below:
                return shown
            file = folder if folder.suffix == ".gdpr" else folder / below
            return file.relative_to(around).as_posix() if file.is_relative_to(around) else shown

        return path


def library_with(words: Sequence[str]) -> Tested:
    """The library with the packs that are named, each by its name or by its folder; WrongUse names a wrong word.

    What has a slash in it, or ends with `.gdpr`, is a path; so is what no pack is called and a folder is.
    """
    library = load()
    names: list[str] = []
    own: dict[str, Path] = {}
    local: list[str] = []
    for word in words:
        path = Path(word)
        known = next((pack for pack in library.packs if pack.name == word), None)
        if not (path.exists() and ("/" in word or "\\" in word or path.suffix == ".gdpr" or known is None)):
            if known is None:
                near = nearest_name(word, (pack.name for pack in library.packs))
                hint = f"; did you mean `{near}`?" if near else _WHERE
                raise WrongUse(f"no rule pack is called `{word}`{hint}")
            names.append(known.name)
            continue
        real = disk.real(path)
        pack = next((pack for pack in library.packs if disk.real(pack.folder) == real), None)
        declared = pack.name if pack is not None else declared_name(path)
        if pack is None and declared in {pack.name for pack in library.packs}:
            own[declared] = path
        elif pack is None:
            local.append(word)
        names.append(declared if pack is not None or declared in own else Path(real).stem)
    if local:
        library = load(tuple(local))
    if own:
        packs = tuple(_of(pack, own[pack.name]) if pack.name in own else pack for pack in library.packs)
        library = evolve(library, packs=packs, known=None)
    return Tested(library, tuple(pack for pack in library.packs if pack.name in names))


def _of(pack: Pack, folder: Path) -> Pack:
    """The pack as it stands in this folder, with the prefixes that it says there are its own besides."""
    here = read_pack(evolve(pack, folder=folder, origin="local"))
    said = (row[0] for row in here.data["prefixes"])
    return evolve(here, prefixes=tuple(dict.fromkeys((*pack.prefixes, *said))))


def declared_name(folder: Path) -> str:
    """The name that a pack declares itself to have; without one, that of the folder."""
    for path, content in pack_files(folder):
        if path.rpartition("/")[2] == "pack.gdpr" or disk.is_file(folder):
            for item in read(Source(path, content.decode("utf-8", "replace").lstrip("\ufeff"))).tree.items:
                if type(item) is tree.Declaration and item.kind.text == "pack":
                    return item.name.text
    return Path(disk.real(folder)).stem
