"""Hits, false alarms and misses, and the three figures that are made of them."""

from __future__ import annotations

from attrs import frozen


@frozen
class Counts:
    """What was told and true, told and not true, true and not told."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Of what was told, how much is true; 1 where nothing was told."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, how much was told; 1 where there is nothing to tell."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self, name: str) -> str:
        truth, told = self.hits + self.missed, self.hits + self.false
        return (
            f"{name:36} {self.precision:6.3f} {self.recall:6.3f} {self.f1:6.3f}   {self.hits} of {truth}, {told} told"
        )


def counted(true: bool, told: bool) -> Counts:
    return Counts(int(true and told), int(told and not true), int(true and not told))
