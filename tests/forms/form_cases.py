"""Forms to test with: answers of any kind for any framework, and what the engine makes of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from dti_core.annex import bring
from dti_core.collecting.parsing import parse
from dti_core.collecting.reading import read
from dti_core.conformance.drawing import Field, awarded, changed, measured
from dti_core.forms import OF_UNIT, Answer, Filling, Setup, Unit, export, figures
from dti_core.loader import load_plugin
from dti_core.models import Detail
from dti_core.sources import Source

LEVELS = [
    ("hue", "so"),
    ("hue", "huyen"),
    ("hue", "xa"),
    ("hatinh", "so"),
    ("hatinh", "huyen"),
    ("hatinh", "xa"),
    ("haiduong", "so"),
    ("haiduong", "huyen"),
    ("moduc", "xa"),
    ("moduc", "huyen"),
    ("nghean", "so"),
    ("nghean", "huyen"),
    ("nghean", "xa"),
]
"""Every level of the five decisions."""


@cache
def of_plugin(name, level, **choices):
    """The plugin and a framework of it, with its illustrative annex where it needs one."""
    plugin = load_plugin(name)
    of_level = [each for each in plugin.frameworks(choices) if each.level == level]
    framework = of_level[0]
    if framework.detail is Detail.OUTLINE:
        path = framework.illustrative_annex
        framework = bring(framework, Source(path.name, path), illustrative=True)
    return plugin, framework


@cache
def setup_of(name, level, stage="self", **choices):
    plugin, framework = of_plugin(name, level, **choices)
    year = framework.decision.first_year
    return Setup(framework, year, stage, name, plugin.formulas(framework))


def tidy_answers(framework, path: Path) -> dict[Unit, dict[str, Answer]]:
    """Read a tidy file as core's collector does, as answers by unit."""
    found: dict[Unit, dict[str, Answer]] = {}
    for row in parse(read(Source(path.name, path)), framework).iter_rows(named=True):
        unit = Unit(row["unit"], row["unit_name"] or row["unit"], row["group"] or "")
        if row["accepts"] is not None:
            names = ("value", "denominator", "points", "reason", "max_points", "replacement")
            words = ("evidence", "explanation")
            answer = Answer(**{name: row[name] for name in (*names, *words)})
        elif row["indicator"] is None:
            answer = Answer(text=row["status"], reason=row["reason"])
        else:
            answer = Answer(text=str(row["raw_value"]))
        found.setdefault(unit, {})[row["indicator"] or OF_UNIT] = answer
    return found


@cache
def illustrative(name, level):
    _, framework = of_plugin(name, level)
    return tidy_answers(framework, framework.illustrative)


def as_answer(fact) -> Answer:
    names = ("value", "denominator", "points", "reason", "max_points", "replacement")
    return Answer(**{name: getattr(fact, name) for name in names})


@st.composite
def answers(draw, framework, year, group=""):
    """Answers of one unit: every indicator measured, awarded, left out, replaced or missing."""
    ground = Field(framework, None, year)
    found = {}
    for dimension, leaf in ground.of_group(group):
        kinds = ["measured"] * 6 + ["awarded", "missing"]
        if ground.may_exclude and dimension.in_scale:
            kinds.append("excluded")
            kinds += ["changed"] if any(ground.own_maxima(leaf)) else []
        match draw(st.sampled_from(kinds)):
            case "measured":
                found[leaf.code] = as_answer(draw(measured(leaf, ground)))
            case "awarded":
                points = draw(awarded(leaf.max_points, framework.point_unit))
                found[leaf.code] = Answer(points=points)
            case "excluded":
                found[leaf.code] = Answer(reason="Công văn minh hoạ")
            case "changed":
                found[leaf.code] = as_answer(draw(changed(leaf, ground)))
    return found


def written(setup, unit, given, **options) -> bytes:
    """Export with what the engine makes of the answers, or with the figures that are given."""
    known = {setup.stage: figures(setup, {unit: given})[unit.code]}
    return export(setup, Filling(unit, given, **{"figures": known} | options))
