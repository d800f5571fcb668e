"""The checks of facts are fair: whatever a decision says, core's own steps pass them."""

from __future__ import annotations

import pytest
from frameworks import cite
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from strategies import frameworks, some_tiers
from subjects import subject_of

from dti_core.conformance.families import (
    arithmetic,
    collection,
    determinism,
    exclusion,
    missing,
    monotony,
    purity,
    ranking,
    tracing,
)
from dti_core.conformance.run import run_check

IN_A_PROCESS = {"determinism.surroundings", *(each.id for each in purity.CHECKS[1:])}
FAMILIES = (
    *(arithmetic, monotony, exclusion, missing, ranking),
    *(determinism, purity, collection, tracing),
)
CHECKS = [each for family in FAMILIES for each in family.CHECKS if each.id not in IN_A_PROCESS]


@st.composite
def decisions(draw):
    """Any framework; exclusions may be refused and missing reports too."""
    drawn = draw(frameworks())
    refused = {"policy": "refused", "citation": cite()}
    changes = {
        "missing": draw(st.sampled_from(["zero", "refuse"])),
        "exclusion": draw(st.sampled_from([drawn.exclusion, refused])),
    }
    try:
        return drawn.rebuilt(**changes)
    except ValueError:  # a rule leaves out what the decision keeps
        return drawn


@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(decisions(), st.data())
def test_every_decision_passes_the_checks_of_facts(framework, data):
    codes = [each.code for each in framework.statuses]
    subject = subject_of(framework, data.draw(st.none() | some_tiers(codes)))
    results = [run_check(subject, each) for each in CHECKS]
    assert [(each.check.id, each.faults) for each in results if each.faults] == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.__name__.rpartition(".")[2])
def test_a_family_is_named_by_its_module(family):
    name = family.__name__.rpartition(".")[2]
    assert {each.family for each in family.CHECKS} == {name}
    assert len({each.id for each in family.CHECKS}) == len(family.CHECKS)
