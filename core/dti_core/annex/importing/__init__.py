"""An annex as an official has it → the data table of a plugin.

The source is a table of a decision, saved as CSV or in a spreadsheet: headings in many wordings,
titles above, main indicators between the rows, merged cells, totals. Whatever is not understood is
told with its place; a rule is never guessed.
"""

from dti_core.annex.importing.annex import Imported, read_annex
from dti_core.annex.importing.figures import Figures
from dti_core.annex.importing.merging import merge
from dti_core.annex.importing.plugin_folder import PluginFolder, find_folder
from dti_core.annex.importing.target import Target, Wish

__all__ = [
    "Figures",
    "Imported",
    "PluginFolder",
    "Target",
    "Wish",
    "find_folder",
    "merge",
    "read_annex",
]
