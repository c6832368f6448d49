"""gdprlint talks to no network: it holds no code that could, and runs where none may be asked."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.error", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip

FORBID = """
import sys

def forbid(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.", "webbrowser.")):
        print("FORBIDDEN", event, arguments, file=sys.stderr)
        import os
        os._exit(99)

sys.addaudithook(forbid)
sys.argv[0] = "gdprlint"
from gdprlint.__main__ import main
sys.exit(main())
"""


def imports(file: Path) -> Iterator[str]:
    """The names of all that a file imports, wherever in it; also by name, through importlib."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(word.value) for word in node.args if isinstance(word, ast.Constant))


def test_nothing_that_ships_imports_what_talks_to_a_network() -> None:
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")]
    found = {
        (str(file.relative_to(ROOT)), name)
        for file in files
        for name in imports(file)
        if any(name == module or name.startswith(f"{module}.") for module in NETWORK)
    }

    assert len(files) > 200
    assert found == set()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command where the first thing that touches a network ends the process."""
    return subprocess.run([sys.executable, "-c", FORBID, *arguments], cwd=folder, capture_output=True, text=True)


def test_what_is_forbidden_would_be_noticed(tmp_path: Path) -> None:
    code = FORBID.replace("from gdprlint.__main__ import main\nsys.exit(main())", "import socket; socket.socket()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 99
    assert "FORBIDDEN socket.__new__" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{examples}", "--jobs", "2"),
        ("check", "{examples}/example-study/notice.md"),
        ("read", "{examples}/example-study/notice.md"),
        ("write", "notice", "record.gdpr", "--format", "html"),
        ("write", "record", "record.gdpr", "--format", "xlsx", "--output", "out.xlsx"),
        ("read", "out.xlsx"),
        ("rules",),
        ("fmt", "--check", "record.gdpr"),
        ("compare", "record.gdpr", "record.gdpr"),
        ("eval", "activity.keeps is stated", "record.gdpr"),
        ("schema", "activity"),
        ("new", "pack", "acme"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_commands_run_where_no_network_may_be_asked(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(tmp_path, "init").returncode == 0
    if arguments == ("read", "out.xlsx"):
        run(tmp_path, "write", "record", "record.gdpr", "--format", "xlsx", "--output", "out.xlsx")
    done = run(tmp_path, *(word.format(examples=ROOT / "examples") for word in arguments))

    assert "FORBIDDEN" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
