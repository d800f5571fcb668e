"""Two hundred mutated files, as a sample of the long run: ``tox -e fuzz``."""

from __future__ import annotations

import time

import pytest
from fuzz_files import bases
from fuzz_ground import prepared
from fuzz_inputs import chosen
from fuzz_targets import attempt

SEED, INPUTS = 2, 200


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    with prepared(tmp_path_factory.mktemp("fuzz")) as made:
        yield made


@pytest.fixture(scope="module")
def every(ground):
    return bases(ground)


def test_a_file_in_order_is_accepted(ground, every):
    """The mutations start from what is right; only the annex to fill in is empty."""
    refused = {
        f"{each.target} {each.suffix}"
        for each in every
        if attempt(ground, each, each.content) != "accepted"
    }
    assert refused == {"annex xlsx"}


def test_whatever_comes_is_accepted_or_refused_with_a_reason(ground, every):
    """No traceback and no hang; the message of a refusal can be told."""
    outcomes = set()
    for number in range(INPUTS):
        base, content = chosen(SEED, number, every)
        started = time.process_time()
        outcomes.add(attempt(ground, base, content))
        assert time.process_time() - started < 5, (base.target, SEED, number)
    assert outcomes == {"accepted", "refused"}


def test_the_same_seed_gives_the_same_inputs(every):
    once, again = ([chosen(SEED, number, every) for number in range(50)] for _ in range(2))
    assert once == again
    assert once != [chosen(SEED + 1, number, every) for number in range(50)]
