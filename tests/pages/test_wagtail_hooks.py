"""The public site in the admin: what waits, what is checked, what is absent."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from events.models import Registration
from mail.models import Letter
from pages.models import ContentPage, CrisisLine, CrisisPage, SectionPage, StartPage
from pages.wagtail_hooks.home import waiting_for
from tests.doors import CSRF_FREE, log_in
from tests.factories import (
    ContentPageFactory,
    CrisisLineFactory,
    EventFactory,
    RegistrationFactory,
    UserFactory,
)

HEAVY = "Verksamhetsberättelsen presenterar organisationsutvecklingen utförligt. " * 8


@pytest.fixture
def editor(start: StartPage) -> Client:
    return log_in(Client(), UserFactory(role="redaktor"))


def form(page: Page, **changed: Any) -> dict[str, Any]:
    """What the editor's form sends for a page to read."""
    data: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "ingress": page.ingress,
        "content_warning": "",
        "in_short": "",
        "body": streamfield([("text", rich_text("<p>Du får komma som du är.</p>"))]),
        "reviewed_on": "",
        "reviewed_by": "",
        "search_description": "",
        "comment_notifications": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    sent: dict[str, Any] = nested_form_data(data | changed)
    return sent


def send(client: Client, page: Page, action: str = "", **changed: Any) -> Any:
    data = form(page, **changed) | ({action: "1"} if action else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, **CSRF_FREE)


def test_a_readable_page_is_published(editor: Client) -> None:
    page = ContentPageFactory(title="Sömn")
    send(editor, page, "action-publish", ingress="Om att sova gott.")
    page.refresh_from_db()
    assert page.ingress == "Om att sova gott."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"body": streamfield([("text", rich_text(f"<p>{HEAVY}</p>"))])}, "för svår att läsa"),
        (
            {"body": streamfield([("text", rich_text('<p><a href="/bort/">Träffar</a></p>'))])},
            "leder ingenstans",
        ),
        (
            {"body": streamfield([("text", rich_text('<p><a href="/sok/">läs mer</a></p>'))])},
            "säger inte vart den går",
        ),
        ({"expire_at": "2020-01-01 10:00"}, "framtid"),
    ],
)
def test_what_a_reader_could_not_use_is_not_published_but_is_saved_as_a_draft(
    editor: Client, changed: dict[str, Any], said: str
) -> None:
    page = ContentPageFactory(title="Sömn", ingress="Som det var.")
    refused = send(editor, page, "action-publish", ingress="Ny ingress.", **changed)
    html = refused.content.decode()
    # What is said about a block travels as JSON.
    assert said in html or json.dumps(said).strip('"') in html
    page.refresh_from_db()
    assert page.ingress == "Som det var."
    if "expire_at" not in changed:
        send(editor, page, ingress="Ny ingress.", **changed)
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().ingress == "Ny ingress."


def test_publishing_many_at_once_is_no_way_round(editor: Client) -> None:
    page = ContentPageFactory(title="Tung", live=False, body=[("text", f"<p>{HEAVY}</p>")])
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?id={page.pk}&next=/admin/", **CSRF_FREE)
    page.refresh_from_db()
    assert page.live is False


def test_an_editor_cannot_delete_or_hide_the_crisis_page(editor: Client) -> None:
    page = CrisisPage.objects.get()
    for name in ("delete", "unpublish"):
        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), **CSRF_FREE)
    assert CrisisPage.objects.live().count() == 1


def test_an_editor_cannot_delete_a_crisis_number_but_can_hide_it(editor: Client) -> None:
    line = CrisisLineFactory()
    editor.post(reverse("crisis_lines:delete", args=[line.pk]), **CSRF_FREE)
    assert CrisisLine.objects.filter(pk=line.pk).exists()
    page = editor.get(reverse("crisis_lines:edit", args=[line.pk]))
    assert page.status_code == 200
    assert "Så står det på sidan" in page.content.decode()


def test_the_list_of_numbers_says_which_to_check(editor: Client) -> None:
    CrisisLineFactory(name="Kollad")
    html = editor.get(reverse("crisis_lines:list")).content.decode()
    assert html.count(">Kontrollera<") + html.count("Kontrollera\n") >= 1
    assert "Akutnummer" in html


# --- what waits -------------------------------------------------------------------------------


def lines(role: str) -> list[str]:
    user = UserFactory(role=role)
    return [line.text for line in waiting_for(user, timezone.now())]


def test_an_empty_desk_is_praised(start: StartPage) -> None:
    CrisisLine.objects.update(checked_by="Robin", checked_on=timezone.localdate())
    client = log_in(Client(), UserFactory(role="samordnare"))
    html = client.get("/admin/").content.decode()
    assert "Det här väntar" in html
    assert "Inget väntar just nu. Bra jobbat." in html


def fill_the_desk() -> None:
    event = EventFactory(capacity=3)
    RegistrationFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, source=Registration.Source.OFFICE)
    RegistrationFactory(event=event, created_at=timezone.now() - timedelta(days=3))
    RegistrationFactory(event=event, waiting=True, created_at=timezone.now() - timedelta(days=9))
    RegistrationFactory(
        event=EventFactory(over=True), waiting=True, created_at=timezone.now() - timedelta(days=9)
    )
    Letter.objects.create(
        kind="event_reminder",
        to="kim@exempel.se",
        to_key="kim@exempel.se",
        due_at=timezone.now(),
        state=Letter.State.FAILED,
    )
    CrisisLineFactory(checked_by="")


@pytest.mark.django_db
def test_everyone_sees_what_is_theirs_to_do_and_nothing_else() -> None:
    fill_the_desk()
    people = ["2 nya anmälningar sedan i går", "1 person står i kö", "1 brev kom inte fram"]
    numbers = ["1 akutnummer att kontrollera"]
    assert {role: lines(role) for role in ("samordnare", "redaktor", "styrelse", "kassor")} == {
        "samordnare": people,
        "redaktor": numbers,
        "styrelse": people[:2] + numbers,
        "kassor": [],
    }


@pytest.mark.django_db
def test_drafts_and_texts_to_review_wait_for_those_who_write(start: StartPage) -> None:
    CrisisLine.objects.all().delete()
    user = UserFactory(role="redaktor")
    page = ContentPageFactory(owner=user)
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    assert [line.text for line in waiting_for(user, timezone.now())] == ["1 utkast som är ditt"]


@pytest.mark.django_db
def test_what_waits_costs_the_same_however_much_it_is() -> None:
    counts = []
    # The first look makes the settings that are not there yet.
    waiting_for(UserFactory(role="styrelse"), timezone.now())
    for _ in range(2):
        user = UserFactory(role="styrelse")
        with CaptureQueriesContext(connection) as asked:
            waiting_for(user, timezone.now())
        counts.append(len(asked))
        for _ in range(5):
            fill_the_desk()
    assert counts == [29, 29]


def test_the_first_page_of_the_admin_asks_nobody_outside(editor: Client) -> None:
    html = editor.get("/admin/").content.decode()
    assert "gravatar" not in html
    assert "releases.wagtail.org" not in html
    assert re.findall(r'(?:src="|<link[^>]*href=")(?:https?:)?//(?!testserver)', html) == []


# --- the checks beside the editor --------------------------------------------------------------


def test_the_preview_runs_our_checks_and_marks_what_is_weak(editor: Client) -> None:
    page = ContentPageFactory(title="Sömn")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = form(page, body=streamfield([("text", rich_text(f"<p>{HEAVY}</p>"))]))
    assert editor.post(url, data, **CSRF_FREE).json()["is_valid"]
    html = editor.get(f"{url}?in_preview_panel=true").content.decode()
    assert 'data-check="hard-to-read"' in html
    side = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for said in ("wcag22aa", "hard-to-read", "long-section", "Texten är svår att läsa"):
        assert json.dumps(said).strip('"') in side


def test_visitors_never_see_the_marks(client: Client, start: StartPage) -> None:
    page = ContentPageFactory(body=[("text", f"<p>{HEAVY}</p>")])
    assert "data-check" not in client.get(page.url).content.decode()


def test_the_editor_of_every_page_type_opens_in_swedish(editor: Client) -> None:
    ContentPageFactory()
    for page in Page.objects.filter(depth__gt=1).specific():
        html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'lang="sv"' in html
        for english in (">Title<", ">Promote<", ">Content<", ">Body<", ">Ingress<"):
            assert english not in html or english == ">Ingress<"


def test_only_pages_that_belong_there_are_offered(editor: Client) -> None:
    section = SectionPage.objects.get(slug="stod")
    response = editor.get(reverse("wagtailadmin_pages:add_subpage", args=[section.pk]))
    # One kind alone fits, so the way goes straight to its form.
    assert response.url == reverse(
        "wagtailadmin_pages:add", args=["pages", "contentpage", section.pk]
    )
    assert editor.get(response.url).context["page"].specific_class is ContentPage
