"""Worked examples are YAML that an official writes: every fault has file, line and cure."""

from __future__ import annotations

import pytest

from dti_core.conformance.examples import read_examples, read_file
from dti_core.conformance.yaml_lines import WrongYaml

GOOD = """\
# Ví dụ minh hoạ
- example: "Sáu tin bài"
  clause: Phụ lục I.4
  level: huyen
  year: 2024
  facts:
    - {unit: A, indicator: I.4, value: 6}
  expect:
    A: {indicators: {I.4: 12.50}, value: —, rank: 1}
"""


@pytest.fixture
def read(tmp_path):
    def call(text: str):
        path = tmp_path / "vi-du.yaml"
        path.write_text(text, encoding="utf-8")
        return read_file(path)

    return call


def test_numbers_are_exact_text_and_places_are_known(read):
    [example] = read(GOOD)
    [expected] = example.expect.values()
    assert expected.indicators == {"I.4": 125_000}
    assert (expected.value, expected.rank) == ("—", "1")
    assert example.place == "vi-du.yaml, line 2"
    heading, row = example.source().content.decode().splitlines()
    assert dict(zip(heading.split(","), row.split(","), strict=True))["value"] == "6"


def test_no_and_dates_stay_what_was_written(read):
    """Not a boolean, not a date object: the text goes to the collector as a clerk wrote it."""
    [example] = read(GOOD.replace("value: 6", "value: no"))
    assert example.facts[0].value == "no"
    [example] = read(GOOD.replace("value: 6", "value: 31/01/2024"))
    assert example.facts[0].value == "31/01/2024"


WRONG = {
    "unknown key": ("year: 2024", "yaer: 2024", 5, "did you mean “year”"),
    "unknown key of a row": ("value: 6", "vlaue: 6", 7, "did you mean “value”"),
    "unknown key of a result": ("rank: 1", "rnak: 1", 9, "did you mean “rank”"),
    "no number": ("12.50", "mười hai", 9, "I.4"),
    "too many decimals": ("12.50", "12.50001", 9, "I.4"),
    "no level": ("level: huyen", "level: quận", 4, "level"),
    "no clause": ("  clause: Phụ lục I.4\n", "", 2, "clause"),
    "nothing given": ("    - {unit: A, indicator: I.4, value: 6}\n", "", 6, "facts"),
    "twice": ("year: 2024", "year: 2024\n  year: 2025", 6, "year stands twice"),
    "neither a result nor a refusal": (GOOD[GOOD.index("  expect") :], "", 2, "under expect"),
    "no YAML": ("[", "[", 9, ""),
}


@pytest.mark.parametrize("fault", [each for each in WRONG if each != "no YAML"])
def test_a_fault_names_file_and_line(fault, read):
    old, new, line, words = WRONG[fault]
    assert old in GOOD
    with pytest.raises(WrongYaml) as caught:
        read(GOOD.replace(old, new, 1))
    assert f"vi-du.yaml, line {line}:" in str(caught.value)
    assert words in str(caught.value)


def test_what_is_no_yaml_names_the_line(read):
    with pytest.raises(WrongYaml, match=r"vi-du\.yaml, line \d+:"):
        read(GOOD.replace("{unit: A", "{unit: [A"))


@pytest.mark.parametrize("text", ["", "example: x\n", "một dòng chữ\n"])
def test_a_file_is_a_list_of_examples(text, read):
    with pytest.raises(WrongYaml, match=r"line 1: a list of examples"):
        read(text)


def test_every_fault_of_a_file_is_told_at_once(read):
    two = GOOD.replace("year: 2024", "yaer: 2024").replace("rank: 1", "rnak: 1")
    with pytest.raises(WrongYaml) as caught:
        read(two)
    assert {"line 5", "line 9"} <= {
        line.split(": ")[0].split(", ")[1] for line in str(caught.value).splitlines()
    }


def test_a_folder_that_is_not_there_holds_none(tmp_path):
    assert list(read_examples(tmp_path / "examples")) == []
