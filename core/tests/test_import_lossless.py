"""``dti annex import``: nothing is lost — whatever stands in a file is taken in or told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from imports import Imported, as_csv, as_xlsx, rows, take, target
from xlsxwriter.utility import xl_rowcol_to_cell

from dti_core.annex.importing.points import read_amount
from dti_core.annex.importing.wordings import column_of, wordings
from dti_core.errors import InvalidAnnex, UsageError
from dti_core.numbers import to_short_decimal

ROMAN = ("I", "II", "III", "IV", "V")
LEVELS = ("so", "huyen", "xa")


@dataclass
class Annex:
    """An annex that was made up: its file, what is in it, and every text with its cell."""

    cells: list[list[object]] = field(default_factory=list)
    found: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    maxima: dict[str, int] = field(default_factory=dict)

    def texts(self) -> list[tuple[int, int, str]]:
        return [
            (at, place, str(cell))
            for at, row in enumerate(self.cells)
            for place, cell in enumerate(row)
            if cell != ""
        ]


def words(draw, what: str, counter: list[int]) -> str:
    """Make a text that stands nowhere else in the file."""
    counter[0] += 1
    more = draw(st.sampled_from(["", " đợt", " cấp tỉnh", " (nếu có)"]))
    return f"{what} số {counter[0]}{more}"


@st.composite
def annexes(draw) -> Annex:
    """Draw an official layout: wordings, numbers, marks, titles, sums, notes, odd columns."""
    made, counter = Annex(), [0]
    heads = {
        name: draw(st.sampled_from(wordings()["headings"][name])).rstrip("…")
        for name in ("code", "name", "max_points", "evidence", *LEVELS)
    }
    odd = draw(st.sampled_from(["", "Điểm tự chấm", "Kết quả"]))
    for _ in range(draw(st.integers(0, 3))):
        made.cells.append([words(draw, "Tiêu đề", counter)])
    made.cells.append([*heads.values(), *filter(None, [odd])])
    is_dotted, comma = draw(st.booleans()), draw(st.booleans())
    for main in range(1, draw(st.integers(1, 4)) + 1):
        code = str(main) if is_dotted else ROMAN[main - 1]
        made.cells.append([code, words(draw, "Nhóm", counter)])
        for number in range(1, draw(st.integers(1, 12)) + 1):
            points = draw(st.integers(1, 400)) * 2_500
            marks = [draw(st.sampled_from(["x", "x", ""])) for _ in LEVELS[1:]]
            name, label = (
                words(draw, "Chỉ tiêu", counter),
                f"{main}.{number}" if is_dotted else number,
            )
            shown = to_short_decimal(points).replace(".", "," if comma else ".")
            evidence = words(draw, "Văn bản", counter) if draw(st.booleans()) else ""
            row = [str(label), name, shown, evidence, "x", *marks]
            made.cells.append([*row, words(draw, "Tự chấm", counter)] if odd else row)
            levels = " ".join(
                level for level, mark in zip(LEVELS, ["x", *marks], strict=True) if mark
            )
            found = (f"{code}.{number}", name, to_short_decimal(points), evidence, levels)
            made.found.append(found)
            made.maxima[code] = made.maxima.get(code, 0) + points
            if draw(st.integers(0, 9)) == 0:
                made.cells.append(["", "", "", words(draw, "Cũng cần", counter)])
                made.found[-1] = (*found[:3], f"{evidence}\n{made.cells[-1][3]}".strip(), levels)
    made.cells.append(["", "Tổng cộng", to_short_decimal(sum(made.maxima.values()))])
    for _ in range(draw(st.integers(0, 2))):
        made.cells.append(["", words(draw, "Nơi nhận", counter)])
    return made


def is_accounted_for(imported: Imported, at: int, place: int, text: str) -> bool:
    """Whether a text is taken in, as a row, a heading or a main indicator, or its place is told."""
    taken = [cell for entry in imported.entries for cell in entry.values()]
    taken += [text for each in imported.mains for text in (each.code, each.name)]
    taken += [heading for _, heading, _ in imported.columns]
    written = [each.written.values() for each in (*imported.figures, imported.whole)]
    taken += [to_short_decimal(each) for values in written for each in values]
    number_off = re.sub(r"^(?:[IVX]+|[a-z])[.)] ?(?=.)", "", text)
    meant = {" ".join(text.split()), number_off, text.strip(")")}
    if amount := read_amount(text):
        decimal = to_short_decimal(amount.points)
        meant |= {decimal, decimal.replace(".", ",")}
    if any(each in " ".join(cell.split()) for cell in taken for each in meant):
        return True
    cell = xl_rowcol_to_cell(at, place)
    columns = [
        each.cell.partition("!")[2].rstrip("0123456789")
        for each in imported.problems
        if each.key.startswith("annex.import-column")
    ]
    in_column = cell.rstrip("0123456789") in columns
    return in_column or any(each.cell.endswith(f"!{cell}") for each in imported.problems)


@given(annexes())
def test_every_cell_of_a_workbook_is_taken_in_or_told(annex):
    imported = take(as_xlsx(annex.cells), target(LEVELS))
    sums = {to_short_decimal(each) for each in (*annex.maxima.values(), sum(annex.maxima.values()))}
    for at, place, text in annex.texts():
        known = text in {"Tổng cộng", "x", *sums}
        assert known or is_accounted_for(imported, at, place, text), (at, place, text)


@given(annexes(), st.sampled_from([",", ";", "\t"]))
def test_every_indicator_of_an_official_layout_comes_back(annex, separator):
    imported = take(as_csv(annex.cells, separator), target(LEVELS))
    columns = ("code", "name", "max_points", "evidence", "levels")
    assert rows(imported, *columns) == annex.found
    assert {each.code: each.found[""][1] for each in imported.figures} == annex.maxima
    assert imported.whole.written[""] == imported.whole.found[""][1]


TEXTS = st.sampled_from(
    [
        "",
        "",
        "I",
        "1",
        "2",
        "1.1",
        "1.10",
        "a)",
        "x",
        "-",
        "10",
        "1.000",
        "2024-02-01",
        "Tổng cộng",
        "Nhận thức số",
        "II. Thể chế",
        "Ghi chú: a",
        "TT",
        "Chỉ số",
        "Điểm tối đa",
        "Xã",
        "Phụ lục II",
    ]
)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=12))
def test_whatever_a_file_holds_it_is_told_what_became_of_it(cells):
    """Nonsense below a heading is refused as a whole or accounted for cell by cell."""
    given_rows = [["TT", "Chỉ số", "Điểm tối đa", "Huyện", "Xã"], *cells]
    try:
        imported = take(as_xlsx(given_rows), target(LEVELS))
    except (InvalidAnnex, UsageError):
        return
    assert imported.entries
    assert all(str(each) for each in imported.problems)
    for at, row in enumerate(given_rows):
        for place, text in enumerate(row):
            passed = not text or text in {"x", "-", "Tổng cộng"} or column_of(text)
            left_out = any(
                each.row == at + 1 and each.key == "annex.import-other-level"
                for each in imported.problems
            )
            assert passed or left_out or is_accounted_for(imported, at, place, text)
