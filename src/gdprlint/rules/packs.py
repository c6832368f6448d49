"""The library: all packs with their rules and words, and the choice of rules among them.

A rule exists because its file exists: the folder of a pack is its registry, the folder below it
the topic, the file's name the rule's. Packs are read from their compiled form where it fits their
sources (`packfiles`); examples stay in the sources and are read by `gdprlint.testing` alone.

It is long since a library is one value: its words, rules, changes and former codes follow from all packs together, each
worked out when it is first asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdprlint import compiled, disk
from gdprlint.diagnostics import Diagnostic, Problem
from gdprlint.language import tree
from gdprlint.model.provisions import Provision, parse_query
from gdprlint.model.vocabulary import Vocabulary, term_of, vocabulary_data, vocabulary_of
from gdprlint.rules.declared import DECIDING, SAYING, declared, sound_parts
from gdprlint.rules.packfiles import compile_cues, compile_pack, fault_data, pack_digest, pack_files, shown
from gdprlint.rules.reference import CHECKS
from gdprlint.rules.rule import DEPRECATED, PREVIEW, Judge, Rule
from gdprlint.rules.running import Parts
from gdprlint.rules.running import judge as judged
from gdprlint.rules.stored import rule_data, rule_of, tree_data, tree_of
from gdprlint.text import Source
from gdprlint.values import evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint import plugins
    from gdprlint.prose.hearing import Ear
    from gdprlint.rules import life
    from gdprlint.rules.changes import Change, Lines
    from gdprlint.rules.functions import Function
    from gdprlint.rules.requirements import Standing

FORMER_CODES = "former-codes.txt"


@frozen(slots=False)
class Pack:
    """One pack: where it comes from, and where its files are."""

    name: str
    folder: Path
    version: str = ""
    origin: str = ""
    prefixes: tuple[str, ...] = ()
    read: Callable[[], dict[str, Any]] = field(default=dict, repr=False, eq=False)
    cues: Callable[[], dict[str, Any]] = field(default=dict, repr=False, eq=False)

    @cached_property
    def data(self) -> dict[str, Any]:
        """What was read of its files; `rules`, `terms`, `faults`, `title` and the `digest` of them."""
        return self.read()

    @property
    def title(self) -> str:
        return str(self.data.get("title") or self.name)


@frozen
class Given:
    """A parameter of a rule that a configuration sets; `place` is where it does so."""

    code: str
    name: str
    kind: str
    value: str
    place: str


@frozen(slots=False)
class Library:
    """All packs at hand. `faults` are diagnostics in rule files, `problems` what broke in plugins."""

    packs: tuple[Pack, ...]
    python: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()

    known: dict[str, Any] | None = field(default=None, repr=False, eq=False)
    given: tuple[Given, ...] = ()
    """Parameters that a configuration sets; they count after what packs say of them."""
    lists: tuple[Pack, ...] = field(default=(), repr=False)
    """Words and cues that plugins have made by a program, each list as a pack without a folder."""
    functions: Mapping[str, Function] = field(factory=dict, repr=False, eq=False)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return self._with_functions(vocabulary_of(self._kept["vocabulary"]))

    @cached_property
    def _words(self) -> Vocabulary:
        """The vocabulary as the packs themselves give it, each after those that it requires, then lists."""
        from gdprlint.rules.extending import in_order

        left_out = self._terms_at_odds[0]
        terms = (
            term_of(data)
            for pack in (*in_order(self.packs, self.standing), *self.lists)
            for number, data in enumerate(pack.data["terms"])
            if (pack.name, number) not in left_out
        )
        return self._with_functions(Vocabulary(terms))

    @cached_property
    def standing(self) -> Standing:
        """Which packs each pack may speak of."""
        from gdprlint.rules.requirements import standing

        return standing(self.packs)

    @cached_property
    def _terms_at_odds(self) -> tuple[set[tuple[str, int]], list[Diagnostic]]:
        from gdprlint.rules.extending import term_faults

        return term_faults(self.packs, self.standing)

    def _with_functions(self, vocabulary: Vocabulary) -> Vocabulary:
        if self.functions:
            vocabulary.functions = self.functions
        return vocabulary

    @cached_property
    def _kept(self) -> dict[str, Any]:
        if self.known is not None:
            return self.known
        digest = self.digest()
        local = any(pack.origin == "local" for pack in self.packs)
        return compiled.kept(f"rules-{digest[:8]}" if local else "rules", digest, self.checked)

    @cached_property
    def _declared(self) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
        data = self._kept
        lines = data["lines"]
        rules = [
            rule_of(known, partial(_parts_of, self, lines, 2 * number, *known[:3]))
            for number, known in enumerate(data["rules"])
        ]
        return tuple(rules), tuple(_fault(fault) for fault in data["faults"])

    def digest(self) -> str:
        """Hash of all that the checked rules depend on: the packs, and the model and the checker themselves."""
        digest = hashlib.sha256(_checker())
        for pack in self.packs:
            about = [pack.name, pack.version, pack.origin, *pack.prefixes, pack.data["digest"]]
            digest.update("\0".join(["", *about]).encode())
        for rule in self.python:  # what packs say of them is checked, too
            about = [rule.code, rule.name, rule.pack, rule.severity.word, rule.stage, *sorted(rule.judges)]
            digest.update("\0".join(["", "python", *about, *sorted(rule.silence)]).encode())
        for one in self.lists:
            digest.update("\0".join(["", "list", one.name, one.data["digest"]]).encode())
        if self.functions:
            from gdprlint.rules.functions import signatures

            digest.update(signatures(self.functions).encode())
        return digest.hexdigest()

    def checked(self) -> dict[str, Any]:
        """Every rule typed against the model and the words of all packs, as JSON-ready data, with what is wrong.

        Two lines stand for each rule: what it asks, and what it says.
        """
        from gdprlint.rules import extending, overrides
        from gdprlint.rules.changes import change_data
        from gdprlint.rules.ownership import Owners

        owners = Owners(self.packs)
        rules: list[Any] = []
        lines: list[str] = []
        faults: list[dict[str, Any]] = []
        written: dict[str, overrides.Written] = {}
        for pack in self.packs:
            faults.extend(pack.data["faults"])
            for entry in pack.data["rules"]:
                source = Source(shown(pack.name, entry["path"]), "")
                node = tree.decode(entry["tree"])
                rule, wrong = declared(node, source, self._words, pack.name, entry["topic"])
                faults.extend(fault_data(fault) for fault in wrong)
                if rule is None:
                    continue
                clash = owners.claim(rule, node, pack)
                if clash is not None:
                    faults.append(fault_data(clash))
                    continue
                rule = evolve(rule, levels=tuple(entry["levels"]))
                rules.append(rule_data(rule))
                written[rule.code] = overrides.Written(rule, node, pack.name)
                lines += [tree_data(node, kinds) for kinds in (DECIDING, SAYING)]
        for rule in self.python:
            written.setdefault(rule.code, overrides.Written(rule, None, rule.pack or "plugin"))
        changes, wrong_changes = overrides.checked(self.packs, self.standing, written, self._words)
        faults.extend(fault for one in self.lists for fault in one.data["faults"])
        told = [
            *owners.faults,
            *self.standing.faults,
            *self._terms_at_odds[1],
            *extending.cue_faults(self.packs, self.standing),
            *wrong_changes,
        ]
        return {
            "rules": rules,
            "lines": lines,
            "faults": [*faults, *map(fault_data, told)],
            "vocabulary": vocabulary_data(self._words),
            "changes": [change_data(change) for change in changes],
        }

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that can run where all packs judge, by pack and code."""
        return self.as_judged(None)

    @cached_property
    def written(self) -> tuple[Rule, ...]:
        """Every rule as its own pack has it, by pack and code."""
        owned = {pack.name for pack in self.packs}
        found = [
            *CHECKS,
            *self._declared[0],
            *(rule if rule.pack in owned else evolve(rule, pack=rule.pack or "plugin") for rule in self.python),
        ]
        return tuple(sorted(self._with_former(found), key=lambda rule: (rule.pack, code_key(rule.code))))

    def _with_former(self, rules: list[Rule]) -> list[Rule]:
        """The rules, those that replace others with the codes of these; few packs have any."""
        if not any(disk.is_file(pack.folder / FORMER_CODES) for pack in self.packs):
            return rules
        from gdprlint.rules import life

        living = {rule.code for rule in rules}
        gone: dict[str, list[str]] = {}
        for one in dict.fromkeys(self._former_in_files.values()):
            for code in life.followed(one.code, self._former_in_files, living) if one.code not in living else ():
                gone.setdefault(code, []).append(one.code)
        return [evolve(rule, former=tuple(gone[rule.code])) if rule.code in gone else rule for rule in rules]

    @property
    def known_rules(self) -> tuple[Rule, ...]:
        """Every rule, and those that other packs replace, which run where these do not judge."""
        if not any(change.replaced_by for change in self.changes):
            return self.rules
        living = {rule.code for rule in self.rules}
        return (*self.rules, *(rule for rule in self.written if rule.code not in living))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What packs, and a configuration, make of rules of others, in the order in which it holds."""
        said = self._kept.get("changes")
        if not said and not self.given:
            return ()
        from gdprlint.rules.changes import change_of, given

        return (*map(change_of, said or ()), *map(given, self.given))

    @cached_property
    def _judged(self) -> dict[frozenset[str], tuple[Rule, ...]]:
        return {}

    def as_judged(self, packs: Iterable[str] | None) -> tuple[Rule, ...]:
        """The rules as they are where these packs judge (all, for None): what one of them changes is changed."""
        if not self.changes:
            return self.written
        from gdprlint.rules.changes import CONFIGURATION, changed

        named = {change.pack for change in self.changes}
        here = frozenset(named if packs is None else named.intersection((*packs, CONFIGURATION)))
        if here not in self._judged:
            of: dict[str, list[Change]] = {}
            gone: dict[str, tuple[str, ...]] = {}
            for change in self.changes:
                if change.pack in here:
                    of.setdefault(change.code, []).append(change)
            for rule in self.written:
                for code in {code for change in of.get(rule.code, ()) for code in change.replaced_by}:
                    gone[code] = (*gone.get(code, ()), rule.code, *rule.former)
            judged = (
                changed(rule, of[rule.code], *self._lines_of(rule)) if rule.code in of else rule
                for rule in self.written
                if not any(change.replaced_by for change in of.get(rule.code, ()))
            )
            self._judged[here] = tuple(
                evolve(rule, former=(*rule.former, *gone[rule.code])) if rule.code in gone else rule for rule in judged
            )
        return self._judged[here]

    def _lines_of(self, rule: Rule) -> tuple[Callable[[Lines], Judge] | None, Lines]:
        """What makes the judge of a declared rule of its lines, and these; None for one in Python."""
        number = self._numbers.get(rule.code)
        if number is None:
            return None, lambda kinds: tree_of("[-1]")
        return (
            lambda lines: partial(judged, sound_parts(lines, rule.place, self.vocabulary, f"{rule.code} {rule.name}")),
            partial(_lines, self._kept["lines"], 2 * number),
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {known[1]: number for number, known in enumerate(self._kept["rules"])}

    def with_parameters(self, given: Iterable[Given]) -> Library:
        """The library in which a configuration sets these parameters."""
        return evolve(self, given=tuple(given), known=self._kept)

    @cached_property
    def ear(self) -> Ear:
        """The cues of all packs, ready to be heard in notices."""
        from gdprlint.rules.ears import ear_of_all

        return ear_of_all(self)

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return self._declared[1]

    def find(self, query: str) -> list[Rule]:
        """The rules that a person means: by code, alias, name, topic, pack or provision (`art 9`)."""
        return _found(self.rules, query)

    @cached_property
    def former(self) -> dict[str, life.Former]:
        """The rules that were removed or will be, by code and by name; the first pack that names one has it."""
        from gdprlint.rules import life

        found: dict[str, life.Former] = {}
        for change in self.changes:
            if change.replaced_by:
                rule = next(rule for rule in self.written if rule.code == change.code)
                version = next((pack.version for pack in self.packs if pack.name == change.pack), "")
                why, by = change.told.why, change.pack
                one = life.Former(rule.code, rule.name, version, change.replaced_by, why, rule.pack, by)
                found.update({one.code: one, one.name: one})
        return {**self._former_in_files, **found}

    @cached_property
    def _former_in_files(self) -> dict[str, life.Former]:
        """Those of them that packs list as gone, or going."""
        from gdprlint.rules import life

        found: dict[str, life.Former] = {}
        for pack in self.packs:
            for one in life.read(pack.folder, pack.name, pack.prefixes)[0]:
                found.setdefault(one.code, one)
                found.setdefault(one.name, one)
        return found

    def today(self, word: str) -> tuple[str, ...]:
        """The words that mean today what this one means or once meant: for a code that is gone, those in its place."""
        if word == "syntax" or self.find(word):
            return (word,)
        former = self.former.get(word)
        if former is None:
            raise ValueError(f"no rule, pack, provision or topic is called `{word}`")
        from gdprlint.rules import life

        return life.followed(former.code, self.former, (rule.code for rule in self.rules))

    def former_today(self, word: str) -> tuple[str, ...]:
        """The codes in use today that stand for a rule that is gone; none where no rule was ever called so."""
        return self.today(word) if word in self.former else ()

    def notes(self, words: Iterable[str]) -> tuple[str, ...]:
        """What somebody should know who names rules that are gone, or will be."""
        named = [word for word in words if not self.find(word) or self._is_going(word)]
        if not named:
            return ()
        from gdprlint.rules import life

        return tuple(life.notes(named, self.former, (rule.code for rule in self.rules)))

    def _is_going(self, word: str) -> bool:
        return any(rule.stage == DEPRECATED and _named(rule, word) for rule in self.rules)

    def chosen(
        self, select: Iterable[str], ignore: Iterable[str], packs: Iterable[str] | None, preview: bool = False
    ) -> tuple[Rule, ...]:
        """The rules to judge by; ValueError names a word that chooses nothing.

        A rule in preview is judged by where `preview` asks for such rules, or where it is selected itself.
        """
        selected = list(select)
        # a rule that another pack replaces is meant itself where that pack does not judge
        wanted = [now for word in selected for now in (*self.today(word), word)]
        unwanted = [now for word in ignore for now in (*self.today(word), word)]
        meant, unmeant = self._all_meant(wanted), self._all_meant(unwanted)
        named = None if packs is None else {*packs, "core", "plugin"}
        rules = [rule for rule in self.as_judged(named) if named is None or rule.pack in named]
        if not preview:
            rules = [r for r in rules if r.stage != PREVIEW or any(_named(r, word) for word in wanted)]
        return tuple(rule for rule in rules if (not selected or rule.code in meant) and rule.code not in unmeant)

    def _all_meant(self, words: Iterable[str]) -> set[str]:
        return {rule.code for word in words for rule in _found(self.written, word)}


def _found(rules: Iterable[Rule], query: str) -> list[Rule]:
    word, provision = query.strip(), _provision(query)
    return [rule for rule in rules if _meant(rule, word, provision)]


def _named(rule: Rule, word: str) -> bool:
    """Whether the word means this rule and no other."""
    return word in (rule.code, rule.name) or word in rule.aliases


def _meant(rule: Rule, query: str, provision: Provision | None) -> bool:
    if query in (rule.code, rule.name, rule.pack, rule.topic) or query in rule.aliases:
        return True
    if provision is None or not provision.parts:
        return False
    cited = {*rule.cites, *(cite for window in rule.windows for cite in window.cites)}
    return any(provision.contains(Provision.parse(cite)) for cite in cited if cite)


def _provision(query: str) -> Provision | None:
    try:
        return parse_query(query)
    except ValueError:
        return None


def code_key(code: str) -> tuple[str, int]:
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :] or 0)


def _parts_of(library: Library, lines: list[str], first: int, path: str, code: str, name: str) -> Parts:
    """What the judge of a rule that was found sound runs on."""
    return sound_parts(partial(_lines, lines, first), path, library.vocabulary, f"{code} {name}")


def _lines(lines: list[str], first: int, kinds: frozenset[str]) -> tree.Rule:
    """What a rule asks, or what it says."""
    return tree_of(lines[first if kinds == DECIDING else first + 1])


@cache
def _checker() -> bytes:
    """What checks rules, as it stands: a change of it checks them all again."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *here.parent.glob("model/*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _fault(data: dict[str, Any]) -> Diagnostic:
    from gdprlint.diagnostics import Severity
    from gdprlint.text import Span

    return Diagnostic(
        "syntax", data["name"], Severity.ERROR, data["message"], Span(*data["span"]), data["label"], data["help"],
        pack="core", topic="syntax",
    )  # fmt: skip


# ---- reading packs


def load(local: Iterable[str] = ()) -> Library:
    """The library of what is installed and bundled, and of the local packs at these paths."""
    from gdprlint import plugins

    known = compiled.library()
    found = plugins.load(known=known["plugins"] if known else None)
    own = known["packs"] if known else {}
    packs = [_pack(pack, own.get(pack.name) if pack.origin in ("core", "bundled") else None) for pack in found.packs]
    for path in local:
        folder = Path(path)
        packs.append(_local(read_pack(Pack(Path(disk.real(folder)).stem, folder, "", "local"))))
    whole = [pack.name for pack in packs] == list(own) and all(pack.origin in ("core", "bundled") for pack in packs)
    lists = tuple(_listed(one) for one in (*found.words, *found.cues))
    functions: Mapping[str, Function] = {}
    if found.functions:
        from gdprlint.rules.functions import functions_of

        functions = functions_of(found.functions)
    python, odd = _rules(found)
    problems = (*found.problems, *odd, *_odd_lists(lists))
    kept = known if whole and not lists else None
    library = Library(tuple(packs), python, problems, kept, lists=lists, functions=functions)
    return _without_clashes(library) if python else library


def _odd_lists(lists: Iterable[Pack]) -> Iterator[Problem]:
    for one in lists:
        if one.data["rules"]:
            plugin, name = one.name.split("/")
            yield Problem(f"plugin {plugin}: its list {name} holds a rule; rules stand in the files of a pack")


def _without_clashes(library: Library) -> Library:
    """The library without rules in Python whose codes are those of others."""
    from gdprlint.rules.ownership import in_python

    kept, wrong = in_python(library.python, library._declared[0], library.packs)
    return evolve(library, python=kept, problems=(*library.problems, *wrong)) if wrong else library


def _local(pack: Pack) -> Pack:
    """A local pack with what its own `pack.gdpr` says of it."""
    data = pack.data
    return evolve(pack, version=data["edition"], prefixes=tuple(dict.fromkeys(row[0] for row in data["prefixes"])))


def _rules(found: plugins.Plugins) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    if not found.rules:
        return (), ()
    from gdprlint.rules.guarded import rules_of

    return rules_of(found.rules)


def _listed(found: plugins.Brought) -> Pack:
    """What a plugin has made by a program, as a pack of one file."""
    name = f"{found.plugin}/{found.value.name}"
    files = [(f"{found.value.name}.gdpr", found.value.text.encode("utf-8"))]
    digest = pack_digest(files)
    data = compiled.kept(
        f"list-{found.plugin}-{found.value.name}-{digest[:8]}", digest, lambda: compile_pack(found.plugin, files)
    )
    return Pack(
        name, Path(), origin="list", read=lambda: {**data, "digest": digest},
        cues=lambda: compile_cues(found.plugin, files),
    )  # fmt: skip


def _pack(found: plugins.LoadedPack, digest: str | None) -> Pack:
    """The pack, read when it is first asked for; `digest` where that of its compiled form is known to fit."""
    pack = Pack(found.name, found.folder, found.version, found.origin, found.prefixes)
    if digest is None:
        return read_pack(pack)
    return evolve(pack, read=lambda: compiled.kept(f"pack-{pack.name}", digest, lambda: _compiled(pack)))


def read_pack(pack: Pack) -> Pack:
    """The pack with its rules and terms, from the compiled form where that fits the sources."""
    files = pack_files(pack.folder)
    digest = pack_digest(files)
    name = f"pack-{pack.name}-{digest[:8]}" if pack.origin == "local" else f"pack-{pack.name}"
    data = compiled.kept(name, digest, lambda: compile_pack(pack.name, files))
    return evolve(pack, read=lambda: data)


def _compiled(pack: Pack) -> dict[str, Any]:
    return compile_pack(pack.name, pack_files(pack.folder))
