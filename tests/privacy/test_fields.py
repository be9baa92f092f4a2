"""Encrypted columns: unreadable in the database, loud when a key is lost, and easy to give a new key."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection

from mail.models import Letter
from mail.services import post
from members.models import LoginCode
from members.services import ask_for_code, give_app
from privacy.fields import CannotDecrypt, decrypt, encrypt, encrypted_fields
from privacy.services import rotate_keys
from tests.factories import UserFactory


def raw(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}"')
        return str(cursor.fetchone()[0])


def new_key() -> str:
    return Fernet.generate_key().decode()


def test_what_is_encrypted_comes_back():
    assert decrypt(encrypt("åäö 🌱")) == "åäö 🌱"


def test_the_same_text_never_looks_the_same_twice():
    assert encrypt("hej") != encrypt("hej")


def test_a_value_that_no_key_opens_is_not_shown_as_something_else(settings):
    token = encrypt("hej")
    settings.FIELD_KEYS = [new_key()]
    with pytest.raises(CannotDecrypt):
        decrypt(token)


@pytest.mark.parametrize("token", ["", "hej", "gAAAA"])
def test_what_was_never_encrypted_is_not_taken_for_it(token):
    with pytest.raises(CannotDecrypt):
        decrypt(token)


def test_an_old_key_still_reads_and_the_newest_writes(settings):
    old, new = settings.FIELD_KEYS[0], new_key()
    token = encrypt("hej")
    settings.FIELD_KEYS = [new, old]
    assert decrypt(token) == "hej"
    fresh = encrypt("hej")
    settings.FIELD_KEYS = [new]
    assert decrypt(fresh) == "hej"


@pytest.mark.django_db
def test_the_columns_are_unreadable_in_the_database():
    letter = post("login_code", to="kim@exempel.se", about={}, private={"code": "482913"})
    assert "482913" not in raw("mail_letter", "private")
    assert Letter.objects.get(pk=letter.pk).private == {"code": "482913"}


@pytest.mark.django_db
def test_nothing_stays_nothing():
    post("login_code", to="kim@exempel.se", about={})
    assert raw("mail_letter", "private") == "None"
    assert Letter.objects.get().private is None


@pytest.mark.django_db
@pytest.mark.parametrize("value", [{}, [], "", 0, False])
def test_an_empty_value_is_not_mistaken_for_nothing(value):
    post("login_code", to="kim@exempel.se", about={}, private=value)
    assert Letter.objects.get().private == value


@pytest.mark.django_db
def test_a_new_key_is_given_to_every_value_and_the_old_one_can_go(settings, monkeypatch):
    monkeypatch.setattr("privacy.services.ROTATE_AT_ONCE", 2)
    user = UserFactory(email="kim@exempel.se")
    secret = give_app(user)
    for _ in range(5):
        ask_for_code("kim@exempel.se")
    digits = list(LoginCode.objects.order_by("pk").values_list("digits", flat=True))
    old, new = settings.FIELD_KEYS[0], new_key()
    settings.FIELD_KEYS = [new, old]
    done = rotate_keys()
    assert (done["members.LoginCode"], done["mail.Letter"], done["mfa.Authenticator"]) == (5, 5, 1)
    settings.FIELD_KEYS = [new]
    assert list(LoginCode.objects.order_by("pk").values_list("digits", flat=True)) == digits
    assert {letter.private["code"] for letter in Letter.objects.all()} == set(digits)
    assert decrypt(user.authenticator_set.get().data["secret"]) == secret


@pytest.mark.django_db
def test_giving_the_key_again_changes_nothing(settings):
    ask_for_code("kim@exempel.se")
    call_command("rotate_keys", stdout=StringIO())
    call_command("rotate_keys", stdout=StringIO())
    assert LoginCode.objects.get().digits.isdigit()


def test_every_encrypted_column_of_the_house_is_known():
    from django.apps import apps

    found = {model._meta.label for model in apps.get_models() if encrypted_fields(model)}
    assert {"mail.Letter", "members.LoginCode"} <= found
