"""The two rights, and the daily weeding, from the command line."""

import json
import re
import stat
from datetime import timedelta
from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.models import Registration
from mail.models import Letter
from mail.services import post
from members.models import LoginCode, User
from members.services import ask_for_code
from tests.factories import RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db


def run(*words: object) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def traces():
    """Kim in every table that can know Kim, and Lou beside."""
    for name in ("kim", "lou"):
        address = f"{name}@exempel.se"
        UserFactory(email=address, first_name=name.title())
        RegistrationFactory(name=name.title(), email=address)
        post("event_confirmed", to=address, about={})
        ask_for_code(address)


def test_everything_about_one_person_is_handed_out_and_nothing_about_others(traces, tmp_path):
    out = tmp_path / "kim.zip"
    told = run("subject_access", " KIM@exempel.se", "--out", str(out))
    with ZipFile(out) as package:
        page = package.read("uppgifter.html").decode()
        data = json.loads(package.read("uppgifter.json"))
    assert set(data) == {"anmälningar", "brev", "användare", "inloggningskoder"}
    assert "Kim" in page
    assert "lou@exempel.se" not in page + json.dumps(data)
    assert "Lou" not in page
    assert str(out) in told


def test_the_file_is_only_for_who_made_it_and_never_overwritten(traces, tmp_path):
    out = tmp_path / "kim.zip"
    run("subject_access", "kim@exempel.se", "--out", str(out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with pytest.raises(CommandError):
        run("subject_access", "kim@exempel.se", "--out", str(out))


def test_what_a_visitor_typed_is_only_text_on_the_page(tmp_path):
    RegistrationFactory(name="<script>x</script>", email="kim@exempel.se")
    out = tmp_path / "kim.zip"
    run("subject_access", "kim@exempel.se", "--out", str(out))
    with ZipFile(out) as package:
        assert "<script>" not in package.read("uppgifter.html").decode()


def test_nobody_known_gives_an_empty_page(tmp_path):
    out = tmp_path / "ingen.zip"
    run("subject_access", "ingen@exempel.se", "--out", str(out))
    with ZipFile(out) as package:
        assert (
            "Vi har inga uppgifter om den här adressen" in package.read("uppgifter.html").decode()
        )


def everything() -> str:
    """All rows of all tables that rules speak of, as text."""
    from privacy.registry import rules

    return json.dumps(
        [list(rule.model.objects.values()) for rule in rules()], default=str, ensure_ascii=False
    )


def test_one_person_is_forgotten_everywhere_and_the_others_stay(traces):
    told = run("erase_person", "KIM@exempel.se ")
    assert not re.search(r"\bkim\b", everything().lower())
    assert "lou@exempel.se" in everything()
    assert Registration.objects.count() == 2
    assert "members.User: 1 rows" in told


def test_forgetting_twice_is_no_mistake(traces):
    run("erase_person", "kim@exempel.se")
    assert "Nobody here is known" in run("erase_person", "kim@exempel.se")


def test_weeding_forgets_what_is_old_and_a_second_time_nothing(traces):
    Letter.objects.update(
        created_at=timezone.now() - timedelta(days=91), state="sent", sent_at=timezone.now()
    )
    LoginCode.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert "mail.Letter: 4 rows" in run("retention", "--dry-run")
    assert Letter.objects.count() == 4
    told = run("retention")
    assert "mail.Letter: 4 rows" in told
    assert "members.LoginCode: 2 rows" in told
    assert (Letter.objects.count(), LoginCode.objects.count()) == (0, 0)
    assert {line.split(": ")[1] for line in run("retention").splitlines() if " rows" in line} == {
        "0 rows"
    }


def test_a_letter_that_waits_is_not_weeded():
    post("event_confirmed", to="kim@exempel.se", about={})
    Letter.objects.update(created_at=timezone.now() - timedelta(days=91))
    run("retention")
    assert Letter.objects.count() == 1


def test_who_left_long_ago_is_forgotten(traces):
    long_ago = timezone.now() - timedelta(days=3 * 365)
    User.objects.filter(email="kim@exempel.se").update(
        is_active=False, date_joined=long_ago, last_login=long_ago
    )
    assert "members.User: 1 rows" in run("retention")
    assert set(User.objects.values_list("first_name", flat=True)) == {"", "Lou"}
    assert "members.User: 0 rows" in run("retention")


def test_sessions_that_are_over_are_cleared():
    from django.contrib.sessions.models import Session

    Session.objects.create(
        session_key="gammal", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    run("retention")
    assert Session.objects.count() == 0
