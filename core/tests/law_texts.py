"""The data files of a small decision: two levels, sub-items, a reading for everything."""

from __future__ import annotations

LAW = """
[decision]
number = "01/QĐ-MH"
date = 2024-01-02
issuer = "Cơ quan minh hoạ"
title = "Bộ chỉ số minh hoạ"
in_force_from = 2024-01-02
first_year = 2024
last_year = "@last-year"
supersedes = [{ number = "00/QĐ-MH", date = 2023-01-01 }]
clauses = [{ id = "Điều 1" }, { id = "Phụ lục I", title = "Nhóm một" }]

[policies]
missing = "@missing"
point_decimals = "@rounding"

[[dimensions]]
code = "I"
name = "Nhóm một"
clause = "Phụ lục I"

[[levels]]
level = "so"
name = "Cấp sở"
dimensions = 1
indicators = 2
max_points = "30"
illustrative = "illustrative/so.csv"
citation = { clause = "Điều 1", quote = "2 chỉ số" }

[[levels]]
level = "xa"
name = "Cấp xã"
note = "Chỉ một phần"
dimensions = 1
indicators = 9
max_points = "20"
citation = { clause = "Điều 1" }

[[rankings]]
code = "overall"
name = "Chung"
levels = ["so"]
ties = "@ties"
citation = { clause = "Điều 1" }

[[rankings]]
code = "overall"
name = "Trong nhóm"
levels = ["xa"]
scope = "group"
citation = { clause = "Điều 1" }

[[interpretations]]
id = "missing"
question = "Chưa báo cáo?"
options = [{ id = "zero", text = "Không điểm" }, { id = "refuse", text = "Từ chối" }]
in_force = "zero"
why = "Không nói"
citation = { clause = "Điều 1" }

[[interpretations]]
id = "rounding"
question = "Làm tròn?"
options = [{ id = "two", text = "Hai", value = 2 }, { id = "one", text = "Một", value = 1 }]
in_force = "two"
why = "Không nói"
citation = { clause = "Điều 1" }

[[interpretations]]
id = "last-year"
question = "Đến năm nào?"
options = [
    { id = "2024", text = "Một năm", value = 2024 },
    { id = "open", text = "Mãi", value = 2030 },
]
in_force = "open"
why = "Không nói"
citation = { clause = "Điều 1" }

[[interpretations]]
id = "ties"
levels = ["so"]
question = "Bằng điểm?"
options = [{ id = "competition", text = "1-2-2-4" }, { id = "dense", text = "1-2-2-3" }]
in_force = "competition"
why = "Không nói"
citation = { clause = "Điều 1" }

[[interpretations]]
id = "late"
question = "Muộn?"
options = [
    { id = "half", text = "Một nửa", value = "1/2" },
    { id = "none", text = "Không điểm", value = "0" },
]
in_force = "half"
why = "Không nói"
citation = { clause = "Điều 1" }

[[discrepancies]]
id = "count"
levels = ["xa"]
about = "indicators"
declared = "9"
found = "1"
used = "1"
declared_value = 9
found_value = 1
citation = { clause = "Điều 1" }

[[milestones]]
id = "publish"
kind = "publication"
name = "Công bố"
date = "15/01"
year_offset = 1
day = "before"
citation = { clause = "Điều 1" }

[[milestones]]
id = "entry"
kind = "entry_deadline"
name = "Hạn nhập"
levels = ["so"]
date = "30/11"
day = "to"
citation = { clause = "Điều 1" }

[[milestones]]
id = "xa"
kind = "entry_deadline"
name = "Hạn nhập của xã"
levels = ["xa"]
decided_by = "UBND cấp huyện"
citation = { clause = "Điều 1" }
"""

ANNEX = """\
code,parent,dimension,name,action,condition,evidence,max_points,so,xa,rule,parameters,clause,note
I.1,,I,Ban hành kế hoạch,,Trước hạn,Kế hoạch,10,x,,due_date,due=31/01; late=@late,Phụ lục I.1,
I.2,,I,"Tin, bài",,,,20,x,x,sum_of,,Phụ lục I.2,Ghi chú
I.2.a,I.2,I,Tin,,,,12,x,x,count_against,minimum=12,Phụ lục I.2.a,
I.2.b,I.2,I,Bài,,,,8,x,x,steps,"steps=2:1, 1:1/2",Phụ lục I.2.b,
"""
