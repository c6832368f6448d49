"""Loading plugins: each on its own, and a broken one breaks nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gdprlint import plugins
from gdprlint.plugins import Plugins

Install = Callable[..., None]

BUNDLED = ["gdprlint_dpa_2018", "gdprlint_mrs_code", "gdprlint_statistics_code", "gdprlint_uk_gdpr"]
PACK = """\
from pathlib import Path
from gdprlint.api import RulePack, hookimpl

@hookimpl
def gdprlint_rule_packs():
    return [RulePack({name!r}, Path(__file__).parent, prefixes={prefixes!r})]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a plugin of one module, as a package installer would leave it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    loaded = set(sys.modules)

    def put(module: str, code: str, *, entry: str = "", version: str = "2.5") -> None:
        (site / f"{module}.py").write_text(code, encoding="utf-8")
        info = site / f"{module}-{version}.dist-info"
        info.mkdir()
        name = module.replace("_", "-")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[gdprlint]\n{entry or module} = {module}\n", encoding="utf-8")

    yield put
    for name in set(sys.modules) - loaded:
        if not name.startswith("gdprlint."):
            del sys.modules[name]


def load(**environ: str) -> Plugins:
    return plugins.load(environ)


def names(found: Plugins) -> list[str]:
    return [plugin.name for plugin in found.plugins]


def problems(found: Plugins) -> list[str]:
    return [problem.message for problem in found.problems]


def test_the_bundled_plugins_and_the_core_pack_are_there() -> None:
    found = load()

    assert problems(found) == []
    assert names(found) == BUNDLED
    assert [(pack.name, pack.origin, pack.prefixes) for pack in found.packs] == [
        ("core", "core", ("REC",)),
        ("dpa-2018", "bundled", ("DPA",)),
        ("mrs-code", "bundled", ("MRS",)),
        ("statistics-code", "bundled", ("STA",)),
        ("uk-gdpr", "bundled", ("UK", "UKD", "UKP", "UKS")),
    ]
    assert all(pack.folder.is_dir() for pack in found.packs)


def test_an_installed_plugin_is_found(install: Install) -> None:
    install("gdprlint_acme", PACK.format(name="acme", prefixes=("ACME",)))
    found = load()

    assert problems(found) == []
    assert names(found) == ["gdprlint_acme", *BUNDLED]
    acme = found.packs[1]
    assert (acme.name, acme.version, acme.origin, acme.prefixes) == ("acme", "2.5", "installed", ("ACME",))
    assert found.plugins[0].hooks == ("gdprlint_rule_packs",)


def test_rules_in_python_are_handed_on(install: Install) -> None:
    install(
        "gdprlint_acme",
        "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rules():\n    return ['a rule']\n",
    )

    assert [(plugin, value) for plugin, value in load().rules] == [("gdprlint_acme", "a rule")]


def test_installed_plugins_are_not_looked_for_when_a_wheel_is_built(install: Install) -> None:
    install("gdprlint_acme", PACK.format(name="acme", prefixes=("ACME",)))

    assert names(plugins.load({}, installed=False)) == BUNDLED


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import a_module_that_nobody_has", "could not be loaded: ModuleNotFoundError"),
        ("def (", "could not be loaded: SyntaxError"),
        ("raise SystemExit(0)", "could not be loaded: SystemExit"),
        (
            "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rules(x): ...",
            "could not be loaded: PluginVal",
        ),
        (
            "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rules(): 1 / 0",
            "gdprlint_rules broke: ZeroDiv",
        ),
        (
            "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rules(): return 7",
            "gdprlint_rules broke: Type",
        ),
        (
            "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rule_packs(): return ['acme']",
            "gave str, not RulePack",
        ),
        (PACK.format(name="acme", prefixes=()), "gdprlint_rule_packs broke: ValueError: prefixes"),
        (PACK.format(name="acme", prefixes=("Acme",)), "gdprlint_rule_packs broke: ValueError: prefixes"),
        (PACK.format(name="Acme Ltd", prefixes=("ACME",)), "a pack is named by one hyphenated word"),
        (
            PACK.format(name="acme", prefixes=("ACME",)).replace(".parent", ".parent / 'nowhere'"),
            "the folder of its pack acme does not exist",
        ),
    ],
)
def test_a_broken_plugin_is_named_and_breaks_nothing_else(install: Install, code: str, told: str) -> None:
    install("gdprlint_broken", code)
    install("gdprlint_sound", PACK.format(name="sound", prefixes=("SOUND",)))
    found = load()

    (problem,) = problems(found)
    assert problem.startswith("plugin gdprlint_broken: ")
    assert told in problem
    assert [pack.name for pack in found.packs] == [
        "core",
        "sound",
        "dpa-2018",
        "mrs-code",
        "statistics-code",
        "uk-gdpr",
    ]


def test_what_a_broken_plugin_says_steers_no_terminal(install: Install) -> None:
    install("gdprlint_broken", "raise RuntimeError('\\x1b[2J\\nsecond line')")

    assert problems(load()) == [
        "plugin gdprlint_broken: it could not be loaded: RuntimeError: \\u001b[2J\\u000asecond line"
    ]


def test_a_misspelt_hook_is_met_with_a_guess(install: Install) -> None:
    install(
        "gdprlint_acme",
        "from gdprlint.api import hookimpl\n@hookimpl\ndef gdprlint_rule_pack(): return []\n",
    )
    found = load()

    assert problems(found) == [
        "plugin gdprlint_acme: gdprlint has no hook gdprlint_rule_pack; did you mean gdprlint_rule_packs?"
    ]
    assert found.plugins[0].hooks == ()


def test_a_hook_of_a_later_version_may_be_marked_optional(install: Install) -> None:
    install(
        "gdprlint_acme",
        "from gdprlint.api import hookimpl\n@hookimpl(optionalhook=True)\ndef gdprlint_later(): return []\n",
    )

    assert problems(load()) == []


def test_a_prefix_belongs_to_one_pack(install: Install) -> None:
    install("gdprlint_acme", PACK.format(name="acme", prefixes=("ACME", "REC")))
    found = load()

    assert problems(found) == ["the packs core and acme both own codes that begin with REC; acme was not loaded"]
    assert "acme" not in [pack.name for pack in found.packs]


def test_a_prefix_is_whole(install: Install) -> None:
    install("gdprlint_acme", PACK.format(name="acme", prefixes=("R", "RECS")))

    assert problems(load()) == []


def test_a_name_belongs_to_one_pack(install: Install) -> None:
    install("gdprlint_acme", PACK.format(name="core", prefixes=("ACME",)))

    assert problems(load()) == ["two packs are called core; only the first was loaded"]


def test_an_installed_plugin_stands_in_for_the_bundled_one(install: Install) -> None:
    install("gdprlint_uk_gdpr", PACK.format(name="uk-gdpr", prefixes=("UK",)))
    found = load()

    assert problems(found) == []
    assert [(pack.origin, pack.version) for pack in found.packs if pack.name == "uk-gdpr"] == [("installed", "2.5")]


def test_the_bundled_plugin_is_used_where_the_installed_one_is_broken(install: Install) -> None:
    install("gdprlint_uk_gdpr", "import a_module_that_nobody_has")
    found = load()

    assert len(found.problems) == 1
    assert [pack.origin for pack in found.packs if pack.name == "uk-gdpr"] == ["bundled"]


def test_two_installed_plugins_of_one_name_are_one_too_many(install: Install) -> None:
    install("gdprlint_a", PACK.format(name="a", prefixes=("AAA",)), entry="acme")
    install("gdprlint_b", PACK.format(name="b", prefixes=("BBB",)), entry="ACME")

    assert problems(load()) == ["two installed plugins are called acme; only the first was loaded"]


@pytest.mark.parametrize(
    ("limit", "loaded"),
    [
        ("uk-gdpr", ["gdprlint_uk_gdpr"]),
        ("gdprlint-uk-gdpr, gdprlint_mrs_code", ["gdprlint_mrs_code", "gdprlint_uk_gdpr"]),
        ("", []),
    ],
)
def test_loading_can_be_limited(limit: str, loaded: list[str]) -> None:
    found = load(GDPRLINT_PLUGINS=limit)

    assert problems(found) == []
    assert names(found) == loaded
    assert found.packs[0].name == "core"


def test_a_limit_that_names_no_plugin_is_met_with_a_guess() -> None:
    found = load(GDPRLINT_PLUGINS="uk-gpdr")

    assert problems(found) == ["no plugin is called uk-gpdr; did you mean uk-gdpr?"]
    assert names(found) == []


def test_a_plugin_that_is_left_out_is_not_even_imported(install: Install) -> None:
    install("gdprlint_broken", "raise RuntimeError")

    assert problems(load(GDPRLINT_PLUGINS="uk-gdpr")) == []


def test_the_metadata_of_packages_is_read_only_where_there_is_a_plugin() -> None:
    source = Path(plugins.__file__).parents[1]
    code = "import sys; from gdprlint import plugins; plugins.load({}); print('importlib.metadata' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )

    assert (done.stdout, done.stderr) == ("False\n", "")
