"""The HTML report as a person meets it: filters, keys, links, colours, narrow screens, paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from ..making import MISSPELT, WELLBEING, report
from .sample import SAMPLE, known, many, page, sample_page
from .test_injection import HOSTILE, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; it is part of `.[test]`")
expect = playwright.expect

Opened = Callable[..., "Page"]

LEGIBLE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (el) => {
    for (; el; el = el.parentElement) { const c = rgba(getComputedStyle(el).backgroundColor); if (c[3]) return c; }
    return [255, 255, 255, 255];
  };
  const bad = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim(), el = walker.currentNode.parentElement;
    if (!words || ["SCRIPT", "STYLE"].includes(el.tagName) || !el.checkVisibility()) continue;
    const text = light(rgba(getComputedStyle(el).color)), behind = light(ground(el));
    const ratio = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
    seen += 1;
    if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${el.tagName}.${el.className} ${words.slice(0, 30)}`);
  }
  return [seen, bad];
}"""
COUNTING = """() => {
  window.reads = 0; window.writes = 0;
  const text = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
  const get = function () { window.reads += 1; return text.get.call(this); };
  Object.defineProperty(Node.prototype, "textContent", { ...text, get });
  const hidden = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "hidden");
  const set = function (value) { window.writes += 1; hidden.set.call(this, value); };
  Object.defineProperty(HTMLElement.prototype, "hidden", { ...hidden, set });
}"""
SEEN = "found => found.filter(el => el.checkVisibility()).map(el => el.id || (el.cells ? el.cells[0] : el).textContent)"


def seen(page: Page, selector: str) -> list[str]:
    """What of this can be seen, by id or by its words."""
    found: list[str] = page.eval_on_selector_all(selector, SEEN)
    return found


def shown(page: Page) -> list[str]:
    """The findings that can be seen, by their ids."""
    return seen(page, "details.finding")


def words_of(paper: PdfReader) -> str:
    """The words on paper in one line, letters that are set as one taken apart."""
    return " ".join(normalize("NFKC", " ".join(page.extract_text() for page in paper.pages)).split())


def told(page: Page) -> str:
    return page.inner_text("#told")


# ---- filters


def test_all_findings_are_shown_at_first(opened: Opened) -> None:
    page = opened()
    assert shown(page) == ["3333cccc", "1111aaaa", "2222bbbb", "3333cccc.2", "4444dddd"]
    assert told(page).startswith("Found 4 problems")


@pytest.mark.parametrize(
    ("field", "choice", "found"),
    [
        ("#by-party", "Vale University (2)", ["1111aaaa", "2222bbbb", "4444dddd"]),
        ("#by-party", "Of several organisations (1)", ["3333cccc"]),
        ("#by-article", "UK GDPR Art. 9 (1)", ["2222bbbb", "4444dddd"]),
        ("#by-article", "No provision cited (2)", ["3333cccc", "3333cccc.2"]),
        ("#by-severity", "Warning (1)", ["1111aaaa"]),
    ],
)
def test_findings_are_filtered_by_organisation_article_and_severity(
    opened: Opened, field: str, choice: str, found: list[str]
) -> None:
    page = opened()
    page.select_option(field, label=choice)
    assert shown(page) == found


def test_every_word_that_is_asked_for_must_be_there(opened: Opened) -> None:
    page = opened()
    page.fill("#by-words", "Twelve  MONTHS")
    expect(page.locator("#told")).to_contain_text("Showing 1 of")
    assert shown(page) == ["1111aaaa"]
    page.fill("#by-words", "twelve nowhere")
    expect(page.locator("#told")).to_contain_text("Showing 0 of")
    assert shown(page) == []


def test_the_name_of_an_activity_finds_all_that_is_about_it(opened: Opened) -> None:
    page = opened()
    page.fill("#by-words", "panel")
    expect(page.locator("#told")).to_contain_class("filtered")
    assert shown(page) == ["3333cccc.2"]


def test_how_many_are_shown_is_announced(opened: Opened) -> None:
    page = opened()
    assert page.get_attribute("#told", "aria-live") == "polite"
    page.select_option("#by-severity", "error")
    assert told(page) == "Showing 2 of 4 findings, and 1 of 1 accepted."
    page.click("text=Clear filters")
    expect(page.locator("#told")).not_to_contain_class("filtered")
    assert told(page).startswith("Found 4 problems")
    assert len(shown(page)) == 5


def test_a_group_goes_with_the_last_of_its_findings(opened: Opened) -> None:
    page = opened()
    page.select_option("#by-severity", "warning")
    assert seen(page, "#findings h4") == ["Wellbeing survey"]


def test_a_name_in_the_summary_chooses_itself(opened: Opened) -> None:
    page = opened()
    page.click("table.counts button:has-text('UK GDPR Art. 13')")
    expect(page.locator("#told")).to_contain_class("filtered")
    assert shown(page) == ["1111aaaa"]
    assert page.evaluate("document.activeElement.id") == "findings-title"


def test_what_was_looked_at_is_filtered_by_outcome(opened: Opened) -> None:
    page = opened()
    page.select_option("#by-outcome", label="passed")
    assert seen(page, "tr.part") == ["(2)", "rule-UK703"]
    assert page.inner_text("#told-outcomes") == "Showing 1 of 5 rows of provisions."


# ---- keys


def test_everything_is_reached_and_worked_with_the_keyboard(opened: Opened) -> None:
    page = opened()
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    for wanted in (
        "by-party",
        "by-article",
        "by-severity",
        "by-words",
        "open-all",
        "close-all",
        "by-outcome",
        "SUMMARY",
    ):
        assert wanted in reached
    assert page.evaluate("!document.querySelector('[tabindex]:not([tabindex=\"-1\"])')")


def test_a_summary_opens_and_closes_with_a_key(opened: Opened) -> None:
    page = opened()
    page.focus("[id='1111aaaa'] summary")
    page.keyboard.press("Enter")
    assert not page.evaluate("document.getElementById('1111aaaa').open")
    page.keyboard.press("Space")
    assert page.evaluate("document.getElementById('1111aaaa').open")


def test_the_focus_is_always_seen(opened: Opened) -> None:
    page = opened()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # past the last, before the first
            continue
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


# ---- links


def test_a_link_opens_at_its_finding(opened: Opened) -> None:
    text = page(many(400))
    there = opened(text, at=f"#f{333:08x}")
    assert there.evaluate("document.activeElement.closest('details').id") == f"f{333:08x}"
    top = there.evaluate(f"document.getElementById('f{333:08x}').getBoundingClientRect().top")
    assert 0 <= top < 300


def test_a_link_shows_what_is_filtered_or_closed(opened: Opened) -> None:
    page = opened()
    page.click("#close-all")
    page.select_option("#by-severity", "warning")
    page.evaluate("location.hash = '#2222bbbb'")
    expect(page.locator("[id='2222bbbb']")).to_have_attribute("open", "")
    assert len(shown(page)) == 5
    assert page.input_value("#by-severity") == ""


@pytest.mark.parametrize("hash", ["#", "#nowhere", "#%", "#%00", "#told", "#</script>"])
def test_a_link_to_nothing_does_nothing(opened: Opened, hash: str) -> None:
    assert len(shown(opened(at=hash))) == 5


# ---- without the script, and with what strangers write


def test_without_script_the_whole_list_is_there_and_no_filter(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("details.finding[open]").count() == 5
    assert page.locator("details.finding figure").first.is_visible()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#outcomes").is_visible()


def test_no_word_runs_or_asks_for_anything(opened: Opened) -> None:
    for word in HOSTILE.values():
        there = opened(page(written(word)))
        assert there.locator("img, svg, script ~ script, [onerror], [onload], [onmouseover]").count() == 0
        assert there.locator("#told").count() == 1


def test_the_policy_stops_what_is_not_ours(browser: Browser) -> None:
    """Were something written into the page after all, it would not run."""
    smuggled = sample_page().replace(
        "<footer>", '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script><footer>'
    )
    stopped: list[str] = []
    other = browser.new_page()
    other.on("console", lambda message: stopped.append(message.text))
    other.set_content(smuggled)
    assert other.evaluate("window.ran") is None
    assert any("Content Security Policy" in message for message in stopped)
    other.close()


# ---- colours and widths


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_the_contrast_of_wcag_aa(opened: Opened, scheme: str) -> None:
    page = opened(color_scheme=scheme)
    page.select_option("#by-severity", "error")
    page.select_option("#by-severity", "")
    seen, bad = page.evaluate(LEGIBLE)
    assert bad == []
    assert seen > 200


def test_light_and_dark_follow_the_reader(opened: Opened) -> None:
    grounds = {
        scheme: opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(253, 252, 249)", "dark": "rgb(23, 24, 27)"}


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_out_of_the_screen(opened: Opened, width: int) -> None:
    words = "javascript:alert(1)", "Etienne-", "\U0001f600", "\u9023\u7d61\u5148"
    for text in (sample_page(), *(page(written(word * 40)) for word in words)):
        there = opened(text, viewport={"width": width, "height": 700})
        assert there.evaluate("document.documentElement.scrollWidth") <= width


def test_what_can_be_pressed_is_large_enough_for_a_finger(opened: Opened) -> None:
    """24 CSS pixels, as WCAG 2.2 AA asks of what does not stand in a sentence."""
    page = opened(viewport={"width": 320, "height": 700})
    small = page.evaluate(
        """[...document.querySelectorAll('select, input, .buttons button, summary')]
             .filter(el => el.checkVisibility() && el.getBoundingClientRect().height < 24).map(el => el.id)"""
    )
    assert small == []


# ---- paper


def test_on_paper_everything_is_open_and_there_are_no_filters(opened: Opened) -> None:
    page = opened()
    page.click("#close-all")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = words_of(paper)
    assert "The reason of UK901." in text
    assert "the board has decided so" in text
    assert "Clear filters" not in text
    assert f"1 / {len(paper.pages)}" in text
    assert (round(paper.pages[0].mediabox.width), round(paper.pages[0].mediabox.height)) == (595, 842)
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0  # as it was before


def test_a_filtered_page_says_so_on_paper(opened: Opened) -> None:
    page = opened()
    page.select_option("#by-severity", "warning")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = words_of(paper)
    assert "Showing 1 of 4 findings" in text
    assert "special-category-no-condition" not in text.partition("What was looked at")[0]


def test_paper_is_white_for_those_who_read_in_the_dark(opened: Opened) -> None:
    page = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    seen, bad = page.evaluate(LEGIBLE)
    assert bad == []
    assert seen > 100


def test_no_finding_is_cut_in_two_where_it_fits_a_page(opened: Opened) -> None:
    page = opened()
    page.emulate_media(media="print")
    breaks = page.evaluate("[...document.querySelectorAll('.finding')].map(el => getComputedStyle(el).breakInside)")
    assert set(breaks) == {"avoid"}


# ---- thousands of findings


def test_on_paper_also_what_was_never_near_is_there(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdprlint.reporters.html.page.MANY", 20)
    text = words_of(PdfReader(BytesIO(opened(page(many(40))).pdf(prefer_css_page_size=True))))
    assert [at for at in range(40) if f"number-{at} " not in text] == []
    assert text.count("The reason of UK901.") == 40


def test_words_are_looked_for_in_each_finding_once_and_remembered(opened: Opened) -> None:
    """What a filter costs grows with the findings, not with their square."""
    there = opened(page(many(2000)))
    there.evaluate(COUNTING)

    def ask(words: str, count: int) -> tuple[int, int]:
        there.evaluate("window.reads = window.writes = 0")
        there.fill("#by-words", words)
        expect(there.locator("#told")).to_have_text(f"Showing {count} of 2000 findings.")
        reads, writes = there.evaluate("[window.reads, window.writes]")
        return reads, writes

    first, _ = ask("number-1", 1111)
    assert 2000 <= first <= 2000 * 3 + 20
    again, writes = ask("number-17", 111)
    assert again <= 20
    assert writes <= 1111 + 500


def test_a_finding_of_a_file_that_nobody_declared_stands_somewhere(opened: Opened) -> None:
    there = opened(page(report(known(MISSPELT, "nobody", "99999999"), sources=(WELLBEING,))))
    assert shown(there) == ["99999999"]
    assert there.inner_text("#told").startswith(f"Found {len(SAMPLE.findings) - 3} problem")
