"""Provisions: how they are written, which lies within which, how they sort and how people cite them."""

from __future__ import annotations

import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdprlint.model.provisions import Provision, parse_query

WRITTEN = {
    "uk-gdpr": "UK GDPR",
    "uk-gdpr 44": "UK GDPR Art. 44",
    "uk-gdpr 9(2)(j)": "UK GDPR Art. 9(2)(j)",
    "uk-gdpr 84B(1)(a)": "UK GDPR Art. 84B(1)(a)",
    "uk-gdpr 15(1A)": "UK GDPR Art. 15(1A)",
    "uk-gdpr annex 1 paragraph 6": "UK GDPR Annex 1 para. 6",
    "uk-gdpr recital 50": "UK GDPR Recital 50",
    "eu-gdpr 89(1)": "EU GDPR Art. 89(1)",
    "eu-gdpr recital 50": "EU GDPR Recital 50",
    "dpa-2018 section 164A(3)": "DPA 2018 s. 164A(3)",
    "dpa-2018 schedule 1": "DPA 2018 Sch. 1",
    "dpa-2018 schedule 1 part 1": "DPA 2018 Sch. 1 Part 1",
    "dpa-2018 schedule 1 paragraph 4": "DPA 2018 Sch. 1 para. 4",
    "dpa-2018 schedule 1 part 1 paragraph 4": "DPA 2018 Sch. 1 Part 1 para. 4",
    "dpa-2018 schedule 2 paragraph 27(1)": "DPA 2018 Sch. 2 para. 27(1)",
    "pecr regulation 6": "PECR reg. 6",
    "pecr schedule A1 paragraph 5": "PECR Sch. A1 para. 5",
    "mrs-code": "MRS Code",
    "srsa-2007 section 39(4)": "SRSA 2007 s. 39(4)",
    "dea-2017 section 64": "DEA 2017 s. 64",
    "statistics-code": "Code of Practice for Statistics",
    "research-code-of-practice": "Research Code of Practice",
    "five-safes": "Five Safes",
    "sra-2007 section 39": "sra-2007 s. 39",
}


def provision(text: str) -> Provision:
    return Provision.parse(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_provision_is_written_back_as_it_was(text: str) -> None:
    assert str(provision(text)) == text


@pytest.mark.parametrize(("text", "cited"), WRITTEN.items())
def test_people_read_a_citation_as_lawyers_write_it(text: str, cited: str) -> None:
    assert provision(text).for_people() == cited


def test_a_pack_can_name_a_law_of_its_own() -> None:
    cited = provision("sa-1999 section 4").for_people("Survey Act 1999")
    assert cited == "Survey Act 1999 s. 4"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("30(1)", "uk-gdpr 30(1)"),
        ("article 9", "uk-gdpr 9"),
        ("annex 1 paragraph 6", "uk-gdpr annex 1 paragraph 6"),
        ("recital 50", "uk-gdpr recital 50"),
        ("section 164A", "dpa-2018 section 164A"),
        ("schedule 1 paragraph 4", "dpa-2018 schedule 1 paragraph 4"),
        ("regulation 6", "pecr regulation 6"),
        ("  dpa-2018   section 7 ", "dpa-2018 section 7"),
    ],
)
def test_a_law_left_out_is_the_usual_one(short: str, full: str) -> None:
    assert str(provision(short)) == full


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Art 9",
        "uk-gdpr 9(2",
        "uk-gdpr 9()",
        "uk-gdpr 9((2))",
        "uk-gdpr 9 (2)",
        "uk-gdpr 09",
        "uk-gdpr 9(2)(J)",
        "uk-gdpr 9 10",
        "uk-gdpr article",
        "paragraph 4",
        "part 1",
        "section",
        "section 9 paragraph 2",
        "dpa-2018 schedule 1 paragraph 4 part 1",
        "dpa-2018 schedule 1(2)",
        "contract 5",
        "uk-gdpr ٩",
        "uk-gdpr 12345",
        "9" + "(1)" * 33,
        "uk-gdpr 9" + "(1)" * 5000,
        "1" * 100_000,
        "a-" * 40,
    ],
)
def test_malformed_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a provision: write it as in `9\(2\)\(j\)`") as refused:
        provision(text)
    assert len(str(refused.value)) < 160


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dpa-2018 7", "`dpa-2018 7` does not say what `7` is: write `dpa-2018 section 7`"),
        ("pecr 6", "`pecr 6` does not say what `6` is: write `pecr regulation 6`"),
        ("uk-gdpr section 9", "the UK GDPR is cited by `article` or `annex` or `recital`, not by `section`"),
        ("mrs-code section 9", "the MRS Code is cited as a whole: write `mrs-code`"),
    ],
)
def test_a_division_that_the_law_lacks_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(") + "$"):
        provision(text)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("uk-gdpr", "uk-gdpr 9"),
        ("9", "9(2)"),
        ("9(2)", "9(2)(j)"),
        ("9(2)", "9(2)"),
        ("6(1)(e)", "6(1)(e)"),
        ("dpa-2018", "schedule 1"),
        ("schedule 1", "schedule 1 paragraph 4"),
        ("schedule 1 part 1", "schedule 1 paragraph 4"),
        ("schedule 1 part 1", "schedule 1 part 1 paragraph 4(c)"),
        ("schedule 1 paragraph 4", "schedule 1 part 1 paragraph 4(c)"),
        ("schedule 1 part 2", "schedule 1 paragraph 5"),
        ("schedule 1 part 2", "schedule 1 paragraph 28(1)"),
        ("schedule 1 part 3", "schedule 1 paragraph 37"),
        ("schedule 1 part 4", "schedule 1 paragraph 41"),
    ],
)
def test_a_provision_contains_what_lies_below_it(outer: str, inner: str) -> None:
    assert provision(outer).contains(provision(inner))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("8", "8A"),
        ("13", "13A"),
        ("1", "13"),
        ("6(1)(e)", "6(1)(ea)"),
        ("9(2)(j)", "9(2)"),
        ("9", "eu-gdpr 9(2)"),
        ("9", "recital 9"),
        ("schedule 1 part 1", "schedule 1 paragraph 5"),
        ("schedule 1 part 1", "schedule 1 part 2 paragraph 4"),
        ("schedule 1 paragraph 4", "schedule 1 part 1"),
        ("schedule 1 part 1", "pecr schedule 1 paragraph 4"),
    ],
)
def test_a_provision_does_not_contain_its_neighbours(outer: str, inner: str) -> None:
    assert not provision(outer).contains(provision(inner))


def test_in_schedule_1_the_part_follows_from_the_paragraph() -> None:
    assert provision("schedule 1 part 1 paragraph 4") == provision("schedule 1 paragraph 4")
    assert hash(provision("schedule 1 part 1 paragraph 4")) == hash(provision("schedule 1 paragraph 4"))


def test_a_wrong_part_stays_as_written_and_is_told() -> None:
    wrong = provision("dpa-2018 schedule 1 part 2 paragraph 4(a)")
    assert str(wrong) == "dpa-2018 schedule 1 part 2 paragraph 4(a)"
    assert wrong != provision("schedule 1 paragraph 4(a)")
    assert wrong.contradiction == "paragraph 4(a) of Schedule 1 is in Part 1, not in Part 2"


@pytest.mark.parametrize(
    "text",
    [
        "schedule 1 paragraph 4",
        "schedule 1 part 1 paragraph 4",
        "schedule 1 part 2",
        "schedule 1 part 2 paragraph 99",
        "schedule 2 part 6 paragraph 27",
        "9(2)(j)",
        "mrs-code",
    ],
)
def test_nothing_else_contradicts_itself(text: str) -> None:
    assert provision(text).contradiction == ""


def test_provisions_sort_as_the_law_runs() -> None:
    in_order = (
        "dpa-2018, section 7, section 148, section 148ZA, section 148A, section 164A, schedule A1,"
        "schedule 1, schedule 1 part 1, schedule 1 paragraph 4, schedule 1 part 2, schedule 1 paragraph 10,"
        "uk-gdpr recital 50, 6, 6(1)(e), 6(1)(ea), 6(1)(f), 8, 8A, 9, 9(2)(i), 9(2)(j), 15(1), 15(1A), 84B,"
        "84B(1)(a)(i), 84B(1)(a)(ii), 84B(1)(a)(v), 84B(1)(a)(ix), 164A, annex 1 paragraph 6"
    )
    provisions = [provision(text) for text in in_order.split(",")]
    shuffled = random.Random(1).sample(provisions, len(provisions))
    assert [str(p) for p in sorted(shuffled, key=lambda p: p.sort_key)] == [str(p) for p in provisions]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("art 9", "uk-gdpr 9"),
        ("Art.9", "uk-gdpr 9"),
        ("9(2)(J)", "uk-gdpr 9(2)(j)"),
        ("Article 9 (2) (j)", "uk-gdpr 9(2)(j)"),
        ("Article 84b of the UK GDPR", "uk-gdpr 84B"),
        ("GDPR Art. 15(1a)", "uk-gdpr 15(1A)"),
        ("EU GDPR article 89(1)", "eu-gdpr 89(1)"),
        ("s.164A", "dpa-2018 section 164A"),
        ("s164a(3)", "dpa-2018 section 164A(3)"),
        ("section 7 of the Data Protection Act 2018", "dpa-2018 section 7"),
        ("DPA 7", "dpa-2018 section 7"),
        ("Sch 1 para 4", "dpa-2018 schedule 1 paragraph 4"),
        ("paragraph 4 of Schedule 1 to the DPA 2018", "dpa-2018 schedule 1 paragraph 4"),
        ("Schedule 1, Part II, paragraph 6(1)", "dpa-2018 schedule 1 part 2 paragraph 6(1)"),
        ("PECR Sch. A1 para. 5", "pecr schedule A1 paragraph 5"),
        ("reg 6", "pecr regulation 6"),
        ("PECR 6", "pecr regulation 6"),
        ("Annex 1 para 6", "uk-gdpr annex 1 paragraph 6"),
        ("rec. 50", "uk-gdpr recital 50"),
        ("the MRS Code", "mrs-code"),
        ("s.39(4) of the Statistics and Registration Service Act 2007", "srsa-2007 section 39(4)"),
        ("DEA s.64", "dea-2017 section 64"),
        ("the Code of Practice for Statistics", "statistics-code"),
        ("Research Code of Practice", "research-code-of-practice"),
        ("Five Safes", "five-safes"),
        ("uk gdpr", "uk-gdpr"),
    ],
)
def test_a_query_may_be_written_as_people_write(query: str, text: str) -> None:
    assert str(parse_query(query)) == text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "transfers",
        "special-category-no-condition",
        "UK901",
        "x",
        "art",
        "art 9 10",
        "para 4",
        "DPA 1998",
        "Data Protection Act 1998 s 7",
        "art 9(",
        "art nine",
        "pecr regulation",
        "s" * 100_000,
        "(" * 99,
        " ." * 49,
    ],
)
def test_a_query_that_is_no_provision_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="is not a provision"):
        parse_query(query)


def test_a_provision_that_was_sorted_still_travels_between_processes() -> None:
    one = provision("9(2)(j)")
    key = one.sort_key
    again = pickle.loads(pickle.dumps(one))
    assert (again, hash(again), again.sort_key) == (one, hash(one), key)


heads = st.from_regex(r"\A[1-9][0-9]{0,2}[A-Z]{0,2}\Z")
bracket = st.from_regex(r"\A\(([1-9][0-9]?[A-Z]?|[a-z]{1,2}|i{1,3}|iv|v|ix)\)\Z")
brackets = st.lists(bracket, max_size=3).map("".join)
numbers = st.builds("{}{}".format, heads, brackets)
inner = st.one_of(
    st.just(""),
    heads.map(" part {}".format),
    numbers.map(" paragraph {}".format),
    st.builds(" part {} paragraph {}".format, st.integers(1, 4), numbers),
)
wholes = st.sampled_from(["dpa-2018 schedule 1", "dpa-2018 schedule 2", "uk-gdpr annex 1"])
singles = st.sampled_from(["uk-gdpr", "eu-gdpr", "dpa-2018 section", "pecr regulation"])
texts = st.one_of(
    st.sampled_from(["uk-gdpr", "eu-gdpr", "dpa-2018", "pecr", "mrs-code"]),
    st.builds("{} {}".format, singles, numbers),
    st.builds("{}{}".format, wholes, inner),
)
provisions = texts.map(Provision.parse)


@given(texts)
def test_every_spelling_of_a_provision_reads_back(text: str) -> None:
    one = provision(text)
    assert str(one) == text
    assert parse_query(text).parts == one.parts
    assert parse_query(one.for_people()).parts == one.parts
    assert parse_query(one.for_people().upper()) == one


@given(provisions, provisions)
def test_the_order_is_total_and_ties_only_equals(one: Provision, other: Provision) -> None:
    assert (one.sort_key == other.sort_key) == (one == other)
    assert [one.sort_key < other.sort_key, one == other, one.sort_key > other.sort_key].count(True) == 1


@given(provisions, provisions)
def test_containing_is_an_order_that_sorting_follows(one: Provision, other: Provision) -> None:
    if one.contains(other):
        assert one.sort_key <= other.sort_key
        assert one == other or not other.contains(one)
        assert one != other or hash(one) == hash(other)


@given(numbers)
def test_every_bracket_lies_within_what_stands_before_it(number: str) -> None:
    whole = provision(number)
    assert all(provision(number[:end]).contains(whole) for end, c in enumerate(number) if c == "(")


@given(st.text(max_size=60))
def test_any_text_is_a_provision_or_refused(text: str) -> None:
    for read in (Provision.parse, parse_query):
        try:
            assert Provision.parse(str(read(text))) == read(text)
        except ValueError as refused:
            assert "\n" not in str(refused).replace(text[:40], "")  # noqa: PT017 - both outcomes are right here
