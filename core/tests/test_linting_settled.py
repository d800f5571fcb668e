"""What acknowledges a finding, and what the models refuse: told with its own code and figures."""

from __future__ import annotations

import pytest
from frameworks import cite, declared, dimension, indicator, interpretation, rule, status
from linted import Decided, decided, discrepancy, found, moved, one, ranking, tiers
from running import as_plugin

from dti_core.errors import PluginMisbehaved
from dti_core.hookspecs import hookimpl
from dti_core.linting import lint
from dti_core.models import Calendar, Citation, Discrepancy, Interpretation, Override, Tier, Tiers

TWO = (dimension("I", indicator("I.1"), indicator("I.2")),)
SHORT = moved("window_end", "30/12")


def _failing(made: Decided) -> set[tuple[str, str]]:
    return {(each.code, each.subject) for each in found(made) if each.fails}


def _figures(**fields) -> Discrepancy:
    given = {"about": "max_points", "declared_value": "21", "found_value": "20"}
    return discrepancy(**given | fields)


def test_a_discrepancy_of_the_same_figures_acknowledges_them():
    whole = declared(TWO, max_points="21")
    [finding] = found(decided(*TWO, declared=whole, discrepancies=[_figures(id="points")]))
    assert (finding.code, finding.subject) == ("DTI103", "max_points")
    assert (finding.acknowledged, finding.fails) == ("points", False)
    assert "21" in finding.message
    assert "20" in finding.message


def test_it_acknowledges_the_main_indicator_that_it_is_about():
    part = dimension("I", *TWO[0].indicators, declared={"max_points": "21", "citation": cite()})
    told = _figures(about="max_points:I", id="points-of-I")
    whole = {"dimensions": 1, "citation": cite()}
    [finding] = found(decided(part, declared=whole, discrepancies=[told]))
    assert (finding.subject, finding.acknowledged) == ("max_points:I", "points-of-I")


@pytest.mark.parametrize("lint_names", ["DTI302", "DTI302:window_end"])
@pytest.mark.parametrize("entry", ["discrepancies", "interpretations"])
def test_an_entry_acknowledges_what_it_names(entry, lint_names):
    maker = discrepancy if entry == "discrepancies" else interpretation
    made = decided(dates=SHORT, **{entry: [maker(id="days", lint=[lint_names])]})
    [finding] = [each for each in found(made) if each.code == "DTI302"]
    assert finding.acknowledged == "days"
    assert _failing(made) == set()


def test_an_entry_acknowledges_nothing_else():
    """Another subject, another code: the finding stands, and the entry has nothing to tell of."""
    for name in ("DTI302:window_start", "DTI301", "DTI999"):
        made = decided(dates=SHORT, discrepancies=[discrepancy(lint=[name])])
        assert _failing(made) == {("DTI302", "window_end"), ("DTI803", "told")}, name


def test_a_code_that_does_not_exist_is_told_as_such():
    messages = {}
    for name in ("DTI999", "DTI301"):
        [idle] = found(decided(discrepancies=[discrepancy(lint=[name])]))
        messages[name] = idle.message.replace(name, "…")
    assert messages["DTI999"] != messages["DTI301"]


def _of_levels(so: dict, xa: dict) -> Decided:
    return Decided(lambda: [one(level="so", **so), one(level="xa", **xa)])


def test_an_entry_of_two_levels_may_be_of_use_at_one_alone():
    entry = discrepancy(lint=["DTI405"])
    both = _of_levels(
        {"discrepancies": [entry], "statuses": [status("late")]}, {"discrepancies": [entry]}
    )
    assert _failing(both) == set()
    neither = _of_levels({"discrepancies": [entry]}, {"discrepancies": [entry]})
    assert _failing(neither) == {("DTI803", "told")}


def test_a_reading_that_the_authority_chose_may_leave_nothing_to_acknowledge():
    chosen = interpretation(lint=["DTI302"]).choose("refuse")
    assert chosen.lint == ("DTI302",)
    assert found(decided(interpretations=[chosen])) == []


def test_what_entries_acknowledge_is_no_part_of_a_result():
    """The contract of `dti evaluate` names every key of its JSON."""
    for entry in (discrepancy(lint=["DTI302"]), interpretation(lint=["DTI302"])):
        assert isinstance(entry, Discrepancy | Interpretation)
        assert "lint" not in entry.model_dump(mode="json")


REFUSED = {
    "figures of a level": (
        lambda: one(*TWO, declared=declared(TWO, max_points="1234.5")),
        ("DTI103", "max_points", ("1234,5", "20")),
    ),
    "figures of a main indicator": (
        lambda: one(dimension("I", indicator(), declared={"indicators": 4, "citation": cite()})),
        ("DTI102", "indicators:I", ("4", "1", "chỉ số chính I")),
    ),
    "a code twice": (
        lambda: one(dimension("I", indicator(), indicator())),
        ("DTI201", "I.1", ("2 lần",)),
    ),
    "a clause that is not there": (
        lambda: one(rankings=[ranking(citation=cite("Điều 9.2"))]),
        ("DTI702", "Điều 9.2", ("Điều 9.2",)),
    ),
    "a ranking of nothing": (
        lambda: one(rankings=[ranking("two", dimensions=["IX"])]),
        ("DTI501", "two", ("IX",)),
    ),
    "an indicator without a clause": (
        lambda: one(dimension("I", {"code": "I.1", "name": "A", "max_points": 1, "rule": rule()})),
        ("DTI703", "I.1", ("citation",)),
    ),
    "a blank clause": (
        lambda: one(dimension("I", indicator(citation={"clause": " "}))),
        ("DTI703", "citation.clause", ("citation.clause",)),
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_the_models_refuse_is_a_finding_with_its_own_code(case):
    build, (code, subject, words) = case
    [finding] = found(Decided(lambda: [build()]))
    assert (finding.code, finding.subject, finding.fails) == (code, subject, True)
    assert all(word in finding.message for word in words), finding.message


def test_every_fault_that_is_refused_at_once_is_told():
    twice = dimension("I", indicator(), indicator())
    made = Decided(lambda: [one(twice, declared=declared([twice], max_points="21"))])
    assert {each.code for each in found(made)} == {"DTI103", "DTI201"}


def test_a_clause_of_a_tier_or_a_date_is_looked_up_too():
    """The models look at the framework alone."""
    wrong = tiers("50", "0", overrides=[Override(status="late", tier="A", citation=cite("X"))])
    made = decided(tiers=lambda: wrong, statuses=[status("late")])
    assert _failing(made) == {("DTI702", "late")}
    unquoted = Citation(clause="Điều 1")
    bare = Tiers(tiers=[Tier(name="A", lower="0", citation=unquoted)])
    assert _failing(decided(tiers=lambda: bare)) == {("DTI701", "A")}
    stray = [("entry_deadline", "31/01", 1, "to", "entry", cite("Điều 9"))]
    assert _failing(decided(dates=stray)) == {("DTI702", "entry")}


def test_an_override_of_a_status_that_is_not_there_is_a_finding():
    wrong = tiers("50", "0", overrides=[Override(status="late", tier="A", citation=cite())])
    assert _failing(decided(tiers=lambda: wrong)) == {("DTI404", "late")}


@pytest.mark.parametrize("lowers", [("0.5",), ("50", "50", "0")])
def test_tiers_that_leave_a_gap_or_overlap_are_findings(lowers):
    [(code, _)] = _failing(decided(tiers=lambda: tiers(*lowers)))
    assert code in {"DTI401", "DTI402"}


def test_years_that_two_decisions_claim_are_a_finding():
    [finding] = found(Decided(lambda: [one(), one()]))
    assert finding.code == "DTI001"
    assert "xa" in finding.message


def test_a_calendar_of_another_year_is_a_fault_of_the_program():
    class Late(Decided):
        @hookimpl
        def dti_calendar(self, framework, year):
            from linted import calendar

            return calendar(year + 1, *moved("window_end", "31/12"))

    plugin = as_plugin(Late(lambda: [one()]))
    with pytest.raises(PluginMisbehaved, match="2025"):
        lint(plugin, plugin.frameworks())


def test_a_date_without_a_clause_is_a_finding_with_its_id():
    class Uncited(Decided):
        @hookimpl
        def dti_calendar(self, framework, year):
            return Calendar(
                year=year, milestones=[{"id": "entry", "kind": "appraisal", "name": "A"}]
            )

    [finding] = found(Uncited(lambda: [one()]))
    assert (finding.code, finding.subject) == ("DTI703", "entry")
    assert "milestones.0.citation" in finding.message
