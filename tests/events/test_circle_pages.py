"""Study circles in the admin, from an empty term to handed over."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from events.models import Circle, CircleRules, HandOverColumn, Identity
from events.services import papers
from members.models import User
from privacy.models import AccessLog, ConsentText
from tests.doors import log_in
from tests.events.circle_people import given, number, typed
from tests.events.desk import send, text_of
from tests.factories import (
    CircleFactory,
    EventFactory,
    OccasionFactory,
    RegistrationFactory,
    UserFactory,
    days_away,
    tick,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/cirklar/"


def page(circle: Circle, more: str = "") -> str:
    return f"{LIST}{circle.pk}/{more}"


@pytest.fixture(autouse=True)
def any_year():
    CircleRules.objects.update(within_a_year=False)


def test_the_office_walks_from_an_empty_term_to_a_handed_over_circle(office: Client, anna: User):
    event = EventFactory(kind="group", times=0, title="Tisdagsgruppen")
    form = {"event": event.pk, "form": "circle", "season": "autumn", "year": "2026"}
    assert send(office, f"{LIST}ny/", form).status_code == 303
    circle = Circle.objects.get()
    assert (circle.most, circle.agreement.version) == (10, 1)
    assert "Planera tre möten till" in text_of(office.get(page(circle)))

    facts = {
        "form": "circle", "season": "autumn", "year": "2026", "most": "8", "reference": "SV-9",
        "approved_on": f"{timezone.localdate() - timedelta(days=90)}", "has_agreement": "on",
    }  # fmt: skip
    assert send(office, page(circle, "andra/"), facts).status_code == 303
    event.leaders.create(user=UserFactory(role="ledare"))
    for name in ("Kim", "Bo"):
        papers.give(RegistrationFactory(event=event, name=name), given())
    for week in (3, 2, 1):
        start = days_away(-7 * week)
        tick(circle, OccasionFactory(event=event, starts_at=start, ends_at=start + timedelta(minutes=135)))  # fmt: skip
    assert "Cirkeln räknas." in text_of(office.get(page(circle)))

    file = send(office, page(circle, "underlag/"), {"som": "xlsx"})
    people = load_workbook(io.BytesIO(file.content))["Deltagare"]
    assert [row[4].value for row in people.iter_rows(min_row=4)] == [number(), number()]
    assert send(office, page(circle, "lamna-over/")).status_code == 303
    circle.refresh_from_db()
    assert (circle.handed_over_by, circle.handed_over_at is not None) == (anna, True)
    assert "Överlämnad" in text_of(office.get(LIST))


def test_circles_have_a_line_of_their_own_in_the_menu(office, client):
    assert '"url": "/admin/cirklar/"' in office.get("/admin/").content.decode()
    log_in(client, UserFactory(role="redaktor"))
    assert "/admin/cirklar/" not in client.get("/admin/").content.decode()


def test_the_list_tells_what_is_missing_in_plain_words(office: Client):
    CircleFactory(event__title="Skrivargrupp", approved_on=None, reference="")
    words = text_of(office.get(LIST))
    for said in (
        "Skrivargrupp", "Studieförbundet har inte godkänt cirkeln än.",
        "Cirkeln har ingen ledare än.", "Numret hos studieförbundet saknas.",
    ):  # fmt: skip
        assert said in words


def test_the_list_is_of_one_term_when_somebody_chose_it(office: Client):
    CircleFactory(event__title="I höst", season="autumn", year=2026)
    CircleFactory(event__title="I vår", season="spring", year=2027)
    words = text_of(office.get(f"{LIST}?termin=2027-spring"))
    assert ("I vår" in words, "I höst" in words) == (True, False)
    assert "I höst" in text_of(office.get(f"{LIST}?termin=nonsens"))


def test_a_new_circle_begins_with_the_activity_it_came_from(office: Client):
    event = EventFactory(starts_at=timezone.now().replace(year=2027, month=2, day=1))
    initial = office.get(f"{LIST}ny/?aktivitet={event.pk}").context["form"].initial
    assert (initial["event"], initial["season"], initial["year"]) == (event, "spring", 2027)
    assert office.get(f"{LIST}ny/?aktivitet=x").status_code == 200


# --- numbers --------------------------------------------------------------------------------------


@pytest.fixture
def circle():
    return CircleFactory(talk=True, leader=True)


@pytest.fixture
def kim(circle):
    return RegistrationFactory(event=circle.event, name="Kim")


def test_the_office_sees_a_mask_until_it_says_why(circle, kim, office: Client, anna: User):
    papers.give(kim, given())
    key = f"r{kim.pk}"
    for url in (page(circle), page(circle, f"person/{key}/")):
        words = text_of(office.get(url))
        assert ("1985••••-••••" in words, number() in words) == (True, False)
    refused = send(office, page(circle, f"person/{key}/visa/"))
    assert (refused.status_code, AccessLog.objects.filter(action="reveal").exists()) == (422, False)
    shown = send(office, page(circle, f"person/{key}/visa/"), {"reason": "De ringde"})
    assert number() in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    line = AccessLog.objects.get(action="reveal")
    assert (line.actor, line.reason) == (anna, "De ringde")


def test_a_reveal_and_a_file_want_a_fresh_proof(circle, kim, anna: User, client: Client):
    papers.give(kim, given())
    log_in(client, anna, ago=3600 * 3)
    for url in (f"person/r{kim.pk}/visa/", "underlag/"):
        answer = send(client, page(circle, url), {"reason": "De ringde", "som": "xlsx"})
        assert answer.status_code == 302
    assert not AccessLog.objects.filter(action__in=["reveal", "export"]).exists()


def test_the_office_types_what_came_on_paper(circle, kim, office: Client):
    url = page(circle, f"person/r{kim.pk}/")
    assert send(office, url, typed(do="type", number="1")).status_code == 422
    assert send(office, url, typed(do="type")).status_code == 303
    assert Identity.objects.get().way == "office"
    assert AccessLog.objects.latest("pk").reason == "skrev in uppgifter"


def test_a_paper_that_went_on_is_settled_without_a_number(circle, kim, office: Client):
    send(office, page(circle, f"person/r{kim.pk}/"), {"do": "paper"})
    identity = Identity.objects.get()
    assert (identity.is_settled, identity.personal_number) == (True, "")
    send(office, page(circle, f"person/r{kim.pk}/"), {"do": "agreed"})
    assert papers.agreement_to_read(kim) is None


def test_a_person_of_another_circle_is_not_there(circle, office: Client):
    stranger = RegistrationFactory(event=CircleFactory().event)
    for key in (f"r{stranger.pk}", "r0", "x"):
        assert office.get(page(circle, f"person/{key}/")).status_code == 404


def test_the_board_reads_and_touches_nothing(circle, kim, client: Client):
    log_in(client, UserFactory(role="styrelse"))
    assert client.get(page(circle)).status_code == 200
    assert client.get(f"{LIST}regler/").status_code == 200
    for more in ("andra/", "lamna-over/", f"person/r{kim.pk}/"):
        assert client.get(page(circle, more)).status_code == 404
    assert send(client, page(circle, "underlag/")).status_code == 404


# --- what is decided once -------------------------------------------------------------------------


def rules_form(**more: str) -> dict[str, str]:
    row = CircleRules.objects.get(form="circle")
    from events.services.circle_office import figures_of

    known = {name: value for name, value in figures_of(row).items() if value is not None}
    return {name: str(value) for name, value in known.items() if value is not False} | more


def test_rules_that_are_in_force_stay_as_they_are(office: Client):
    row = CircleRules.objects.get(form="circle")
    assert office.get(f"{LIST}regler/{row.pk}/").status_code == 303
    send(office, f"{LIST}regler/{row.pk}/", rules_form(meetings_at_least="1"))
    send(office, f"{LIST}regler/{row.pk}/ta-bort/")
    assert CircleRules.objects.get(form="circle").meetings_at_least == 3


def test_new_rules_begin_on_a_day_that_has_not_come(office: Client):
    today = timezone.localdate()
    url = f"{LIST}regler/ny/circle/"
    assert office.get(url).status_code == 200
    late = send(office, url, rules_form(valid_from=f"{today}", meetings_at_least="4"))
    assert late.status_code == 422
    soon = rules_form(valid_from=f"{today + timedelta(days=1)}", meetings_at_least="4")
    assert send(office, url, soon).status_code == 303
    assert send(office, url, soon).status_code == 422  # one set a day
    new = CircleRules.objects.get(meetings_at_least=4)
    assert CircleRules.objects.of("circle", today).meetings_at_least == 3
    assert CircleRules.objects.of("circle", new.valid_from) == new
    send(office, f"{LIST}regler/{new.pk}/ta-bort/")
    assert not CircleRules.objects.filter(pk=new.pk).exists()


def test_the_office_renames_and_moves_columns(office: Client):
    rows = list(HandOverColumn.objects.order_by("sheet", "position", "pk"))
    form = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        form |= {
            f"form-{place}-id": row.pk, f"form-{place}-header": f"Ny {row.pk}",
            f"form-{place}-position": 99 - place,
        }  # fmt: skip
    assert send(office, f"{LIST}kolumner/", form).status_code == 303
    first = HandOverColumn.objects.get(pk=rows[0].pk)
    assert (first.header, first.position, first.is_shown) == (f"Ny {first.pk}", 99, False)
    assert send(office, f"{LIST}kolumner/", form | {"form-0-header": ""}).status_code == 422
    assert office.get(f"{LIST}kolumner/").status_code == 200


def test_the_office_writes_a_new_version_of_the_promise(office: Client):
    assert send(office, f"{LIST}lofte/", {"text": " \n"}).status_code == 422
    send(office, f"{LIST}lofte/", {"text": "Vi är  snälla.\n\nVi slutar i tid."})
    newest = ConsentText.objects.filter(purpose=papers.AGREEMENT).latest("version")
    assert (newest.version, newest.explanation) == (2, "Vi är snälla.\nVi slutar i tid.")
