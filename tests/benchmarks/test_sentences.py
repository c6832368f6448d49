"""The bank of sentences is in form, and is counted as its documentation says; how well it is heard is not asserted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.accuracy import sentences as bank
from gdprlint.prose.keys import ITEMS
from gdprlint.rules import packs

ALL = sorted(path.stem for path in bank.BANK.glob("*.txt"))


def test_every_file_is_named_after_an_item() -> None:
    assert ALL
    assert set(ALL) <= set(ITEMS)


@pytest.mark.parametrize("key", ALL)
def test_a_file_holds_sentences_that_say_the_item_and_such_that_only_share_its_words(key: str) -> None:
    found = list(bank.sentences(key))
    signs = Counter(sentence.sign for sentence in found)
    assert signs["+"] >= 20
    assert signs["-"] >= 10


@pytest.mark.parametrize("key", ALL)
def test_no_sentence_stands_twice(key: str) -> None:
    texts = Counter((sentence.heading, sentence.text.casefold()) for sentence in bank.sentences(key))
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("key", bank.keys(bank.HELD_OUT))
def test_what_is_held_out_is_in_form_and_does_not_stand_in_the_bank(key: str) -> None:
    known = {(sentence.heading, sentence.text.casefold()) for sentence in bank.sentences(key)}
    held = [(sentence.heading, sentence.text.casefold()) for sentence in bank.sentences(key, bank.HELD_OUT)]
    assert held
    assert not known & set(held)
    assert len(held) == len(set(held))


def test_what_is_held_out_is_counted_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert bank.main(["complaint-regulator", "--held-out"]) == 0
    positive = [one for one in bank.sentences("complaint-regulator", bank.HELD_OUT) if one.sign == "+"]
    assert f"of {len(positive)}" in capsys.readouterr().out
    assert bank.main(["security", "--held-out"]) == 2


def test_a_heading_and_a_lead_in_are_told_from_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "recipients.txt").write_text("+ [Who sees it] We share it with: | our bank\n", encoding="utf-8")
    (found,) = bank.sentences("recipients", tmp_path)
    assert (found.sign, found.heading, found.text) == ("+", "Who sees it", "We share it with: | our bank")


@pytest.mark.parametrize("line", ["We share it.", "+We share it.", "* We share it.", "+ [Open We share it.", "+ "])
def test_a_line_out_of_form_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "recipients.txt").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"recipients\.txt:1"):
        list(bank.sentences("recipients", tmp_path))


@pytest.mark.parametrize(
    ("key", "sign", "status", "right"),
    [
        ("transfers", "+", "stated", True),
        ("transfers", "+", "denied", True),  # that nothing is sent abroad answers the item
        ("transfers", "+", "partial", False),
        ("transfers", "~", "stated", True),
        ("transfers", "~", "not-applicable", False),
        ("transfers", "-", "not-applicable", True),
        ("transfers", "-", "partial", False),
        ("dpo-contact", "+", "denied", False),  # that there is no officer does not
        ("dpo-contact", "-", "denied", True),
    ],
)
def test_a_sentence_is_right_when_it_is_heard_as_what_it_says(key: str, sign: str, status: str, right: bool) -> None:
    assert bank.is_right(bank.Sentence(key, sign, "", "Anything.", 1), status) is right


def test_sentences_are_counted_by_sign_and_misses_kept(tmp_path: Path) -> None:
    lines = [
        "+ You can complain to the Information Commissioner's Office.",
        "+ Bread is baked here.",
        "- Bread is baked.",
    ]
    (tmp_path / "complaint-regulator.txt").write_text("\n".join(lines), encoding="utf-8")
    counts, misses = bank.measured("complaint-regulator", packs.load().ear, tmp_path)
    assert counts == {"+": (1, 2), "~": (0, 0), "-": (1, 1)}
    assert [sentence.text for sentence, _ in misses] == ["Bread is baked here."]
