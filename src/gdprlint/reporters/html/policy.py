"""The policy that the page lays on itself: nothing is fetched, and only its own style and script count.

The two are known by their hashes, so that nothing that a name could smuggle in would run.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files


def part(name: str) -> str:
    """A file that goes into the page as it is; with line feeds, as browsers hash it."""
    return files("gdprlint.reporters.html").joinpath(name).read_text("ascii").replace("\r\n", "\n")


def policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{hashed(style)}'; script-src '{hashed(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def hashed(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
