"""What a clerk who can program would write: calamine reads, xlsxwriter writes, floats add up.

Usage: python by_hand_folder.py FOLDER RESULT.xlsx
"""

import sys
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook


def total(path):
    """Add up the points and the maxima of one form, as its formulas left them."""
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    heading = next(row for row in cells if "score" in row)
    key, points, most = (heading.index(name) for name in ("id", "score", "applies"))
    rows = [row for row in cells if str(row[key]).startswith("indicator ")]
    scored = [row for row in rows if isinstance(row[points], float)]
    return sum(row[points] for row in scored), sum(row[most] for row in scored)


def main(folder, output):
    """Read every form, divide, rank, write."""
    units = []
    for path in sorted(Path(folder).glob("*.xlsx")):
        points, most = total(path)
        units.append((path.stem, round(points, 2), most, round(points / most * 100, 2)))
    units.sort(key=lambda unit: (-unit[3], unit[0]))
    with xlsxwriter.Workbook(output) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Hạng", "Mã đơn vị", "Điểm", "Điểm tối đa", "Giá trị (%)"])
        for number, unit in enumerate(units, 1):
            rank = 1 + next(n for n, other in enumerate(units) if other[3] == unit[3])
            sheet.write_row(number, 0, [rank, *unit])


if __name__ == "__main__":
    main(*sys.argv[1:])
