"""The reference in docs/hooks.md, made from the docstrings of the hooks and of what they give.

`python -m tests.docs.hook_pages` writes it again, below its mark.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gdprlint import hooks

PAGE = Path(__file__).parents[2] / "docs" / "hooks.md"
MARK = "<!-- Below this line the page is made by `python -m tests.docs.hook_pages`. -->\n"
GIVES = {**{name: kind.__name__ for name, kind in hooks.KINDS.items()}, "gdprlint_rules": "Rule"}
BESIDE = {"gdprlint_readers": (hooks.FileRead, hooks.Line, hooks.Unread)}


def names() -> list[str]:
    """The hooks, in the order in which they are declared."""
    return [name for name in vars(hooks) if name.startswith("gdprlint_")]


def prose(hook: str) -> str:
    return _parts(hook)[0]


def example(hook: str) -> str:
    """The example of a hook: Python with its imports left out."""
    return _parts(hook)[1]


def _parts(hook: str) -> tuple[str, str]:
    """What the docstring of a hook says, and its example, which is what is indented in it."""
    text = inspect.getdoc(getattr(hooks, hook)) or ""
    begin = re.search(r"^    ", text, re.M)
    assert begin is not None, f"{hook} has no example"
    return text[: begin.start()].strip(), textwrap.dedent(text[begin.start() :]).strip()


def reference() -> str:
    return "\n".join(line for hook in names() for line in _section(hook))


def _section(hook: str) -> Iterator[str]:
    kind = GIVES.get(hook, "click.Command")
    yield f"### `{hook}() -> list[{kind}]`\n"
    yield f"{_filled(prose(hook))}\n"
    yield f"```python\n{_laid_out(example(hook))}\n```\n"
    for value in (hooks.KINDS[hook], *BESIDE.get(hook, ())) if hook in hooks.KINDS else ():
        yield f"**`{value.__name__}({_arguments(value)})`**\n"
        yield f"{_filled(inspect.getdoc(value) or '')}\n"


def _laid_out(code: str) -> str:
    """The example as ruff lays it out, which looks into pages too; in a docstring it is written more closely."""
    return re.sub(r"\n\n(?=(@|def ))", "\n\n\n", code).replace("'''", '"""')


def _arguments(kind: Any) -> str:
    found = []
    for field in kind.__attrs_attrs__:
        default = field.default
        if "NOTHING" in repr(default):
            found.append(field.name)
        else:
            found.append(f"{field.name}={default!r}")
    return ", ".join(found)


def _filled(text: str) -> str:
    """Paragraphs as lines of the width that the other pages have; tables stay as they are."""
    parts = text.split("\n\n")
    return "\n\n".join(part if part.startswith("|") else textwrap.fill(" ".join(part.split()), 120) for part in parts)


def written(page: str) -> str:
    """The page with the reference as it is now."""
    head, mark, _ = page.partition(MARK)
    assert mark, "the page has no mark below which it is made"
    return head + MARK + "\n" + reference()


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
