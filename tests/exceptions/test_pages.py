"""Which block of a page an `allow` covers, in every language in which pages are written."""

from __future__ import annotations

import time

import pytest

from gdprlint.exceptions.grammar import Fault, Said
from gdprlint.exceptions.pages import found_in
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page

from .conftest import Judge, codes, suppressed, told


def covered(path: str, text: str) -> list[tuple[str, str]]:
    """The reason of each exception, and the words of the block that it covers."""
    page = read_page(path, text.encode(), Project())
    assert isinstance(page, Page), page
    found = []
    for one in found_in(page.source, page.blocks):
        said = one.said.reason if isinstance(one.said, Said) else one.said.message
        found.append((said, one.subject))
        assert isinstance(one.said, Fault) or one.covers
    return found


MARKDOWN = """\
<!-- allow UK1: for the title -->
# Privacy notice

<!-- allow UK1: for the paragraph,
     by dpo until 2027-03-31 -->

We keep your name
for ever.

We ask: <!-- allow UK1: for what stands before -->

- your age <!-- allow UK1: for the age -->
<!-- allow UK1: for the address -->
- your *address*
- your <!-- allow UK1: for the name --> name

We <!-- allow UK1: within a sentence --> share it.

```html
<!-- allow UK1: this is an example -->
```
"""


def test_in_markdown_it_covers_the_block_or_item_below_or_in_which_it_stands() -> None:
    assert covered("a.md", MARKDOWN) == [
        ("for the title", "Privacy notice"),
        ("for the paragraph", "We keep your name for ever."),
        ("for what stands before", "We ask:"),
        ("for the age", "your age"),
        ("for the address", "your address"),
        ("for the name", "your name"),
        ("within a sentence", "We share it."),
    ]


def test_in_html_it_covers_the_element_below_or_in_which_it_stands() -> None:
    page = """<html><body>
    <!-- allow UK1: for the title -->
    <h1>Privacy</h1>
    <p>
      We keep your name.
      <!-- allow UK1: for the keeping -->
    </p>
    <!-- allow UK1: for the first item -->
    <ul>
      <li>One</li>
      <li>Two <!-- allow UK1: for the second --></li>
    </ul>
    <table><tr>
      <!-- allow UK1: for the cell -->
      <td>Cell</td><td>Other</td></tr></table>
    </body></html>"""

    assert covered("a.html", page) == [
        ("for the title", "Privacy"),
        ("for the keeping", "We keep your name."),
        ("for the first item", "One"),
        ("for the second", "Two"),
        ("for the cell", "Cell"),
    ]


BOTH = [("for the title", "Privacy"), ("for the keeping", "We keep it for ever.")]
HTML = "{0}\n<h1>Privacy</h1>\n<p>We ask.</p>\n{1}\n<p>We keep it for ever.</p>\n"


@pytest.mark.parametrize(
    ("path", "comment"),
    [
        ("a.html", "<!-- {} -->"),
        ("a.html.erb", "<%# {} %>"),
        ("a.html.erb", "<!-- {} -->"),
        ("a.cshtml", "@* {} *@"),
        ("a.razor", "@*{}*@"),
        ("a.twig", "{{# {} #}}"),
        ("a.jinja", "{{# {} #}}"),
        ("a.j2", "{{#- {} -#}}"),
        ("a.njk", "{{# {} #}}"),
        ("a.liquid", "{{% comment %}} {} {{% endcomment %}}"),
        ("a.liquid", "{{%- comment -%}}{}{{%- endcomment -%}}"),
        ("a.liquid", "{{% # {} %}}"),
        ("a.hbs", "{{{{! {} }}}}"),
        ("a.hbs", "{{{{!-- {} --}}}}"),
        ("a.mustache", "{{{{! {} }}}}"),
        ("a.php", "<?php // {} ?>"),
        ("a.php", "<?php # {} ?>"),
        ("a.php", "<?php /* {} */ ?>"),
        ("a.php", "<?php\n// {}\n?>"),
        ("a.phtml", "<!-- {} -->"),
        ("a.astro", "<!-- {} -->"),
        ("a.astro", "{{/* {} */}}"),
    ],
)
def test_each_language_has_its_own_comments(path: str, comment: str) -> None:
    comments = [comment.format(f"allow UK1: {reason}, by dpo") for reason in ("for the title", "for the keeping")]
    text = HTML.format(*comments)

    assert covered(path, text) == BOTH


@pytest.mark.parametrize("path", ["a.tsx", "a.jsx"])
def test_tsx_and_jsx_have_theirs(path: str) -> None:
    text = """export default function Page() {
  return (
    <main>
      {/* allow UK1: for the title */}
      <h1>Privacy</h1>
      <p>We ask.</p>
      {/* allow UK1: for the keeping, by dpo */}
      <p>We keep it for ever.</p>
    </main>
  );
}
"""

    assert covered(path, text) == BOTH


@pytest.mark.parametrize("sign", ["-#", "/"])
def test_haml_has_its_own(sign: str) -> None:
    text = f"""{sign} allow UK1: for the title
%h1 Privacy
.page
  %p We ask.
  {sign} allow UK1: for the keeping, by dpo
  %p We keep it for ever.
"""

    assert covered("a.html.haml", text) == BOTH


def test_markdown_for_components_has_theirs() -> None:
    title, keeping = (f"{{/* allow UK1: for the {what} */}}" for what in ("title", "keeping"))
    text = f"{title}\n\n# Privacy\n\nWe ask.\n\n{keeping}\n\nWe keep it for ever.\n"

    assert covered("a.mdx", text) == BOTH


def test_strings_in_yaml_have_theirs() -> None:
    keeping = '  # allow UK1: for the keeping\n  keeping: "We keep it for ever."\n'
    text = f'en:\n{keeping}  asking: "We ask."  # allow UK1: for the asking\n'

    assert covered("a.yml", text) == [("for the keeping", "We keep it for ever."), ("for the asking", "We ask.")]


def test_the_title_in_front_matter_is_accepted_there() -> None:
    head = "---\nlayout: page\n# allow UK1: for the title\ntitle: Privacy\n---\n"
    text = f"{head}We ask.\n\n## allow UK1: this is a heading\n"

    assert covered("a.md", text) == [("for the title", "Privacy")]


@pytest.mark.parametrize("path", ["a.txt", "a.json"])
def test_what_has_no_comments_has_no_exceptions(path: str) -> None:
    text = '{"en": {"a": "We ask. <!-- allow UK1: agreed -->", "b": "# allow UK1: agreed"}}'

    assert covered(path, text) == []


def test_words_for_people_are_no_exception() -> None:
    text = "<!-- allow robots to read this -->\n<p>You allow UK901: yes</p>\n<!-- allowed: yes -->\n"

    assert covered("a.html", text) == []


def test_one_that_is_never_closed_takes_nothing_out() -> None:
    ((said, _),) = covered("a.html", "<p>We ask.</p><!-- allow UK1: agreed, by dpo\n" + "<p>We keep it.</p>\n" * 200)

    assert said == "an exception has at most 2,000 characters"


def test_one_below_all_blocks_is_told() -> None:
    assert covered("a.md", "# Privacy\n\nWe ask.\n\n<!-- allow UK1: agreed by all -->\n") == [
        ("the exception stands in no paragraph and above none", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- allow UK1: agreed -->" * 5_000,
        "<p>a</p>\n" + "<!-- allow UK1: agreed -->" * 5_000 + "<p>b</p>",
        "<!-- allow" * 20_000,
        "<p>a</p>\n<!-- allow UK1: agreed -->\n" * 5_000,
    ],
)
def test_many_are_found_in_linear_time(text: str) -> None:
    start = time.process_time()
    covered("a.html", text)

    assert time.process_time() - start < 20


NOTICE = """\
# Privacy notice

Vale Trust is the data controller. We use your name and email address to send you our newsletter.
We rely on your consent.
We keep your data for two years. You have the right to access your data. Write to quay@vale.example.
"""


def test_a_finding_of_the_whole_notice_is_accepted_above_its_title(judge: Judge) -> None:
    plain = judge({"a.md": NOTICE}, "a.md")
    report = judge({"a.md": f"<!-- allow UK1318: the leaflet says it, by dpo -->\n{NOTICE}"}, "a.md")

    assert suppressed(report) == ["UK1318"]
    assert codes(plain) - codes(report) == {"UK1318"}
    assert told(report) == []


def test_a_finding_in_a_paragraph_is_accepted_above_it_and_nowhere_else(judge: Judge) -> None:
    comment = "<!-- allow REC105: the leaflet says it, by dpo -->"
    beside = judge({"a.md": NOTICE.replace("\nVale", f"\n{comment}\nVale")}, "a.md")
    title = judge({"a.md": f"{comment}\n{NOTICE}"}, "a.md")

    assert suppressed(beside) == ["REC105"]
    assert suppressed(title) == []
    assert told(title) == ["REC017: the exception of `REC105` covers no finding"]


def test_one_in_a_page_that_a_record_names_counts_too(judge: Judge) -> None:
    files = {
        "a.gdpr": 'record r of vale\norganisation vale "Vale Trust" is charity in GB\n'
        'activity mail "Mail" {\n  controller vale\n}\n',
        "n.gdpr": 'notice n "a.md" of mail by vale\n',
        "a.md": f"<!-- allow UK1318: the leaflet says it, by dpo -->\n{NOTICE}",
    }
    report = judge(files)

    assert suppressed(report) == ["UK1318"]
    assert told(report) == []
    assert told(judge({}, "a.gdpr")) == []


def test_one_in_a_file_that_a_page_includes_counts_there(judge: Judge) -> None:
    page = """<h1>Privacy notice</h1>
<p>Vale Trust is the data controller. We use your name for letters. We rely on your consent.</p>
<%= render "keeping" %>
<p>You have the right to access your data.</p>
"""
    keeping = "<%# allow REC105: the leaflet says it, by dpo %>\n<p>We keep your data for two years.</p>\n"
    report = judge({"app/a.html.erb": page, "app/_keeping.html.erb": keeping}, "app/a.html.erb")

    assert suppressed(report) == ["REC105"]
    assert told(report) == []
