"""The canonical form of records: what it looks like, and where comments go."""

from __future__ import annotations

import pytest

from gdprlint.language.printer import format_source
from gdprlint.text import Source

from .printing import formatted, reformats, stays

# ---- records


def test_the_things_of_a_block_start_in_one_column() -> None:
    reformats(
        """\
        activity follow-up "Follow-up" from 2026-03-01 {
           controller ons
           sub-processor   mcgowan   for natcen
           lawful
              basis public   task
           never links recordings to answers
           possibly discloses recordings to ons
           automated decisions none
           withdrawal at any time
           further use for research
        }
        """,
        """\
        activity follow-up "Follow-up" from 2026-03-01 {
          controller    ons
          sub-processor mcgowan for natcen
          lawful basis  public task
          never links   recordings to answers
          possibly discloses recordings to ons
          automated decisions none
          withdrawal    at any time
          further use   for research
        }
        """,
    )


def test_a_long_clause_is_broken_before_a_joining_word_and_goes_on_below_its_things() -> None:
    reformats(
        """\
        activity a {
          keeps recordings, transcripts with transcribers until "the transcript is satisfactory"
            then delete, confirm
        }
        """,
        """\
        activity a {
          keeps         recordings, transcripts with transcribers
                        until "the transcript is satisfactory" then delete, confirm
        }
        """,
    )


def test_what_is_too_long_for_a_line_of_its_own_is_broken_after_commas() -> None:
    stays(
        """\
        notice n {
          excerpt       of "a longer study notice" without controller, dpo, purpose,
                        lawful basis, condition, keeps, rights, withdrawal, complaints,
                        automated decisions, requires
          lawful basis  contract "as the notice calls it in its first part"
                        or legitimate interests "as the notice calls it in its second part"
        }
        """
    )


def test_a_text_in_quotes_is_never_broken() -> None:
    stays(
        f"""\
        activity a {{
          refers to     "{"very " * 20}long"
                        for keeps
        }}
        """
    )


def test_the_second_line_of_a_declaration_is_deeper_than_its_first() -> None:
    reformats(
        """\
        data linked-answers of participants, families is survey answers, administrative
           records, never name, address
        """,
        """\
        data linked-answers of participants, families
            is survey answers, administrative records, never name, address
        """,
    )


def test_the_margin_is_set_at_the_right() -> None:
    reformats(
        f"""\
        activity a {{
          keeps answers [12 , 13 "two years"] # why
          refers to "{"very " * 17}long" [faq 3-4]
          keeps answers with acme for 3 months after "the last interview is held"
            then delete automatically [5-5]
        }}
        data answers [7]
        """,
        f"""\
        activity a {{
          keeps         answers{" " * 67}[12, 13 "two years"]  # why
          refers to     "{"very " * 17}long" [faq 3-4]
          keeps         answers with acme for 3 months after "the last interview is held"
                        then delete automatically{" " * 49}[5]
        }}
        data answers{" " * 78}[7]
        """,
    )


def test_the_margin_of_a_declaration_with_a_block_stands_before_the_brace() -> None:
    reformats(
        """\
        organisation ons "Office for National Statistics" [3] { dpo email "dpo@example.ac.uk" [4]
        }
        """,
        f"""\
        organisation ons "Office for National Statistics"  [3] {{
          dpo           email "dpo@example.ac.uk"{" " * 49}[4]
        }}
        """,
    )


def test_terms_and_names_keep_the_spaces_or_hyphens_of_their_writer() -> None:
    reformats(
        """\
        data contact-details is email
          address, racial-or-ethnic-origin, postal-address
        term special   category
             data is possibly health
                data
        """,
        """\
        data contact-details is email address, racial-or-ethnic-origin, postal-address
        term special category data is possibly health data
        """,
    )


def test_words_that_only_a_line_break_keeps_from_being_a_provision_get_a_hyphen() -> None:
    reformats("team a under the schedule\n  A1\n", "team a under the-schedule-A1\n")


def test_amounts_keep_all_that_they_count_from() -> None:
    stays(
        """\
        activity a {
          keeps         answers for at most 3 months after publication
          keeps         answers for 3 months after last interview "held by anybody"
        }
        """
    )


def test_quotes_and_backslashes_in_a_text_are_escaped() -> None:
    reformats(r'team a "\a \"b\" \\ c"' "\n", r'team a "a \"b\" \\ c"' "\n")


def test_an_empty_block_is_no_block() -> None:
    reformats("team a {\n\n}\nteam b { } # none\n", "team a\nteam b  # none\n")


def test_a_block_that_holds_a_comment_stays_a_block() -> None:
    reformats("team a { # why\n\n}\nteam b {\n\n# to come\n\n}\n", "team a {  # why\n}\nteam b {\n  # to come\n}\n")


def test_blank_lines_stay_but_never_two_and_none_at_the_braces() -> None:
    reformats(
        """\


        team a


        team b
        team c {

          contact email

          dpo email


        }

        """,
        """\
        team a

        team b
        team c {
          contact       email

          dpo           email
        }
        """,
    )


def test_a_blank_line_parts_a_block_within_a_block_from_what_is_above() -> None:
    reformats(
        """\
        activity a {
          activity b {
            keeps x
          }
          # about c
          activity c {
            keeps x
          }
          # about c too

          activity d {
            keeps x
          }
          activity e
        }
        """,
        """\
        activity a {
          activity b {
            keeps         x
          }

          # about c
          activity c {
            keeps         x
          }
          # about c too

          activity d {
            keeps         x
          }
          activity e
        }
        """,
    )


def test_line_breaks_and_tabs_become_those_of_the_canonical_form() -> None:
    assert formatted("team a {\r\n\tcontact\temail  \r\n}\r\n# end \r\n") == (
        "team a {\n  contact       email\n}\n# end\n"
    )


@pytest.mark.parametrize("text", ["", "\n", " \n\n\t"])
def test_a_file_of_nothing_is_empty(text: str) -> None:
    assert formatted(text) == ""


def test_the_last_line_ends_with_a_line_break() -> None:
    assert formatted("team a # why") == "team a  # why\n"


def test_a_file_with_a_fault_comes_back_as_it_was() -> None:
    text = "activity a {\n keeps x\n   controler y\n"
    said, faults = format_source(Source("a.gdpr", text))
    assert said == text
    assert faults


# ---- comments


def test_comments_stay_with_their_clause() -> None:
    reformats(
        """\
        #!first

        # about all
        use uk-gdpr # at the end
            # about a
        activity a { #  opened
           # first inside
           keeps x # trailing


           # apart
           keeps y [3]# close
           # last inside
        } # closed

        # the end
        """,
        f"""\
        #!first

        # about all
        use uk-gdpr  # at the end
        # about a
        activity a {{  #  opened
          # first inside
          keeps         x  # trailing

          # apart
          keeps         y{" " * 73}[3]  # close
          # last inside
        }}  # closed

        # the end
        """,
    )


def test_comments_within_a_clause_move_above_it() -> None:
    reformats(
        """\
        activity a # one
            "Title" # two
            {
          keeps x, # three
              # four
              y # five
        }
        """,
        """\
        # one
        # two
        activity a "Title" {
          # three
          # four
          keeps         x, y  # five
        }
        """,
    )


def test_a_comment_after_two_closing_braces_stays_with_the_last() -> None:
    reformats(
        "activity a { activity b { keeps x } # b\n} # a\nactivity c { activity d { keeps x } } # c\n",
        """\
        activity a {
          activity b {
            keeps         x
          }  # b
        }  # a
        activity c {
          activity d {
            keeps         x
          }
        }  # c
        """,
    )
