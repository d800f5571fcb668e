"""value → tier: exact ratios against exact thresholds."""

from __future__ import annotations

import narwhals as nw

from dti_core.facts import LazyFrame
from dti_core.models import Framework, Tier, Tiers


def tier(valued: LazyFrame, framework: Framework, tiers: Tiers | None) -> LazyFrame:
    """Put every unit in a tier by its exact value in the first ranking, or by its status.

    :param valued: what :func:`dti_core.valuing.value` gives.
    :return: the same with ``tier``: a name, or null where there are no tiers, or no value
        and no status that decides.
    """
    name = nw.lit(None, dtype=nw.String())
    for each in reversed(tiers.tiers if tiers else ()):
        name = nw.when(_reaches(each, framework)).then(nw.lit(each.name)).otherwise(name)
    for override in tiers.overrides if tiers else ():
        of_status = nw.col("status") == override.status
        name = nw.when(of_status).then(nw.lit(override.tier)).otherwise(name)
    return valued.with_columns(tier=name)


def _reaches(each: Tier, framework: Framework) -> nw.Expr:
    """Compare by cross-multiplication: numerator ÷ denominator with lower ÷ 100."""
    code = framework.rankings[0].code
    left = nw.col(f"{code}.numerator") * (100 * each.lower.denominator)
    right = nw.col(f"{code}.denominator") * each.lower.numerator
    return left >= right if each.lower_closed else left > right
