"""The list of issues, the editor of one, and the addresses of its way to its readers."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from mail.templatetags.dates import short
from newsletters.models import Issue
from newsletters.views import office, paper, returned
from newsletters.views.office import NAMESPACE
from privacy.responses import see_other

NEW = [
    ("summary", [""]),
    ("heading", ""),
    ("text", "<p></p>"),
    ("coming", {"days": 14, "count": 6}),
]


class IssueColumn(TitleColumn):
    """To the editor while it is a draft, to its results from then on."""

    def get_link_url(self, instance: Issue, parent_context: Any) -> str:
        name = "edit" if instance.is_draft else "result"
        return reverse(f"{NAMESPACE}:{name}", args=[instance.pk])


class ListView(generic.IndexView):
    add_item_label = _("Nytt brev")
    default_ordering = "-created_at"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            IssueColumn("subject", label=_("Ämnesrad"), accessor="subject"),
            Column("state", label=_("Läge"), accessor=lambda issue: issue.state.label),
            Column("send_at", label=_("Går"), accessor=lambda issue: short(issue.send_at) or "–"),
            Column("prepared", label=_("Till"), accessor=lambda issue: issue.prepared or "–"),
        ]


class CreateView(generic.CreateView):
    def get_initial_form_instance(self) -> Issue:
        """With what every letter has: what is on its way fills itself."""
        return Issue(body=NEW)

    def get_success_url(self) -> str:
        return office.address("look", self.object)


class OnlyDrafts:
    """What has been said yes to is not changed, and not deleted: its readers' links lead to it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        issue = get_object_or_404(Issue, pk=kwargs["pk"])
        if not issue.is_draft:
            return see_other(office.address("result", issue))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class EditView(OnlyDrafts, generic.EditView):
    def get_success_url(self) -> str:
        return office.address("look", self.object)

    @property
    def header_buttons(self) -> list[Any]:
        url = office.address("look", self.object)
        return [HeaderButton(_("Titta och testa"), url=url, icon_name="view")]


class DeleteView(OnlyDrafts, generic.DeleteView):
    pass


class IssueViewSet(ModelViewSet):
    model = Issue
    name = NAMESPACE
    url_prefix = "nyhetsbrev"
    url_namespace = NAMESPACE
    icon = "mail"
    menu_label = _("Nyhetsbrev")
    menu_name = "newsletters"
    menu_order = 180
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ListView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            MultiFieldPanel(
                [FieldPanel("subject"), FieldPanel("preheader")], heading=_("I inkorgen")
            ),
            FieldPanel("greeting"),
            FieldPanel("body"),
            FieldPanel("in_archive"),
            FieldPanel("on_paper"),
        ]
    )
    exclude_form_fields: ClassVar[list[str]] = []

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/titta/", office.look, name="look"),
            path("<int:pk>/som-mejl/", office.as_mail, name="as_mail"),
            path("<int:pk>/test/", office.send_test, name="send_test"),
            path("<int:pk>/vem/", office.readers, name="readers"),
            path("<int:pk>/stanna-upp/", office.say_yes, name="yes"),
            path("<int:pk>/resultat/", office.result, name="result"),
            path("post/", paper.papers, name="papers"),
            path("<int:pk>/post/", paper.paper_of, name="paper"),
            path("<int:pk>/kom-inte-fram/", returned.bounced, name="bounced"),
            path("adress/<uuid:reference>/forsok-igen/", returned.try_again, name="try_again"),
            path("<int:pk>/stoppa/", office.stop, name="stop"),
            path("<int:pk>/pausa/", office.pause, name="pause"),
            path("<int:pk>/fortsatt/", office.resume, name="resume"),
            path("<int:pk>/skicka-igen/", office.again, name="again"),
        ]


viewset = IssueViewSet()


@hooks.register("register_permissions")
def what_a_role_may() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="newsletters", content_type__model="issue"
    )
