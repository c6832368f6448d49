"""The colours of the HTML report, computed from its style: WCAG 2.2 AA in light and in dark, browser or none."""

from __future__ import annotations

import re

import pytest

from gdprlint.reporters.html.policy import part

STYLE = part("report.css")
DARK = STYLE.partition("prefers-color-scheme: dark")[2].partition("* {")[0]
LIGHT = STYLE.partition("@media")[0]
GROUNDS = ("paper", "panel")
TEXTS = ("ink", "soft", "link", "error", "warning", "info", "good")
WASHED = [(f"{tone}-wash", text) for tone in ("error", "warning", "info") for text in (tone, "ink", "link", "soft")]


def colours(scheme: str) -> dict[str, str]:
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", LIGHT))
    return light if scheme == "light" else light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", DARK))


def light_of(colour: str) -> float:
    """The relative luminance of WCAG."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light_of(one), light_of(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ground", "text"), [*((g, t) for g in GROUNDS for t in TEXTS), *WASHED])
def test_text_can_be_read_on_its_ground(scheme: str, ground: str, text: str) -> None:
    known = colours(scheme)
    assert contrast(known[ground], known[text]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sign", ["edge", "focus", "error", "warning", "info"])
def test_edges_of_fields_the_focus_and_marks_can_be_seen(scheme: str, sign: str) -> None:
    known = colours(scheme)
    assert all(contrast(known[ground], known[sign]) >= 3 for ground in GROUNDS)


def test_the_dark_scheme_names_every_colour_of_the_light_one() -> None:
    assert set(re.findall(r"--([\w-]+): #", DARK)) == set(re.findall(r"--([\w-]+): #", LIGHT))


def test_every_colour_is_a_token() -> None:
    """What stands outside the tokens is paper: its white and the grey of its page numbers."""
    after = STYLE.replace(LIGHT, "").replace(DARK, "")
    assert sorted(set(re.findall(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\b", after))) == ["#555", "#fff"]
