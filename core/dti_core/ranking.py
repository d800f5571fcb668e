"""tier → rank: competition ranks by the exact ratio, within the ranking's scope."""

from __future__ import annotations

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Framework, Ranking


def rank(tiered: LazyFrame, framework: Framework) -> LazyFrame:
    """Rank every unit in every ranking, the highest value first.

    :param tiered: what :func:`dti_core.tiering.tier` gives, with the column ``group``.
    :return: the same with ``R.rank`` for each ranking ``R`` (int64; null without a value).
    """
    return tiered.with_columns(
        _rank(each).alias(f"{each.code}.rank") for each in framework.rankings
    )


def _rank(ranking: Ranking) -> nw.Expr:
    """Rank by one correctly rounded division, which keeps the order of the ratios.

    The bound for that is checked by the pipeline. Engines multiply by the reciprocal where the
    divisor is the same literal in every row, and that is not correctly rounded; adding nothing
    from another column makes it a column.
    """
    part, whole = nw.col(f"{ranking.code}.numerator"), nw.col(f"{ranking.code}.denominator")
    ratio = part / (whole + 0 * part)
    place = ratio.rank("min" if ranking.ties == "competition" else "dense", descending=True)
    if ranking.scope == "group":
        place = place.over("group")
    return place.cast(nw.Int64())
