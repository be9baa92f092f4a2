"""The checks beside the editor: the rules of axe that we promise, and two of our own."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

# axe's own check that fails for everything without an alternative text: a heading never has one.
# `_page.html` marks the heading when there is something to say, so the rule below speaks up.
_ALWAYS_FAILS = ["has-alt"]


def _rule(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "serious",
        "selector": f"[data-check~={name}]",
        "tags": ["best-practice"],
        "any": _ALWAYS_FAILS,
        "enabled": True,
    }


class SiteContentChecker(ContentCheckerItem):
    axe_run_only: ClassVar = [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
        "seo",
    ]
    axe_custom_rules: ClassVar = [
        *ContentCheckerItem.axe_custom_rules,
        _rule("hard-to-read"),
        _rule("long-section"),
    ]
    axe_messages: ClassVar = {
        **ContentCheckerItem.axe_messages,
        "hard-to-read": {
            "error_name": _("Texten är svår att läsa"),
            "help_text": _("Över LIX 35 är tungt, över 40 går sidan inte att publicera."),
        },
        "long-section": {
            "error_name": _("Ett avsnitt är långt"),
            "help_text": _("Dela det med en underrubrik efter ungefär hundra ord."),
        },
        "image-alt": {
            "error_name": _("En bild saknar beskrivning"),
            "help_text": _("Beskriv den, eller kryssa i att den bara är dekoration."),
        },
        "label": {
            "error_name": _("Ett fält saknar namn"),
            "help_text": _("Den som inte ser vet då inte vad som ska skrivas."),
        },
        "color-contrast": {
            "error_name": _("Texten syns för dåligt"),
            "help_text": _("Kontrasten mot bakgrunden är för svag."),
        },
        "link-in-text-block": {
            "error_name": _("En länk syns inte i texten"),
            "help_text": _("Länkar behöver skilja sig från texten med mer än färg."),
        },
    }


@hooks.register("construct_wagtail_userbar")
def use_our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = SiteContentChecker(in_editor=item.in_editor)
