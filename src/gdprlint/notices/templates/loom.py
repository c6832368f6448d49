"""Writes a template out as the page that it makes: what its code shows, both branches of conditions, what it includes.

The languages of templates differ in how code is marked; each has its module beside this one, which finds the code and
hands it over. What the code says is told here. Files are followed within the project only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from gdprlint.notices.draft import Weaver
from gdprlint.notices.project import Project
from gdprlint.notices.templates.code import (
    LONGEST,
    Argument,
    Call,
    Token,
    bare,
    chain,
    end_of,
    name_of,
    plain,
    split,
    tokens,
)
from gdprlint.notices.templates.messages import Messages
from gdprlint.notices.words import listed
from gdprlint.text import Source

MOST_ENDLESS = 20
Weave = Callable[["Loom", int, int], None]

TRANSLATING = listed(
    "t translate i18n trans gettext ugettext gettextlazy ngettext tc te transchoice esctranslate $t lang"
)
QUOTING = listed(
    "e x ex eschtml eschtmle eschtmlx escattr n raw htmlsafe safe sanitize h markdown html safejoin simpleformat "
    "govspeak markup htmlstring sprintf format dangerouslysetinnerhtml marksafe concat"
) | {""}
LINKING = re.compile(r".*link(?:to)?|actionlink|routelink|buttonto|.*linkto.*|anchor|ahref|linktag")
MAILING = re.compile(r".*mail.*")
INCLUDING = listed(
    "render partial include includeonce require requireonce renderpartial partialasync renderpartialasync "
    "gettemplatepart erb haml renderfile import includecached template view"
)
SHOWN = listed(
    "text html content body message value summary_text summarytext summaryhtml titletext title_text heading "
    "heading_text headingtext caption captiontext label hint legend lead"
)
HEADED = listed("summary_text summarytext summaryhtml titletext title_text heading heading_text headingtext")
COMPONENT = re.compile(
    r"govuk.*|.*component|.*details|.*insettext|.*warning.*|.*panel|.*notification.*|.*accordion.*|.*summarylist.*|.*callout.*|dfe.*|moj.*|nhs.*"
)
TITLES = re.compile(r"(?:.*(?:head|page|meta|html|document|window|site|browser))?title(?:block)?")
_NAMED = re.compile(
    r"#\{[^{}\n]{0,200}\}|\$\{[^{}\n]{0,200}\}|\{\$[^{}\n]{0,200}\}|%\{\w{1,60}\}|\{\{[^{}\n]{0,200}\}\}"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_LETTERS = {"n": "\n", "t": " ", "r": " ", "s": " ", "0": "", "e": "", "a": "", "b": ""}


class Loom(Weaver):
    """A draft in the making, with what is known of the template: its project, its constants, its conditions."""

    def __init__(self, source: Source, project: Project, place: Path | None, messages: Messages) -> None:
        super().__init__(source, project.max_bytes)
        self.project = project
        self.place = place
        self.messages = messages
        self.constants: dict[str, tuple[Source, Token]] = {}
        self.controls: list[tuple[str, str]] = []
        self.following: list[Source] = []
        self.endless = 0
        self.weave_file: Callable[[Loom, Source], bool] = lambda loom, source: False

    def end_of(self, at: int, end: int, closing: str) -> int:
        """Where code ends that goes on up to this sign, else -1. After some that never end, none is looked for."""
        if self.endless >= MOST_ENDLESS:
            return -1
        found = end_of(self.source.text, at, end, closing)
        self.endless += found < 0
        return found

    # -- conditions

    def condition(self, at: int, kind: str = "if") -> None:
        """A condition begins."""
        self.controls.append((kind, self.name_branch(at)))
        self.branch(self.controls[-1][1])

    def otherwise(self, at: int, last: bool) -> None:
        """The next branch of the innermost condition; the last one needs no number."""
        if not self.controls or self.controls[-1][0] == "block":
            return
        kind, name = self.controls[-1]
        count = 2
        if "~" in kind:
            kind, number = kind.split("~")
            count = int(number) + 1
        self.controls[-1] = (f"{kind}~{count}", name)
        self.say(" ", at, at)
        self.other(f"{name}/else" if last else f"{name}/{count}")

    def block(self, closing: str = "") -> None:
        """Something begins that is no condition; `closing` is the markup that ends it."""
        self.controls.append(("block", closing))

    def close(self, at: int) -> None:
        if not self.controls:
            return
        kind, name = self.controls.pop()
        if kind == "block":
            self.say(name, at, at)
        else:
            self.merge()

    def name_branch(self, at: int) -> str:
        line, _ = self.source.position(at)
        return (
            f"if:{line}" if self.frames[self.frame].source == 0 else f"if:{self.source.path.replace(' ', '_')}:{line}"
        )

    # -- what code shows

    def show(self, code: str, at: int, depth: int = 0) -> None:
        """Writes what an expression shows; it stands in the file from this offset on."""
        whole = (at, at + len(code))
        if len(code) > LONGEST:
            self.miss("code that is too long to be read", *whole)
            return
        self.express(tokens(code, at), whole, depth)

    def express(self, words: list[Token], whole: tuple[int, int], depth: int = 0) -> None:
        words = bare(words)
        while (
            words
            and words[0].kind == "name"
            and words[0].text in ("raw", "await", "echo", "print", "return", "safe")
            and len(words) > 1
            and words[1].text not in ("(", ".", "|")
        ):
            words = bare(words[1:])
        if not words or depth > 12:
            return
        if self._conditional(words, whole, depth):
            return
        pipes = split(words, "|")
        if len(pipes) > 1 and pipes[0]:
            self._filtered(pipes, whole, depth)
            return
        for sign in ("+", "~", ".", "<<"):
            parts = split(words, sign)
            if (
                len(parts) > 1
                and all(parts)
                and any(_is_text(part) for part in parts)
                and not (sign == "." and _is_text(parts[0]) and _is_method(parts[1]))
            ):
                for part in parts:
                    self.express(part, (part[0].start, part[-1].end), depth + 1)
                return
        if words[0].kind == "string":
            self.quote(words[0])
        elif words[0].kind == "number" and len(words) == 1:
            self.copy(words[0].start, words[0].end)
        else:
            self._named(words, whole, depth)

    def _conditional(self, words: list[Token], whole: tuple[int, int], depth: int) -> bool:
        """`a ? b : c`, `b if a else c`, `b if a`, `a && b`, `a || b`: all that may be shown."""
        asked = split(words, "?")
        if len(asked) == 2 and all(asked):
            options = split(asked[1], ":")
            if len(options) == 2:
                self._branches(options, words[0].start, whole, depth)
                return True
        for index, word in enumerate(words):
            if word.kind == "name" and word.text in ("if", "unless") and index and _at_top(words, index):
                rest = words[index + 1 :]
                other = next((at for at, one in enumerate(rest) if one.kind == "name" and one.text == "else"), None)
                options = [words[:index]] + ([rest[other + 1 :]] if other is not None else [])
                self._branches(options, words[0].start, whole, depth)
                return True
        for sign in ("||", "??"):
            options = split(words, sign)
            if len(options) > 1 and all(options):
                last = options[-1] if _is_text(options[-1]) else options[0]
                self.express(last, (last[0].start, last[-1].end), depth + 1)
                return True
        both = split(words, "&&")
        if len(both) > 1 and both[-1]:
            self._branches([both[-1]], words[0].start, whole, depth)
            return True
        return False

    def _branches(self, options: list[list[Token]], at: int, whole: tuple[int, int], depth: int) -> None:
        options = [option for option in options if option]
        if not options:
            return
        self.condition(at)
        for number, option in enumerate(options):
            if number:
                self.otherwise(option[0].start, number == len(options) - 1)
            self.express(option, (option[0].start, option[-1].end), depth + 1)
        self.close(whole[1])

    def _filtered(self, pipes: list[list[Token]], whole: tuple[int, int], depth: int) -> None:
        """A value with the filters of a template behind it."""
        head = bare(pipes[0])
        filters = {plain(pipe[0].text) for pipe in pipes[1:] if pipe and pipe[0].kind == "name"}
        if len(head) == 1 and head[0].kind == "string" and filters & TRANSLATING:
            self.translate(head[0], whole)
        elif "translate" in filters or "t" in filters:
            self.express(head, whole, depth + 1)
        else:
            self.express(head, whole, depth + 1)

    def _named(self, words: list[Token], whole: tuple[int, int], depth: int) -> None:
        names, calls, used = chain(words)
        if not names:
            if words[0].text in ("{", "["):
                return
            self.interpolate(words, whole)
            return
        key = ".".join(name.lstrip("@$") for name in names)
        if not calls and key in self.constants and used == len(words):
            source, token = self.constants[key]
            if source is not self.source or token.start != whole[0]:
                self.enter(source, *whole)
                self.quote(token)
                self.leave()
                return
        for call in calls:
            if self.called(call, whole, depth):
                return
        self.say("{" + name_of(names, calls) + "}", *whole)

    def called(self, call: Call, whole: tuple[int, int], depth: int = 0) -> bool:
        """Writes what a call shows, if that can be told from its name and arguments."""
        first = call.string(0)
        name = call.name
        if name in TRANSLATING or (call.receiver.lower() in ("i18n", "lang") and first is not None):
            if first is None:
                return False
            named = call.named("default", "defaultvalue")
            self.translate(first, whole, named.string if named else None)
        elif name in INCLUDING:
            named = call.named("partial", "template", "file", "inline")
            if first is None and named is None and self._rendered(call, depth):
                return True
            self.follow(first or (named.string if named else None), whole)
        elif name == "pluralize" and len(call.positional) > 1 and call.positional[0].words[0].kind == "number":
            number, word = call.positional[0].words[0], call.positional[1].string
            self.copy(number.start, number.end)
            if word is not None:
                self.say(" ", number.end, number.end)
                self.quote(word)
                self.say("" if number.text == "1" else "s", word.end, word.end)
        elif name.endswith("list") and call.arguments and self._listed(call):
            return True
        elif name.endswith("linkto") or LINKING.fullmatch(name):
            return self._linked(call, whole, depth)
        elif MAILING.fullmatch(name):
            return self._mailed(call, whole, depth)
        elif name == "contenttag" or (call.receiver == "tag" and call.arguments):
            return self._tagged(call, whole, depth)
        elif name in ("contentfor", "provide", "settitle") and call.positional:
            self.titled(call)
        elif name in QUOTING and call.positional and call.positional[0].words:
            self.express(
                call.positional[0].words,
                (call.positional[0].words[0].start, call.positional[0].words[-1].end),
                depth + 1,
            )
        elif self.components(call, depth):
            return True
        elif first is not None and " " in first.value.strip():
            self.quote(first)
        else:
            return False
        return True

    def _rendered(self, call: Call, depth: int) -> bool:
        """A component that is made on the spot, with its texts as arguments."""
        for argument in call.positional[:1]:
            _, calls, _ = chain(argument.words)
            return any(self.components(inner, depth) for inner in calls)
        return False

    def _listed(self, call: Call) -> bool:
        """A list of texts, each an item."""
        items = [
            one.string for one in call.arguments if one.keys in (("",), ("", "")) or one.keys[-2:] == ("items", "")
        ]
        if not items or not all(items):
            return False
        for item in items:
            if item is not None:
                self.say("<li>", item.start, item.start)
                self.quote(item)
                self.say("</li>", item.end, item.end)
        return True

    def _linked(self, call: Call, whole: tuple[int, int], depth: int) -> bool:
        found = call.positional
        text, target = (
            (found[0], found[1] if len(found) > 1 else None) if found else (call.named("text", "label", "title"), None)
        )
        if text is None:
            return False
        address = target.string if target else None
        named = call.named("href", "url", "to")
        address = address or (named.string if named else None)
        self.say(f'<a href="{_attribute(address.value) if address else "#"}">', whole[0], whole[0])
        self.express(text.words, (text.words[0].start, text.words[-1].end), depth + 1)
        self.say("</a>", whole[1], whole[1])
        return True

    def _mailed(self, call: Call, whole: tuple[int, int], depth: int) -> bool:
        found = call.positional
        if not found:
            return False
        address = found[0].string
        shown = found[1] if len(found) > 1 and found[1].string else found[0]
        if address is None and shown.string is None and not call.name.endswith(("mailto", "maillink")):
            return False
        target = f"mailto:{address.value}" if address else "mailto:"
        self.say(f'<a href="{_attribute(target)}">', whole[0], whole[0])
        self.express(shown.words, (shown.words[0].start, shown.words[-1].end), depth + 1)
        self.say("</a>", whole[1], whole[1])
        return True

    def _tagged(self, call: Call, whole: tuple[int, int], depth: int) -> bool:
        found = list(call.positional)
        tag = call.name
        if call.name == "contenttag":
            if not found:
                return False
            tag = found.pop(0).words[-1].text.strip("\"'")
        if not found or not tag.isalnum():
            return False
        self.say(f"<{tag}>", whole[0], whole[0])
        self.express(found[0].words, (found[0].words[0].start, found[0].words[-1].end), depth + 1)
        self.say(f"</{tag}>", whole[1], whole[1])
        return True

    def components(self, call: Call, depth: int) -> bool:
        """A component with its texts as arguments, as design systems have them."""
        shown = [argument for argument in call.arguments if _is_shown(argument, call.name)]
        if not shown:
            return False
        for argument in shown:
            first, last = argument.words[0], argument.words[-1]
            tag = _tag_of(argument)
            self.say(f"<{tag}>", first.start, first.start)
            if " " in argument.keys[-1]:
                self.say(f"{argument.keys[-1]}: ", first.start, first.start)
            self.express(argument.words, (first.start, last.end), depth + 1)
            self.say(f"</{tag}>", last.end, last.end)
        return True

    def titled(self, call: Call) -> None:
        """A title that is handed to the layout."""
        found = call.positional
        key = plain(found[0].words[-1].text.strip("\"':")) if found and found[0].words else ""
        text = found[1].string if len(found) > 1 else None
        if text is not None and TITLES.fullmatch(key):
            self.titles.append(text.value)

    def interpolate(self, words: list[Token], whole: tuple[int, int]) -> None:
        names = [word.text for word in words if word.kind == "name"]
        if names:
            self.say("{" + name_of(names[-2:], []) + "}", *whole)

    def quote(self, token: Token) -> None:
        """What a string says, its escapes resolved and what it interpolates as names."""
        start, end = token.inner
        text = self.source.text
        at = start
        while at < end:
            named = _NAMED.search(text, at, end)
            stop = named.start() if named else end
            since = at
            for escape in _ESCAPE.finditer(text, at, stop):
                self.copy(since, escape.start())
                self.say(_unescaped(escape), escape.start(), escape.end())
                since = escape.end()
            self.copy(since, stop)
            if named is None:
                break
            inside = tokens(named.group().strip("#${}%"), named.start())
            found = [word.text for word in inside if word.kind == "name"]
            self.say("{" + name_of(found[:4], []) + "}" if found else " ", named.start(), named.end())
            at = named.end()

    # -- what is followed

    def assign(self, name: str, token: Token) -> None:
        """A name that stands for a text in this template."""
        self.constants.setdefault(name.lstrip("@$"), (self.source, token))

    def translated(self, token: Token) -> bool:
        """Whether the text that a key stands for is known."""
        return self.messages.find(token.value, self._here()) is not None

    def _here(self) -> Path | None:
        return Path(self.source.path) if self.frames[self.frame].source else self.place

    def translate(self, token: Token, whole: tuple[int, int], default: Token | None = None) -> None:
        """The text that a translation key stands for; where it is not found, the one that is given for that case."""
        key = token.value
        if " " in key.strip():
            self.quote(token)
            return
        found = self.messages.find(key, self._here())
        if found is None and default is not None:
            self.quote(default)
            return
        if found is None or len(self.following) >= self.project.max_depth:
            self.miss(f"the translation `{key[:100]}`", *whole)
            self.say("{" + (re.sub(r"\W+", "_", re.split(r"[.:]", key)[-1]).strip("_") or "text") + "}", *whole)
            return
        source, pieces = found
        self.enter(source, *whole)
        for shown, start, end in pieces:
            if shown is None:
                self.copy(start, end)
            else:
                self.say(shown, start, end)
        self.leave()

    def follow(self, token: Token | None, whole: tuple[int, int]) -> None:
        """What a partial shows, put in where it is called for."""
        if token is None:
            self.miss("a partial that is named by code", *whole)
            return
        name = token.value
        source = self._partial(name)
        if (
            source is None
            or source is self.sources[0]
            or source in self.following
            or len(self.following) >= self.project.max_depth
        ):
            self.miss(f"the partial `{name[:100]}`", *whole)
            return
        self.following.append(source)
        self.enter(source, *whole)
        depth = len(self.controls)
        if not self.weave_file(self, source):
            self.leave()
            self.following.pop()
            self.miss(f"the partial `{name[:100]}`", *whole)
            return
        while len(self.controls) > depth:
            self.close(len(source.text))
        self.leave()
        self.following.pop()

    def _partial(self, name: str) -> Source | None:
        if not name or len(name) > 300 or "\0" in name or ("\\" in name and ".." in name):
            return None
        wanted = Path(name.replace("\\", "/").lstrip("~/@"))
        home = self.project.home()
        if home is None:
            return None
        here = (home / self.source.path).parent if self.frames[self.frame].source else (self.place or home).parent
        last = wanted.name
        names = [last, f"_{last}"] if not last.startswith("_") else [last]
        for base in (here, home):
            for one in names:
                for ending in ("", *ENDINGS):
                    found = self.project.read((base / wanted).with_name(one + ending) if last else base)
                    if found is not None:
                        return found
        folder = [part for part in wanted.parent.parts if part not in (".", "..")]
        best: Path | None = None
        for one in names:
            for ending in ("", *ENDINGS):
                for path in self.project.files(one + ending):
                    fits = not folder or [*path.parent.parts][-len(folder) :] == folder
                    if fits and (best is None or _shared(path, here) > _shared(best, here)):
                        best = path
        return self.project.read(best) if best else None


ENDINGS = (
    ".html.erb",
    ".erb",
    ".md.erb",
    ".html.haml",
    ".haml",
    ".md",
    ".html",
    ".njk",
    ".html.njk",
    ".html.twig",
    ".twig",
    ".liquid",
    ".jinja",
    ".j2",
    ".html.j2",
    ".cshtml",
    ".php",
    ".markdown",
    ".txt",
)


def _shared(path: Path, other: Path) -> int:
    """How many folders two paths share from the root on."""
    count = 0
    for one, two in zip(path.parts, other.parts, strict=False):
        if one != two:
            break
        count += 1
    return count


def _is_text(words: list[Token]) -> bool:
    return bool(words) and (words[0].kind == "string" or (words[0].kind == "number" and len(words) == 1))


def _is_method(words: list[Token]) -> bool:
    """Whether what stands behind a dot is a method of the string before it, and no string to be added."""
    return bool(words) and words[0].kind == "name" and not words[0].text.startswith("$")


def _at_top(words: list[Token], index: int) -> bool:
    depth = 0
    for word in words[:index]:
        if word.kind == "sign":
            depth += (word.text in "([{") - (word.text in ")]}")
    return depth == 0


def _is_shown(argument: Argument, name: str) -> bool:
    if not argument.keys or (argument.keys[-1].lower() not in SHOWN and " " not in argument.keys[-1].strip()):
        return False
    shows = argument.string is not None or any(word.kind == "string" for word in argument.words)
    return shows or bool(COMPONENT.fullmatch(name))


def _tag_of(argument: Argument) -> str:
    """The element that shows an argument, by the names that lead to it."""
    keys = [key.lower() for key in argument.keys]
    if keys[-1] in HEADED:
        return "h6"
    if "key" in keys:
        return "dt"
    if "value" in keys[:-1]:
        return "dd"
    return "li" if "items" in keys[:-1] and "content" not in keys else "p"


def _attribute(text: str) -> str:
    return text[:2_000].replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _unescaped(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2) or escape.group(3)
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    letter = escape.group(4)
    return _LETTERS.get(letter, letter)
