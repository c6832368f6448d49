"""Registers that do almost everything wrong: between them they set off every rule that ships.

The examples of a rule show that it works alone. Here it has to be heard among all the others: in a
whole register, on a day of its own, beside rules that it yields to. What each register sets off
stands in `codes.txt` beside it, a code on each line, and the day that it is judged on in dates.toml.

After a change that is meant, renew the lists with `python tests/worst/test_worst.py` and read the diff.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdprlint.cli import main
from gdprlint.diagnostics import Report
from gdprlint.engine import CheckOptions, check
from gdprlint.rules.packs import code_key, load

HERE = Path(__file__).parent
DAYS: dict[str, date] = tomllib.loads((HERE / "dates.toml").read_text(encoding="utf-8"))
REGISTERS = sorted(mark.parent.name for mark in HERE.glob("*/gdprlint.toml"))
SHIPPED = ("core", "uk-gdpr", "dpa-2018", "mrs-code", "statistics-code")

# Rules that no register can set off, each with a reason that its user would accept.
EXCEPTED: dict[str, str] = {
    "REC011": "it is told of a page that is judged by itself, which belongs to no register",
    **{
        f"REC{number:03}": "it is told of an exception, when a register has been judged; tests/exceptions has it"
        for number in range(12, 19)
    },
}


@cache
def report(register: str) -> Report:
    return check([str(HERE / register)], CheckOptions(as_of=DAYS[register], preview=True))


def codes(register: str) -> list[str]:
    return sorted({finding.code for finding in report(register).findings}, key=code_key)


def test_every_register_has_its_day() -> None:
    assert sorted(DAYS) == REGISTERS


def test_every_rule_that_ships_is_set_off_by_some_register() -> None:
    shipped = {rule.code: rule.name for rule in load().rules if rule.pack in SHIPPED}
    heard = {code for register in REGISTERS for code in codes(register)}
    silent = [f"{code} {name}" for code, name in shipped.items() if code not in heard | set(EXCEPTED)]
    unknown = sorted(heard - set(shipped))

    assert not silent, "no register sets off:\n  " + "\n  ".join(silent)
    assert not unknown, f"no rule that ships has the code {', '.join(unknown)}"
    assert set(EXCEPTED) <= set(shipped) - heard, "an exception is no longer needed"


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_sets_off_what_is_listed_beside_it(register: str) -> None:
    listed = (HERE / register / "codes.txt").read_text(encoding="utf-8").split()
    found = codes(register)
    new, gone = [code for code in found if code not in listed], [code for code in listed if code not in found]

    assert found == listed, f"new: {new}, gone: {gone}; if this is meant: python tests/worst/test_worst.py"


@pytest.mark.parametrize("register", REGISTERS)
def test_no_rule_breaks_on_a_register_however_bad(register: str) -> None:
    assert report(register).problems == ()


def test_the_registers_stand_in_canonical_form() -> None:
    result = CliRunner().invoke(main, ["fmt", "--check", str(HERE)])

    assert result.exit_code == 0, result.output


if __name__ == "__main__":
    for name in REGISTERS:
        (HERE / name / "codes.txt").write_text("\n".join(codes(name)) + "\n", encoding="utf-8")
