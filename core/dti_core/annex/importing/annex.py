"""A file and a decision → the rows of its table, with everything that is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dti_core.annex.importing import explicit
from dti_core.annex.importing.choosing import choose_levels, choose_table
from dti_core.annex.importing.clauses import annex_of, base_clause, clause_of_main
from dti_core.annex.importing.entries import Entry, Table, Writer
from dti_core.annex.importing.figures import Figures, compare
from dti_core.annex.importing.headings import Region, maxima_in_levels
from dti_core.annex.importing.labels import read_label, split_label
from dti_core.annex.importing.ledger import Ledger, account_for_headings
from dti_core.annex.importing.lines import Line, read_lines
from dti_core.annex.importing.marks import marked, spread
from dti_core.annex.importing.nodes import Node, Total
from dti_core.annex.importing.outline import Outline
from dti_core.annex.importing.structure import main_indicators
from dti_core.annex.importing.target import Target, Wish
from dti_core.annex.importing.wordings import LEVELS, begins, folded, is_total
from dti_core.errors import InvalidAnnex, Problem
from dti_core.sources import Source


@dataclass(frozen=True)
class Main:
    """A main indicator as the decision has to name it."""

    code: str
    name: str
    clause: str


@dataclass(frozen=True)
class Imported:
    """What a file gives.

    :param columns: the columns that were taken in: letters, heading, column of the table.
    :param levels: the levels that the file is for.
    :param problems: whatever was not understood or not taken in, or done otherwise than it says.
    """

    entries: Sequence[Entry]
    mains: Sequence[Main]
    figures: Sequence[Figures]
    whole: Figures
    columns: Sequence[tuple[str, str, str]]
    levels: Sequence[str]
    problems: Sequence[Problem]


def read_annex(source: Source, target: Target, wish: Wish) -> Imported:
    """Read the annex of a decision as an official has it.

    :raises InvalidFacts: the file cannot be read, no table can be found in it or it cannot be
        said which row an indicator is; nothing of it is taken then.
    :raises UsageError: the level or the sheet has to be said, or there is none such.
    """
    regions, others = choose_table(source, wish)
    ledger = Ledger(regions[0].grid)
    levels = choose_levels(regions, target, wish)
    for region in regions:
        account_for_headings(region, ledger, levels)
    lines = [line for region in regions for line in read_lines(region)]
    last = max((e.row for e in lines if _belongs(e)), default=regions[0].heading[-1])
    lines = [each for each in lines if each.row <= last]
    mains, totals = _tree(regions[0], lines, target, ledger)
    table = _table(mains, regions, levels, wish, ledger)
    base = _base(regions[0], target, wish, ledger)
    entries = list(Writer(table, target, base, ledger).entries())
    _refuse_doubles(table, ledger)
    figures, whole = compare(table, totals, ledger)
    named = [Main(each.code, each.name, clause_of_main(base, each.code)) for each in mains]
    _tell_of_mains(mains, target, ledger)
    problems = [*ledger.close(regions[0], last), *others]
    return Imported(entries, named, figures, whole, _columns(regions), levels, problems)


def _belongs(line: Line) -> bool:
    """Tell whether the table still goes on at a row."""
    number = read_label(line["code"]) if line["code"] else split_label(line["name"])[0]
    is_row = number is not None and not line.is_alone
    return is_row or line.has_amount or is_total(line.first)


def _tree(
    region: Region, lines: Sequence[Line], target: Target, ledger: Ledger
) -> tuple[list[Node], list[Total]]:
    """Build the tree: rows say where they belong by columns, or by their numbers."""
    if region.places("dimension"):
        return explicit.grow(lines, target.dimensions, ledger), []
    names = (each["name"] or each.first for each in lines)
    numbered = any(read_label(e["code"]) for e in lines if e["code"]) or any(
        split_label(each)[0] for each in names
    )
    outline = Outline(ledger, numbered)
    for line in lines:
        outline.add(line)
    return main_indicators(outline.roots, target.dimensions, ledger), outline.totals


def _table(
    mains: Sequence[Node],
    regions: Sequence[Region],
    levels: Sequence[str],
    wish: Wish,
    ledger: Ledger,
) -> Table:
    """Find the levels of each row; one for none of the decision's levels is told and left out."""
    columns = {each for region in regions for each in region.columns.values()}
    is_marked = wish.level is None and bool(columns & {*LEVELS, "levels"})
    by_level = is_marked and maxima_in_levels(regions[0])
    own: dict[Node, set[str]] = {}
    for main in mains:
        for node in main.walk():
            named = marked(node, ledger, maxima=by_level) if is_marked else set(levels)
            own[node] = named & set(levels)
            if named and not own[node] and node.parent is not None:
                _leave_out(node, ledger)
    found = {key: each for main in mains for key, each in spread(main, own, set()).items()}
    if not any(main.children for main in mains):
        raise InvalidAnnex([ledger.grid.problem("annex.import-nothing", regions[0].heading[0])])
    return Table(mains, found, by_level)


def _leave_out(node: Node, ledger: Ledger) -> None:
    ledger.tell("annex.import-other-level", node.row, code=node.code)
    ledger.take((node.row, at) for at in node.line.everything) if node.line else None
    if node.parent is not None:
        node.parent.children = [each for each in node.parent.children if each is not node]


def _tell_of_mains(mains: Sequence[Node], target: Target, ledger: Ledger) -> None:
    """Tell of main indicators that are empty, outside the scale, or named otherwise before."""
    for each in mains:
        known = target.dimensions.get(each.code)
        if not each.children:
            ledger.tell("annex.import-dimension-empty", each.row, code=each.code)
        if begins(each.name, "blocks"):
            ledger.tell("annex.import-outside-scale", each.row, code=each.code, given=each.name)
        if known and folded(known).lower() != folded(each.name).lower():
            values = {"code": each.code, "given": each.name, "known": known}
            ledger.tell("annex.import-dimension-differs", each.row, **values)


def _base(region: Region, target: Target, wish: Wish, ledger: Ledger) -> str:
    if wish.clause is not None:
        return wish.clause
    named, place = annex_of(region.grid, region.heading[0])
    ledger.take([place] if place else [])
    return base_clause(named, target.clauses)


def _refuse_doubles(table: Table, ledger: Ledger) -> None:
    """Refuse a code that two rows of a level have: nobody could say which is meant."""
    seen: dict[tuple[str, str], Node] = {}
    wrong: list[Problem] = []
    for node in (each for main in table.mains for each in main.walk()):
        levels = ["dimension"] if node.parent is None else sorted(table.levels[node])
        firsts = [seen.setdefault((node.code, level), node) for level in levels or [""]]
        first = next((each for each in firsts if each is not node), None)
        if first is not None:
            values = {"code": node.code, "other": first.row}
            wrong.append(ledger.grid.problem("annex.import-code-twice", node.row, **values))
    if wrong:
        raise InvalidAnnex(wrong)


def _columns(regions: Sequence[Region]) -> list[tuple[str, str, str]]:
    from xlsxwriter.utility import xl_col_to_name

    return [
        (xl_col_to_name(at), " ".join(region.headings[at].split()), column)
        for region in regions
        for at, column in region.columns.items()
    ]
