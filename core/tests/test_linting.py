"""Every finding of the linter by a small decision that has exactly that fault, and no other."""

from __future__ import annotations

import pytest
from frameworks import (
    cite,
    declared,
    dimension,
    indicator,
    interpretation,
    rule,
    status,
)
from linted import (
    DATES,
    Decided,
    decided,
    discrepancy,
    found,
    listed,
    moved,
    one,
    ranking,
    ruled,
    tiers,
)

from dti_core.cli.linting import WRITERS
from dti_core.errors import PluginMisbehaved
from dti_core.linting import CODES, Linted, Severity
from dti_core.messages import LANGUAGES, catalogue
from dti_core.models import Citation, Exclusion, Override
from dti_core.rules import SumOf

TWO = (dimension("I", indicator("I.1")), dimension("II", indicator("II.1")))
ONE = (dimension("I", indicator("I.1"), indicator("I.2")),)
BONUS = dimension("T", indicator("T.1", "5"), block="bonus", cap="6")
REFUSED = Exclusion(policy="refused", citation=cite())


def _sub(*maxima: str):
    items = [indicator(f"I.1.{place}", most) for place, most in enumerate(maxima, 1)]
    return dimension("I", indicator("I.1", "10", items=items, rule=SumOf()))


def _part(count: int) -> dict:
    return {"indicators": count, "citation": cite()}


SABOTEURS = {
    "DTI001": Decided(lambda: [one(dimension("I", indicator(max_points="9600")))]),
    "DTI002": Decided(
        lambda: [one(dimension("I"), detail="outline", declared={"citation": cite()})]
    ),
    "DTI101": Decided(lambda: [one(declared=declared(TWO, indicators=1, max_points="10"))]),
    "DTI102": Decided(lambda: [one(*ONE, declared=declared(ONE, indicators=3))]),
    "DTI103": Decided(lambda: [one(*ONE, declared=declared(ONE, max_points="21"))]),
    "DTI104": decided(
        *(dimension(code, declared=_part(2)) for code in ("I", "II")),
        detail="outline",
        declared={"indicators": 5, "citation": cite()},
    ),
    "DTI105": Decided(lambda: [one(_sub("4", "5"))]),
    "DTI106": decided(
        discrepancies=[discrepancy(about="indicators", declared_value=2, found_value=3)]
    ),
    "DTI107": Decided(lambda: [one(*TWO, dimension("III"))]),
    "DTI201": decided(listed=[listed("I.8"), listed("I.8")]),
    "DTI202": decided(dimension("I", *(indicator(f"I.{n}") for n in (1, 2, 4)))),
    "DTI203": decided(dimension("I", *(indicator(f"I.{n}") for n in (1, 3, 2)))),
    "DTI204": decided(
        dimension("I", indicator("I.1"), indicator("II.1")), dimension("II", indicator("II.2"))
    ),
    "DTI301": decided(dates=moved("window_start", "31/12", -1, "from")),
    "DTI302": decided(dates=moved("window_end", "30/12")),
    "DTI303": decided(dates=moved("window_start", "01/01", 1, "from")[:2]),
    "DTI304": decided(dates=DATES[1:]),
    "DTI305": decided(dates=moved("approval", "14/02", 1)),
    "DTI306": decided(dates=[*DATES, ("progress_report", "01/01", 0, "to")]),
    "DTI401": decided(tiers=lambda: tiers("90", "50")),
    "DTI402": decided(tiers=lambda: tiers("50", "90", "0")),
    "DTI403": decided(tiers=lambda: tiers("101", "0")),
    "DTI404": decided(
        tiers=lambda: tiers(
            "50", "0", overrides=[Override(status="late", tier="Z", citation=cite())]
        )
    ),
    "DTI405": decided(statuses=[status("late")]),
    "DTI501": Decided(lambda: [one(rankings=[ranking(dimensions=["II"])])]),
    "DTI502": Decided(
        lambda: [
            one(
                dimension("I", declared={"max_points": "0", "citation": cite()}),
                *TWO[1:],
                rankings=[ranking(), ranking("none", dimensions=["I"])],
            )
        ]
    ),
    "DTI503": decided(rankings=[ranking(from_annex=True)]),
    "DTI504": decided(*TWO, rankings=[ranking(dimensions=["I"])]),
    "DTI505": decided(rankings=[ranking(scope="group")]),
    "DTI601": ruled("steps", steps="2:3/4, 1:1/2"),
    "DTI602": ruled("share", full_from="0"),
    "DTI603": decided(dimension("I", indicator("I.1"), indicator("I.2", "0"))),
    "DTI604": Decided(lambda: [one(dimension("I", indicator(max_points="0.125")))]),
    "DTI605": decided(*ONE, BONUS),
    "DTI606": ruled("due_date", due="31/12", year_offset=-1),
    "DTI607": ruled("due_date", due="01/01"),
    "DTI608": Decided(
        lambda: [
            one(
                dimension("I", indicator(rule=rule("share", zero_denominator="not_applicable"))),
                exclusion=REFUSED,
            )
        ]
    ),
    "DTI701": decided(rankings=[ranking(citation=Citation(clause="Điều 1"))]),
    "DTI702": Decided(lambda: [one(rankings=[ranking(citation=cite("Điều 9"))])]),
    "DTI703": Decided(lambda: [one(rankings=[{"code": "overall", "name": "Bảng"}])]),
    "DTI801": decided(interpretations=[interpretation()]),
    "DTI802": decided(exclusion=None),
    "DTI803": decided(discrepancies=[discrepancy(lint=["DTI302"])]),
}


def _codes(findings, *, notes: bool) -> set[str]:
    return {each.code for each in findings if notes or each.severity is not Severity.NOTE}


def test_a_decision_without_faults_has_no_findings():
    assert found(decided(*TWO, tiers=lambda: tiers("90", "50", "0"))) == []


def test_every_code_has_a_decision_that_shows_it():
    assert list(SABOTEURS) == list(CODES)


@pytest.mark.parametrize("code", SABOTEURS)
def test_a_fault_is_found_and_nothing_else(code):
    findings = found(SABOTEURS[code])
    assert _codes(findings, notes=CODES[code] is Severity.NOTE) == {code}
    mine = [each for each in findings if each.code == code]
    assert all(each.fails is (CODES[code] is not Severity.NOTE) for each in mine)


@pytest.mark.parametrize("code", SABOTEURS)
def test_a_finding_says_what_it_is_and_what_settles_it(code, language):
    for each in found(SABOTEURS[code]):
        for sentence in (each.message, each.settle):
            assert not sentence.startswith("lint.")
            assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_two_messages(language):
    words = catalogue(language)
    for code in CODES:
        for key in (f"lint.{code}", f"lint.{code}.settle"):
            assert words.gettext(key) != key


def test_the_program_of_a_plugin_that_fails_is_no_fault_of_its_decision():
    def broken():
        raise RuntimeError("minh hoạ")

    with pytest.raises(PluginMisbehaved, match="minh hoạ"):
        found(Decided(broken))
    with pytest.raises(PluginMisbehaved, match="minh hoạ"):
        found(decided(tiers=broken))


def test_a_level_without_findings_says_so():
    text = WRITERS["text"]("minh-hoa", [Linted([], one(), "xa")]).decode()
    assert text.splitlines()[1].strip() == "Không có phát hiện nào."
