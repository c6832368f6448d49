"""Who owns codes and names of rules: the first pack that has one, and whose prefix it is.

What two packs both have is told with the names of both, and the rule of the second does not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gdprlint.diagnostics import Diagnostic, Problem
from gdprlint.rules.requirements import fault
from gdprlint.rules.rule import Rule
from gdprlint.text import Span, visible

if TYPE_CHECKING:
    from gdprlint.language import tree
    from gdprlint.rules.packs import Pack

LOCAL = "local"


def prefix(code: str) -> str:
    """The letters that a code begins with."""
    return code.rstrip("0123456789")


class Owners:
    """The codes, names and prefixes that are taken, by the packs that have them."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.prefixes: dict[str, str] = {}
        self.own: dict[str, set[str]] = {}
        self.faults: list[Diagnostic] = []
        self.taken: dict[str, tuple[str, str]] = {}  # a code or name: whose it is, and the code of its rule
        for pack in packs:
            own = self.own[pack.name] = set()
            places = {row[0]: row for row in pack.data.get("prefixes", ())}
            for word in pack.prefixes:
                owner = self.prefixes.setdefault(word, pack.name)
                if owner == pack.name:
                    own.add(word)
                elif word in places:
                    _, path, start, end = places[word]
                    message = f"the packs {owner} and {pack.name} both own codes that begin with {word}"
                    span = Span(f"{pack.name}/{path}", start, end)
                    self.faults.append(fault("conflict", message, span, "choose other letters"))

    def claim(self, rule: Rule, node: tree.Rule, pack: Pack) -> Diagnostic | None:
        """Take the code and the names of a declared rule; why it cannot have them, where somebody else does."""
        span = Span(rule.place, node.code.start, node.code.end)
        letters = prefix(rule.code)
        owner = self.prefixes.get(letters)
        if owner is not None and owner != pack.name:
            message = f"codes that begin with {letters} are those of the pack {owner}, not of {pack.name}"
            return fault("conflict", message, span, _own(self.own[pack.name]))
        if self.own[pack.name] and letters not in self.own[pack.name]:
            message = f"the pack {pack.name} does not own codes that begin with {letters}"
            return fault("conflict", message, span, _own(self.own[pack.name]))
        for word in (rule.code, rule.name):
            if word in self.taken:
                other, code = self.taken[word]
                what = "code" if word == rule.code else "name"
                whose = f"the packs {other} and {pack.name} both have" if other != pack.name else f"{other} has twice"
                message = f"{whose} a rule of the {what} `{word}`" + (f"; the other is {code}" if code != word else "")
                at = span if word == rule.code else Span(rule.place, node.name.start, node.name.end)
                return fault("conflict", message, at, f"choose another {what}")
        for word in rule.aliases:
            other, code = self.taken.get(word, (pack.name, word))
            if other != pack.name:
                message = f"`{word}` is a rule of the pack {other}, and {rule.code} of {pack.name} is called so, too"
                return fault("conflict", message, span, "take it out of `also`")
        for word in (rule.code, rule.name):
            self.taken[word] = (pack.name, rule.code)
        return None


def _own(prefixes: set[str]) -> str:
    return f"begin the code with {' or '.join(sorted(prefixes))}" if prefixes else "choose other letters"


def in_python(
    rules: Iterable[Rule], declared: Iterable[Rule], packs: Iterable[Pack]
) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules in Python whose codes and names are nobody else's, and a problem for each of the others."""
    owners: Mapping[str, str] = {word: pack.name for pack in packs for word in pack.prefixes}
    taken = {word: rule.pack for rule in declared for word in (rule.code, rule.name, *rule.aliases)}
    kept: list[Rule] = []
    problems: list[Problem] = []
    for rule in rules:
        pack = rule.pack or "plugin"
        owner = owners.get(prefix(rule.code), pack)
        clash = next((word for word in (rule.code, rule.name, *rule.aliases) if word in taken), None)
        if owner != pack:
            letters = prefix(rule.code)
            what = f"codes that begin with {letters} are those of the pack {owner}, not of {pack}"
        elif clash is not None:
            what = f"the packs {taken[clash]} and {pack} both have a rule called {clash}"
        else:
            kept.append(rule)
            taken |= dict.fromkeys((rule.code, rule.name, *rule.aliases), pack)
            continue
        problems.append(Problem(f"rule {visible(rule.code)} {visible(rule.name)} is not run: {what}"))
    return tuple(kept), tuple(problems)
