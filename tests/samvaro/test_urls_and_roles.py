"""Who may open which address (AZ-1): every address is in the table, and every door is tried."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Site, Task, Workflow

from events.models import CircleRules
from members.middleware import STAFF_PREFIXES
from members.models import MembershipType, ReminderRule
from newsletters.models import Issue
from pages.models import CrisisLine
from payments.models import BankFile, BankRow, Payout, SieBatch
from payments.services import ledger
from tests.doors import log_in
from tests.factories import (
    ChargeFactory,
    CircleFactory,
    EventFactory,
    LeadFactory,
    PersonFactory,
    RoleFactory,
    UserFactory,
)
from tests.members.fees import set_prices
from tests.samvaro import url_matrix
from volunteers.models import Training

ROLES = {"R": "redaktor", "S": "samordnare", "K": "kassor", "B": "styrelse", "M": "medlemsregister"}


Address = tuple[str, str, tuple[str, ...]]


def addresses(
    resolver: Any, prefix: str = "", space: str = "", words: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Every name in the house, its route, and the words that its route has to be filled with."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        all_words = words + tuple(entry.pattern.converters or entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else ""), route, all_words
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inner, all_words)


ALL = list(addresses(get_resolver()))
STAFF = [entry for entry in ALL if ("/" + entry[1]).startswith(STAFF_PREFIXES)]


def picture() -> ImageFile:
    file = BytesIO()
    Picture.new("RGB", (4, 4)).save(file, "PNG")
    return ImageFile(BytesIO(file.getvalue()), name="bild.png")


@pytest.fixture
def world() -> dict[str, dict[str, Any]]:
    """One of everything, and what to fill the routes of each namespace with."""
    home = Site.objects.get().root_page
    page = home.get_children().first() or home
    event = EventFactory(with_queue=1)
    person = event.registrations.first()
    line = CrisisLine.objects.create(
        name="Linjen", number="112", dial="112", question=CrisisLine.Question.DANGER
    )
    user = UserFactory(email="lou@exempel.se")
    image = Image.objects.create(title="Bild", file=picture())
    moved = Redirect.objects.create(old_path="/gammal")
    document = Document.objects.create(title="Blad", file=ContentFile(b"x", name="blad.txt"))
    return {
        "": {
            "page_id": page.pk, "parent_page_id": home.pk, "page_to_move_id": page.pk,
            "destination_id": home.pk, "content_type_app_name": "pages",
            "content_type_model_name": "contentpage", "app_label": "pages",
            "model_name": "contentpage", "app_name": "taggit", "action": "publish",
            "image_id": image.pk, "document_id": document.pk, "collection_id": Collection.objects.get(depth=1).pk,
            "task_id": Task.objects.first().pk, "slug": "x", "language_tag": "sv",
        },
        "wagtailusers_users": {"pk": user.pk},
        "wagtailusers_groups": {"pk": Group.objects.get(name="kassor").pk},
        "wagtailsites": {"pk": Site.objects.get().pk},
        "wagtailredirects": {"redirect_id": moved.pk, "pk": moved.pk},
        "wagtailadmin_workflows": {"pk": Workflow.objects.first().pk},
        "wagtailsettings": {"app_name": "mail", "model_name": "association", "pk": 1},
        "activities": {
            "pk": event.pk, "event_pk": event.pk, "registration_pk": person.pk,
            "uid": event.schedule[0].uid,
        },
        "evenings": {"pk": event.pk, "leader_pk": 0, "day": "2020-01-01", "kind": "csv"},
        "circles": {
            "pk": CircleFactory(event=event).pk, "key": f"r{person.pk}", "form_key": "circle",
            "rules_pk": CircleRules.objects.first().pk,
        },
        "crisis_lines": {"pk": line.pk},
        "membership_types": {"pk": MembershipType.objects.first().pk},
        "fee_rows": {"pk": set_prices().fees.first().pk},
        "reminder_rules": {"pk": ReminderRule.objects.first().pk},
        "fees": one_of_all_money(user),
        "issues": {
            "pk": Issue.objects.create(subject="Höst").pk,
            "reference": PersonFactory().reference,
        },
        "volunteer_roles": {"pk": RoleFactory().pk},
        "volunteer_trainings": {"pk": Training.objects.create(name="Kurs").pk},
        "volunteers": {"reference": LeadFactory().reference, "key": "first"},
        "register": {"reference": PersonFactory().reference, "pk": 1, "digest": "x"},
    }  # fmt: skip


def one_of_all_money(user: Any) -> dict[str, Any]:
    """All with the same key, so that each address finds its row."""
    now = timezone.now()
    line = ledger.record(
        ChargeFactory(), kind="paid", method="cash", amount=100, source="x", happened_at=now
    )
    file = BankFile.objects.create(
        pk=1, name="b", kind="csv", digest="x", read_at=now, read_by=user
    )
    BankRow.objects.create(pk=1, file=file, key="x", amount=1, booked_on=now.date())
    Payout.objects.create(pk=1, payout_id="po_1", arrives_on=now.date(), amount=1, noted_at=now)
    SieBatch.objects.create(pk=1, from_day=now.date(), to_day=now.date(), made_at=now, made_by=user)
    return {"pk": 1, "number": line.charge.number, "line": line.pk}


def test_every_address_is_in_the_table():
    known = set(url_matrix.PUBLIC) | set(url_matrix.DOOR) | set(url_matrix.CLOSED)
    known |= set(url_matrix.STAFF) | set(url_matrix.LEADERS)
    names = {name for name, _, _ in ALL if name}
    assert names - known == set(), "who may open these? Add them to tests/samvaro/url_matrix.py"
    assert known - names == set(), "these are gone"


def test_addresses_without_a_name_are_only_wagtails_own():
    assert {route for name, route, _ in ALL if not name} == url_matrix.NAMELESS


def test_what_only_staff_may_see_lies_behind_the_door():
    open_to_the_street = {name for name, route, _ in ALL if name and (name, route, _) not in STAFF}
    assert open_to_the_street - set(url_matrix.PUBLIC) - set(url_matrix.DOOR) == {
        "wagtailcore_login"
    }


def urls_of(world: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for name, _, words in STAFF:
        if name in url_matrix.STAFF:
            values = world[""] | world.get(name.split(":")[0], {})
            yield name, reverse(name, kwargs={word: values.get(word, 1) for word in words})


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["a stranger", "somebody without a role", "ledare", "no factor"])
def test_nobody_from_outside_opens_a_staff_page(who, client, world):
    if who == "somebody without a role":
        log_in(client, UserFactory())
    elif who == "ledare":
        log_in(client, UserFactory(role="ledare"))
    elif who == "no factor":
        log_in(client, UserFactory(administrator=True), factor=False)
    expected = {
        "a stranger": (302, "/logga-in/"),
        "somebody without a role": (404, ""),
        "ledare": (404, ""),
        "no factor": (302, "/konto/tva-steg/"),
    }[who]
    met = {}
    for name, url in urls_of(world):
        answer = client.get(url)
        met[name] = (answer.status_code, answer.headers.get("Location", "").split("?")[0])
    assert {name: answer for name, answer in met.items() if answer != expected} == {}


def refused(answer: Any) -> bool:
    if answer.status_code in (301, 302):
        return answer.headers["Location"] in ("/admin/", "/logga-in/")
    return answer.status_code in (403, 404)


def let_in(answer: Any) -> bool:
    """What is not there (404), or wants more than an empty form, has let somebody in to say so."""
    return answer.status_code == 404 or not refused(answer)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["R", "S", "B", "K", "M", "A"])  # D: see test_roles
def test_each_role_opens_its_own_pages_and_no_others(letter, world):
    client = Client(raise_request_exception=False)
    user = UserFactory(role=ROLES[letter]) if letter in ROLES else UserFactory(administrator=True)
    log_in(client, user)
    wrong = {}
    for name, url in urls_of(world):
        answer = visit(client, url)
        may = letter == "A" or letter in url_matrix.STAFF[name]
        if name in url_matrix.UNTOLD and may:
            continue
        if not (let_in(answer) if may else refused(answer)):
            wrong[name] = (letter, answer.status_code, answer.headers.get("Location", ""))
    assert wrong == {}


def visit(client: Client, url: str) -> Any:
    """Look, or press where there is nothing to look at; nothing that it does stays."""
    with transaction.atomic():
        answer = client.get(url)
        if answer.status_code == 405:
            answer = client.post(url)
        transaction.set_rollback(True)
    return answer
