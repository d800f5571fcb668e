"""Lies about work that was left undone: what the template asks for, still standing there."""

from __future__ import annotations

from sabotage import DECISION, EXAMPLES, INDICATORS, MODULE, PROJECT, Lie, add, append, lie, swap

UNDONE = "template.filled_in"
README = (
    swap(PROJECT, 'version = "1.0"', 'version = "1.0"\nreadme = "README.md"'),
    add("README.md", "# dti-minhhoa\n\n**Covered:** ĐIỀN: phần nào của quyết định có trong gói\n"),
)

LIES: tuple[Lie, ...] = (
    lie(
        "LeavesAPlaceholder",
        UNDONE,
        swap(DECISION, 'title = "Ban hành Bộ chỉ số đánh giá', 'title = "ĐIỀN: trích yếu'),
    ),
    lie(
        "LeavesADate",
        UNDONE,
        swap(DECISION, "date = 2024-01-10", "date = 2024-01-10 # ĐIỀN: ngày ban hành"),
    ),
    lie(
        "LeavesACell",
        UNDONE,
        swap(INDICATORS, "Chỉ cho sở có dịch vụ công", "ĐIỀN: thay dòng ví dụ này"),
    ),
    lie("LeavesAnExample", UNDONE, append(EXAMPLES, "\n# ĐIỀN: tính tay một ví dụ\n")),
    lie("LeavesAFunction", UNDONE, append(MODULE, "\n# ĐIỀN: công thức của Điều 5\n")),
    lie("LeavesTheReadme", UNDONE, *README),
    lie(
        "LeavesTheDescription",
        UNDONE,
        swap(PROJECT, "The index of a province that does not exist", "ĐIỀN: chỉ số của ai"),
    ),
)
