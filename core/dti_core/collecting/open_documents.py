"""How far the sheets of an OpenDocument workbook reach: rows and cells in it may be repeated."""

from __future__ import annotations

import zipfile
from typing import Final

CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
FILLED: Final = frozenset({"value-type", "formula"})


def cells_of(content: bytes) -> int:
    """Count the cells from the first to the last that holds something, in the largest sheet.

    :raises zipfile.BadZipFile: the XML is damaged; the reader of cells would never come to its end.
    """
    from xml.parsers import expat

    seen = _Corner()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    try:
        parser.Parse(content, True)  # noqa: FBT003 - has no name for it
    except expat.ExpatError as error:
        raise zipfile.BadZipFile from error
    return seen.most


class _Corner:
    """The last row and column of each sheet in which anything stands."""

    def __init__(self) -> None:
        self.most = 0
        self._rows = self._columns = self._row = self._column = self._last = self._times = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self._rows = self._columns = self._row = 0
        elif tag == "table-row":
            self._column = self._last = 0
            self._times = _times(given.get("number-rows-repeated"))
        elif tag in CELLS:
            self._column += _times(given.get("number-columns-repeated"))
            self._last = self._column if FILLED & given.keys() else self._last
        elif tag == "p":
            self._last = self._column

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "table-row":
            return
        self._row += self._times
        if self._last:
            self._rows, self._columns = self._row, max(self._columns, self._last)
            self.most = max(self.most, self._rows * self._columns)


def _times(given: str | None) -> int:
    return int(given) if given and given.isdecimal() else 1
