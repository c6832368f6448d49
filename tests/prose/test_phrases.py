"""The little language of cues: what a phrase is found in, and that no phrase can run long."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprlint.prose.finding import Text, find
from gdprlint.prose.phrases import LONGEST, PhraseFault, parse
from gdprlint.prose.wordings import wording_of
from gdprlint.prose.words import words_of

WORDINGS = {
    "keep": wording_of("keep", ["keep", "kept", "stor*", "hold on to"]),
    "data": wording_of("data", ["data", "personal data", "records"]),
}


def said(phrase: str, sentence: str) -> str | None:
    """The words that a phrase is found in, or None."""
    words = [word.text for word in words_of(sentence)]
    values: dict[str, dict[int, list[int]]] = {"period": {}}
    for at in range(len(words) - 1):
        if words[at].isdigit() and words[at + 1].startswith("year"):
            values["period"][at] = [at + 2]
    found = find(parse(phrase), Text(words, values), WORDINGS)
    return None if found is None else " ".join(words[found[0] : found[1]])


@pytest.mark.parametrize(
    ("phrase", "sentence", "found"),
    [
        ("right to access", "You have the right to access it.", "right to access"),
        ("right (of|to) access", "There is a right of access.", "right of access"),
        ("write [to] us", "Please write us a letter.", "write us"),
        ("anonymi*", "We anonymise it.", "anonymise"),
        ("<keep> .. <data>", "We hold on to all your personal data.", "hold on to all your personal data"),
        ("keep .. {period}", "We keep it for 2 years.", "keep it for 2 years"),
        ("we .. share", "We do not ever willingly share.", None),
        ("we ... share", "We do not ever willingly share.", "we do not ever willingly share"),
        ("^ no", "No, we do not.", "no"),
        ("^ not", "We do not.", None),
        ("outside & send", "We send data outside.", "send data outside"),
        ("share with _", "We share with:", None),
        ("share with _", "We share with nobody.", "share with nobody"),
        ("do not", "We don't.", "do not"),
        ("can not", "You cannot.", "can not"),
        ("third party", "A third-party's site", "third party"),
        ("a and b", "A & B", "a and b"),
    ],
)
def test_what_a_phrase_is_found_in(phrase: str, sentence: str, found: str | None) -> None:
    assert said(phrase, sentence) == found


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("", "the phrase has an empty part"),
        ("(a|b", "a bracket in the phrase is never closed"),
        ("a)", "a `)` in the phrase closes nothing or stands outside brackets"),
        (".. a", "a gap stands between words, not at an end"),
        ("[a]", "each part of the phrase needs a word or value that may not be left out"),
        ("_", "each part of the phrase needs a word or value that may not be left out"),
        ("a + b", "the phrase cannot be read at `+ b`"),
        ("(" * 9 + "a" + ")" * 9, "the brackets of the phrase stand more than six deep"),
        ("a " * LONGEST, f"the phrase is longer than {LONGEST} characters"),
    ],
)
def test_what_is_no_phrase(phrase: str, why: str) -> None:
    with pytest.raises(PhraseFault, match="^" + __import__("re").escape(why) + "$"):
        parse(phrase)


PIECES = st.sampled_from(
    ["we", "keep", "data", "<keep>", "<data>", "(we|you)", "[all]", "anonymi*", "{period}", "^ we"]
)
GAPPED = st.lists(PIECES, min_size=1, max_size=6).flatmap(
    lambda parts: st.sampled_from([" ", " .. ", " ... ", " & "]).map(lambda gap: gap.join(parts))
)


@given(
    GAPPED,
    st.lists(
        st.sampled_from(["we", "you", "keep", "kept", "stored", "data", "records", "all", "anonymised", "2", "years"])
    ),
)
def test_a_phrase_is_found_only_where_a_word_stands_that_it_needs(phrase: str, words: list[str]) -> None:
    try:
        known = parse(phrase)
    except PhraseFault:
        return
    sentence = " ".join(words)
    if said(phrase, sentence) is not None:
        has = {*words, *(f"{word[:length]}*" for word in words for length in range(len(word) + 1))}
        has |= {
            f"<{name}>" for name, wording in WORDINGS.items() for at in range(len(words)) if wording.ends(words, at)
        }
        if any(a.isdigit() and b == "years" for a, b in itertools.pairwise(words)):
            has.add("{period}")
        assert all(has & needed for needed in known.needs)


def test_a_phrase_made_to_explode_is_found_missing_at_once() -> None:
    many = "[a] ... [a] ... [a] ... [a] ... [a] ... [a] ... [a] ... [a] ... b"
    assert said("a .... " + many, "a " * 250) is None
