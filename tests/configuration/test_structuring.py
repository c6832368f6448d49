"""What a configuration says, and what is told of what it cannot say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gdprlint.configuration.reading import Read, Unusable, of_text
from gdprlint.text import Source

FORMS = ("full", "concise", "json")

WHOLE = """\
select = ["uk-gdpr", "art 9"]
ignore = ["UK1315"]
packs = ["uk-gdpr"]
local-packs = ["house-rules"]
notices = ["notices/**/*.md"]
as-of = 2026-11-22
fail-on = "warning"
format = "concise"
strictness = "careful"

[severity]
UK901 = "info"

[parameters]
UK511 = { longest = "2 years" }

[per-path."archive/"]
ignore = ["storage"]
reason = "kept for the archive"
owner = "officer"
until = 2027-03-31

[per-path."archive/".severity]
"art 9" = "warning"
"""


def read(text: str, in_pyproject: bool = False) -> Read:
    return of_text(Source("gdprlint.toml", text), Path.cwd(), in_pyproject, FORMS)


def told(text: str) -> list[str]:
    """Each finding as `line:column: message (help)`."""
    found = read(text)
    lines = []
    for one in found.findings:
        line, column = found.source.position(one.span.start)
        lines.append(f"{line}:{column}: {one.message}" + (f" ({one.help})" if one.help else ""))
    return lines


def test_every_key_is_read() -> None:
    values = read(WHOLE).values

    assert [word.value for word in values.select] == ["uk-gdpr", "art 9"]
    assert values.as_of is not None
    assert values.as_of.value == date(2026, 11, 22)
    assert {word.value: level.value for word, level in values.severity.items()} == {"UK901": "info"}
    ((pattern, about),) = values.per_path.items()
    assert (pattern.value, [word.value for word in about.ignore]) == ("archive/", ["storage"])
    assert {word.value: level.value for word, level in about.severity.items()} == {"art 9": "warning"}
    assert (values.strictness, values.format) != (None, None)
    assert read(WHOLE).findings == ()


def test_in_pyproject_the_same_stands_under_its_table() -> None:
    text = """\
[project]
select = 5

[tool.gdprlint]
fail-on = "warning"
igonre = 1

[tool.gdprlint.severity]
UK901 = "info"
"""
    found = read(text, in_pyproject=True)

    assert [found.source.position(one.span.start) for one in found.findings] == [(6, 1)]
    assert found.values.fail_on is not None
    assert found.source.position(found.values.fail_on.span.start) == (5, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('igonre = ["UK901"]', ["1:1: there is no key `igonre` (did you mean `ignore`?)"]),
        ("[severty]\nUK901 = 'info'", ["1:2: there is no key `severty` (did you mean `severity`?)"]),
        (
            "[per-path.'a/']\nresaon = 'x'",
            ["2:1: there is no key `resaon` (did you mean `reason`?)"],
        ),
        (
            'fail-on = "eror"',
            ["1:11: `fail-on` takes one of `error`, `warning`, `info`, not `eror` (did you mean `error`?)"],
        ),
        ("fail-on = 3", ["1:11: `fail-on` takes one of `error`, `warning`, `info`, not a number"]),
        (
            'format = "concize"',
            ["1:10: `format` takes one of `full`, `concise`, `json`, not `concize` (did you mean `concise`?)"],
        ),
        (
            'ignore = ["UK901", 5, true]',
            [
                "1:20: `ignore` takes words in quotes, such as `UK901`, not a number",
                "1:23: `ignore` takes words in quotes, such as `UK901`, not yes or no",
            ],
        ),
        ('ignore = "UK901"', ["1:10: `ignore` takes a list, not words (write it in brackets, with commas between)"]),
        ("as-of = 2026-11-22T10:00:00", ["1:9: `as-of` takes a day, not a day with its hour (write it as 2026-11-22)"]),
        ('as-of = "2026-02-30"', ["1:9: `2026-02-30` is no day (write it as 2026-11-22)"]),
        ('severity = "info"', ["1:12: `severity` takes a table, not words"]),
        (
            "parameters = { UK511 = { longest = -1 } }",
            [
                "1:36: `-1` is not an amount, a number or a day, which `longest` takes (such as `2 years`)",
            ],
        ),
        ("[per-path]\n'a/' = 1", ["2:8: `a/` takes a table, not a number"]),
        (
            "[severity]\n'art 9' = 'inf'",
            ["2:11: `art 9` takes one of `error`, `warning`, `info`, not `inf` (did you mean `info`?)"],
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_key_or_value(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_whatever_is_wrong_the_rest_takes_effect() -> None:
    values = read('igonre = 1\nignore = ["UK901", 5]\nfail-on = "eror"\nas-of = 2026-11-22\n').values

    assert [word.value for word in values.ignore] == ["UK901"]
    assert values.fail_on is None
    assert values.as_of is not None


@pytest.mark.parametrize("path", ["/etc/*", "../x", "a/../../x", "..", "C:/x", "~/x", "a\\\\b", "", " ", ".", "./"])
@pytest.mark.parametrize("key", ["notices", "local-packs"])
def test_no_path_leads_out_of_the_folder(key: str, path: str) -> None:
    found = read(f'{key} = ["{path}"]')

    assert len(found.findings) == 1
    assert (found.values.notices, found.values.local_packs) == ((), ())


@pytest.mark.parametrize("path", ["a..b/c", "a/.hidden", "a b/ä.md", "**", "[!a]?.md"])
def test_odd_names_are_names(path: str) -> None:
    assert told(f'notices = ["{path}"]') == []


def test_words_that_would_steer_a_terminal_are_refused_and_written_out() -> None:
    (line,) = told('ignore = ["\\u001b[31m"]')

    assert line.startswith("1:11: `\\u001b[31m` is not a rule, a pack, a provision or a topic")


def test_more_values_than_anybody_writes_are_refused_together() -> None:
    (line,) = told("ignore = [" + '"UK901",' * 1001 + "]")

    assert line == "1:10: `ignore` has 1,001 values; at most 1,000 are read"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select = [", r"^gdprlint.toml:1:11: this is no TOML: "),
        ("a = 1\na = 2", r"^gdprlint.toml:2:6: this is no TOML: cannot overwrite a value$"),
        ("a = " + "[" * 9999, r"^gdprlint.toml:1:22: this is no TOML: it is nested too deeply$"),
    ],
)
def test_of_a_text_that_is_no_toml_nothing_is_read(text: str, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        read(text)
