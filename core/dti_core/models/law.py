"""A decision, its clauses, and where it is silent or contradicts itself."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from dti_core.base import Model, Name, Text


class Clause(Model):
    """One article, clause or point of a decision, such as ``II.3.c`` or ``Phụ lục I``."""

    id: Name
    title: Text = ""


class Citation(Model):
    """Where a number or a rule stands: the clause and its words, quoted."""

    clause: Name
    quote: Text = ""


class DecisionReference(Model):
    """Another decision, by number and date."""

    number: Name
    date: dt.date


class Decision(Model):
    """An official decision: the identity of everything that is computed by it.

    It answers for the years ``first_year`` … ``last_year`` and for no other. ``number`` is empty
    and a date None where the source leaves it blank; ``implements`` are the decisions whose set
    of indicators a plan applies.
    """

    number: Text
    date: dt.date | None = None
    issuer: Name
    title: Name
    in_force_from: dt.date | None = None
    first_year: int
    last_year: int
    supersedes: tuple[DecisionReference, ...] = ()
    implements: tuple[DecisionReference, ...] = ()
    source: Text = ""
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.first_year > self.last_year:
            raise ValueError("first_year is after last_year")
        ids = [clause.id for clause in self.clauses]
        if len(set(ids)) != len(ids):
            raise ValueError("a clause is listed twice")
        return self

    def answers_for(self, year: int) -> bool:
        """Tell whether the decision is the law of a year."""
        return self.first_year <= year <= self.last_year

    def has_clause(self, clause: str) -> bool:
        """Tell whether a clause, or the clause that it is a part of, is listed."""
        listed = (each.id for each in self.clauses)
        return any(clause == each or clause.startswith(f"{each}.") for each in listed)


class Option(Model):
    """One way to read a clause; ``value`` is what the plugin's data take for it."""

    id: Name
    text: Name
    value: str | int | None = None

    @property
    def meaning(self) -> str | int:
        """What stands in the data where this option is in force."""
        return self.id if self.value is None else self.value


class Interpretation(Model):
    """A place where the decision is silent or ambiguous, and the reading that is in force.

    ``lint`` names the findings of the linter that the question is about, each as ``CODE`` or
    ``CODE:subject``.
    """

    id: Name
    question: Name
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    in_force: Name
    why: Name
    citation: Citation
    overridden: bool = False
    lint: Annotated[tuple[Name, ...], Field(exclude=True)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        ids = [option.id for option in self.options]
        if len(set(ids)) != len(ids):
            raise ValueError(f"interpretation {self.id}: an option is listed twice")
        if self.in_force not in ids:
            raise ValueError(f"interpretation {self.id}: {self.in_force!r} is none of {ids}")
        return self

    @property
    def chosen(self) -> Option:
        """The option in force."""
        return next(option for option in self.options if option.id == self.in_force)

    def choose(self, option: str) -> Interpretation:
        """Return this interpretation with another option put in force by the authority.

        :raises ValueError: there is no such option.
        """
        changed = self.model_dump() | {"in_force": option, "overridden": True, "lint": self.lint}
        return Interpretation.model_validate(changed)


class Discrepancy(Model):
    """A place where the decision contradicts itself: what it declares, what is found, what is used.

    ``about`` says what differs; for ``indicators`` and ``max_points`` the two figures stand in
    ``declared_value`` and ``found_value`` (decimal text for points). ``lint`` names the other
    findings of the linter that it tells of, each as ``CODE`` or ``CODE:subject``.
    """

    id: Name
    about: Name
    declared: Name
    found: Name
    used: Name
    why: Text = ""
    declared_value: str | int | None = None
    found_value: str | int | None = None
    citation: Citation
    lint: Annotated[tuple[Name, ...], Field(exclude=True)] = ()
