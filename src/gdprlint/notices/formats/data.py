"""Notices that are held as strings in JSON or YAML, as message files and page builders have them.

Keys are no text, but they tell what a string is: a title, an item of a list. A string may be Markdown or HTML.
"""

from __future__ import annotations

import re

from gdprlint.diagnostics import Diagnostic
from gdprlint.notices.decoding import decoded, fault
from gdprlint.notices.draft import Weaver
from gdprlint.notices.formats import html
from gdprlint.notices.frontmatter import DATES
from gdprlint.notices.page import Page
from gdprlint.notices.project import Project
from gdprlint.notices.strings import Pieces, String, Unreadable, strings
from gdprlint.notices.words import listed

SUFFIXES = (".json", ".yml", ".yaml", ".arb")
_HEADING = re.compile(
    r"(?:.*[_\W])?(?:sub)?(?:title|heading|header|headline|question|legend|h([1-6]))(?:[_\W]?(?:html|md|text))?", re.I
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_TEXT = listed(
    "id type slug url href src icon class classname target rel key lang locale template layout component permalink "
    "path image color colour format variant nodetype widget link style uid uuid ref name_key meta canonical author"
)
_CODE = re.compile(r"[\w./:#%$&?=~+-]*[_/.:#%$=\d-][\w./:#%$&?=~+-]*|https?://\S+|[A-Za-z]+\([^)]*\)")
_HTML = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|div|table|section|dl|br)\b[^>]*>", re.I)
_NAMED = re.compile(r"%\{(\w{1,60})\}|\{\{\s*([\w.]{1,60})\s*\}\}|%\((\w{1,60})\)s")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")
_ENGLISH = re.compile(r"en(?:[-_](?:GB|gb|UK|uk))?")


def read(data: bytes, path: str, project: Project) -> Page | Diagnostic:
    source = decoded(data, path)
    if isinstance(source, Diagnostic):
        return source
    try:
        found = strings(source)
    except Unreadable as error:
        return fault(path, "data-broken", f"the file could not be read: {error}", at=error.at)
    weaver = Weaver(source, project.max_bytes)
    _write(weaver, _english(found))
    return html.page(weaver.draft())


def _english(found: list[String]) -> list[String]:
    """The strings in English, where the first names are those of languages."""
    first = {string.keys[0] for string in found if string.keys}
    english = {name for name in first if _ENGLISH.fullmatch(name)}
    if not english or not all(_LANGUAGE.fullmatch(name) for name in first):
        return found
    return [string for string in found if string.keys and string.keys[0] in english]


def _write(weaver: Weaver, found: list[String]) -> None:
    shown = [string for string in found if is_text(string)]
    least = min((len(_names(string)) for string in shown), default=1)
    in_list: tuple[str, ...] | None = None
    for string in shown:
        start = string.pieces[0][1] if string.pieces else 0
        owner = string.keys[:-1] if string.in_list else None
        if owner != in_list:
            weaver.say("</ul>" if in_list is not None else "", start, start)
            weaver.say("<ul>" if owner is not None else "", start, start)
            in_list = owner
        tag = _tag(string, least)
        weaver.say(f"<{tag}>", start, start)
        is_date = tag == "p" and bool(string.keys and DATES.fullmatch(string.keys[-1]))
        if is_date:
            key = re.sub(r"[_-]", " ", _CAMEL.sub(" ", string.keys[-1])).lower()
            weaver.say(f"{key}: ", string.key_start, string.key_start + len(string.keys[-1]))
        before = weaver.size
        write_pieces(weaver, string.pieces)
        if tag[0] != "h" and not is_date and not _HTML.search(string.value):
            weaver.markdown.append((before, weaver.size))
        weaver.say(f"</{tag}>", start, start)


def write_pieces(weaver: Weaver, pieces: Pieces) -> None:
    """Writes a string, with what is filled into it as names in braces."""
    text = weaver.source.text
    for shown, start, end in pieces:
        if shown is not None:
            weaver.say(shown, start, end)
            continue
        since = start
        for named in _NAMED.finditer(text, start, end):
            weaver.copy(since, named.start())
            name = (named.group(1) or named.group(2) or named.group(3)).replace(".", "_")
            weaver.say("{" + name + "}", named.start(), named.end())
            since = named.end()
        weaver.copy(since, end)


def is_text(string: String) -> bool:
    """Whether a string is there to be read by people."""
    value = string.value.strip()
    names = _names(string)
    if names and DATES.fullmatch(names[-1]) and value:
        return True
    if not any(map(str.isalpha, value)) or (names and names[-1].lower() in _NO_TEXT):
        return False
    return not _CODE.fullmatch(value) or ("@" in value and " " not in value)


def _names(string: String) -> list[str]:
    return [key for key in string.keys if not key.isdecimal()]


def _tag(string: String, least: int) -> str:
    if string.in_list:
        return "li"
    names = _names(string)
    found = _HEADING.fullmatch(_CAMEL.sub("_", names[-1])) if names else None
    if found is None or "\n" in string.value.strip() or len(string.value) > 160:
        return "p"
    depth = len(names) - least
    return f"h{found.group(1) or min(max(1 + depth, 1), 6)}"
