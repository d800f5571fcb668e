"""A decision that is all data: frameworks, tiers and dates as its files have them."""

from pathlib import Path

from dti_core.hookspecs import hookimpl
from dti_core.lawfiles import read_calendar, read_frameworks, read_tiers

DTI_API_VERSION = 1
DATA = Path(__file__).parent / "data"


def folder_of(framework):
    """Find the folder of a decision: it is named after the first year that it answers for."""
    return DATA / str(framework.decision.first_year)


@hookimpl
def dti_register_frameworks(choices):
    return [each for folder in sorted(DATA.iterdir()) for each in read_frameworks(folder, choices)]


@hookimpl
def dti_tier(framework):
    return read_tiers(folder_of(framework), framework)


@hookimpl
def dti_calendar(framework, year):
    return read_calendar(folder_of(framework), framework, year)
