"""`gdprlint compare`: what changed, as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Gdprlint = Callable[..., tuple[int, str, str]]

RECORD = """record r of harbour under uk-gdpr 30(1)
organisation harbour "Harbour Institute" is research organisation in GB
organisation quill "Quill Transcripts" is transcription service in GB
people members "Members"
data answers of members is survey answers
activity study "Living by the river" {
  processor     quill
  purpose       research
  keeps         answers for 2 years
}
"""
NOTICE = """notice n "What we do" of study on 2026-02-01
organisation harbour "Harbour Institute" is research organisation in GB
people members "Members"
data answers of members is survey answers
activity told "Living by the river" {
  purpose       research
  keeps         answers for 24 months
  opens         answers to harbour
}
"""


def written(**texts: str) -> None:
    for name, text in texts.items():
        Path(f"{name}.gdpr").write_text(text, encoding="utf-8")


def test_nothing_changed(gdprlint: Gdprlint) -> None:
    written(old=RECORD, new=RECORD.replace("2 years", "24 months"))

    assert gdprlint("compare", "old.gdpr", "new.gdpr") == (0, "No changes between old.gdpr and new.gdpr.\n", "")


def test_a_change_has_both_places_the_law_and_what_it_means(gdprlint: Gdprlint) -> None:
    written(old=RECORD, new=RECORD.replace("research\n", "research, direct marketing\n"))

    code, out, _ = gdprlint("compare", "old.gdpr", "new.gdpr")

    assert code == 1
    assert out == (
        'added[purpose]: "Living by the river": now says `purpose direct marketing`\n'
        " --> new.gdpr:8:27\n"
        "  |\n"
        "8 |   purpose       research, direct marketing\n"
        "  |                           ^^^^^^^^^^^^^^^^ now\n"
        "  |\n"
        "  = law: UK GDPR Art. 13(3), Art. 14(4), Art. 5(1)(b)\n"
        "  = people: people are told of a new purpose before data are used for it, and it must be compatible with the "
        "first\n"
        "\n"
        "1 change between old.gdpr and new.gdpr (1 added).\n"
    )


def test_one_line_for_each_change(gdprlint: Gdprlint) -> None:
    written(
        old=RECORD, new=RECORD.replace("2 years", "3 years").replace("processor     quill", "processor     harbour")
    )

    code, out, _ = gdprlint("compare", "old.gdpr", "new.gdpr", "--format", "concise")

    assert code == 1
    assert out.splitlines() == [
        'new.gdpr:7:17: changed[processor]: "Living by the river" `processor`: `quill` is now `harbour`',
        'new.gdpr:9:29: changed[retention]: "Living by the river" `keeps answers`: `for 2 years` is now `for 3 years`',
        "",
        "2 changes between old.gdpr and new.gdpr (2 changed).",
    ]


def test_changes_as_json(gdprlint: Gdprlint) -> None:
    written(old=RECORD, new=RECORD.replace("2 years", "3 years"))

    data = json.loads(gdprlint("compare", "old.gdpr", "new.gdpr", "--format", "json")[1])

    assert {key: data[key] for key in ("version", "old", "new", "compared", "unclear", "problems")} == {
        "version": 1, "old": "old.gdpr", "new": "new.gdpr", "compared": "two versions", "unclear": [], "problems": [],
    }  # fmt: skip
    (change,) = data["changes"]
    assert (change["kind"], change["topic"], change["activity"]) == ("changed", "retention", "study")
    assert change["old"] == {"path": "old.gdpr", "line": 9, "column": 29, "end_line": 9, "end_column": 36}
    assert change["new"]["path"] == "new.gdpr"
    assert change["cites"][0] == "uk-gdpr 13(2)(a)"


def test_a_record_is_held_against_its_notice(gdprlint: Gdprlint) -> None:
    written(record=RECORD, notice=NOTICE)

    code, out, _ = gdprlint("compare", "record.gdpr", "notice.gdpr")

    assert code == 1
    assert out.startswith(
        'not told[recipient]: "Living by the river": `processor quill` is on record, and the notice names neither them '
        "nor their kind\n"
        " --> notice.gdpr:1:8\n"
    )
    assert "- on record\n" in out
    assert "^ in the notice\n" in out
    assert out.endswith("1 change between record.gdpr and notice.gdpr (1 not told).\n")


def test_what_cannot_be_compared_is_told_at_the_end_and_counts_for_nothing(gdprlint: Gdprlint) -> None:
    written(old=RECORD.replace("2 years", "1 month"), new=RECORD.replace("2 years", "30 days"))

    assert gdprlint("compare", "old.gdpr", "new.gdpr") == (
        0,
        "Could not be compared: 1\n"
        '  new.gdpr:9:29: "Living by the river" `keeps answers`: whether `for 1 month` is as long as `for 30 days` '
        "depends on the calendar\n"
        "\n"
        "No changes between old.gdpr and new.gdpr.\n",
        "",
    )


def test_where_the_notice_says_it_is_shown_as_well(gdprlint: Gdprlint) -> None:
    Path("policy.md").write_text("# Policy\n\nWe keep your answers for two years.\n", encoding="utf-8")
    notice = NOTICE.replace('"What we do"', '"policy.md"').replace("24 months", "24 months  [3]")
    written(old=notice, new=notice.replace("24 months", "3 years"))

    out = gdprlint("compare", "old.gdpr", "new.gdpr")[1]

    assert "3 | We keep your answers for two years.\n" in out


def test_no_words_of_the_files_are_shown_where_they_may_not(gdprlint: Gdprlint) -> None:
    written(old=RECORD, new=RECORD.replace("2 years", "3 years"))

    out = gdprlint("compare", "old.gdpr", "new.gdpr", "--no-source")[1]

    assert "keeps         answers" not in out
    assert " --> new.gdpr:9:29: now\n ::: old.gdpr:9:29: before\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("old.gdpr", "gone.gdpr"), "there is no file or folder `gone.gdpr`"),
        (("old.gdpr", "empty.gdpr"), "`empty.gdpr` holds neither an activity nor the header of a record or notice"),
    ],
)
def test_wrong_use_is_told_in_one_line(gdprlint: Gdprlint, arguments: tuple[str, str], message: str) -> None:
    written(old=RECORD, empty="# nothing\n")

    assert gdprlint("compare", *arguments) == (2, "", f"gdprlint: {message}\n")


def test_a_file_that_cannot_be_read_gives_exit_code_2(gdprlint: Gdprlint) -> None:
    folder = Path("records")
    folder.mkdir()
    (folder / "gdprlint.toml").touch()
    (folder / "a.gdpr").write_text(RECORD, encoding="utf-8")
    (folder / "b.gdpr").write_text("x" * 3000, encoding="utf-8")
    written(old=RECORD)

    code, out, _ = gdprlint("compare", "old.gdpr", "records", "--max-bytes", "2000")

    assert code == 2
    assert "problem: records/b.gdpr could not be read (records)\n" in out


def test_files_of_one_register_may_be_compared(gdprlint: Gdprlint) -> None:
    Path("gdprlint.toml").touch()
    written(record=RECORD, notice='notice n "What we do" of study on 2026-02-01 {\n  activity told {\n'
            "    opens answers to harbour\n  }\n}\n")  # fmt: skip

    assert "1 not told" in gdprlint("compare", "record.gdpr", "notice.gdpr", "--format", "concise")[1]


PROSE = """# Privacy notice of the river survey

Harbour Institute is the controller of your personal data.

We use your data for research. Our lawful basis is consent.

We keep your answers for 2 years.
"""


def test_two_notices_in_prose_are_compared_and_shown_where_they_say_it(gdprlint: Gdprlint) -> None:
    Path("old.md").write_text(PROSE, encoding="utf-8")
    Path("new.md").write_text(
        PROSE.replace("2 years", "3 years").replace("is consent", "is legitimate interests"), "utf-8"
    )

    code, out, _ = gdprlint("compare", "old.md", "new.md", "--format", "concise")

    assert code == 1
    assert [line.partition(": ")[0::2][0] for line in out.splitlines()[:2]] == ["new.md:5:52", "new.md:7:4"]
    assert "`consent` is now `legitimate interests`" in out
    assert "`for 2 years` is now `for 3 years`" in out


def test_a_record_is_held_against_a_notice_in_prose(gdprlint: Gdprlint) -> None:
    Path("notice.md").write_text(PROSE, encoding="utf-8")
    written(record=RECORD.replace("purpose       research", "lawful basis  contract"))

    out = gdprlint("compare", "record.gdpr", "notice.md")[1]

    assert out.startswith("differs[lawful basis]: ")
    assert "5 | We use your data for research. Our lawful basis is consent.\n" in out


WORDS = 'term longitudinal research also "the long look"\n'
CUE = """\
wording keep also "moor", "moors", "moored"

cue kept-for {
  phrases       "<keep> .. at the pier for {period}"
  accepts       "We moor your answers at the pier for two years."
  rejects       "The boats lie at the pier for two years."
}
"""


def configured(folder: str, **files: str) -> None:
    """A register of which the configuration names a local pack."""
    here = Path(folder)
    for name, text in {"words": WORDS, "cues": CUE}.items():
        (here / "house" / name).mkdir(parents=True)
        (here / "house" / name / "ours.gdpr").write_text(text, encoding="utf-8")
    (here / "gdprlint.toml").write_text('local-packs = ["house"]\n', encoding="utf-8")
    for name, text in files.items():
        (here / f"{name}.gdpr").write_text(text, encoding="utf-8")


OURS = RECORD.replace("purpose       research", "purpose       longitudinal research")


def test_words_of_local_packs_are_known_as_the_configuration_of_either_side_names_them(gdprlint: Gdprlint) -> None:
    configured("register", new=OURS.replace("longitudinal research", "the-long-look"))
    written(old=OURS)

    assert gdprlint("compare", "old.gdpr", "register/new.gdpr")[0] == 0
    assert gdprlint("compare", "register/new.gdpr", "old.gdpr")[0] == 0
    assert gdprlint("compare", "old.gdpr", "register/new.gdpr", "--no-config")[0] == 1
    assert gdprlint("compare", "old.gdpr", "register/new.gdpr", "--no-config", "--pack", "register/house")[0] == 0


def test_cues_of_local_packs_are_heard_in_notices(gdprlint: Gdprlint) -> None:
    configured("register")
    for name, years in (("old", "two"), ("new", "three")):
        told = f"Harbour Institute is the controller. We moor your answers at the pier for {years} years."
        Path("register", f"{name}.md").write_text(f"# Privacy notice\n\n{told}\n", encoding="utf-8")
    sides = ("register/old.md", "register/new.md")

    assert "changed[retention]" in gdprlint("compare", *sides)[1]
    assert "changed[retention]" not in gdprlint("compare", *sides, "--no-config")[1]


def test_rules_of_local_packs_are_no_records(gdprlint: Gdprlint) -> None:
    configured("one", record=OURS)
    configured("two", record=OURS)
    rule = 'rule HSE001 a {\n  title "A"\n  says "a"\n}\nactivity other {\n  purpose research\n}\n'
    Path("two", "house", "words", "more.gdpr").write_text(rule, encoding="utf-8")

    assert gdprlint("compare", "one", "two")[0] == 0
    assert gdprlint("compare", "one", "two", "--no-config")[0] == 1


def test_what_a_configuration_excludes_is_not_compared(gdprlint: Gdprlint) -> None:
    configured("one", record=OURS)
    configured("two", record=OURS, more="activity other {\n  purpose research\n}\n")
    assert gdprlint("compare", "one", "two")[0] == 1

    Path("two", "gdprlint.toml").write_text('local-packs = ["house"]\nexclude = ["more.gdpr"]\n', encoding="utf-8")
    assert gdprlint("compare", "one", "two")[0] == 0


def test_a_configuration_that_cannot_be_read_is_told_and_left_out(gdprlint: Gdprlint) -> None:
    configured("register", old=OURS, new=OURS)
    Path("register", "gdprlint.toml").write_text("severity = [\n", encoding="utf-8")

    code, _, err = gdprlint("compare", "register/old.gdpr", "register/new.gdpr")
    assert code == 0
    assert "the configuration is left out" in err
    assert err.count("\n") == 1
