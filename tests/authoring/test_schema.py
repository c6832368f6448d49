"""`gdprlint schema`: what a rule can ask is what the checker of rules lets it ask."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gdprlint.authoring import schema
from gdprlint.model import meanings
from gdprlint.model.register import DERIVED_FIELDS
from gdprlint.model.table import DECLARATIONS, SLOTS, VERBS
from gdprlint.rules import types
from gdprlint.rules.types import Type

Cli = Callable[..., tuple[int, str, str]]
ENTRIES = schema.entries()


def test_every_word_of_the_tables_has_its_line() -> None:
    assert list(meanings.VERBS) == list(VERBS)
    assert set(meanings.DECLARATIONS) == set(DECLARATIONS)
    assert set(meanings.SLOTS) == set(SLOTS)
    for kind, fields in DERIVED_FIELDS.items():
        assert set(fields) <= {*meanings.DERIVED[""], *meanings.DERIVED[kind]}, kind


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.what} {entry.name}")
def test_an_entry_has_the_fields_that_a_rule_can_ask_for(entry: schema.Entry) -> None:
    kind = {
        "thing": lambda: types.KIND_TYPES[entry.name],
        "clause": lambda: Type("clause", (entry.name,)),
        "value": lambda: types.of_slot(entry.name) if entry.name in SLOTS else Type(entry.name),
    }[entry.what]()

    assert {field.name for field in entry.fields} == {
        name for name in types.fields(kind) if not name.startswith("never-")
    }
    assert entry.says
    assert all(field.says and field.type for field in entry.fields)


def test_everything_is_listed_with_a_line_on_each(gdprlint: Cli) -> None:
    code, out, err = gdprlint("schema")

    assert (code, err) == (0, "")
    assert "  lawful basis          the basis in Article 6\n" in out
    assert "functions  plus(date, amount) -> date, minus(date, amount) -> date\n" in out
    assert "lookalikes" not in out, "what stands in packs is no matter of a rule"


def test_a_thing_is_shown_with_its_fields(gdprlint: Cli) -> None:
    code, out, _ = gdprlint("schema", "event")

    assert code == 0
    assert out == (
        "event (a thing): something that happens, from which or until which time is counted\n"
        "\n"
        "field           holds             is\n"
        "by              party             behind `by`: somebody: a body, a team or a group of people\n"
        "on              date              behind `on`: a day, such as `2026-06-19`\n"
        "every           amount            behind `every`: an amount of time, such as `24 months`\n"
        "possibly-never  flag              whether `possibly never` stands there\n"
        "also            text              behind `also`: words, or something that was declared\n"
        "document        record or notice  the record or notice in whose block or file it stands\n"
        "mentioned       flag              stated where its name is used anywhere, none where it is only declared\n"
        "clauses         clauses           every clause that holds for it, whatever it says\n"
        "denied          clauses           "
        "clauses that deny something of which another clause with their verb speaks, too\n"
        "own             clauses           the clauses of its own block\n"
    )


@pytest.mark.parametrize("word", ["lawful basis", "lawful-basis", "Lawful  Basis"])
def test_a_clause_is_found_however_it_is_written(gdprlint: Cli, word: str) -> None:
    assert gdprlint("schema", word)[1].startswith("lawful basis (a clause): ")


def test_a_clause_and_a_type_of_one_name_are_both_shown(gdprlint: Cli) -> None:
    out = gdprlint("schema", "purpose")[1]

    assert out.startswith("purpose (a clause): ")
    assert "\npurpose (a value): a purpose\n  a name of  activity\n  a term of  purpose\n  own words  yes\n" in out


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("activity.keeps.for", "activity.keeps.for (a value): amount: "),
        ("activity.keeps", "activity.keeps (a clause): keeps clauses: "),
        ("activity.recipients.in", "activity.recipients.in (a value): place: "),
        ("activity.own", "activity.own (a clause): clauses: "),
        ("activity.document", "activity.document (a thing): record or notice: "),
        ("keeps.until", "keeps.until (a value): moment: "),
        ("activity.notices.activities.outer", "activity.notices.activities.outer (a thing): activity: "),
        ("activity.at", "a"),
    ],
)
def test_a_path_leads_to_what_it_holds(gdprlint: Cli, path: str, told: str) -> None:
    code, out, err = gdprlint("schema", path)

    assert out.startswith(told) or (code == 2 and err == "gdprlint: an activity has no field `at`\n")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("activty", "gdprlint: the model has no `activty`; did you mean `activity`?\n"),
        ("activity.kepes", "gdprlint: an activity has no field `kepes`; did you mean `keeps`?\n"),
        ("acitvity.keeps", "gdprlint: `acitvity` is no kind of thing and no clause; did you mean `activity`?\n"),
        ("", "gdprlint: the model has no ``; `gdprlint schema` lists what it has\n"),
        ("\x1b[2J", "gdprlint: the model has no `\\u001b[2J`; `gdprlint schema` lists what it has\n"),
        (".", "gdprlint: `` is no kind of thing and no clause\n"),
    ],
)
def test_what_is_not_there_is_met_with_a_guess(gdprlint: Cli, word: str, told: str) -> None:
    assert gdprlint("schema", word) == (2, "", told)


def test_programs_get_the_same(gdprlint: Cli) -> None:
    whole = json.loads(gdprlint("schema", "--format", "json")[1])
    (keeps,) = json.loads(gdprlint("schema", "keeps", "--format", "json")[1])["entries"]

    assert keeps in whole["entries"]
    assert whole["states"] == ["stated", "hedged", "none", "blank", "deferred", "silent"]
    assert (keeps["what"], keeps["stands_in"], keeps["about"]) == ("clause", ["activity", "document"], "data")
    says = "what it is about: data, by their name or by what they hold"
    assert keeps["fields"][0] == {"name": "data", "of": "about", "type": "data", "says": says}
