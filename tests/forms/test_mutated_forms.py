"""Whatever comes is read or refused: never a traceback, never a hang."""

from __future__ import annotations

import time

from form_profiles import tried
from hypothesis import given
from hypothesis import strategies as st
from sample_form import SETUP, WHOLE
from test_old_workbooks import old
from workbook_parts import FORM, packed, parts

from dti_core.errors import InvalidFacts
from dti_core.forms import check, read
from dti_core.sources import Source


@tried(60, deep=20_000)
@given(st.data())
def test_a_mutated_form_is_read_or_refused(data):
    """Never a traceback, never a hang; whatever is read goes through the checks."""
    content = bytearray(data.draw(st.sampled_from([FORM, old()])))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    _survives(bytes(content))


PIECES = [b'r="XFD1"', b"<c>", b"</row>", b"'", b"<![CDATA[", b"&#0;"]


@tried(40, deep=20_000)
@given(st.data())
def test_a_form_with_mutated_parts_is_read_or_refused(data):
    mine = parts()
    name = data.draw(st.sampled_from(sorted(mine)))
    part = bytearray(mine[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(part)))
        piece = data.draw(st.binary(max_size=12) | st.sampled_from(PIECES))
        part[at : at + data.draw(st.integers(0, 12))] = piece
    _survives(packed(mine | {name: bytes(part)}))


def _survives(content: bytes) -> None:
    """Read a file and check what is in it; a refusal has a reason that can be told."""
    started, said = time.perf_counter(), "read"
    try:
        form = read(Source("phieu.xlsx", data=content), WHOLE)
        check([form], WHOLE, SETUP.year)
    except InvalidFacts as error:
        said = str(error)
    assert said
    assert time.perf_counter() - started < 20
