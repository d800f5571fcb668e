"""Sở with an annex: by component indicators, held to the appendix and to the published maxima."""

from __future__ import annotations

import pytest

from dti_core.annex import bring
from dti_core.errors import InvalidAnnex
from dti_core.models import Detail
from dti_core.pipeline import evaluate
from dti_core.sources import Source

HEADING = "code,parent,dimension,name,max_points,rule,clause\n"
MAXIMA = {
    **dict.fromkeys(["4.1", "4.2"], "25"),
    **dict.fromkeys(["5.9.1", "5.9.2"], "50"),
    **dict.fromkeys(["6.2", "6.8"], "80"),
    **dict.fromkeys(["6.13.1", "6.13.2"], "20"),
    "5.9": "100",
    "6.13": "40",
}
"""Made up, within the maxima of the main indicators."""


@pytest.fixture
def annex(haiduong):
    """Write an annex of what the appendix lists and one made-up indicator of 1, 2 and 3 each."""

    def write(**changes: str):
        rows = [f"{n}.1,,{n},Chỉ số minh hoạ {n}.1 (minh hoạ),50,awarded," for n in "123"]
        for each in haiduong.framework("so", 2023).listed:
            rule = "sum_of" if f"{each.code}.1" in MAXIMA else "awarded"
            maximum = changes.get(f"of_{each.code.replace('.', '_')}", MAXIMA[each.code])
            cells = (each.code, each.parent, each.dimension, f'"{each.name}"', maximum, rule)
            rows.append(",".join([*cells, each.citation.clause]))
        return Source("annex.csv", data=(HEADING + "\n".join(rows) + "\n").encode())

    return write


def test_the_departments_are_evaluated_by_component_indicators(haiduong, annex):
    framework = bring(haiduong.framework("so", 2023), annex())
    assert (framework.detail, framework.max_points) == (Detail.INDICATORS, 500 * 10_000)
    leaves = [leaf for _, leaf in framework.leaves]
    rows = [f"A,{leaf.code},{leaf.max_points // 10_000}\n" for leaf in leaves if leaf.code != "6.2"]
    facts = Source("facts.csv", data=("unit,indicator,points\n" + "".join(rows)).encode())
    evaluation = evaluate(haiduong, framework, 2023, [facts])
    [unit] = evaluation.units.rows(named=True)
    assert unit["overall.points"] == 420 * 10_000
    assert evaluation.missing.rows() == [("A", "6.2")]


def test_an_annex_keeps_to_the_published_maxima(haiduong, annex):
    """Nhân lực số is 50 points: 25 + 24 are told, not taken."""
    with pytest.raises(InvalidAnnex):
        bring(haiduong.framework("so", 2023), annex(of_4_2="24"))


def test_the_appraisers_of_the_appendix_go_into_the_annex(haiduong, annex):
    framework = bring(haiduong.framework("so", 2023), annex())
    found = {each.code: each.appraiser for top in framework.indicators for each in top.walk()}
    assert found["6.8"] == "Văn phòng UBND tỉnh"
    assert found["5.9.2"] == "Sở Kế hoạch và Đầu tư"
