"""The live formulas of a row: its points, what is wrong in it, and the hidden steps."""

from __future__ import annotations

from dti_core.forms.columns import statuses
from dti_core.forms.formulas import Helper, awarded, excludes_zero
from dti_core.forms.leaf import Leaf
from dti_core.forms.states import State, says, state_formula, state_of
from dti_core.messages import text
from dti_core.numbers import ONE, to_short_decimal

BLANK = ""


def score(leaf: Leaf, key: str) -> None:
    """Write the points as a formula; of a plugin's own kind, what the engine gave."""
    looks = ("cell", "grey", "points", "bold")
    if leaf.formulas is None:
        leaf.form.number(leaf.number, key, leaf.points, *looks)
        return
    state = leaf.at["state"]
    given = awarded(leaf.at["points"], leaf.form.setup.framework)
    by_people = f"OR({state}={State.AWARDED:d},{state}={State.OWN_MAXIMUM:d})"
    otherwise = f'IF({by_people},{given},"")'
    formula = f"=IF({state}={State.MEASURED:d},{leaf.formulas.points},{otherwise})"
    cached = BLANK if leaf.points is None else leaf.points / ONE
    leaf.form.formula(leaf.number, key, formula, cached, *looks)


def difference(leaf: Leaf, key: str) -> None:
    """Write how many points more or fewer than the unit gave itself."""
    looks = ("cell", "grey", "points")
    own, mine = leaf.at.get("self.points"), leaf.at["score"]
    if own is None:
        leaf.text(key, None, *looks[1:])
        return
    before = leaf.form.filling.figures.get("self")
    was = before.points.get(leaf.indicator.code) if before else None
    cached: float | str = BLANK
    if leaf.points is not None and was is not None:
        cached = (leaf.points - was) / ONE
    formula = f'=IF(OR({mine}="",{own}=""),"",ROUND({mine}-{own},4))'
    leaf.form.formula(leaf.number, key, formula, cached, *looks)


def check(leaf: Leaf, key: str) -> None:
    """Write what is still wrong or missing in the row, in words."""
    looks = ("cell", "fault", "small")
    if leaf.formulas is None:
        leaf.text(key, text("form.says.own"), *looks[1:])
        return
    state, formula = state_of(leaf.answer), says(leaf.at["state"], leaf.indicator)
    cached = text("form.says.empty") if state is State.EMPTY else BLANK
    if leaf.form.setup.framework.evidence and "evidence" in leaf.at:
        words, cell = text("form.says.bare"), leaf.at["state"]
        reported = f"OR({cell}={State.MEASURED:d},{cell}={State.AWARDED:d})"
        bare = f'AND({leaf.at["evidence"]}="",{leaf.at["explanation"]}="")'
        formula = f'IF(AND({reported},{bare}),"{words}",{formula})'
        shows = leaf.answer.evidence or leaf.answer.explanation
        if state in {State.MEASURED, State.AWARDED} and not shows:
            cached = words
    leaf.form.formula(leaf.number, key, f"={formula}", cached, *looks)


def steps(leaf: Leaf) -> None:
    """Write the hidden steps that the points come about by."""
    setup = leaf.form.setup
    state = state_formula(leaf.indicator, setup.framework, leaf.at, statuses(setup.framework))
    helpers = {"state": Helper(state, state_of(leaf.answer)), "applies": _applies(leaf)}
    if leaf.formulas is not None:
        helpers |= leaf.formulas.helpers
    for key, helper in helpers.items():
        leaf.form.formula(leaf.number, key, helper.formula, helper.cached)


def _applies(leaf: Leaf) -> Helper:
    """Tell how many points can be reached: what is left out leaves the maximum."""
    state, most = leaf.at["state"], leaf.indicator.max_points
    chosen, cached = to_short_decimal(most), most
    if excludes_zero(leaf.indicator) and leaf.formulas is not None:
        zero = f"{leaf.at['whole']}=0"
        chosen = f"IF(AND({state}={State.MEASURED:d},{zero}),0,{chosen})"
    if "max_points" in leaf.at:
        chosen = f"IF({state}={State.OWN_MAXIMUM:d},{leaf.at['max_points']},{chosen})"
        cached = most if leaf.answer.max_points is None else leaf.answer.max_points
    known = leaf.form.figures.points
    if leaf.indicator.code in known and leaf.points is None:
        cached = 0
    return Helper(f"=IF({state}={State.LEFT_OUT:d},0,{chosen})", cached / ONE)
