"""What the association says about how well the site works for everyone."""

from typing import ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from pages.models.base import SitePage
from prose import wording

_FEATURES = ["bold", "link", "ol", "ul"]


class Part(NamedTuple):
    heading: str
    text: str


class StatementPage(SitePage):
    """The statement of accessibility: the ten things that Digg asks of one."""

    fixed_slug = "tillganglighet"

    about = RichTextField(
        _("vad redogörelsen gäller"),
        features=_FEATURES,
        blank=True,
        help_text=_("Vem som står bakom webbplatsen och vilka sidor det gäller."),
    )
    how_accessible = RichTextField(
        _("så tillgänglig är webbplatsen"),
        features=_FEATURES,
        blank=True,
        help_text=_("Helt, delvis eller inte i linje med WCAG 2.2, nivå AA."),
    )
    another_way = RichTextField(
        _("om något inte fungerar för dig"),
        features=_FEATURES,
        blank=True,
        help_text=_("Hur man får innehållet på ett annat sätt, och hur snabbt."),
    )
    report_to_us = RichTextField(
        _("säg till om brister"),
        features=_FEATURES,
        blank=True,
        help_text=_("Vart man skriver eller ringer."),
    )
    supervision = RichTextField(
        _("tillsyn"),
        features=_FEATURES,
        blank=True,
        help_text=_("Vart man vänder sig om vi inte svarar."),
    )
    technical = RichTextField(
        _("teknisk information"),
        features=_FEATURES,
        blank=True,
        help_text=_("Vilka krav sidorna är byggda efter."),
    )
    not_accessible = RichTextField(
        _("det här fungerar inte än"),
        features=_FEATURES,
        blank=True,
        help_text=_("Kända brister, var de finns och när de ska vara borta."),
    )
    exceptions = RichTextField(
        _("undantag"),
        features=_FEATURES,
        blank=True,
        help_text=_("Det som är för tungt att åtgärda, eller som lagen inte gäller."),
    )
    how_tested = RichTextField(
        _("så har vi testat"), features=_FEATURES, blank=True, help_text=_("Vem, hur och när.")
    )
    how_we_work = RichTextField(
        _("så arbetar vi vidare"),
        features=_FEATURES,
        blank=True,
        help_text=_("Vad som görs löpande."),
    )
    reviewed_on = models.DateField(_("senast granskad"))

    PARTS: ClassVar = [
        "about",
        "how_accessible",
        "another_way",
        "report_to_us",
        "supervision",
        "technical",
        "not_accessible",
        "exceptions",
        "how_tested",
        "how_we_work",
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        *(FieldPanel(name) for name in PARTS),
        FieldPanel("reviewed_on"),
    ]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1

    class Meta:
        verbose_name = _("tillgänglighetsredogörelse")

    @property
    def lead(self) -> str:
        return wording.plain(self.about).partition("\n")[0][:200]

    @property
    def running_text(self) -> str:
        return "\n".join(wording.plain(part.text) for part in self.parts)

    @property
    def parts(self) -> list[Part]:
        """Each heading and what is said under it; an empty part is left out."""
        fields = [(self._meta.get_field(name), getattr(self, name)) for name in self.PARTS]
        return [Part(str(field.verbose_name).capitalize(), text) for field, text in fields if text]
