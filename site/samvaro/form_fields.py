"""Draws the plainest of Django's form fields without its templates.

A form of five fields is fifteen small templates to Django, a third of the time of a page that is
drawn for one reader. What is drawn here is the same to the letter; all else Django draws.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

_FOLDER = "django/forms/widgets/"
PLAIN = {f"{_FOLDER}{kind}.html" for kind in ("text", "email", "hidden", "checkbox", "number")}


class QuickRenderer(DjangoTemplates):
    """The FORM_RENDERER of the site."""

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        if template_name in PLAIN:
            return drawn(context["widget"])
        drawn_by_django: Any = super().render(template_name, context, request)
        return drawn_by_django


def drawn(widget: dict[str, Any]) -> SafeString:
    """As django/forms/widgets/input.html draws it."""
    given = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        given["value"] = widget["value"]
    pairs = [*given.items(), *widget["attrs"].items()]
    return SafeString("<input" + "".join(_attribute(name, value) for name, value in pairs) + ">")


def _attribute(name: str, value: Any) -> str:
    """Escaped."""
    if value is False:
        return ""
    if value is True:
        return f" {conditional_escape(name)}"
    return f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
