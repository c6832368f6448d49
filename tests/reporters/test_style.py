"""Colour and links are a second layer: the text below them stays what it was."""

from __future__ import annotations

import re

import pytest

from gdprlint.reporters import REPORTERS, RenderOptions, render
from gdprlint.reporters.style import link

from .making import WELLBEING, WHOLE, finding, label, seen, span

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("format", REPORTERS)
@pytest.mark.parametrize("width", [None, 60])
def test_the_text_in_colour_is_the_text(format: str, width: int | None) -> None:
    colored = render(WHOLE, format, RenderOptions(color=True, width=width))
    assert CODES.sub("", colored) == render(WHOLE, format, RenderOptions(width=width))


@pytest.mark.parametrize("format", ["full", "concise"])
def test_colour_is_used_when_it_is_asked_for(format: str) -> None:
    assert CODES.search(render(WHOLE, format, RenderOptions(color=True)))


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR"])
def test_the_environment_is_not_asked(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [render(WHOLE, "full", RenderOptions(color=color)) for color in (True, False)]
    monkeypatch.setenv(variable, "1")
    assert before == [render(WHOLE, "full", RenderOptions(color=color)) for color in (True, False)]


def test_every_line_ends_in_the_colour_of_the_terminal() -> None:
    """A line taken out of the output by `grep` colours nothing after it."""
    for line in render(WHOLE, "full", RenderOptions(color=True)).splitlines():
        assert [code != "\x1b[0m" for code in CODES.findall(line)] == [True, False] * (len(CODES.findall(line)) // 2)


def test_the_place_has_the_colour_of_its_weight_and_the_margin_is_blue() -> None:
    what = finding(span(WELLBEING, "transfers"), "said", label(WELLBEING, "none", "there"))
    *_, hanging, last = seen(what, WELLBEING, color=True).splitlines()
    blue, red, end = "\x1b[34m", "\x1b[1;31m", "\x1b[0m"
    assert hanging == f"{blue}  |{end}   {red}|{end}"
    assert last == f"{blue}  |{end}   {red}said{end}"


def test_a_link_is_wrapped_around_its_text() -> None:
    assert link("UK901", "https://example.org/UK901") == ("\x1b]8;;https://example.org/UK901\x1b\\UK901\x1b]8;;\x1b\\")


def test_without_an_address_nothing_is_linked() -> None:
    assert link("UK901", None) == "UK901"
    assert render(WHOLE, "full", RenderOptions(links=True)) == render(WHOLE, "full", RenderOptions())
