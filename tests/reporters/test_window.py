"""The source window: which lines are shown and what stands under them, as it is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprlint.diagnostics import Label
from gdprlint.text import Source, Span

from .making import WELLBEING, finding, label, seen, span


def source(text: str, path: str = "a.gdpr") -> Source:
    return Source(path, text)


def under(text: str, words: str, said: str = "here", width: int | None = None) -> str:
    """One line of source and what stands under it, without the margin."""
    one = source(text)
    lines = seen(finding(span(one, words), said), one, width=width).splitlines()
    return "\n" + "\n".join(line[4:] for line in lines[4:]) + "\n"


def test_one_place_has_carets_and_what_is_said_there() -> None:
    one = finding(span(WELLBEING, "health-answers from"), "health data")
    assert (
        seen(one, WELLBEING)
        == """
error[syntax]: a fact
 --> records/wellbeing.gdpr:2:36
  |
2 |   collects        contact-details, health-answers from participants
  |                                    ^^^^^^^^^^^^^^^^^^^ health data
"""
    )


def test_a_missing_thing_is_shown_at_the_name_of_the_activity() -> None:
    one = finding(span(WELLBEING, "wellbeing"), "nothing said about recipients")
    assert (
        seen(one, WELLBEING)
        == """
error[syntax]: a fact
 --> records/wellbeing.gdpr:1:10
  |
1 | activity wellbeing "Wellbeing survey" {
  |          ^^^^^^^^^ nothing said about recipients
"""
    )


def test_places_of_one_file_stand_in_order_of_lines_and_only_their_lines_are_shown() -> None:
    one = finding(
        span(WELLBEING, "3 months"),
        "for so long",
        label(WELLBEING, "public task", "the basis"),
        label(WELLBEING, "contact-details"),
    )
    assert (
        seen(one, WELLBEING)
        == """
error[syntax]: a fact
 --> records/wellbeing.gdpr:5:38
  |
2 |   collects        contact-details, health-answers from participants
  |                   ---------------
3 |   lawful basis    public task
  |                   ----------- the basis
...
5 |   keeps           health-answers for 3 months after fieldwork-ends
  |                                      ^^^^^^^^ for so long
"""
    )


def test_a_place_in_another_file_has_a_window_of_its_own() -> None:
    notice = source("# Wellbeing\n" * 10 + "We keep your answers for up to twelve months.\n", "notices/w.md")
    one = finding(span(notice, "twelve months"), "the notice: 12 months", label(WELLBEING, "3 months", "3 months"))
    assert (
        seen(one, notice, WELLBEING)
        == """
error[syntax]: a fact
  --> notices/w.md:11:32
   |
11 | We keep your answers for up to twelve months.
   |                                ^^^^^^^^^^^^^ the notice: 12 months
   |
  ::: records/wellbeing.gdpr:5:38
   |
 5 |   keeps           health-answers for 3 months after fieldwork-ends
   |                                      -------- 3 months
"""
    )


def test_messages_of_one_line_hang_below_each_other() -> None:
    one = source("keeps names for 3 months, answers for 3 years\n")
    what = finding(
        span(one, "names"),
        "the first",
        label(one, "3 months", "the second"),
        label(one, "3 years", "the third"),
    )
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
 --> a.gdpr:1:7
  |
1 | keeps names for 3 months, answers for 3 years
  |       ^^^^^     --------              ------- the third
  |       |         |
  |       |         the second
  |       the first
"""
    )


def test_a_place_within_a_place_is_seen() -> None:
    one = source("keeps names for 3 months\n")
    what = finding(span(one, "names for 3 months"), "the whole", label(one, "for", "the part"))
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
 --> a.gdpr:1:7
  |
1 | keeps names for 3 months
  |       ^^^^^^---^^^^^^^^^
  |       |     |
  |       |     the part
  |       the whole
"""
    )


def test_two_things_said_of_one_place_are_both_read() -> None:
    one = source("keeps names\n")
    what = finding(span(one, "names"), "the first", label(one, "names", "the second"))
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
 --> a.gdpr:1:7
  |
1 | keeps names
  |       ^^^^^ the first
  |       |
  |       the second
"""
    )


def test_a_place_of_several_lines_is_underlined_line_by_line() -> None:
    one = source('purpose "to find out\n\n    how people travel  \n    to work" by us\n')
    what = finding(span(one, '"to find out\n\n    how people travel  \n    to work"'), "why")
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
 --> a.gdpr:1:9
  |
1 | purpose "to find out
  |         ^^^^^^^^^^^^
2 |
3 |     how people travel
  |     ^^^^^^^^^^^^^^^^^
4 |     to work" by us
  |     ^^^^^^^^ why
"""
    )


def test_of_a_long_place_the_first_lines_and_the_last_are_shown() -> None:
    one = source("".join(f"line {number}\n" for number in range(1, 13)))
    what = finding(Span(one.path, 0, len(one.text)), "all of it")
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
  --> a.gdpr:1:1
   |
 1 | line 1
   | ^^^^^^
 2 | line 2
   | ^^^^^^
 3 | line 3
   | ^^^^^^
 4 | line 4
   | ^^^^^^
 5 | line 5
   | ^^^^^^
...
12 | line 12
   | ^^^^^^^ all of it
"""
    )


def test_an_empty_place_at_the_end_of_the_file_has_one_caret() -> None:
    one = source("activity a {\n")
    what = finding(Span(one.path, len(one.text), len(one.text)), "expected `}`")
    assert (
        seen(what, one)
        == """
error[syntax]: a fact
 --> a.gdpr:2:1
  |
2 |
  | ^ expected `}`
"""
    )


def test_an_empty_place_within_a_line_has_one_caret() -> None:
    one = source("keeps names")
    what = finding(Span(one.path, 5, 5), "expected a name")
    assert seen(what, one).splitlines()[-2:] == ["1 | keeps names", "  |      ^ expected a name"]


def test_an_empty_source_can_be_pointed_at() -> None:
    what = finding(Span("a.gdpr", 0, 0), "nothing here")
    assert seen(what, source("")).splitlines()[2:] == [" --> a.gdpr:1:1", "  |", "1 |", "  | ^ nothing here"]


def test_a_place_past_the_end_is_shown_at_the_end() -> None:
    what = finding(Span("a.gdpr", 40, 50), "here")
    assert seen(what, source("keeps")).splitlines()[-2:] == ["1 | keeps", "  |      ^ here"]


def test_a_line_break_is_pointed_at_behind_the_last_word() -> None:
    assert (
        under("keeps names\r\nlawful basis\r\n", "names\r\n")
        == """
keeps names
      ^^^^^ here
"""
    )


def test_carriage_returns_do_not_reach_the_terminal() -> None:
    one = source("activity a {\r\n  keeps names\r\n}\r\n")
    assert "\r" not in seen(finding(span(one, "names\r\n}")), one)


def test_carets_stand_under_wide_characters() -> None:
    assert (
        under("keeps 連絡先 and 回答", "回答")
        == """
keeps 連絡先 and 回答
                 ^^^^ here
"""
    )


def test_carets_stand_under_pictures() -> None:
    assert (
        under("keeps 🗳️ votes", "votes")
        == """
keeps 🗳️ votes
         ^^^^^ here
"""
    )


def test_a_combining_character_takes_no_room() -> None:
    assert (
        under("keeps re\u0301sume\u0301s for ever", "for ever")
        == """
keeps re\u0301sume\u0301s for ever
              ^^^^^^^^ here
"""
    )


def test_a_combining_character_alone_is_pointed_at_under_its_letter() -> None:
    assert under("re\u0301sume", "\u0301").endswith("\n ^ here\n")


def test_tabs_are_shown_as_four_spaces() -> None:
    assert (
        under("\tkeeps\tnames", "names")
        == """
    keeps    names
             ^^^^^ here
"""
    )


def test_the_column_of_a_place_counts_a_tab_as_one_character() -> None:
    one = source("\tkeeps\tnames")
    assert " --> a.gdpr:1:8\n" in seen(finding(span(one, "names")), one)


def test_control_characters_of_the_source_are_written_out() -> None:
    assert (
        under("keeps \x1b[2Jnames\u202e for ever", "for ever")
        == r"""
keeps \u001b[2Jnames\u202e for ever
                           ^^^^^^^^ here
"""
    )


LONG = "We keep what you tell us " * 7 + "for up to twelve months " + "and no longer than that " * 7


def test_a_long_line_is_cut_around_the_place() -> None:
    assert (
        under(LONG, "twelve months", width=80)
        == """
...hat you tell us for up to twelve months and no longer than that and no...
                             ^^^^^^^^^^^^^ here
"""
    )


def test_a_long_line_is_cut_behind_a_place_at_its_start() -> None:
    assert (
        under("One: " + LONG, "One", width=80)
        == """
One: We keep what you tell us We keep what you tell us We keep what you t...
^^^ here
"""
    )


def test_a_long_line_is_cut_before_a_place_at_its_end() -> None:
    assert (
        under(LONG + "END", "END", said="", width=80)
        == """
... no longer than that and no longer than that and no longer than that END
                                                                        ^^^
"""
    )


def test_a_place_that_is_wider_than_the_terminal_is_cut_too() -> None:
    assert (
        under(LONG, LONG.strip(), width=80)
        == """
We keep what you tell us We keep what you tell us We keep what you tell u...
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
here
"""
    )


def test_what_is_said_of_the_part_not_shown_is_said_at_the_cut() -> None:
    one = source("One: " + LONG)
    what = finding(span(one, "One"), "first", label(one, "twelve", "second"))
    assert seen(what, one, width=40).splitlines()[4:] == [
        "1 | One: We keep what you tell us We ...",
        "  | ^^^                                -",
        "  | |                                  |",
        "  | |                             second",
        "  | first",
    ]


@pytest.mark.parametrize("place", ["回", "答", "twelve months", "END"])
@pytest.mark.parametrize("width", [30, 31, 80, 81])
def test_no_shown_line_is_wider_than_the_terminal(place: str, width: int) -> None:
    from wcwidth import wcswidth

    text = "連絡先" * 60 + "回" + "e\u0301" * 60 + "答" + LONG + "END"
    _, line, carets, _ = under(text, place, said="", width=width).split("\n")
    assert wcswidth(line) <= width - 4
    assert len(carets) <= width - 4
    assert place in line


def test_without_a_terminal_a_line_is_shown_whole() -> None:
    assert LONG.rstrip() in under(LONG, "twelve months")


def test_without_a_terminal_a_page_on_one_line_is_cut_all_the_same() -> None:
    page = "<p>word</p>" * 50_000 + "twelve months" + "<p>word</p>" * 50_000
    _, line, *_ = under(page, "twelve months").split("\n")
    assert len(line) == 400


def test_a_source_that_is_not_at_hand_has_no_window() -> None:
    what = finding(Span("gone.pdf", 7, 9), "was here", label(WELLBEING, "public task", "the basis"))
    assert (
        seen(what, WELLBEING)
        == """
error[syntax]: a fact
 --> gone.pdf:1:1: was here
 ::: records/wellbeing.gdpr:3:19
  |
3 |   lawful basis    public task
  |                   ----------- the basis
"""
    )


def test_without_source_what_is_said_stands_beside_its_place() -> None:
    what = finding(span(WELLBEING, "3 months"), "for so long", Label(span(WELLBEING, "public task"), "the\tbasis\x07"))
    assert (
        seen(what, WELLBEING, show_source=False)
        == r"""
error[syntax]: a fact
 --> records/wellbeing.gdpr:5:38: for so long
 ::: records/wellbeing.gdpr:3:19: the    basis\u0007
"""
    )


@given(
    text=st.text(st.sampled_from("ab \t\n\r連\u0301\u200d\ufe0f🗳\x1b"), max_size=60),
    places=st.lists(st.tuples(st.integers(0, 65), st.integers(0, 65)), min_size=1, max_size=4),
    width=st.none() | st.integers(1, 50),
)
def test_every_place_of_every_text_is_shown_with_what_is_said_there(
    text: str, places: list[tuple[int, int]], width: int | None
) -> None:
    spans = [Span("a.gdpr", start, end) for start, end in places]
    labels = [Label(span, f"said {number}") for number, span in enumerate(spans)]
    shown = seen(finding(spans[0], "the finding", *labels), source(text), width=width)
    assert shown.replace("\n", "").isprintable()
    assert "the finding" in shown
    assert all(f"said {number}" in shown for number in range(len(labels)))
