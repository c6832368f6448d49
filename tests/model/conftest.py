"""One library for the tests of this folder."""

from tests.library import one_library

__all__ = ["one_library"]
