"""The editor of an activity, in the order in which a visitor reads it (ux.md 2a)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TitleFieldPanel,
)

from events.wagtail_hooks.forms import EventForm

ABOUT = MultiFieldPanel(
    [
        TitleFieldPanel("title", placeholder=False),
        FieldPanel("neutral_title"),
        FieldPanel("kind"),
        FieldPanel("summary", help_text=_("En eller två meningar. De syns i listan.")),
        FieldPanel("body", help_text=_("Frivilligt. Korta stycken är lättast att läsa.")),
        FieldPanel("how_it_goes"),
        FieldPanel("slug"),
    ],
    heading=_("Om träffen"),
    help_text=_("Skriv enkelt. Många som läser är trötta eller oroliga."),
)

WHEN = InlinePanel(
    "occasions",
    [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("note"),
    ],
    heading=_("När"),
    label=_("Tid"),
    min_num=1,
    help_text=_(
        "Svensk tid, till exempel 2026-12-10 17:00. "
        "Lägg till flera om gruppen ses flera gånger. Platsen gäller alla gånger. "
        "Natten när klockan ställs tillbaka menas den första av två lika tider."
    ),
)

WHERE_AND_FOR_WHOM = MultiFieldPanel(
    [
        FieldPanel("where"),
        FieldPanel("place", help_text=_("Gata och ort. Lämna tomt om träffen bara är digital.")),
        FieldPanel(
            "directions", help_text=_("Porttelefon, hiss, närmaste hållplats. Skriv i steg.")
        ),
        FieldPanel("digital_link"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("price_note")]),
        FieldRowPanel([FieldPanel("member_price"), FieldPanel("refund_days")]),
        FieldPanel("pays_ahead"),
        FieldPanel("audience", help_text=_("Till exempel: Alla som är nyfikna är välkomna.")),
        FieldPanel("for_newcomers"),
        FieldPanel("for_relatives"),
        FieldPanel("host"),
    ],
    heading=_("Var och för vem"),
)

SURROUNDINGS = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("people"), FieldPanel("energy")]),
        FieldRowPanel([FieldPanel("sound"), FieldPanel("light")]),
        FieldRowPanel([FieldPanel("pause"), FieldPanel("seating")]),
        FieldRowPanel([FieldPanel("bring_someone"), FieldPanel("access")]),
    ],
    heading=_("Miljö och ork"),
    help_text=_("Det här avgör ofta om någon vågar komma. Skriv det ni vet."),
)

SIGN_UP = MultiFieldPanel(
    [
        FieldPanel("sign_up"),
        FieldRowPanel([FieldPanel("promised_on"), FieldPanel("wanted")]),
        FieldPanel("capacity"),
        FieldPanel("most_together"),
        FieldPanel("waiting_list"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ],
    heading=_("Anmälan"),
)


ASK = MultiFieldPanel(
    [
        FieldPanel("question"),
        FieldPanel("question_purpose"),
        FieldRowPanel([FieldPanel("question_readers"), FieldPanel("question_dies_on")]),
    ],
    heading=_("En egen fråga"),
    help_text=_(
        "Svaren läses av få och förstörs på sin dag. Den som anmäler sig ser allt det här."
    ),
)


def editor() -> ObjectList:
    parts = [ABOUT, WHEN, WHERE_AND_FOR_WHOM, SURROUNDINGS, SIGN_UP, ASK, PublishingPanel()]
    return ObjectList(parts, base_form_class=EventForm)
