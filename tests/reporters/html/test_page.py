"""The HTML report as a document: what it says, in which order, and that it needs nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from gdprlint.diagnostics import Fix, Label, Severity
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Source, Span
from gdprlint.values import evolve

from ..making import CONTRADICTED, NO_CONDITION, WHOLE, finding, report
from .sample import ACCEPTED, BACKGROUND, SAMPLE, Element, known, many, page, read, sample_page


@pytest.fixture(scope="module")
def sample() -> Element:
    return read(sample_page())


def table(sample: Element, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, without its head."""
    (found,) = (one for one in sample.all("table") if one.all("caption") and one.one("caption").text == caption)
    return [[cell.text for cell in row.walk() if cell.tag in ("th", "td")] for row in found.one("tbody").all("tr")]


# ---- what it says


def test_the_head_says_what_was_judged_by_what_and_as_of_when(sample: Element) -> None:
    assert sample.one("h1").text == "wellbeing"
    facts = {fact.one("dt").text: fact.one("dd").text for fact in sample.one("dl", cls="facts").all("div")}
    assert facts == {
        "Law as in force on": "21 November 2026",
        "Rule packs": "uk-gdpr, dpa-2018, mrs-code",
        "Files": "14 files, 2 with findings",
        "Rules": "212 asked; 31 did not apply; 5 could not tell from the text",
    }
    assert "Not legal advice" in sample.one("header").text


def test_problems_of_the_run_stand_before_everything_that_was_found(sample: Element) -> None:
    first, second = sample.one("body").all("h2")[:2]
    assert (first.text, second.text) == ("The run was not complete", "Summary")
    (problem,) = sample.one("section", cls="problems").all("li")
    assert problem.text == "rule UK505 broke, other rules were run (records/wellbeing.gdpr)"


def test_a_run_without_problems_has_no_such_box() -> None:
    assert not read(page(report())).all(cls="problems")


def test_findings_are_counted_by_severity_organisation_and_article(sample: Element) -> None:
    weights = [item.text for item in sample.one("ul", cls="weights").all("li")]
    assert weights == ["2 errors", "1 warning", "1 for information", "1 accepted"]
    assert table(sample, "By organisation") == [
        ["Harbour Research", "1", "1", "1", "3"],
        ["Vale University", "1", "1", "0", "2"],
        ["Of several organisations", "1", "0", "0", "1"],
    ]
    assert table(sample, "By article") == [
        ["UK GDPR Art. 5", "0", "1", "0", "1"],
        ["UK GDPR Art. 9", "1", "0", "0", "1"],
        ["UK GDPR Art. 13", "0", "1", "0", "1"],
        ["No provision cited", "1", "0", "1", "2"],
    ]


def test_articles_stand_in_the_order_of_their_laws() -> None:
    cites = ("pecr 6", "uk-gdpr 9A", "uk-gdpr 10", "uk-gdpr 9(2)", "dpa-2018 schedule 1 paragraph 4", "own-law x", "y")
    what = [evolve(NO_CONDITION, cites=(cite,)) for cite in cites]
    names = [row[0] for row in table(read(page(report(*what))), "By article")]
    assert names == [
        "UK GDPR Art. 9", "UK GDPR Art. 9A", "UK GDPR Art. 10", "DPA 2018 Sch. 1", "PECR reg. 6", "own-law x", "y",
    ]  # fmt: skip


def test_findings_stand_by_register_and_activity_first_what_is_about_none(sample: Element) -> None:
    register = sample.one("section", id="findings").one("section", cls="register")
    assert register.one("h3").text == "wellbeing"
    groups = [(group.one("h4").text, len(group.all("details"))) for group in register.all("section", cls="activity")]
    assert groups == [("Not about one activity", 1), ("Wellbeing survey", 2), ("Panel", 1)]


def test_registers_of_one_name_are_kept_apart() -> None:
    notices = [known(evolve(CONTRADICTED, span=Span(f"{folder}/wellbeing.md", 0, 1))) for folder in "ab"]
    registers = tuple(
        evolve(BACKGROUND.registers[0], root=f"{folder}/wellbeing.md", paths=frozenset({f"{folder}/wellbeing.md"}))
        for folder in "ab"
    )
    whole = evolve(report(*notices), background=evolve(BACKGROUND, registers=registers))
    assert [head.text for head in read(page(whole)).all("h3")][:2] == ["a/wellbeing.md", "b/wellbeing.md"]


def test_a_finding_tells_what_where_why_by_which_law_and_what_helps(sample: Element) -> None:
    entry = sample.one("details", id="2222bbbb")
    assert entry.one(cls="badge").text == "Error"
    assert entry.one(cls="code").text == "UK901"
    assert entry.one("h5").text == NO_CONDITION.message
    assert entry.one(cls="where").text == "records/wellbeing.gdpr:2:36"
    notes = {note.one("dt").text: note.one("dd").text for note in entry.one("dl").all("div")}
    assert notes == {
        "Law": "UK GDPR Art. 9(1), Art. 9(2)",
        "Why": "The reason of UK901.",
        "Help": "research usually relies on condition 9(2)(j) under dpa-2018 schedule 1 paragraph 4",
    }
    assert entry.one(cls="more").one("code").text == "gdprlint rule UK901"


def test_what_would_answer_a_finding_is_told_with_whether_it_says_anything_new() -> None:
    fixes = (Fix("write `transfers`", (), safe=True), Fix("add `condition 9(2)(j)`", ()))
    entry = read(page(report(evolve(NO_CONDITION, fixes=fixes)))).one("details")
    (change,) = (note.one("dd") for note in entry.all("div") if note.all("dt") and note.one("dt").text == "Change")
    assert [row.text for row in change.all(cls="row")] == [
        "write transfers (the text means the same after it)",
        "add condition 9(2)(j) (a suggestion: it says something new)",
    ]


def test_accepted_findings_have_their_own_section_with_reason_owner_and_date(sample: Element) -> None:
    section = sample.one("section", id="accepted")
    entry = section.one("details")
    notes = {note.one("dt").text: note.one("dd").text for note in entry.one("dl", cls="accepted").all("div")}
    assert notes == {
        "Reason": "the board has decided so",
        "Accepted": "by allow, records/wellbeing.gdpr:4:3",
        "Owner": "dpo@harbour.example",
        "Until": "2027-01-31",
    }
    assert "an accepted fact" not in sample.one("section", id="findings").text


def test_where_a_finding_was_accepted_is_shown_among_its_places(sample: Element) -> None:
    window = sample.one("section", id="accepted").one(cls="source")
    assert [said.text for said in window.all(cls="said")][-1] == "accepted here"


def test_what_an_acceptance_leaves_open_is_said() -> None:
    bare = evolve(ACCEPTED, kind="baseline", justification="", owner="", until="", span=None)
    notes = read(page(evolve(SAMPLE, suppressed=(bare,)))).one("dl", cls="accepted")
    assert [note.text for note in notes.all("dd")] == [
        "none is given", "in the baseline", "nobody is named", "no last day is given",
    ]  # fmt: skip


def test_coverage_says_of_each_provision_what_came_of_it_or_why_nothing_watches_it(sample: Element) -> None:
    rows = sample.one("section", id="coverage").all("tr", cls="part")
    assert [[cell.text for cell in row.walk() if cell.tag in ("th", "td")] for row in rows] == [
        ["(1)", "could not tell", "could not tell: UK702 ; passed: UK703"],
        ["(2)", "passed", "UK703"],
        ["UK GDPR Art. 8 consent of children", "did not apply", "UK801"],
        ["UK GDPR Art. 9 special categories", "failed", "failed: UK901 ; passed: UK703"],
        ["UK GDPR Art. 31 helping the regulator", "not watched", "it is about conduct, not texts"],
    ]
    assert [item.text for item in sample.one("ul", cls="tally").all("li")] == [
        "1 failed", "1 could not tell", "1 passed", "1 did not apply", "1 not watched",
    ]  # fmt: skip


def test_a_pack_that_is_not_in_use_is_named_and_not_laid_out(sample: Element) -> None:
    assert "mrs-code: not in use here, so none of its rules was asked." in sample.one("section", id="coverage").text
    assert "MRS1" not in sample.text


def test_every_rule_stands_below_and_coverage_leads_to_it(sample: Element) -> None:
    rows = {
        row.one("th").text: row.all("td")[-1].text for row in sample.one("table", cls="rules").all("tr", cls="part")
    }
    assert rows == {code: rule.outcome for code, rule in BACKGROUND.rules.items()}


def test_a_report_without_findings_or_background_is_still_a_page() -> None:
    empty = read(page(report()))
    assert empty.one("h1").text == "14 files"
    assert empty.one("p", id="told").text == "No problems in 14 files."
    assert not empty.all("details")


# ---- windows


def lines(text: Element) -> list[str]:
    return [line.one("code").text for line in text.all(cls="line")]


def test_a_window_marks_the_words_and_says_below_what_is_to_be_seen(sample: Element) -> None:
    window = sample.one("details", id="2222bbbb").one(cls="source")
    assert [mark.text for mark in window.all("mark", cls="chief")] == ["health-answers from"]
    assert [mark.text for mark in window.all("mark", cls="other")] == ["public task"]
    assert [said.text for said in window.all(cls="said")] == [
        "health data", "a basis of Article 6 does not settle Article 9",
    ]  # fmt: skip


def test_a_place_in_another_file_has_its_own_window(sample: Element) -> None:
    first, second = sample.one("details", id="1111aaaa").all("figure")
    assert first.one("figcaption").text == "notices/wellbeing.md:3:32"
    assert second.one("figcaption").text == "Also in records/wellbeing.gdpr:5:38"


def test_several_things_said_of_one_line_are_numbered() -> None:
    source = Source("a.gdpr", "one two three\n")
    what = finding(Span("a.gdpr", 0, 3), "first", Label(Span("a.gdpr", 8, 13), "second"))
    window = read(page(report(what, sources=(source,)))).one(cls="source")
    assert lines(window) == ["one 1 two three 2"]
    assert [said.text for said in window.all(cls="said")] == ["1 first", "2 second"]


def test_marks_that_overlap_are_both_seen() -> None:
    source = Source("a.gdpr", "abcdefgh\n")
    what = finding(Span("a.gdpr", 2, 4), "", Label(Span("a.gdpr", 0, 8), "around"))
    window = read(page(report(what, sources=(source,)))).one(cls="source")
    assert [(mark.attributes["class"], mark.text) for mark in window.all("mark")] == [
        ("other", "ab"), ("chief", "cd"), ("other", "efgh"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "marked"), [("ab\n", 2, " "), ("ab\n", 1, "b"), ("", 0, " ")])
def test_an_empty_place_is_marked_too(text: str, at: int, marked: str) -> None:
    what = finding(Span("a.gdpr", at, at))
    (mark,) = read(page(report(what, sources=(Source("a.gdpr", text),)))).all("mark")
    assert "".join(map(str, mark.inside)) == marked


def test_of_a_very_long_line_the_part_around_the_mark_is_shown() -> None:
    source = Source("page.html", "a" * 100_000 + "HERE" + "b" * 100_000)
    what = finding(Span("page.html", 100_000, 100_004), "", Label(Span("page.html", 5, 9), "far away"))
    window = read(page(report(what, sources=(source,)))).one(cls="source")
    (line,) = lines(window)
    assert line.startswith("...a")
    assert "HERE" in line
    assert len(line) < 450
    assert [said.text for said in window.all(cls="said")] == ["far away"]


def test_lines_that_are_left_out_leave_a_sign() -> None:
    source = Source("a.gdpr", "".join(f"line {number}\n" for number in range(40)))
    first, last = source.text.index("line 3\n"), source.text.index("line 30")
    what = finding(Span("a.gdpr", first, first + 6), "", Label(Span("a.gdpr", last, last + 7), "there"))
    window = read(page(report(what, sources=(source,)))).one(cls="source")
    assert lines(window) == ["line 3", "line 30"]
    assert len(window.all(cls="gap")) == 1


def test_without_source_no_line_of_any_file_is_shown() -> None:
    text = page(SAMPLE, show_source=False)
    without = read(text)
    assert not without.all(cls="source")
    assert "contact-details" not in text
    assert "Wellbeing survey" not in "".join(head.text for head in without.all("h4"))
    assert [row[0] for row in table(without, "By organisation")] == ["harbour", "vale", "Of several organisations"]
    places = without.one("details", id="2222bbbb").one("ul", cls="places")
    assert [place.text for place in places.all("li")] == [
        "records/wellbeing.gdpr:2:36 : health data",
        "records/wellbeing.gdpr:3:19 : a basis of Article 6 does not settle Article 9",
    ]
    assert "Words of the sources are left out." in without.one("footer").text


def test_a_source_that_is_not_at_hand_is_not_shown() -> None:
    whole = evolve(SAMPLE, sources={})
    assert not read(page(whole)).all(cls="source")


# ---- one file that needs nothing else


def test_nothing_is_fetched_from_anywhere(sample: Element) -> None:
    leading = [
        f"{element.tag} {name}={value}"
        for element in sample.walk()
        for name, value in element.attributes.items()
        if name in ("src", "srcset", "href", "action", "data", "poster", "ping", "style") and not value.startswith("#")
    ]
    assert leading == []
    style = sample.one("style").text
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_lets_only_this_style_and_this_script_count(sample: Element) -> None:
    (policy,) = (
        one.attributes["content"]
        for one in sample.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )

    def hashed(tag: str) -> str:
        (inside,) = sample.one(tag).inside
        return f"'sha256-{b64encode(sha256(str(inside).encode()).digest()).decode()}'"

    assert policy == (
        f"default-src 'none'; style-src {hashed('style')}; script-src {hashed('script')}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_id_is_there_once_and_every_link_leads_to_one(sample: Element) -> None:
    ids = [element.attributes["id"] for element in sample.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {link.attributes["href"][1:] for link in sample.all("a")} <= set(ids)
    assert {each.attributes["for"] for each in sample.all("label")} <= set(ids)
    assert {each.attributes["aria-labelledby"] for each in sample.all() if "aria-labelledby" in each.attributes} <= {
        *ids
    }


def test_findings_with_one_fingerprint_are_told_apart(sample: Element) -> None:
    assert sample.one("details", id="3333cccc").one("h5").text == "transfer does not begin a clause"
    assert sample.one("details", id="3333cccc.2").one("h5").text == "the same is said again"


def test_a_finding_without_a_fingerprint_can_be_linked_to() -> None:
    ids = [each.attributes["id"] for each in read(page(WHOLE)).all("details")]
    assert ids == ["finding-", "finding-.2", "finding-.3"]


@pytest.mark.parametrize("name", ["told", "rule-UK901", "by-words", "register-1"])
def test_no_fingerprint_takes_the_name_of_a_part_of_the_page(name: str) -> None:
    whole = read(page(evolve(SAMPLE, findings=(known(NO_CONDITION, fingerprint=name),))))
    assert len(whole.all("details", id=f"finding-{name}")) == 1
    assert len([each for each in whole.walk() if each.attributes.get("id") == name]) == 1


def test_headings_leave_out_no_level(sample: Element) -> None:
    levels = [int(element.tag[1]) for element in sample.walk() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_without_its_script_the_page_is_the_full_list(sample: Element) -> None:
    assert all("hidden" in form.attributes for form in sample.all("form"))
    assert all("open" in entry.attributes for entry in sample.all("details"))
    hidden = [each for each in sample.walk() if "hidden" in each.attributes and each.tag != "form"]
    assert hidden == []


def test_any_encoding_carries_it() -> None:
    title = evolve(SAMPLE.findings[1], message='"Étude 連絡先 😀" says nothing')
    text = page(evolve(SAMPLE, findings=(title,)))
    assert text.isascii()
    assert read(text).one("section", id="findings").one("h5").text == title.message


def test_the_same_run_gives_the_same_bytes() -> None:
    program = "import sys; from tests.reporters.html.sample import sample_page; sys.stdout.write(sample_page())"
    pages = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert pages == {sample_page().encode()}


def test_a_page_grows_with_its_findings_and_no_faster() -> None:
    small, large = (len(page(many(count))) for count in (200, 400))
    assert large < 2.1 * small


@pytest.mark.parametrize("severity", Severity)
def test_severities_are_told_in_words_not_by_colour_alone(severity: Severity) -> None:
    entry = read(page(report(finding(Span("a", 0, 0), severity=severity)))).one("details")
    assert entry.one(cls="badge").text == {"error": "Error", "warning": "Warning", "info": "Information"}[severity.word]


def test_the_title_of_the_browser_says_what_and_when(sample: Element) -> None:
    assert sample.one("title").text == "Data protection report: wellbeing, 21 November 2026"


def test_the_terminal_has_nothing_to_say_about_a_page() -> None:
    options = RenderOptions(color=True, width=20, links=True)
    assert render(SAMPLE, "html", options) == sample_page()
