"""Workbooks that a unit or an appraiser fills in, and what comes back in them.

:func:`export` writes one, :func:`read` reads one, :func:`check` puts what was read through core's
own checks, :func:`differences` tells what changed. Nothing here knows a database or a clock.
"""

from dti_core.forms.answers import OF_UNIT, Answer, Answers, Unit
from dti_core.forms.checking import Checked, check
from dti_core.forms.comparing import Change, differences
from dti_core.forms.content import ContentRow, FormContent
from dti_core.forms.figures import Figures, figures
from dti_core.forms.foreign import Foreign, heading_of, read_foreign
from dti_core.forms.identity import Identity
from dti_core.forms.mapping import ColumnMapping
from dti_core.forms.reading import FormReader, read
from dti_core.forms.setup import STAGES, Setup
from dti_core.forms.sheet import Filling
from dti_core.forms.workbook import export

__all__ = [
    "OF_UNIT",
    "STAGES",
    "Answer",
    "Answers",
    "Change",
    "Checked",
    "ColumnMapping",
    "ContentRow",
    "Figures",
    "Filling",
    "Foreign",
    "FormContent",
    "FormReader",
    "Identity",
    "Setup",
    "Unit",
    "check",
    "differences",
    "export",
    "figures",
    "heading_of",
    "read",
    "read_foreign",
]
