"""The message catalogues: every key is there in both languages, used, filled in and proper."""

from __future__ import annotations

import ast
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import dti_core
from dti_core.messages import LANGUAGES, LOCALE_DIR, catalogue
from dti_core.rules import KINDS

SOURCE = Path(dti_core.__file__).parent
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
TELLERS = {"text", "note", "usage_error"}
"""Functions that take a key and the values of its message."""


def _read(language: str) -> dict[str, str]:
    """Read a .po file; each string of ours stands on one line."""
    messages, key = {}, ""
    path = LOCALE_DIR / language / "LC_MESSAGES" / "dti.po"
    for line in path.read_text(encoding="utf-8").splitlines():
        keyword, _, quoted = line.partition(" ")
        if keyword == "msgid":
            key = ast.literal_eval(quoted)
            assert key not in messages, f"{key} stands twice"
        elif keyword == "msgstr":
            messages[key] = ast.literal_eval(quoted)
    return {key: message for key, message in messages.items() if key}


MESSAGES = {language: _read(language) for language in LANGUAGES}
KEYS = set(MESSAGES["vi"])
OURS = {key for key in KEYS if " " not in key and "." in key}
PREFIXES = {key.partition(".")[0] for key in OURS}


def _constants() -> Iterator[str]:
    """Yield every string of the code, whole ones and the fixed starts of f-strings."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and path.parent.name != "families":  # which name checks, not messages
                yield node.value


def _dynamic() -> set[str]:
    """Return the fixed starts of keys that the code completes, such as ``column.``."""
    starts = {
        node.values[0].value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }
    return {each for each in starts if each.partition(".")[0] in PREFIXES and "." in each}


def _is_key(constant: str) -> bool:
    start, dot, rest = constant.partition(".")
    return (
        bool(dot)
        and rest != "toml"  # a file
        and start in PREFIXES
        and rest.replace("-", "").replace("_", "").replace(".", "").isalpha()
    )


def test_both_languages_have_the_same_keys():
    assert set(MESSAGES["en"]) == KEYS


def test_every_key_of_the_code_has_a_message():
    used = {constant for constant in _constants() if _is_key(constant)} - _dynamic()
    assert used - KEYS == set()


def test_every_message_is_used():
    used, dynamic = set(_constants()), tuple(_dynamic())
    assert {key for key in OURS - used if not key.startswith(dynamic)} == set()


def test_every_dynamic_key_has_messages():
    assert all(any(key.startswith(start) for key in OURS) for start in _dynamic())


@pytest.mark.parametrize("rule", KINDS, ids=lambda rule: rule.__name__)
def test_every_kind_of_rule_and_each_of_its_parameters_has_a_name(rule):
    named = {f"kind.{rule.kind}", *(f"parameter.{name}" for name in rule.model_fields)}
    assert named - KEYS == set()


def test_the_words_of_the_command_line_library_are_its_words():
    """Messages without a key of ours translate what typer says itself."""
    import typer

    library = "".join(
        path.read_text(encoding="utf-8") for path in Path(typer.__file__).parent.rglob("*.py")
    )
    assert {key for key in KEYS - OURS if f'"{key}"' not in library} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_and_the_compiled_file_is_current(language):
    compiled = catalogue(language)
    for key, message in MESSAGES[language].items():
        assert message.strip(), key
        assert compiled.gettext(key) == message


def _fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_languages_fill_in_the_same_values():
    differ = {
        key: (message, MESSAGES["en"][key])
        for key, message in MESSAGES["vi"].items()
        if _fields(message) != _fields(MESSAGES["en"][key])
    }
    assert differ == {}


def _calls() -> Iterator[tuple[str, set[str]]]:
    """Yield key and named values of each call that gives all of them in place."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in TELLERS
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and all(each.arg for each in node.keywords)
            ):
                yield node.args[0].value, {str(each.arg) for each in node.keywords}


def test_a_call_gives_every_value_that_its_message_names():
    calls = list(_calls())
    assert calls
    assert [(key, given) for key, given in calls if _fields(MESSAGES["vi"][key]) - given] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_composed_characters(language):
    """NFC, as officials' keyboards write it; and neither NBSP nor blanks at an end."""
    for key, message in MESSAGES[language].items():
        assert unicodedata.is_normalized("NFC", message), key
        assert "\u00a0" not in message, key
        assert (
            key in {"help.usage", "report.overridden"}
            or key.startswith("form.progress.")
            or message == message.strip()
        ), key


def test_vietnamese_is_written_with_its_accents():
    plain = {key for key in OURS if MESSAGES["vi"][key].isascii()}
    known = {"form.change", "column.plugin", "column.size", "column.sha256", "calendar.decided-by"}
    assert plain <= known, "“do” (by) has none"


def test_vietnamese_and_english_differ():
    same = {key for key in OURS if MESSAGES["vi"][key] == MESSAGES["en"][key]}
    assert same <= {"form.change", "column.plugin", "column.sha256"}
