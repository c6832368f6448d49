"""What an `allow` may say, and what is told of one that says it otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from gdprlint.exceptions.grammar import LONGEST, Fault, Said, read

NAMES = frozenset({"retention-open-ended", "UK901"})


def said(text: str) -> Said:
    found = read(text, 0, NAMES)
    assert isinstance(found, Said), found
    return found


def fault(text: str) -> Fault:
    found = read(text, 0, NAMES)
    assert isinstance(found, Fault), found
    return found


def test_it_names_a_rule_and_a_reason() -> None:
    found = said(" allow UK901: the board agreed")

    assert [word.text for word in found.rules] == ["UK901"]
    assert (found.reason, found.owner, found.until) == ("the board agreed", "", None)


@pytest.mark.parametrize(
    "text",
    [
        " allow UK901: the board agreed, by dpo until 2027-03-31",
        " allow UK901: the board agreed, by dpo, until 2027-03-31",
        "allow UK901 : the board agreed, by dpo until 2027-03-31 ",
        " allow  UK901:the board  agreed,by dpo  until 2027-03-31",
        " allow UK901:\n   the board\n   agreed, by dpo until 2027-03-31\n",
    ],
)
def test_it_may_name_an_owner_and_an_end_date(text: str) -> None:
    found = said(text)

    assert (found.reason, found.owner, found.until) == ("the board agreed", "dpo", date(2027, 3, 31))


def test_an_owner_of_several_words_stands_in_quotes() -> None:
    assert said(' allow UK901: agreed, by "Jo Smith, DPO"').owner == "Jo Smith, DPO"


def test_a_rule_may_be_named_by_any_of_its_names_and_there_may_be_several() -> None:
    found = said(" allow retention-open-ended, UK901,UK902: legal hold")

    assert [word.text for word in found.rules] == ["retention-open-ended", "UK901", "UK902"]
    assert [" allow retention-open-ended, UK901,UK902: legal hold"[word.start : word.end] for word in found.rules] == [
        word.text for word in found.rules
    ]


@pytest.mark.parametrize(
    "reason",
    [
        "we hold them until the appeal is over",
        "the contract, by which both are bound, says so",
        "agreed by the board, in writing",
        'see "Ethics 12/2026": it is decided',
        "by law",
        "kept until recalled, as agreed",
    ],
)
def test_by_and_until_may_be_words_of_the_reason(reason: str) -> None:
    found = said(f" allow UK901: {reason}, by dpo until 2027-03-31")

    assert (found.reason, found.owner) == (reason, "dpo")
    assert said(f" allow UK901: {reason}").reason == reason


@pytest.mark.parametrize(
    "comment",
    [
        " allow two weeks for the post",
        " allowed: by the board",
        " allow-list: see the wiki",
        " allow visitors to object: see below",
        " we allow UK901: yes",
        " allow",
        " disallow UK901: x",
        " allow https://example.org",
        "",
    ],
)
def test_an_ordinary_comment_is_none(comment: str) -> None:
    assert read(comment, 0, NAMES) is None


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (" allow UK901", "REC012", "behind the rule stands a colon, and behind that the reason"),
        (" allow UK901 the board agreed", "REC012", "behind the rule stands a colon, and behind that the reason"),
        (" allow retention-open-ended, agreed", "REC012", "behind the rule stands a colon, and behind that the reason"),
        (" Allow UK901: the board agreed", "REC012", "`allow` is written in small letters"),
        (" allow: the board agreed", "REC012", "the exception names no rule"),
        (" allow UK901,: the board agreed", "REC012", "the exception names no rule"),
        (" allow UK901 UK902: agreed", "REC012", "`UK901 UK902` is not the code or the name of one rule"),
        (" allow UK901, UK*: agreed", "REC012", "`UK*` is not the code or the name of one rule"),
        (" allow UK901: agreed, by", "REC012", "behind `by` stands one word, or words in quotes"),
        (" allow UK901: agreed, by Jo Smith", "REC012", "behind `by` stands one word, or words in quotes"),
        (" allow UK901: agreed until 2027-03-31", "REC012", "before `until` stands a comma"),
        (" allow UK901:", "REC013", "the exception gives no reason"),
        (" allow UK901: , by dpo until 2027-03-31", "REC013", "the exception gives no reason"),
        (" allow UK901: REASON", "REC013", "the exception gives no reason"),
        (" allow UK901: (todo)", "REC013", "the exception gives no reason"),
        (" allow UK901: -", "REC013", "the exception gives no reason"),
        (" allow UK901: agreed, until 31 March 2027", "REC015", "`31 March 2027` is no date"),
        (" allow UK901: agreed until 31/3/27", "REC015", "`31/3/27` is no date"),
        (" allow UK901: agreed, until 2027-02-30", "REC015", "`2027-02-30` is no date"),
        (" allow UK901: agreed, by dpo until 2027-3-31", "REC015", "`2027-3-31` is no date"),
        (" allow UK901: agreed, by dpo until tomorrow", "REC015", "`tomorrow` is no date"),
        (" allow UK901: agreed, until 2027-03-31, by dpo", "REC015", "`2027-03-31, by dpo` is no date"),
    ],
)
def test_what_is_written_otherwise_is_a_fault(text: str, code: str, message: str) -> None:
    found = fault(text)

    assert (found.code, found.message) == (code, message)
    assert 0 <= found.start <= found.end <= max(len(text), 1)
    assert found.help


def test_an_endless_one_is_a_fault_and_is_told_at_once() -> None:
    assert fault(f" allow UK901: {', by ' * 1_000_000}").message == f"an exception has at most {LONGEST:,} characters"
    assert (
        fault(f" allow {', '.join(f'UK{n}' for n in range(99))}: agreed").message
        == "an exception names at most 20 rules"
    )
