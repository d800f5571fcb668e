"""Many forms in one transaction: each is taken in whole or not at all, whatever the others are."""

from __future__ import annotations

import shutil

import pytest
from clerk import Clerk

from dti_core.store import cells, open_store

WHICH = ("--plugin", "hatinh", "--level", "xa", "--year", 2024)
DAY = ("--today", "2024-11-10")


@pytest.fixture
def folder(dti, url, tmp_path):
    """The filled-in forms of all units of a cycle."""
    clerk, forms = Clerk("hatinh", "xa"), tmp_path / "forms"
    for step in (
        ("unit", "import", clerk.write_units(tmp_path / "units.csv")),
        ("cycle", "open", *WHICH, *DAY),
        ("form", "export", "--all", "-d", forms, *DAY),
    ):
        assert dti(*step, url=url).code == 0
    for each in forms.iterdir():
        clerk.fill(each)
    return forms


def units_with_facts(url: str) -> set[int]:
    with open_store(url) as store, store.read() as session:
        return {each.unit for each in cells.latest(session, 1, "self").values()}


def test_a_damaged_form_and_one_that_comes_twice_do_not_stand_in_the_way(dti, url, folder):
    """The second copy finds what the first one left: it changes nothing."""
    paths = sorted(folder.iterdir())
    broken, again = paths[0], paths[1]
    broken.write_bytes(broken.read_bytes()[:500])
    shutil.copyfile(again, again.with_stem(f"{again.stem}-lan-2"))
    ran = dti("form", "import", folder, "--commit", *DAY, "--who", "A", url=url)
    assert ran.code == 1
    assert ran.out.count("KHÔNG nhận") == 1
    assert "0 ô thay đổi" in ran.out
    assert len(units_with_facts(url)) == len(paths) - 1
    assert dti("audit", "verify", url=url).code == 0


def test_a_form_that_the_cycle_refuses_leaves_the_others(dti, url, folder):
    """A unit that has released its form is locked; nothing of a new form of it is saved."""
    first, *rest = sorted(folder.iterdir())
    dti("form", "import", first, "--commit", *DAY, "--who", "A", url=url)
    unit = first.name.removesuffix("-self.xlsx")
    assert dti("form", "release", unit, *DAY, "--who", "B", url=url).code == 0
    ran = dti("form", "import", folder, "--commit", *DAY, "--who", "A", url=url)
    assert ran.out.count("KHÔNG nhận") == 1
    assert len(units_with_facts(url)) == 1 + len(rest)
    assert dti("audit", "verify", url=url).code == 0
