"""tier → rank: competition ranks by the exact ratio, within the ranking's scope."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Framework, Ranking


def rank(tiered: LazyFrame, framework: Framework) -> LazyFrame:
    """Rank every unit in every ranking, the highest value first.

    :param tiered: what :func:`dti_core.tiering.tier` gives, with ``group`` and ``status``.
    :return: the same with ``R.rank`` for each ranking ``R`` (int64; null without a value, or where
        the status of the unit or the ranking itself says that it is not ranked).
    """
    unranked = [each.code for each in framework.statuses if not each.ranked]
    return tiered.with_columns(
        _rank(each, unranked).alias(f"{each.code}.rank") for each in framework.rankings
    )


def _rank(ranking: Ranking, unranked: Sequence[str]) -> nw.Expr:
    """Rank by one correctly rounded division, which keeps the order of the ratios.

    The bound for that is checked by the pipeline. Engines multiply by the reciprocal where the
    divisor is the same literal in every row, and that is not correctly rounded; adding nothing
    from another column makes it a column.
    """
    part, whole = nw.col(f"{ranking.code}.numerator"), nw.col(f"{ranking.code}.denominator")
    if ranking.scope == "none":
        return nw.lit(None, dtype=nw.Int64())
    ratio = part / (whole + 0 * part)
    if unranked:
        ratio = nw.when(~nw.col("status").fill_null("").is_in(unranked)).then(ratio)
    place = ratio.rank("min" if ranking.ties == "competition" else "dense", descending=True)
    if ranking.scope == "group":
        place = place.over("group")
    return place.cast(nw.Int64())
