"""The office's list of activities, their editor, and the addresses of who has signed up."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views import snippets

from events.models import Event, Occasion
from events.services import overview
from events.views import desk, office, office_evening, office_money
from events.wagtail_hooks.addresses import interest_addresses, times_addresses
from events.wagtail_hooks.panels import editor
from mail.templatetags.dates import short

SEE_PEOPLE = "events.view_registration"
CHANGE_TIMES = "events.publish_event"


class ActivityFilters(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=_("När"),
        choices=[("coming", _("Kommande")), ("past", _("Har varit")), ("none", _("Utan tid"))],
        method="by_time",
        widget=forms.RadioSelect,
        empty_label=_("Alla"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Läge"),
        choices=[
            ("live", _("Publicerad")),
            ("draft", _("Utkast")),
            ("changed", _("Har ändringar som inte är publicerade")),
            ("cancelled", _("Inställd")),
        ],
        method="by_state",
        widget=forms.RadioSelect,
        empty_label=_("Alla"),
    )
    queue = django_filters.ChoiceFilter(
        label=_("Kö"),
        choices=[("yes", _("Någon står i kö"))],
        method="by_queue",
        widget=forms.RadioSelect,
        empty_label=_("Alla"),
    )

    class Meta:
        model = Event
        fields = ("kind",)

    def by_time(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        rules = {
            "coming": Q(next_start__isnull=False),
            "past": Q(next_start__isnull=True, last_end__isnull=False),
            "none": Q(last_end__isnull=True),
        }
        return rows.filter(rules[value])

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        rules = {
            "live": Q(live=True),
            "draft": Q(live=False),
            "changed": Q(live=True, has_unpublished_changes=True),
            "cancelled": Q(cancelled_at__isnull=False),
        }
        return rows.filter(rules[value])

    def by_queue(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(queued_now__gt=0)


class FactColumn(Column):
    """On a phone, where a row is a card, each fact has its name beside it."""

    cell_template_name = "events/office/_fact_cell.html"

    class Media:
        css: ClassVar = {"all": ["events/office.css"]}


class PeopleColumn(TitleColumn):
    """How many, as a way to the list of who they are."""

    cell_template_name = "events/office/_people_cell.html"

    def get_link_url(self, instance: Event, parent_context: Any) -> str | None:
        may = parent_context["request"].user.has_perm(SEE_PEOPLE)
        return desk.list_url(instance) if may else None


def _coming(event: Any) -> str:
    now = timezone.now()
    occasion = event.next_occasion(now) or (event.schedule[-1] if event.schedule else None)
    return short(occasion.starts_at) if occasion else "–"


def _placed(event: Any) -> str:
    if event.sign_up == Event.SignUp.NONE and not event.placed_now:
        return "–"
    return str(event.placed_now) + (f" / {event.capacity}" if event.capacity is not None else "")


class ListView(snippets.IndexView):
    default_ordering = None
    table_classname = "listing office-table"
    add_item_label = _("Ny aktivitet")

    @cached_property
    def columns(self) -> list[Any]:
        # Without the box for many at once: each activity is a promise to people.
        return list(super().columns[1:])

    def get_base_queryset(self) -> QuerySet[Any]:
        return overview.activities(timezone.now())

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(self.ordering) if self.ordering else queryset

    def get_list_more_buttons(self, instance: Event) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm(SEE_PEOPLE):
            url = desk.list_url(instance)
            buttons.insert(0, Button(_("Anmälningar"), url=url, icon_name="group", priority=5))
        if self.request.user.has_perm(SEE_PEOPLE):
            url = office_evening.grid_url(instance)
            buttons.append(Button(_("Närvaro"), url=url, icon_name="check", priority=7))
        if self.request.user.has_perm(CHANGE_TIMES):
            url = desk.times_url(instance)
            text = _("Tider och ändringar")
            buttons.append(Button(text, url=url, icon_name="history", priority=6))
            if instance.takes_interest:
                url = desk.interest_url(instance)
                buttons.append(Button(_("Intresse"), url=url, icon_name="pick", priority=7))
        return buttons


class TellsInSwedish:
    """Wagtail's own words for these are English."""

    object: Event
    action: str

    def get_success_message(self, instance: Event | None = None) -> str:
        event = instance or self.object
        words = {"title": event.title}
        if self.action != "publish":
            return _("”%(title)s” är sparad.") % words
        if event.go_live_at and event.go_live_at > timezone.now():
            words["when"] = short(event.go_live_at)
            return _("”%(title)s” publiceras %(when)s.") % words
        return _("”%(title)s” är publicerad.") % words


class CreateView(TellsInSwedish, snippets.CreateView):
    pass


class EditView(TellsInSwedish, snippets.EditView):
    @property
    def header_buttons(self) -> list[Any]:
        may = self.request.user.has_perm
        buttons = []
        if may(SEE_PEOPLE):
            url = desk.list_url(self.object)
            buttons.append(HeaderButton(_("Anmälningar"), url=url, icon_name="group"))
        if may(CHANGE_TIMES):
            url = desk.times_url(self.object)
            buttons.append(HeaderButton(_("Tider och ändringar"), url=url, icon_name="history"))
            if self.object.takes_interest:
                url = desk.interest_url(self.object)
                buttons.append(HeaderButton(_("Intresse"), url=url, icon_name="pick"))
        return buttons

    def save_action(self) -> Any:
        answer = super().save_action()
        if not self.expects_json_response:
            self._tell_of_too_many()
        return answer

    def _tell_of_too_many(self) -> None:
        if more := overview.places_left_over(self.object):
            text = ngettext(
                "%(more)d fler än platserna har redan plats. Den personen behåller sin plats. "
                "Höj antalet platser igen, eller flytta någon.",
                "%(more)d fler än platserna har redan plats. De behåller sina platser. "
                "Höj antalet platser igen, eller flytta några.",
                more,
            )
            button = messages.button(desk.list_url(self.object), _("Se vilka som har plats"))
            buttons = [button] if self.request.user.has_perm(SEE_PEOPLE) else None
            messages.warning(self.request, text % {"more": more}, buttons=buttons)


class CopyView(TellsInSwedish, snippets.CopyView):
    def get_initial_form_instance(self) -> Event:
        """The same words and times, a draft with an address of its own."""
        original = self.get_object()
        words = set(self.get_form_class()._meta.fields) - {"slug", "go_live_at", "expire_at"}
        copy = Event(live=False, **{name: getattr(original, name) for name in words})
        copy.occasions = [  # type: ignore[misc]  # modelcluster takes a list
            Occasion(starts_at=time.starts_at, ends_at=time.ends_at, note=time.note)
            for time in original.schedule
        ]
        return copy


class EventViewSet(snippets.SnippetViewSet):
    model = Event
    icon = "date"
    menu_label = _("Aktiviteter")
    menu_name = "activities"
    menu_order = 150
    add_to_admin_menu = True
    admin_url_namespace = desk.NAMESPACE
    base_url_path = "aktiviteter"
    chooser_base_url_path = "aktiviteter/valj"
    index_view_class = ListView
    add_view_class = CreateView
    edit_view_class = EditView
    copy_view_class = CopyView
    filterset_class = ActivityFilters
    list_per_page = 50
    search_backend_name = None
    search_fields = ("title", "neutral_title", "place", "host")
    list_display = (
        "title",
        FactColumn("kind", label=_("Typ"), accessor="get_kind_display", sort_key="kind"),
        FactColumn("next", label=_("Nästa tillfälle"), accessor=_coming),
        PeopleColumn("people", label=_("Anmälda / platser"), accessor=_placed),
        PeopleColumn(
            "queue",
            label=_("I kö"),
            accessor=lambda event: event.queued_now or "–",
            sort_key="queued_now",
        ),
        FactColumn(
            "standing",
            label=_("Läge"),
            accessor=lambda event: overview.standing(event, timezone.now()),
        ),
    )

    def get_edit_handler(self) -> Any:
        return editor().bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        list_of = "<int:pk>/anmalningar/"
        one = f"{list_of}<int:registration_pk>/"
        return [
            *super().get_urlpatterns(),
            path(list_of, office.people, name="people"),
            path(f"{list_of}platserna/", office.happened, name="people_happened"),
            path(f"{list_of}lagg-till/", office.add, name="people_add"),
            path(f"{list_of}exportera/", office.take_out, name="people_export"),
            path(f"{one}flytta/", office.move, name="person_move"),
            path(f"{one}avboka/", office.cancel, name="person_cancel"),
            path(f"{one}ko/", office.queue, name="person_queue"),
            path(f"{one}ge-tillbaka/", office_money.give_back, name="person_give_back"),
            *times_addresses(),
            *interest_addresses(),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """For the page of a role: also who may see and handle registrations."""
        return Permission.objects.filter(
            content_type__app_label="events", content_type__model__in=["event", "registration"]
        ).exclude(codename="delete_registration")
