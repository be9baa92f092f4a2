"""Volontärer: the line in the menu, and the roles and courses that the office writes."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from volunteers.models import Role, Training


class RoleViewSet(SnippetViewSet):
    model = Role
    icon = "user"
    # In the submenu below; without a line of its own it would stand among "Snippets".
    menu_item_is_registered = True
    admin_url_namespace = "volunteer_roles"
    base_url_path = "uppdrag"
    list_display = (
        "name",
        "summary",
        BooleanColumn("is_offered", label=_("På webben")),
        "order",
    )
    ordering = ("order", "name")
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("summary"),
                FieldPanel("description"),
                FieldPanel("time_needed"),
                FieldPanel("support"),
            ],
            heading=_("Så presenteras uppdraget"),
        ),
        MultiFieldPanel(
            [FieldPanel("trainings"), FieldPanel("needs_mentor"), FieldPanel("meets_minors")],
            heading=_("Innan någon är aktiv"),
        ),
        FieldRowPanel([FieldPanel("is_offered"), FieldPanel("order")]),
    )


class TrainingViewSet(SnippetViewSet):
    model = Training
    icon = "doc-full"
    menu_item_is_registered = True
    admin_url_namespace = "volunteer_trainings"
    base_url_path = "utbildningar"
    list_display = ("name", "valid_months")
    panels = (FieldPanel("name"), FieldPanel("valid_months"))


register_snippet(RoleViewSet)
register_snippet(TrainingViewSet)


class Room(MenuItem):
    """Shown to those who may look in."""

    def __init__(self, label: Promise, url_name: str, permission: str, icon: str) -> None:
        name = url_name.replace(":", "-")
        super().__init__(label, reverse_lazy(url_name), name=name, icon_name=icon)
        self.permission = f"volunteers.{permission}"

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


# In the order of the day: whom to follow up, then what is there to do (ux.md 3.2).
ROOMS = [
    Room(_("Att följa upp"), "volunteers:monday", "change_lead", "list-ul"),
    Room(_("Tavla"), "volunteers:board", "change_lead", "grip"),
    Room(_("Uppdrag"), "volunteer_roles:list", "change_role", "user"),
    Room(_("Pass"), "volunteers:shifts", "change_lead", "calendar-alt"),
    Room(_("Handledning"), "volunteers:meetings", "change_lead", "group"),
    Room(_("Ansvar"), "volunteers:duties", "view_duty", "key"),
    Room(_("Utbildningar"), "volunteer_trainings:list", "change_training", "doc-full"),
    Room(_("Året i siffror"), "outreach:year", "view_lead", "table"),
]
for number, room in enumerate(ROOMS):
    room.order = number


@hooks.register("register_admin_menu_item")
def line_in_the_menu() -> MenuItem:
    return SubmenuMenuItem(
        _("Volontärer"), Menu(items=ROOMS), name="volunteers", icon_name="user", order=180
    )
