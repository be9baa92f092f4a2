"""A file is read in by the office: tried first, mapped by hand, done, and undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.models import ImportBatch, Person
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

IMPORT = "/admin/medlemmar/importera/"
FILE = b"Kallas;Brev\nKim Ek;kim@exempel.se\nBo Ek;fel\n"


@pytest.fixture
def register(client: Client) -> Client:
    return log_in(client, UserFactory(role="medlemsregister"))


def choose(client: Client, content: bytes = FILE) -> Any:
    file = SimpleUploadedFile("medlemmar.csv", content)
    return client.post(IMPORT, {"file": file}, **CSRF_FREE)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_file_is_tried_mapped_read_in_and_undone(register: Client) -> None:
    trial = choose(register).headers["Location"]
    assert "0 nya, 0 ändras, 0 är lika, 2 utelämnas." in text_of(register.get(trial))
    columns = {"column-0": "name", "column-1": "email"}
    tried = text_of(register.post(trial, columns, **CSRF_FREE))
    assert "1 nya, 0 ändras, 0 är lika, 1 utelämnas." in tried
    assert "Rad 3: E-posten går inte att skriva till: fel" in tried
    assert not Person.objects.exists()
    register.post(trial, columns | {"do": "1"}, **CSRF_FREE)
    assert Person.objects.get().full_name == "Kim Ek"
    batch = ImportBatch.objects.get()
    Person.objects.get().save()
    undone = register.post(f"/admin/medlemmar/importer/{batch.pk}/angra/", **CSRF_FREE)
    assert "0 togs bort, 0 är som förut." in text_of(undone)
    assert ">Kim Ek</a>" in text_of(undone)
    assert [log.reason for log in AccessLog.objects.order_by("pk")] == ["1 rader", "ångrade import"]


def test_a_file_that_cannot_be_read_is_refused_in_words(register: Client) -> None:
    answer = choose(register, b"\0\0")
    assert answer.status_code == 422
    assert register.post(IMPORT, **CSRF_FREE).status_code == 422


def test_a_file_of_somebody_else_is_not_there(register: Client) -> None:
    trial = choose(register).headers["Location"]
    other = log_in(Client(), UserFactory(role="medlemsregister"))
    assert other.get(trial).headers["Location"] == IMPORT


@pytest.mark.parametrize("role", ["styrelse", "kassor"])
def test_only_who_keeps_the_register_reads_files_in(client: Client, role: str) -> None:
    log_in(client, UserFactory(role=role))
    assert choose(client).status_code == 404
