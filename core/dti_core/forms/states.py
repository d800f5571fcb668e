"""What stands in a row, as a formula: one number that every other formula of the row asks.

It says what core's checks would say of the row, so that whoever fills it in sees it at once; the
checks themselves are made when the form comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Final

from dti_core.collecting.parsing import largest
from dti_core.forms.answers import Answer
from dti_core.messages import current_language, text
from dti_core.models import Framework, Indicator
from dti_core.numbers import to_short_decimal
from dti_core.rules import FactType, ZeroDenominator

At = Mapping[str, str]
"""The cells of a row by the keys of their columns."""


class State(IntEnum):
    """What a row holds; everything from ``LONELY_WHOLE`` on is a fault."""

    EMPTY = 0
    MEASURED = 1
    AWARDED = 2
    LEFT_OUT = 3
    OWN_MAXIMUM = 4
    LONELY_WHOLE = 5
    BOTH = 6
    WRONG_VALUE = 7
    WRONG_WHOLE = 8
    ABOVE_WHOLE = 9
    ZERO_WHOLE = 10
    WRONG_POINTS = 11
    INCOMPLETE = 12
    NOT_BLANK = 13
    DOUBTFUL = 14
    WRONG_STATUS = 15


FAULTS: Final = tuple(each for each in State if each >= State.LONELY_WHOLE)


def state_of(answer: Answer) -> State:
    """Return the state of a row that holds a checked answer."""
    if answer.status:
        return State.LEFT_OUT if answer.status == "na" else State.OWN_MAXIMUM
    if answer.points is not None:
        return State.AWARDED
    return State.EMPTY if answer.value is None else State.MEASURED


def state_formula(leaf: Indicator, framework: Framework, at: At, statuses: tuple[str, ...]) -> str:
    """Return the formula of the state of an indicator's row."""
    ordinary = _ordinary(leaf, framework, at)
    if "status" not in at or not statuses:
        return f"={ordinary}"
    return f'=IF({at["status"]}<>"",{_stated(leaf, at, statuses)},{ordinary})'


def _ordinary(leaf: Indicator, framework: Framework, at: At) -> str:
    points = at["points"]
    lonely = "0"
    if "denominator" in at:
        lonely = f'IF({at["denominator"]}<>"",{State.LONELY_WHOLE:d},0)'
    bad = _bad(points, to_short_decimal(leaf.max_points))
    awarded = f'IF({points}="",{lonely},IF({bad},{State.WRONG_POINTS:d},{State.AWARDED:d}))'
    if "value" not in at:
        return awarded
    if leaf.rule.accepts == FactType.POINTS:
        measured = f"{State.WRONG_VALUE:d}"
    else:
        measured = f'IF({points}<>"",{State.BOTH:d},{_measured(leaf, framework, at)})'
    return f'IF({at["value"]}="",{awarded},{measured})'


def _measured(leaf: Indicator, framework: Framework, at: At) -> str:
    value, fine, wrong = at["value"], f"{State.MEASURED:d}", f"{State.WRONG_VALUE:d}"
    if leaf.rule.accepts == FactType.SHARE:
        return _share(leaf, framework, at)
    if "denominator" in at:
        fine = f'IF({at["denominator"]}<>"",{State.WRONG_WHOLE:d},{fine})'
    if leaf.rule.accepts == FactType.YES_NO:
        yes, no = (f'{value}="{text(f"form.{each}")}"' for each in ("yes", "no"))
        return f"IF(OR({yes},{no}),{fine},{wrong})"
    if leaf.rule.accepts == FactType.DATE:
        return f"IF(IF(ISNUMBER({value}),INT({value})=({value}),FALSE),{fine},{wrong})"
    return f"IF({_bad(value, _most(leaf, framework))},{wrong},{fine})"


def _share(leaf: Indicator, framework: Framework, at: At) -> str:
    """Tell of a share with its whole, or of a percentage alone; up to 1 it may mean a part."""
    value, whole, most = at["value"], at["denominator"], _most(leaf, framework)
    percentage = (
        f"IF({value}>100,{State.ABOVE_WHOLE:d},"
        f"IF(AND({value}>0,{value}<=1),{State.DOUBTFUL:d},{State.MEASURED:d}))"
    )
    is_error = leaf.rule.zero_denominator == ZeroDenominator.ERROR
    zero = State.ZERO_WHOLE if is_error else State.MEASURED
    with_whole = (
        f"IF({_bad(whole, most)},{State.WRONG_WHOLE:d},IF({value}>{whole},{State.ABOVE_WHOLE:d},"
        f"IF({whole}=0,{zero:d},{State.MEASURED:d})))"
    )
    checked = f'IF({whole}="",{percentage},{with_whole})'
    return f"IF({_bad(value, most)},{State.WRONG_VALUE:d},{checked})"


def _stated(leaf: Indicator, at: At, statuses: tuple[str, ...]) -> str:
    """Tell of a row whose indicator is left out, replaced or reduced."""
    measured = [f'{at[name]}<>""' for name in ("value", "denominator") if name in at]
    whole = [*measured, f'{at["points"]}<>""']
    reason = f'{at["reason"]}=""'
    chosen = f"{State.WRONG_STATUS:d}"
    for status in reversed(statuses):
        if status == "na":
            blank = f"IF({reason},{State.INCOMPLETE:d},{State.LEFT_OUT:d})"
            then = f"IF(OR({','.join(whole)}),{State.NOT_BLANK:d},{blank})"
        else:
            then = _own(leaf, at, status)
            if measured:
                then = f"IF(OR({','.join(measured)}),{State.NOT_BLANK:d},{then})"
        chosen = f'IF({at["status"]}="{text(f"form.status.{status}")}",{then},{chosen})'
    return chosen


def _own(leaf: Indicator, at: At, status: str) -> str:
    """Tell whether everything is there that comes with a maximum of the unit's own."""
    points, own, most = at["points"], at["max_points"], to_short_decimal(leaf.max_points)
    lacks = [f'{at["reason"]}=""', f'{points}=""', f'{own}=""']
    if status == "replaced":
        lacks.append(f'{at["replacement"]}=""')
    wrong = f"IF({_bad(own, '10000')},TRUE,OR({own}<=0,{_bad(points, own)}))"
    if status == "reduced":
        wrong = f"IF({wrong},TRUE,{own}>={most})"
    return f"IF(OR({','.join(lacks)}),{State.INCOMPLETE:d},IF({wrong},{State.WRONG_POINTS:d},4))"


def _bad(cell: str, most: str) -> str:
    """Tell that a cell holds no number from 0 to ``most`` of at most four decimals."""
    return f"IF(ISNUMBER({cell}),OR({cell}<0,{cell}>{most},ROUND({cell},4)<>({cell})),TRUE)"


def _most(leaf: Indicator, framework: Framework) -> str:
    return to_short_decimal(largest(leaf.max_points // framework.point_unit))


def says(state: str, leaf: Indicator) -> str:
    """Return the formula that puts a state into words: nothing where all is well."""
    faults = _faults(leaf.rule.accepts, current_language())
    chosen = f"CHOOSE({state}-{State.OWN_MAXIMUM:d},{faults})"
    empty = text("form.says.empty")
    return f'IF({state}=0,"{empty}",IF({state}<={State.OWN_MAXIMUM:d},"",{chosen}))'


@lru_cache(maxsize=1024)
def _faults(accepts: FactType, language: str) -> str:  # noqa: ARG001 - part of the key
    """Return the words of every fault, the same for many rows."""
    words = (_words(each, accepts).replace('"', '""') for each in FAULTS)
    return ",".join(f'"{each}"' for each in words)


def _words(state: State, accepts: FactType) -> str:
    key = f"form.says.{state.name.lower().replace('_', '-')}"
    return text(f"{key}.{accepts.value}" if state is State.WRONG_VALUE else key)
