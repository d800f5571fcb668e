"""What a module must declare: its version of the contract, and hooks by their right names."""

import pytest

from dti_core.hookspecs import API_VERSION

PLUGIN = "plugin “minhhoa” (dti-minhhoa 1.0)"


@pytest.mark.parametrize("version", [API_VERSION, API_VERSION - 1])
def test_this_version_and_the_one_before_it_are_accepted(environment, version):
    environment.install("minhhoa", f"DTI_API_VERSION = {version}")
    assert environment.evaluate("minhhoa").exit_code == 0


@pytest.mark.parametrize(
    "version",
    [API_VERSION + 1, API_VERSION - 2, "'1'", [1]],
    ids=["too-new", "too-old", "text", "list"],
)
def test_any_other_version_is_refused(environment, version):
    environment.install("minhhoa", f"DTI_API_VERSION = {version}")
    environment.evaluate("minhhoa").fails(
        2,
        f"{PLUGIN}: field DTI_API_VERSION is {version}, this core takes {API_VERSION} and the "
        "one before. Update the plugin or dti-core.",
    )


def test_a_version_must_be_declared(environment):
    environment.install("minhhoa", "del DTI_API_VERSION")
    environment.evaluate("minhhoa").fails(
        2, f"{PLUGIN} declares no DTI_API_VERSION; {API_VERSION} is wanted."
    )


def test_the_required_hook_must_be_there(environment):
    environment.install("minhhoa", "del dti_register_frameworks")
    environment.evaluate("minhhoa").fails(
        2, f"{PLUGIN} lacks the required hook dti_register_frameworks."
    )


MISSPELT = {
    "marked": "@hookimpl\ndef dti_calender(framework, year): pass",
    "unmarked": "def dti_calender(framework, year): pass",
    "marked-optional": "@hookimpl(optionalhook=True)\ndef dti_calender(framework, year): pass",
}


@pytest.mark.parametrize("code", MISSPELT.values(), ids=MISSPELT)
def test_a_misspelt_hook_is_refused_and_the_right_name_suggested(environment, code):
    environment.install("minhhoa", code)
    environment.evaluate("minhhoa").fails(
        2, f"{PLUGIN}: there is no hook dti_calender. Did you mean: dti_calendar?"
    )


def test_a_right_name_without_the_mark_is_refused(environment):
    environment.install("minhhoa", "def dti_tier(framework): pass")
    environment.evaluate("minhhoa").fails(2, f"{PLUGIN}: function dti_tier lacks @hookimpl.")


def test_a_hook_with_an_unknown_argument_is_refused_and_the_argument_named(environment):
    environment.install("minhhoa", "@hookimpl\ndef dti_tier(framework, nam): pass")
    environment.evaluate("minhhoa").fails_telling(
        2, f"{PLUGIN} declares a hook wrongly: ", "dti_tier(framework, nam)", "{'nam'}"
    )


UNKNOWN = {
    "marked-without-the-prefix": ("@hookimpl\ndef calendar(framework): pass", "'calendar'"),
    "marked-for-a-misspelt-hook": (
        "@hookimpl(specname='dti_scoore')\ndef formula(framework): pass",
        "'dti_scoore'",
    ),
}


@pytest.mark.parametrize(("code", "name"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_mark_for_a_hook_that_is_none_is_refused(environment, code, name):
    environment.install("minhhoa", code)
    environment.evaluate("minhhoa").fails_telling(
        2, f"{PLUGIN} declares a hook wrongly: unknown hook {name}"
    )


def test_every_fault_of_a_module_is_told_at_once(environment):
    code = """
        dti_register_framework = dti_register_frameworks
        del dti_register_frameworks, DTI_API_VERSION
        def dti_tier(framework): pass
    """
    environment.install("minhhoa", code)
    environment.evaluate("minhhoa").fails(
        2,
        f"{PLUGIN} declares no DTI_API_VERSION; {API_VERSION} is wanted.\n"
        f"{PLUGIN}: there is no hook dti_register_framework. "
        "Did you mean: dti_register_frameworks?\n"
        f"{PLUGIN}: function dti_tier lacks @hookimpl.\n"
        f"{PLUGIN} lacks the required hook dti_register_frameworks.\n"
        "4 errors in all, 4 shown. Nothing was written.",
    )


def test_a_plugin_may_be_an_object_with_the_hooks_as_its_methods(environment):
    code = """
        class Plugin:
            DTI_API_VERSION = 1
            @hookimpl
            def dti_register_frameworks(self, choices):
                return read_frameworks(DATA / "0", choices)
        plugin = Plugin()
    """
    environment.install("minhhoa", code, entry_point="dti_minhhoa:plugin")
    run = environment.evaluate("minhhoa")
    assert run.exit_code == 0, run.err


@pytest.mark.parametrize("value", ["5", "{}"])
def test_an_entry_point_that_names_neither_module_nor_object_with_hooks(environment, value):
    environment.install("minhhoa", f"plugin = {value}", entry_point="dti_minhhoa:plugin")
    environment.evaluate("minhhoa").fails_telling(2, PLUGIN)


def test_what_else_a_module_holds_is_left_alone(environment):
    """An object of another library may refuse to be looked at, as a proxy out of context does."""
    code = """
        class OutsideOfARequest:
            def __getattr__(self, name):
                raise RuntimeError(name)
        request = OutsideOfARequest()
    """
    environment.install("minhhoa", code)
    run = environment.evaluate("minhhoa")
    assert run.exit_code == 0, run.err
