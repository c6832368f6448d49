"""`gdprlint new`: what is written is sound, and what is there is never touched."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from gdprlint import __version__
from gdprlint.authoring import writing

Cli = Callable[..., tuple[int, str, str]]
PACK = Path("gdprlint-acme", "src", "gdprlint_acme")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def everything(folder: Path) -> list[str]:
    """All that is in a folder but its `.git`: hidden files and folders too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".git" not in path.parts)


# ---- a pack


def test_a_pack_is_written_and_the_next_steps_are_told(gdprlint: Cli, tmp_path: Path) -> None:
    code, out, err = gdprlint("new", "pack", "acme")

    assert (code, err) == (0, "")
    assert files(tmp_path / "gdprlint-acme") == [
        ".github/workflows/test.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "README.md",
        "pyproject.toml",
        "src/gdprlint_acme/__init__.py",
        "src/gdprlint_acme/cast.gdpr",
        "src/gdprlint_acme/pack.gdpr",
    ]
    assert out == (
        "Wrote gdprlint-acme, the pack acme, whose codes begin with ACME.\n"
        "Next:\n"
        "  pip install --editable ./gdprlint-acme\n"
        "  gdprlint new rule ACME001 what-is-wrong --pack gdprlint-acme\n"
        "  gdprlint test acme\n"
    )


def test_what_is_written_can_be_read_by_what_reads_it(gdprlint: Cli, tmp_path: Path) -> None:
    gdprlint("new", "pack", "house-rules", "--title", "Rules of the house", "--prefix", "HOUSE")
    folder = tmp_path / "gdprlint-house-rules"

    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["name"] == "gdprlint-house-rules"
    assert project["project"]["entry-points"] == {"gdprlint": {"gdprlint_house_rules": "gdprlint_house_rules"}}
    assert project["project"]["dependencies"] == [f"gdprlint-uk>={'.'.join(__version__.split('.')[:2])}"]
    for name in (".github/workflows/test.yml", ".pre-commit-config.yaml"):
        assert yaml.safe_load((folder / name).read_text("utf-8"))
    assert not [name for name in files(folder) if re.search(r"@[A-Z]+@", (folder / name).read_text("utf-8"))]
    assert 'pack house-rules "Rules of the house"' in (folder / "src/gdprlint_house_rules/pack.gdpr").read_text("utf-8")
    assert 'prefixes = ("HOUSE",)' in (folder / "src/gdprlint_house_rules/__init__.py").read_text("utf-8")


def test_what_is_written_is_in_canonical_form_and_without_fault(gdprlint: Cli) -> None:
    gdprlint("new", "pack", "acme")

    assert gdprlint("fmt", "--check", "gdprlint-acme") == (0, "", "")
    assert gdprlint("test", f"./{PACK.as_posix()}")[:2] == (
        0, "0 rules, 0 examples: all passed, and every condition is noticed.\n",
    )  # fmt: skip


def test_a_plain_pack_is_a_folder_that_the_configuration_names(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "gdprlint.toml").touch()
    (tmp_path / "rules").mkdir()
    code, out, _ = gdprlint("new", "pack", "house", "--plain", "--into", "rules")

    assert code == 0
    assert files(tmp_path / "rules" / "house") == ["README.md", "cast.gdpr", "pack.gdpr"]
    (line,) = re.findall(r"^  (local-packs = .*)$", out, re.M)
    assert line == 'local-packs = ["rules/house"]'
    (tmp_path / "gdprlint.toml").write_text(f"{line}\n", "utf-8")
    (tmp_path / "record.gdpr").write_text("activity a { purpose research }\n", "utf-8")
    assert "house" in gdprlint("check", ".", "--exit-zero")[1].splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Acme",), "`Acme` cannot be the name of a pack: words in small letters with hyphens between"),
        (("../acme",), "`../acme` cannot be the name of a pack"),
        (("a/b",), "`a/b` cannot be the name of a pack"),
        (("a b",), "`a b` cannot be the name of a pack"),
        (("acme-",), "`acme-` cannot be the name of a pack"),
        (("4u",), "`4u` cannot be the name of a pack"),
        (("",), "`` cannot be the name of a pack"),
        (("é",), "`é` cannot be the name of a pack"),
        (("a\nb",), "`a\\u000ab` cannot be the name of a pack"),
        (("\x1b[2J",), "`\\u001b[2J` cannot be the name of a pack"),
        (("a" * 500,), "`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...` cannot be the name"),
        (("core",), "`core` means something else to gdprlint; choose another name"),
        (("uk",), "`uk` means something else to gdprlint; choose another name"),
        (("gdprlint-uk",), "`uk` means something else to gdprlint; choose another name"),
        (("uk-gdpr",), "there is a pack `uk-gdpr` already (bundled); choose another name"),
        (("mrs",), "codes that begin with MRS belong to the pack mrs-code; say another prefix with `--prefix`"),
        (("a1",), "`A` cannot be a prefix: two to twelve capital letters; say one with `--prefix`"),
        (("acme", "--prefix", "Acme"), "`Acme` cannot be a prefix: two to twelve capital letters"),
        (("acme", "--prefix", "REC"), "codes that begin with REC belong to the pack core"),
        (("acme", "--title", 'a "title"'), "a title is at most 60 characters, without"),
        (("acme", "--title", "a\nb"), "a title is at most 60 characters, without"),
        (("acme", "--title", " "), "a title is at most 60 characters, without"),
        (("acme", "--into", "nowhere"), "there is no folder `nowhere`; nothing was written"),
    ],
)
def test_a_pack_that_cannot_be_is_refused_in_one_line(
    gdprlint: Cli, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = gdprlint("new", "pack", *arguments)

    assert (code, out) == (2, "")
    assert err.startswith(f"gdprlint: {told}")
    assert err.count("\n") == 1
    assert everything(tmp_path) == []


@pytest.mark.parametrize("there", ["folder", "file", "link to nothing", "link to a folder"])
def test_what_is_there_is_never_touched(gdprlint: Cli, tmp_path: Path, there: str) -> None:
    target = tmp_path / "gdprlint-acme"
    match there:
        case "folder":
            target.mkdir()
        case "file":
            target.write_text("mine", "utf-8")
        case "link to nothing":
            target.symlink_to("nowhere")
        case _:
            (tmp_path / "elsewhere").mkdir()
            target.symlink_to("elsewhere")
    before = everything(tmp_path)

    assert gdprlint("new", "pack", "acme") == (
        2, "", "gdprlint: gdprlint-acme is there already; nothing was written\n",
    )  # fmt: skip
    assert everything(tmp_path) == before
    if there == "link to a folder":
        assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_folder_that_may_not_be_written_to_is_told(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)

    code, out, err = gdprlint("new", "pack", "acme", "--into", "closed")
    assert (code, out) == (2, "")
    assert err == "gdprlint: closed/gdprlint-acme: Permission denied; nothing was written\n"


@pytest.mark.parametrize("after", [0, 1, 5, 8])
def test_a_pack_is_there_as_a_whole_or_not_at_all(
    gdprlint: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The disk is full after some files."""
    written = 0
    write_text = Path.write_text

    def full(self: Path, *arguments: str, **named: str) -> int:
        nonlocal written
        if written >= after:
            raise OSError(28, "No space left on device")
        written += 1
        return write_text(self, *arguments, **named)

    monkeypatch.setattr(Path, "write_text", full)

    assert gdprlint("new", "pack", "acme") == (
        2, "", "gdprlint: gdprlint-acme: No space left on device; nothing was written\n",
    )  # fmt: skip
    assert everything(tmp_path) == []


def test_nothing_is_left_behind_where_somebody_stops_it(
    gdprlint: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stopped)

    assert gdprlint("new", "pack", "acme")[0] == 130
    assert everything(tmp_path) == []


# ---- a rule


@pytest.fixture
def pack(gdprlint: Cli, tmp_path: Path) -> Path:
    """The folder of a pack that was just written."""
    gdprlint("new", "pack", "acme")
    return tmp_path / PACK


def test_a_rule_is_written_with_the_lines_that_it_needs(gdprlint: Cli, pack: Path) -> None:
    code, out, err = gdprlint("new", "rule", "ACME001", "kept-too-long", "--topic", "storage")

    assert (code, err) == (0, "")
    assert out == (
        "Wrote gdprlint-acme/src/gdprlint_acme/storage/kept-too-long.gdpr.\n"
        "Fill in its lines, and have its examples run:\n"
        "  gdprlint test gdprlint-acme/src/gdprlint_acme\n"
    )
    assert gdprlint("fmt", "--check", "gdprlint-acme") == (0, "", "")
    code, told, _ = gdprlint("test", "--format", "concise", "gdprlint-acme/src/gdprlint_acme")
    assert code == 1
    assert re.findall(r"ACME001 (.*)", told) == [
        "has no `title`, has no `why`, has no `cites`, has no `says`, neither narrows nor expects anything",
    ]


@pytest.mark.parametrize(
    "stand", [".", "gdprlint-acme", "gdprlint-acme/src", PACK.as_posix(), f"{PACK.as_posix()}/storage"]
)
def test_the_pack_is_the_one_that_somebody_stands_in(
    gdprlint: Cli, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand: str
) -> None:
    (pack / "storage").mkdir()
    monkeypatch.chdir(tmp_path / stand)

    assert gdprlint("new", "rule", "ACME001", "kept-too-long", "--topic", "storage")[0] == 0
    assert (pack / "storage" / "kept-too-long.gdpr").is_file()


def test_a_pack_beside_the_folders_above_is_none_that_somebody_stands_in(
    gdprlint: Cli, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path / "notes")

    code, out, err = gdprlint("new", "rule", "ACME001", "x")
    assert (code, out) == (2, "")
    assert err.startswith("gdprlint: there is no pack here; `gdprlint new pack NAME` begins one")


def test_of_several_packs_one_must_be_named(gdprlint: Cli, pack: Path, tmp_path: Path) -> None:
    gdprlint("new", "pack", "house", "--plain")

    assert gdprlint("new", "rule", "HOUSE001", "x") == (
        2, "", f"gdprlint: there are several packs here: {PACK.as_posix()}, house; say which with `--pack`\n",
    )  # fmt: skip
    assert gdprlint("new", "rule", "HOUSE001", "x", "--pack", "house")[0] == 0
    assert (tmp_path / "house" / "general" / "x.gdpr").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ACME001", "another"), "`ACME001` is taken by a rule in storage/first.gdpr"),
        (("ACME010", "another"), "`ACME010` is taken by a rule in storage/first.gdpr"),
        (("ACME002", "first"), "`first` is taken by a rule in storage/first.gdpr"),
        (("ACME007", "another"), "`ACME007` is taken by a rule that was there before (former-codes.txt)"),
        (("ACME008", "an-old-one"), "`an-old-one` is taken by a rule that was there before (former-codes.txt)"),
        (("ACME002", "retention-missing"), "`retention-missing` is taken by a rule of the pack uk-gdpr"),
        (("UK001", "another"), "codes of the pack acme begin with ACME, and UK001 does not"),
        (("ACMES1", "another"), "codes of the pack acme begin with ACME, and ACMES1 does not"),
        (("acme002", "another"), "`acme002` cannot be a code: capital letters and a number, such as ACME001"),
        (("ACME", "another"), "`ACME` cannot be a code"),
        (("ACME002\n", "another"), "`ACME002\\u000a` cannot be a code"),
        (("ACME002", "Another"), "`Another` cannot be the name of a rule"),
        (("ACME002", "../another"), "`../another` cannot be the name of a rule"),
        (("ACME002", "a" * 100), "`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...` cannot be the name"),
        (("ACME002", "another", "--topic", ".."), "`..` cannot be a topic"),
        (("ACME002", "another", "--topic", "a/b"), "`a/b` cannot be a topic"),
        (("ACME002", "another", "--topic", "cues"), "`cues` cannot be a topic"),
        (("ACME002", "another", "--pack", "nowhere"), "there is no folder `nowhere`"),
        (("ACME002", "another", "--pack", "gdprlint-acme/.github"), "there is no pack in `gdprlint-acme/.github`"),
        (("ACME002", "another", "--topic", "out"), f"{PACK.as_posix()}/out: it is a link that leads out of the pack"),
        (("ACME002", "another", "--topic", "file"), f"{PACK.as_posix()}/file/another.gdpr: "),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_one_line(
    gdprlint: Cli, pack: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (pack / "storage").mkdir()
    (pack / "storage" / "first.gdpr").write_text("rule ACME001 first {\n  also ACME010\n}\n", "utf-8")
    (pack / "former-codes.txt").write_text("ACME007 | an-old-one | 0.2 | - | it is gone\n", "utf-8")
    (pack / "out").symlink_to(tmp_path)
    (pack / "file").write_text("", "utf-8")
    before = everything(tmp_path)

    code, out, err = gdprlint("new", "rule", *arguments)

    assert (code, out) == (2, "")
    assert err.startswith(f"gdprlint: {told}")
    assert err.count("\n") == 1
    assert everything(tmp_path) == before


def test_a_link_that_leads_nowhere_is_not_written_through(gdprlint: Cli, pack: Path, tmp_path: Path) -> None:
    (pack / "storage").mkdir()
    (pack / "storage" / "linked.gdpr").symlink_to(tmp_path / "nowhere.gdpr")

    code, out, err = gdprlint("new", "rule", "ACME002", "linked", "--topic", "storage")
    assert (code, out) == (2, "")
    assert err == f"gdprlint: {PACK.as_posix()}/storage/linked.gdpr: No such file or directory\n"
    assert not (tmp_path / "nowhere.gdpr").exists()


def test_a_pack_that_does_not_say_its_prefix_is_told(gdprlint: Cli, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "pack.gdpr").write_text("pack house\n", "utf-8")

    assert gdprlint("new", "rule", "HOUSE001", "x") == (
        2, "", "gdprlint: house/pack.gdpr does not say which prefix the codes of the pack have\n",
    )  # fmt: skip


def test_a_rule_file_is_there_as_a_whole_or_not_at_all(
    gdprlint: Cli, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when its text is written."""
    before = everything(tmp_path)
    opened = Path.open

    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None: ...

        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    def full(self: Path, mode: str = "r", *arguments: object, **named: object) -> object:
        if mode != "x":
            return opened(self, mode, *arguments, **named)  # type: ignore[call-overload]  # whatever was asked
        self.touch(exist_ok=False)
        return Full()

    monkeypatch.setattr(Path, "open", full)
    code, _, err = gdprlint("new", "rule", "ACME001", "x", "--topic", "fresh")

    assert (code, err) == (
        2, f"gdprlint: {PACK.as_posix()}/fresh/x.gdpr: No space left on device; nothing was written\n",
    )  # fmt: skip
    assert everything(tmp_path) == before


def test_the_templates_come_along_in_the_package() -> None:
    assert {file.name for file in writing.TEMPLATES.iterdir()} == {"pack", "plain", "rule.gdpr.in"}
