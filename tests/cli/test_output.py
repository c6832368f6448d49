"""Colour, tables and JSON of the command line."""

from __future__ import annotations

import io
import json

import pytest

from gdprlint.cli.output import table, wants_color, width_of, write_json


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "environ", "colored"),
    [
        ("auto", {}, True),
        ("auto", {"TERM": "xterm"}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_on_a_terminal(choice: str, environ: dict[str, str], colored: bool) -> None:
    assert wants_color(choice, Terminal(), environ) is colored


@pytest.mark.parametrize(
    ("choice", "environ", "colored"),
    [("auto", {}, False), ("auto", {"FORCE_COLOR": "1"}, True), ("always", {}, True)],
)
def test_colour_in_a_pipe(choice: str, environ: dict[str, str], colored: bool) -> None:
    assert wants_color(choice, io.StringIO(), environ) is colored


def test_only_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")

    assert width_of(Terminal()) == 72
    assert width_of(io.StringIO()) is None


def test_a_table_has_columns_and_no_trailing_blanks() -> None:
    assert table(("code", "name"), [("UK1", "a"), ("UK505", "retention-missing")]) == (
        "code   name\nUK1    a\nUK505  retention-missing\n"
    )


def test_a_table_steers_no_terminal() -> None:
    assert "\x1b" not in table(("name",), [("\x1b[2J",)])


def test_json_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"name": "caf\u00e9 \u202e"})
    out = capsys.readouterr().out

    assert out.isascii()
    assert json.loads(out) == {"name": "caf\u00e9 \u202e"}
