"""What is missing where somebody asks for a part of the kit without the extra that brings its library."""

from __future__ import annotations

from types import ModuleType


def needed(library: str, what: str) -> ModuleType:
    """The library; where it is not installed, ImportError says what it is needed for and what brings it."""
    from importlib import import_module

    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
        raise ModuleNotFoundError(missing(library, what), name=library) from None


def missing(library: str, what: str) -> str:
    return f"{what} needs {library}: pip install 'gdprlint-uk[testing]'"
