"""No table may know anything about a person without saying for how long, and how it is forgotten."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from mail.models import Link
from privacy import registry
from privacy.fields import EncryptedTextField, encrypted_fields
from samvaro.management.commands.privacy_register import BEGIN, END, table

OURS = ("events", "mail", "members", "newsletters", "pages", "payments", "privacy", "reports",
        "samvaro", "volunteers")  # fmt: skip
# Parts of field names that hint at a person.
HINTS = re.compile(
    r"name|mail|phone|mobile|tele|address|street|postcode|town|birth|person|note|comment|message"
    r"|answer|reason|contact|host|leader|subject|kontakt|text|personnummer"
)
# Which of the staff made, keeps or checked a text: that goes with their account.
TRACES = {"owner", "locked_by", "uploaded_by_user", "requested_by", "finished_by", "resolved_by"}
# Columns with a hint in their name that tell nothing about the person.
PLAIN = {"password"}


def personal_fields(model: type[models.Model]) -> list[str]:
    """The columns that look as if they told something about somebody."""
    found = [field.name for field in encrypted_fields(model)]
    for field in (one for one in model._meta.concrete_fields if one.name not in TRACES):
        target = field.remote_field.model if field.remote_field else ""
        label = target if isinstance(target, str) else target._meta.label
        to_user = label.lower() == settings.AUTH_USER_MODEL.lower()
        named = (
            model._meta.app_label in OURS
            and isinstance(field, models.CharField | models.TextField | models.DateField)
            and HINTS.search(field.name)
        )
        if to_user or isinstance(field, models.EmailField) or named:
            found.append(field.name)
    return sorted(set(found))


def without_rule(known: list[type[models.Model]]) -> dict[str, list[str]]:
    ruled = {rule.model for rule in registry.rules()}
    ruled |= {entry.model for entry in registry.exemptions()}
    return {
        model._meta.label: fields
        for model in known
        if model not in ruled and (fields := personal_fields(model))
    }


def test_every_table_with_personal_fields_has_a_rule_or_a_reason():
    assert without_rule(apps.get_models()) == {}


@pytest.mark.parametrize(
    "field",
    [
        models.EmailField(name="where"),
        models.CharField(name="first_name"),
        models.TextField(name="message"),
        models.CharField(name="mobile"),
        models.DateField(name="birthday"),
        EncryptedTextField(name="x"),
        models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, name="by"),
    ],
    ids=["an address", "a name", "free text", "a number", "a birthday", "a secret", "a user"],
)
@isolate_apps("events")
def test_a_table_without_a_rule_is_found(field):
    """The test above is known to bite."""
    body = {"__module__": "events.models", field.name: field.clone(), "title": models.TextField()}
    secret = type("Secret", (models.Model,), body)
    assert without_rule([secret]) == {"events.Secret": [field.name]}


@isolate_apps("events")
def test_a_table_about_things_needs_no_rule():
    body = {
        "__module__": "events.models",
        "title": models.CharField(),
        "size": models.IntegerField(),
    }
    assert without_rule([type("Chair", (models.Model,), body)]) == {}


def test_a_rule_names_every_personal_column_of_its_table():
    """A column that a rule forgets is neither handed out nor forgotten."""
    unnamed = {
        rule.model._meta.label: sorted(set(personal_fields(rule.model)) - set(rule.fields) - PLAIN)
        for rule in registry.rules()
    }
    assert {model: fields for model, fields in unnamed.items() if fields} == {}


def test_a_rule_names_only_columns_that_exist():
    with pytest.raises(LookupError):
        registry.register(
            registry.Rule(
                model=Link, fields=("shoe_size",), kept="", weed=lambda now, dry: 0,
                of_person=lambda key: [], export=dict, erase=len,
            )
        )  # fmt: skip


def test_one_column_alone_is_for_a_personal_number_and_it_is_encrypted():
    """What a study association must have is asked for there, masked, and emptied afterwards."""
    forbidden = re.compile(r"personnummer|person_?number|ssn|personal_?(id|number)")
    columns = [
        (model._meta.label, field.name, type(field))
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if forbidden.search(field.name)
    ]
    assert columns == [("events.Identity", "personal_number", EncryptedTextField)]


# --- the register of processing (PRV-11) ----------------------------------------------------------


def test_the_register_in_the_docs_is_what_the_rules_say():
    text = (Path(settings.ROOT) / "docs" / "privacy.md").read_text(encoding="utf-8")
    written = text.partition(BEGIN)[2].partition(END)[0].strip()
    assert written == table().strip(), "run: manage.py privacy_register"
