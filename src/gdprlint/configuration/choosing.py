"""Which rules the words of a configuration mean, and which of several words says more exactly which rule.

A word is a code or name, a provision, a topic or a pack, as for `gdprlint check --select`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gdprlint.configuration.shape import Said
from gdprlint.configuration.structuring import finding
from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.model.provisions import Provision, parse_query
from gdprlint.rules.packs import Library
from gdprlint.rules.rule import Parameter, Rule
from gdprlint.text import nearest_name

MOST_WORDS = 2_000
SYNTAX = "syntax"  # what cannot be read is known by this word, and is no rule

Exactness = tuple[int, int]
BY_CODE: Exactness = (0, 0)
BY_FORMER_CODE: Exactness = (0, 1)  # of a rule that is gone, and that others replace


class Words:
    """The words that mean rules of a library, each looked up once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._meant: dict[str, dict[str, Exactness]] = {}

    def meant(self, word: str) -> dict[str, Exactness]:
        """The codes that a word means; the lower, the more exactly."""
        known = self._meant.get(word)
        if known is None:
            known = self._meant[word] = self._looked_up(word.strip())
        return known

    def sound(self, words: Iterable[Said[str]]) -> tuple[list[Said[str]], list[Diagnostic]]:
        """The words that mean something, and a finding for each that does not."""
        kept: list[Said[str]] = []
        found: list[Diagnostic] = []
        for said in words:
            if said.value not in self._meant and len(self._meant) >= MOST_WORDS:
                message = f"more than {MOST_WORDS:,} words for rules stand in this configuration; this one is not read"
                return kept, [*found, finding("too-many", message, said.span)]
            if self.meant(said.value):
                kept.append(said)
                continue
            gone = self.library.former.get(said.value.strip())
            if gone is not None:
                message = gone.said(removed=True)
                found.append(finding("unknown-rule", message, said.span, "take it out", Severity.WARNING))
                continue
            near = nearest_name(said.value, self._names)
            message = f"no rule, pack, provision or topic is called `{said.value}`"
            found.append(finding("unknown-rule", message, said.span, f"did you mean `{near}`?" if near else ""))
        return kept, found

    def one(self, word: str) -> tuple[str, str]:
        """The only rule that a word means, and any of those that it means; "" where it means several."""
        meant = self.meant(word)
        exact = [code for code, exactness in meant.items() if exactness in (BY_CODE, BY_FORMER_CODE)]
        return word if word in exact else exact[0] if len(exact) == 1 else "", next(iter(meant), "")

    def parameters(self, code: str) -> tuple[Parameter, ...]:
        """The parameters of the rule of this code."""
        return next((rule.parameters for rule in self.library.known_rules if rule.code == code), ())

    def _looked_up(self, word: str) -> dict[str, Exactness]:
        found: dict[str, Exactness] = {SYNTAX: BY_CODE} if word == SYNTAX else {}
        for rule in self.library.known_rules:
            if word in (rule.code, rule.name) or word in rule.aliases:
                found[rule.code] = BY_CODE
            elif word == rule.topic:
                found[rule.code] = (2, 0)
            elif word == rule.pack:
                found[rule.code] = (3, 0)
        if found or word in self._replaced:
            return {**dict.fromkeys(self._replaced.get(word, ()), BY_CODE), **found}
        if word in self.library.former:
            return dict.fromkeys(self.library.today(word), BY_FORMER_CODE)
        try:
            asked = parse_query(word)
        except ValueError:
            return found
        if asked.parts:
            exact = (1, -len(asked.parts))
            found.update((rule.code, exact) for rule, cites in self._cited if any(map(asked.contains, cites)))
        return found

    @cached_property
    def _replaced(self) -> dict[str, tuple[str, ...]]:
        """The rules that another pack puts in the place of one, by its code and name."""
        by_code = {change.code: change.replaced_by for change in self.library.changes if change.replaced_by}
        names = {rule.name: by_code[rule.code] for rule in self.library.written if rule.code in by_code}
        return {**by_code, **names}

    @cached_property
    def _cited(self) -> list[tuple[Rule, list[Provision]]]:
        found = []
        for rule in self.library.rules:
            cites = {*rule.cites, *(cite for window in rule.windows for cite in window.cites)}
            found.append((rule, [Provision.parse(cite) for cite in cites if cite]))
        return found

    @cached_property
    def _names(self) -> set[str]:
        rules = self.library.rules
        return {name for rule in rules for name in (rule.code, rule.name, rule.topic, rule.pack, *rule.aliases) if name}
