"""Pieces of ``decision.toml`` and ``indicators.csv`` that most of the decisions share."""

from __future__ import annotations

HEAD = """
[decision]
number = "{number}"
date = {year}-01-02
issuer = "Ủy ban nhân dân tỉnh Minh Hoạ"
title = "Bộ chỉ số minh hoạ"
in_force_from = {year}-01-02
first_year = {year}
last_year = {year}
clauses = [{{ id = "Điều 1" }}, {{ id = "Điều 2" }}, {{ id = "Phụ lục" }}]

[[levels]]
level = "xa"
name = "Cấp xã"
citation = {{ clause = "Điều 1" }}
"""

OVERALL = """
[[rankings]]
code = "overall"
name = "Xếp hạng chung"
citation = { clause = "Điều 1" }
"""

A = """
[[dimensions]]
code = "A"
name = "Nhận thức số"
clause = "Phụ lục"
"""

B = """
[[dimensions]]
code = "B"
name = "Thể chế số"
clause = "Phụ lục"
"""

C = """
[[dimensions]]
code = "C"
name = "Hạ tầng số"
clause = "Phụ lục"
"""

HUNDRED = """\
code,dimension,name,max_points,xa,rule,parameters,clause
A.1,A,Điểm thẩm định,100,x,awarded,,Phụ lục
"""
"""One indicator of a hundred points, awarded by people."""
