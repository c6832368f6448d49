"""The library: all packs with their rules and words, and the choice of rules among them.

A rule exists because its file exists: the folder of a pack is its registry, the folder below it
the topic, the file's name the rule's. Packs are read from their compiled form where it fits their
sources; examples stay in the sources and are read by `gdprlint.testing` alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdprlint import compiled, disk
from gdprlint.diagnostics import Diagnostic, Problem
from gdprlint.language import tree
from gdprlint.model.provisions import Provision, parse_query
from gdprlint.model.vocabulary import Vocabulary, term_data, term_of, vocabulary_data, vocabulary_of
from gdprlint.rules.declared import DECIDING, SAYING, declared, sound_parts
from gdprlint.rules.reference import CHECKS
from gdprlint.rules.rule import DEPRECATED, PREVIEW, Rule
from gdprlint.rules.running import Parts
from gdprlint.rules.stored import rule_data, rule_of, tree_data, tree_of
from gdprlint.text import Source
from gdprlint.values import evolve, field, frozen

if TYPE_CHECKING:
    from gdprlint import plugins
    from gdprlint.prose.hearing import Ear
    from gdprlint.rules import life

FORM = 12  # raise it when the compiled form of a pack changes


@frozen(slots=False)
class Pack:
    """One pack: where it comes from, and where its files are."""

    name: str
    folder: Path
    version: str = ""
    origin: str = ""
    prefixes: tuple[str, ...] = ()
    read: Callable[[], dict[str, Any]] = field(default=dict, repr=False, eq=False)

    @cached_property
    def data(self) -> dict[str, Any]:
        """What was read of its files; `rules`, `terms`, `faults`, `title` and the `digest` of them."""
        return self.read()

    @property
    def title(self) -> str:
        return str(self.data.get("title") or self.name)


@frozen(slots=False)
class Library:
    """All packs at hand. `faults` are diagnostics in rule files, `problems` what broke in plugins."""

    packs: tuple[Pack, ...]
    python: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()

    known: dict[str, Any] | None = field(default=None, repr=False, eq=False)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary_of(self._kept["vocabulary"])

    @cached_property
    def _words(self) -> Vocabulary:
        """The vocabulary as the packs themselves give it."""
        return Vocabulary(term_of(data) for pack in self.packs for data in pack.data["terms"])

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
            rule_of(known, partial(_parts_of, self, lines, 2 * number, known[0]))
            for number, known in enumerate(data["rules"])
        ]
        return tuple(rules), tuple(_fault(fault) for fault in data["faults"])

    def digest(self) -> str:
        """Hash of all that the checked rules depend on: the packs, and the model and the checker themselves."""
        digest = hashlib.sha256(_checker())
        for pack in self.packs:
            digest.update(f"\0{pack.name}\0{pack.data['digest']}".encode())
        return digest.hexdigest()

    def checked(self) -> dict[str, Any]:
        """Every rule typed against the model and the words of all packs, as JSON-ready data, with what is wrong.

        Two lines stand for each rule: what it asks, and what it says.
        """
        rules: list[Any] = []
        lines: list[str] = []
        faults: list[dict[str, Any]] = []
        for pack in self.packs:
            faults.extend(pack.data["faults"])
            for entry in pack.data["rules"]:
                source = Source(shown(pack.name, entry["path"]), "")
                node = tree.decode(entry["tree"])
                rule, wrong = declared(node, source, self._words, pack.name, entry["topic"])
                faults.extend(_fault_data(fault) for fault in wrong)
                if rule is not None:
                    rules.append(rule_data(evolve(rule, levels=tuple(entry["levels"]))))
                    lines += [tree_data(node, kinds) for kinds in (DECIDING, SAYING)]
        return {"rules": rules, "lines": lines, "faults": faults, "vocabulary": vocabulary_data(self._words)}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that can run, by pack and code."""
        owned = {pack.name for pack in self.packs}
        found = [
            *CHECKS,
            *self._declared[0],
            *(rule if rule.pack in owned else evolve(rule, pack=rule.pack or "plugin") for rule in self.python),
        ]
        return tuple(sorted(found, key=lambda rule: (rule.pack, code_key(rule.code))))

    @cached_property
    def ear(self) -> Ear:
        """The cues of all packs, ready to be heard in notices."""
        from gdprlint.prose.cues import cue_of
        from gdprlint.prose.hearing import ear_of

        digests = self.known["packs"] if self.known is not None else {}
        data = [pack_cues(pack, digests.get(pack.name)) for pack in self.packs]
        return ear_of(
            (cue_of(cue) for part in data for cue in part["cues"]),
            ((name, texts) for part in data for name, texts in part["wordings"]),
            self._places(),
        )

    def _places(self) -> dict[str, str]:
        """The key of each place of the vocabulary by its names, as words are folded."""
        found: dict[str, str] = {}
        for key, term in self.vocabulary.terms.items():
            if self.vocabulary.is_a(key, "place"):
                for name in (key, term.title, *term.also):
                    found.setdefault(name.casefold().replace("-", " ").removeprefix("the "), key)
        found.pop("", None)
        return found

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return self._declared[1]

    def find(self, query: str) -> list[Rule]:
        """The rules that a person means: by code, alias, name, topic, pack or provision (`art 9`)."""
        word, provision = query.strip(), _provision(query)
        return [rule for rule in self.rules if _meant(rule, word, provision)]

    @cached_property
    def former(self) -> dict[str, life.Former]:
        """The rules that were removed or will be, by code and by name; the first pack that names one has it."""
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
        wanted = [now for word in selected for now in self.today(word)]
        unwanted = [now for word in ignore for now in self.today(word)]
        meant, unmeant = self._all_meant(wanted), self._all_meant(unwanted)
        named = None if packs is None else {*packs, "core", "plugin"}
        rules = [rule for rule in self.rules if named is None or rule.pack in named]
        if not preview:
            rules = [r for r in rules if r.stage != PREVIEW or any(_named(r, word) for word in wanted)]
        return tuple(rule for rule in rules if (not selected or id(rule) in meant) and id(rule) not in unmeant)

    def _all_meant(self, words: Iterable[str]) -> set[int]:
        return {id(rule) for word in words for rule in self.find(word)}


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


def shown(pack: str, path: str) -> str:
    """How the place of a rule file is shown: below the name of its pack."""
    return f"{pack}/{path}"


def _parts_of(library: Library, lines: list[str], first: int, path: str) -> Parts:
    """What the judge of a rule that was found sound runs on."""

    def of_kinds(kinds: frozenset[str]) -> tree.Rule:
        return tree_of(lines[first if kinds == DECIDING else first + 1])

    return sound_parts(of_kinds, path, library.vocabulary)


@cache
def _checker() -> bytes:
    """What checks rules, as it stands: a change of it checks them all again."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *here.parent.glob("model/*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _fault_data(fault: Diagnostic) -> dict[str, Any]:
    span = [fault.span.path, fault.span.start, fault.span.end]
    return {"name": fault.name, "message": fault.message, "label": fault.label, "help": fault.help, "span": span}


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
        packs.append(read_pack(Pack(Path(disk.real(folder)).stem, folder, "", "local")))
    whole = [pack.name for pack in packs] == list(own) and all(pack.origin in ("core", "bundled") for pack in packs)
    return Library(tuple(packs), found.rules, found.problems, known if whole else None)


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


def pack_files(folder: Path) -> list[tuple[str, bytes]]:
    """The `.gdpr` files of a pack in order, with their paths below it; a pack may be one file."""
    if disk.is_file(folder):
        return [(folder.name, disk.read(folder))]
    found = []
    for path in map(Path, disk.below(folder, (".gdpr",), hidden=(".", "_"))):
        if path.suffix == ".gdpr" and not path.name.startswith("."):
            found.append((path.relative_to(folder).as_posix(), disk.read(path)))
    return sorted(found)


def pack_digest(files: list[tuple[str, bytes]]) -> str:
    from gdprlint.language import tables

    digest = hashlib.sha256(f"{FORM} {tables.digest()}".encode())
    for path, content in files:
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def compile_pack(name: str, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """The pack as JSON-ready data: its rules without their examples, its terms, and faults of syntax."""
    from gdprlint.language.reading import read
    from gdprlint.readers.terms import faults_of, terms_of

    rules: list[dict[str, Any]] = []
    terms: list[Any] = []
    faults: list[dict[str, Any]] = []
    title = ""
    for path, content in files:
        source = Source(shown(name, path), content.decode("utf-8", "replace").lstrip("\ufeff"))
        parsed = read(source)
        told = [*parsed.faults, *faults_of(parsed.tree, source.path)]
        if _has_cues(content):
            from gdprlint.prose.cues import faults_of as cue_faults

            told.extend(cue_faults(parsed.tree, source.path))
        faults.extend(map(_fault_data, told))
        terms.extend(term_data(term) for term in terms_of(parsed.tree, name))
        for item in parsed.tree.items:
            if type(item) is tree.Rule:
                rules.append(
                    {
                        "path": path,
                        "topic": path.partition("/")[0] if "/" in path else "",
                        "tree": tree.encode(without_examples(item)),
                        "levels": [
                            " ".join(source.text[head.start : head.end].split()[1:])
                            for head in item.heads
                            if type(head) is tree.Head and head.kind == "severity"
                        ][1:],
                    }
                )
            elif type(item) is tree.Declaration and item.kind.text == "pack":
                title = item.title or ""
    return {"rules": rules, "terms": terms, "faults": faults, "title": title}


def pack_cues(pack: Pack, digest: str | None = None) -> dict[str, Any]:
    """The cues and wordings of a pack, as JSON-ready data: kept apart, since only notices need them.

    `digest` is that of the pack where it is known to fit.
    """
    digest = digest or pack_digest(pack_files(pack.folder))
    name = f"cues-{pack.name}-{digest[:8]}" if pack.origin == "local" else f"cues-{pack.name}"
    return compiled.kept(name, digest, lambda: compile_cues(pack.name, pack_files(pack.folder)))


def compile_cues(name: str, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """The cues and wordings that the files of a pack declare."""
    from gdprlint.language.reading import read
    from gdprlint.prose import cues

    found: dict[str, Any] = {"cues": [], "wordings": []}
    for path, content in files:
        if _has_cues(content):
            parsed = read(Source(shown(name, path), content.decode("utf-8", "replace").lstrip("\ufeff")))
            found["cues"].extend(cues.cue_data(cue) for cue in cues.cues_of(parsed.tree, name))
            found["wordings"].extend(cues.wordings_of(parsed.tree))
    return found


def _has_cues(content: bytes) -> bool:
    return b"cue" in content or b"wording" in content


def without_examples(rule: tree.Rule) -> tree.Rule:
    heads = tuple(head for head in rule.heads if not (type(head) is tree.Head and head.kind == "example"))
    return rule._replace(heads=heads)
