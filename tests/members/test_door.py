"""The staff door: nobody reaches a staff page without a role and a second factor."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from mail.models import Letter
from members.services import end_sessions, give_app, take_away_factors
from tests.doors import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

STAFF_PAGES = ["/admin/", "/admin/pages/", "/ledare/", "/samordning/", "/admin/finns-inte/"]


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def goes_to(answer) -> str:
    return urlsplit(answer.headers["Location"]).path


@pytest.fixture
def editor():
    return UserFactory(email="red@exempel.se", role="redaktor")


def log_in_by_letter(client: Client, email: str):
    client.post("/logga-in/", {"email": email})
    code = Letter.objects.filter(kind="login_code").latest("created_at").private["code"]
    return client.post("/logga-in/kod/", {"code": code})


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_a_stranger_is_asked_to_log_in_and_comes_back(client, page):
    answer = client.get(page)
    where = urlsplit(answer.headers["Location"])
    assert (where.path, parse_qs(where.query)) == ("/logga-in/", {"next": [page]})


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_who_has_no_role_does_not_learn_that_the_page_exists(client, page):
    log_in(client, UserFactory())
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_staff_without_a_second_factor_set_it_up_first(client, editor, page):
    log_in(client, editor, factor=False)
    assert goes_to(client.get(page)) == "/konto/tva-steg/"


def test_staff_with_a_second_factor_come_in(client, editor):
    log_in(client, editor)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("page", ["/admin/login/", "/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_log_in_pages_of_others_lead_to_ours(client, page, method):
    answer = getattr(client, method)(page, {"username": "x", "password": "y"})
    assert goes_to(answer) == "/logga-in/"


@pytest.mark.parametrize(
    "page",
    ["/admin/password_reset/", "/admin/password_reset/done/", "/django-admin/", "/accounts/login/"],
)
def test_there_is_no_way_to_reset_a_password(client, page):
    assert client.get(page).status_code == 404


def test_a_password_opens_nothing(client, editor):
    editor.set_password("hemligt-hemligt")
    editor.save()
    for page in ("/logga-in/", "/admin/login/", "/_util/login/", "/logga-in/steg-2/"):
        client.post(page, {"email": editor.email, "username": editor.email, "login": editor.email,
                           "password": "hemligt-hemligt"})  # fmt: skip
        assert "_auth_user_id" not in client.session


# --- the way in ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_first_time_an_app_is_set_up_and_the_codes_are_shown_once(client, editor):
    assert goes_to(log_in_by_letter(client, editor.email)) == "/efter-inloggning/"
    assert goes_to(client.get("/admin/")) == "/konto/tva-steg/"
    assert "Ett steg till" in client.get("/konto/tva-steg/").content.decode()
    page = client.get("/konto/tva-steg/app/")
    secret = page.context["form"].secret
    assert secret in page.content.decode().replace(" ", "")
    done = client.post("/konto/tva-steg/app/", {"code": app_code(secret)})
    assert goes_to(done) == "/konto/tva-steg/reservkoder/"
    first = client.get("/konto/tva-steg/reservkoder/")
    assert len(first.context["unused_codes"]) == 10
    assert first.context["unused_codes"][0][:4] in first.content.decode()
    again = client.get("/konto/tva-steg/reservkoder/").content.decode()
    assert first.context["unused_codes"][0][:4] not in again
    assert client.get("/admin/").status_code == 200


def test_the_secret_of_the_app_is_encrypted_in_the_database(editor):
    secret = give_app(editor)
    assert secret not in str(Authenticator.objects.get().data)


def test_whoever_sets_up_a_factor_is_told_by_letter(
    client, editor, django_capture_on_commit_callbacks
):
    log_in(client, editor, factor=False)
    secret = client.get("/konto/tva-steg/app/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/tva-steg/app/", {"code": app_code(secret)})
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.about) == (
        "factor_changed", editor.email, {"what": "totp_activated"},
    )  # fmt: skip


def test_the_letter_about_a_new_factor_names_it(editor):
    from mail.emails import build
    from members.emails import post_factor_changed

    post_factor_changed(editor.email, "totp_activated")
    assert "En app för tvåstegsinloggning lades till." in build(Letter.objects.get()).body


def test_with_a_factor_the_letters_code_alone_is_not_enough(client, editor):
    secret = give_app(editor)
    assert goes_to(log_in_by_letter(client, editor.email)) == "/logga-in/steg-2/"
    assert "_auth_user_id" not in client.session
    assert goes_to(client.get("/admin/")) == "/logga-in/"
    wrong = client.post("/logga-in/steg-2/", {"code": "000000"})
    assert wrong.status_code == 422
    right = client.post("/logga-in/steg-2/", {"code": app_code(secret)})
    assert goes_to(right) == "/efter-inloggning/"
    assert client.get("/admin/").status_code == 200


def test_who_has_no_passkey_is_not_asked_for_one(client, editor):
    give_app(editor)
    log_in_by_letter(client, editor.email)
    assert "Använd passnyckel" not in client.get("/logga-in/steg-2/").content.decode()


def test_the_code_of_the_app_is_forgiven_its_spaces(client, editor):
    secret = give_app(editor)
    log_in_by_letter(client, editor.email)
    code = app_code(secret)
    client.post("/logga-in/steg-2/", {"code": f" {code[:3]} {code[3:]}"})
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_opens_once(client, editor):
    secret = give_app(editor)
    code = app_code(secret)
    log_in_by_letter(client, editor.email)
    assert client.post("/logga-in/steg-2/", {"code": code}).status_code == 302
    other = Client()
    log_in_by_letter(other, editor.email)
    assert other.post("/logga-in/steg-2/", {"code": code}).status_code == 422


def test_the_app_may_be_guessed_at_five_times(client, editor):
    secret = give_app(editor)
    log_in_by_letter(client, editor.email)
    for _ in range(5):
        client.post("/logga-in/steg-2/", {"code": "000000"})
    answer = client.post("/logga-in/steg-2/", {"code": app_code(secret)})
    assert answer.status_code == 422
    assert "Vänta fem minuter" in answer.content.decode()


def test_a_factor_is_added_only_right_after_the_log_in(client, editor):
    log_in(client, editor, factor=False, ago=16 * 60)
    for page in ("/konto/tva-steg/", "/konto/tva-steg/app/", "/konto/tva-steg/nycklar/ny/"):
        assert goes_to(client.get(page)) == "/logga-ut/"


def test_a_factor_is_changed_only_with_a_fresh_proof(client, editor):
    log_in(client, editor, ago=16 * 60)
    for page in ("nycklar/ny/", "app/ta-bort/", "reservkoder/nya/"):
        answer = client.get(f"/konto/tva-steg/{page}")
        assert goes_to(answer) == "/logga-in/steg-2/igen/"


def test_who_has_no_role_needs_no_second_factor(client):
    log_in(client, UserFactory(), factor=False)
    assert client.get("/konto/tva-steg/").status_code == 404


# --- how long one is in --------------------------------------------------------------------------


def test_after_twelve_hours_staff_log_in_anew(client, editor):
    log_in(client, editor, ago=12 * 3600 + 1)
    answer = client.get("/admin/")
    assert goes_to(answer) == "/logga-in/"
    assert "_auth_user_id" not in client.session


def test_after_a_rest_only_the_second_factor_is_asked_for(client, editor, settings):
    log_in(client, editor, ago=settings.STAFF_IDLE_AGE + 1)
    answer = client.get("/admin/")
    assert goes_to(answer) == "/logga-in/steg-2/igen/"
    secret = give_app(editor)
    page = answer.headers["Location"]
    assert client.get(page).status_code == 200
    done = client.post(page, {"code": app_code(secret), "next": "/admin/"})
    assert goes_to(done) == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_clicks_keep_the_session_awake(client, editor, settings):
    log_in(client, editor, ago=settings.STAFF_IDLE_AGE - 60)
    assert client.get("/admin/").status_code == 200
    session = client.session
    assert session["staff_seen_at"] == pytest.approx(time.time(), abs=30)


def test_a_page_that_knocks_by_itself_does_not_keep_the_session_awake(client, editor):
    log_in(client, editor)
    client.post("/admin/editing-sessions/ping/wagtailcore/page/1/")
    assert "staff_seen_at" not in client.session


def test_a_form_that_met_a_rested_session_is_not_lost(client, editor, settings):
    log_in(client, editor, ago=settings.STAFF_IDLE_AGE + 1)
    secret = give_app(editor)
    page = f"/admin/pages/{Site.objects.get().root_page.pk}/privacy/"
    answer = client.post(page, {"restriction_type": "login"})
    assert goes_to(answer) == "/logga-in/steg-2/igen/"
    client.post(answer.headers["Location"], {"code": app_code(secret), "next": page})
    assert PageViewRestriction.objects.get().restriction_type == "login"


def test_a_forged_form_is_not_kept_for_later(client, editor, settings):
    strict = Client(enforce_csrf_checks=True)
    log_in(strict, editor, ago=settings.STAFF_IDLE_AGE + 1)
    answer = strict.post("/admin/account/", {}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "account_reauthentication_state" not in strict.session


def test_a_script_that_meets_a_rested_session_is_refused_and_keeps_nothing(
    client, editor, settings
):
    log_in(client, editor, ago=settings.STAFF_IDLE_AGE + 1)
    answer = client.post("/admin/account/", {}, headers={"sec-fetch-mode": "cors"})
    assert answer.status_code == 403
    assert "account_reauthentication_state" not in client.session


def test_wagtails_way_out_is_ours(client, editor):
    log_in(client, editor)
    assert goes_to(client.get("/admin/logout/")) == "/logga-ut/"
    answer = client.post("/admin/logout/")
    assert (answer.status_code, goes_to(answer)) == (307, "/logga-ut/")
    assert "_auth_user_id" in client.session


def test_who_works_on_the_phone_only_has_no_admin(client):
    log_in(client, UserFactory(role="ledare"))
    assert client.get("/admin/").status_code == 404
    assert goes_to(client.get("/efter-inloggning/")) == "/ledare/"


# --- losing it (AZ-7) ----------------------------------------------------------------------------


def test_who_is_switched_off_is_out_on_the_next_request(client, editor):
    log_in(client, editor)
    editor.is_active = False
    editor.save()
    assert goes_to(client.get("/admin/")) == "/logga-in/"


@pytest.mark.parametrize(
    "strip",
    [
        lambda user: user.groups.clear(),
        lambda user: user.groups.remove(Group.objects.get(name="redaktor")),
        lambda user: Group.objects.get(name="redaktor").user_set.clear(),
        lambda user: user.groups.set([]),
        end_sessions,
        take_away_factors,
    ],
    ids=["clear", "remove", "group cleared", "set", "sessions ended", "factor taken"],
)
def test_who_loses_a_role_is_out_on_the_next_request(client, editor, strip):
    log_in(client, editor)
    assert client.get("/admin/").status_code == 200
    strip(editor)
    assert goes_to(client.get("/admin/")) == "/logga-in/"
    assert "_auth_user_id" not in client.session


def test_who_gets_one_more_role_stays_in(client, editor):
    log_in(client, editor)
    editor.groups.add(Group.objects.get(name="samordnare"))
    assert client.get("/admin/").status_code == 200


def test_staff_pages_are_not_kept_by_the_browser(client, editor):
    log_in(client, editor)
    assert "no-store" in client.get("/admin/").headers["Cache-Control"]
