"""What one can help with, those who do or want to, and who has what in hand."""

from dataclasses import dataclass, field

BALANSMODELLEN = "Balansmodellen"
CIRCLE_COURSE = "Cirkelledarutbildning"
# Courses, and for how many months they hold.
TRAININGS: dict[str, int | None] = {BALANSMODELLEN: None, CIRCLE_COURSE: 48}


@dataclass(frozen=True)
class RoleText:
    slug: str
    name: str
    summary: str
    description: str
    time_needed: str
    trainings: tuple[str, ...] = ()
    needs_mentor: bool = True


SUPPORT = (
    "Du får en kontaktperson och går bredvid någon första gången. Blir du sjuk tar du paus, och "
    "ingen frågar varför."
)
ROLES = [
    RoleText(
        "fikavard",
        "Fikavärd",
        "Du dukar fram, hälsar på den som är ny och sitter med.",
        "Du kommer en halvtimme före. Ni är alltid två. Den ene kokar kaffe, den andre möter i "
        "dörren.",
        "Två timmar, så ofta du vill",
    ),
    RoleText(
        "promenadledare",
        "Promenadledare",
        "Du väljer vägen och går i den långsammastes takt.",
        "Vi går en timme i lugn takt. Du har en väg i huvudet och väntar in alla.",
        "En timme varannan vecka",
    ),
    RoleText(
        "svara-i-telefon",
        "Svara i telefon",
        "En tisdag i månaden svarar du när någon ringer.",
        "De flesta vill veta när nästa träff är. Några vill prata en stund. Det du inte kan svara "
        "på skickar du vidare.",
        "En timme i månaden",
    ),
    RoleText(
        "skriva-och-bild",
        "Skriva och bild",
        "Du hjälper till med nyheter, affischer eller sociala medier.",
        "Du gör det hemma, när det passar dig. Någon annan läser alltid igenom.",
        "När du vill",
        needs_mentor=False,
    ),
    RoleText(
        "leda-en-grupp",
        "Leda en grupp",
        "Du leder samtalet så att alla får plats.",
        "Du har själv varit med i en grupp. Du leder tillsammans med någon, och ni träffar andra "
        "ledare varje månad.",
        "Två timmar varannan vecka",
        (BALANSMODELLEN, CIRCLE_COURSE),
    ),
    RoleText(
        "forelasa",
        "Föreläsa",
        "Du berättar om ditt liv för vården, en skola eller en arbetsplats.",
        "Vi övar tillsammans först. Du bestämmer själv vad du berättar. Ni är två som åker.",
        "Några gånger om året",
        (BALANSMODELLEN,),
    ),
    RoleText(
        "annat",
        "Något annat",
        "Bära stolar, laga en hylla eller något som vi inte har tänkt på.",
        "Säg vad du tycker om att göra, så hittar vi något.",
        "En timme räcker långt",
        needs_mentor=False,
    ),
]


@dataclass(frozen=True)
class LeadText:
    """`person`: a number of demo_data.people. `days_ago`: when they wrote. `due`: days from now."""

    person: int
    stage: str
    days_ago: float
    due: int
    interests: tuple[str, ...] = ()
    pace: str = ""
    contact_by: str = "email"
    message: str = ""
    roles: tuple[str, ...] = field(default=())


LEADS = [
    LeadText(41, "new", 0.2, 3, ("fikavard",), "sometimes"),
    LeadText(42, "new", 2, 1, (), "unsure", "phone", "Jag är bra på att lyssna."),
    LeadText(43, "new", 7, 1, ("promenadledare", "fikavard"), "monthly"),
    LeadText(44, "contacted", 6, 3, ("skriva-och-bild",), "monthly", "email", "Jag tecknar gärna."),
    LeadText(45, "contacted", 15, 0, ("svara-i-telefon",), "monthly", "sms"),
    LeadText(46, "interview", 11, 2, ("leda-en-grupp",), "weekly"),
    LeadText(47, "waiting", 60, 50, ("forelasa",), "sometimes"),
    LeadText(48, "onboarding", 24, 9, ("fikavard",), "monthly", roles=("fikavard",)),
    LeadText(0, "active", 420, 30, ("fikavard",), "monthly",
             roles=("fikavard", "svara-i-telefon")),
    LeadText(1, "active", 300, 40, ("promenadledare",), "weekly",
             roles=("promenadledare", "fikavard")),
    LeadText(2, "active", 640, 4, ("leda-en-grupp",), "weekly", roles=("leda-en-grupp",)),
    LeadText(3, "active", 210, 70, ("skriva-och-bild",), "sometimes", roles=("skriva-och-bild",)),
    LeadText(4, "paused", 500, 40, ("fikavard",), "monthly", roles=("fikavard",)),
    LeadText(49, "declined", 90, 0, (), "sometimes"),
]  # fmt: skip


@dataclass(frozen=True)
class DutyText:
    """`owner`, `deputy`: names of roles among those who log in."""

    name: str
    when: str
    how_to: str
    owner: str
    deputy: str = ""


DUTIES = [
    DutyText("Telefonen", "Tisdagar kl. 13–14", "Telefonen ligger i lådan. Koden står på lappen "
             "under. Skriv en rad i telefonlistan efter varje samtal.", "samordnare", "styrelse"),
    DutyText("Balanscaféet", "Torsdagar kl. 17–19", "Nyckeln hämtas på kansliet. Handla kaffe och "
             "mjölk dagen före. Räkna hur många som kommer.", "samordnare", "ledare"),
    DutyText("Nyhetsbrevet", "En gång i veckan", "Skriv hellre kort än ofta. Skicka ett prov till "
             "dig själv först.", "redaktor", "styrelse"),
    DutyText("Kassan", "Varje vecka", "Para ihop betalningarna. Be om hjälp om något inte går "
             "ihop.", "kassor"),
]  # fmt: skip
