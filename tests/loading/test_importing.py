"""Installed but broken inside: told apart from not installed, with what to do, by exit code 2."""

import pytest

PLUGIN = "plugin “minhhoa” (dti-minhhoa 1.0)"
BROKEN = f"{PLUGIN} is installed but broken"


def test_a_module_that_the_plugin_needs_is_told_apart_from_its_own(environment):
    environment.install("minhhoa", "import thu_vien_khong_co")
    environment.evaluate("minhhoa").fails(
        2, f"{BROKEN}: it needs module thu_vien_khong_co. Install that."
    )


def test_a_needed_module_whose_name_begins_the_plugins_own_is_no_part_of_it(environment):
    environment.install("minhhoa", "import dti_minh")
    environment.evaluate("minhhoa").fails(2, f"{BROKEN}: it needs module dti_minh. Install that.")


@pytest.mark.parametrize("module", ["dti_khong_co", "dti_minhhoa.khong_co"])
def test_a_module_that_the_entry_point_names_and_nobody_brought(environment, module):
    environment.install("minhhoa", entry_point=module)
    environment.evaluate("minhhoa").fails(
        2, f"{PLUGIN} names module {module}, which the distribution lacks. Reinstall it."
    )


def test_a_module_of_the_plugins_own_that_was_left_out_of_the_wheel(environment):
    """Nobody can install it by its name: the whole distribution is to be installed again."""
    environment.install("minhhoa", "import dti_minhhoa.cong_thuc")
    run = environment.evaluate("minhhoa")
    run.fails_telling(2, PLUGIN, "dti_minhhoa.cong_thuc", "Reinstall it.")


FAULTS = {
    "syntax": ("def (:", "SyntaxError: invalid syntax (__init__.py, line "),
    "raises": ("raise LookupError('mất tệp')", "LookupError: mất tệp."),
    "name-not-there": ("from pathlib import khong_co", "ImportError: cannot import name"),
    "exits-with-zero": ("import sys; sys.exit(0)", "SystemExit: 0."),
    "engine-panics": (
        "import polars\nraise polars.exceptions.PanicException('hỏng')",
        "PanicException: hỏng.",
    ),
}


@pytest.mark.parametrize(("code", "reason"), FAULTS.values(), ids=FAULTS)
def test_whatever_happens_on_import_is_the_plugins_fault(environment, code, reason):
    environment.install("minhhoa", code)
    environment.evaluate("minhhoa").fails_telling(2, f"{BROKEN} on import: {reason}")


def test_an_entry_point_that_names_nothing_in_its_module(environment):
    environment.install("minhhoa", entry_point="dti_minhhoa:plugin")
    environment.evaluate("minhhoa").fails_telling(
        2, f"{BROKEN} on import: AttributeError: ", "'plugin'"
    )


def test_every_command_that_takes_a_plugin_refuses_it_alike(environment):
    environment.install("minhhoa", "raise LookupError('mất tệp')")
    environment.dti("frameworks", "--plugin", "minhhoa").fails(
        2, f"{BROKEN} on import: LookupError: mất tệp."
    )


def test_the_message_is_vietnamese_by_default(environment):
    environment.install("minhhoa", "import thu_vien_khong_co")
    environment.dti("evaluate", "--plugin", "minhhoa", lang="").fails(
        2, f"{PLUGIN} đã cài nhưng hỏng: thiếu mô-đun thu_vien_khong_co. Hãy cài mô-đun đó."
    )
