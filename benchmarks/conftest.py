"""The inputs, made once; every program has run on them once before anything is measured."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from programs import PROGRAMS, SIZES, Facts
from running import measure


@pytest.fixture(scope="session")
def caches(tmp_path_factory):
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(scope="session")
def inputs(tmp_path_factory, caches):
    made = {size: Facts(size, tmp_path_factory.mktemp(size)) for size in SIZES}
    for facts in made.values():
        facts.make()
        for program in PROGRAMS:
            measure(facts.command(program), facts.output(program), caches)
    return made
