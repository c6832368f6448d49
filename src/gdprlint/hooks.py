"""The hooks that a plugin may implement, and the marker it does so with.

A plugin is a module or package that an entry point of the group `gdprlint` names. It implements any
of these functions, marked with `hookimpl`, and needs nothing else: there is no class to inherit from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy
from attrs import Attribute, field, frozen

if TYPE_CHECKING:
    from gdprlint.rules.rule import Rule

hookspec = pluggy.HookspecMarker("gdprlint")
hookimpl = pluggy.HookimplMarker("gdprlint")


def _is_one_word(_: object, __: Attribute[str], name: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"a pack is named by one hyphenated word in small letters, not {name!r}")


def _are_capitals(_: object, __: Attribute[tuple[str, ...]], prefixes: tuple[str, ...]) -> None:
    if not prefixes or not all(re.fullmatch(r"[A-Z]+", prefix) for prefix in prefixes):
        raise ValueError(f"prefixes of codes are capital letters, such as ACME, not {prefixes!r}")


def _each(prefixes: Iterable[str]) -> tuple[str, ...]:
    return (prefixes,) if isinstance(prefixes, str) else tuple(prefixes)


@frozen
class RulePack:
    """A folder of rules written in the language, and the prefixes of codes that it owns.

    `name` is the word that a record says after `use` (`uk-gdpr`). `folder` holds `pack.gdpr`,
    `cast.gdpr` and the topics. `prefixes` are whole (`UK` does not own `UKS1`); no two packs may own
    the same. `version` may stay empty: then it is that of the distribution which carries the pack.
    """

    name: str = field(validator=_is_one_word)
    folder: Path = field(converter=Path)
    prefixes: tuple[str, ...] = field(converter=_each, validator=_are_capitals)
    version: str = ""


@hookspec
def gdprlint_rule_packs() -> list[RulePack]:  # type: ignore[empty-body]  # a specification has no body
    """The packs of declared rules that this plugin brings.

    Takes no arguments and is called once, when gdprlint starts. Installed plugins are asked in the
    order of their names, then the bundled ones; what two plugins both claim, a name or a prefix,
    stays with the first and is reported as a problem.

        @hookimpl
        def gdprlint_rule_packs():
            return [RulePack("acme", Path(__file__).parent, prefixes=("ACME",))]
    """


@hookspec
def gdprlint_rules() -> list[Rule]:  # type: ignore[empty-body]  # a specification has no body
    """The rules that this plugin has written in Python.

    Takes no arguments and is called once, when gdprlint starts, in the same order as
    `gdprlint_rule_packs`. The order of the list does not matter: findings are shown by place.

        @rule("ACME001", "code-name-in-public", cites=["uk-gdpr 5(1)(a)"])
        def code_name_in_public(activity, ctx):
            ...

        @hookimpl
        def gdprlint_rules():
            return [code_name_in_public]
    """
