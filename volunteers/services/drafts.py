"""The letters that a coordinator begins from. What leaves is what she has read and changed."""

from dataclasses import dataclass
from typing import Any

from django.template import Context, engines
from django.utils.translation import gettext_lazy as _

from volunteers.emails.leads import first_name
from volunteers.models import Lead

Stage = Lead.Stage


@dataclass(frozen=True)
class Draft:
    """`leads_to`: the stage after it has been sent; empty when it changes nothing."""

    key: str
    label: Any
    subject: Any
    leads_to: str = ""
    # May carry up to three times for a talk.
    has_times: bool = False


DRAFTS = {
    draft.key: draft
    for draft in (
        Draft("first", _("Första kontakt"), _("Hej från {owner}"), Stage.CONTACTED),
        Draft("talk", _("Förslag på samtal"), _("Vill du prata en stund?"), Stage.CONTACTED, True),
        Draft("next", _("Efter samtalet, nästa steg"), _("Nästa steg"), Stage.ONBOARDING),
        Draft("check", _("Hur går det?"), _("Hur har du det?")),
        Draft("rest", _("Vila till ett datum"), _("Vi hörs längre fram"), Stage.WAITING),
        Draft("no", _("Tack, men nej"), _("Tack för att du ville hjälpa till"), Stage.DECLINED),
        Draft("end", _("Tack vid avslut, med intyg"), _("Tack för allt du har gjort"), Stage.ENDED),
    )
}
# Which one is offered first, by stage.
FIRST_CHOICE = {
    Stage.NEW: "first",
    Stage.CONTACTED: "talk",
    Stage.INTERVIEW: "next",
    Stage.ONBOARDING: "next",
}


def suggested(lead: Lead) -> Draft:
    return DRAFTS[FIRST_CHOICE.get(Stage(lead.stage), "check")]


def words(draft: Draft, lead: Lead, user: Any) -> tuple[str, str]:
    """Subject and text to begin from, signed by the one who writes."""
    owner = first_name(user)
    context = {
        "name": lead.name,
        "owner": owner,
        "interests": _in_words([role.name.lower() for role in lead.interests.all()]),
        "month": lead.next_on,
    }
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the only engine we have
    text = engine.get_template(f"volunteers/drafts/{draft.key}.txt").render(
        Context(context, autoescape=False)
    )
    return str(draft.subject).format(owner=owner), str(text).strip()


def _in_words(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_('och')} {names[-1]}"
