"""What stands behind a report, for those who read it without the tool: the rules, what was looked at, and who is who.

Plain data, made by `judging.background` where a reporter asks for it (`reporters.ASK_FOR_BACKGROUND`): a plain `check`
does without. Nothing here knows rules or registers; provisions keep the notation of the language.
"""

from __future__ import annotations

from collections.abc import Mapping

from gdprlint.diagnostics import Severity
from gdprlint.values import field, frozen

OUTCOMES = ("failed", "could not tell", "passed", "did not apply", "not in force", "left out")
"""What can come of a rule, the gravest first. `left out`: not selected, or of a pack that no register uses."""


@frozen
class Explained:
    """A rule as it is told to people."""

    code: str
    name: str
    title: str
    why: str
    help: str
    severity: Severity
    pack: str
    topic: str
    cites: tuple[str, ...]
    outcome: str


@frozen
class Watch:
    """A provision (empty for a topic), in `part` its paragraph, with the codes of the rules that watch it.

    `why` says why no rule does, where none does.
    """

    provision: str
    title: str
    part: str
    why: str
    codes: tuple[str, ...]


@frozen
class PackCoverage:
    """What a pack is about, and what is watched of it; `fault` where its list could not be read."""

    name: str
    title: str
    used: bool
    watches: tuple[Watch, ...]
    fault: str = ""


@frozen
class Party:
    """Somebody who answers for an activity: by the name in the register (may be empty), and as people call them."""

    name: str
    title: str


@frozen
class Activity:
    title: str
    parties: tuple[Party, ...]


@frozen
class Registered:
    """A register: where it lies, its files, its activities by name, and who answers for any of them."""

    name: str
    root: str
    paths: frozenset[str]
    activities: Mapping[str, Activity] = field(repr=False)
    parties: tuple[Party, ...] = ()


@frozen
class Background:
    """`rules` by code: those of the packs in use."""

    rules: Mapping[str, Explained] = field(repr=False)
    coverage: tuple[PackCoverage, ...] = ()
    registers: tuple[Registered, ...] = ()
