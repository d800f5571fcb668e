"""Lies about the law: what is in it, where it stands, when it holds."""

from __future__ import annotations

import shutil
from typing import Final

from sabotage import DECISION, INDICATORS, PACKAGE, PROJECT, Lie, altered, append, code, lie, swap

LISTED: Final = f"{PACKAGE}/data/listed.csv"

STRUCTURE: Final = (
    lie(
        "RaisesAMaximum",
        "structure.registers",
        swap(INDICATORS, "Kế hoạch,,10,x", "Kế hoạch,,11,x"),
        stops=True,
    ),
    lie(
        "CitesAnArticleThatIsNotThere",
        "structure.registers",
        swap(INDICATORS, "yes_no,,Phụ lục A.1,", "yes_no,,Phụ lục D.1,"),
        stops=True,
    ),
    lie(
        "SaysEverythingTwice",
        "structure.registers",
        code(
            "read_all = read_frameworks\ndef read_frameworks(*given): return 2 * read_all(*given)"
        ),
        stops=True,
    ),
    lie(
        "BringsTheWrongAnnex",
        "structure.registers",
        swap(f"{PACKAGE}/data/illustrative/annex-xa.csv", "B.1,,B,", "B.1,,D,"),
        stops=True,
    ),
    lie(
        "PutsAnIndicatorElsewhere",
        "worked_examples.hold",
        swap(f"{PACKAGE}/data/illustrative/annex-xa.csv", "B.1,,B,", "B.1,,A,"),
    ),
    lie(
        "TakesAShareForAnAward",
        "worked_examples.hold",
        swap(INDICATORS, "Hồ sơ sáng kiến,,10,x,,,awarded", "Hồ sơ sáng kiến,,10,x,,,share"),
    ),
    lie(
        "ListsAnIndicatorTwice",
        "structure.codes",
        append(LISTED, "xa,A.1,,A,Tổ công nghệ số cộng đồng,,Điều 2.3,\n"),
    ),
    lie(
        "ListsUnderAnotherLevel",
        "structure.registers",
        append(LISTED, "huyen,A.1,,A,Tổ công nghệ số cộng đồng,,Điều 2.3,\n"),
    ),
    lie(
        "AsksWhereItDoesNotMatter",
        "structure.options",
        swap(DECISION, 'id = "below-minimum"\nlevels = ["so"]', 'id = "below-minimum"'),
    ),
    lie(
        "DoesNotAskEverywhere",
        "structure.options",
        swap(DECISION, 'id = "missing"\n', 'id = "missing"\nlevels = ["so", "huyen"]\n'),
    ),
    lie(
        "HidesPointsInSubItems",
        "structure.sums worked_examples.hold"
        " arithmetic.sums exclusion.nothing exclusion.value tracing.explains",
        altered(
            """
            if framework.level != "so":
                return framework
            first, second = framework.dimensions
            *others, parent = second.indicators
            one, two = parent.items
            parent = unchecked(parent, items=(unchecked(one, max_points=110_000), two))
            second = unchecked(second, indicators=(*others, parent))
            return unchecked(framework, dimensions=(first, second))
            """
        ),
    ),
    lie(
        "HushesUpADifference",
        "structure.declared",
        altered("return unchecked(framework, discrepancies=())"),
    ),
    lie(
        "CountsOneMoreInAPart",
        "structure.declared",
        swap(DECISION, "indicators = 12", "indicators = 13"),
    ),
    lie(
        "InventsADifference",
        "structure.told",
        append(
            DECISION,
            """
            [[discrepancies]]
            id = "so-max-points"
            levels = ["so"]
            about = "max_points:B"
            declared = "61 điểm"
            found = "60 điểm"
            used = "60 điểm của Phụ lục"
            why = "Phụ lục là nơi quy định chi tiết."
            declared_value = "61"
            found_value = "60"
            citation = { clause = "Phụ lục B", quote = "Dữ liệu số" }
            """,
        ),
    ),
    lie(
        "HasCodesThatLookAlike",
        "structure.codes",
        append(
            DECISION,
            """
            [[information]]
            levels = ["huyen"]
            code = "c.1"
            name = "Diện tích của huyện"
            citation = { clause = "Phụ lục C.1", quote = "Diện tích của huyện, không tính điểm" }
            """,
        ),
    ),
    lie(
        "CallsTwoLevelsAlike",
        "structure.levels",
        swap(DECISION, 'name = "Cấp huyện"', 'name = "Cấp sở"'),
    ),
    lie(
        "ForgetsToPackItsData",
        "structure.levels",
        append(PROJECT, 'exclude = ["huyen.csv"]\n'),
    ),
    lie(
        "OffersAChoiceWithoutEffect",
        "structure.options",
        swap(DECISION, 'point_decimals = "@rounding"', "point_decimals = 2"),
    ),
    lie(
        "OffersOneOptionTwice",
        "structure.options",
        swap(DECISION, 'năm 2024", value = 2024', 'năm 2024", value = 2026'),
    ),
    lie(
        "ForgetsTheOtherFormula",
        "structure.options",
        code("@hookimpl\ndef dti_score(): return None"),
    ),
    lie(
        "ChokesOnStrangeChoices",
        "structure.choices",
        code(
            """
            @hookimpl
            def dti_register_frameworks(choices):
                frameworks = read_frameworks(DATA, {})
                known = {each.id for one in frameworks for each in one.interpretations}
                if set(choices) - known:
                    raise KeyError(*choices)
                return read_frameworks(DATA, choices)
            """
        ),
    ),
    lie(
        "CountsItsCalls",
        "structure.choices structure.options structure.repeatable",
        altered(
            """
            calls.append(framework)
            return framework.rebuilt(note=f"Lần đọc thứ {len(calls)} của bộ chỉ số")
            """,
            "calls = []",
        ),
    ),
)

CITATIONS: Final = (
    lie(
        "ForgetsOneArticle",
        "citations.clauses",
        swap(DECISION, '    { id = "Điều 7", title = "Thời gian thực hiện" },\n', ""),
    ),
    lie(
        "QuotesNothing",
        "citations.quotes",
        swap(DECISION, ', quote = "Loại tốt: giá trị từ 90% trở lên."', ""),
    ),
    lie(
        "DeclaresWhatNobodyWrote",
        "citations.figures",
        swap(DECISION, "30 chỉ số thành phần, thang điểm 300", "30 chỉ số thành phần"),
    ),
    lie(
        "GivesNoReason",
        "citations.reasons",
        swap(DECISION, '\nwhy = "Phụ lục là nơi quy định chi tiết; thang', '\n# "'),
    ),
)


def two_decisions(project):
    """Add the set of 2021 to 2023, which by another reading is still in force in 2024."""
    old_data = shutil.copytree(project / PACKAGE / "data", project / PACKAGE / "old")
    text = (project / DECISION).read_text(encoding="utf-8")
    for old, new in (
        ('number = "01/QĐ-UBND"', 'number = "09/QĐ-UBND"'),
        ("date = 2024-01-10", "date = 2021-03-02"),
        ("in_force_from = 2024-01-15", "in_force_from = 2021-03-15"),
        ("first_year = 2024", "first_year = 2021"),
        ('last_year = "@last-year"', 'last_year = "@old-last-year"'),
        ("date = 2021-03-02 }]", "date = 2018-05-06 }]"),
        ('id = "last-year"', 'id = "old-last-year"'),
        (
            '"2026", text = "Đến hết năm 2026", value = 2026',
            '"2023", text = "Đến hết năm 2023", value = 2023',
        ),
        ('in_force = "2026"', 'in_force = "2023"'),
    ):
        text = text.replace(old, new)
    (old_data / "decision.toml").write_text(text, encoding="utf-8")


IN_FORCE: Final = (
    lie(
        "ValidForEver",
        "in_force.years",
        altered(
            """
            fields = {name: getattr(framework.decision, name) for name in Decision.model_fields}
            return framework.rebuilt(decision=Forever(**fields))
            """,
            """
            from dti_core.models import Decision

            class Forever(Decision):
                def answers_for(self, year):
                    return True
            """,
        ),
    ),
    lie(
        "RulesTwiceByAReading",
        "in_force.disjoint structure.options",
        two_decisions,
        code(
            """
            OLD = DATA.with_name("old")

            def folder(framework):
                return DATA if framework.decision.first_year == 2024 else OLD

            @hookimpl
            def dti_register_frameworks(choices):
                return [each for data in (OLD, DATA) for each in read_frameworks(data, choices)]

            @hookimpl
            def dti_tier(framework):
                return read_tiers(folder(framework), framework)

            @hookimpl
            def dti_calendar(framework, year):
                return read_calendar(folder(framework), framework, year)
            """
        ),
    ),
    lie(
        "ValidForAThousandYears",
        "in_force.plausible",
        swap(DECISION, 'năm 2026", value = 2026', 'năm 2026", value = 3026'),
    ),
    lie(
        "InForceBeforeItWasSigned",
        "in_force.plausible",
        swap(DECISION, "in_force_from = 2024-01-15", "in_force_from = 2023-01-15"),
    ),
)

LIES: tuple[Lie, ...] = (
    *STRUCTURE,
    *CITATIONS,
    *IN_FORCE,
)
