"""What is missing in care: told without a name, seen as themes, followed to what came of it."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mail.models import Letter
from privacy.models import AccessLog
from privacy.services import weed
from tests.doors import CSRF_FREE, log_in
from tests.factories import UserFactory, days_away
from tests.volunteers.corpus import SCRIPTS, inert
from tests.volunteers.rooms import council
from volunteers.models import CareGap, CareTheme, CouncilIssue
from volunteers.services import caregaps, councils

pytestmark = pytest.mark.django_db

FORM = "/om-oss/intressepolitik/beratta/"
ROOM = "/admin/paverkan/lackor/"


@pytest.fixture
def waiting(db: None) -> CareTheme:
    return CareTheme.objects.get(slug="vantetid")


def told(theme: CareTheme | None, number: int = 1) -> None:
    for _ in range(number):
        caregaps.tell(uuid.uuid4(), theme=theme, text="Kanariefågeln fick vänta.")


def test_anyone_may_tell_without_a_name(client: Client, waiting: CareTheme) -> None:
    answer = client.post(FORM, {"theme": "vantetid", "text": "Jag fick vänta i ett år."})
    assert (answer.status_code, answer["Location"]) == (303, "/om-oss/intressepolitik/tack/")
    row = CareGap.objects.get()
    assert (row.theme, row.text, row.told_on) == (
        *(waiting, "Jag fick vänta i ett år."),
        timezone.localdate(),
    )
    assert not Letter.objects.exists()
    assert not client.cookies


def test_nothing_in_the_table_leads_to_anybody() -> None:
    assert {field.name for field in CareGap._meta.get_fields()} == {
        "id", "submission", "theme", "text", "told_on",
    }  # fmt: skip


def test_a_member_who_is_logged_in_is_no_better_known(client: Client) -> None:
    log_in(client, UserFactory(), factor=False)
    client.post(FORM, {"text": "Ingen svarade."})
    assert not AccessLog.objects.exists()
    assert FORM in client.get("/mina-sidor/").content.decode()


def test_who_does_not_know_the_theme_can_say_so(client: Client) -> None:
    assert "Något annat, eller vet inte" in client.get(FORM).content.decode()
    assert client.post(FORM, {"theme": "", "text": "Ingen svarade."}).status_code == 303
    assert CareGap.objects.get().theme is None


def test_an_empty_form_says_what_is_missing_and_keeps_nothing(client: Client) -> None:
    answer = client.post(FORM, {"theme": "finns-inte", "text": " "})
    assert answer.status_code == 422
    assert "Skriv några ord om vad som hände" in answer.content.decode()
    assert not CareGap.objects.exists()


def test_the_same_press_is_told_once(client: Client) -> None:
    for _ in range(2):
        client.post(FORM, {"text": "Hej", "submission": str(uuid.UUID(int=7))})
    assert CareGap.objects.count() == 1


def test_the_words_are_unreadable_in_the_database(waiting: CareTheme) -> None:
    told(waiting)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM volunteers_caregap")
        assert "Kanarie" not in cursor.fetchone()[0]


def test_after_a_year_the_words_are_gone_and_the_number_stays(waiting: CareTheme) -> None:
    told(waiting, 2)
    CareGap.objects.filter(pk=CareGap.objects.first().pk).update(told_on=days_away(-366).date())
    assert weed(timezone.now())["volunteers.CareGap"] == 1
    assert sorted(bool(text) for text in CareGap.objects.values_list("text", flat=True)) == [
        False,
        True,
    ]


# --- the board ----------------------------------------------------------------------------------


def test_small_numbers_are_not_shown_and_there_is_no_sum(client: Client) -> None:
    many, few = CareTheme.objects.all()[:2]
    told(many, 6)
    told(few, 4)
    found = {row.theme.slug: row.number for row in caregaps.board(timezone.localdate().year)}
    assert (found[many.slug], found[few.slug]) == (6, None)
    log_in(client, UserFactory(role="styrelse"))
    page = " ".join(client.get(ROOM).content.decode().split())
    assert ("6 har berättat" in page, "4 har berättat" in page, ">10<" in page) == (
        True,
        False,
        False,
    )
    assert "Kanarie" not in page


def test_the_board_sees_no_words_and_the_reader_is_noted(
    client: Client, waiting: CareTheme
) -> None:
    told(None, 2)
    log_in(client, UserFactory(role="styrelse"))
    assert client.get(f"{ROOM}sortera/").status_code == 404
    log_in(client, UserFactory(role="samordnare"))
    assert "Kanariefågeln" in client.get(f"{ROOM}sortera/").content.decode()
    noted = AccessLog.objects.values_list("action", "about", "reason")
    assert list(noted) == [("reveal", "volunteers.CareGap", "2 texter")]
    gap = CareGap.objects.first()
    client.post(f"{ROOM}sortera/", {"gap": gap.pk, "theme": waiting.pk}, **CSRF_FREE)
    gap.refresh_from_db()
    assert gap.theme == waiting


def test_a_theme_is_taken_to_a_council_and_followed(office: Client, waiting: CareTheme) -> None:
    room = council()
    for _ in range(2):
        typed = {"council": room.pk, "title": "Kortare väntan"}
        assert office.post(f"{ROOM}{waiting.pk}/ta-upp/", typed, **CSRF_FREE).status_code == 303
    issue = CouncilIssue.objects.get()
    assert (issue.theme, issue.council, issue.state) == (waiting, room, "raised")
    issue.state, issue.answer = CouncilIssue.State.CHANGED, "Fler tider."
    councils.follow_issue(issue)
    assert "Fler tider." in office.get(ROOM).content.decode()


def test_a_theme_is_made_and_changed(office: Client) -> None:
    office.post(f"{ROOM}teman/nytt/", {"name": "Nya ord", "order": 5}, **CSRF_FREE)
    theme = CareTheme.objects.get(name="Nya ord")
    office.post(f"{ROOM}teman/{theme.pk}/", {"name": "Bättre ord", "order": 5}, **CSRF_FREE)
    theme.refresh_from_db()
    assert (theme.name, theme.slug) == ("Bättre ord", "nya-ord")


def test_only_a_year_is_asked_for(office: Client) -> None:
    CareGap.objects.create(theme=CareTheme.objects.first(), text="x", told_on=date(2025, 3, 1))
    assert 2025 in caregaps.years()
    assert {office.get(f"{ROOM}?ar={typed}").status_code for typed in ("2025", "x", "99999")} == {
        200
    }


@pytest.mark.parametrize("typed", SCRIPTS)
def test_what_somebody_typed_is_text_on_every_page(office: Client, typed: str) -> None:
    caregaps.tell(uuid.uuid4(), theme=None, text=typed)
    caregaps.save_theme(CareTheme(name=typed))
    for page in (f"{ROOM}sortera/", ROOM, FORM):
        assert inert(office.get(page).content.decode(), typed)


def test_who_may_do_what(client: Client) -> None:
    allowed: dict[str, Any] = {"styrelse": 200, "samordnare": 200, "kassor": 404, "redaktor": 404}
    for role, code in allowed.items():
        log_in(client, UserFactory(role=role))
        assert client.get(ROOM).status_code == code
