"""What all models share: they are frozen, forbid unknown fields and hold NFC text."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    model_validator,
)

from dti_core.numbers import from_decimal


class Model(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _to_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _to_points(value: Any) -> Any:
    """Read decimal text as ten-thousandths; an ``int`` already counts them."""
    if isinstance(value, float):
        raise ValueError("a float is not exact: write the number as text")  # noqa: TRY004
    if not isinstance(value, str | int):
        raise ValueError("write the number as text")  # noqa: TRY004
    return from_decimal(value) if isinstance(value, str) else value


def is_points(model: type[BaseModel], field: str) -> bool:
    """Tell whether a field of a model counts ten-thousandths."""
    readers = (getattr(each, "func", None) for each in model.model_fields[field].metadata)
    return _to_points in readers


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_to_nfc)]
"""NFC text without blanks around it."""

Name = Annotated[Text, StringConstraints(min_length=1)]
"""Text that is not empty."""

Points = Annotated[int, BeforeValidator(_to_points)]
"""Ten-thousandths: an ``int`` that counts them, or decimal text such as ``"12.5"``."""


class DayOfYear(Model):
    """A day and a month, written ``dd/mm`` as the decisions do; never the 29th of February."""

    day: int
    month: int

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            day, _, month = value.partition("/")
            return {"day": day, "month": month}
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        self.of(2001)
        return self

    def of(self, year: int) -> date:
        """Return this day in a year."""
        return date(year, self.month, self.day)

    def __str__(self) -> str:
        """Write the day as the decisions do."""
        return f"{self.day:02d}/{self.month:02d}"
