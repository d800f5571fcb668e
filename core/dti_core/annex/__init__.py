"""The annex that an authority brings: read, checked against its decision, put into the framework.

Where the sources hold no annex the plugin carries what the decision declares (main indicators,
counts, maxima); the indicators come from a file, a workbook or CSV, of one row for each.
:func:`to_xlsx` and :func:`to_csv` write the form of that file, :func:`bring` takes it in.
"""

from dti_core.annex.bringing import bring
from dti_core.annex.forms import to_csv
from dti_core.annex.workbook import to_xlsx

__all__ = ["bring", "to_csv", "to_xlsx"]
