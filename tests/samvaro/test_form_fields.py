"""The fields that we draw are to the letter what Django draws."""

import uuid

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from samvaro.form_fields import PLAIN, QuickRenderer

WIDGETS = [
    forms.TextInput(),
    forms.TextInput(attrs={"autocomplete": "name", "maxlength": 80, "data-x": None}),
    forms.EmailInput(attrs={"spellcheck": "false", "required": True, "hidden": False}),
    forms.HiddenInput(),
    forms.CheckboxInput(attrs={"class": "a & b"}),
    forms.NumberInput(attrs={"min": 0, "step": "any"}),
    forms.DateInput(),
    forms.RadioSelect(choices=[(1, "Ett"), (2, "Två")]),
    forms.Select(choices=[(1, "Ett"), (2, "Två")]),
    forms.Textarea(),
]
VALUES = [
    None,
    "",
    "Åsa",
    "\"><script>alert('1')</script>&amp;",
    mark_safe("<b>&amp;"),
    0,
    1,
    1234567.5,
    True,
    False,
    uuid.UUID(int=7),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_field_looks_as_django_draws_it(widget):
    for value in VALUES:
        mine = widget.render("na<me", value, {"id": 'x"y'}, QuickRenderer())
        assert mine == widget.render("na<me", value, {"id": 'x"y'}, DjangoTemplates())


def test_what_is_drawn_here_is_among_them():
    assert {widget.template_name for widget in WIDGETS} >= PLAIN


def test_the_site_draws_with_it(settings):
    assert type(forms.Form().renderer) is QuickRenderer
