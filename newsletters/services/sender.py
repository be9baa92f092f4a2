"""Whether other mail servers can know that our letters are ours: SPF, DKIM, DMARC and a mailbox.

Gmail, Yahoo and Outlook want all three, and that they are about the address in From.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from newsletters.models import NewsletterSettings
from newsletters.names import Names, NoAnswer, of_the_system

OK, MISSING, ADVICE, UNKNOWN = "ok", "missing", "advice", "unknown"


@dataclass(frozen=True)
class Finding:
    """`what` is looked for; `words` say how it is, and `do` what somebody has to do about it."""

    what: str
    state: str
    words: str
    do: str = ""


def domain() -> str:
    return settings.NEWSLETTER_FROM.rpartition("@")[2].lower()


def look(names: Names | None = None) -> list[Finding]:
    names = names or of_the_system()
    return [_tried(what, ask, names) for what, ask in QUESTIONS.items()]


def _tried(what: str, ask: "Question", names: Names) -> Finding:
    try:
        state, words, deed = ask(names, domain())
    except NoAnswer:
        words = _("Vi nådde ingen namnserver. Det säger inget om er domän.")
        return Finding(what, UNKNOWN, words, _("Försök igen om en stund."))
    return Finding(what, state, words, deed)


Answer = tuple[str, str, str]
Question = Callable[[Names, str], Answer]


def spf(names: Names, name: str) -> Answer:
    found = [text for text in names.texts(name) if text.lower().split()[:1] == ["v=spf1"]]
    ask = _("Be den som sköter domänen lägga in en TXT-post på %(name)s som börjar med v=spf1.")
    if not found:
        return MISSING, _("Det finns ingen SPF-post."), ask % {"name": name}
    if len(found) > 1:
        words = _("Det finns %(number)d SPF-poster. Då gäller ingen av dem.")
        return MISSING, words % {"number": len(found)}, _("Slå ihop dem till en.")
    terms = found[0].lower().split()
    if terms[-1] in ("+all", "all"):
        return MISSING, _("Posten säger att vem som helst får skicka."), _("Sluta den med ~all.")
    if terms[-1] not in ("~all", "-all") and not any(one.startswith("redirect=") for one in terms):
        return ADVICE, _("Posten säger inte vad som gäller för andra."), _("Sluta den med ~all.")
    if len(terms) <= 2 and terms[-1] == "-all":
        return MISSING, _("Posten säger att ingen får skicka."), _("Lägg till er e-postserver.")
    return OK, _("Det finns en SPF-post."), ""


def dkim(names: Names, name: str) -> Answer:
    selector = NewsletterSettings.load().dkim_selector
    if not selector:
        return (
            UNKNOWN,
            _("Vi vet inte vad er nyckel heter."),
            _("Fråga den som sköter e-posten vad DKIM-nyckeln heter (selector). Skriv det under")
            + " " + _("Inställningar, Nyhetsbrev."),
        )  # fmt: skip
    where = f"{selector}._domainkey.{name}"
    found = [_tags(text) for text in names.texts(where)]
    keys = [tags for tags in found if "p" in tags]
    if not keys:
        ask = _("Lägg in den nyckel som er e-postleverantör har gett er, på %(name)s.")
        return MISSING, _("Det finns ingen nyckel."), ask % {"name": where}
    if not keys[0]["p"]:
        return MISSING, _("Nyckeln är återkallad."), _("Byt till den nya nyckelns namn.")
    return OK, _("Nyckeln finns."), ""


def dmarc(names: Names, name: str) -> Answer:
    """On the domain itself, or on one above it."""
    parts = name.split(".")
    for place in (".".join(parts[start:]) for start in range(max(1, len(parts) - 1))):
        rules = [_tags(text) for text in names.texts(f"_dmarc.{place}")]
        rules = [tags for tags in rules if tags.get("v", "").upper() == "DMARC1"]
        if len(rules) > 1:
            return MISSING, _("Det finns flera DMARC-poster. Då gäller ingen."), _("Behåll en.")
        if rules:
            return _policy(rules[0])
    ask = _("Lägg in en TXT-post på _dmarc.%(name)s: v=DMARC1; p=none")
    return MISSING, _("Det finns ingen DMARC-post."), ask % {"name": name}


def _policy(tags: dict[str, str]) -> Answer:
    policy = tags.get("p", "").lower()
    if policy not in ("none", "quarantine", "reject"):
        return MISSING, _("DMARC-posten har ingen regel."), _("Skriv p=none, till att börja med.")
    if policy == "none":
        words = _("DMARC finns, men hindrar ingen från att skriva i ert namn.")
        return ADVICE, words, _("När breven kommer fram som de ska: byt till p=quarantine.")
    return OK, _("DMARC finns och skyddar ert namn."), ""


def mailbox(names: Names, name: str) -> Answer:
    found = [server for server in names.mail_servers(name) if server]
    if not found:
        words = _("Ingen server tar emot e-post till %(name)s.") % {"name": name}
        return MISSING, words, _("Lägg in en MX-post, så att svar och returer kommer fram.")
    return OK, _("Svar och returer kommer fram till %(server)s.") % {"server": found[0]}, ""


def _tags(text: str) -> dict[str, str]:
    """a=b; c=d as DKIM and DMARC write it."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {key.strip().lower(): value.strip() for key, equals, value in pairs if equals}


QUESTIONS: dict[str, Question] = {"SPF": spf, "DKIM": dkim, "DMARC": dmarc, "MX": mailbox}
