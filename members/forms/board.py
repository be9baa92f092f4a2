"""What the board decides about fees, typed in kronor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from payments.forms import KronorField


class ShareField(KronorField):
    """A part that may be nothing."""

    def to_python(self, value: Any) -> Any:
        return 0 if str(value or "0").strip() == "0" else super().to_python(value)


class FeeForm(WagtailAdminModelForm):
    amount = KronorField(label=_("Avgift per år"), help_text=_("kronor"))
    union_share = ShareField(
        label=_("Varav till riksförbundet"), help_text=_("kronor"), required=False
    )

    def clean_union_share(self) -> int:
        return int(self.cleaned_data.get("union_share") or 0)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("amount") and data.get("union_share", 0) > data["amount"]:
            raise forms.ValidationError(
                {"union_share": _("Riksförbundets del kan inte vara större än avgiften")}
            )
        return data
