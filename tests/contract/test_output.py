"""--output: the file is written whole or not at all, and nothing else is touched."""

from __future__ import annotations

import json
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are files here")


@pytest.mark.parametrize("form", ["json", "csv", "parquet", "xlsx"])
def test_the_suffix_names_the_format_and_the_bytes_are_those_of_stdout(form, tmp_path, evaluate):
    output = tmp_path / f"kết quả.{form}"
    ran = evaluate("--output", output)
    assert (ran.code, ran.out) == (0, b"")
    assert f"Đã ghi {output}." in ran.err
    assert output.read_bytes() == evaluate("--format", form).out


def test_a_named_format_wins_over_the_suffix(tmp_path, evaluate):
    output = tmp_path / "a.json"
    assert evaluate("--output", output, "--format", "csv").code == 0
    assert output.read_text(encoding="utf-8").startswith("rank,unit,")


def test_an_old_result_is_replaced_whole(tmp_path, evaluate):
    output = tmp_path / "a.json"
    output.write_bytes(b"x" * 1_000_000)
    assert evaluate("--output", output).code == 0
    assert json.loads(output.read_bytes())["level"] == "huyen"
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize("name", ["absent/a.json", "file/a.json", "folder", "folder/"])
def test_an_output_that_cannot_be_written_is_a_usage_error(name, tmp_path, evaluate):
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    ran = evaluate("--output", f"{tmp_path}/{name}")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.faults[-1].startswith("không ghi được ")
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"old"


@posix
@pytest.mark.parametrize("relative", [True, False], ids=["relative", "absolute"])
@pytest.mark.parametrize("there", [True, False], ids=["old-result", "no-result-yet"])
def test_a_link_stays_and_its_target_is_written(there, relative, tmp_path, evaluate):
    folder, links = tmp_path / "results", tmp_path / "links"
    folder.mkdir()
    links.mkdir()
    target, link = folder / "2024.json", links / "latest.json"
    if there:
        target.write_bytes(b"old")
    link.symlink_to(os.path.relpath(target, links) if relative else target)
    ran = evaluate("--output", link)
    assert ran.code == 0
    assert f"Đã ghi {link}." in ran.err
    assert link.is_symlink()
    assert json.loads(target.read_bytes())["level"] == "huyen"
    assert [*links.iterdir(), *folder.iterdir()] == [link, target]


@posix
def test_a_link_to_itself_cannot_be_written(tmp_path, evaluate):
    link = tmp_path / "a.json"
    link.symlink_to(link)
    ran = evaluate("--output", link)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.faults[-1].startswith("không ghi được ")


@posix
def test_a_pipe_with_a_name_is_written_to(tmp_path, evaluate):
    pipe = tmp_path / "a.json"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as reader:
        read = reader.submit(pipe.read_bytes)
        ran = evaluate("--output", pipe)
        assert (ran.code, ran.out) == (0, b"")
        assert read.result(timeout=30) == evaluate("--format", "json").out
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.fixture(scope="module")
def devices_kept():
    """Stop this process before it replaces or adds anything in /dev, which root could do."""
    watching = True

    def watch(event: str, arguments: tuple) -> None:
        changes = {"os.rename": arguments[1:2], "tempfile.mkstemp": arguments[:1]}
        paths = changes.get(event, ()) if watching else ()
        if any(os.fsdecode(path).startswith("/dev/") for path in paths):
            raise PermissionError(event)

    sys.addaudithook(watch)
    yield
    watching = False


@posix
@pytest.mark.parametrize("linked", [True, False], ids=["through-a-link", "itself"])
def test_the_null_device_takes_everything_and_stays(linked, devices_kept, tmp_path, evaluate):
    output = tmp_path / "a.json" if linked else Path(os.devnull)
    if linked:
        output.symlink_to(os.devnull)
    ran = evaluate("--output", output, "--format", "json")
    assert (ran.code, ran.out) == (0, b"")
    assert stat.S_ISCHR(Path(os.devnull).lstat().st_mode)
    assert list(tmp_path.iterdir()) == ([output] if linked else [])
    assert output.is_symlink() is linked


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_device_cannot_be_written(devices_kept, evaluate):
    ran = evaluate("--output", "/dev/full", "--format", "json")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.faults[-1].startswith("không ghi được /dev/full")
