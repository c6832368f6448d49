"""The parser: drives the LALR tables over a text and makes the tree as it goes.

The tables come from Lark (`tables.py`); this loop replaces Lark's own since it lexes by the state
of the parser, settles line breaks by the layout rule and builds nodes in one pass, without tokens
in between, and needs no import of Lark. A text that does not parse is handed to `recovery.py`,
which cuts it into clauses and asks this loop for each of them.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any

from attrs import frozen

from gdprlint.language.actions import ACTIONS
from gdprlint.language.layout import column_after, stays_deeper
from gdprlint.language.lexemes import LEXEMES, LOOK, MAX_DEPTH, behind, comments_in
from gdprlint.language.tables import Tables
from gdprlint.language.tree import Comment, File

MAX_LOGIC = 120  # brackets, `not` and `implies` in one line of a rule: what its reader can still follow

_LEXEMES = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in LEXEMES.items()))
_LOOK = {word: (terminal, behind(word)) for word, (terminal, _) in LOOK.items()}
_NAMED = {"title": "PROSE", "why": "PROSE", "says": "PROSE", "help": "PROSE",
          "bad": "EXAMPLE", "good": "EXAMPLE"}  # fmt: skip
_PARAGRAPH = re.compile(r'"(?:`[^`]*`|[^"`\\]++|\\.)*+"', re.DOTALL)
_ADVERBS = ("possibly", "never")
_TWO_WORDS = {"in": "in force", "for": "for each", "yields": "yields to", "silence": "silence counts in",
              "replaced": "replaced by"}  # fmt: skip
_NUMBER = re.compile(r"\d{1,9}(?![\w-])")


@frozen
class Fault(Exception):
    """Where the text stops being a sentence: what stands there, what came before, what could follow."""

    start: int
    end: int
    terminal: str
    before: str
    before_start: int
    before_end: int
    expected: frozenset[str]


class Machine:
    """The tables made ready to run: each production with its action."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.states = tables.states
        self.plans = [
            (
                r.size,
                r.origin,
                None if r.splices else ACTIONS.get(r.action),
                r.keep,
                r.splices and r.keep[:1] == ((0, True),),
            )
            for r in tables.reductions
        ]
        punctuation = {text: name for text, name in ((t, n) for n, t in tables.names.items()) if not text[0].isalpha()}
        self.words = tables.words
        self.punctuation = punctuation

    def parse(
        self, text: str, goal: str = "start", start: int = 0, end: int | None = None
    ) -> tuple[Any, list[Comment]]:
        """The value of `goal` for the text between two offsets; raises Fault where it is no sentence.

        Only the goal "start" settles line breaks; for another the text is one clause, cut by the caller.
        """
        states, gotos, plans, words, punctuation = (
            self.states,
            self.tables.gotos,
            self.plans,
            self.words,
            self.punctuation,
        )
        match = _LEXEMES.match
        initial, last = self.tables.starts[goal]
        stop = len(text) if end is None else end
        whole = goal == "start"
        state = initial
        state_stack = [initial]
        values: list[Any] = []
        starts: list[int] = []
        ends: list[int] = []
        comments: list[Comment] = []
        position = start
        column = -1  # of the first word of the open clause; -1 where every line continues it
        first = start  # offset of that word
        fresh = True  # the next token is the first of its clause
        opened = closed = False  # the token before was `{`, `}`
        depth = logic = 0
        before, before_start, before_end = "", start, start
        while True:
            if position >= stop:
                if whole and not fresh:
                    terminal, value, token_end = "_NL", "\n", position
                    fresh = True
                else:
                    terminal, value, token_end = "$END", "", position
            else:
                found = match(text, position, stop)
                if found is None:
                    terminal, value, token_end = "?", text[position : position + 1], position + 1
                    if value == '"' and "PARAGRAPH" in states[state]:
                        found = _PARAGRAPH.match(text, position, stop)
                        if found is not None and stays_deeper(text, position, found.end(), column):
                            terminal, value, token_end = "PARAGRAPH", found.group(), found.end()
                    if fresh:
                        fresh = False
                else:
                    kind = found.lastgroup
                    value = found.group()
                    token_end = found.end()
                    if kind == "SPACE":
                        position = token_end
                        continue
                    if kind == "WORD":
                        actions = states[state]
                        terminal = words.get(value) or _NAMED.get(value) or "WORD"
                        if value in _LOOK:
                            terminal, look = _LOOK[value]
                            if not look.match(text, token_end):
                                terminal = "WORD"
                        if terminal not in actions:
                            leads = fresh or (before in _ADVERBS and before_start == first)
                            if not self._begins_anew(text, value, position, before, before_end, leads, actions):
                                terminal = "WORD"
                        elif before in _ADVERBS and not fresh and before_start != first and value in self.first_words:
                            terminal = "WORD"  # `contract or possibly consent`: LALR has one state for it and a clause
                    elif kind == "NL":
                        if "#" in value:
                            comments.extend(comments_in(value, position))
                        position = token_end
                        at_end = token_end >= stop
                        here = 0 if at_end else column_after(text, token_end)
                        if opened:
                            if here == 0 and not at_end and text[token_end] != "}":
                                terminal = "column 1"
                            else:
                                fresh = True
                                continue
                        elif fresh and not before:
                            continue  # leading blank lines
                        elif depth and here == 0 and not at_end and text[token_end] != "}":
                            terminal = "column 1"
                        elif (not closed and here > column and not at_end) or (at_end and not whole):
                            continue
                        else:
                            terminal, fresh = "_NL", True
                        token_end = position
                        position = found.start()
                    elif kind == "PUNCTUATION":
                        terminal = punctuation[value]
                        if value == "(":
                            logic += 1
                    elif kind == "COMMENT":
                        comments.append(Comment(value.rstrip(), position, token_end))
                        position = token_end
                        continue
                    elif kind == "STRING":
                        terminal = "STRING"
                        if "PARAGRAPH" in states[state]:
                            terminal = "PARAGRAPH"
                            found = _PARAGRAPH.match(text, position, stop)
                            if found is None or not stays_deeper(text, position, found.end(), column):
                                terminal = "?"
                            else:
                                value, token_end = found.group(), found.end()
                    else:
                        terminal = kind or "?"
                        if terminal not in states[state] and kind != "COMPARISON":
                            found = _NUMBER.match(text, position, stop)
                            if found is not None and "NUMBER" in states[state]:
                                terminal, value, token_end = "NUMBER", found.group(), found.end()
                    if fresh and terminal != "_NL":
                        first = position
                        if whole:
                            column = column_after(text, position)
                        logic = 0
                        fresh = False
            while True:
                action = states[state].get(terminal)
                if action is None:
                    if terminal == "$END" and state == last:
                        return values[0], comments
                    raise Fault(
                        position,
                        token_end,
                        terminal,
                        before,
                        before_start,
                        before_end,
                        frozenset(states[state]),
                    )
                if action > 0:
                    break
                size, origin, make, keep, extends = plans[-action - 1]
                if size:
                    node_start = starts[-size]
                    node_end = ends[-1]
                    taken = values[-size:]
                    del state_stack[-size:], values[-size:], starts[-size:], ends[-size:]
                    if extends:
                        kept = taken[0]
                        for index, splice in keep[1:]:
                            if splice:
                                kept.extend(taken[index])
                            else:
                                kept.append(taken[index])
                    elif size == 1 and keep:
                        kept = taken[0] if keep[0][1] else taken
                    else:
                        kept = []
                        for index, splice in keep:
                            if splice:
                                kept.extend(taken[index])
                            else:
                                kept.append(taken[index])
                else:
                    node_start = node_end = before_end
                    kept = []
                values.append(kept if make is None else make(kept, node_start, node_end))
                starts.append(node_start)
                ends.append(node_end)
                state = gotos[state_stack[-1]][origin]
                state_stack.append(state)
            state = action - 1
            state_stack.append(state)
            values.append(value)
            starts.append(position)
            ends.append(token_end)
            opened = closed = False
            if terminal == "_NL":
                position = token_end
                continue
            if value == "{":
                opened, depth = True, depth + 1
                if depth > MAX_DEPTH:
                    raise Fault(position, token_end, "too deep", before, before_start, before_end, frozenset())
                fresh = True
            elif value == "}":
                closed, depth = True, depth - 1
            elif value in ("not", "implies", "satisfies"):
                logic += 1
            if logic > MAX_LOGIC:
                raise Fault(position, token_end, "too long", before, before_start, before_end, frozenset())
            before, before_start, before_end = value, position, token_end
            position = token_end

    def _begins_anew(
        self,
        text: str,
        word: str,
        start: int,
        before: str,
        before_end: int,
        fresh: bool,
        actions: dict[str, int],
    ) -> bool:
        """A word of the language that is not expected here is a word like any other, unless it shows a slip.

        Such are a clause outside a block, a joining word after a comma, and a verb that begins a line
        which continues the one above.
        """
        if fresh:
            return word == "use" or word in self.first_words
        if before == ",":
            return word in self.joining_words
        if "\n" not in text[before_end:start]:
            return False
        if "STRING" in actions:  # in the middle of a name or a term, unless `none` could stand here
            return "NONE" not in actions and self.clause_at.match(text, start) is not None
        return "_NL" in actions and self.head_at.match(text, start) is not None  # in the middle of a phrase

    @cached_property
    def verbs(self) -> tuple[str, ...]:
        return tuple(sorted(self._phrases("line", "verb")))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted(self._phrases("start", "kind")))

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The words that begin a line of a rule."""
        words = {self.tables.names.get(name, "") for name in self.states[self.tables.starts["rule_line"][0]]}
        words = {_TWO_WORDS.get(word, word) for word in words} | set(_NAMED)
        return tuple(sorted(words - {""}))

    @cached_property
    def clause_at(self) -> re.Pattern[str]:
        """Matches where a clause begins: a verb, or an adverb and a verb."""
        return re.compile(rf"(?:(?:{'|'.join(_ADVERBS)})[ \t]+)?{self.verb_at.pattern}")

    @cached_property
    def head_at(self) -> re.Pattern[str]:
        """Matches where a line of a rule begins."""
        return _matching(self.heads)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of verbs."""
        return frozenset(verb.partition(" ")[0] for verb in self.verbs)

    @cached_property
    def joining_words(self) -> frozenset[str]:
        """The words that begin a tail, and those that stand between or after things."""
        finals = {
            number
            for number, actions in enumerate(self.states)
            if any(action < 0 and self.plans[-action - 1][1] == "joint" for action in actions.values())
        }
        names = {name for actions in self.states for name, action in actions.items() if action - 1 in finals}
        return frozenset(self.tables.names[name] for name in names) | {
            "or",
            "only",
            "indefinitely",
            "whichever",
        }

    @cached_property
    def verb_at(self) -> re.Pattern[str]:
        """Matches where a verb stands."""
        return _matching(self.verbs)

    def _phrases(self, goal: str, origin: str) -> set[str]:
        """The spellings of a production of at most two words that may stand first."""
        found = set()
        for name, action in self.states[self.tables.starts[goal][0]].items():
            word = self.tables.names.get(name, "")
            if action <= 0 or not word[:1].isalpha():
                continue
            for second, then in self.states[action - 1].items():
                if then < 0:
                    if self.plans[-then - 1][1] == origin:
                        found.add(word)
                elif any(last < 0 and self.plans[-last - 1][1] == origin for last in self.states[then - 1].values()):
                    found.add(f"{word} {self.tables.names.get(second, '')}")
        return found


def _matching(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(longest_first)})(?![\w-])".replace(" ", "[ \t]+"))


@cache
def machine() -> Machine:
    """The parser of the installed grammar."""
    from gdprlint.compiled import parser_tables

    return Machine(parser_tables())


def parse_whole(text: str) -> File:
    """The tree of a text that has no fault; raises Fault otherwise."""
    items, comments = machine().parse(text)
    return File(items, tuple(comments))
