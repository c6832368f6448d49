"""Generated records, for properties that must hold of any: needs hypothesis, which the extra `testing` brings.

    @given(registers())
    def test_no_register_is_too_long_for_my_rule(written): ...

`registers` are whole registers without a fault, whatever they say; `files` are any sentences of the language, rules
among them, in order or not. `careless` lays a text out as somebody in a hurry does, `damaged` breaks it somewhere.
"""

from __future__ import annotations

from gdprlint.testing.extra import needed

needed("hypothesis", "gdprlint.testing.strategies")

from gdprlint.testing.strategies.damage import damaged  # noqa: E402  # the message comes before what needs the library
from gdprlint.testing.strategies.layout import careless  # noqa: E402
from gdprlint.testing.strategies.registers import Written, register_by, registers  # noqa: E402
from gdprlint.testing.strategies.rules import files  # noqa: E402
from gdprlint.testing.strategies.sentences import records  # noqa: E402

__all__ = ["Written", "careless", "damaged", "files", "records", "register_by", "registers"]
