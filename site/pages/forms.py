"""Shape and wording of what visitors type into the site itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.theme import IMAGES_OFF, Look


class AppearanceForm(forms.Form):
    """/anpassa/: three questions, each with the standard first."""

    use_required_attribute = False

    theme = forms.ChoiceField(
        label=_("Utseende"),
        required=False,
        choices=[
            ("", _("Följ min telefon")),
            ("ljus", _("Ljust")),
            ("mork", _("Mörkt")),
            ("lugn", _("Lugnt")),
        ],
        widget=forms.RadioSelect,
    )
    text_size = forms.ChoiceField(
        label=_("Textstorlek"),
        required=False,
        choices=[("", _("Vanlig")), ("storre", _("Större")), ("storst", _("Störst"))],
        widget=forms.RadioSelect,
    )
    images = forms.ChoiceField(
        label=_("Bilder"),
        required=False,
        choices=[("", _("Visa")), (IMAGES_OFF, _("Dölj"))],
        widget=forms.RadioSelect,
    )

    @property
    def look(self) -> Look:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Look(chosen["theme"], chosen["text_size"], chosen["images"] == IMAGES_OFF)
