"""The crisis numbers, as a list that says which ones to call."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import CrisisLine


class CrisisLineViewSet(SnippetViewSet):
    model = CrisisLine
    icon = "warning"
    menu_label = _("Akutnummer")
    menu_name = "crisis-lines"
    menu_order = 180
    add_to_admin_menu = True
    admin_url_namespace = "crisis_lines"
    base_url_path = "akutnummer"
    list_display = (
        "number",
        "name",
        Column("question", label=_("Under rubriken"), accessor="get_question_display"),
        BooleanColumn("is_shown", label=_("Visas")),
        "checked_on",
        "checked_by",
        Column(
            "needs_check",
            label=_("Att göra"),
            accessor=lambda line: _("Kontrollera") if line.needs_check() else "–",
        ),
    )
    list_filter = ("question", "is_shown")
    ordering = ("order", "pk")


register_snippet(CrisisLineViewSet)
