"""Which plugin is meant: found by metadata alone, never guessed, never imported unasked."""

import pytest


def test_a_name_close_to_an_installed_one_is_suggested(environment):
    environment.install("minhhoa")
    environment.evaluate("minhoa").fails(2, "there is no plugin “minhoa”. Did you mean “minhhoa”?")


def test_the_suggestion_is_vietnamese_by_default(environment):
    environment.install("minhhoa")
    run = environment.dti("evaluate", "--plugin", "minhoa", lang="")
    run.fails(2, "không có plugin “minhoa”. Có phải “minhhoa”?")


def test_a_name_unlike_any_other_lists_what_is_installed(environment, core_alone):
    environment.install("minhhoa")
    environment.install("khac")
    run = environment.dti_alone(core_alone, "evaluate", "--plugin", "xyz")
    run.fails_telling(
        2,
        "plugin “xyz” is not installed. Installed: khac, minhhoa. Install dti-xyz into ",
        "python",
    )


def test_nothing_installed_is_told_and_there_is_no_default_plugin(environment, core_alone):
    listed = environment.dti_alone(core_alone, "plugins")
    assert (listed.exit_code, listed.err) == (0, "")
    assert listed.out.startswith("No plugin is installed.")

    run = environment.dti_alone(core_alone, "evaluate", "--plugin", "xyz")
    run.fails_telling(2, "plugin “xyz” is not installed. Installed: —.")

    run = environment.dti_alone(core_alone, "evaluate")
    run.fails_telling(2, "the required option --plugin is missing")


def test_two_distributions_of_one_name_are_refused_and_both_named(environment):
    environment.install("khac")
    environment.install("minhhoa")
    environment.install("minhhoa", distribution="dti-ban-sao", module="dti_ban_sao", version="2.1")
    both = "dti-ban-sao 2.1, dti-minhhoa 1.0"
    message = f"two distributions name plugin “minhhoa”: {both}. Uninstall one."
    environment.evaluate("minhhoa").fails(2, message)

    listed = environment.dti("plugins")
    assert listed.exit_code == 0
    assert f"minhhoa dti-ban-sao 2.1 BROKEN: {message}" in listed.table
    assert f"minhhoa dti-minhhoa 1.0 BROKEN: {message}" in listed.table
    assert "khac dti-khac 1.0 ready: 1/QĐ-MH; levels xa" in listed.table


IMPORT_LEAVES_A_MARK = """
    Path(__file__).with_name("imported").touch()
"""


@pytest.mark.parametrize("asked", ["minhhoa", "khong-co"])
def test_a_plugin_that_is_not_asked_for_is_not_imported(environment, asked):
    environment.install("minhhoa")
    environment.install("khac", IMPORT_LEAVES_A_MARK)
    mark = environment.site / "dti_khac" / "imported"

    environment.evaluate(asked)
    assert not mark.exists()

    environment.evaluate("khac")
    assert mark.exists()


BROKEN = {
    "cuphap": ("def (:", "SyntaxError"),
    "thieu": ("import thu_vien_khong_co", "needs module thu_vien_khong_co"),
    "thoat": ("import sys; sys.exit(0)", "SystemExit: 0"),
    "khonghook": ("del dti_register_frameworks", "lacks the required hook"),
    "hong": (
        "@hookimpl\ndef dti_register_frameworks(choices): raise LookupError('mất tệp')",
        "hook dti_register_frameworks failed: LookupError: mất tệp",
    ),
}


def test_broken_plugins_are_lines_beside_a_good_one_that_evaluates(environment):
    environment.install("minhhoa")
    for name, (code, _) in BROKEN.items():
        environment.install(name, code)

    listed = environment.dti("plugins")
    assert (listed.exit_code, listed.err) == (0, "")
    assert "minhhoa dti-minhhoa 1.0 ready: 1/QĐ-MH; levels xa" in listed.table
    for name, (_, reason) in BROKEN.items():
        assert f"{name} dti-{name} 1.0 BROKEN: plugin “{name}”" in listed.table
        assert reason in listed.table

    run = environment.evaluate("minhhoa")
    assert run.exit_code == 0
    assert run.out.splitlines()[1:] == [
        '1,MH-01,Đơn vị minh hoạ 01,"",15.00,20.00,75.00,,15.00,20.00',
        '2,MH-02,Đơn vị minh hoạ 02,"",2.50,20.00,12.50,,2.50,20.00',
    ]


DEADLY = {
    "so": ("plugin = 5", "dti_so:plugin"),
    "phienban": ("DTI_API_VERSION = [1]", None),
    "dung": ("import asyncio\nraise asyncio.CancelledError('dừng')", None),
}
"""What no ``except Exception`` round an import catches."""


def test_no_plugin_kills_the_list(environment):
    environment.install("minhhoa")
    for name, (code, entry_point) in DEADLY.items():
        environment.install(name, code, entry_point=entry_point)
    listed = environment.dti("plugins")
    assert (listed.exit_code, listed.err) == (0, "")
    assert "minhhoa dti-minhhoa 1.0 ready: 1/QĐ-MH; levels xa" in listed.table
    for name in DEADLY:
        assert f"{name} dti-{name} 1.0 BROKEN: plugin “{name}”" in listed.table
