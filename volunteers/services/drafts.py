"""The letters that a coordinator begins from. What leaves is what she has read and changed."""

import re
from dataclasses import dataclass
from typing import Any

from django.template import Context, engines
from django.utils.translation import gettext_lazy as _

from mail.templatetags.plain import greeting, mended
from volunteers.emails.leads import first_name
from volunteers.models import DraftText, Lead

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


# What stands in the coordinator's own words where a name is to be.
NAME, ME, WISHES = MARKS = ("{namn}", "{jag}", "{uppdrag}")


def words(draft: Draft, lead: Lead, user: Any) -> tuple[str, str]:
    """Subject and text to begin from, signed by the one who writes."""
    owner = first_name(user)
    wishes = _in_words([role.name.lower() for role in lead.interests.all()])
    own = DraftText.objects.filter(key=draft.key).first()
    if own is None:
        return _shipped(draft, name=lead.name, owner=owner, wishes=wishes)
    names = {NAME: greeting(lead.name), ME: owner, WISHES: wishes or str(_("att hjälpa till"))}
    return _named(own.subject, names), mended(_named(own.text, names))


def _named(text: str, names: dict[str, str]) -> str:
    """In one pass: a name that looks like a mark stays a name."""
    return re.sub("|".join(map(re.escape, MARKS)), lambda mark: names[mark[0]], text)


def with_marks(draft: Draft) -> tuple[str, str]:
    """The words as the coordinator changes them."""
    own = DraftText.objects.filter(key=draft.key).first()
    if own:
        return own.subject, own.text
    return _shipped(draft, name=NAME, owner=ME, wishes=WISHES)


def with_own_words() -> set[str]:
    return set(DraftText.objects.values_list("key", flat=True))


def keep(draft: Draft, *, subject: str, text: str) -> DraftText:
    words = {"subject": subject, "text": text}
    return DraftText.objects.update_or_create(key=draft.key, defaults=words)[0]


def take_back(draft: Draft) -> None:
    """The words that came with the system are used again."""
    DraftText.objects.filter(key=draft.key).delete()


def _shipped(draft: Draft, *, name: str, owner: str, wishes: str) -> tuple[str, str]:
    context = {"name": name, "owner": owner, "interests": wishes}
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the only engine we have
    text = engine.get_template(f"volunteers/drafts/{draft.key}.txt").render(
        Context(context, autoescape=False)
    )
    return str(draft.subject).format(owner=owner), str(text).strip()


def _in_words(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_('och')} {names[-1]}"
