"""A page that visitors could not read, hear or follow is not published. A draft always is saved."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminPageForm

from pages.models import SitePage
from pages.services import checks


class SitePageForm(WagtailAdminPageForm):
    """Says what is wrong beside its field, when the page is to be published or looked through."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        for remark in checks.stops(self.instance):
            self.add_error(remark.field if remark.field in self.fields else None, remark.text)


for model in apps.get_models():
    if issubclass(model, SitePage):
        # Here and not on the model: a model knows no forms.
        model.base_form_class = SitePageForm


@hooks.register("before_bulk_action")
def check_all(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Publishing many at once passes no form."""
    if action_type != "publish":
        return None
    for page in objects:
        newest = page.get_latest_revision_as_object()
        found = checks.stops(newest) if isinstance(newest, SitePage) else []
        if found:
            text = _("”%(title)s” kan inte publiceras än. %(why)s")
            messages.error(request, text % {"title": newest.title, "why": found[0].text})
            return redirect(request.get_full_path())
    return None


@hooks.register("after_publish_page")
def warn(request: HttpRequest, page: Any) -> None:
    """The page is out; this would make it better."""
    if isinstance(page, SitePage):
        for remark in checks.warnings(page):
            messages.warning(request, remark.text)
