"""Lies about thresholds and dates: which side of them counts."""

from __future__ import annotations

from typing import Final

from sabotage import DECISION, MODULE, Lie, code, lie, swap

BOUNDARIES: Final = (
    lie(
        "LeavesAGap",
        "boundaries.cover",
        swap(DECISION, 'lower = "0"', 'lower = "10"'),
        stops=True,
    ),
    lie(
        "TurnsTheTiersOver",
        "boundaries.cover boundaries.sides worked_examples.hold",
        code(
            """
            from dti_core.models import Tiers

            @hookimpl
            def dti_tier(framework):
                tiers = read_tiers(DATA, framework)
                fields = {"tiers": tiers.tiers[::-1], "overrides": tiers.overrides}
                return Tiers.model_construct(**fields)
            """
        ),
    ),
    lie(
        "RoundsBeforeTiering",
        "boundaries.sides structure.options worked_examples.hold ranking.exact",
        code(
            """
            @hookimpl
            def dti_score():
                import narwhals as nw
                from dti_core.valuing import Value
                points, whole = nw.col("points"), nw.col("max_points")
                return Value((200 * points + whole) // (2 * whole), 0 * whole + 100)
            """
        ),
    ),
    lie(
        "OffByOneBoundary",
        "boundaries.quoted worked_examples.hold",
        swap(DECISION, 'lower = "90"', 'lower = "90.0001"'),
    ),
    lie(
        "OpensAClosedBound",
        "boundaries.quoted worked_examples.hold",
        swap(DECISION, 'lower = "50"\nlower_closed = true', 'lower = "50"\nlower_closed = false'),
    ),
    lie(
        "SparesWhoIsLate",
        "boundaries.quoted worked_examples.hold",
        swap(DECISION, 'tier = "Yếu"', 'tier = "Khá"'),
    ),
)

CALENDAR: Final = (
    lie(
        "ShowsLastYearsCalendar",
        "calendar.years worked_examples.hold",
        swap(
            MODULE, "read_calendar(DATA, framework, year)", "read_calendar(DATA, framework, 2023)"
        ),
    ),
    lie(
        "FailsInLeapYears",
        "calendar.years",
        code(
            """
            @hookimpl
            def dti_calendar(framework, year):
                import datetime as dt
                dt.date(year, 2, 28 + (year == 2028) * 2)
                return read_calendar(DATA, framework, year)
            """
        ),
    ),
    lie(
        "ForgetsAMilestone",
        "calendar.complete worked_examples.hold",
        code(
            """
            @hookimpl
            def dti_calendar(framework, year):
                calendar = read_calendar(DATA, framework, year)
                return calendar.model_copy(update={"milestones": calendar.milestones[1:]})
            """
        ),
    ),
    lie(
        "HasNoCalendar",
        "calendar.complete worked_examples.hold",
        code("@hookimpl\ndef dti_calendar(): return None"),
    ),
    lie(
        "CountsBackwards",
        "calendar.order",
        code(
            """
            @hookimpl
            def dti_calendar(framework, year):
                calendar = read_calendar(DATA, framework, year)
                return calendar.model_copy(update={"milestones": calendar.milestones[::-1]})
            """
        ),
    ),
    lie(
        "CountsDaysNotDates",
        "calendar.dates",
        code(
            """
            @hookimpl
            def dti_calendar(framework, year):
                import datetime as dt
                calendar = read_calendar(DATA, framework, year)
                def counted(each):
                    if each.id != "entry-deadline":
                        return each
                    day = dt.date(year, 1, 1) + dt.timedelta(days=334)
                    return each.model_copy(update={"date": day})
                milestones = tuple(map(counted, calendar.milestones))
                return calendar.model_copy(update={"milestones": milestones})
            """
        ),
    ),
    lie(
        "CountsTheDayItself",
        "calendar.quoted worked_examples.hold",
        swap(DECISION, '"before"', '"to"'),
    ),
    lie(
        "MovesADeadline",
        "calendar.quoted worked_examples.hold",
        swap(DECISION, 'date = "30/11"', 'date = "29/11"'),
    ),
    lie(
        "ReportsInAnotherYear",
        "worked_examples.hold",
        swap(DECISION, 'date = "15/06"', 'date = "15/06"\nyear_offset = 1'),
    ),
    lie(
        "MovesAYear",
        "calendar.quoted worked_examples.hold",
        swap(DECISION, 'date = "15/11"', 'date = "15/11"\nyear_offset = 1'),
    ),
    lie(
        "DatesByTheClock",
        "calendar.clock purity.clock",
        code(
            """
            @hookimpl
            def dti_calendar(framework, year):
                from datetime import date
                return read_calendar(DATA, framework, max(year, date.today().year - 1000))
            """
        ),
    ),
)

LIES: tuple[Lie, ...] = (
    *BOUNDARIES,
    *CALENDAR,
)
