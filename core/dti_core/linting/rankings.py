"""Rankings that have nothing to add up, and main indicators that none adds up (DTI5xx)."""

from __future__ import annotations

from collections.abc import Iterator

from dti_core.linting.findings import Case, Finding
from dti_core.models import Detail, Framework, Ranking


def find(case: Case) -> Iterator[Finding]:
    """Look at every ranking of the level; what an annex still has to say is left to it."""
    framework = case.framework
    for ranking in framework.rankings:
        code, clause = ranking.code, ranking.citation.clause
        if _waits(framework, ranking):
            yield from ()
        elif ranking.from_annex and not ranking.dimensions:
            yield Finding("DTI503", code, clause, {"name": ranking.name})
        elif framework.detail is not Detail.OUTLINE and not _maximum(framework, ranking):
            yield Finding("DTI502", code, clause, {"name": ranking.name})
        if ranking.scope == "group":
            yield Finding("DTI505", code, clause, {"name": ranking.name})
    yield from _uncovered(framework)


def _waits(framework: Framework, ranking: Ranking) -> bool:
    """Tell whether the annex that says what a ranking adds up is not there yet."""
    outline = framework.detail is Detail.OUTLINE and framework.annex is None
    return ranking.from_annex and not ranking.dimensions and outline


def _maximum(framework: Framework, ranking: Ranking) -> int:
    return sum(each.max_points for each in framework.in_ranking(ranking))


def _uncovered(framework: Framework) -> Iterator[Finding]:
    """Yield main indicators that are scored and count in no ranking."""
    if any(_waits(framework, each) for each in framework.rankings):
        return
    covered = {
        dimension.code for each in framework.rankings for dimension in framework.in_ranking(each)
    }
    for dimension in framework.dimensions_in_scale:
        unscored = framework.detail is not Detail.OUTLINE and not dimension.max_points
        if dimension.code not in covered and not unscored:
            values = {"name": dimension.name}
            yield Finding("DTI504", dimension.code, dimension.citation.clause, values)
