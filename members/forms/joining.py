"""What somebody types to become a member, and the questions that may be left empty."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail import campaigns
from members.models import Person
from members.services.fees import Offer
from payments.models import PaymentSettings
from payments.services.ways import Way, ways
from privacy.forms import EmailField, PublicForm
from privacy.services import consent_words

NO_POSTCODE = _("Skriv fem siffror, till exempel 126 53")
NO_YEAR = _("Skriv fyra siffror, till exempel 1985")
OLDEST = 1900


class LineField(forms.CharField):
    """One line of text, with the spaces of a human hand taken away."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


def _text(label: Any, required: Any, autocomplete: str, **more: Any) -> LineField:
    return LineField(
        label=label,
        error_messages={"required": required},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        **{"max_length": 80, **more},
    )


class JoinForm(PublicForm):
    """Who are you? Three fields, one choice and a yes. `later`: saved before it is complete."""

    purpose = "members"
    ONLY_MAIL, ON_PAPER = "", "on"

    type = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    reduced = forms.BooleanField(required=False, widget=forms.HiddenInput)
    first_name = _text(_("Förnamn"), _("Skriv ditt förnamn"), "given-name")
    last_name = _text(_("Efternamn"), _("Skriv ditt efternamn"), "family-name")
    email = EmailField(help_text=_("Hit skickar vi din bekräftelse"))
    paper = forms.ChoiceField(
        label=_("Medlemstidningen"),
        required=False,
        choices=[
            (ONLY_MAIL, _("Bara med e-post")),
            (ON_PAPER, _("Även på papper, 4 gånger om året")),
        ],
        widget=forms.RadioSelect,
    )

    # Never ticked beforehand.
    newsletter = forms.BooleanField(
        label=_("Jag vill ha nyhetsbrevet"),
        required=False,
        help_text=_("Ungefär en gång i veckan. Du väljer takt sedan"),
    )

    campaign = forms.CharField(
        label=_("Kod (valfritt)"),
        required=False,
        help_text=_("Till exempel HT26. Då ser vi vilka brev som gör nytta"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, offers: list[Offer], later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        for name in ("first_name", "last_name") if later else ():
            self.fields[name].required = False

    def clean_campaign(self) -> str:
        return campaigns.tidy(self.cleaned_data["campaign"])

    @property
    def offer(self) -> Offer:
        """The kind of membership that is asked for; the first one when none is named."""
        wanted = self.data.get("type") if self.is_bound else self.initial.get("type")
        named = [offer for offer in self.offers if offer.type.key == wanted]
        return (named or self.offers)[0]

    @property
    def is_reduced(self) -> bool:
        said = self.data.get("reduced") if self.is_bound else self.initial.get("reduced")
        return self.offer.reduced is not None and str(said).lower() in ("1", "on", "true")

    @property
    def fee(self) -> Any:
        return self.offer.reduced if self.is_reduced else self.offer.fee

    @property
    def facts(self) -> dict[str, Any]:
        """What is written down."""
        typed = self.cleaned_data
        return {
            "kind": self.offer.type,
            "is_reduced": self.is_reduced,
            "email": typed["email"],
            "first_name": typed["first_name"],
            "last_name": typed["last_name"],
            "wants_paper": typed["paper"] == self.ON_PAPER,
            "newsletter": typed["newsletter"],
            "campaign": typed["campaign"],
        }


class AddressForm(forms.Form):
    """Where to send it? Only for those who want paper."""

    use_required_attribute = False

    street = _text(_("Gata"), _("Skriv din gata"), "street-address", max_length=120)
    postcode = LineField(
        label=_("Postnummer"),
        max_length=12,
        error_messages={"required": NO_POSTCODE},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    town = _text(_("Ort"), _("Skriv din ort"), "address-level2", max_length=60)

    def clean_postcode(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["postcode"] if sign.isdigit())
        if len(digits) != 5:
            raise forms.ValidationError(NO_POSTCODE)
        return f"{digits[:3]} {digits[3:]}"


HINTS = {
    Way.SWISH: _(
        "Du godkänner i Swish-appen. Du har ungefär tre minuter. "
        "Hinner du inte kan du börja om, och inget dras"
    ),
    Way.CARD: "",
    Way.INVOICE: _("Kommer med e-post. Betala inom %(days)d dagar"),
}


class PayForm(forms.Form):
    """How do you want to pay? Nothing is chosen beforehand; only what is open is shown."""

    use_required_attribute = False

    method = forms.ChoiceField(
        label=_("Hur vill du betala?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj hur du vill betala"),
            "invalid_choice": _("Välj hur du vill betala"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = [Way.SWISH, Way.CARD, Way.INVOICE]
        self.ways = sorted(ways(), key=order.index)
        names = {Way.INVOICE: _("Faktura med bankgiro")}
        self.fields["method"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (way.value, names.get(way, way.label)) for way in self.ways
        ]

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        """Each radio button with its explanation."""
        facts = {"days": PaymentSettings.load().invoice_days}
        hints = {way.value: str(hint) % facts for way, hint in HINTS.items()}
        return [(choice, hints[str(choice.data["value"])]) for choice in self["method"]]

    @property
    def through_stripe(self) -> bool:
        return Way.CARD in self.ways or Way.SWISH in self.ways


class GrantForm(forms.Form):
    """Help us apply for grants. Everything may be left empty."""

    use_required_attribute = False

    birth_year = LineField(
        label=_("Födelseår (valfritt)"),
        required=False,
        max_length=10,
        help_text=_("Hjälper oss när vi söker bidrag"),
        widget=forms.TextInput(attrs={"autocomplete": "bday-year", "inputmode": "numeric"}),
    )
    gender = forms.ChoiceField(
        label=_("Kön (valfritt)"),
        required=False,
        choices=Person.Gender.choices,
        widget=forms.RadioSelect,
    )
    municipality = LineField(label=_("Kommun (valfritt)"), required=False, max_length=60)
    relation = forms.ChoiceField(
        label=_("Jag är (valfritt)"),
        required=False,
        choices=Person.Relation.choices,
        widget=forms.RadioSelect,
    )
    relation_consent = forms.BooleanField(required=False)

    def __init__(self, *args: Any, association: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label, explanation = consent_words("relation", association=association)
        consent = self.fields["relation_consent"]
        consent.label = _("Ja, %(association)s får spara vad jag är") % {"association": association}
        consent.help_text = explanation

    def clean_birth_year(self) -> int | None:
        typed = self.cleaned_data["birth_year"]
        if not typed:
            return None
        if not (
            typed.isascii()
            and typed.isdigit()
            and OLDEST <= int(typed) <= timezone.localdate().year
        ):
            raise forms.ValidationError(NO_YEAR)
        return int(typed)

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data.get("relation")
        if said and said != Person.Relation.UNSAID and not self.cleaned_data["relation_consent"]:
            self.add_error(
                "relation_consent", _("Kryssa i rutan om vi får spara vad du är, eller välj inget")
            )
