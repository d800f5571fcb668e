"""The mutator is itself tried: mutants are real, small and named, and the caught are caught."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import zip_longest
from multiprocessing import get_context

import pytest
from code_mutants import OPERATOR
from gathering import PLUGINS, data_mutants, mutants_of, package_of, sample
from law_figures import FIGURES
from law_words import WORDS
from mutants import LAW, Action, Change, Mutant, changed, read, unchanged
from scoring import score
from survivors import Explanation, Verdict, read_explanations, stale, unexplained
from table_mutants import ROWS
from trial import Trial, attempt

EVERYWHERE = {"kind", "maximum", "level", "option", "reference", "row dropped", "clause", "name"}


@pytest.fixture(scope="module")
def found() -> dict[str, list[Mutant]]:
    return {plugin: list(data_mutants(plugin, package_of(plugin))) for plugin in PLUGINS}


def differences(one, other) -> int:
    """Count the places in which two trees differ; a row more or less is one."""
    if type(one) is not type(other):
        return 1
    if isinstance(one, dict):
        keys = one.keys() | other.keys()
        return sum(differences(one.get(key), other.get(key)) for key in keys)
    if isinstance(one, list) and len(one) == len(other):
        return sum(differences(*pair) for pair in zip_longest(one, other))
    return int(one != other)


def test_every_operator_finds_something_to_change(found):
    made = {each.operator for mutants in found.values() for each in mutants}
    assert made == {*FIGURES, *WORDS, *ROWS}
    for mutants in found.values():
        assert {each.operator for each in mutants} >= EVERYWHERE


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_mutant_differs_in_exactly_one_place(plugin, found):
    """An exchange differs in two; a whole citation, put in the place of another, is one."""
    package = package_of(plugin)
    files = {file: read(package / file) for file in {each.file for each in found[plugin]}}
    for each in found[plugin]:
        before, after = files[each.file], changed(files[each.file], each.change)
        if each.operator == "citation":
            before, after = (_without_citation(data, each.change) for data in (before, after))
            assert before == after, each
            continue
        places = 2 if each.change.action is Action.SWAP else 1
        assert differences(before, after) == places, each


def _without_citation(data, change):
    return changed(data, Change(change.place, action=Action.DROP))


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_file_that_is_read_and_written_says_the_same(plugin, tmp_path, found):
    package = package_of(plugin)
    shutil.copytree(package, tmp_path / "copy")
    for file in {each.file for each in found[plugin]}:
        unchanged(plugin, file).write(tmp_path / "copy")
        assert read(tmp_path / "copy" / file) == read(package / file)


def test_no_two_mutants_have_the_same_name(found):
    """A survivor is found by its name."""
    for mutants in found.values():
        names = Counter((each.file, each.operator, each.where, each.before, each.after,
                         each.change.action) for each in mutants)  # fmt: skip
        assert [name for name, times in names.items() if times > 3] == []


def test_the_sample_is_the_same_whatever_stands_beside_it(found):
    hue = [each for each in found["hue"] if each.operator == "maximum"]
    assert sample(hue, 5) == sample(reversed(hue), 5)
    assert sample([*hue, *found["moduc"]], 5)[:5] == sample(hue, 5)


def test_python_is_mutated_where_it_runs():
    pytest.importorskip("cosmic_ray", reason="in the group mutation")
    code = [each for each in mutants_of("hue") if each.operator == OPERATOR]
    assert any("1_000_001" in each.after or "1000001" in each.after for each in code)
    assert not any("| None" in each.before and "def " in each.before for each in code)


def maximum(found, plugin: str, row: str) -> Mutant:
    return next(each for each in found[plugin] if each.operator == "maximum" and row in each.where)


def test_what_is_known_to_be_caught_is_caught(found):
    """Each in a process of its own, which ends with its trial; a run tries the originals too."""
    threshold = next(each for each in found["hatinh"] if each.operator == "threshold")
    tried = [threshold, maximum(found, "hatinh", "dimensions[so 1]")]
    with get_context("forkserver").Pool(2, maxtasksperchild=1) as pool:
        moved, raised = pool.map(attempt, tried, chunksize=1)
    assert (moved.caught_by, moved.at_loading) == ("worked_examples.hold", False)
    assert raised.caught_by == "structure.registers"
    assert raised.at_loading


# What survives ----------------------------------------------------------------------------------


def name(after: str) -> Mutant:
    return Mutant("hue", LAW, "name", f"dimensions[{after}].name", "Tên", after, Change(()))


def reason(**patterns: str) -> Explanation:
    return Explanation(Verdict.EQUIVALENT, "…", "name", **patterns)


def test_a_survivor_needs_an_explanation():
    trials = [Trial(name("I")), Trial(name("II"), "worked_examples.hold", "…"), Trial(name("III"))]
    known = [reason(where="dimensions[I].name")]
    assert [each.mutant for each in unexplained(trials, known)] == [name("III")]


def test_an_explanation_needs_a_survivor():
    trials = [Trial(name("I")), Trial(name("II"), "worked_examples.hold", "…")]
    mutants = [name("I"), name("II"), name("untried")]
    known = [reason(after=after) for after in ("I", "II", "untried", "nobody")]
    assert [each.after for each in stale(trials, mutants, known)] == ["II", "nobody"]


def test_only_what_is_explained_as_equivalent_is_not_counted():
    trials = [Trial(name("I"), "identity.loads", "…"), *(Trial(name(each)) for each in "abc")]
    outside = Explanation(Verdict.OUTSIDE, "…", "name", after="b")
    found = score(trials, [reason(after="a"), outside])
    assert (found.tried, found.caught, found.equivalent, found.counted) == (4, 1, 1, 3)
    assert not found.is_enough


def test_the_explanations_can_be_read_and_say_why():
    for each in read_explanations():
        assert each.why.strip()
        assert each.operator in {*FIGURES, *WORDS, *ROWS, OPERATOR}
