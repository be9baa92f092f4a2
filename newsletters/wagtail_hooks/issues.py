"""The list of issues, the editor of one, and the addresses of its way to its readers."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from mail.templatetags.dates import short
from newsletters.models import Issue
from newsletters.services.second import note_writer
from newsletters.views import looking, office, paper, returned, sender, subscribers, writing
from newsletters.views.office import NAMESPACE
from privacy.responses import see_other


class IssueColumn(TitleColumn):
    """To the editor while it is a draft, to its results from then on."""

    def get_link_url(self, instance: Issue, parent_context: Any) -> str:
        name = "edit" if instance.is_draft else "result"
        return reverse(f"{NAMESPACE}:{name}", args=[instance.pk])


class ListView(snippets.IndexView):
    add_item_label = _("Nytt brev")
    default_ordering = "-created_at"

    @property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        from_us = reverse(f"{NAMESPACE}:sender")
        buttons.append(HeaderButton(_("Avsändaren"), url=from_us, icon_name="mail"))
        if self.request.user.has_perm("newsletters.view_subscription"):
            url = reverse(f"{NAMESPACE}:subscribers")
            buttons.append(HeaderButton(_("Prenumeranter"), url=url, icon_name="group"))
        return buttons

    @cached_property
    def columns(self) -> list[Any]:
        return [
            IssueColumn("subject", label=_("Ämnesrad"), accessor=str),
            Column("state", label=_("Läge"), accessor=lambda issue: issue.state.label),
            Column("send_at", label=_("Går"), accessor=lambda issue: short(issue.send_at) or "–"),
            Column("prepared", label=_("Till"), accessor=lambda issue: issue.prepared or "–"),
        ]


class OnlyDrafts:
    """What has been said yes to is not changed, and not deleted: its readers' links lead to it.

    Whoever writes holds the row, so that a yes that comes in the same moment waits or is seen.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            rows = Issue.objects.all()
            if request.method == "POST":
                rows = rows.select_for_update(of=("self",))
            issue = get_object_or_404(rows, pk=kwargs["pk"])
            if not issue.is_draft:
                return see_other(office.address("result", issue))
            answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            return answer


class EditView(OnlyDrafts, snippets.EditView):
    """Page one. What is half-written is saved too: what it lacks is said on page three."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.saving_as_draft = request.method == "POST"

    def save_instance(self) -> Any:
        issue = super().save_instance()
        note_writer(issue, self.request.user)
        return issue

    def get_success_url(self) -> str:
        return office.address("subject", self.object)

    def get_success_message(self, instance: Issue | None = None) -> str:
        return str(_("Sparat."))

    @property
    def header_buttons(self) -> list[Any]:
        buttons = [
            (_("Välj nyheter"), "news", "doc-full-inverse"),
            (_("Ämnesrad"), "subject", "mail"),
        ]
        return [
            HeaderButton(text, url=office.address(name, self.object), icon_name=icon)
            for text, name, icon in buttons
        ]


class AsTyped:
    """Beside the editor: the letter as it is typed, before it is saved."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        form = view.get_form(view._get_form_data(view._get_form_state()))
        if not view.validate_form(form):
            answer: HttpResponse = view.error_response()
            return answer
        return looking.letter(form.save(commit=False), request.GET.get("mode", ""))


class Preview(AsTyped, snippets.PreviewOnEditView):
    pass


class FirstPreview(AsTyped, snippets.PreviewOnCreateView):
    pass


class VersionView(snippets.PreviewRevisionView):
    """The letter as it was."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return looking.letter(self.revision_object, request.GET.get("mode", ""))


class DeleteView(OnlyDrafts, snippets.DeleteView):
    pass


class IssueViewSet(snippets.SnippetViewSet):
    model = Issue
    admin_url_namespace = NAMESPACE
    base_url_path = "nyhetsbrev"
    chooser_base_url_path = "nyhetsbrev/valj"
    icon = "mail"
    menu_label = _("Nyhetsbrev")
    menu_name = "newsletters"
    menu_order = 180
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ListView
    edit_view_class = EditView
    delete_view_class = DeleteView
    preview_on_add_view_class = FirstPreview
    preview_on_edit_view_class = Preview
    revisions_view_class = VersionView
    list_per_page = 50
    edit_handler = ObjectList(
        [
            HelpPanel(template="newsletters/office/_steps_panel.html"),
            FieldPanel("greeting"),
            FieldPanel("body"),
            FieldPanel("kind"),
            FieldPanel("in_archive"),
            FieldPanel("on_paper"),
        ]
    )

    def register_chooser_viewset(self) -> None:
        """Nothing else points at a letter, so nobody chooses one, and other roles see none."""

    @property
    def add_view(self) -> Any:
        """A letter is begun by choosing its news."""
        return writing.begin

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("prenumeranter/", subscribers.listed, name="subscribers"),
            path("<int:pk>/nyheter/", writing.news, name="news"),
            path("<int:pk>/amnesrad/", writing.subject, name="subject"),
            path("<int:pk>/titta/", looking.look, name="look"),
            path("<int:pk>/kontroll/", looking.list_of_checks, name="checks"),
            path("<int:pk>/som-mejl/", looking.as_mail, name="as_mail"),
            path("<int:pk>/test/", looking.send_test, name="send_test"),
            path("<int:pk>/dagen/", looking.mean_day, name="mean_day"),
            path("<int:pk>/lankar/", looking.try_links_again, name="try_links"),
            path("<int:pk>/vem/", writing.readers, name="readers"),
            path("<int:pk>/be-om-godkannande/", writing.ask_second, name="ask_second"),
            path("<int:pk>/godkann/", writing.give_second, name="second"),
            path("<int:pk>/stanna-upp/", writing.say_yes, name="yes"),
            path("<int:pk>/resultat/", office.result, name="result"),
            path("avsandare/", sender.sender_page, name="sender"),
            path("post/", paper.papers, name="papers"),
            path("<int:pk>/post/", paper.paper_of, name="paper"),
            path("<int:pk>/kom-inte-fram/", returned.bounced, name="bounced"),
            path("adress/<uuid:reference>/forsok-igen/", returned.try_again, name="try_again"),
            path("<int:pk>/stoppa/", office.stop, name="stop"),
            path("<int:pk>/pausa/", office.pause, name="pause"),
            path("<int:pk>/fortsatt/", office.resume, name="resume"),
            path("<int:pk>/skicka-igen/", office.again, name="again"),
        ]


@hooks.register("register_permissions")
def what_a_role_may() -> QuerySet[Permission]:
    """For the page of a role: also who may see subscribers."""
    return Permission.objects.filter(
        content_type__app_label="newsletters", content_type__model="subscription",
        codename="view_subscription",
    )  # fmt: skip
