"""What kind a page is: a notice, a part of one, or another text that speaks of data."""

from __future__ import annotations

import pytest

from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page as page_of
from gdprlint.prose.reading import Reading, read_page
from gdprlint.rules import packs

NOTICE = """\
We are Otter Watch. Write to us at 1 Bank, Vale.

We collect your name and address. We use your data to send you the magazine. The lawful basis is your consent.
We keep it for two years. We share it with our printers. You can ask for a copy of your data, and have it deleted.
"""


def reading(text: str, name: str = "page.md") -> Reading:
    page = page_of(name, text.encode(), Project())
    assert isinstance(page, Page)
    return read_page(page, packs.load().ear)


@pytest.mark.parametrize("title", ["Privacy notice", "How we use your data", "Privacy and cookies", "Otter Watch"])
def test_a_page_that_says_what_a_notice_says_is_a_notice(title: str) -> None:
    assert reading(f"# {title}\n\n{NOTICE}").kind == "notice"


@pytest.mark.parametrize("title", ["Terms of use", "Data sharing agreement", "Consent form", "Cookie policy"])
def test_the_title_tells_a_text_that_is_no_notice(title: str) -> None:
    found = reading(f"# {title}\n\n{NOTICE}")
    assert (found.kind, found.why.lower()) == ("not-a-notice", title.lower())
    assert {item.status for item in found.items.values()} == {"not-applicable"}


def test_a_heading_further_down_does_not_make_a_notice_something_else() -> None:
    assert reading(f"# Privacy notice\n\n{NOTICE}\n\n## Terms of use\n\nOther terms apply to boats.\n").kind == "notice"


@pytest.mark.parametrize(
    "text", ["Our privacy notice is coming soon.", "# Otters\n\nThey swim.\n", "- [Us](a)\n- [Your rights](b)\n"]
)
def test_a_page_that_says_nothing_is_no_notice(text: str) -> None:
    assert reading(text).kind == "not-a-notice"


def test_a_part_of_a_notice_leaves_nothing_out() -> None:
    found = reading(
        "# Photographs\n\nThis page is part of our privacy notice.\n\nWe use photographs of members to fill our "
        "magazine. We collect your name. We keep photographs for two years.\n"
    )
    assert found.kind == "excerpt"
    assert "absent" not in {item.status for item in found.items.values()}
    assert found.items["retention"].status == "stated"


def test_a_notice_under_another_law_is_a_notice_and_says_so() -> None:
    found = reading(f"# Privacy notice\n\n{NOTICE}\n\nThe Irish Data Protection Commission supervises us.\n")
    assert found.kind == "notice"
    assert any("other-legal-order" in one.cue.items for one in found.evidence)
