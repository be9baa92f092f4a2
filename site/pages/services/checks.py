"""What must be right before visitors see a page, and what an editor should think about."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.services.links import leads_somewhere, links_in
from pages.models import ContentPage, NewsPage, SitePage
from prose import lix

# A page with more words than this begins with "Kort sagt" (ux.md 3.5).
LONG_PAGE = 400


@dataclass(frozen=True)
class Remark:
    """`field`: where the editor finds it; empty when it is about the whole page."""

    field: str
    text: str


def stops(page: SitePage) -> list[Remark]:
    """What keeps the page from being published."""
    found = [*_hard_to_read(page), *_too_long_without_summary(page), *_over(page)]
    found += [*_picture_without_words(page), *_dead_links(page), *_broken_body(page)]
    return found


def warnings(page: SitePage) -> list[Remark]:
    """What the editor should think about; the page can be published all the same."""
    found = []
    score = lix.lix(page.running_text)
    if score is not None and lix.WARN_ABOVE < score <= lix.STOP_ABOVE:
        text = _("Texten är lite tung att läsa (LIX %(lix)d). Sikta på högst %(aim)d.")
        found.append(Remark("", text % {"lix": round(score), "aim": lix.WARN_ABOVE}))
    if heading := page.long_section:
        text = _("Avsnittet ”%(heading)s” är långt. Dela det med en underrubrik.")
        found.append(Remark("body", text % {"heading": heading}))
    return found


def _hard_to_read(page: SitePage) -> list[Remark]:
    score = lix.lix(page.running_text)
    if score is None or score <= lix.STOP_ABOVE:
        return []
    text = _("Texten är för svår att läsa (LIX %(lix)d, högst %(most)d). Korta meningarna.")
    return [Remark("", text % {"lix": round(score), "most": lix.STOP_ABOVE})]


def _too_long_without_summary(page: SitePage) -> list[Remark]:
    if not isinstance(page, ContentPage) or page.in_short:
        return []
    has_block = any(child.block_type == "summary" for child in page.body)
    if has_block or len(lix.words(page.running_text)) <= LONG_PAGE:
        return []
    return [
        Remark("in_short", _("Sidan är lång. Skriv en till tre meningar som säger det viktiga."))
    ]


def _over(page: SitePage) -> list[Remark]:
    found = []
    if isinstance(page, NewsPage) and page.show_until < timezone.localdate():
        found.append(Remark("show_until", _("Dagen har varit. Välj en dag framåt.")))
    if page.expire_at and page.expire_at <= timezone.now():
        found.append(Remark("expire_at", _("Tiden har varit. Välj en tid framåt.")))
    return found


def _picture_without_words(page: SitePage) -> list[Remark]:
    if not isinstance(page, NewsPage) or not page.image_id:
        return []
    if page.image_alt or page.image_is_decoration:
        return []
    text = _("Beskriv bilden, eller kryssa i att den bara är dekoration.")
    return [Remark("image_alt", text)]


def _broken_body(page: SitePage) -> list[Remark]:
    """For the ways to publish that do not go through the form, which says it better."""
    body = getattr(page, "body", None)
    if not body:
        return []
    try:
        body.stream_block.clean(body)
    except ValidationError:
        return [
            Remark("body", _("Något i innehållet behöver rättas först. Öppna sidan och spara."))
        ]
    return []


def _dead_links(page: SitePage) -> list[Remark]:
    found = []
    for field, text, target in _links(page):
        if not leads_somewhere(target):
            words = _("Länken ”%(text)s” leder ingenstans. Välj en sida som finns.")
            found.append(Remark(field, words % {"text": text}))
    return found


def _links(page: SitePage) -> list[tuple[str, str, int | str]]:
    """Field, words and target (the id of a page, or a path of ours) of every internal link."""
    found: list[tuple[str, str, int | str]] = []
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if field.get_internal_type() == "TextField" and isinstance(value, str):
            found += _links_in(field.name, value)
    for child in getattr(page, "body", None) or []:
        found += _links_in("body", str(child.block.get_prep_value(child.value)))
        if child.block_type == "button":
            target = child.value["page"].pk if child.value["page"] else child.value["address"]
            found.append(("body", child.value["text"], target or ""))
    return found


def _links_in(field: str, html: str) -> list[tuple[str, str, int | str]]:
    return [(field, text, target) for text, target in links_in(html.replace('\\"', '"'))]
