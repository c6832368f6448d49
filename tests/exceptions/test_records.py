"""Which clause an `allow` covers in a record."""

from __future__ import annotations

import random
import time

import pytest

from gdprlint.exceptions.grammar import Fault, Said
from gdprlint.exceptions.records import found_in
from gdprlint.language.printer import format_source
from gdprlint.text import Source


def covered(text: str) -> dict[str, str | None]:
    """The subject that each exception covers, by the rule that it names; None where it covers nothing."""
    source = Source("a.gdpr", text)
    found = {}
    for one in found_in(source):
        rule = text[one.place.start : one.place.end].partition("allow ")[2].partition(":")[0]
        assert isinstance(one.said, Fault) == (not one.covers)
        found[rule] = one.subject if one.covers else None
    return found


FORMS = """\
# allow A1: agreed
activity study "A study" {  # allow A2: agreed
  # allow A3: agreed
  # an ordinary comment
  keeps         answers, # allow A4: agreed
                # allow A5: agreed
                recordings for 2 years  # allow A6: agreed
  # allow A7: agreed

  transfers     none  # allow A8: agreed
  # allow A9: agreed
}  # allow B1: agreed
data answers of members  # allow B2: agreed
  is health  # allow B3: agreed
# allow B4: agreed
# allow B5: agreed
organisation acme "Acme"
  in GB {
  contact       email "x# allow B6: agreed"  # allow B7: agreed

# allow B8: agreed
}
# allow B9: agreed
activity other { purpose statistics }  # allow C1: agreed

# allow C2: agreed
"""
KEEPS = "activity study / keeps answers, recordings for 2 years"
COVERED = {
    "A1": "activity study: activity study",
    "A2": "activity study: activity study",
    "A3": KEEPS,
    "A4": KEEPS,
    "A5": KEEPS,
    "A6": KEEPS,
    "A7": None,  # a blank line parts it from what follows
    "A8": "activity study / transfers none",
    "A9": None,
    "B1": None,
    "B2": "data answers: data answers of members is health",
    "B3": "data answers: data answers of members is health",
    "B4": "organisation acme: organisation acme in GB",
    "B5": "organisation acme: organisation acme in GB",
    "B7": 'organisation acme / contact email "x# allow B6: agreed"',
    "B8": None,
    "B9": "activity other: activity other",
    "C1": None,  # it stands behind the end of a block
    "C2": None,
}


def test_it_covers_the_clause_that_it_stands_on_or_right_above() -> None:
    assert covered(FORMS) == COVERED


def test_it_covers_the_same_after_fmt() -> None:
    text, faults = format_source(Source("a.gdpr", FORMS))

    assert faults == ()
    assert text != FORMS
    assert covered(text) == COVERED


@pytest.mark.parametrize("seed", range(20))
def test_wherever_it_stands_it_covers_the_same_after_fmt(seed: int) -> None:
    chance = random.Random(seed)
    plain = (
        'record r "R" of acme\norganisation acme "Acme" is charity in GB\ndata answers\n   is health\n'
        "activity a { purpose statistics }\n"
        'activity study "S" {\n  controller acme\n  keeps answers,\n    recordings\n      for 2 years\n'
        '  activity inner "I" {\n    transfers none\n\n    rights access, rectification\n  }\n}\n'
    ).splitlines()
    lines = []
    for number, line in enumerate(plain):
        if chance.random() < 0.4:
            lines.append(f"{' ' * chance.choice((0, 2, 4, 8))}# allow U{number:02}: agreed")
        if chance.random() < 0.2:
            lines.append("")
        lines.append(f"{line} # allow T{number:02}: agreed" if line and chance.random() < 0.4 else line)
    before = "\n".join(lines)
    after, faults = format_source(Source("a.gdpr", before))

    assert faults == ()
    assert covered(after) == covered(before)
    assert covered(before)


@pytest.mark.parametrize("blanks", ["", " ", "   ", "\t", "\u00a0", "\u2003"])
def test_blanks_before_its_first_word_make_no_difference(blanks: str) -> None:
    (one,) = found_in(Source("a.gdpr", f"activity a {{\n  purpose research #{blanks}allow UK901: agreed\n}}\n"))

    assert isinstance(one.said, Said)
    assert one.subject == "activity a / purpose research"


def test_a_hash_within_words_is_no_comment() -> None:
    assert covered('activity a {\n  purpose research "# allow UK901: agreed"\n}\n') == {}


def test_one_is_found_in_a_file_with_faults() -> None:
    text = "activity a {\n  kepes answers\n  # allow A1: agreed\n  purpose research\n  collects ((\n\nactivity b {\n}\n"

    assert covered(text) == {"A1": "activity a / purpose research"}


def test_line_ends_of_windows_make_no_difference() -> None:
    assert covered(FORMS.replace("\n", "\r\n")) == COVERED


def test_many_are_found_in_linear_time() -> None:
    comments = "# allow UK901: agreed\n" * 5_000
    start = time.process_time()
    found = [*found_in(Source("a.gdpr", f"{comments}activity a {{\n{comments}  purpose research\n}}\n{comments}"))]

    assert len(found) == 15_000
    assert sum(1 for one in found if one.covers) == 10_000
    assert time.process_time() - start < 20
