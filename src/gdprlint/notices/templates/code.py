"""Reads the code of a template as far as is needed to tell what it shows. Nothing is ever run.

Ruby, Python, PHP, C#, JavaScript and the languages of templates differ little in what matters here: strings, names,
calls with arguments, conditions. What is not understood is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from gdprlint.notices.words import listed

LONGEST = 20_000
"""Characters of one piece of code that are looked at."""
_TOKEN = re.compile(
    r"""(?P<string>(?:[bfruBFRU]|\$@?|@)?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`))"""
    r"""|(?P<name>[@$]{0,2}[A-Za-z_]\w*(?:[?!](?![=.?]))?)"""
    r"""|(?P<number>\d[\w.]*)"""
    r"""|(?P<white>\s+)"""
    r"""|(?P<sign>=>|->|::|\?\.|\?\?|&&|\|\||===?|!==?|<=|>=|<<|.)""",
    re.S,
)
_OPENING, _CLOSING = "([{", ")]}"


@frozen
class Token:
    """A word of code: kind is string, name, number or sign; places are offsets in the file."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def inner(self) -> tuple[int, int]:
        """The characters between the quotes of a string."""
        quote = len(self.text) - len(self.text.lstrip("bfruBFRU$@")) + 1
        return self.start + quote, self.end - 1

    @property
    def value(self) -> str:
        start, end = self.inner
        return self.text[start - self.start : end - self.start]


def tokens(code: str, at: int, most: int = LONGEST) -> list[Token]:
    """The words of a piece of code that begins at this offset."""
    found = []
    for match in _TOKEN.finditer(code[:most]):
        kind = match.lastgroup or "sign"
        if kind != "white":
            found.append(Token(kind, match.group(), at + match.start(), at + match.end()))
    return found


def end_of(text: str, at: int, end: int, closing: str) -> int:
    """Where code ends that goes on up to this sign, outside of strings and brackets of its own; else -1."""
    depth = 0
    for found in _TOKEN.finditer(text, at, min(end, at + LONGEST)):
        sign = found.group()
        if found.lastgroup != "sign":
            continue
        if depth == 0 and text.startswith(closing, found.start()):
            return found.start()
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
    return text.find(closing, at, min(end, at + LONGEST))


_COMMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|(//[^\n]*|/\*.*?(?:\*/|$)|(?:(?<=\s)|^)\#[^\n]*)""",
    re.S,
)


def blanked(code: str, marks: str) -> str:
    """Code with its comments written over by spaces; `#` begins one only if it is among the marks."""
    return _COMMENT.sub(
        lambda found: (
            found.group()
            if found.group(1) is not None or (found.group()[0] == "#" and "#" not in marks)
            else re.sub(r"[^\n]", " ", found.group())
        ),
        code,
    )


def split(words: list[Token], sign: str) -> list[list[Token]]:
    """Cuts at a sign, outside of all brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for word in words:
        if word.kind == "sign":
            if word.text in _OPENING:
                depth += 1
            elif word.text in _CLOSING:
                depth -= 1
            elif word.text == sign and depth == 0:
                parts.append([])
                continue
        parts[-1].append(word)
    return parts


def bare(words: list[Token]) -> list[Token]:
    """Without the brackets around the whole, and without a semicolon at the end."""
    while words and words[-1].text == ";":
        words = words[:-1]
    while len(words) > 1 and words[0].text == "(" and _closes(words, 0) == len(words) - 1:
        words = words[1:-1]
    return words


def _closes(words: list[Token], opening: int) -> int:
    """Where the bracket closes that opens here; behind the end, if it never does."""
    depth = 0
    for at in range(opening, len(words)):
        if words[at].kind == "sign":
            if words[at].text in _OPENING:
                depth += 1
            elif words[at].text in _CLOSING:
                depth -= 1
                if depth == 0:
                    return at
    return len(words)


@frozen
class Argument:
    """An argument of a call; `keys` are the names that it is given under, outermost first."""

    keys: tuple[str, ...]
    words: list[Token]

    @property
    def string(self) -> Token | None:
        return self.words[0] if self.words and self.words[0].kind == "string" else None


@frozen
class Call:
    """A call with its arguments; `name` is the last name before them, without case and underscores."""

    name: str
    arguments: list[Argument]
    receiver: str = ""

    @property
    def positional(self) -> list[Argument]:
        return [argument for argument in self.arguments if not argument.keys]

    def string(self, number: int) -> Token | None:
        found = self.positional
        return found[number].string if number < len(found) else None

    def named(self, *keys: str) -> Argument | None:
        for argument in self.arguments:
            if argument.keys and argument.keys[-1].lower() in keys:
                return argument
        return None


def arguments(words: list[Token], keys: tuple[str, ...] = (), depth: int = 0) -> Iterator[Argument]:
    """The arguments in a list of them; those within braces and lists too, under the names that lead there."""
    for part in split(words, ","):
        names, value = _key(part)
        inner = keys + names
        body = bare(value)
        if depth < 8 and len(body) > 1 and body[0].text in ("{", "[") and _closes(body, 0) == len(body) - 1:
            yield from arguments(
                body[1:-1], (*inner, "") if body[0].text == "[" and inner else inner or ("",), depth + 1
            )
        elif body:
            yield Argument(inner, body)


def _key(words: list[Token]) -> tuple[tuple[str, ...], list[Token]]:
    """The name that a value is given under, and the value."""
    if len(words) > 2 and words[0].text == ":" and words[2].text == "=>":
        return (words[1].text,), words[3:]
    if len(words) < 2 or words[0].kind not in ("name", "string") or words[1].text not in (":", "=>", "="):
        return (), words
    if words[1].text == ":" and len(words) > 2 and words[2].text == ":":
        return (), words
    return (words[0].text if words[0].kind == "name" else words[0].value,), words[2:]


def chain(words: list[Token]) -> tuple[list[str], list[Call], int]:
    """Names and calls that follow each other (`a.b("c").d`), and how many words they take."""
    names: list[str] = []
    calls: list[Call] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind == "name" and (not names or words[at - 1].text in (".", "::", "->", "?.", "@")):
            names.append(word.text)
            at += 1
        elif names and word.text in (".", "::", "->", "?.") and at + 1 < len(words) and words[at + 1].kind == "name":
            at += 1
        elif names and word.text == "[" and word.start > words[at - 1].end and not calls:
            calls.append(Call(plain(names[-1]), list(arguments(words[at:])), names[-2] if len(names) > 1 else ""))
            at = len(words)
        elif names and word.text in ("(", "["):
            close = _closes(words, at)
            inner = words[at + 1 : close]
            if word.text == "(":
                calls.append(Call(plain(names[-1]), list(arguments(inner)), names[-2] if len(names) > 1 else ""))
            elif inner and inner[0].kind == "string" and plain(names[-1]).endswith(("localizer", "lang")):
                calls.append(Call("lang", list(arguments(inner))))
            elif inner and inner[-1].kind == "string":
                names.append(inner[-1].value)
            elif inner and inner[-1].kind == "name":
                names.append(inner[-1].text)
            at = close + 1
        else:
            break
    if names and at < len(words) and not calls and _is_command(words[at], at):
        calls.append(Call(plain(names[-1]), list(arguments(words[at:])), names[-2] if len(names) > 1 else ""))
        at = len(words)
    return names, calls, at


def _is_command(word: Token, at: int) -> bool:
    """Whether a word behind names begins the arguments of a call without brackets."""
    return word.kind in ("string", "name") or (word.kind == "sign" and word.text == ":" and at > 0)


def plain(name: str) -> str:
    return name.lower().replace("_", "").lstrip("@$").rstrip("?!")


_NO_NAME = listed(
    "this self await new props state model viewbag viewdata data get fetch dig value config env getenv html_safe to_s "
    "strip"
)


def name_of(names: list[str], calls: list[Call]) -> str:
    """What an interpolation is called: the last two of its names, or the key that it is looked up by."""
    found = [name.lstrip("@$").rstrip("?!") for name in names]
    if (
        calls
        and plain(names[-1]) == calls[-1].name
        and calls[-1].name in ("dig", "get", "fetch", "value", "config", "env", "getenv", "setting")
    ):
        key = calls[-1].positional[-1].words[-1] if calls[-1].positional else None
        if key is not None and key.kind in ("string", "name"):
            found = [re.split(r"[./]", key.value if key.kind == "string" else key.text)[-1]]
    kept = [name for name in found if name and name.lower() not in _NO_NAME] or [name for name in found if name]
    return re.sub(r"\W+", "_", "_".join(kept[-2:])).strip("_") or "value"
