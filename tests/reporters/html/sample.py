"""A report with everything that a page shows, and the page as its parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from gdprlint.background import Activity, Background, Explained, PackCoverage, Party, Registered, Watch
from gdprlint.diagnostics import Diagnostic, Problem, Report, Severity, Suppressed
from gdprlint.reporters import RenderOptions, render
from gdprlint.text import Span
from gdprlint.values import evolve

from ..making import CONTRADICTED, MISSPELT, NO_CONDITION, NOTICE, WELLBEING, judged, label, report, span

HARBOUR = Party("harbour", "Harbour Research")
VALE = Party("vale", "Vale University")
NO_BREAK = ("area", "base", "br", "hr", "img", "input", "link", "meta", "source")


def _rule(code: str, name: str, title: str, outcome: str, *cites: str) -> Explained:
    return Explained(
        code, name, title, f"The reason of {code}.", "", Severity.ERROR, "uk-gdpr", "lawfulness", cites, outcome
    )


BACKGROUND = Background(
    {
        "UK901": _rule("UK901", "special-category-no-condition", "No condition", "failed", "uk-gdpr 9(1)"),
        "UK1341": _rule("UK1341", "notice-retention-contradicts-record", "Two periods", "failed", "uk-gdpr 5(1)(e)"),
        "UK702": _rule("UK702", "consent-not-shown", "Consent is not shown", "could not tell", "uk-gdpr 7(1)"),
        "UK703": _rule("UK703", "consent-bundled", "Consent is bundled", "passed", "uk-gdpr 7(2)"),
        "UK801": _rule("UK801", "child-consent", "Consent of a child", "did not apply", "uk-gdpr 8(1)"),
    },
    (
        PackCoverage(
            "uk-gdpr",
            "UK GDPR",
            True,
            (
                Watch("uk-gdpr 7", "conditions for consent", "", "", ()),
                Watch("uk-gdpr 7(1)", "conditions for consent", "(1)", "", ("UK702", "UK703")),
                Watch("uk-gdpr 7(2)", "conditions for consent", "(2)", "", ("UK703",)),
                Watch("uk-gdpr 8", "consent of children", "", "", ("UK801",)),
                Watch("uk-gdpr 9", "special categories", "", "", ("UK901", "UK703")),
                Watch("uk-gdpr 31", "helping the regulator", "", "it is about conduct, not texts", ()),
            ),
        ),
        PackCoverage("mrs-code", "MRS Code of Conduct", False, (Watch("", "children", "", "", ("MRS1",)),)),
    ),
    (
        Registered(
            "wellbeing",
            "records/wellbeing",
            frozenset({WELLBEING.path, NOTICE.path}),
            {"wellbeing": Activity("Wellbeing survey", (HARBOUR, VALE)), "panel": Activity("Panel", (HARBOUR,))},
            (HARBOUR, VALE),
        ),
    ),
)


def known(finding: Diagnostic, activity: str = "", fingerprint: str = "") -> Diagnostic:
    return evolve(finding, activity=activity, register="wellbeing", fingerprint=fingerprint)


FINDINGS = (
    known(CONTRADICTED, "wellbeing", "1111aaaa"),
    known(NO_CONDITION, "wellbeing", "2222bbbb"),
    known(MISSPELT, "", "3333cccc"),
    known(evolve(MISSPELT, severity=Severity.INFO, message="the same is said again"), "panel", "3333cccc"),
)
ACCEPTED = Suppressed(
    known(evolve(NO_CONDITION, message="an accepted fact"), "wellbeing", "4444dddd"),
    "allow",
    "the board has decided so",
    "dpo@harbour.example",
    "2027-01-31",
    span(WELLBEING, "transfers       none"),
)
SAMPLE = evolve(
    report(
        *FINDINGS,
        sources=(NOTICE, WELLBEING),
        problems=(Problem("rule UK505 broke, other rules were run", "records/wellbeing.gdpr"),),
        totals=judged(files_with_findings=2, cannot_tell=5),
    ),
    suppressed=(ACCEPTED,),
    background=BACKGROUND,
)


def many(count: int) -> Report:
    """A large report: findings of many activities, each with its source window."""
    activities = {f"a{at}": Activity(f"Activity {at}", (HARBOUR if at % 2 else VALE,)) for at in range(count // 5 + 1)}
    registered = Registered("wellbeing", "records/wellbeing", frozenset({WELLBEING.path}), activities, (HARBOUR, VALE))
    other = evolve(NO_CONDITION, severity=Severity.WARNING, labels=(label(WELLBEING, "public task", "over there"),))
    findings = tuple(
        known(evolve(other if at % 3 else NO_CONDITION, message=f"fact number-{at}"), f"a{at // 5}", f"f{at:08x}")
        for at in range(count)
    )
    whole = report(*findings, sources=(WELLBEING,), totals=judged(files_with_findings=1))
    return evolve(whole, background=evolve(BACKGROUND, registers=(registered,)))


def page(what: Report, show_source: bool = True) -> str:
    return render(what, "html", RenderOptions(show_source=show_source))


@cache
def sample_page() -> str:
    return page(SAMPLE)


class Element:
    """An element with what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        """Its words, as one line."""
        return " ".join("".join(part if isinstance(part, str) else f" {part.text} " for part in self.inside).split())

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements below it with this tag, and with these words in these attributes (`cls` is the class)."""
        wanted = {"class" if name == "cls" else name: value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if (not tag or element.tag == tag)
            and all(value in element.attributes.get(name, "").split() for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    def walk(self) -> Iterator[Element]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.walk()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in NO_BREAK:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> is closed as </{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Element:
    """The elements of a page; each must be closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def where(path: str, start: int = 0, end: int = 1) -> Span:
    return Span(path, start, end)
