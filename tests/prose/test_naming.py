"""What clauses of a draft call things: names, and not whatever words stood near a phrase."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gdprlint.prose.draft import draft_of
from gdprlint.prose.naming import body, category
from gdprlint.prose.opening import read_notice
from gdprlint.rules.packs import Library, load


@cache
def library() -> Library:
    return load()


def draft(folder: Path, notice: str) -> str:
    """The draft of a notice, without margins, its white space folded."""
    path = folder / "notice.md"
    path.write_text(notice, encoding="utf-8")
    text, _ = draft_of(read_notice(path, library().ear, 100_000), library().vocabulary, margins=False)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Harbour Mailing Ltd", "Harbour Mailing Ltd"),
        ("Harbour Mailing, and use them for your letters", "Harbour Mailing"),
        ("Harbour Mailing (a part of Quay Holdings)", "Harbour Mailing"),
        ("Institute for Tides and Rivers", "Institute for Tides and Rivers"),
        ("Harbour's", "Harbour"),
        ("Protection Officer", ""),
        ("New Zealand", ""),
        ("USA (of the Harbour Group", ""),
    ],
)
def test_a_body_is_named_by_its_name_alone(words: str, name: str) -> None:
    assert body(words, library().vocabulary) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("our printers", "our printers"),
        ("your stable contacts", "your stable contacts"),
        ("couriers, and ask there what you think", "couriers"),
        ("local authorities who ask for them", "local authorities"),
        ("has the details you gave", ""),
        ("cannot link one to the other", ""),
        ("the data", ""),
    ],
)
def test_half_of_a_sentence_is_no_category(words: str, name: str) -> None:
    assert category(words) == name


def test_a_category_of_recipients_is_quoted_and_no_body_that_needs_a_role(tmp_path: Path) -> None:
    record = draft(tmp_path, "# Privacy notice\n\nVale Trust is the controller. We pass your data to our printers.\n")

    assert 'discloses personal-data to "printers"' in record
    assert "organisations" not in record


def test_data_without_a_name_are_called_by_what_the_verb_takes_or_by_the_heading(tmp_path: Path) -> None:
    record = draft(
        tmp_path,
        "# Privacy notice\n\n## Letters\n\nWe keep them for 5 days after the letter is sent.\n\n"
        "## Survey\n\nTwo years after publication we delete the survey answers.\n",
    )

    assert 'keeps "Letters" for 5 days' in record
    assert 'keeps "the survey answers" for 2 years' in record


def test_a_longest_period_is_a_limit(tmp_path: Path) -> None:
    record = draft(tmp_path, "# Privacy notice\n\nWe keep your data for no longer than three weeks after your visit.\n")

    assert "for at most 3 weeks" in record


def test_an_article_is_no_interest(tmp_path: Path) -> None:
    bare = draft(tmp_path, "# Privacy notice\n\nOur lawful basis is legitimate interests, Article 6(1)(f).\n")
    told = draft(
        tmp_path,
        "# Privacy notice\n\nOur lawful basis is legitimate interests. Our legitimate interest is in safe keeping.\n",
    )

    assert "lawful basis legitimate interests" in bare
    assert "legitimate interests in" not in bare
    assert 'legitimate interests in "safe keeping"' in told


def test_what_leaves_the_eea_does_not_go_to_it(tmp_path: Path) -> None:
    record = draft(
        tmp_path, "# Privacy notice\n\nYour data are transferred outside the European Economic Area (EEA).\n"
    )

    assert "transfers personal-data outside EEA" in record


def test_to_be_free_to_give_data_is_no_duty_to_give_them(tmp_path: Path) -> None:
    record = draft(tmp_path, "# Privacy notice\n\nTaking part is voluntary, and you do not have to give us any data.\n")

    assert "requires none" in record
    assert "requires personal-data" not in record


def test_the_regulator_is_called_and_found_as_the_notice_has_it(tmp_path: Path) -> None:
    record = draft(
        tmp_path,
        "# Privacy notice\n\nYou can complain to the Information Commissioner's Office, Wilmslow, SK9 5AF.\n",
    )

    assert '"Information Commissioner\'s Office" is regulator' in record
    assert "contact post" in record
    assert "complaints to information-commissioner" in record


def test_data_are_named_before_the_punctuation_and_the_verb(tmp_path: Path) -> None:
    record = draft(
        tmp_path,
        "# Privacy notice\n\nHow long we keep your data:\n\n- Contact details: until 3 months after the last visit.\n"
        "- The copy in the harbour archive, which names nobody: 10 years after the report.\n",
    )

    assert 'keeps "Contact details" for 3 months' in record
    assert 'keeps "The copy in the harbour archive" for 10 years' in record


def test_a_mailbox_under_the_heading_of_the_officer_is_the_officers(tmp_path: Path) -> None:
    record = draft(
        tmp_path,
        "# Privacy notice\n\nVale Trust is the controller of your data.\n\n"
        "## Data Protection Officer\n\nWrite to officer@vale.example.\n",
    )

    assert 'dpo email "officer@vale.example"' in record
    assert "contact email" not in record


def test_a_way_to_the_regulator_is_no_way_to_the_controller(tmp_path: Path) -> None:
    record = draft(
        tmp_path,
        "# Privacy notice\n\nVale Trust is the controller of your data. Contact us at quay@vale.example.\n\n"
        "Contact us first, or the regulator on 0303 123 1113, https://ico.org.uk/make-a-complaint/.\n",
    )

    assert 'contact email "quay@vale.example"' in record
    assert "0303" not in record
