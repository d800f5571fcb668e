"""A loaded plugin: its hooks, called one by one, with every return value checked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from dti_core.errors import DtiError, PluginMisbehaved, Problem, UsageError, usage_error
from dti_core.models import Calendar, Framework, Ranking, Tiers

if TYPE_CHECKING:
    import pluggy
    from narwhals.dtypes import DType

    from dti_core.facts import Facts, LazyFrame
    from dti_core.sources import Source
    from dti_core.valuing import Value

T = TypeVar("T")


@dataclass(frozen=True)
class Plugin:
    """A plugin by name, with the distribution and version that it came in."""

    name: str
    distribution: str
    version: str
    manager: pluggy.PluginManager

    def frameworks(self, choices: Mapping[str, str] | None = None) -> list[Framework]:
        """Return every framework, with the authority's choices of interpretation in force.

        :raises UsageError: a choice names no interpretation, or no option of it.
        :raises PluginMisbehaved: the hook raises, or gives something else than frameworks.
        """
        frameworks = self._frameworks({})
        if not choices:
            return frameworks
        _check_choices(frameworks, choices)
        return self._chosen(choices)

    def _chosen(self, choices: Mapping[str, str]) -> list[Framework]:
        """Build the frameworks with choices that are known to be there, and see them in force."""
        chosen = self._frameworks(dict(choices))
        in_force = {(each.id, each.in_force) for one in chosen for each in one.interpretations}
        if ignored := set(choices.items()) - in_force:
            ids = ", ".join(sorted(each for each, _ in ignored))
            raise self._misbehaved("plugin.choices-ignored", "dti_register_frameworks", ids=ids)
        return chosen

    def framework(
        self, level: str | None, year: int | None, choices: Mapping[str, str] | None = None
    ) -> Framework:
        """Return the framework of a level that answers for a year.

        Without a level: the first framework with data, else the first; without a year: the first
        year of the first decision.

        :raises UsageError: no such level, or no decision of the plugin answers for the year.
        """
        frameworks = self._frameworks({})
        if not choices:
            return self._pick(frameworks, level, year)
        of_level = [each for each in frameworks if level in {None, each.level}]
        _check_choices(of_level or frameworks, choices)
        chosen = self._pick(self._chosen(choices), level, year)  # a reading may move the years
        _check_choices([chosen], choices)
        return chosen

    def _pick(
        self, frameworks: Sequence[Framework], level: str | None, year: int | None
    ) -> Framework:
        of_year = [each for each in frameworks if year is None or each.decision.answers_for(year)]
        with_data = (each for each in of_year if each.illustrative)
        wanted = level or next(with_data, (of_year or frameworks)[0]).level
        of_level = [each for each in frameworks if each.level == wanted]
        if not of_level:
            levels = ", ".join(dict.fromkeys(each.level for each in frameworks))
            raise usage_error("usage.level", plugin=self.name, level=wanted, levels=levels)
        in_force = [each for each in of_level if each in of_year]
        if not in_force:
            raise self._out_of_force(of_level, year)
        return in_force[0]

    def _out_of_force(self, frameworks: Sequence[Framework], year: int | None) -> UsageError:
        intervals = "; ".join(
            f"{each.decision.number}: {each.decision.first_year}–{each.decision.last_year}"
            for each in frameworks
        )
        return usage_error("usage.year", plugin=self.name, year=year, intervals=intervals)

    def collect(self, framework: Framework, year: int, sources: Sequence[Source]) -> Facts:
        """Return the facts of the sources, or the illustrative ones.

        :raises PluginMisbehaved: what comes back are no facts, or their columns are wrong.
        """
        from dti_core.facts import (
            CELL_COLUMNS,
            FACT_COLUMNS,
            INFORMATION_COLUMNS,
            UNIT_COLUMNS,
            Facts,
        )

        hook = "dti_collect_metrics"
        given = self._call(hook, framework=framework, year=year, sources=list(sources))
        facts = self._checked(hook, given, Facts)
        self._check_columns("rows", facts.rows, FACT_COLUMNS)
        self._check_columns("units", facts.units, UNIT_COLUMNS)
        if facts.information is not None:
            self._check_columns("information", facts.information, INFORMATION_COLUMNS)
        if facts.without_evidence is not None:
            self._check_columns("without_evidence", facts.without_evidence, CELL_COLUMNS)
        self._check_field(hook, "inputs", facts.inputs, tuple)
        return facts

    def _check_columns(self, name: str, frame: LazyFrame, wanted: Mapping[str, DType]) -> None:
        import narwhals as nw

        hook = "dti_collect_metrics"
        self._check_field(hook, name, frame, nw.LazyFrame)
        try:
            schema = frame.collect_schema()
        except Exception as error:
            raise self._misbehaved("plugin.hook-raised", hook, error=_reason(error)) from error
        for column, kind in wanted.items():
            if schema.get(column) != kind:
                found = {"field": f"{name}.{column}", "expected": kind, "got": schema.get(column)}
                raise self._misbehaved("plugin.wrong-field", hook, **found)

    def _check_field(self, hook: str, name: str, given: object, expected: type) -> None:
        if not isinstance(given, expected):
            wanted = f"{expected.__module__.partition('.')[0]}.{expected.__name__}"
            found = {"field": name, "expected": wanted, "got": type(given).__name__}
            raise self._misbehaved("plugin.wrong-field", hook, **found)

    def formulas(self, framework: Framework) -> dict[str, Value]:
        """Return the value formula of each ranking, by its code.

        :raises PluginMisbehaved: a formula is no pair of expressions.
        """
        return {each.code: self._formula(framework, each) for each in framework.rankings}

    def _formula(self, framework: Framework, ranking: Ranking) -> Value:
        import narwhals as nw

        from dti_core.valuing import Value

        hook = "dti_score"
        given = self._call(hook, framework=framework, ranking=ranking)
        formula = self._checked(hook, given, Value)
        self._check_field(hook, "numerator", formula.numerator, nw.Expr)
        self._check_field(hook, "denominator", formula.denominator, nw.Expr)
        return formula

    def tiers(self, framework: Framework) -> Tiers | None:
        """Return the tiers of a framework, or None.

        :raises PluginMisbehaved: they are no tiers, or a status decides that is not there.
        """
        given = self._call("dti_tier", framework=framework)
        tiers = None if given is None else self._checked("dti_tier", given, Tiers)
        known = [each.code for each in framework.statuses]
        for each in tiers.overrides if tiers else ():
            if each.status not in known:
                found = {"field": "overrides", "expected": known, "got": each.status}
                raise self._misbehaved("plugin.wrong-field", "dti_tier", **found)
        return tiers

    def calendar(self, framework: Framework, year: int) -> Calendar | None:
        """Return the milestones of a year, or None."""
        given = self._call("dti_calendar", framework=framework, year=year)
        calendar = None if given is None else self._checked("dti_calendar", given, Calendar)
        if calendar is not None and calendar.year != year:
            field = {"field": "year", "expected": year, "got": calendar.year}
            raise self._misbehaved("plugin.wrong-field", "dti_calendar", **field)
        return calendar

    def _frameworks(self, choices: Mapping[str, str]) -> list[Framework]:
        hook = "dti_register_frameworks"
        given = self._call(hook, choices=choices)
        if not isinstance(given, Sequence) or not given:
            got = type(given).__name__
            raise self._misbehaved("plugin.wrong-type", hook, expected="list[Framework]", got=got)
        frameworks = [self._checked(hook, each, Framework) for each in given]
        for place, each in enumerate(frameworks):
            _check_disjoint(self, each, frameworks[:place])
        return frameworks

    def _call(self, hook: str, **arguments: object) -> Any:
        caller: Callable[..., Any] = getattr(self.manager.hook, hook)
        try:
            with redirect_stdout(sys.stderr):  # standard output holds the result alone
                return caller(**arguments)
        except (DtiError, KeyboardInterrupt):
            raise
        except BaseException as error:
            raise self._misbehaved("plugin.hook-raised", hook, error=_reason(error)) from error

    def _checked(self, hook: str, given: Any, expected: type[T]) -> T:
        if not isinstance(given, expected):
            got = type(given).__name__
            raise self._misbehaved("plugin.wrong-type", hook, expected=expected.__name__, got=got)
        return given

    def _misbehaved(self, key: str, hook: str, **values: object) -> PluginMisbehaved:
        where = {"plugin": self.name, "version": self.version, "hook": hook}
        return PluginMisbehaved([Problem(key, where | values)])


def _reason(error: BaseException) -> str:
    """Say what was raised; of a model that does not hold together, each field and its fault."""
    if isinstance(error, ValidationError):
        faults = error.errors(include_url=False)
        return "; ".join(
            f"{'.'.join(map(str, each['loc']))} {each['msg']}".strip() for each in faults
        )
    return f"{type(error).__name__}: {error}"


def _check_choices(frameworks: Sequence[Framework], choices: Mapping[str, str]) -> None:
    known: dict[str, list[str]] = {}
    for each in (each for framework in frameworks for each in framework.interpretations):
        known.setdefault(each.id, []).extend(option.id for option in each.options)
    problems = []
    for interpretation, option in choices.items():
        if interpretation not in known:
            close = get_close_matches(interpretation, known, 1) or sorted(known)
            values = {"id": interpretation, "known": ", ".join(close)}
            problems.append(Problem("usage.interpretation", values))
        elif option not in known[interpretation]:
            options = ", ".join(dict.fromkeys(known[interpretation]))
            values = {"id": interpretation, "option": option, "known": options}
            problems.append(Problem("usage.option", values))
    if problems:
        raise UsageError(problems)


def _check_disjoint(plugin: Plugin, framework: Framework, all_of_it: Sequence[Framework]) -> None:
    mine = framework.decision
    for other in all_of_it:
        theirs = other.decision
        if other.level != framework.level:
            continue
        if mine.first_year <= theirs.last_year and theirs.first_year <= mine.last_year:
            values = {"plugin": plugin.name, "version": plugin.version, "level": framework.level}
            raise PluginMisbehaved([Problem("plugin.years-overlap", values)])
