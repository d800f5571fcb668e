"""Sources that are wrong in one way each, for whatever indicators a framework has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dti_core.conformance.cases import COLUMNS, as_source
from dti_core.conformance.drawing import Field, unit_code
from dti_core.models import Indicator
from dti_core.numbers import ONE, to_short_decimal
from dti_core.rules import FactType
from dti_core.sources import Source

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A wrong source: what is wrong with it, and the fields of which a refusal names one."""

    name: str
    fields: tuple[str, ...]
    source: Source


def spoilt(ground: Field) -> Iterator[Spoilt]:
    """Make every kind of wrong source that a framework can be given."""
    leaf = ground.leaves[0][1]
    right = _row(ground, leaf, points="0")
    yield Spoilt("an empty file", ("unit", "indicator"), Source("empty.csv"))
    yield _renamed("a heading that is misspelt", right)
    yield _wrong("a row without a unit", ("unit",), right | {"unit": ""})
    yield _wrong("an unknown indicator", ("indicator",), right | {"indicator": "không có"})
    yield _wrong("the same fact twice", ("indicator",), right, right)
    above = to_short_decimal(leaf.max_points + ONE)
    yield _wrong("points above the maximum", ("points",), right | {"points": above})
    yield _wrong("points below zero", ("points",), right | {"points": "-1"})
    yield _wrong("text for points", ("points",), right | {"points": "mười"})
    for measures, cells in _values().items():
        of_type = [each for _, each in ground.leaves if each.rule.accepts == measures]
        for name, wrong in cells.items() if of_type else ():
            row = _row(ground, of_type[0], **wrong)
            yield _wrong(f"{name} ({of_type[0].code})", ("value", "denominator"), row)


def _values() -> dict[FactType, dict[str, Cells]]:
    """Return wrong values by what a rule measures."""
    return {
        FactType.NUMBER: {"text for a number": {"value": "mười"}, "below zero": {"value": "-1"}},
        FactType.SHARE: {
            "text for a share": {"value": "một nửa"},
            "a share below zero": {"value": "-1", "denominator": "2"},
            "a share above one": {"value": "3", "denominator": "2"},
            "a percentage above a hundred": {"value": "101"},
        },
        FactType.YES_NO: {"a number for yes or no": {"value": "7"}},
        FactType.DATE: {"a day that does not exist": {"value": "31/02/2024"}},
    }


def _row(ground: Field, leaf: Indicator, **cells: str) -> dict[str, str]:
    group = next(iter(leaf.groups or ground.groups))
    of_unit = {"unit": unit_code(1)} | ({"group": group} if group else {})
    return of_unit | {"indicator": leaf.code} | cells


def _wrong(name: str, fields: tuple[str, ...], *rows: Cells) -> Spoilt:
    return Spoilt(name, fields, as_source(rows))


def _renamed(name: str, row: Cells) -> Spoilt:
    """Write the column ``indicator`` under a name that is not quite it."""
    columns = ["indikator" if each == "indicator" else each for each in COLUMNS]
    renamed = {("indikator" if each == "indicator" else each): row[each] for each in row}
    return Spoilt(name, ("indicator", "indikator"), as_source([renamed], columns=columns))
