"""The command `gdprlint`: what must happen before anything else is imported."""

# No `from __future__` here: with `python -m` the working folder, which is a stranger's, stands first
# on the import path until `main` has taken it off.
import sys

from gdprlint import __version__
from gdprlint.importpath import without_working_folder


def main() -> int:
    """Run the command line; the exit code is 0 (nothing found), 1 (something) or 2 (it could not be told)."""
    sys.path[:] = without_working_folder(sys.path)
    if sys.argv[1:] == ["--version"]:  # answered without the 75 ms that click takes
        print(f"gdprlint {__version__}")
        return 0
    try:
        from gdprlint.cli import run

        return run()
    except KeyboardInterrupt:  # while something was being imported
        return 130


if __name__ == "__main__":
    sys.exit(main())
