"""Text or typed columns → int64 in ten-thousandths, without a float ever deciding a digit."""

from __future__ import annotations

from typing import Final

import polars as pl

from dti_core.models import Framework
from dti_core.models.policy import OF_INDICATORS
from dti_core.numbers import EXACT_FLOAT, INT64_MAX, ONE
from dti_core.rules import FactType, Rule, ZeroDenominator

YES: Final = ("1", "true", "có", "co", "x", "yes")
NO: Final = ("0", "false", "không", "khong", "no")
TEXTS: Final = (
    *("unit", "indicator", "status", "reason", "unit_name", "group"),
    *("evidence", "explanation", "replacement"),
)
NUMBERS: Final = ("value", "denominator", "points", "max_points")
DATES: Final = ("reported_at",)
ACCEPTS: Final = pl.Enum(FactType)
LARGEST: Final = INT64_MAX // ONE
"""The largest whole number that can be written in ten-thousandths."""


def parse(table: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Parse the raw columns of tidy input.

    :return: every input column; numbers as int64 in ten-thousandths (null where nothing or nothing
        valid stands), what stands in the source as ``raw_NAME``, and of the indicator
        ``place`` in the annex, ``accepts``, ``limit`` (its maximum), ``largest`` and
        ``zero_is_error`` (null where it is unknown).
    """
    given = [_clean(table[name]) for name in (*TEXTS, *NUMBERS, *DATES) if name in table.columns]
    absent = [name for name in (*TEXTS, *NUMBERS, *DATES) if name not in table.columns]
    table = table.with_columns(*given, *(_nothing(name) for name in absent))
    table = table.with_columns(_status(table["status"], framework))
    table = table.with_columns(_of_indicator(table["indicator"], framework))
    raw = [pl.col(name).alias(f"raw_{name}") for name in (*NUMBERS, *DATES)]
    parsed = [_number(table, name).alias(name) for name in NUMBERS[1:]]
    day = _date(table, "reported_at")
    columns = table.lazy().with_columns(*raw, *parsed, value=_value(table), reported_at=day)
    table = columns.collect(engine="in-memory")  # lazily: what columns share is computed once
    # A share without a denominator is a percentage.
    percentage = (pl.col("accepts") == FactType.SHARE) & pl.col("raw_denominator").is_null()
    whole = pl.when(percentage & pl.col("raw_value").is_not_null()).then(100 * ONE)
    return table.with_columns(denominator=pl.coalesce(whole, "denominator"))


def _nothing(name: str) -> pl.Expr:
    """Make an empty column; as a literal it takes no memory."""
    return pl.lit(None, pl.String).alias(name)


def _clean(column: pl.Series) -> pl.Series | pl.Expr:
    """NFC text without blanks around it, null where nothing is left.

    Numbers, dates and booleans stay as they are. The few different texts are cleaned, not the
    many cells.
    """
    if column.null_count() == len(column):
        return _nothing(column.name)
    is_text = isinstance(column.dtype, pl.String | pl.Categorical | pl.Enum | pl.Decimal)
    if not is_text and column.name not in TEXTS:
        return column
    text = column.cast(pl.String)
    given = text.unique()
    clean = given.str.normalize("NFC").str.strip_chars().replace("", None)
    if given.equals(clean, null_equal=True):
        return text
    return text.replace_strict(given, clean, return_dtype=pl.String)


def _status(given: pl.Series, framework: Framework) -> pl.Series:
    """Write a status as it is known, whatever its capitals."""
    if given.null_count() == len(given):
        return given
    codes = (*OF_INDICATORS, *(each.code for each in framework.statuses))
    known = {each.lower(): each for each in codes}
    return given.str.to_lowercase().replace_strict(known, default=given)


def _of_indicator(codes: pl.Series, framework: Framework) -> list[pl.Series]:
    """Look up what a row must fit; ``largest`` keeps every product of a rule in 64 bits."""
    leaves = [leaf for _, leaf in framework.leaves]
    unit = framework.point_unit
    known = {
        "accepts": pl.Series([leaf.rule.accepts.value for leaf in leaves], dtype=ACCEPTS),
        "limit": pl.Series([leaf.max_points for leaf in leaves], dtype=pl.Int64),
        "largest": pl.Series([largest(leaf.max_points // unit) for leaf in leaves], dtype=pl.Int64),
        "zero_is_error": pl.Series(
            [_zero_is_error(leaf.rule) for leaf in leaves], dtype=pl.Boolean
        ),
    }
    place = codes.cast(pl.Enum([leaf.code for leaf in leaves]), strict=False).to_physical()
    found = [column.gather(place).alias(name) for name, column in known.items()]
    return [place.alias("place"), *found]


def largest(max_units: int) -> int:
    """Return the largest number whose products with a maximum of so many units fit in 64 bits."""
    return INT64_MAX // (4 * max(max_units, ONE))


def _zero_is_error(rule: Rule) -> bool:
    return rule.zero_denominator == ZeroDenominator.ERROR


def _value(table: pl.DataFrame) -> pl.Expr:
    """Parse ``value`` by what the indicator's rule accepts."""
    is_date, is_yes_no = (pl.col("accepts") == each for each in (FactType.DATE, FactType.YES_NO))
    kind = table.schema["value"]
    if kind == pl.Boolean:
        return pl.when(is_yes_no).then(pl.col("value").cast(pl.Int64) * ONE)
    if kind.is_numeric():
        number = _number(table, "value")
        no_answer = is_yes_no & (number != 0) & (number != ONE)
        return pl.when(~is_date & ~no_answer).then(number)
    if kind.is_temporal():
        return pl.when(is_date).then(_date(table, "value"))
    dated = pl.when(is_date).then(_date(table, "value"))
    return dated.when(is_yes_no).then(_yes_no()).otherwise(_number(table, "value"))


def _number(table: pl.DataFrame, name: str) -> pl.Expr:
    kind = table.schema[name]
    if kind.is_integer():
        whole = pl.col(name).cast(pl.Int64, strict=False)
        return pl.when(whole.is_between(-LARGEST, LARGEST)).then(whole * ONE)
    if kind.is_float():
        # The double nearest to a decimal of four places divides back to itself, and no other does.
        # Division by a literal is a multiplication in polars and not exact: hence a column.
        given = pl.col(name).cast(pl.Float64)
        scaled = (given * ONE).round()
        exact = (scaled / (ONE + 0 * scaled) == given) & (scaled.abs() < EXACT_FLOAT)
        return pl.when(exact).then(scaled.cast(pl.Int64, strict=False))
    if kind == pl.String:
        return _decimal(pl.col(name))
    return pl.lit(None, pl.Int64)  # nothing, or something that is no number


def _decimal(text: pl.Expr) -> pl.Expr:
    """Read ``-12.5``, or ``-12,5`` where a decimal comma may stand; null where it is neither."""
    text = pl.when(pl.col("comma")).then(text.str.replace(",", ".", literal=True)).otherwise(text)
    whole = text.str.extract(r"^[+-]?([0-9]{1,14})(?:\.[0-9]{1,4}0*)?$").cast(pl.Int64)
    decimals = (
        text.str.extract(r"\.([0-9]{1,4})0*$").fill_null("").str.pad_end(4, "0").cast(pl.Int64)
    )
    sign = pl.when(text.str.starts_with("-")).then(-1).otherwise(1)
    return sign * (whole * ONE + decimals)


def _yes_no() -> pl.Expr:
    word = pl.col("value").str.to_lowercase()
    word = word.str.replace(r"^([01])[.,]0+$", "$1")  # a whole number that a program wrote
    yes = pl.when(word.is_in(YES)).then(ONE)
    return pl.when(word.is_in(NO)).then(0).otherwise(yes).cast(pl.Int64)


def _date(table: pl.DataFrame, name: str) -> pl.Expr:
    """Read an ISO date or ``dd/mm/yyyy``, the year in full, as days since 1970-01-01."""
    kind = table.schema[name]
    if table[name].null_count() == len(table):
        return pl.lit(None, pl.Int64)
    if kind.is_temporal():
        midnight = pl.col(name) == pl.col(name).cast(pl.Date)
        day: pl.Expr = pl.when(midnight).then(pl.col(name).cast(pl.Date))
    elif kind == pl.String:
        text = pl.col(name)
        iso = text.str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})$")
        usual = text.str.extract(r"^([0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$")
        day = pl.coalesce(
            iso.str.to_date("%Y-%m-%d", strict=False), usual.str.to_date("%d/%m/%Y", strict=False)
        )
    else:
        return pl.lit(None, pl.Int64)
    return day.cast(pl.Int32).cast(pl.Int64) * ONE
