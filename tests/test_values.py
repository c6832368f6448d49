"""Values mean what attrs means by them: each statement here is made of both."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from gdprlint import values


@attrs.frozen
class AttrsPoint:
    x: int
    y: int = 0
    seen: list[int] = attrs.field(factory=list, eq=False, repr=False)


@values.frozen
class Point:
    x: int
    y: int = 0
    seen: list[int] = values.field(factory=list, eq=False, repr=False)


@values.frozen(slots=False)
class LoosePoint:
    x: int
    y: int = 0
    seen: list[int] = values.field(factory=list, eq=False, repr=False)


@attrs.define(eq=False)
class AttrsBox:
    held: list[int] = attrs.field(factory=list)
    count: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.count = len(self.held)


@values.define(eq=False)
class Box:
    held: list[int] = values.field(factory=list)
    count: int = values.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.count = len(self.held)


POINTS = pytest.mark.parametrize("made", [AttrsPoint, Point, LoosePoint])
BOXES = pytest.mark.parametrize("made", [AttrsBox, Box])
evolve: dict[Any, Callable[..., Any]] = {
    AttrsPoint: attrs.evolve, Point: values.evolve, LoosePoint: values.evolve,
}  # fmt: skip


@POINTS
def test_values_are_equal_by_the_fields_that_count(made: Any) -> None:
    assert made(1, seen=[1]) == made(1, 0)
    assert hash(made(1, seen=[1])) == hash(made(1, 0))
    assert made(1) != made(2)
    assert made(1) != (1, 0)


@POINTS
def test_values_do_not_change(made: Any) -> None:
    point = made(1)

    with pytest.raises(AttributeError):
        point.x = 2
    with pytest.raises(AttributeError):
        del point.x
    assert point.x == 1


@POINTS
def test_a_value_shows_its_fields(made: Any) -> None:
    assert repr(made(1, 2)) == f"{made.__name__}(x=1, y=2)"


@POINTS
def test_a_default_that_is_made_is_made_for_each(made: Any) -> None:
    assert made(1).seen is not made(1).seen


@POINTS
def test_what_is_missing_or_not_known_is_told(made: Any) -> None:
    with pytest.raises(TypeError):
        made()
    with pytest.raises(TypeError):
        made(1, z=2)


@POINTS
def test_a_value_comes_out_of_a_copy_as_it_went_in(made: Any) -> None:
    point = made(1, 2, [3])

    for other in (pickle.loads(pickle.dumps(point)), copy.copy(point), copy.deepcopy(point)):
        assert other == point
        assert other.seen == [3]


@POINTS
def test_evolving_changes_only_what_is_named(made: Any) -> None:
    point = made(1, 2, [3])

    assert evolve[made](point, y=5) == made(1, 5)
    assert evolve[made](point, y=5).seen is point.seen
    assert point.y == 2


@POINTS
def test_the_fields_are_the_places_of_a_pattern(made: Any) -> None:
    match made(1, 2):
        case made(x, y):
            assert (x, y) == (1, 2)


@BOXES
def test_what_is_set_after_the_fields_can_use_them(made: Any) -> None:
    assert made([1, 2]).count == 2


@BOXES
def test_what_may_change_is_itself_alone(made: Any) -> None:
    box = made()
    box.held = [1]

    assert box.held == [1]
    assert box != made([1])
    assert box in {box}


@pytest.mark.parametrize("made", [AttrsPoint, Point, AttrsBox, Box])
def test_there_is_no_room_for_what_is_no_field(made: Any) -> None:
    assert not hasattr(made([1]), "__dict__")
