"""The ways in: each takes the bytes of a file as the commands do, and only a DtiError may leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dti_core.annex import bring
from dti_core.collecting import collect
from dti_core.cycle.receiving import look, read_forms
from dti_core.cycle.running import View
from dti_core.errors import DtiError
from dti_core.forms import ColumnMapping, Unit, read_foreign
from dti_core.sources import Source
from dti_core.store.units import read_units

if TYPE_CHECKING:
    from fuzz_files import Base
    from fuzz_ground import Ground

MAPPING = ColumnMapping(statuses={"Không áp dụng": "na", "na": "na", "x": "ordinary"})
UNIT = Unit("XA-1", "Xã minh hoạ 1")


def attempt(ground: Ground, base: Base, content: bytes) -> str:
    """Import a file.

    :return: ``accepted``, or ``refused``: with a reason that could be told.
    """
    target, _, name = base.target.partition(" ")
    source = Source(f"tệp.{base.suffix}", data=content)
    try:
        TARGETS[target](ground, name, source)
    except DtiError as error:
        said = str(error)
        if not said.strip() or not error.problems:
            raise AssertionError("refused without a word") from error
        return "refused"
    return "accepted"


def _form(ground: Ground, name: str, source: Source) -> None:
    running = ground.running(name)
    (form,) = read_forms(running.law, [source])
    if form.checked is None or form.problems:
        raise DtiError(form.problems, form.total)
    with ground.store.read() as session:
        looked = look(View(session, running), form.checked)
    for change in looked.changes:
        str(change)


def _facts(ground: Ground, name: str, source: Source) -> None:
    law = ground.running(name).law
    facts = collect(law.framework, law.year, [source])
    facts.rows.collect()
    facts.units.collect()


def _units(ground: Ground, name: str, source: Source) -> None:
    read_units(source).check()


def _foreign(ground: Ground, name: str, source: Source) -> None:
    law = ground.running("hue").law
    read_foreign(source, MAPPING, law.framework, UNIT, law.year)


def _annex(ground: Ground, name: str, source: Source) -> None:
    bring(ground.outline, source)


TARGETS: dict[str, Callable[[Ground, str, Source], None]] = {
    "form": _form,
    "facts": _facts,
    "units": _units,
    "foreign": _foreign,
    "annex": _annex,
}
