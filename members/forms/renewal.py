"""Stay or leave: one choice, and a few words for who wants to."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 1000


class LeaveForm(forms.Form):
    use_required_attribute = False

    words = forms.CharField(
        label=_("Vill du säga något till oss? (valfritt)"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Skriv inte om diagnos eller mediciner"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Texten är för lång. Skriv högst 1 000 tecken")},
    )
