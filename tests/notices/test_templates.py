"""Templates: both branches, loops once, what is included, and nothing from outside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.reading import read_page


def page(name: str, text: str, root: Path | None = None) -> Page:
    path = str(root / name) if root else name
    found = read_page(path, text.encode(), Project(root))
    assert isinstance(found, Page), found
    return found


def said(name: str, text: str, root: Path | None = None) -> list[str]:
    return [block.text for block in page(name, text, root).blocks]


def branches(name: str, text: str) -> list[tuple[str, str]]:
    return [(block.branch, block.text) for block in page(name, text).blocks]


CONDITIONS = {
    "a.html.erb": "<p>One.</p>\n<% if x? %>\n<p>Two.</p>\n<% else %>\n<p>Three.</p>\n<% end %>\n<p>Four.</p>",
    "a.njk": "<p>One.</p>\n{% if x %}\n<p>Two.</p>\n{% else %}\n<p>Three.</p>\n{% endif %}\n<p>Four.</p>",
    "a.hbs": "<p>One.</p>\n{{#if x}}\n<p>Two.</p>\n{{else}}\n<p>Three.</p>\n{{/if}}\n<p>Four.</p>",
    "a.liquid": "<p>One.</p>\n{% unless x %}\n<p>Two.</p>\n{% else %}\n<p>Three.</p>\n{% endunless %}\n<p>Four.</p>",
    "a.php": "<p>One.</p>\n<?php if ($x): ?>\n<p>Two.</p>\n<?php else: ?>\n<p>Three.</p>\n<?php endif ?>\n<p>Four.</p>",
    "b.php": "<p>One.</p>\n<?php if ($x) { ?>\n<p>Two.</p>\n<?php } else { ?>\n<p>Three.</p>\n<?php } ?>\n<p>Four.</p>",
    "a.cshtml": "<p>One.</p>\n@if (x)\n{\n<p>Two.</p>\n}\nelse\n{\n<p>Three.</p>\n}\n<p>Four.</p>",
    "a.haml": "%p One.\n- if x?\n  %p Two.\n- else\n  %p Three.\n%p Four.",
    "a.tsx": "f(<><p>One.</p>\n{x ? (<p>Two.</p>) : (<p>Three.</p>)}\n<p>Four.</p></>)",
    "a.astro": "<p>One.</p>\n{x ? <p>Two.</p> : <p>Three.</p>}\n<p>Four.</p>",
    "a.md.erb": "One.\n<% if x? %>\nTwo.\n\n<% else %>\nThree.\n<% end %>\n\nFour.",
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_both_branches_of_a_condition_are_read_and_named(name: str) -> None:
    assert branches(name, CONDITIONS[name]) == [
        ("", "One."),
        ("if:2", "Two."),
        ("if:2/else", "Three."),
        ("", "Four."),
    ]


LOOPS = {
    "a.html.erb": "<ul><% names.each do |name| %><li>Ask <%= name %>.</li><% end %></ul>",
    "a.jinja": "<ul>{% for name in names %}<li>Ask {{ name }}.</li>{% endfor %}</ul>",
    "a.php": "<ul><?php foreach ($names as $name): ?><li>Ask <?= $name ?>.</li><?php endforeach; ?></ul>",
    "a.cshtml": "<ul>@foreach (var name in Model.Names) { <li>Ask @name.</li> }</ul>",
    "a.haml": "%ul\n  - names.each do |name|\n    %li Ask #{name}.",
    "a.tsx": "f(<ul>{names.map((name) => <li key={name}>Ask {name}.</li>)}</ul>)",
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_read_once_and_is_no_branch(name: str) -> None:
    assert branches(name, LOOPS[name]) == [("", "Ask {name}.")]


def test_a_condition_within_another_stands_in_both() -> None:
    text = "{% if a %}\n{% if b %}\n<p>One.</p>\n{% endif %}\n<p>Two.</p>\n{% endif %}"
    assert branches("a.twig", text) == [("if:1 if:2", "One."), ("if:1", "Two.")]


def test_a_sentence_with_a_condition_in_it_stands_in_its_branches() -> None:
    text = "<p>We keep it for <% if young %>3<% else %>5<% end %> years.</p>"
    assert branches("a.html.erb", text) == [("if:1 if:1/else", "We keep it for 3 5 years.")]


def test_an_expression_may_have_branches_too() -> None:
    assert branches("a.html.erb", '<p><%= open? ? "Still open." : "Closed." %></p>') == [
        ("if:1 if:1/else", "Still open. Closed.")
    ]


def test_markdown_in_a_template_of_a_site_is_read_as_markdown() -> None:
    text = "{% set us = 'The mill' %}\n# Privacy\n\n## Your rights\n\nAsk {{ us }} to:\n\n- correct it\n- delete it\n"
    assert [(block.kind, block.text) for block in page("a.njk", text).blocks] == [
        ("heading", "Privacy"),
        ("heading", "Your rights"),
        ("paragraph", "Ask The mill to:"),
        ("item", "correct it"),
        ("item", "delete it"),
    ]


def test_a_template_with_paragraphs_of_html_is_no_markdown() -> None:
    assert said("a.njk", "<p># One\n# Two</p>\n# Three") == ["# One # Two", "# Three"]


SHOWN = {
    '<%= link_to "our page", "https://a.example" %>': "our page",
    "<%= govuk_link_to 'our page', privacy_path, class: 'x' %>": "our page",
    '<%= mail_to "a@b.example" %>': "a@b.example",
    '<%= mail_to "a@b.example", "write to us" %>': "write to us",
    '<%= govuk_mail_to("a@b.example", subject: "Hello there") %>': "a@b.example",
    '<%= link_to "/help" do %>our <b>page</b><% end %>': "our page",
    '<%= tag.p "Some words." %>': "Some words.",
    '<%= govuk_inset_text(text: "Some words.") %>': "Some words.",
    "<%= govuk_warning_text do %>Some words.<% end %>": "Some words.",
    '<%= raw "Some words." %>': "Some words.",
    '<%= "Some words.".html_safe %>': "Some words.",
    '<%= "Some " + kind + " words." %>': "Some {kind} words.",
    '<%= "Some #{kind} words." %>': "Some {kind} words.",
    "<%= @service.name %>": "{service_name}",
    "<%= Settings.dig('support', 'mail') %>": "{mail}",
    '<%= render InsetText.new(text: "Some words.") %>': "Some words.",
    '<%= t("no.key", default: "Some words.") %>': "Some words.",
    '<%= govuk_list ["some", "words"], type: :bullet %>': "some words",
    '<%= pluralize(6, "month") %>': "6 months",
    "<%# nothing %>Some words.": "Some words.",
    "<%% is how ERB begins": "<% is how ERB begins",
    '<% @a = "Some words." %><%= @a %>': "Some words.",
}


@pytest.mark.parametrize("code", SHOWN)
def test_what_a_helper_prints_is_read(code: str) -> None:
    assert " ".join(said("a.html.erb", f"<div>{code}</div>")) == SHOWN[code]


MACROS = {
    '{{ govukInsetText({ text: "Some words.", classes: "a-b" }) }}': ["Some words."],
    '{{ govukDetails({ summaryText: "Help", html: "<p>Some <b>words</b>.</p>" }) }}': ["Help", "Some words."],
    '{{ govukSummaryList({ rows: [{ key: { text: "Who" }, value: { html: "Us {not a tag}" } }] }) }}': [
        "Who",
        "Us {not a tag}",
    ],
    '{% call govukDetails({ summaryText: "Help" }) %}<p>Some words.</p>{% endcall %}': ["Help", "Some words."],
    "{{ 'Some words.' | safe }}": ["Some words."],
    "{{ service.name | upper }}": ["{service_name}"],
    "{% raw %}{{ not code }}{% endraw %}": ["{{ not code }}"],
    "{% comment %}hidden{% endcomment %}{# hidden #}Some words.": ["Some words."],
    "{% filter markdown %}\n## Help\n\nSome *words*.\n{% endfilter %}": ["Help", "Some words."],
    '{{ metadata(data={"Last updated": "2 June 2025"}) }}': ["Last updated: 2 June 2025"],
    '{{ "yes" if open else "no" }}': ["yes no"],
    "{% trans 'Some words.' %}": ["Some words."],
    "{% blocktrans %}Some words.{% endblocktrans %}": ["Some words."],
}


@pytest.mark.parametrize("code", MACROS)
def test_what_a_macro_or_tag_shows_is_read(code: str) -> None:
    assert said("a.njk", code) == MACROS[code]


COMPONENTS = {
    '<Link href="/x">our page</Link>': ["our page"],
    "<Heading level={3}>Help</Heading>": ["Help"],
    '<InsetText text="Some words." />': ["Some words."],
    '<p>We don\'t keep {kind} data{" "}<b>here</b>.</p>': ["We don't keep {kind} data here."],
    "<p>{`Some ${kind} words.`}</p>": ["Some {kind} words."],
    "<p>{open && <b>Open.</b>}</p>": ["Open."],
    "<p>{/* hidden */}Some words.</p>": ["Some words."],
    '<ul>{["some", "words"].map((one) => <li key={one}>{one}</li>)}</ul>': ["some", "words"],
    '<Trans i18nKey="no.key">Some <b>words</b>.</Trans>': ["Some words."],
    "<p>{children}</p><p>Some words.</p>": ["Some words."],
}


@pytest.mark.parametrize("code", COMPONENTS)
def test_what_a_component_shows_is_read(code: str) -> None:
    assert said("a.tsx", f"export default () => (\n  <main>{code}</main>\n);") == COMPONENTS[code]


RAZOR = {
    "<p>Write to a@b.example, @@home.</p>": ["Write to a@b.example, @home."],
    "<p>@Model.Name, @(Model.Year).</p>": ["{Name}, {Year}."],
    "@{ var a = 1; <p>Some words.</p> }": ["Some words."],
    "@if (x) {\n@: Some words.\n}": ["Some words."],
    "<govuk-inset-text>Some words.</govuk-inset-text>More.": ["Some words.", "More."],
    "@section Footer { <p>Some words.</p> }": ["Some words."],
    '<p>@Localizer["Some words."]</p>': ["Some words."],
    "@switch (x)\n{\n  case 1:\n    <p>One.</p>\n    break;\n  default:\n    <p>Two.</p>\n    break;\n}": [
        "One.",
        "Two.",
    ],
    '<p>@Html.ActionLink("our page", "Index")</p>': ["our page"],
}


@pytest.mark.parametrize("code", RAZOR)
def test_what_razor_shows_is_read(code: str) -> None:
    assert said("a.cshtml", code) == RAZOR[code]


def test_a_table_of_a_component_has_rows_and_heads() -> None:
    text = """
    <%= govuk_table do |table| %>
      <% table.with_head do |head| %><% head.with_row do |row| %>
        <% row.with_cell(header: true, text: "What") %>
        <% row.with_cell(header: true, text: "How long") %>
      <% end %><% end %>
      <% table.with_body do |body| %><% body.with_row do |row| %>
        <% row.with_cell(text: "Emails") %>
        <% row.with_cell { "six weeks" } %>
      <% end %><% end %>
    <% end %>"""
    cells = [(block.kind, block.column, block.row, block.text) for block in page("a.html.erb", text).blocks]
    assert cells[2:] == [("cell", "What", 2, "Emails"), ("cell", "How long", 2, "six weeks")]


def test_texts_in_a_list_of_the_component_are_read_where_they_are_written() -> None:
    text = (
        'const PARTS = [\n  { id: "a", title: "Rights", body: "You may object." },\n];\n'
        "export default () => <main>{PARTS.map((p) => <div key={p.id}><h2>{p.title}</h2>{p.body}</div>)}</main>;"
    )
    found = page("a.tsx", text)
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("heading", "Rights"),
        ("paragraph", "You may object."),
    ]
    assert found.source.position(found.blocks[1].place(0, 3)[0])[0] == 2


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a partial, a message file, and a secret beside it."""
    (tmp_path / "secret.html").write_text("<p>Secret.</p>", "utf-8")
    root = tmp_path / "site"
    (root / "app/views/shared").mkdir(parents=True)
    (root / "app/views/shared/_rights.html.erb").write_text("<p>\n  You may <b>object</b>.</p>\n", "utf-8")
    (root / "app/views/shared/_loop.html.erb").write_text('<%= render "shared/loop" %>', "utf-8")
    (root / "config/locales").mkdir(parents=True)
    (root / "config/locales/en.yml").write_text(
        'en:\n  who: "the \\"Trust\\""\n  pages:\n    survey:\n      kept: We keep it for six weeks.\n', "utf-8"
    )
    (root / "config/locales/cy.yml").write_text("cy:\n  who: yr Ymddiriedolaeth\n", "utf-8")
    (root / "out.html").symlink_to(tmp_path / "secret.html")
    return root


def test_a_partial_is_read_where_it_is_called_for_with_its_own_places(project: Path) -> None:
    found = page("app/views/privacy.html.erb", '<h1>Rights</h1>\n<%= render "shared/rights" %>', project)
    block = found.blocks[1]
    assert (block.text, block.path) == ("You may object.", "app/views/shared/_rights.html.erb")
    (other,) = found.others
    start, end = block.place(8, 14)
    assert (other.path, other.text[start:end]) == (block.path, "object")


def test_a_translation_is_read_in_english_with_its_own_places(project: Path) -> None:
    found = page("app/views/pages/survey.html.erb", "<p><%= t('.kept') %></p>", project)
    (block,) = found.blocks
    assert (block.text, block.path) == ("We keep it for six weeks.", "config/locales/en.yml")
    start, end = block.place(15, 24)
    assert found.others[0].text[start:end] == "six weeks"


def test_a_translation_within_a_sentence_stands_where_it_is_called_for(project: Path) -> None:
    text = '<p>We are <%= t("who") %>.</p>'
    found = page("app/views/pages/survey.html.erb", text, project)
    (block,) = found.blocks
    assert (block.text, block.path) == ('We are the "Trust".', "")
    at = block.text.index("Trust")
    assert text[slice(*block.place(at, at + 5))] == '<%= t("who") %>'


@pytest.mark.parametrize(
    ("name", "code", "what"),
    [
        ("a.html.erb", '<%= render "shared/nowhere" %>', "the partial `shared/nowhere`"),
        ("a.html.erb", "<%= render @thing %>", "a partial that is named by code"),
        ("a.html.erb", "<%= t('no.such.key') %>", "the translation `no.such.key`"),
        ("a.html.erb", '<%= render "../secret" %>', "the partial `../secret`"),
        ("a.html.erb", '<%= render "/etc/passwd" %>', "the partial `/etc/passwd`"),
        ("a.html.erb", '<%= render "out" %>', "the partial `out`"),
        ("a.njk", '{% include "../secret.html" %}', "the partial `../secret.html`"),
        ("a.php", "<?php include '../secret.html'; ?>", "the partial `../secret.html`"),
        ("a.haml", '= render "../secret"', "the partial `../secret`"),
        ("a.cshtml", '<partial name="../secret.html" />', "the partial `../secret.html`"),
        ("a.html.erb", '<%= render "shared/loop" %>', "the partial `shared/loop`"),
    ],
)
def test_what_cannot_be_followed_is_told_at_its_place(project: Path, name: str, code: str, what: str) -> None:
    found = page(name, f"<p>One.</p>\n{code}\n", project)
    if name.endswith("haml"):
        found = page(name, f"%p One.\n{code}\n", project)
    assert [unread.what for unread in found.unread] == [what]
    assert found.source.position(found.unread[0].start)[0] == 2
    assert "Secret." not in " ".join(block.text for block in found.blocks)


def test_includes_that_multiply_come_to_an_end(project: Path) -> None:
    for number in range(7):
        call = f'<%= render "shared/n{number + 1}" %>' * 9
        (project / f"app/views/shared/_n{number}.html.erb").write_text(f"{call}<p>Some words.</p>", "utf-8")
    found = page("app/views/a.html.erb", '<%= render "shared/n0" %>', project)
    assert 0 < len(found.blocks) <= Project().max_files
    assert found.unread


def test_without_a_project_nothing_is_followed(project: Path) -> None:
    found = read_page(str(project / "app/views/a.html.erb"), b'<%= render "shared/rights" %>', Project())
    assert isinstance(found, Page)
    assert not found.blocks
    assert len(found.unread) == 1


def test_a_title_for_the_layout_is_the_title_and_no_text() -> None:
    for name, text in {
        "a.html.erb": '<% content_for :title, "Our notice" %><p>One.</p>',
        "b.html.erb": "<% content_for :page_title do %>Our notice<% end %><p>One.</p>",
        "a.njk": "{% block pageTitle %}Our notice{% endblock %}<p>One.</p>",
        "a.cshtml": '@{ ViewData["Title"] = "Our notice"; }<p>One.</p>',
        "a.md": '---\ntitle: "Our notice"\n---\n# One.',
    }.items():
        found = page(name, text)
        assert (found.title, [block.text for block in found.blocks]) == ("Our notice", ["One."]), name
