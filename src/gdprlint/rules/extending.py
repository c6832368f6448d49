"""What packs say of the words and cues of others: what they may add, and where two of them mean different things.

Any pack may put terms below those of others. A pack that requires another may also declare its terms once more, and
what stands there is added; a `cue` with neither title nor item adds to the cue of that name. Where two packs that know
nothing of each other declare one word, or one word means two terms, the first holds and the other is told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gdprlint.diagnostics import Diagnostic
from gdprlint.model.vocabulary import folded
from gdprlint.rules.requirements import Standing, fault
from gdprlint.text import Span, nearest_name

if TYPE_CHECKING:
    from gdprlint.rules.packs import Pack

MOST = 100  # faults of one pack that are told
SHIPPED = ("core", "bundled")
_ORDER = ("core", "bundled", "installed", "local")


def in_order(packs: Iterable[Pack], standing: Standing) -> list[Pack]:
    """The packs, each after those that it knows of."""

    def rank(pack: Pack) -> tuple[int, int]:
        place = _ORDER.index(pack.origin) if pack.origin in _ORDER else len(_ORDER)
        return len(standing.over[pack.name]), place

    return sorted(packs, key=rank)


def term_faults(packs: Iterable[Pack], standing: Standing) -> tuple[set[tuple[str, int]], list[Diagnostic]]:
    """The terms that are left out, by pack and number, and what is wrong with terms."""
    packs = in_order(packs, standing)
    left_out: set[tuple[str, int]] = set()
    found: list[Diagnostic] = []
    every = {data[0] for pack in packs for data in pack.data["terms"]}
    owners: dict[str, Pack] = {}
    spellings: dict[str, tuple[str, Pack]] = {}
    for pack in packs:
        told: list[Diagnostic] = []
        if pack.origin not in SHIPPED:  # those that ship are held to all this by tests
            for number, data, span in _terms(pack):
                wrong = _term(pack, data, span, standing, owners, spellings)
                if wrong is not None:
                    left_out.add((pack.name, number))
                    told.append(wrong)
                else:
                    told.extend(_meanings(pack, data, span, every, spellings))
                if len(told) > MOST:
                    told[MOST:] = [fault("too-many", f"more than {MOST} faults of terms; the rest is not told", span)]
                    break
        found.extend(told)
        for number, data in enumerate(pack.data["terms"]):
            if (pack.name, number) not in left_out:
                owners.setdefault(data[0], pack)
                for text in (data[0], *data[3]):
                    spellings.setdefault(folded(text), (data[0], pack))
    return left_out, found


def _terms(pack: Pack) -> Iterator[tuple[int, list[Any], Span]]:
    for number, (data, (path, start, end)) in enumerate(zip(pack.data["terms"], pack.data["places"], strict=True)):
        yield number, data, Span(f"{pack.name}/{path}", start, end)


def _term(
    pack: Pack,
    data: list[Any],
    span: Span,
    standing: Standing,
    owners: dict[str, Pack],
    spellings: dict[str, tuple[str, Pack]],
) -> Diagnostic | None:
    """Why a term is not taken: it is one of a pack that this one knows nothing of."""
    key = data[0]
    owner = owners.get(key)
    if owner is not None and owner is not pack:
        if owner.name in standing.near[pack.name]:
            return None
        message = f"`{key}` is a term of the pack {owner.name}, which {pack.name} does not require"
        return fault("conflict", message, span, f"write `requires {owner.name}` to add to it, or choose another word")
    meant, other = spellings.get(folded(key), (key, pack))
    if meant != key and other is not pack:
        message = f"`{key}` means `{meant}` in the pack {other.name}, and is a term of its own in {pack.name}"
        return fault("conflict", message, span, "choose another word")
    return None


def _meanings(
    pack: Pack, data: list[Any], span: Span, every: set[str], spellings: dict[str, tuple[str, Pack]]
) -> Iterator[Diagnostic]:
    """Synonyms that mean something else already, and terms above that there are not."""
    key = data[0]
    for text in data[3]:
        meant, other = spellings.get(folded(text), (key, pack))
        if meant != key and other is not pack:
            message = f"`{text}` means `{meant}` in the pack {other.name}, and `{key}` in {pack.name}"
            yield fault("conflict", message, span, "the first holds; choose another word")
    for parent in data[2]:
        if parent[0] not in every:
            near = nearest_name(parent[0][:100], every)
            help = f"did you mean `{near}`?" if near else f"declare it: `term {parent[0]}`"
            yield fault("unknown-word", f"`{key}` is said to be `{parent[0]}`, which is no term", span, help)


# ---- cues


def cue_faults(packs: Iterable[Pack], standing: Standing) -> list[Diagnostic]:
    """Cues that two packs declare, and additions to cues that cannot be made."""
    packs = in_order(packs, standing)
    found: list[Diagnostic] = []
    owners: dict[str, tuple[Pack, list[str]]] = {}
    for pack in packs:
        for name, adds, has, _, _, _ in pack.data.get("cues", ()):
            if not adds:
                owners.setdefault(name, (pack, has))
    for pack in packs:
        told = [one for row in pack.data.get("cues", ()) for one in _cue(pack, row, standing, owners)]
        found.extend(told[:MOST])
    return found


def _cue(
    pack: Pack, row: list[Any], standing: Standing, owners: dict[str, tuple[Pack, list[str]]]
) -> Iterator[Diagnostic]:
    name, adds, has, path, start, end = row
    span = Span(f"{pack.name}/{path}", start, end)
    owner, known = owners.get(name, (None, []))
    if not adds:
        if owner is not None and owner is not pack:
            message = f"the packs {owner.name} and {pack.name} both declare the cue `{name}`"
            yield fault("conflict", message, span, "to add to it, leave out its title and all that stands behind")
        return
    if owner is None:
        near = nearest_name(name[:100], owners)
        help = f"did you mean `{near}`?" if near else "a cue of its own has a title, and says what it is `of`"
        yield fault("unknown-cue", f"there is no cue `{name}` to add to", span, help)
        return
    if owner.name not in standing.near[pack.name]:
        message = f"`{name}` is a cue of the pack {owner.name}, which {pack.name} does not require"
        yield fault("conflict", message, span, f"write `requires {owner.name}` in `pack.gdpr`")
    for verb in ("heading", "beside"):
        if verb in has and verb not in known:
            message = f"`{name}` has no `{verb}`, so adding one would take from what it hears"
            yield fault("bad-cue", message, span, "declare a cue of your own")


def may_add(pack: str, row: list[Any], owners: dict[str, str], standing: Standing) -> bool:
    """Whether an addition to a cue holds."""
    return owners.get(row[0], "") in standing.near[pack]
