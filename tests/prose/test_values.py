"""Values that stand in sentences, in their normal forms."""

from __future__ import annotations

import pytest

from gdprlint.prose.passages import passages_of
from gdprlint.prose.recognise import recognised
from gdprlint.prose.trial import page_of

PLACES = {"united states": "US", "us": "US", "germany": "DE"}


def values(text: str, kind: str) -> list[str]:
    [passage] = passages_of(page_of(text))
    return [value.text for value in recognised(passage, PLACES) if value.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("for two years and 30 working days", "period", ["2 years", "30 days"]),
        ("six (6) months, a 12-month term, a year", "period", ["6 months", "12 months", "1 years"]),
        ("between three and five years", "period", ["5 years"]),
        ("children under 13 years old", "period", []),
        ("a fortnight or 1.5 years", "period", ["2 weeks", "18 months"]),
        ("kept 6yrs, then for another year", "period", ["6 years", "1 years"]),
        ("twice a year, until 25 years of age", "period", []),
        ("on 30 September 2020 and in May 2018", "date", ["2020-09-30", "2018-05"]),
        ("25/05/2018, 2020-09-30; from July 1st 2021", "date", ["2018-05-25", "2020-09-30", "2021-07-01"]),
        ("you may 2 times", "date", []),
        ("under Article 6(1)(e) and (f)", "article-6", ["6(1)(e)", "6(1)(f)"]),
        ("Art 6.1(c), Article 6 (1) (a), article 6(1)b", "article-6", ["6(1)(c)", "6(1)(a)", "6(1)(b)"]),
        (
            "Article 6,1e, Art. 6 para. 1 lit. f; points (b) and (c) of Article 6(1)",
            "article-6",
            ["6(1)(e)", "6(1)(f)", "6(1)(c)", "6(1)(b)"],
        ),
        ("Article 6 of the alphabet, a 1e fuse", "article-6", []),
        ("Article 9(2)(j) with paragraph 4 of Schedule 1", "article-9", ["9(2)(j)"]),
        ("Article 9(2)(j) with paragraph 4 of Schedule 1", "schedule-1", ["4"]),
        ("Schedule 1, paragraphs 8 and 18, of the Data Protection Act 2018", "schedule-1", ["8", "18"]),
        ("safeguarding of children as the condition in Schedule 1", "schedule-1", ["18"]),
        ("safeguarding of children on page 1", "schedule-1", []),
        ("Part 2 of Schedule 1", "schedule-1-part", ["Part 2"]),
        (
            "under sections 10 and 11 of the Children Act 2004",
            "statute",
            ["sections 10 and 11 of the Children Act 2004"],
        ),
        (
            "the Health and Social Care Act (Northern Ireland) 2009",
            "statute",
            ["Health and Social Care Act (Northern Ireland) 2009"],
        ),
        ("our Royal Charter of 1926", "statute", ["Royal Charter of 1926"]),
        ("section 147 of the Fiscal Code and our Code of Conduct", "statute", ["section 147 of the Fiscal Code"]),
        ("the Data Protection Act 2018, the Freedom of Information Act 2000", "statute", []),
        ("write to a.b@c.org.uk.", "email", ["a.b@c.org.uk"]),
        ("ring 020 7946 0000", "phone", ["020 7946 0000"]),
        ("in the United States, the US and Germany, and to us", "country", ["US", "US", "DE"]),
        ("under the Environment Act 1995", "act", ["Environment Act 1995"]),
        ("6.1 A member of staff may ask", "article-6", []),
        ("we hold on to it while you stay, plus a year", "period", ["1 years"]),
        ("Kettling Inc. (Iowa) and Vantel Oy, Turku", "foreign-country", ["US", "FI"]),
        ("our computers in Dublin and New York", "foreign-country", ["IE", "US"]),
        ("on Danish servers, by a Danish baker", "foreign-country", ["DK"]),
        ("Virginia Wold answers the telephone", "foreign-country", []),
        ("It lives with Marlow Hosting and Tollbell Inc.", "firm", ["Marlow Hosting", "Tollbell Inc"]),
        ("It goes to Fairhaven Insurance Ltd and the Quill Trust", "firm", []),
        (
            "by the Office for Lift and Escalator Safety (OLES) and the Board",
            "organisation",
            ["Office for Lift and Escalator Safety (OLES)"],
        ),
        ("Hester Amblecote, PCC Secretary", "organisation", []),
        ("bought from Lampwick Data Ltd", "organisation", ["Lampwick Data Ltd"]),
        ("your email address, if you tick the box: consent", "ground", ["6(1)(a)"]),
        (
            "to charge you and to keep our books: contract and legal obligation",
            "ground",
            ["6(1)(b)", "6(1)(c)"],
        ),
        ("the papers that we ask you for: contract, passport", "ground", []),
        ("this is what you have signed up for (contract)", "ground", ["6(1)(b)"]),
        ("we ask before any of it is used: explicit consent", "ground", []),
    ],
)
def test_values(text: str, kind: str, found: list[str]) -> None:
    assert values(text, kind) == found
