"""The comparison of decisions says what the plugins say, and what each cell hangs on."""

from __future__ import annotations

import sys

import pytest
from documents import DOCS, ROOT

from dti_core.loader import load_plugin

sys.path.insert(0, str(DOCS))

from comparison import side_by_side
from decision_tables import levels

PLUGINS = sorted(each.name.removeprefix("dti_") for each in ROOT.glob("plugins/dti_*"))


@pytest.fixture(scope="module")
def rows():
    """The cells by row and plugin."""
    found = {}
    for line in side_by_side([load_plugin(name) for name in PLUGINS]).splitlines():
        if line.startswith("| ") and not line.startswith(("|  |", "| ---")):
            label, *cells = line.strip("| ").split(" | ")
            found[label] = dict(zip(PLUGINS, cells, strict=True))
    return found


def test_the_page_compares_every_plugin_of_the_repository():
    page = (DOCS / "explanation" / "five-decisions.md").read_text(encoding="utf-8")
    assert all(f"[`{name}`](../../plugins/dti_{name}/README.md)" in page for name in PLUGINS)
    assert f"|  | {' | '.join(f'`{name}`' for name in PLUGINS)} |" in page


def test_what_a_decision_leaves_open_is_marked_with_its_interpretation(rows):
    """Another option of `late-rank` changes the status, of `exclusion` the policy."""
    assert "*(`late-rank`)*" in rows["Trạng thái của đơn vị"]["hatinh"]
    assert rows["Chỉ số không đánh giá"]["hatinh"].endswith("(Điều 8.4.b) *(`exclusion`)*")


def test_what_a_decision_says_is_not_marked(rows):
    """No option of Hà Tĩnh moves its tiers, and Mộ Đức refuses exclusions itself."""
    assert "`" not in rows["Xếp loại"]["hatinh"]
    assert rows["Chỉ số không đánh giá"]["moduc"] == "không bỏ được chỉ số nào (II.4.b)"


def test_what_a_source_does_not_say_is_a_dash(rows):
    assert rows["Xếp loại"]["nghean"] == rows["Có hiệu lực từ"]["moduc"] == "—"


def test_levels_are_named_only_where_they_differ(rows):
    assert rows["Cơ quan ban hành"]["hatinh"] == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    assert rows["Chỉ số chính"]["hatinh"] == "sở: 7<br>huyện, xã: 8"


@pytest.mark.parametrize(
    ("plugin", "cells"),
    [
        pytest.param("hue", "34 declared, 35 found | 391 declared, 401 found", id="they-differ"),
        pytest.param("hatinh", "62 declared | 1000", id="annex-not-at-hand"),
        pytest.param("haiduong", "— | 500", id="not-declared"),
    ],
)
def test_declared_figures_stand_beside_those_found(plugin, cells):
    first = levels([load_plugin(plugin)]).splitlines()[2]
    assert f" | {cells} | " in first
