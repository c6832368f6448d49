"""Fixes: what of a text can be mended without a change of what it says, and how that is proved.

A finding brings its fixes; here they are applied to texts in memory, the texts are read and judged again, and only what
means the same as before and leaves no new finding is kept. Then files are written, or the difference is shown. Fixes
that are not safe are never applied. Knows nothing of rules or terminals.
"""

from __future__ import annotations

from gdprlint.fixing.rounds import Instead, Mended, mended
from gdprlint.fixing.texts import written

__all__ = ["Instead", "Mended", "mended", "written"]
