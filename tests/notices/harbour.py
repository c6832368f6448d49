"""An invented notice, as its reader sees it: the blocks that every format of it must be read to."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent / "pages"

BLOCKS: list[tuple[str, int, str]] = [
    ("heading", 1, "Privacy notice for the Harbour Lights reading survey"),
    ("paragraph", 0, "Last changed on 3 March 2026, version 2.1."),
    (
        "paragraph",
        0,
        "Harbour Lights asks grown-ups in Marrowby how they read at home. This page tells you what becomes of your "
        "answers, who sees them & when they go.",
    ),
    ("heading", 2, "Who decides about your data"),
    (
        "paragraph",
        0,
        "Marrowby Reading Trust decides why and how the answers are used, so it is the controller. Write to Marrowby "
        "Reading Trust, 7 Quay Steps, Marrowby MB4 9ZZ, or to hello@marrowby.example.",
    ),
    (
        "paragraph",
        0,
        "Our data protection officer is Inés O’Dowd. Reach her at dpo@marrowby.example or on 01632 960 123.",
    ),
    ("heading", 2, "What we ask, and why"),
    ("paragraph", 0, "We use your answers to:"),
    ("item", 1, "learn which books are read aloud;"),
    ("item", 1, "plan where new branch libraries open, namely"),
    ("item", 2, "on the east quay"),
    ("item", 2, "in the upper town"),
    ("item", 1, "write a yearly report that names nobody."),
    (
        "paragraph",
        0,
        "You give us your first name, your email address, your age band and, if you wish, whether poor eyesight keeps "
        "you from reading. The last is health information, and we ask for it only with your explicit consent under "
        "Article 9(2)(a).",
    ),
    ("heading", 2, "Our grounds in law"),
    (
        "paragraph",
        0,
        "The survey itself rests on our legitimate interests, Article 6(1)(f) of the UK GDPR: we want our libraries to "
        "stock what people enjoy. The prize draw rests on your consent, Article 6(1)(a).",
    ),
    ("heading", 2, "Who else sees your answers"),
    ("paragraph", 0, "We hand parts of them on to:"),
    ("item", 1, "Tallyho Surveys Ltd, which runs the questionnaire for us;"),
    ("item", 1, "Pemberwick University, whose students count the answers, without names;"),
    ("item", 1, "the printer of the report."),
    ("heading", 2, "How long we keep things"),
    ("cell", 0, "What"),
    ("cell", 0, "How long"),
    ("cell", 0, "Counted from"),
    ("cell", 0, "Email addresses"),
    ("cell", 0, "six weeks"),
    ("cell", 0, "the day of the prize draw"),
    ("cell", 0, "Answers with age bands"),
    ("cell", 0, "18 months"),
    ("cell", 0, "the end of the survey"),
    ("cell", 0, "Notes of telephone calls"),
    ("cell", 0, "ten working days"),
    ("cell", 0, "the call itself"),
    ("paragraph", 0, "After that everything is shredded or overwritten."),
    ("heading", 2, "What we learn from others"),
    (
        "paragraph",
        0,
        "Your library may tell us, where you borrow with a card, how many books you took home last year; it does so "
        "only after you tick the box on page two of the questionnaire. The card number itself stays with the library, "
        "and we never learn which titles you chose.",
    ),
    ("heading", 2, "Must you answer?"),
    (
        "paragraph",
        0,
        "No. Each question can be skipped, and nobody treats you any differently if you stop halfway. Without an email "
        "address we cannot enter you in the prize draw, and that is the only difference it makes.",
    ),
    ("heading", 2, "How we look after it"),
    (
        "paragraph",
        0,
        "Answers travel over an encrypted connection. Four members of our staff can open them, each with a "
        "key card and "
        "a password, and every summer an outside firm tests whether that is still so.",
    ),
    ("heading", 2, "When this page changes"),
    (
        "paragraph",
        0,
        "We put the new date at the top and keep older versions on request. Whoever gave us an email address "
        "hears of a "
        "change before it takes effect.",
    ),
    ("heading", 2, "Beyond the United Kingdom"),
    (
        "paragraph",
        0,
        "Tallyho Surveys stores its files in Iceland, which UK adequacy regulations cover. For its help desk in Chile "
        "it has signed the International Data Transfer Agreement with us.",
    ),
    ("heading", 2, "What you may ask of us"),
    ("paragraph", 0, "At any time you can ask us to:"),
    ("item", 1, "show you what we hold about you;"),
    ("item", 1, "mend what is wrong in it;"),
    ("item", 1, "wipe it, or stop using it for a while;"),
    ("item", 1, "send it to you in a form that another service can load."),
    (
        "paragraph",
        0,
        "You can object to the survey, and take back your consent whenever you like: an email to us is enough. No "
        "machine decides anything about you.",
    ),
    ("heading", 3, "If you are under 18"),
    ("paragraph", 0, "This survey is not for you, and we delete what reaches us by mistake within five days."),
    ("heading", 2, "If something goes wrong"),
    (
        "paragraph",
        0,
        "Tell us first, on our complaints page, and you will have a reply within 30 days. You may also turn to the "
        "Information Commission, which watches over the law in this country.",
    ),
]

LINKS = {
    "hello@marrowby.example": "mailto:hello@marrowby.example",
    "complaints page": "https://marrowby.example/complaints",
}

PHRASES = (
    "Harbour Lights reading survey",
    "3 March 2026",
    "grown-ups in Marrowby",
    "becomes of your answers",
    "so it is the controller",
    "7 Quay Steps, Marrowby MB4 9ZZ",
    "hello@marrowby.example",
    "O’Dowd",
    "dpo@marrowby.example",
    "01632 960 123",
    "learn which books are read aloud",
    "on the east quay",
    "names nobody",
    "poor eyesight",
    "explicit consent under Article 9(2)(a)",
    "legitimate interests, Article 6(1)(f)",
    "what people enjoy",
    "Article 6(1)(a)",
    "Tallyho Surveys Ltd",
    "Pemberwick University",
    "the printer of the report",
    "six weeks",
    "18 months",
    "the end of the survey",
    "shredded or overwritten",
    "how many books you took home",
    "Each question can be skipped",
    "encrypted connection",
    "an outside firm tests",
    "older versions on request",
    "Iceland",
    "International Data Transfer Agreement",
    "mend what is wrong",
    "another service can load",
    "object to the survey",
    "take back your consent",
    "No machine decides",
    "under 18",
    "within five days",
    "reply within 30 days",
    "Information Commission",
)
