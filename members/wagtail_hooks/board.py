"""What the board decides: kinds of membership, fees, and when members are asked to stay."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from members.forms.board import FeeForm
from members.models import Fee, MembershipType, ReminderRule
from payments.kronor import kronor


class TypeViewSet(SnippetViewSet):
    model = MembershipType
    icon = "group"
    menu_label = _("Medlemstyper")
    admin_url_namespace = "membership_types"
    base_url_path = "medlemstyper"
    list_display = (
        "name",
        BooleanColumn("votes", label=_("Rösträtt")),
        BooleanColumn("counts", label=_("Räknas")),
        BooleanColumn("is_offered", label=_("På webben")),
    )
    ordering = ("order", "pk")
    panels = (
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("description"),
        FieldPanel("is_offered"),
        FieldPanel("votes"),
        FieldPanel("counts"),
        FieldPanel("needs_main_member"),
        FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
        FieldPanel("order"),
    )


class FeeViewSet(SnippetViewSet):
    model = Fee
    icon = "form"
    menu_label = _("Avgifter per år")
    admin_url_namespace = "fee_rows"
    base_url_path = "avgifter-per-ar"
    list_display = (
        Column("type", label=_("Medlemstyp"), accessor="type"),
        "from_year",
        BooleanColumn("is_reduced", label=_("Nedsatt")),
        Column("amount", label=_("Avgift"), accessor=lambda fee: kronor(fee.amount)),
        Column(
            "union_share",
            label=_("Till riksförbundet"),
            accessor=lambda fee: kronor(fee.union_share),
        ),
    )
    list_filter = ("type", "from_year")
    list_select_related = ("type",)
    ordering = ("-from_year", "type__order", "is_reduced")
    edit_handler = ObjectList(
        [
            FieldPanel("type", widget=forms.Select),
            FieldPanel("from_year"),
            FieldPanel("is_reduced"),
            FieldPanel("amount"),
            FieldPanel("union_share"),
        ],
        base_form_class=FeeForm,
    )


class ReminderViewSet(SnippetViewSet):
    model = ReminderRule
    icon = "mail"
    menu_label = _("Påminnelser")
    admin_url_namespace = "reminder_rules"
    base_url_path = "paminnelser"
    list_display = (
        Column("letter", label=_("Brev"), accessor="get_letter_display"),
        "days",
        "from_year",
        BooleanColumn("is_on", label=_("Används")),
    )
    ordering = ("days", "pk")
    panels = (
        FieldPanel("letter"),
        FieldPanel("days", help_text=_("Till exempel -46 för mitten av november.")),
        FieldPanel("from_year"),
        FieldPanel("is_on"),
    )


class BoardGroup(SnippetViewSetGroup):
    items = (TypeViewSet, FeeViewSet, ReminderViewSet)
    menu_label = _("Medlemskap")
    menu_icon = "group"
    menu_name = "membership-rules"
    menu_order = 165


register_snippet(BoardGroup)
