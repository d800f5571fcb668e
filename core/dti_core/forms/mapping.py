"""Which column of another system's form holds what: written down once, saved, used again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, Self

from pydantic import Field, ValidationError

from dti_core.base import Model, Name, Text
from dti_core.errors import InvalidFacts, Problem, usage_error
from dti_core.sources import Source

ORDINARY: Final = "ordinary"
"""What a status of the other system means that changes nothing, such as *appraised*."""


class ColumnMapping(Model):
    """The headings of another system's form; "" where it has no such column.

    ``codes`` gives our code for a code of theirs that differs, ``statuses`` says of each of their
    statuses what it means: ``ordinary``, ``na``, or another status of tidy input. ``sums`` are the
    beginnings of the names of rows without a code that only add up.
    """

    code: Name = "Mã"
    name: Text = "Chỉ tiêu"
    group: Text = "Nhóm"
    max_points: Text = "Điểm tối đa"
    self_points: Text = "Tự đánh giá"
    appraised_points: Text = "Thẩm định"
    difference: Text = "Chênh lệch"
    status: Text = "Trạng thái"
    evidence: Text = "Minh chứng/Ghi chú"
    codes: Mapping[Name, Name] = Field(default_factory=dict)
    statuses: Mapping[Name, Name] = Field(default_factory=dict)
    sums: tuple[Name, ...] = ("Tổng", "Cộng")

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each column that the form has, by what it holds."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: each for name, each in given.items() if each and isinstance(each, str)}

    def to_toml(self) -> str:
        """Write the mapping as TOML."""
        try:
            import tomli_w
        except ImportError as error:
            raise usage_error("form.needs-extra") from error
        return tomli_w.dumps(self.model_dump(mode="json"))

    @classmethod
    def from_toml(cls, source: Source) -> Self:
        """Read a mapping that was saved.

        :raises InvalidFacts: it is no TOML, or a field of it is not what it should be.
        """
        try:
            return cls.model_validate(tomllib.loads(source.content.decode("utf-8-sig")))
        except ValidationError as error:
            problems = [_wrong(cls, each["loc"], source.text_name) for each in error.errors()]
            raise InvalidFacts(problems) from error
        except (OSError, ValueError) as error:
            unread = Problem("form.mapping-unread", {"error": error}, source.text_name)
            raise InvalidFacts([unread]) from error


def _wrong(model: type[Model], where: tuple[int | str, ...], file: str) -> Problem:
    """Describe a field that is not there, or that holds something else than text."""
    first, known = str(where[0]), list(model.model_fields)
    if first not in known:
        close = ", ".join(get_close_matches(first, known, 1) or known)
        return Problem("form.mapping-unknown", {"field": first, "known": close}, file)
    return Problem("form.mapping-field", {"field": ".".join(map(str, where))}, file)
