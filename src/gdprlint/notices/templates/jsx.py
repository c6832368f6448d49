"""JSX, TSX and Astro: markup among JavaScript, written out as the HTML that it shows.

The script is passed over, but for texts that it gives names to; markup is read wherever an expression may begin.
"""

from __future__ import annotations

import re

from attrs import define

from gdprlint.notices.templates.code import LONGEST, Token, arguments, blanked, chain, plain, tokens
from gdprlint.notices.templates.helpers import SHOWN
from gdprlint.notices.templates.loom import Loom
from gdprlint.notices.words import listed

_FENCE = re.compile(r"\s*---[ \t]*\r?\n")
_CONSTANT = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=;\n]{1,80})?=\s*(?=[\"'`])")
_LIST = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=;\n]{1,80})?=\s*\[")
_OVER = re.compile(r"\s*(?:([A-Za-z_$][\w$]*)|\[([^\[\]]{0,20000})\])\s*\.\s*(?:map|flatMap)\s*\(")
_TEXT = re.compile(r"[{<]")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)?")
_BEFORE = re.compile(r"(?:[=(,?:&|>{};\[]|\breturn|\bdefault|\belse|^)\s*$")
_ATTRIBUTE = re.compile(r"\s*(?:([A-Za-z_@:][\w:.-]*)(\s*=\s*)?|(\{)|(/?>))")
_HEADING = re.compile(r".*(?:heading|title|header)(\d)?", re.I)
_LINKS = listed("link navlink anchorlink externallink govuklink a maillink")
_INLINE = listed("span strong b i em abbr code text trans link small sup sub bold italic fragment time")
_LISTS = {"list": "ul", "ul": "ul", "ol": "ol", "listitem": "li", "li": "li", "item": "li", "bullet": "li"}
_DEEPEST = 200


@define
class Element:
    """An element that is open, and the HTML that closes it."""

    tag: str
    closing: str


def weave(loom: Loom, start: int, end: int) -> None:
    """Writes out the component that stands between two offsets of the loom's file."""
    _Jsx(loom, start, end).weave()


class _Jsx:
    """One file. `modes` tell what is being read: the script, or markup within so many open elements."""

    def __init__(self, loom: Loom, start: int, end: int) -> None:
        self.loom = loom
        self.text = loom.source.text
        self.at = start
        self.end = end
        self.depth = 0
        self.lists: dict[str, tuple[int, int]] = {}

    def weave(self) -> None:
        text = self.text
        script = (self.at, self.end)
        if fence := _FENCE.match(text, self.at, self.end):
            close = re.compile(r"^---[ \t]*\r?$", re.M).search(text, fence.end(), self.end)
            script = (fence.end(), close.start() if close else self.end)
            self.at = close.end() if close else self.end
            self._constants(*script)
            self._markup(True)
            return
        if self.loom.source.path.lower().endswith(".astro"):
            self._markup(True)
            return
        self._constants(*script)
        self._script(self.end)

    def _constants(self, start: int, end: int) -> None:
        for found in _CONSTANT.finditer(self.text, start, end):
            words = tokens(self.text[found.end() : min(end, found.end() + 2_000)], found.end())
            after = words[1].text if len(words) > 1 else ";"
            if words and words[0].kind == "string" and after not in ("+", "."):
                self.loom.assign(found.group(1), words[0])

        for found in _LIST.finditer(self.text, start, end):
            close = self.loom.end_of(found.end(), end, "]")
            if close >= 0:
                self.lists[found.group(1)] = (found.end(), close)

    def _script(self, end: int) -> None:
        """Passes a script, and reads the markup in it."""
        code = blanked(self.text[self.at : end], "")
        base = self.at
        for word in _words_of(code):
            place = base + word.start()
            if place < self.at:
                continue
            if word.group() == "<" and self._begins(code, word.start()):
                self.at = place
                self._element()
                self.loom.say("\n", self.at, self.at)
        self.at = end

    def _begins(self, code: str, at: int) -> bool:
        """Whether `<` begins markup here: where an expression may begin, before a name or a bracket."""
        return bool(re.match(r"<(?:[A-Za-z][\w.]*[\s/>]|>)", code[at : at + 60])) and bool(
            _BEFORE.search(code[max(0, at - 40) : at])
        )

    def _element(self) -> None:
        """One element with all that it holds."""
        self._markup(False)

    def _markup(self, whole: bool) -> None:
        """Markup up to the end of the element that begins here, or of the file."""
        text, loom = self.text, self.loom
        opened: list[Element] = []
        self.depth += 1
        while self.at < self.end:
            found = _TEXT.search(text, self.at, self.end)
            stop = found.start() if found else self.end
            loom.copy(self.at, stop)
            self.at = stop
            if found is None:
                break
            if found.group() == "{":
                self._braces()
            elif text.startswith("<!--", stop):
                close = text.find("-->", stop, self.end)
                self.at = close + 3 if close >= 0 else self.end
            elif (tag := _TAG.match(text, stop, self.end)) is not None and (
                tag.group(2) or text[tag.end() : tag.end() + 1] == ">"
            ):
                self._tag(tag, opened)
                if not opened and not whole:
                    break
            else:
                loom.say("&lt;", stop, stop + 1)
                self.at = stop + 1
        for element in reversed(opened):
            loom.say(element.closing, self.at, self.at)
        self.depth -= 1

    def _tag(self, found: re.Match[str], opened: list[Element]) -> None:
        tag = found.group(2) or ""
        if found.group(1):
            close = self.text.find(">", found.end(), self.end)
            self.at = close + 1 if close >= 0 else self.end
            if any(element.tag == tag for element in opened[-_DEEPEST:]):
                while opened:
                    element = opened.pop()
                    self.loom.say(element.closing, self.at, self.at)
                    if element.tag == tag:
                        break
            return
        self.at = found.end()
        given, closed = self._attributes()
        element = self._open(tag, given, found.start())
        if tag.lower() in ("script", "style") and not closed:
            close = self.text.find(f"</{tag}", self.at, self.end)
            self.at = close if close >= 0 else self.end
        if closed or tag in ("br", "hr", "img", "input", "meta", "link"):
            self.loom.say(element.closing, self.at, self.at)
            if not opened:
                return
        else:
            opened.append(element)

    def _attributes(self) -> tuple[dict[str, tuple[int, int]], bool]:
        """What is given in a tag: where the value of each attribute stands; and whether the tag closes itself."""
        given: dict[str, tuple[int, int]] = {}
        while self.at < self.end:
            found = _ATTRIBUTE.match(self.text, self.at, self.end)
            if found is None:
                self.at += 1
                continue
            self.at = found.end()
            if found.group(4):
                return given, found.group(4) == "/>"
            if found.group(3):
                close = self.loom.end_of(self.at, self.end, "}")
                self.at = close + 1 if close >= 0 else self.end
            elif found.group(2):
                start = self.at
                sign = self.text[start : start + 1]
                if sign == "{":
                    close = self.loom.end_of(start + 1, self.end, "}")
                elif sign in ("'", '"'):
                    close = self.text.find(sign, start + 1, self.end)
                else:
                    word = re.compile(r"[^\s>]*").match(self.text, start, self.end)
                    close = (word.end() if word else start + 1) - 1
                self.at = close + 1 if close >= 0 else self.end
                given[found.group(1)] = (start, self.at)
            else:
                given[found.group(1)] = (self.at, self.at)
        return given, True

    def _open(self, tag: str, given: dict[str, tuple[int, int]], at: int) -> Element:
        """Writes what an element begins with; a component by what its name tells."""
        name = plain(tag.rsplit(".", 1)[-1])
        is_component = tag[:1].isupper() or "." in tag
        html = tag
        href = ""
        if name in _LINKS:
            html = "a"
            target = self._string(given, "href", "to", "url")
            href = f' href="{(target.value if target else "#")[:2000]}"'.replace("<", "").replace("\n", " ")
        elif is_component:
            heading = _HEADING.fullmatch(name)
            level = self._string(given, "as", "level", "size", "component", "tag")
            digit = re.search(r"[1-6]", level.value) if level else None
            if name in _LISTS:
                html = _LISTS[name]
            elif re.fullmatch(r"h[1-6]", name):
                html = name
            elif heading:
                html = f"h{digit.group() if digit else heading.group(1) or 2}"
            elif name in ("trans", "formattedmessage"):
                key = self._string(given, "i18nKey", "id", "i18nkey")
                known = key is not None and self.loom.translated(key)
                if key is not None and known:
                    self.loom.translate(key, (at, self.at))
                html = "template" if known else "span"
            elif name in _INLINE:
                html = "span"
            else:
                html = "div"
        elif not tag:
            html = "span" if self.depth > 1 else "div"
        hidden = " hidden" if "hidden" in given else ""
        self.loom.say(f"<{html}{href}{hidden}>", at, at)
        if is_component:
            self._shown(given)
        return Element(tag, f"</{html}>")

    def _shown(self, given: dict[str, tuple[int, int]]) -> None:
        """The texts that a component is given as attributes."""
        for key, (start, end) in given.items():
            if key.lower() in SHOWN or key.lower() in ("title", "summary", "question", "answer", "description"):
                for word in tokens(
                    self.text[start:end].strip("{}")[:LONGEST], start + (self.text[start : start + 1] == "{")
                ):
                    if word.kind == "string" and any(map(str.isalpha, word.value)):
                        tag = "h6" if key.lower() in ("title", "summary", "question", "heading") else "p"
                        self.loom.say(f"<{tag}>", start, start)
                        self.loom.quote(word)
                        self.loom.say(f"</{tag}>", end, end)
                        break

    def _string(self, given: dict[str, tuple[int, int]], *keys: str) -> Token | None:
        for key in keys:
            if key in given:
                start, end = given[key]
                lead = self.text[start : start + 1] == "{"
                words = tokens(self.text[start + lead : end - lead][:2_000], start + lead)
                if words and words[0].kind in ("string", "number"):
                    word = words[0]
                    return word if word.kind == "string" else Token("string", f'"{word.text}"', word.start, word.end)
        return None

    def _braces(self) -> None:
        """An expression among text: what it shows, and the markup in it."""
        start = self.at
        close = self.loom.end_of(start + 1, self.end, "}") if self.depth < _DEEPEST else -1
        close = self._close_of(start) if close < 0 or "<" in self.text[start:close] else close
        if close < 0:
            self.loom.miss("code without an end", start, self.end)
            self.at = self.end
            return
        inner = blanked(self.text[start + 1 : close], "")
        if any(self._begins(inner, word.start()) for word in _words_of(inner) if word.group() == "<"):
            self._mixed(inner, start + 1, close)
        else:
            words = tokens(inner[:LONGEST], start + 1)
            if not _shows_nothing(words):
                self.loom.express(words, (start, close + 1))
        self.at = close + 1

    def _close_of(self, start: int) -> int:
        """The brace that closes an expression with markup in it, where quotes may be text."""
        depth = 0
        for found in re.compile(r"[{}]").finditer(self.text, start, min(self.end, start + 50 * LONGEST)):
            depth += 1 if found.group() == "{" else -1
            if depth == 0:
                return found.start()
        return -1

    def _loop(self, inner: str, base: int) -> bool:
        """A loop over texts that stand in this file: the texts, in place of what shows each of them."""
        over = _OVER.match(inner)
        if over is None:
            return False
        start, end = (
            (base + over.start(2), base + over.end(2)) if over.group(2) else self.lists.get(over.group(1), (0, 0))
        )
        found = [
            one
            for one in arguments(tokens(self.text[start:end][:LONGEST], start))
            if one.string is not None and not (one.keys and one.keys[-1].lower() in _NO_TEXT)
        ]
        for one in found:
            word = one.words[0]
            key = one.keys[-1].lower() if one.keys else ""
            tag = "h3" if key in _HEADS else "li" if "<li" in inner or not key else "p"
            self.loom.say(f"<{tag}>", word.start, word.start)
            self.loom.quote(word)
            self.loom.say(f"</{tag}>", word.end, word.end)
        return bool(found)

    def _mixed(self, inner: str, base: int, close: int) -> None:
        """An expression with markup: `a && <p>…</p>`, `a ? <p>…</p> : <p>…</p>`, `list.map(…)`."""
        if self._loop(inner, base):
            return
        end, self.end = self.end, close
        self.at = base
        asked = re.search(r"(?<![?.])\?(?![?.:])", inner)
        conditional = "&&" in inner or (asked is not None and not inner.lstrip().startswith("("))
        is_loop = re.search(r"\.(?:map|flatMap|forEach)\s*\(", inner[: inner.find("<")]) is not None
        if conditional and not is_loop:
            self.loom.condition(base)
        count = 0
        for word in _words_of(inner):
            place = base + word.start()
            if place < self.at:
                continue
            if word.group() == "<" and self._begins(inner, word.start()):
                if count and conditional and not is_loop and ":" in self.text[self.at : place]:
                    self.loom.otherwise(place, True)
                self.at = place
                self._element()
                count += 1
        if conditional and not is_loop:
            self.loom.close(close)
        self.end = end


_NO_TEXT = listed("href url id key icon classname class slug to path type variant image src color anchor")
_HEADS = listed("title heading header question name label term")


def _words_of(code: str) -> list[re.Match[str]]:
    """Strings, as one, and `<`."""
    return list(re.finditer(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|<", code))


def _shows_nothing(words: list[Token]) -> bool:
    """Whether an expression shows nothing: no words, or a space."""
    if not words:
        return True
    if len(words) == 1 and words[0].kind == "string":
        return False
    names, calls, _ = chain(words)
    return bool(names) and not calls and names[0] in ("null", "undefined", "true", "false", "children")
