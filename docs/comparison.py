"""Decisions beside one another, a column for each, made from what their plugins say.

A cell names in italics the interpretations that it hangs on: those of which another option would
change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from decision_tables import SILENT, beside, figures, table

from dti_core.messages import text
from dti_core.models import Calendar, Detail, Framework, MilestoneKind, Tier, Tiers, UnitStatus
from dti_core.plugin import Plugin

LEVELS = {"so": "sở", "huyen": "huyện", "xa": "xã"}
AT_HAND = {
    Detail.INDICATORS: "mọi chỉ số thành phần",
    Detail.DIMENSIONS: "chỉ số chính và điểm tối đa của chúng",
    Detail.OUTLINE: "khung, không có điểm tối đa",
}
EXCLUSION = {
    "deduct": "giảm trừ: bỏ cả điểm và điểm tối đa",
    "deduct_or_replace": "giảm trừ, hoặc chỉ số khác thay thế",
    "refused": "không bỏ được chỉ số nào",
}
MISSING = {"zero": "0 điểm, điểm tối đa vẫn tính", "refuse": "chưa có kết quả"}
SCOPES = {"level": "trong cả cấp", "group": "trong từng nhóm", "none": "không xếp hạng"}
TIES = {"competition": "1-2-2-4", "dense": "1-2-2-3"}
MILESTONES = {
    MilestoneKind.WINDOW_START: "Bắt đầu kỳ số liệu",
    MilestoneKind.WINDOW_END: "Kết thúc kỳ số liệu",
    MilestoneKind.PROGRESS_REPORT: "Báo cáo định kỳ",
    MilestoneKind.OPENING: "Mở đợt đánh giá",
    MilestoneKind.ENTRY_DEADLINE: "Tự đánh giá, nhập số liệu",
    MilestoneKind.APPRAISAL: "Thẩm định",
    MilestoneKind.EXPLANATION: "Giải trình",
    MilestoneKind.SYNTHESIS: "Tổng hợp kết quả",
    MilestoneKind.REPORT: "Báo cáo kết quả",
    MilestoneKind.APPROVAL: "Phê duyệt",
    MilestoneKind.PUBLICATION: "Công bố",
}


class View(NamedTuple):
    """One level of a decision under one set of readings."""

    framework: Framework
    tiers: Tiers | None
    calendar: Calendar | None


Teller = Callable[[View], str]
"""Says one thing of a level."""


def side_by_side(plugins: Sequence[Plugin]) -> str:
    """Set decisions beside one another: a column for each, a row for each thing that any says."""
    heading = ["", *(f"`{plugin.name}`" for plugin in plugins)]
    parts = []
    for topic, tellers in TOPICS.items():
        rows = [[what, *(_cell(each, tell) for each in plugins)] for what, tell in tellers.items()]
        told = table(heading, [row for row in rows if set(row[1:]) != {SILENT}])
        parts.append(f"### {topic}\n\n{told}")
    return "\n\n".join(parts)


@cache
def _views(plugin: Plugin, *choice: str) -> Mapping[str, View]:
    """Return every level under one choice (an interpretation and its option), or under none.

    Of several decisions the last one of a level counts. The calendar stays that of one year,
    whatever year the choice begins with.
    """
    frameworks = plugin.frameworks({choice[0]: choice[1]} if choice else {})
    year = plugin.frameworks()[-1].decision.first_year
    return {
        one.level: View(one, plugin.tiers(one), plugin.calendar(one, year)) for one in frameworks
    }


def _cell(plugin: Plugin, tell: Teller) -> str:
    """Say what holds for all levels once, else for which it holds."""
    lines: dict[str, list[str]] = {}
    for level, view in _views(plugin).items():
        marks = ", ".join(f"`{each}`" for each in _hangs_on(plugin, level, tell))
        told = f"{tell(view)} *({marks})*" if marks else tell(view)
        lines.setdefault(told, []).append(LEVELS[level])
    if len(lines) == 1:
        return next(iter(lines))
    return "<br>".join(f"{', '.join(of)}: {line}" for line, of in lines.items())


def _hangs_on(plugin: Plugin, level: str, tell: Teller) -> Iterator[str]:
    """Yield the interpretations of which another option would change what is told."""
    view = _views(plugin)[level]
    for each in view.framework.interpretations:
        others = (option.id for option in each.options if option.id != each.in_force)
        if any(tell(_views(plugin, each.id, other)[level]) != tell(view) for other in others):
            yield each.id


def _figure(place: int) -> Teller:
    return lambda view: beside(*figures(view.framework)[place], "quyết định ghi {}", "có {}")


def _count(name: str) -> Teller:
    return lambda view: str(len(getattr(view.framework, name)) or SILENT)


def _day(date: dt.date | None) -> str:
    return f"{date:%d/%m/%Y}" if date else SILENT


def _identity(view: View) -> str:
    decision = view.framework.decision
    date = f"ngày {_day(decision.date)}" if decision.date else "(ngày để trống)"
    return f"{decision.number or '(số để trống)'} {date}"


def _years(view: View) -> str:
    decision = view.framework.decision
    return "–".join(dict.fromkeys((str(decision.first_year), str(decision.last_year))))


def _references(name: str) -> Teller:
    def tell(view: View) -> str:
        others = getattr(view.framework.decision, name)
        return "; ".join(f"{each.number} ngày {_day(each.date)}" for each in others) or SILENT

    return tell


def _exclusion(view: View) -> str:
    policy = view.framework.exclusion
    return f"{EXCLUSION[policy.policy]} ({policy.citation.clause})" if policy else SILENT


def _evidence(view: View) -> str:
    duty = view.framework.evidence
    return f"bắt buộc ({duty.citation.clause})" if duty else SILENT


def _appraisers(view: View) -> str:
    framework = view.framework
    default = framework.appraiser
    parts = [f"{default.name} ({default.citation.clause})"] if default else []
    walked = (each for one in framework.indicators for each in one.walk())
    named = {each.appraiser for each in (*walked, *framework.listed, *framework.information)}
    if named - {""}:
        parts.append(f"{len(named - {''})} nơi được nêu riêng")
    return "; ".join(parts) or SILENT


def _blocks(view: View) -> str:
    return "do phụ lục ghi" if view.framework.bonus_block == "annex" else SILENT


def _rankings(view: View) -> str:
    names: dict[str, list[str]] = {}
    for each in view.framework.rankings:
        parts = "chỉ số chính do phụ lục ghi, " if each.from_annex else ""
        how = f"{parts}{SCOPES[each.scope]} ({each.citation.clause})"
        names.setdefault(how, []).append(each.name)
    return "; ".join(f"{', '.join(of)}: {how}" for how, of in names.items())


def _ties(view: View) -> str:
    ranked = (each.ties for each in view.framework.rankings if each.scope != "none")
    return ", ".join(dict.fromkeys(TIES[each] for each in ranked)) or SILENT


def _tiers(view: View) -> str:
    return "; ".join(map(_tier, view.tiers.tiers)) if view.tiers else SILENT


def _tier(tier: Tier) -> str:
    sign = "từ" if tier.lower_closed else "trên"
    return f"{tier.name} {sign} {tier.lower} % ({tier.citation.clause})"


def _statuses(view: View) -> str:
    return "; ".join(_status(each, view.tiers) for each in view.framework.statuses) or SILENT


def _status(status: UnitStatus, tiers: Tiers | None) -> str:
    overrides = tiers.overrides if tiers else ()
    effects = [f"xếp {each.tier}" for each in overrides if each.status == status.code]
    effects.append("vẫn có hạng" if status.ranked else "không có hạng")
    return f"{status.name}: {', '.join(effects)} ({status.citation.clause})"


def _milestones(kind: MilestoneKind) -> Teller:
    def tell(view: View) -> str:
        of_kind = [
            each
            for each in (view.calendar.milestones if view.calendar else ())
            if each.kind is kind
        ]
        lines = []
        for each in of_kind:
            when = f"do {each.decided_by}"
            if each.date is not None:
                when = text(f"calendar.{each.day}", date=_day(each.date))
            name = f"{each.name}: " if len(of_kind) > 1 else ""
            lines.append(f"{name}{when} ({each.citation.clause})")
        return "; ".join(lines) or SILENT

    return tell


TOPICS: dict[str, dict[str, Teller]] = {
    "Quyết định": {
        "Số, ngày": _identity,
        "Cơ quan ban hành": lambda view: view.framework.decision.issuer,
        "Có hiệu lực từ": lambda view: _day(view.framework.decision.in_force_from),
        "Năm đánh giá": _years,
        "Thay thế": _references("supersedes"),
        "Áp dụng bộ chỉ số của": _references("implements"),
        "Chỗ không nói rõ": _count("interpretations"),
        "Chỗ tự mâu thuẫn": _count("discrepancies"),
    },
    "Bộ chỉ số": {
        "Chỉ số chính": _figure(0),
        "Chỉ số thành phần": _figure(1),
        "Thang điểm": _figure(2),
        "Có trong nguồn": lambda view: AT_HAND[view.framework.detail],
        "Chỉ số được nêu tên, không có điểm": _count("listed"),
        "Mục thông tin chung, không tính điểm": _count("information"),
    },
    "Chấm điểm": {
        "Chỉ số không đánh giá": _exclusion,
        "Chỉ số không báo cáo": lambda view: MISSING[view.framework.missing],
        "Tài liệu kiểm chứng": _evidence,
        "Nơi thẩm định": _appraisers,
        "Điểm cộng, điểm trừ ngoài thang": _blocks,
        "Số chữ số thập phân của điểm": lambda view: str(view.framework.point_decimals),
    },
    "Xếp loại, xếp hạng": {
        "Xếp loại": _tiers,
        "Trạng thái của đơn vị": _statuses,
        "Bảng xếp hạng": _rankings,
        "Hạng sau các đơn vị bằng nhau": _ties,
    },
    "Lịch của năm đầu tiên": {what: _milestones(kind) for kind, what in MILESTONES.items()},
}
"""What is told of each decision, by topic."""
