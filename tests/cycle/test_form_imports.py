"""Forms that come back: three sides are compared, each file is taken whole or not at all."""

from __future__ import annotations

import hashlib

import pytest
from hall import Hall, points, yes
from spreadsheet import Spreadsheet
from sqlmodel import func, select

from dti_core.cycle.appraising import assign
from dti_core.forms import Answer
from dti_core.numbers import ONE
from dti_core.store.tables import AuditLine, Blob, Fact
from dti_core.store.trail import verify

DAY = "2024-10-01"


class Post:
    """Forms out and in by the command, filled in by another spreadsheet."""

    def __init__(self, dti, url, folder):
        self.dti, self.url, self.folder = dti, url, folder

    def out(self, name: str, unit: str = "DV-1", *options: object):
        folder = self.folder / name
        ran = self.dti("form", "export", unit, "-d", folder, *options, "--today", DAY, url=self.url)
        assert ran.code == 0, ran.err
        (path,) = folder.glob(f"{unit}-*.xlsx")
        return path

    def back(self, *paths, who: str = "An", conflicts: str = "stop", commit: bool = True):
        how = ("--conflicts", conflicts, *(["--commit"] if commit else []), "--who", who)
        return self.dti("form", "import", *paths, *how, "--today", DAY, url=self.url)


def typed(path, **cells) -> None:
    """Type into the rows of indicators: ``i1_1=dict(value="Có")``."""
    form = Spreadsheet(path.read_bytes())
    for name, given in cells.items():
        form.enter(name.removeprefix("i").replace("_", "."), **given)
    path.write_bytes(form.saved())


@pytest.fixture
def hall(store):
    return Hall(store).open()


@pytest.fixture
def post(dti, url, tmp_path):
    return Post(dti, url, tmp_path)


def count(hall: Hall, kind) -> int:
    with hall.view() as view:
        return view.session.exec(select(func.count()).select_from(kind)).one()


def value(hall: Hall, indicator: str, unit: str = "DV-1") -> int | None:
    return hall.holds(unit, "self").get(indicator, Answer()).value


def test_a_look_tells_every_change_and_saves_nothing(hall, post):
    path = post.out("a")
    typed(path, i1_1={"value": "Có"}, i1_2={"value": 21})
    ran = post.back(path, commit=False)
    assert ran.code == 0
    assert "2" in ran.out.splitlines()[0]
    assert "--commit" in ran.out
    assert count(hall, Fact) == 0


def test_the_file_is_kept_by_its_hash_and_never_written_to(hall, post):
    path = post.out("a")
    typed(path, i1_1={"value": "Có"})
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert post.back(path).code == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    with hall.view() as view:
        kept = view.session.get(Blob, hashlib.sha256(before[0]).hexdigest())
        noted = (AuditLine.what == "cycle.import") & (AuditLine.table == "store")
        (line,) = view.session.exec(select(AuditLine).where(noted))
        assert verify(view.session).problems == []
    assert kept.content == before[0]
    assert (line.new["sha256"], line.new["unit"]) == (kept.sha256, "DV-1")


def test_the_same_file_twice_changes_nothing(hall, post):
    path = post.out("a")
    typed(path, i1_1={"value": "Có"}, i2_2={"value": 11, "denominator": 18})
    assert post.back(path).code == 0
    facts, blobs = count(hall, Fact), count(hall, Blob)
    assert post.back(path, who="Bình").code == 0
    assert (count(hall, Fact), count(hall, Blob)) == (facts, blobs)


def test_a_faulty_file_is_refused_alone_and_whole(hall, post):
    good, faulty = post.out("a"), post.out("b", "DV-2")
    typed(good, i1_1={"value": "Có"})
    typed(faulty, i1_1={"value": "Có"}, i1_2={"value": "nhiều"})
    broken = post.folder / "b" / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 minh hoa")
    ran = post.back(good.parent, faulty.parent)
    assert ran.code == 1
    assert "1.2" in ran.out or "!" in ran.out
    assert (value(hall, "1.1"), hall.holds("DV-2", "self")) == (ONE, {})
    assert count(hall, Fact) == 1


@pytest.fixture
def two(hall, post):
    """Two have the same form: theirs is in, ours comes later; 1.2 is changed by both."""
    ours, theirs = post.out("a"), post.out("b")
    typed(theirs, i1_1={"value": "Có"}, i1_2={"value": 21})
    typed(ours, i1_2={"value": 22}, i5_1={"value": "Có"})
    assert post.back(theirs, who="Bình").code == 0
    return ours


def test_a_conflict_stops_the_whole_file(hall, post, two):
    for commit in (False, True):
        ran = post.back(two, commit=commit)
        assert (ran.code, "22" in ran.out) == (1, True)
    assert [value(hall, each) for each in ("1.1", "1.2", "5.1")] == [ONE, 21 * ONE, None]


def test_skip_keeps_theirs_and_takes_the_rest(hall, post, two):
    assert post.back(two, conflicts="skip").code == 0
    assert [value(hall, each) for each in ("1.1", "1.2", "5.1")] == [ONE, 21 * ONE, ONE]


def test_update_takes_ours_and_leaves_what_we_did_not_touch(hall, post, two):
    assert post.back(two, conflicts="update").code == 0
    assert [value(hall, each) for each in ("1.1", "1.2", "5.1")] == [ONE, 22 * ONE, ONE]


def test_two_forms_of_one_unit_in_one_folder(hall, post):
    """The second is compared with what the first has left."""
    one, two = post.out("a"), post.out("b")
    typed(one, i1_1={"value": "Có"})
    typed(two, i1_1={"value": "Không"}, i1_2={"value": 21})
    ran = post.back(one, two)
    assert ran.code == 1, "both changed 1.1"
    assert (value(hall, "1.1"), value(hall, "1.2")) == (ONE, None)
    assert post.back(one, two, conflicts="update").code == 0
    assert (value(hall, "1.1"), value(hall, "1.2")) == (0, 21 * ONE)


def test_a_form_of_one_cycle_is_not_old_because_of_another(hall, post):
    other = Hall(hall.store, "hue", "so", which=None)
    hall.enter("DV-2", i1_1=yes())
    path = post.out("a")
    from dti_core.cycle.running import Which

    other.which = hall.which = Which("hue")
    other.open(0)
    hall.which = Which("moduc")
    typed(path, i1_2={"value": 21})
    hall.enter("DV-2", i1_1=Answer())
    ran = post.dti("form", "import", path, "--commit", "--plugin", "moduc", "--who", "An",
                   "--today", DAY, url=post.url)  # fmt: skip
    assert ran.code == 0, ran.out + ran.err
    assert value(hall, "1.2") == 21 * ONE


def test_a_cell_that_is_cleared_is_emptied(hall, post):
    hall.enter("DV-1", i1_2=Answer(value=21 * ONE), i1_1=yes())
    path = post.out("a")
    typed(path, i1_2={"value": None})
    assert post.back(path).code == 0
    assert [value(hall, each) for each in ("1.1", "1.2")] == [ONE, None]


def test_a_form_that_comes_too_late_is_refused(hall, post):
    path = post.out("a")
    typed(path, i1_1={"value": "Có"})
    hall.advance()
    ran = post.back(path)
    assert (ran.code, hall.holds("DV-1", "self")) == (1, {})


@pytest.fixture
def round1(hall):
    hall.do(assign, None, "Phòng A", "8.2")
    hall.do(assign, None, "Phòng B", "8.2")
    hall.do(assign, None, "Phòng C", "6.1.3")
    hall.report("DV-1", "DV-2", "DV-3", i1_1=yes(), i8_2=points(12), i6_1_3=points(6))
    hall.advance()
    return hall


def test_each_appraiser_returns_the_form_of_his_indicators(round1, post):
    """More is shown, less wants a comment, what is left alone is accepted."""
    a, b = (post.out(name, "DV-1", "--as", f"Phòng {name}") for name in "AB")
    typed(a, i8_2={"points": 15})
    typed(b, i8_2={"points": 10})
    ran = post.back(a, who="Chi")
    assert (ran.code, "8.2" in ran.out) == (0, True)
    ran = post.back(b, who="Dung")
    assert (ran.code, "8.2" in ran.out) == (1, True)
    typed(b, i8_2={"explanation": "Thiếu ảnh"})
    assert post.back(b, who="Dung").code == 0
    c = post.out("C", "DV-1", "--as", "Phòng C")
    assert post.back(c, who="Giang").code == 0, "as it went out"
    held = round1.holds("DV-1", "round1")
    assert (held["8.2"].points, held["6.1.3"].points) == (12 * ONE, 6 * ONE)
    ran = post.dti("appraise", "DV-1", "8.2", "--points", "14", "--settle", "--who", "Chủ tịch",
                   "--today", DAY, url=post.url)  # fmt: skip
    assert ran.code == 0, ran.err
    assert round1.holds("DV-1", "round1")["8.2"].points == 14 * ONE


def test_the_second_round_starts_from_the_first_and_the_explanation_is_words(round1, post):
    first = post.out("1", "DV-1", "--as", "Phòng C")
    typed(first, i6_1_3={"points": 5, "explanation": "Thiếu phiếu"})
    assert post.back(first, who="Chi").code == 0
    round1.to("explanation")
    words = post.out("2")
    assert words.name == "DV-1-explanation.xlsx"
    typed(words, i6_1_3={"explanation": "Phiếu ở phụ lục"})
    assert post.back(words).code == 0
    round1.release("DV-1")
    round1.to("round2")
    second = post.out("3", "DV-1", "--as", "Phòng C")
    assert Spreadsheet(second.read_bytes()).of("6.1.3", "points") == 5
    typed(second, i6_1_3={"points": 6})
    assert post.back(second, who="Chi").code == 0
    said = [round1.holds("DV-1", each)["6.1.3"] for each in ("self", "round1", "explanation",
                                                             "round2")]  # fmt: skip
    assert [each.points // ONE for each in said] == [6, 5, 5, 6]
    assert said[2].explanation == "Phiếu ở phụ lục"


def test_an_appraisers_form_does_not_bring_back_what_the_unit_changed_since(round1, post):
    path = post.out("C", "DV-1", "--as", "Phòng C")
    round1.excepted("DV-1", round1.day)
    round1.enter("DV-1", "Giang", i6_1_3=points(4))
    round1.release("DV-1", "Bình")
    ran = post.back(path, who="Chi")
    assert (ran.code, "6.1.3" in ran.out) == (1, True)
    assert round1.holds("DV-1", "round1")["6.1.3"].points == 4 * ONE
    assert post.back(post.out("C2", "DV-1", "--as", "Phòng C"), who="Chi").code == 0
