"""An expression of the rule language, tried on what stands in files.

It is read, checked and made as a line of a rule would be, by the same maker, and asked of each thing that a rule with
this `for each` would be asked of. Either a condition, which gives true, false, does not apply or cannot tell, or a
value, which leads somewhere and is in a state. Nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from attrs import frozen

from gdprlint.diagnostics import Diagnostic
from gdprlint.engine import AtHand, CheckOptions, WrongUse, group, planned, read
from gdprlint.judging.judge import context_of
from gdprlint.language import tree
from gdprlint.language.clause_faults import explain
from gdprlint.language.parser import Fault, machine
from gdprlint.model.things import Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.prose.pages import Pages
from gdprlint.readers.register import Reading
from gdprlint.rules.closures import Environment, Reach, Test
from gdprlint.rules.declared import parts_of
from gdprlint.rules.reach import atoms, state_of
from gdprlint.rules.rule import Context
from gdprlint.rules.running import Loop, pairs_of
from gdprlint.rules.types import KIND_TYPES
from gdprlint.text import Source, Span, nearest_name
from gdprlint.traces import Words
from gdprlint.tracing.observed import ObservedMaker
from gdprlint.tracing.steps import Telling
from gdprlint.tracing.trace import kinds_of
from gdprlint.tracing.words import Teller
from gdprlint.trials import Answer, Trial, Tried
from gdprlint.values import evolve

EXPRESSION = "expression"
LONGEST = 2_000  # characters of one expression
MOST = 200  # things, and choices of what is run over, that are told
MOST_LOOPS = 4
MOST_STEPS = 20_000  # members of lists that are run over for one thing
DEFAULT = "activity"  # what an expression is asked of that names no kind of thing
_HEADS = 'rule ZZ1 tried {\n  title "-"\n  why "-"\n  cites uk-gdpr\n  severity info\n  says "-"\n'
_VALUE = " = 1"  # behind a value this makes a line that can be read


@frozen
class Question:
    """What is tried: an expression, what it runs over (each such as `k in activity.keeps`), of which things."""

    expression: str
    each: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    silence: bool = True
    quoted: bool = True


def tried(paths: Sequence[str], options: CheckOptions, question: Question) -> Trial:
    """Try the expression on what these files declare."""
    if len(question.each) > MOST_LOOPS:
        raise WrongUse(f"at most {MOST_LOOPS} things can be run over at once")
    lines = _Lines(question)
    if lines.faults:
        return Trial("", question.silence, tuple(lines.faults), sources=lines.sources)
    at_hand = read(group(planned(paths, instead=options.instead), evolve(options, jobs=1)))
    made = _Made(lines, at_hand.library.vocabulary)
    if made.faults:
        faults = tuple(map(lines.placed, made.faults))
        return Trial(made.subject, question.silence, faults, sources=lines.sources)
    found, more = _asked(made, at_hand, options, question)
    return Trial(made.subject, question.silence, (), tuple(found), more, {**_sources(at_hand), **lines.sources})


class _Lines:
    """The lines of a rule that the question amounts to, each read alone, so that none can reach into another.

    `sources` are the expression and what it runs over as they were typed, by the names under which faults are shown.
    """

    def __init__(self, question: Question) -> None:
        self.faults: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}
        self.text = _HEADS
        self.places: list[tuple[int, int, str]] = []
        self.loops = [self._read("for each  ", text, f"each {n}") for n, text in enumerate(question.each, 1)]
        self.value = False
        self.expression = self._read("expect    ", question.expression, EXPRESSION)

    def _read(self, head: str, typed: str, name: str) -> Any:
        """One line: the value of `for each` as its head, an expression as its node."""
        self.sources[name] = Source(name, typed)
        if len(typed) > LONGEST:
            raise WrongUse(f"an expression has at most {LONGEST:,} characters")
        if not typed.strip():
            raise WrongUse("the expression is empty; `gdprlint schema` lists what can be asked")
        line = "".join(" " if c.isspace() else c for c in typed)  # one line, whatever was typed
        start = len(self.text)
        first, end = start + len(head), start + len(head) + len(line)
        self.text += head + line + _VALUE + "\n"
        self.places.append((first, end, name))
        fault: Fault | None = None
        for until in (end, end + len(_VALUE)) if name == EXPRESSION else (end,):
            try:
                (node,), _ = machine().parse(self.text, "rule_line", start, until)
            except Fault as error:
                fault = fault or error
                continue
            self.value = until != end
            return node if name != EXPRESSION else self._alone(node.values[0])
        assert fault is not None
        self.faults.append(self.placed(explain(Source(name, self.text[:end]), start, end, fault, "rule")))
        return None

    def _alone(self, node: Any) -> Any:
        """The value itself, where something was put behind it to read it."""
        return node.values[0] if self.value else node

    def placed(self, fault: Diagnostic) -> Diagnostic:
        """The fault at its place in what was typed."""
        first, end, name = next(
            (place for place in self.places if place[0] <= fault.span.end and fault.span.start <= place[1]),
            self.places[-1],
        )
        low, high = (min(max(at, first), end) - first for at in (fault.span.start, fault.span.end))
        help = fault.help
        if help.startswith("begin with a name of"):
            help = "begin with a kind of thing, or say what it is with `--each`, such as `k in activity.keeps`"
        return fault.evolve(span=Span(name, low, high), note="", help=help, labels=(), fixes=())


class _Made:
    """The expression, checked and made for the kind of thing that it is asked of."""

    def __init__(self, lines: _Lines, vocabulary: Vocabulary) -> None:
        self.lines = lines
        self.maker = ObservedMaker(EXPRESSION, vocabulary)
        self.file = Source(EXPRESSION, lines.text)
        self.subject = _subject(lines)
        rule = machine().parse(f"{_HEADS}  for each {self.subject}\n}}\n")[0][0]
        self.parts = parts_of(rule._replace(heads=(*rule.heads, *lines.loops)), self.maker)
        self.test: Test | None = None
        self.reach: Reach | None = None
        if lines.value:
            self.reach, _ = self.maker.value_of(lines.expression)
        else:
            self.test = self.maker.test_of(lines.expression)

    @property
    def faults(self) -> list[Diagnostic]:
        return self.maker.faults

    def answer(self, env: Environment, telling: Telling) -> Answer:
        """What it gives where its variables are these."""
        loops = [name for loop in self.parts.loops for name in loop.names]
        variables = tuple((name, telling.teller.words(env[name], telling.subject)) for name in loops)
        node = self.lines.expression
        with self.maker.recorder.frame(node) as frame:
            if self.test is not None:
                self.test(telling.ctx, env)
            elif self.reach is not None:
                value = self.reach(telling.ctx, env)
        if self.test is not None:
            return Answer(variables, telling.step("expect", node, frame.parts[0]))
        text = " ".join(self.file.text[node.start : node.end].split())
        state = state_of(value).value if value is not None else "silent"
        return Answer(variables, led=telling.teller.led(text, value, telling.subject), state=state)


def _subject(lines: _Lines) -> str:
    """The kind of thing of which something is asked: the first that a path begins with."""
    loops = [head.values[-1] for head in lines.loops]
    words = [word for path in loops for word in ([path] if isinstance(path, str) else _first_words(path))]
    for word in (*words, *_first_words(lines.expression)):
        if word in KIND_TYPES:
            return word
    return DEFAULT


def _first_words(node: Any) -> Iterator[str]:
    """The first words of paths to values; what stands behind `is` may be a term or a kind of thing."""
    if type(node) is tree.Path:
        yield node.words[0]
    elif type(node) is tree.Expression and node.kind in ("is", "contains"):
        yield from (value.words[0] for value in node.values if type(value) is tree.Path and len(value.words) > 1)
    elif isinstance(node, tuple):
        for part in node:
            yield from _first_words(part)


def _asked(made: _Made, at_hand: AtHand, options: CheckOptions, question: Question) -> tuple[list[Tried], int]:
    """The things that it was asked of, and how many more there are."""
    things = [
        (thing, reading)
        for reading in at_hand.readings
        for thing in reading.register.things
        if thing.kind in kinds_of(made.subject)
    ]
    wanted = _wanted([thing for thing, _ in things], question.of, made.subject)
    chosen = [
        (thing, reading)
        for thing, reading in things
        if (id(thing) in wanted if wanted is not None else _is_asked(thing, made.subject))
    ]
    found: list[Tried] = []
    for thing, reading in chosen[:MOST]:
        ctx = context_of(reading.register, thing, options.as_of)
        ctx.silence = question.silence
        teller = _teller(reading, at_hand.pages, question.quoted)
        telling = Telling(made.file, teller, thing, ctx)
        answers = []
        for env in islice(_choices(made.parts.loops, {made.parts.subject: thing}, ctx, [MOST_STEPS]), MOST):
            answers.append(made.answer(env, telling))
        title = f'{thing.kind} {thing.name} "{thing.title}"' if thing.title and question.quoted else ""
        words = Words(title or f"{thing.kind} {thing.name}", teller.words(thing, thing).span)
        found.append(Tried(thing.kind, thing.name, words, ctx.extent.value, tuple(answers)))
    return found, max(0, len(chosen) - MOST)


def _is_asked(thing: Thing, subject: str) -> bool:
    """Whether rules for this subject ask the thing itself: of activities, those that have none within."""
    return subject == "declaration" or not (thing.kind == "activity" and thing.activities)


def _teller(reading: Reading, pages: Pages, quoted: bool) -> Teller:
    """Says values in the words of a register, and of the pages of its notices."""

    def text_of(path: str) -> Source | None:
        return pages.draft(path) or (reading.parsed[path].source if path in reading.parsed else None)

    return Teller(text_of, lambda span: pages.place(span, True), quoted)


def _wanted(things: list[Thing], of: Sequence[str], subject: str) -> frozenset[int] | None:
    """The things that were named, by identity; None where none was."""
    if not of:
        return None
    found: set[int] = set()
    for word in of:
        meant = [id(thing) for thing in things if thing.name == word]
        if not meant:
            near = nearest_name(word, {thing.name for thing in things})
            hint = f"; did you mean `{near}`?" if near else ""
            raise WrongUse(f"no {subject} that was read is called `{word}`{hint}")
        found.update(meant)
    return frozenset(found)


def _choices(loops: Sequence[Loop], env: Environment, ctx: Context, left: list[int]) -> Iterator[Environment]:
    """Every choice of what the lines `for each` run over, as far as there is something `left` to look at."""
    if not loops:
        yield env
        return
    loop, *others = loops
    value = loop.reach(ctx, env) if loop.reach is not None else None
    members = value.members if type(value) is Values else tuple(atoms(value))
    for chosen in pairs_of(members, ctx) if len(loop.names) == 2 else ((member,) for member in members):
        left[0] -= 1
        if left[0] < 0:
            return
        yield from _choices(others, {**env, **dict(zip(loop.names, chosen, strict=True))}, ctx, left)


def _sources(at_hand: AtHand) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for reading in at_hand.readings:
        found.update({path: item.source for path, item in reading.parsed.items()})
        found.update({source.path: source for source in reading.register.notices.values()})
    found.update(at_hand.pages.sources())
    return found
