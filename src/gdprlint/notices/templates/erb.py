"""ERB: Ruby between `<%` and `%>`."""

from __future__ import annotations

import re

from gdprlint.notices.templates.code import LONGEST, Call, chain, plain, tokens
from gdprlint.notices.templates.helpers import TITLES, components, titled
from gdprlint.notices.templates.loom import Loom

_OPEN = re.compile(r"<%(%|#|=+|-)?")
_BLOCK = re.compile(r"(?:\bdo\b|\{)\s*(?:\|[^|\n]{0,200}\|)?\s*$")
_CONDITION = re.compile(r"(if|unless|case)\b")
_OTHER = re.compile(r"(elsif|else|when|in)\b")
_LOOP = re.compile(r"(?:for|while|until|begin)\b")
_ASSIGN = re.compile(r"(@{0,2}[A-Za-z_]\w*)\s*(?:\|\|)?=(?![=>~])\s*")
_END = re.compile(r"(?:end\b|\}\s*\)?$)")
_CLASSES = re.compile(r"(?:govuk|dsfr|app)?_?(h[1-6]|p|li|ul|ol|div|section|strong|td|th|dt|dd)$")


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the template that stands between two offsets of the loom's file."""
    text = loom.source.text
    at = start
    while True:
        opened = _OPEN.search(text, at, end)
        if opened is None:
            break
        loom.copy(at, opened.start())
        if opened.group(1) == "%":
            loom.say("<%", opened.start(), opened.end())
            at = opened.end()
            continue
        close = text.find("%>", opened.end(), end)
        if close < 0:
            loom.miss("code without an end", opened.start(), end)
            return
        at = close + 2
        sign = opened.group(1) or ""
        last = close - (text[close - 1] == "-" and close - 1 >= opened.end())
        code = text[opened.end() : last]
        lead = len(code) - len(code.lstrip())
        if sign.startswith("="):
            show(loom, code.strip(), opened.end() + lead, (opened.start(), at))
        elif sign != "#":
            for line in _statements(code):
                run(loom, line.group(), opened.end() + line.start(), at)
            if text[close - 1] == "-" and text[at : at + 1] == "\n":
                at += 0
    loom.copy(at, end)


def _statements(code: str) -> list[re.Match[str]]:
    """The lines of a piece of Ruby, from their first word on; a lone statement may run over several."""
    found = [line for line in re.finditer(r"\S[^\n;]*", code) if not line.group().startswith("#")]
    if len(found) > 1 and not any(_keyword(line.group()) for line in found[1:]):
        whole = re.compile(r"\S.*\S|\S", re.S).search(code)
        if whole and not all(_ASSIGN.match(line.group()) for line in found):
            return [whole]
    return found


def _keyword(line: str) -> bool:
    return bool(
        _CONDITION.match(line) or _OTHER.match(line) or _END.match(line) or _LOOP.match(line) or _ASSIGN.match(line)
    )


def run(loom: Loom, code: str, at: int, after: int) -> None:
    """A statement: what it begins, ends or names."""
    code = code.strip()
    if _END.match(code):
        loom.close(after)
    elif _CONDITION.match(code):
        loom.condition(at)
    elif found := _OTHER.match(code):
        loom.otherwise(at, found.group(1) == "else")
    elif _LOOP.match(code):
        loom.block()
    elif named := _ASSIGN.match(code):
        rest = tokens(code[named.end() :], at + named.end())
        if len(rest) == 1 and rest[0].kind == "string":
            loom.assign(named.group(1), rest[0])
        elif re.match(r"(?:if|case|unless)\b", code[named.end() :]):
            loom.condition(at)
        elif _BLOCK.search(code):
            loom.block()
    elif _slot(loom, code[:LONGEST], at):
        return
    elif _BLOCK.search(code[-LONGEST:]):
        _, calls, _ = chain(tokens(_BLOCK.sub("", code[-LONGEST:]), at))
        call = calls[0] if calls else None
        key = plain(call.positional[0].words[-1].text.strip("\"':")) if call and call.positional else ""
        if call and call.name in ("contentfor", "provide") and TITLES.fullmatch(key):
            loom.say("<title>", at, at)
            loom.block("</title>")
        else:
            loom.block()
    else:
        _, calls, _ = chain(tokens(code[:LONGEST], at))
        for call in calls:
            if call.name in ("contentfor", "provide", "settitle", "title"):
                titled(loom, call)


_SLOTS = {"withrow": "tr", "withcell": "td", "withhead": "thead", "withbody": "tbody", "row": "tr", "cell": "td"}
_IN_BRACES = re.compile(r"\{\s*([\"'][^{}\n]*[\"'])\s*\}$")


def _slot(loom: Loom, code: str, at: int) -> bool:
    """A part that a component is given by a statement: a row, a cell, an item."""
    opened = _BLOCK.search(code)
    _, calls, _ = chain(tokens(_BLOCK.sub("", code), at))
    call = calls[-1] if calls else None
    named = re.match(r"\w+\.(with_\w+|row|cell)\b", code)
    if named is None:
        return False
    name = plain(named.group(1))
    head = call is not None and any(one.keys == ("header",) and one.words[0].text == "true" for one in call.arguments)
    tag = "th" if head else _SLOTS.get(name, "div")
    loom.say(f"<{tag}>", at, at)
    if opened is not None:
        loom.block(f"</{tag}>")
        return True
    inside = _IN_BRACES.search(code)
    if inside is not None:
        loom.show(inside.group(1), at + inside.start(1))
    elif call is not None and not components(loom, call, 0) and call.string(0) is not None:
        loom.express(call.positional[0].words, (at, at + len(code)))
    loom.say(f"</{tag}>", at + len(code), at + len(code))
    return True


def show(loom: Loom, code: str, at: int, whole: tuple[int, int]) -> None:
    """An expression that is shown; with a block, what stands in the block is shown within it."""
    opened = _BLOCK.search(code[-400:])
    if opened is None:
        words = tokens(code[:LONGEST], at)
        if len(code) > LONGEST:
            loom.miss("code that is too long to be read", *whole)
        elif code.strip() not in ("yield", "csrf_meta_tags"):
            loom.express(words, whole)
        return
    head = code[: len(code) - len(code[-400:]) + opened.start()]
    words = tokens(head[:LONGEST], at)
    names, calls, _ = chain(words)
    call = calls[0] if calls else Call(plain(names[-1]), []) if names else None
    if call is None:
        loom.block()
    elif "link" in call.name:
        address = call.string(0)
        loom.say(f'<a href="{address.value if address else "#"}">'.replace("\n", ""), at, at)
        loom.block("</a>")
    elif "mail" in call.name:
        address = call.string(0)
        loom.say(f'<a href="mailto:{address.value if address else ""}">'.replace("\n", ""), at, at)
        loom.block("</a>")
    elif call.name == "contenttag" or call.receiver == "tag":
        tag = (
            call.positional[0].words[-1].text.strip("\"'")
            if call.name == "contenttag" and call.positional
            else call.name
        )
        if _CLASSES.fullmatch(tag):
            loom.say(f"<{tag}>", at, at)
            loom.block(f"</{tag}>")
        else:
            loom.block()
    else:
        components(loom, call, 0)
        tag = "table" if call.name.endswith("table") else "div"
        loom.say(f"<{tag}>", at, at)
        loom.block(f"</{tag}>")
