"""Which table of a file is the annex, and for which levels it is."""

from __future__ import annotations

from collections.abc import Sequence

from dti_core.annex.importing.grid import Grid, read_grids
from dti_core.annex.importing.headings import Region, find_regions, fit
from dti_core.annex.importing.target import Target, Wish
from dti_core.annex.importing.wordings import LEVELS
from dti_core.errors import InvalidAnnex, Problem, usage_error
from dti_core.sources import Source


def choose_table(source: Source, wish: Wish) -> tuple[list[Region], list[Problem]]:
    """Find the table: of a CSV file by the separator that fits, of a workbook in its one sheet."""
    readings = list(read_grids(source))
    of_csv = [(grids[0], find_regions(grids[0])) for grids in readings if len(readings) > 1]
    found = of_csv or [(grid, find_regions(grid)) for grids in readings for grid in grids]
    whole = [each for each in found if each[1]]
    if of_csv:
        whole = sorted(whole, key=lambda each: -fit(each[1][0]))[:1]
    names = [grid.sheet or "" for grid, _ in found]
    if wish.sheet is not None:
        if wish.sheet not in names:
            raise usage_error("usage.import-sheet", given=wish.sheet, known=", ".join(names))
        whole = [each for each in whole if each[0].sheet == wish.sheet]
    if not whole:
        raise InvalidAnnex([Problem("annex.import-no-table", {}, source.text_name)])
    if len(whole) > 1:
        sheets = ", ".join(str(grid.sheet) for grid, _ in whole)
        raise InvalidAnnex([Problem("annex.import-sheets", {"sheets": sheets}, source.text_name)])
    [(chosen, regions)] = whole
    left = [grid for grid, _ in found if grid is not chosen and grid.cells and not of_csv]
    return regions, [_passed_over(grid) for grid in left]


def _passed_over(grid: Grid) -> Problem:
    first = next(iter(grid.rows))
    return grid.problem("annex.import-sheet", first, cells=len(grid.cells))


def choose_levels(regions: Sequence[Region], target: Target, wish: Wish) -> list[str]:
    """Return the levels that the file is for, as far as the decision has them."""
    columns = {each for region in regions for each in region.columns.values()}
    known = ", ".join(target.levels)
    marked = columns & {*LEVELS, "levels"}
    if wish.level is not None:
        if wish.level not in target.levels:
            raise usage_error("usage.import-level", given=wish.level, known=known)
        if marked:
            raise usage_error("usage.import-marks", given=wish.level)
        return [wish.level]
    if not marked and len(target.levels) > 1:
        raise usage_error("usage.import-which-level", known=known)
    if not marked or "levels" in marked:
        return list(target.levels)
    return [each for each in target.levels if each in columns]
