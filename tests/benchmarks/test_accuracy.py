"""The figures of benchmarks/accuracy, held against figures made by hand; and the labels that it ships are in form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.__main__ import told
from benchmarks.accuracy.counts import Counts
from benchmarks.accuracy.labels import FACTS, KEYS, Item, Label, faults, load, pairs
from benchmarks.accuracy.reading import page_of, read_json
from benchmarks.accuracy.score import Score, score
from benchmarks.accuracy.values import compared, matched, same_name

INVENTED = Path(__file__).parents[2] / "benchmarks" / "accuracy" / "invented"
SHIPPED = [pair for folder in sorted(INVENTED.glob("*")) for pair in pairs(folder)]
NOTHING: dict[str, Any] = {fact: [] for fact in FACTS} | {"transfers": "silent", "notice_date": None}


def labelled(items: dict[str, tuple[str, list[int]]], **facts: Any) -> Label:
    """A label in which what is not named is NA."""
    named = {key: items.get(key, ("NA", [])) for key in KEYS}
    told = {key: Item(status, tuple(lines), "", "") for key, (status, lines) in named.items()}
    return Label("leaflet.md", "notice", told, NOTHING | facts)


def read_as(items: dict[str, tuple[str, list[list[int]]]], **facts: Any) -> dict[str, Any]:
    """A reading that names some items only."""
    told = {key: {"status": status, "spans": spans} for key, (status, spans) in items.items()}
    return {"kind": "notice", "items": told, "facts": facts}


def test_precision_and_recall_of_what_is_missing_count_mandatory_keys_only() -> None:
    label = labelled({"recipients": ("ABSENT", []), "retention": ("ABSENT", []), "public-task-law": ("ABSENT", [])})
    reading = read_as({"recipients": ("absent", []), "source": ("absent", []), "public-task-law": ("absent", [])})

    missing = score(label, reading).missing

    assert missing == Counts(hits=1, false=1, missed=1)
    assert (missing.precision, missing.recall, missing.f1) == (0.5, 0.5, 0.5)


def test_what_is_partly_said_counts_as_stated_and_not_strictly() -> None:
    label = labelled({"purposes": ("PRESENT", [3]), "source": ("PARTIAL", [4]), "retention": ("PRESENT", [9])})
    reading = read_as({"purposes": ("partial", []), "source": ("stated", []), "security": ("stated", [])})

    total = score(label, reading)

    assert total.stated == Counts(hits=2, false=1, missed=1)
    assert total.strictly == Counts(hits=0, false=2, missed=2)


def test_a_denial_answers_an_item_but_not_whether_there_is_an_officer() -> None:
    label = labelled({"transfers": ("PRESENT", [5])})
    reading = read_as({"transfers": ("denied", []), "dpo-contact": ("denied", [])})

    total = score(label, reading)

    assert total.stated == Counts(hits=1)
    assert not total.wrong


def test_an_item_is_at_its_place_when_a_span_comes_within_a_line_of_it() -> None:
    label = labelled({"purposes": ("PRESENT", [10]), "recipients": ("PRESENT", [20]), "retention": ("ABSENT", [30])})
    reading = read_as(
        {
            "purposes": ("stated", [[11, 12], [40, 41]]),
            "recipients": ("stated", [[22, 22]]),
            "retention": ("stated", [[30, 30]]),
        }
    )

    total = score(label, reading)

    assert total.places == Counts(hits=1, missed=1)
    assert total.spans == Counts(hits=1, false=2)


def test_places_in_a_pdf_are_compared_by_page_where_both_sides_know_the_pages() -> None:
    label = labelled({"purposes": ("PRESENT", [70])})
    reading = read_as({"purposes": ("stated", [[35, 36]])})

    assert score(label, reading, ours=[1, 30], theirs=[1, 60]).places == Counts(hits=1)
    assert score(label, reading, ours=[1, 40], theirs=[1, 60]).places == Counts(missed=1)
    assert score(label, reading).places == Counts(missed=1)


def test_a_line_is_on_the_last_page_that_begins_before_it() -> None:
    assert [page_of(line, [1, 10, 20]) for line in (1, 9, 10, 25)] == [1, 1, 2, 3]


def test_the_confusion_names_key_label_and_reading() -> None:
    total = score(labelled({"source": ("PARTIAL", [4])}), read_as({"source": ("absent", [])}))

    assert dict(total.confusion) == {("source", "PARTIAL", "absent"): 1}
    assert total.agreed["purposes"] == 1
    assert total.agreed["source"] == 0


def test_an_error_names_file_key_both_statuses_and_both_places() -> None:
    label = labelled({})
    label = Label(
        label.name, "notice", {**label.items, "source": Item("PARTIAL", (4, 7), "from schools", "vague")}, NOTHING
    )

    (wrong,) = score(label, read_as({"source": ("stated", [[5, 6], [9, 9]])})).wrong

    assert str(wrong) == "leaflet.md: source: PARTIAL at 4,7, read stated at 5-6,9 «from schools» (vague)"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Borough of Marle", "borough  of marle"),
        ("Marle Trust", "the Marle Trust Limited"),
        ("Children\u2019s Fund", "Children's Fund"),
        ("“Acme”", "Acme."),
    ],
)
def test_names_are_the_same_when_one_holds_the_words_of_the_other(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


def test_a_part_of_a_word_is_no_name_in_common() -> None:
    assert not same_name("ICO", "Ricoh")
    assert not same_name("", "Ricoh")


def test_each_true_value_takes_one_of_those_told() -> None:
    counts = matched(["Marle Trust", "Marle Trust Limited"], ["Marle Trust Limited", "Fenwick"], same_name)

    assert counts == Counts(hits=1, false=1, missed=1)


def test_periods_are_compared_by_amount_and_unit_and_each_row_counts() -> None:
    def rows(*periods: tuple[int | None, str | None]) -> list[dict[str, Any]]:
        return [{"amount": amount, "unit": unit, "indefinite": amount is None} for amount, unit in periods]

    truth = {"retention": rows((2, "years"), (2, "years"), (6, "months"), (None, None))}
    told = {"retention": rows((2, "year"), (30, "days"))}

    assert compared("retention", truth, told) == Counts(hits=1, false=1, missed=2)
    assert compared("indefinite", truth, told) == Counts(missed=1)


def test_silence_about_transfers_is_no_value() -> None:
    assert compared("transfers", {"transfers": "silent"}, {"transfers": "silent"}) == Counts()
    assert compared("transfers", {"transfers": "none"}, {"transfers": "silent"}) == Counts(missed=1)
    assert compared("transfers", {"transfers": "none"}, {"transfers": "outside-uk"}) == Counts(false=1, missed=1)


def test_scores_add_up_over_files() -> None:
    label = labelled({"recipients": ("ABSENT", [])}, lawful_bases=["6(1)(e)", "6(1)(a)"])
    one = score(label, read_as({"recipients": ("absent", [])}, lawful_bases=["6(1)(e)"]))
    other = score(label, {"kind": "excerpt"})

    total = Score() + one + other

    assert (total.files, total.kinds) == (2, 1)
    assert total.missing == Counts(hits=1, missed=1)
    assert total.values["lawful_bases"] == Counts(hits=1, missed=3)


def test_the_report_has_a_row_for_each_figure_and_each_key() -> None:
    label = labelled({"recipients": ("ABSENT", []), "source": ("PARTIAL", [4])}, lawful_bases=["6(1)(e)", "6(1)(a)"])
    reading = read_as({"recipients": ("absent", []), "source": ("absent", [])}, lawful_bases=["6(1)(e)"])

    rows = [" ".join(row.split()) for row in told(score(label, reading)).splitlines()]

    assert rows[0] == "1 files, of the right kind 1"
    assert "missing mandatory items 0.500 1.000 0.667 1 of 1, 2 told" in rows
    assert "stated items 1.000 0.000 0.000 0 of 1, 0 told" in rows
    assert "lawful_bases 1.000 0.500 0.667 1 of 2, 1 told" in rows
    assert "source 0 of 1 PARTIAL as absent 1" in rows
    assert "cookies 1 of 1" in rows


def test_a_notice_that_cannot_be_read_is_told_and_not_scored(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="gone"):
        read_json(tmp_path / "gone.md")


def test_figures_of_nothing_are_one() -> None:
    assert (Counts().precision, Counts().recall) == (1.0, 1.0)


@pytest.mark.parametrize(("notice", "label"), SHIPPED, ids=[notice.name for notice, _ in SHIPPED])
def test_a_label_names_every_key_and_its_quotes_stand_in_its_lines(notice: Path, label: Path) -> None:
    assert list(faults(label, notice)) == []


@pytest.mark.parametrize("folder", sorted(INVENTED.glob("*")), ids=lambda folder: folder.name)
def test_every_invented_notice_has_a_label(folder: Path) -> None:
    notices = {file.name for file in folder.iterdir() if file.is_file()}

    assert notices == {notice.name for notice, _ in pairs(folder)}


def test_a_label_that_is_wrong_in_form_is_told_so(tmp_path: Path) -> None:
    notice, label = SHIPPED[0]
    shutil.copy(notice, tmp_path / notice.name)
    told = json.loads(label.read_text(encoding="utf-8"))
    told["items"]["purposes"] = {"status": "PRESENT", "lines": [1], "quote": "words that nobody wrote", "note": ""}
    told["items"]["recording"] = {"status": "NA", "lines": [100_000], "quote": "", "note": ""}
    broken = tmp_path / label.name
    broken.write_text(json.dumps(told), encoding="utf-8")

    assert list(faults(broken, tmp_path / notice.name)) == [
        "purposes: 'words that nobody wrote' is not in the lines [1]",
        "recording: has lines although it is NA",
        "recording: item: there is no line 100000",
    ]


def test_the_label_of_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "gone.md.json").write_text("{}", encoding="utf-8")

    with pytest.raises(FileNotFoundError, match=r"gone\.md\.json is the label of no file"):
        list(pairs(tmp_path))


def test_every_shipped_label_can_be_loaded() -> None:
    assert {load(label).kind for _, label in SHIPPED} == {"notice", "not-a-notice", "excerpt"}
