"""Builders of small frameworks: valid by default, any field can be replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dti_core.models import (
    Citation,
    Decision,
    Dimension,
    Framework,
    Indicator,
    Interpretation,
    Tier,
    Tiers,
    UnitStatus,
)
from dti_core.numbers import to_decimal
from dti_core.rules import KINDS, Rule, SumOf, YesNo, parse_rule

YEAR = 2024


def cite(clause: str = "Điều 1") -> Citation:
    return Citation(clause=clause, quote="lời văn minh hoạ")


def decision(**fields) -> Decision:
    given = {
        "number": "01/QĐ-MH",
        "date": dt.date(YEAR, 1, 2),
        "issuer": "Cơ quan minh hoạ",
        "title": "Bộ chỉ số minh hoạ",
        "in_force_from": dt.date(YEAR, 1, 2),
        "first_year": YEAR,
        "last_year": YEAR + 1,
        "clauses": [{"id": "Điều 1"}, {"id": "Phụ lục I", "title": "Phụ lục minh hoạ"}],
    }
    return Decision(**given | fields)


def rule(kind: str = "yes_no", /, **parameters) -> Rule:
    return parse_rule(kind, parameters, KINDS)


def indicator(code: str = "I.1", max_points: str | int = "10", **fields) -> Indicator:
    given = {
        "code": code,
        "name": f"Chỉ số {code}",
        "max_points": max_points,
        "rule": SumOf() if fields.get("items") else YesNo(),
        "citation": cite(),
    }
    return Indicator(**given | fields)


def dimension(code: str, *indicators: Indicator, **fields) -> Dimension:
    name = f"Chỉ số chính {code}"
    given = {"code": code, "name": name, "citation": cite(), "indicators": indicators}
    return Dimension(**given | fields)


def ranking(code: str = "overall", **fields) -> dict:
    return {"code": code, "name": f"Bảng {code}", "citation": cite()} | fields


def interpretation(**fields) -> Interpretation:
    options = [
        {"id": "zero", "text": "Không có điểm"},
        {"id": "refuse", "text": "Từ chối"},
    ]
    given = {
        "id": "missing",
        "question": "Chưa báo cáo thì sao?",
        "options": options,
        "in_force": "zero",
        "why": "Quyết định không nói",
        "citation": cite(),
    }
    return Interpretation(**given | fields)


def status(code: str = "late", **fields) -> UnitStatus:
    return UnitStatus(code=code, name=f"Trạng thái {code}", citation=cite(), **fields)


def declared(dimensions: Sequence[Dimension], /, **fields) -> dict:
    """Declare exactly what is there; blocks outside the scale are not counted."""
    inside = [each for each in dimensions if each.in_scale]
    indicators = sum(len(each.indicators) for each in inside)
    whole = sum(each.max_points for each in inside)
    counted = {
        "dimensions": len(inside),
        "indicators": indicators,
        "max_points": to_decimal(whole),
        "citation": cite(),
    }
    return counted | fields


def framework(*dimensions: Dimension, **fields) -> Framework:
    """Build a framework of some dimensions (without any: one indicator of ten points)."""
    dimensions = dimensions or (dimension("I", indicator()),)
    given = {
        "decision": decision(),
        "level": "xa",
        "name": "Cấp minh hoạ",
        "declared": declared(dimensions),
        "dimensions": dimensions,
        "rankings": [ranking()],
    }
    return Framework(**given | fields)


def one_rule(kind: str, /, max_points: str = "10", decimals: int = 2, **parameters) -> Framework:
    """Build a framework of one indicator, ``I.1``, under a rule."""
    leaf = indicator(max_points=max_points, rule=rule(kind, **parameters))
    return framework(dimension("I", leaf), point_decimals=decimals)


def tiers(*bounds: str, closed: Sequence[bool] = ()) -> Tiers:
    """Build tiers ``A``, ``B`` … down to zero from their bounds, all closed unless told."""
    lowers = (*bounds, "0")
    sides = (*(closed or [True] * len(bounds)), True)
    return Tiers(
        tiers=[
            Tier(name=name, lower=lower, lower_closed=side, citation=cite())
            for name, lower, side in zip("ABCDEFGHIJ", lowers, sides, strict=False)
        ]
    )
