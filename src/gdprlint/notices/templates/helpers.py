"""What the calls of templates show: links, addresses, elements, components, texts that are translated or included.

A call is known by its name and arguments alone. A new helper that prints text has its name added here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gdprlint.notices.templates.code import Argument, Call, chain, plain
from gdprlint.notices.words import listed

if TYPE_CHECKING:
    from gdprlint.notices.templates.loom import Loom

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


def called(loom: Loom, call: Call, whole: tuple[int, int], depth: int = 0) -> bool:
    """Writes what a call shows, if that can be told from its name and arguments."""
    first = call.string(0)
    name = call.name
    if name in TRANSLATING or (call.receiver.lower() in ("i18n", "lang") and first is not None):
        if first is None:
            return False
        named = call.named("default", "defaultvalue")
        loom.translate(first, whole, named.string if named else None)
    elif name in INCLUDING:
        named = call.named("partial", "template", "file", "inline")
        if first is None and named is None and _rendered(loom, call, depth):
            return True
        loom.follow(first or (named.string if named else None), whole)
    elif name == "pluralize" and len(call.positional) > 1 and call.positional[0].words[0].kind == "number":
        number, word = call.positional[0].words[0], call.positional[1].string
        loom.copy(number.start, number.end)
        if word is not None:
            loom.say(" ", number.end, number.end)
            loom.quote(word)
            loom.say("" if number.text == "1" else "s", word.end, word.end)
    elif name.endswith("list") and call.arguments and _listed(loom, call):
        return True
    elif name.endswith("linkto") or LINKING.fullmatch(name):
        return _linked(loom, call, whole, depth)
    elif MAILING.fullmatch(name):
        return _mailed(loom, call, whole, depth)
    elif name == "contenttag" or (call.receiver == "tag" and call.arguments):
        return _tagged(loom, call, whole, depth)
    elif name in ("contentfor", "provide", "settitle") and call.positional:
        titled(loom, call)
    elif name in QUOTING and call.positional and call.positional[0].words:
        loom.express(
            call.positional[0].words,
            (call.positional[0].words[0].start, call.positional[0].words[-1].end),
            depth + 1,
        )
    elif components(loom, call, depth):
        return True
    elif first is not None and " " in first.value.strip():
        loom.quote(first)
    else:
        return False
    return True


def _rendered(loom: Loom, call: Call, depth: int) -> bool:
    """A component that is made on the spot, with its texts as arguments."""
    for argument in call.positional[:1]:
        _, calls, _ = chain(argument.words)
        return any(components(loom, inner, depth) for inner in calls)
    return False


def _listed(loom: Loom, call: Call) -> bool:
    """A list of texts, each an item."""
    items = [one.string for one in call.arguments if one.keys in (("",), ("", "")) or one.keys[-2:] == ("items", "")]
    if not items or not all(items):
        return False
    for item in items:
        if item is not None:
            loom.say("<li>", item.start, item.start)
            loom.quote(item)
            loom.say("</li>", item.end, item.end)
    return True


def _linked(loom: Loom, call: Call, whole: tuple[int, int], depth: int) -> bool:
    found = call.positional
    text, target = (
        (found[0], found[1] if len(found) > 1 else None) if found else (call.named("text", "label", "title"), None)
    )
    if text is None:
        return False
    address = target.string if target else None
    named = call.named("href", "url", "to")
    address = address or (named.string if named else None)
    loom.say(f'<a href="{_attribute(address.value) if address else "#"}">', whole[0], whole[0])
    loom.express(text.words, (text.words[0].start, text.words[-1].end), depth + 1)
    loom.say("</a>", whole[1], whole[1])
    return True


def _mailed(loom: Loom, call: Call, whole: tuple[int, int], depth: int) -> bool:
    found = call.positional
    if not found:
        return False
    address = found[0].string
    shown = found[1] if len(found) > 1 and found[1].string else found[0]
    if address is None and shown.string is None and not call.name.endswith(("mailto", "maillink")):
        return False
    target = f"mailto:{address.value}" if address else "mailto:"
    loom.say(f'<a href="{_attribute(target)}">', whole[0], whole[0])
    loom.express(shown.words, (shown.words[0].start, shown.words[-1].end), depth + 1)
    loom.say("</a>", whole[1], whole[1])
    return True


def _tagged(loom: Loom, call: Call, whole: tuple[int, int], depth: int) -> bool:
    found = list(call.positional)
    tag = call.name
    if call.name == "contenttag":
        if not found:
            return False
        tag = found.pop(0).words[-1].text.strip("\"'")
    if not found or not tag.isalnum():
        return False
    loom.say(f"<{tag}>", whole[0], whole[0])
    loom.express(found[0].words, (found[0].words[0].start, found[0].words[-1].end), depth + 1)
    loom.say(f"</{tag}>", whole[1], whole[1])
    return True


def components(loom: Loom, call: Call, depth: int) -> bool:
    """A component with its texts as arguments, as design systems have them."""
    shown = [argument for argument in call.arguments if _is_shown(argument, call.name)]
    if not shown:
        return False
    for argument in shown:
        first, last = argument.words[0], argument.words[-1]
        tag = _tag_of(argument)
        loom.say(f"<{tag}>", first.start, first.start)
        if " " in argument.keys[-1]:
            loom.say(f"{argument.keys[-1]}: ", first.start, first.start)
        loom.express(argument.words, (first.start, last.end), depth + 1)
        loom.say(f"</{tag}>", last.end, last.end)
    return True


def titled(loom: Loom, call: Call) -> None:
    """A title that is handed to the layout."""
    found = call.positional
    key = plain(found[0].words[-1].text.strip("\"':")) if found and found[0].words else ""
    text = found[1].string if len(found) > 1 else None
    if text is not None and TITLES.fullmatch(key):
        loom.titles.append(text.value)


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
