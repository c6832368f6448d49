"""The cues and wordings of all packs of a library as one ear. Only those who read notices come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gdprlint import compiled
from gdprlint.rules.packfiles import compile_cues, pack_digest, pack_files

if TYPE_CHECKING:
    from gdprlint.prose.hearing import Ear
    from gdprlint.rules.packs import Library, Pack


def ear_of_all(library: Library) -> Ear:
    """The cues of all packs, ready to be heard in notices."""
    from gdprlint.prose.cues import cue_of
    from gdprlint.prose.hearing import ear_of

    digests = library.known.get("packs", {}) if library.known is not None else {}
    data = [pack_cues(pack, digests.get(pack.name)) for pack in library.packs]
    data += [compiled.kept(f"cues-{one.name.replace('/', '-')}", one.data["digest"], one.cues) for one in library.lists]
    cues = [cue_of(cue) for part in data for cue in part["cues"]]
    if any(part["more"] for part in data) or len({cue.name for cue in cues}) < len(cues):
        from gdprlint.prose.cues import with_additions
        from gdprlint.rules.extending import in_order

        near = library.standing.near
        order = {pack.name: number for number, pack in enumerate(in_order(library.packs, library.standing))}
        cues.sort(key=lambda cue: order.get(cue.pack, len(order)))
        more = [cue_of(cue) for part in data for cue in part["more"]]
        cues = with_additions(cues, more, lambda pack, other: other in near.get(pack, ()))
    return ear_of(
        cues,
        ((name, texts) for part in data for name, texts in part["wordings"]),
        _places(library),
    )


def _places(library: Library) -> dict[str, str]:
    """The key of each place of the vocabulary by its names, as words are folded."""
    found: dict[str, str] = {}
    for key, term in library.vocabulary.terms.items():
        if library.vocabulary.is_a(key, "place"):
            for name in (key, term.title, *term.also):
                found.setdefault(name.casefold().replace("-", " ").removeprefix("the "), key)
    found.pop("", None)
    return found


def pack_cues(pack: Pack, digest: str | None = None) -> dict[str, Any]:
    """The cues and wordings of a pack, as JSON-ready data: kept apart, since only notices need them.

    `digest` is that of the pack where it is known to fit.
    """
    digest = digest or pack_digest(pack_files(pack.folder))
    name = f"cues-{pack.name}-{digest[:8]}" if pack.origin == "local" else f"cues-{pack.name}"
    return compiled.kept(name, digest, lambda: compile_cues(pack.name, pack_files(pack.folder)))
