"""First-party plugins. In a wheel they are packages here; in a checkout they live in plugins/*/src.

INVARIANT: only the checkout of gdprlint itself adds to the import path of this package. An install
into a folder of some repository must never make that repository's plugins/*/src importable.
"""

from pathlib import Path


def _find_checkout() -> Path | None:
    package = Path(__file__).resolve().parents[1]
    if (package / "rulebook").exists():  # a wheel carries all it needs
        return None
    root = package.parents[1]
    project = root / "pyproject.toml"
    if root / "src" / "gdprlint" != package or not project.is_file():
        return None  # vendored below somebody else's root
    if 'name = "gdprlint-uk"' not in project.read_text(encoding="utf-8").splitlines():
        return None
    return root


CHECKOUT = _find_checkout()
"""The repository that this package runs from, or None where it was installed from a wheel."""

if CHECKOUT is not None:
    __path__ += sorted(str(folder) for folder in CHECKOUT.glob("plugins/*/src"))
