"""What was found already when a team began: findings that are known, and count no more.

A baseline is a file with one line for each finding that was there when it was written. Findings in it are no findings
any more but `Suppressed`; what is in it and found no longer is told. Knows what a report says and nothing of rules,
readers or terminals; what is found by which rule never matters here, only its fingerprint.
"""

from __future__ import annotations

from gdprlint.baseline.stage import Wish, held_against

__all__ = ["Wish", "held_against"]
