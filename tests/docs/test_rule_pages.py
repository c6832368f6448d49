"""docs/rules says what the rules say: every page is current, none is left over, every link leads somewhere."""

from __future__ import annotations

import re

from .rule_pages import HERE, pages, shipped

AGAIN = "make them again: python -m tests.docs.rule_pages"


def test_every_page_says_what_the_rule_says() -> None:
    stale = [
        name
        for name, text in pages().items()
        if not (HERE / name).is_file() or (HERE / name).read_text("utf-8") != text
    ]
    assert stale == [], AGAIN


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert sorted(path.name for path in HERE.iterdir()) == sorted(pages()), AGAIN


def test_every_rule_stands_in_both_indexes() -> None:
    for index in ("README.md", "by-article.md"):
        linked = set(re.findall(r"\]\((\w+)\.md\)", (HERE / index).read_text("utf-8")))
        bare = {rule.code for rule in shipped() if not rule.cites}
        assert {rule.code for rule in shipped()} - linked - (bare if index == "by-article.md" else set()) == set()
