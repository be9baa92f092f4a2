"""A duty, as the board or the coordinator writes it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import User
from volunteers.models import Duty


class DutyForm(forms.ModelForm[Duty]):
    use_required_attribute = False

    class Meta:
        model = Duty
        fields = ("name", "when", "how_to", "owner", "deputy")
        error_messages: ClassVar = {"name": {"required": _("Skriv vad det är")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(groups=None, is_superuser=False)
        for name in ("owner", "deputy"):
            field: Any = self.fields[name]
            field.queryset = people.distinct().order_by("first_name", "pk")
            field.empty_label = _("Ingen än")

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        owner, deputy = self.cleaned_data.get("owner"), self.cleaned_data.get("deputy")
        if owner and owner == deputy:
            self.add_error("deputy", _("Välj en annan person som ersättare"))
        return self.cleaned_data
