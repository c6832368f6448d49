"""Functions that conditions of declared rules call: what they take, and what they are handed and give back.

A function of a plugin sees plain values of Python and only such as are known; nothing that it does reaches the model or
another rule. What it raises is noted in the context and cannot be told, and the run goes on. Same arguments, same
answer: so it is asked once for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gdprlint.model.amounts import Amount
from gdprlint.model.states import State
from gdprlint.model.things import Item, Thing, Values
from gdprlint.model.vocabulary import Vocabulary
from gdprlint.patience import Patience
from gdprlint.rules import agreement, types
from gdprlint.rules.closures import Environment, Reach
from gdprlint.rules.reach import atoms, state_of, unknown
from gdprlint.rules.rule import Context
from gdprlint.rules.truth import Value
from gdprlint.rules.types import Type
from gdprlint.rules.wording import words_of
from gdprlint.values import define, field

if TYPE_CHECKING:
    from gdprlint.plugins import Brought

LONGEST = 2_000  # characters of a value that a function is handed
_MOST_KNOWN = 10_000  # answers that are remembered
_LIST = "list of "
RESULTS = {
    "words": types.WORDS, "term": types.TERM, "truth": types.TRUTH,
    "date": types.DATE, "amount": types.AMOUNT, "number": types.NUMBER,
}  # fmt: skip


@define(eq=False)
class Function:
    """A function of a plugin; `answers` are those it gave so far, `patience` what they took."""

    name: str
    takes: tuple[str, ...]
    gives: str
    says: str
    plugin: str
    call: Callable[..., Any]
    answers: dict[tuple[Any, ...], Any] = field(factory=dict)
    patience: Patience = field(factory=Patience)


def functions_of(found: Iterable[Brought]) -> dict[str, Function]:
    """The functions that plugins bring, by name."""
    return {
        one.value.name: Function(
            one.value.name, one.value.takes, one.value.gives, one.value.says, one.plugin, one.value.call
        )
        for one in found
    }


def signatures(functions: Mapping[str, Function]) -> str:
    """What the checking of a rule depends on."""
    return "".join(f"\0{one.name}({', '.join(one.takes)}) {one.gives}" for _, one in sorted(functions.items()))


def takes(kind: Type, wanted: str) -> bool:
    """Whether a value of this type can stand where a function takes what is `wanted`."""
    plain = wanted.removeprefix(_LIST)
    if plain == "words":
        return kind.base in ("thing", "clause", "value", "words")
    if plain == "term":
        slot = types.slot_of(kind)
        return kind == types.TERM or (slot is not None and bool(slot.roots))
    return plain in types.comparable(kind)


def constant(key: str) -> Reach:
    """A term that stands for itself."""
    item = _item("word", key)
    return lambda ctx, env: item


_UNKNOWN = Values((), State.CANNOT_TELL)


class _Broke(str):
    """What was wrong with an answer."""


def called(function: Function, reaches: list[Reach], rule: str) -> Reach:
    """The way to what the function gives; `rule` is who asks."""

    def call(ctx: Context, env: Environment) -> Value:
        arguments: list[Any] = []
        unsaid: Value = None
        for reach, wanted in zip(reaches, function.takes, strict=True):
            value = reach(ctx, env)
            if not atoms(value):
                if not isinstance(value, Values) or state_of(value) in (State.DEFERRED, State.CANNOT_TELL):
                    return _UNKNOWN
                unsaid = value if unsaid is None else unsaid
                continue
            known = _taken(ctx, value, wanted)
            if known is None:
                return _UNKNOWN
            arguments.append(known)
        if unsaid is not None:
            return unsaid
        answer = _answer(function, tuple(arguments), ctx.register.names.vocabulary)
        if function.patience.is_over:
            _note(ctx, function, "", f"{function.patience.said}, the last of it in rule {rule}")
        if type(answer) is _Broke:
            _note(ctx, function, rule, f"broke in rule {rule}: {answer}")
            return _UNKNOWN
        return answer

    return call


def _note(ctx: Context, function: Function, rule: str, what: str) -> None:
    if ctx.troubles is not None:
        told = f"plugin {function.plugin}: its function {function.name} {what}"
        ctx.troubles.setdefault(f"{function.name} {rule}", told)


def _answer(function: Function, arguments: tuple[Any, ...], vocabulary: Vocabulary) -> Value:
    known = function.answers.get(arguments)
    if known is None:
        if len(function.answers) >= _MOST_KNOWN:
            function.answers.clear()
        known = function.answers[arguments] = _asked(function, arguments, vocabulary)
    return known


def _asked(function: Function, arguments: tuple[Any, ...], vocabulary: Vocabulary) -> Value:
    try:
        with function.patience:
            found = function.call(*arguments)
        return _UNKNOWN if found is None else _value(found, function.gives, vocabulary)
    except (Exception, SystemExit) as error:  # the guard around a function: it may be anybody's
        return _Broke(f"{type(error).__name__}: {error}")


# ---- from values of the model to those of Python


def _taken(ctx: Context, value: Value, wanted: str) -> Any:
    """What the function is handed for a value; None where that is not known."""
    found = atoms(value)
    if isinstance(value, Values) and (value.unread or (value.either and len(found) > 1)):
        return None
    plain = [_plain(ctx, atom, wanted.removeprefix(_LIST)) for atom in found]
    if any(one is None for one in plain):
        return None
    if wanted.startswith(_LIST):
        return tuple(plain)
    return plain[0] if len(plain) == 1 else None


def _plain(ctx: Context, atom: Any, wanted: str) -> Any:
    if isinstance(atom, Item) and (atom.adverb is not None or atom.bound is not None):
        return None  # it may be this, or more or less of it
    if wanted == "words":
        return words_of(atom)[:LONGEST]
    if wanted == "term":
        return _term(ctx, atom)
    found = agreement.comparable(atom)
    kinds: dict[str, type] = {"date": date, "amount": Amount, "number": int}
    return found if isinstance(found, kinds[wanted]) else None


def _term(ctx: Context, atom: Any) -> str | None:
    """The term that a value is; of what is declared, the one that its declaration says it is."""
    thing = atom.thing if isinstance(atom, Item) else atom if isinstance(atom, Thing) else None
    if thing is not None:
        listed = thing.tails.get("is")
        if listed is None or len(listed.members) != 1 or not isinstance(listed.members[0], Item):
            return None
        atom = listed.members[0]
    if not isinstance(atom, Item) or atom.thing is not None or atom.kind != "word" or unknown(ctx, atom):
        return None
    return str(atom.value)


# ---- and back


def _value(found: Any, gives: str, vocabulary: Vocabulary) -> Value:
    kinds: dict[str, type] = {"date": date, "amount": Amount, "number": int, "truth": bool}
    if (
        not isinstance(found, kinds.get(gives, str))
        or (gives == "number" and isinstance(found, bool))
        or isinstance(found, datetime)
    ):
        raise TypeError(f"it gave {type(found).__name__}, not {gives}")
    if gives == "words":
        return _item("quote", str(found)[:LONGEST])
    if gives == "term":
        key = vocabulary.canonical(str(found))
        if key is None:
            raise ValueError(f"it gave {str(found)[:100]!r}, which is no term")
        return _item("word", key)
    return found


def _item(kind: str, text: str) -> Item:
    return Item(kind, text, text if kind == "quote" else None, None, None, None, 0, 0)
