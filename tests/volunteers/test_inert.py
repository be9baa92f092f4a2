"""What somebody types is words, on every page of ours, in every letter, and in no file as a sum."""

import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from tests.doors import log_in
from tests.factories import LeadFactory, RoleFactory
from tests.volunteers.corpus import FORMULAS, SCRIPTS, inert
from volunteers.emails.leads import link
from volunteers.models import Lead
from volunteers.services import assignments, certificate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", [*SCRIPTS, *FORMULAS])
def test_whatever_is_typed_stays_words(client, anna, typed):
    client.post("/engagera-dig/anmalan/", {
        "submission": str(uuid.uuid4()), "name": typed, "email": "kim@exempel.se",
        "message": typed, "good_time": typed, "consent": "on",
    })  # fmt: skip
    lead = Lead.objects.get()
    office = log_in(Client(), anna)
    pages = [reverse("volunteers:monday"), reverse("volunteers:board")]
    names = ("lead", "write", "step", "give", "lead_roles")
    pages += [reverse(f"volunteers:{name}", args=[lead.reference]) for name in names]
    for page in pages:
        assert inert(office.get(page).content.decode(), typed.strip()), page
    own = link(lead).split("testserver")[1]
    for page in (own, f"{own}uppgifter/", f"{own}andra/"):
        found = client.get(page).content.decode()
        assert "<" not in typed or typed not in found, page


@pytest.mark.parametrize("name", ["A\r\nBcc: x@exempel.se", "{{ 7*7 }}", "Kim http://onda.se"])
def test_a_name_becomes_neither_a_header_nor_a_link_nor_a_sum(client, anna, name):
    client.post("/engagera-dig/anmalan/", {
        "submission": str(uuid.uuid4()), "name": name, "email": "kim@exempel.se", "consent": "on",
    })  # fmt: skip
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    sent = [one for one in mail.outbox if "kim@exempel.se" in one.to]
    assert len(sent) == 1
    assert sent[0].recipients() == ["kim@exempel.se"]
    assert "onda.se" not in sent[0].body
    assert "49" not in sent[0].body


def test_a_paper_prints_what_was_typed_as_it_was_typed(anna):
    row = LeadFactory(name='#read("/etc/passwd") = $x$', stage="ended")
    assignments.give_role(row, RoleFactory(name="*Fet* #emph[x]"))
    assert certificate.make(row)[:5] == b"%PDF-"
