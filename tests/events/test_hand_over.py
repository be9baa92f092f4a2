"""The file to the study association."""

import csv
import io
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from events.models import Attendance, Circle, CircleRules, HandOverColumn, VisitTally
from events.services import hand_over, papers
from members.models import User
from privacy.models import AccessLog
from tests.events.circle_people import given, number
from tests.factories import CircleFactory, PersonFactory, RegistrationFactory, days_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    """Three times has it met: a leader, Kim who came every time, and Bo."""
    CircleRules.objects.update(within_a_year=False)
    circle = CircleFactory(starts_at=days_away(-30), leader=True, reference="SV-7")
    leader = circle.event.leaders.get()
    type(leader.user).objects.update(first_name="Lo", last_name="Ek", email="lo@exempel.se")
    for name in ("Kim", "Bo"):
        RegistrationFactory(event=circle.event, name=name, email=f"{name.lower()}@exempel.se")
    from tests.factories import tick

    for occasion in circle.event.occasions.order_by("starts_at"):
        tick(circle, occasion)
    return circle


def book(circle: Circle, actor: Any) -> dict[str, list[list[Any]]]:
    """Each sheet without the mark above it."""
    found = load_workbook(io.BytesIO(hand_over.take_out(circle, actor=actor)))
    return {
        page.title: [[cell.value or "" for cell in row] for row in page.iter_rows(min_row=2)]
        for page in found
    }


def days(circle: Circle) -> list[str]:
    from django.utils import timezone

    starts = circle.event.occasions.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{timezone.localtime(start):%Y-%m-%d}" for start in starts]


def test_the_file_has_four_sheets_that_agree(circle, anna: User):
    papers.give(circle.event.registrations.get(name="Kim"), given())
    found = book(circle, anna)
    assert list(found) == ["Arrangemang", "Deltagare", "Närvaro", "Sammankomster"]
    first, last = days(circle)[0], days(circle)[-1]
    assert found["Arrangemang"][1] == [
        "SV-7", circle.event.title, "Studiecirkel", found["Arrangemang"][1][3], "", "På plats",
        first, last, "3", "9", "nej",
    ]  # fmt: skip
    assert found["Deltagare"][1:] == [
        ["1", "ledare", "Lo", "", "", "", "", "", "", "lo@exempel.se", "nej"],
        ["2", "deltagare", "Kim", "Berg", number(), "Stigen 1", "126 53", "Hägersten", "",
         "kim@exempel.se", "nej"],
        ["3", "deltagare", "Bo", "", "", "", "", "", "", "bo@exempel.se", "nej"],
    ]  # fmt: skip
    assert found["Närvaro"] == [
        ["Nr", *days(circle), "Summa"],
        ["1", "1", "1", "1", "3"], ["2", "1", "1", "1", "3"], ["3", "1", "1", "1", "3"],
        ["Summa", "3", "3", "3", "9"],
    ]  # fmt: skip
    assert [row[-2:] for row in found["Sammankomster"][1:]] == [["3", "3"]] * 3


def test_a_meeting_with_two_is_not_in_the_file(circle, anna: User):
    last = circle.event.sheets.order_by("starts_at").last()
    Attendance.objects.filter(sheet=last, registration__name="Bo").update(present=False)
    found = book(circle, anna)
    assert (found["Arrangemang"][1][8:10], len(found["Sammankomster"])) == (["2", "6"], 3)


def test_who_never_came_is_in_no_file(circle, anna: User):
    RegistrationFactory(event=circle.event, name="Hemma")
    assert "Hemma" not in str(book(circle, anna))


def test_nobody_with_protected_identity_is_in_the_file(circle, anna: User):
    PersonFactory(protected_identity=True, email="bo@exempel.se")
    kim = circle.event.registrations.get(name="Kim")
    papers.give(kim, given())
    papers.say_protected(kim)
    report = book(circle, anna)
    assert not any(word in str(report) for word in ("Kim", "Bo", "kim@", "bo@", number()))
    assert [row[0] for row in report["Närvaro"]] == ["Nr", "1", "Summa"]
    # How many were there is no secret.
    assert report["Sammankomster"][1][-1] == "3"
    from events.services.circles import standing

    assert hand_over.phone_about(standing(circle))[0] == 2


def test_the_office_names_and_orders_the_columns(circle, anna: User):
    people = HandOverColumn.objects.filter(sheet="people")
    people.exclude(key__in=["personal_number", "last_name"]).update(is_shown=False)
    people.filter(key="personal_number").update(header="PNR", position=1)
    people.filter(key="last_name").update(position=2)
    papers.give(circle.event.registrations.get(name="Kim"), given())
    assert book(circle, anna)["Deltagare"][:3] == [
        ["PNR", "Efternamn"], ["", ""], [number(), "Berg"],
    ]  # fmt: skip


def test_the_same_as_csv_opens_in_a_swedish_spreadsheet(circle, anna: User):
    file = hand_over.take_out(circle, actor=anna, as_csv=True)
    with zipfile.ZipFile(io.BytesIO(file)) as folder:
        assert folder.namelist() == [
            "arrangemang.csv", "deltagare.csv", "narvaro.csv", "sammankomster.csv",
        ]  # fmt: skip
        raw = folder.read("deltagare.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows] == ["Förnamn", "Lo", "Kim", "Bo"]


@pytest.mark.parametrize("typed", ["=1+1", "@SUM(1)", "+46", "-2", "\t=1"])
def test_nothing_in_the_file_is_calculated(circle, anna: User, typed):
    kim = circle.event.registrations.get(name="Kim")
    papers.give(kim, given(street=typed))
    page = load_workbook(io.BytesIO(hand_over.take_out(circle, actor=anna)))["Deltagare"]
    cell = page["F4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)
    with zipfile.ZipFile(io.BytesIO(hand_over.take_out(circle, actor=anna, as_csv=True))) as folder:
        rows = list(
            csv.reader(io.StringIO(folder.read("deltagare.csv").decode("utf-8-sig")), delimiter=";")
        )
    assert rows[2][5] == f"'{typed}"


def test_each_file_is_a_line_in_the_log(circle, anna: User):
    hand_over.take_out(circle, actor=anna)
    line = AccessLog.objects.latest("pk")
    assert (line.action, line.about, line.reference) == (
        "export",
        "events.Circle",
        circle.event.slug,
    )
    assert line.reason == "3 personer, underlag till studieförbundet, XLSX"


def test_handed_over_twice_is_once_and_can_be_taken_back(circle, anna: User):
    first = hand_over.mark_handed_over(circle, actor=anna).handed_over_at
    assert hand_over.mark_handed_over(circle, actor=anna).handed_over_at == first
    assert hand_over.take_back(circle, actor=anna).handed_over_at is None
    assert [line.reason for line in AccessLog.objects.order_by("pk")] == [
        "lämnade över", "öppnade igen",
    ]  # fmt: skip


def test_an_evening_of_culture_is_one_sheet_without_names(anna: User):
    circle = CircleFactory(form="culture", starts_at=days_away(-3), event__times=1, performers=2,
                           representative="Lo Ek", people=6, leader=True)  # fmt: skip
    occasion = circle.event.occasions.get()
    VisitTally.objects.create(
        event=circle.event, occasion_uid=occasion.uid, opened_at=occasion.starts_at,
        closed_at=occasion.ends_at, total=14, women=9, men=4, other=1,
        changed_at=occasion.ends_at,
    )  # fmt: skip
    found = book(circle, anna)
    assert list(found) == ["Kulturarrangemang"]
    assert found["Kulturarrangemang"][1][7:] == ["2", "14", "9", "4", "1", "", "Lo Ek"]
