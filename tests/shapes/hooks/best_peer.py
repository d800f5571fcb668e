"""A decision that measures every unit by the best of them: points = value ÷ the highest value."""

from pathlib import Path
from typing import ClassVar

import narwhals as nw

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_frameworks
from dti_core.rules import Earned, FactType, Rule

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data" / "2024"


class BestPeer(Rule):
    """``value ÷ the highest value of all units``; where nobody has any, nobody earns any."""

    kind: ClassVar[str] = "best_peer"
    measures: ClassVar[FactType] = FactType.NUMBER

    def earned(self, year: int) -> Earned:
        best = nw.col("value").max().over("indicator")
        return Earned(nw.col("value"), nw.when(best > 0).then(best).otherwise(1))


@hookimpl
def dti_register_frameworks(choices):
    return read_frameworks(DATA, choices, [BestPeer])
