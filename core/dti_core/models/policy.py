"""What a decision says about exclusions, evidence, units out of line and who appraises."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import field_validator

from dti_core.base import Model, Name, Text
from dti_core.models.law import Citation

OF_INDICATORS: Final = ("na", "replaced", "reduced")
"""What a row of facts may say of an indicator that is not assessed as it stands."""


class ExclusionPolicy(StrEnum):
    """What happens to an indicator that is not assessed for a unit.

    Its maximum leaves the denominator; or, as the council decides in each case, it leaves or
    another indicator takes its place; or no indicator may be left out.
    """

    DEDUCT = "deduct"
    DEDUCT_OR_REPLACE = "deduct_or_replace"
    REFUSED = "refused"


class Exclusion(Model):
    """The policy with its clause; ``why`` is told to whoever reports what is refused."""

    policy: ExclusionPolicy
    why: Text = ""
    citation: Citation


class EvidenceDuty(Model):
    """Whoever scores an indicator brings evidence, or explains in writing why there is none."""

    citation: Citation


class UnitStatus(Model):
    """A state of a unit in one evaluation, such as *did not report in time*.

    A unit that is not ``ranked`` keeps its points and value. ``late``: the decision gives this
    state to every unit that did not report in time.
    """

    code: Name
    name: Name
    ranked: bool = True
    late: bool = False
    citation: Citation

    @field_validator("code")
    @classmethod
    def _check(cls, code: str) -> str:
        if code in OF_INDICATORS:
            raise ValueError(f"{code} is a status of indicators: give the status another code")
        return code


class Appraiser(Model):
    """Who appraises every indicator that names no appraiser of its own."""

    name: Name
    citation: Citation
