"""Lies in names, in words, in packages and in worked examples."""

from __future__ import annotations

import unicodedata
from typing import Final

from sabotage import (
    DECISION,
    EXAMPLES,
    MODULE,
    PACKAGE,
    PROJECT,
    Lie,
    add,
    altered,
    append,
    code,
    lie,
    remove,
    rename,
    swap,
)

IDENTITY: Final = (
    lie("CannotBeRead", "identity.loads", code("def (:"), stops=True),
    lie("NeedsWhatIsNotThere", "identity.loads", code("import thu_vien_khong_co"), stops=True),
    lie("MisspellsAHook", "identity.loads", code("def dti_tiers(): ..."), stops=True),
    lie("HasNoFrameworks", "identity.loads", code("del dti_register_frameworks"), stops=True),
    lie(
        "WrittenForAnotherCore",
        "identity.loads identity.api_version",
        code("DTI_API_VERSION = 2"),
        stops=True,
    ),
    lie("RoundsItsVersion", "identity.api_version", code("DTI_API_VERSION = 1.0")),
    lie(
        "DistributedUnderAnotherName",
        "identity.names",
        swap(PROJECT, '"dti-minhhoa"', '"dti-khac"'),
    ),
    lie(
        "LivesInAnotherModule",
        "identity.names",
        swap(PROJECT, 'minhhoa = "dti_minhhoa"', 'minhhoa = "minhhoa_dti"'),
        swap(PROJECT, 'packages = ["dti_minhhoa"]', 'packages = ["minhhoa_dti"]'),
        rename(PACKAGE, "minhhoa_dti"),
    ),
    lie(
        "ShoutsItsName",
        "identity.names identity.issuer",
        swap(PROJECT, 'minhhoa = "dti_minhhoa"', 'MINHHOA = "dti_minhhoa"'),
        plugin="MINHHOA",
    ),
    lie(
        "SpeaksForAnotherProvince",
        "identity.issuer",
        swap(DECISION, "nhân dân tỉnh Minh Hoạ", "nhân dân tỉnh Ví Dụ"),
    ),
    lie(
        "DatesItsDecisionTwice",
        "identity.decision",
        altered(
            """
            import datetime as dt
            if framework.level != "xa":
                return framework
            decision = framework.decision.model_copy(update={"date": dt.date(2024, 1, 11)})
            return framework.rebuilt(decision=decision)
            """
        ),
    ),
)

LANGUAGE: Final = (
    lie(
        "ForgetsTheMarks",
        "language.vietnamese",
        swap(
            DECISION,
            "Điểm của một chỉ số được làm tròn đến mấy chữ số thập phân?",
            "Lam tron the nao?",
        ),
    ),
    lie(
        "TakesTheMarksApart",
        "language.nfc",
        swap(DECISION, "Báo cáo tiến độ sáu", unicodedata.normalize("NFD", "Báo cáo tiến độ sáu")),
    ),
    lie(
        "HidesACharacter",
        "language.characters",
        swap(DECISION, "Thời hạn nhập số liệu", "Thời hạn\N{ZERO WIDTH SPACE} nhập số liệu"),
    ),
    lie(
        "CallsByCodes",
        "language.names",
        swap(DECISION, 'name = "Xếp hạng dữ liệu số"', 'name = "XH_02"'),
    ),
    lie(
        "ShowsItsKeys",
        "language.messages tracing.explains",
        code(
            """
            from dti_core.rules import YesNo

            class OfOurOwn(YesNo):
                kind = "yes_no"
                def explain(self, fact, year):
                    return "rule.yes_no.minhhoa"

            @hookimpl
            def dti_register_frameworks(choices):
                return read_frameworks(DATA, choices, [OfOurOwn])
            """
        ),
    ),
)

PACKAGING: Final = (
    lie("ForgetsItsTypes", "packaging.files", remove(f"{PACKAGE}/py.typed")),
    lie(
        "LeavesItsExamplesAtHome",
        "packaging.files worked_examples.cover",
        append(PROJECT, 'exclude = ["*.yaml"]\n'),
    ),
    lie(
        "AddsAFileAfterwards",
        "packaging.files",
        after=(add(f"{PACKAGE}/data/ghi-chu.csv", "code,note\n"),),
    ),
    lie(
        "LosesAFileAfterwards",
        "packaging.files",
        add(f"{PACKAGE}/data/ghi-chu.csv", "code,note\n"),
        after=(remove(f"{PACKAGE}/data/ghi-chu.csv"),),
    ),
    lie("TakesAnyCore", "packaging.core", swap(PROJECT, '"dti-core>=0.1,<0.2"', '"dti-core>=0.1"')),
    lie("TakesNoCore", "packaging.core", swap(PROJECT, '"dti-core>=0.1,<0.2"', "")),
    lie(
        "WantsTheOldCore",
        "packaging.core",
        swap(PROJECT, '"dti-core>=0.1,<0.2"', '"dti-core>=0.0.1,<0.1"'),
    ),
    lie(
        "BorrowsFromAnotherDecision",
        "packaging.imports",
        code("def later():\n    from dti_lang_gieng import dti_score\n    return dti_score"),
    ),
    lie(
        "BorrowsAtRunTime",
        "packaging.imports",
        code("def later():\n    import importlib\n    importlib.import_module('dti_lang_gieng')"),
    ),
    lie(
        "ReachesIntoCore",
        "packaging.imports",
        code("from dti_core.lawfiles.readings import read_law"),
    ),
    lie(
        "NamesARegistry",
        "packaging.registry",
        append(MODULE, "# pip install --index-url https://example.org/simple dti-minhhoa\n"),
    ),
    lie(
        "NeedsAnAddress",
        "packaging.registry",
        swap(PROJECT, '<0.2"]', '<0.2", "luat @ https://example.org/luat-1.0-py3-none-any.whl"]'),
        append(PROJECT, "[tool.hatch.metadata]\nallow-direct-references = true\n"),
    ),
)

EXAMPLES_OF_IT: Final = (
    lie(
        "ExpectsWhatIsNot",
        "worked_examples.hold",
        swap(EXAMPLES, "points: 250.5, max_points: 300", "points: 250, max_points: 300"),
    ),
    lie(
        "ShowsNoStep",
        "worked_examples.cover",
        swap(EXAMPLES, "B.2: 8.75, B.3: 5, B.4.1: 12, B.4.2: 4}", "B.2: 8.75, B.4.1: 12}"),
    ),
    lie(
        "ExplainsByAnArticleThatIsNotThere",
        "worked_examples.sound",
        swap(EXAMPLES, "clause: Điều 6\n", "clause: Điều 66\n"),
    ),
)

LIES: tuple[Lie, ...] = (
    *IDENTITY,
    *LANGUAGE,
    *PACKAGING,
    *EXAMPLES_OF_IT,
)
