"""What must be true of a rule and its examples, of a cue and its sentences, and of a pack as a whole.

Each `bad` must give exactly one finding of its rule and nothing else, each `good` none. Every `where`, every `expect`
and every part of them must be asked by some example, and be missed by one where it is left out. Each check stands by
itself, so that each can be a test of its own (`collecting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from attrs import frozen

from gdprlint.diagnostics import Diagnostic, Severity
from gdprlint.fixing.texts import edited
from gdprlint.language import tree
from gdprlint.language.printer import format_source
from gdprlint.language.reading import Parsed, read
from gdprlint.prose.cues import CueExample, additions_of, cues_of, examples_of
from gdprlint.rules.declared import declared
from gdprlint.rules.packfiles import pack_files, shown
from gdprlint.rules.packs import Library, load
from gdprlint.rules.rule import Rule
from gdprlint.testing import examples as cases
from gdprlint.testing.conditions import Condition, conditions, unreached
from gdprlint.testing.examples import Example, RuleCase, judged, parsed_file, rule_cases
from gdprlint.testing.failures import Failure, Place, failed, placed
from gdprlint.text import Source, Span

KINDS = ("bad", "good")
BROKEN = Diagnostic("broken", "broken", Severity.ERROR, "broke", Span("", 0, 0))


def check_case(case: RuleCase, library: Library) -> list[Failure]:
    """What is wrong with one rule and its examples; conditions that no example notices or asks among it."""
    failures = [*faults_of(case)]
    if case.faults or case.rule is None:
        return failures
    failures.extend(filter(None, (check_example(case, example, library) for example in case.examples)))
    if not failures:
        failures.extend(filter(None, (check_fix(case, example, library) for example in mended(case))))
        failures.extend(unmended(case, library))
        failures.extend(filter(None, (check_condition(case, one, library) for one in conditions(case.node))))
        failures.extend(check_reached(case, library))
    return failures


def faults_of(case: RuleCase) -> Iterator[Failure]:
    """What keeps a rule from running; else where its file is misnamed, or has no example of a kind."""
    code = case.node.code.text
    if case.faults or case.rule is None:
        for _, faults in groupby(case.faults, lambda fault: (fault.span, fault.label, fault.help)):
            yield placed(code, case.source, _together(f"rule {code} ", list(faults)))
        return
    name, stem = case.node.name, Path(case.file).stem
    if stem != name.text and case.source.text and case.topic:
        yield failed(
            code, f"is called `{name.text}` and stands in `{stem}.gdpr`", case.source,
            Span(case.source.path, name.start, name.end), help=f"call one of them as the other: `{name.text}.gdpr`",
        )  # fmt: skip
    for kind in KINDS:
        if not any(example.kind == kind for example in case.examples):
            yield failed(
                code, f"has no `{kind}` example", case.source, Span(case.source.path, name.start, name.end),
                help=f"write `{kind} {{ … }}`: what it {'reports' if kind == 'bad' else 'lets pass'}",
            )  # fmt: skip


def _together(head: str, faults: list[Diagnostic]) -> Diagnostic:
    """Faults of one place, as one: a rule that has just been begun lacks several lines."""
    said = [fault.message.removeprefix(head) for fault in faults]
    return faults[0].evolve(message=", ".join(said))


# ---- examples


def check_example(case: RuleCase, example: Example, library: Library) -> Failure | None:
    """What is wrong with one example of a rule that can run."""
    assert case.rule is not None
    try:
        found = judged(example, [case.rule], case.cast, library)
    except AssertionError as error:
        return failed(case.rule.code, str(error), example.source, example.head, line=example.line)
    wrong = complaint(example, found, case.rule.code)
    if not wrong:
        return None
    from gdprlint.testing.explaining import explained

    return explained(case, example, wrong, found, library)


def complaint(example: Example, found: list[Diagnostic], code: str) -> str:
    """What is wrong with what an example gives; nothing where it shows what it should."""
    own = [f for f in found if f.code == code]
    others = [f for f in found if f.code != code]
    if others:
        return f"`{example.kind}` example: {others[0].code} {others[0].message}" + (
            f" ({others[0].help})" if others[0].help else ""
        )
    if example.kind == "bad" and len(own) != 1:
        said = "; ".join(f.message for f in own)
        return f"`bad` example gives {len(own)} findings, not one" + (f": {said}" if said else "")
    if example.kind == "good" and own:
        return f"`good` example is reported: {own[0].message}"
    if own and ("  " in own[0].message or "{" in own[0].message):
        return f"the message has a hole: {own[0].message}"
    return ""


# ---- conditions


def check_condition(case: RuleCase, condition: Condition, library: Library) -> Failure | None:
    """Leave out the condition: where no example misses it, it is not tested."""
    rule, _ = declared(condition.without, case.source, library.vocabulary, case.pack, case.topic)
    if rule is None:
        return None  # without it the rule cannot be made at all: something is sure to notice
    if any(complaint(e, _judged_quietly(e, rule, case, library), rule.code) for e in case.examples):
        return None
    return failed(
        rule.code, f"no example notices when {condition.what} is left out", case.source,
        Span(case.source.path, condition.start, condition.end), "left out, it changes no example",
        "write an example in which it alone decides, or leave it out",
    )  # fmt: skip


def _judged_quietly(example: Example, rule: Rule, case: RuleCase, library: Library) -> list[Diagnostic]:
    try:
        return judged(example, [rule], case.cast, library)
    except AssertionError:
        return [BROKEN]


def check_reached(case: RuleCase, library: Library) -> Iterator[Failure]:
    """What of the conditions of a rule no example asks, so that nothing shows what it does."""
    for span in unreached(case, library):
        said = " ".join(case.source.slice(span).split())
        yield failed(
            case.node.code.text, f"no example comes to `{said}`", case.source, span, "never asked",
            "write an example that what stands before it does not decide",
        )  # fmt: skip


# ---- fixes


def mended(case: RuleCase) -> list[Example]:
    """The examples that the `fix` of the rule is tried on."""
    fixes = any(type(head) is tree.Head and head.kind == "fix" for head in case.node.heads)
    return [example for example in case.examples if example.kind == "bad"] if fixes else []


def check_fix(case: RuleCase, example: Example, library: Library) -> Failure | None:
    """Apply the fix of the rule to a `bad`, where it has one: it must be clean then, and in canonical form."""
    assert case.rule is not None
    edits = [e for f in judged(example, [case.rule], case.cast, library) for fix in f.fixes[:1] for e in fix.edits]
    wrong = _after_fix(case, example, edited(case.source.text, edits), library) if edits else ""
    if not wrong:
        return None
    spot = edits[0].span
    return failed(
        case.rule.code, wrong, example.source, example.head,
        places=[Place(spot, f"`{edits[0].text}` is put here" if edits[0].text else "this is taken out")],
        line=example.line,
    )  # fmt: skip


def unmended(case: RuleCase, library: Library) -> Iterator[Failure]:
    """A `fix` that answers none of the `bad` examples."""
    tried = mended(case)
    if case.rule is None or not tried:
        return
    if not any(f.fixes for example in tried for f in judged(example, [case.rule], case.cast, library)):
        fix = next(head for head in case.node.heads if type(head) is tree.Head and head.kind == "fix")
        yield failed(
            case.rule.code, "no `bad` example can be mended by its `fix`", case.source,
            Span(case.source.path, fix.start, fix.end),
        )  # fmt: skip


def _after_fix(case: RuleCase, example: Example, text: str, library: Library) -> str:
    """What is wrong with an example after the fix, the text being that of its whole file."""
    assert case.rule is not None
    source = Source(case.source.path, text)
    node = next(
        item for item in read(source).tree.items if type(item) is tree.Rule and item.code.text == case.node.code.text
    )
    again = list(cases.examples_of(node, source, case.rule))[case.examples.index(example)]
    left = judged(again, [case.rule], case.cast, library)
    if left:
        return f"the `fix` leaves {left[0].code}: {left[0].message}"
    if format_source(source)[0] != text and format_source(case.source)[0] == case.source.text:
        return "what the `fix` writes is not in canonical form"
    return ""


# ---- cues


@frozen
class CueFile:
    """The cues of one file of a pack, with their sentences; `added` are those of others that it adds to."""

    source: Source
    cues: tuple[str, ...]
    examples: tuple[CueExample, ...]
    pack: str
    added: tuple[str, ...] = ()


def cue_files(packs: Iterable[str] = (), library: Library | None = None) -> list[CueFile]:
    """The files of these packs (all, where none is named) that declare cues, read from their sources."""
    library = library or load()
    names = set(packs)
    found: list[CueFile] = []
    for pack in library.packs:
        for path, content in pack_files(pack.folder) if not names or pack.name in names else ():
            file = cues_in(parsed_file(pack.name, path, content), pack.name) if b"cue" in content else None
            if file is not None:
                found.append(file)
    return found


def cues_in(parsed: Parsed, pack: str) -> CueFile | None:
    """The cues of one file; None where it declares none."""
    listed = tuple(cue.name for cue in cues_of(parsed.tree, pack))
    added = tuple(cue.name for cue in additions_of(parsed.tree, pack))
    if not listed and not added:
        return None
    return CueFile(parsed.source, listed, tuple(examples_of(parsed.tree)), pack, added)


def check_cues(file: CueFile, library: Library) -> list[Failure]:
    """What is wrong with the cues of one file."""
    few = [failure for name in (*file.cues, *file.added) for failure in check_cue(file, name)]
    known = {cue.name for cue in library.ear.cues}
    heard = (check_sentence(file, example, library) for example in file.examples if example.cue in known)
    return [*few, *filter(None, heard)]


def check_cue(file: CueFile, name: str) -> list[Failure]:
    """Whether a cue has enough sentences of both kinds; what is added to one must be shown by some sentence."""
    from gdprlint.prose.trial import too_few

    start = max(file.source.text.find(f"cue {name}"), 0)
    span = Span(file.source.path, start, start + len(f"cue {name}"))
    if name in file.added:
        if any(example.cue == name for example in file.examples):
            return []
        return [failed(name, "is added to, and no sentence under `accepts` or `rejects` shows it", file.source, span)]
    return [failed(name, few.message, file.source, span) for few in too_few((name,), file.examples)]


def check_sentence(file: CueFile, example: CueExample, library: Library) -> Failure | None:
    """Whether a cue is heard, or not heard, in a sentence as that says."""
    from gdprlint.prose.trial import misheard

    for wrong in misheard((example,), library.ear):
        line, _ = file.source.position(wrong.start)
        end = file.source.line_starts[line] - 1 if line < len(file.source.line_starts) else len(file.source.text)
        span = Span(file.source.path, wrong.start, max(wrong.start, end))
        label = "it must be heard here" if example.accepts else "it must not be heard here"
        return failed(wrong.cue, wrong.message, file.source, span, label)
    return None


# ---- packs


def other_faults(library: Library, packs: Iterable[str], cases: Iterable[RuleCase]) -> Iterator[Failure]:
    """Faults in the files of these packs that are none of a rule: of words, cues, or between packs."""
    known = {(fault.span, fault.message) for case in cases for fault in case.faults}
    wanted = set(packs)
    for pack in library.packs:
        if wanted and pack.name not in wanted:
            continue
        own = [fault for fault in library.faults if fault.span.path.startswith(f"{pack.name}/")]
        if any((fault.span, fault.message) not in known for fault in own):
            sources = {shown(pack.name, path): (path, content) for path, content in pack_files(pack.folder)}
            for fault in own:
                if (fault.span, fault.message) not in known and fault.span.path in sources:
                    yield placed("", parsed_file(pack.name, *sources[fault.span.path]).source, fault)


def check_pack(name: str) -> list[str]:
    """What is wrong with the rules of a pack, a line each; empty where all is well."""
    from gdprlint.testing.overriding import check_override, override_cases

    library = load()
    failures = [str(failure) for case in rule_cases([name], library) for failure in check_case(case, library)]
    overrides = override_cases([name], library)
    return [
        *failures,
        *(str(failure) for case in overrides for failure in check_override(case, library)),
        *(f"{fault.span.path}: {fault.message}" for fault in library.faults if fault.span.path.startswith(name + "/")),
    ]


def goods_by_all(library: Library, cases: Iterable[RuleCase] | None = None) -> Iterator[Failure]:
    """Every `good` judged by all packs: an error that the example does not list is a failure.

    Rules in preview are left out, as in an ordinary run.
    """
    rules = [rule for rule in library.rules if rule.stage != "preview"]
    for case in cases if cases is not None else rule_cases((), library):
        yield from goods_by(rules, case, library)


def goods_by(
    rules: list[Rule], case: RuleCase, library: Library, least: Severity = Severity.ERROR
) -> Iterator[Failure]:
    """The `good` examples of a rule judged by these rules: findings as grave as this that an example does not list."""
    for example in case.examples:
        if example.kind == "good":
            for found in judged(example, rules, case.cast, library):
                if found.severity >= least and found.code not in example.besides:
                    yield failed(
                        case.node.code.text, f"`good` gives {found.code}: {found.message}", example.source, found.span,
                        found.label, f"mend the example, or say `good also {found.code} {{ … }}`", line=example.line,
                    )  # fmt: skip
