"""Letters on paper, for those who have no e-mail: the same words, with a number to ring."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mail.models import Association
from mail.templatetags.dates import date_long
from members.models import Membership, PaperLetter, Person, ReminderRule
from payments.kronor import kronor
from payments.models import Charge, Payment
from payments.services import invoice as invoices

Kind = PaperLetter.Kind


@dataclass(frozen=True)
class Sheet:
    """One letter: whom to, what it says, and what to pay. Rows are a word and what belongs to it."""

    to: list[str]
    title: str
    texts: list[str]
    rows: list[list[str]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def put(kind: str, person: Person, membership: Membership | None = None) -> None:
    """In the caller's transaction. Once for each membership."""
    facts: dict[str, Any] = {"kind": kind, "person": person, "membership": membership}
    if membership is None:
        PaperLetter.objects.get_or_create(**facts, sent_at=None)
    else:
        PaperLetter.objects.get_or_create(kind=kind, membership=membership, defaults=facts)


def envelope(person: Person) -> list[str]:
    """The lines in the window. `person` is revealed already, when they are protected."""
    care_of = f"c/o {person.care_of}" if person.care_of else ""
    place = f"{person.postcode} {person.town}".strip()
    return [line for line in (person.full_name, care_of, person.street, place) if line]


def sheet(letter: PaperLetter, person: Person) -> Sheet | None:
    """What the letter says now; None when there is nothing left to tell."""
    match letter.kind:
        case Kind.INVOICE if letter.membership and letter.membership.charge:
            return _invoice(person, letter.membership.charge)
        case Kind.WELCOME if letter.membership and letter.membership.ended_on is None:
            return _welcome(person, letter.membership)
        case Kind.LEFT if person.stop_asking_at:
            return _left(person)
    return None


def _invoice(person: Person, charge: Charge) -> Sheet | None:
    if charge.state != Charge.State.OPEN:
        return None
    return Sheet(
        envelope(person),
        charge.title,
        [_hello(person), _("Här är uppgifterna för att betala.")],
        _to_pay(charge),
        [_("Du blir medlem när betalningen har kommit. Då får du ett brev."), _hard_to_pay()],
    )


def _welcome(person: Person, membership: Membership) -> Sheet:
    until = date_long(membership.ends_on)
    texts = [
        _hello(person),
        _("Tack för att du är med. Ditt medlemskap gäller till %(until)s.") % {"until": until},
        _("Det förnyas inte av sig självt. Vi frågar dig först."),
        _("Du behöver inte göra något mer. Kom på en träff när du orkar."),
    ]
    rows = [[_("Medlemsnummer"), str(person.member_number)]]
    receipt = _receipt(membership)
    regret = _("Ångrar du dig? Ring oss inom 14 dagar, så får du pengarna tillbaka.")
    return Sheet(
        envelope(person), _("Välkommen"), texts, rows + receipt, [regret] if receipt else []
    )


def _receipt(membership: Membership) -> list[list[str]]:
    """Nothing is paid for what the board let go or what is free."""
    charge = membership.charge
    paid = charge.payments.filter(kind=Payment.Kind.PAID).last() if charge else None
    if charge is None or paid is None:
        return []
    return [
        [_("Kvitto"), charge.title],
        [_("Betalt"), f"{kronor(paid.amount)}, {date_long(paid.booked_on)}"],
        [_("Sätt"), str(paid.get_method_display())],
        [_("Moms"), _("Ingen moms")],
    ]


def _left(person: Person) -> Sheet:
    texts = [
        _hello(person),
        _("Nu har vi avslutat ditt medlemskap, så som du bad om. Dina bokningar finns kvar."),
        _("Du är alltid välkommen tillbaka. Ring oss, så hjälper vi dig."),
    ]
    return Sheet(envelope(person), _("Tack för den här tiden"), texts)


def reminder(person: Person, rule: ReminderRule, ends_on: date, charge: Charge | None) -> Sheet:
    """A step of the ladder. `charge`: what to pay, but for the farewell."""
    year = ends_on.year + 1
    if charge is None:
        texts = [
            _("Ditt medlemskap har tagit slut. Tack för att du har varit med."),
            _("Vill du komma tillbaka går det när som helst. Du kan också komma på öppna träffar."),
            _("Vi frågar inte mer om avgiften."),
        ]
        return Sheet(envelope(person), _("Tack för den här tiden"), [_hello(person), *texts])
    asks = {
        ReminderRule.Letter.ASK: _("Tack för i år. Vill du vara med nästa år också?"),
        ReminderRule.Letter.REMIND: _(
            "Du har inte svarat än, och det är ingen fara. Du kan fortfarande vara med %(year)s."
        ),
    }
    return Sheet(
        envelope(person),
        _("Vill du vara med %(year)s?") % {"year": year},
        [_hello(person), asks[ReminderRule.Letter(rule.letter)] % {"year": year}],
        _to_pay(charge),
        [
            _hard_to_pay(),
            _("Vill du inte vara med längre? Då behöver du inte göra något."),
        ],
    )


def _hello(person: Person) -> str:
    return _("Hej %(name)s!") % {"name": person.first_name}


def _hard_to_pay() -> str:
    return _("Är det svårt att betala nu? Ring oss, så hjälper vi dig.")


def _to_pay(charge: Charge) -> list[list[str]]:
    facts = invoices.details(charge)
    rows = [[_("Belopp"), kronor(facts.amount)]]
    if facts.bankgiro:
        rows += [[_("Bankgiro"), facts.bankgiro], [_("OCR"), facts.ocr]]
    if facts.swish_number:
        message = _("%(number)s. Skriv %(ocr)s som meddelande.")
        rows.append([_("Swish"), message % {"number": facts.swish_number, "ocr": facts.ocr}])
    return [*rows, [_("Senast"), date_long(facts.due_on)]]


def page_facts(sheets: list[Sheet]) -> dict[str, Any]:
    """What the paper (papers/letter.typ) is made of. Outside it tells nothing but an address."""
    association = Association.load()
    return {
        "sender": association.address,
        "signed": [association.name, association.phone, association.phone_hours],
        "letters": [
            {
                "to": one.to,
                "title": one.title,
                "texts": one.texts,
                "rows": one.rows,
                "after": one.after,
            }
            for one in sheets
        ],
    }
