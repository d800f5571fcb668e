"""One report in three forms: text, JSON and JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET

import orjson

from dti_core.conformance.run import Outcome, Report, Result
from dti_core.messages import known, text

MARKS: Final = {Outcome.PASSED: "✓", Outcome.DECLARED: "≈", Outcome.FAILED: "✗"}


def to_text(report: Report) -> bytes:
    """Write a line for each check, what is wrong under it, and the summary."""
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield text("conformance.heading", plugin=report.plugin, version=report.version)
    for result in report.results:
        title = known(f"check.{result.check.id}", result.check.title)
        yield f"{MARKS[result.outcome]} {result.check.id}: {title}"
        if result.outcome is Outcome.FAILED:
            yield f"    {text('conformance.why')}: {result.check.why}"
        if result.deviation:
            yield f"    {result.deviation.state}: {result.deviation.reason}"
        yield from (f"    - {fault}" for fault in result.faults)
    if not report.results:
        yield text("conformance.nothing")
    yield report.summary


def to_json(report: Report) -> bytes:
    """Write everything that is known of the run."""
    result = {
        "plugin": report.plugin,
        "distribution": report.distribution,
        "version": report.version,
        "summary": report.summary,
        "passed": report.passed,
        "checks": [_as_json(each) for each in report.results],
    }
    return orjson.dumps(result, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.check.id,
        "title": result.check.title,
        "why": result.check.why,
        "guards": result.check.guards,
        "outcome": result.outcome,
        "could_run": result.could_run,
        "faults": result.faults,
        "deviation": result.deviation and result.deviation.model_dump(),
    }


def to_junit(report: Report) -> bytes:
    """Write JUnit XML, as CI systems read it; a declared deviation is a skipped test."""
    failed, declared = report.count(Outcome.FAILED), report.count(Outcome.DECLARED)
    counts = {"tests": str(report.collected), "failures": str(failed), "skipped": str(declared)}
    suite = ET.Element("testsuite", {"name": f"dti check {report.plugin}", **counts})
    for result in report.results:
        names = {"classname": f"dti.{result.check.family}", "name": result.check.id}
        case = ET.SubElement(suite, "testcase", names)
        if result.outcome is Outcome.FAILED:
            failure = ET.SubElement(case, "failure", {"message": result.check.title})
            failure.text = "\n".join(result.faults)
        elif result.deviation is not None:
            ET.SubElement(case, "skipped", {"message": result.deviation.reason})
    ET.SubElement(suite, "system-out").text = report.summary
    content: bytes = ET.tostring(suite, encoding="utf-8", xml_declaration=True)
    return content
