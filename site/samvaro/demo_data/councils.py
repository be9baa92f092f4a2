"""Who runs the care in the county, and where the demo association sits. The people are invented."""

from dataclasses import dataclass

REGION = ["Hälso- och sjukvårdsförvaltningen", "SLSO"]
AREAS = [
    "Beroendecentrum Stockholm",
    "BUP Stockholm",
    "Norra Stockholms psykiatri",
    "Psykiatri Nordväst",
    "Psykiatri Sydväst",
    "Psykiatri Södra Stockholm",
    "Psykiatricentrum Södertälje",
    "Rättspsykiatri Vård Stockholm",
    "Stockholms centrum för ätstörningar",
    "Närsjukvårdsområde Psykiatri",
]
PRIVATE = ["WeMind", "Capio", "Aleris", "Prima"]


@dataclass(frozen=True)
class Sitting:
    """Days from today. `on_site`: the name that they want on the site."""

    name: str
    mailbox: str
    first: int
    last: int
    on_site: str = ""
    deputy: bool = False


@dataclass(frozen=True)
class Room:
    organisation: str
    name: str
    about: str
    frequency: str
    sitting: tuple[Sitting, ...] = ()
    empty: int = 0
    empty_deputies: int = 0
    # Days ago of meetings, and what the board was told; empty where nobody has written yet.
    meetings: tuple[tuple[int, str], ...] = ()


# What we raised: days ago, the room, the issue, its state, the answer.
ISSUES = [
    (210, 0, "Krisplan för alla som vill", "changed",
     "Alla får frågan om en krisplan vid första besöket. Det står nu i deras rutin."),
    (150, 1, "Kvällstider på mottagningen", "changed", "Två kvällar i veckan sedan i våras."),
    (120, 2, "Samma person mer än en gång", "answered",
     "De vill, men har för få anställda. De tar upp det igen till våren."),
    (60, 0, "Anhöriga ska få veta vart de kan ringa", "work", ""),
    (20, 1, "Begripliga kallelser", "raised", ""),
]  # fmt: skip

WHEN = "Var femte vecka, på eftermiddagen."
ROOMS = [
    Room(
        "Norra Stockholms psykiatri", "Patient- och närståenderådet",
        "Rådet träffar verksamhetschefen. Ni pratar om väntetider, bemötande och krisplaner.",
        "En gång i månaden, på eftermiddagen.",
        sitting=(
            Sitting("Ylva Grönvind", "ylva.gronvind", -400, 330, on_site="Ylva"),
            Sitting("Josef Tallmo", "josef.tallmo", -400, 330, deputy=True),
        ),
        meetings=(
            (12, ""),
            (45, "Vi fick se siffror över väntetider. Vi bad om ett schema för återbesök."),
            (80, "Rådet fick berätta hur det är att ringa och inte komma fram."),
        ),
    ),
    Room(
        "Psykiatri Södra Stockholm", "Rådet i söder",
        "Ett litet råd med sex personer. Ni är ofta med när de anställer nya.", WHEN,
        sitting=(Sitting("Rut Sjöklint", "rut.sjoklint", -660, 40, on_site="Rut S."),),
        empty_deputies=1,
        meetings=((25, ""), (60, "De frågade vad vi tycker om nya kallelser.")),
    ),
    Room(
        "Psykiatri Sydväst", "Rådet i sydväst",
        "Rådet startade i fjol. Ni är med och bestämmer hur det ska arbeta.", WHEN,
        sitting=(Sitting("Stig Åkervind", "stig.akervind", -120, 600),),
        empty=1,
        meetings=((30, "Första mötet för oss. Bra stämning, mycket att ta tag i."),),
    ),
    Room(
        "Psykiatri Nordväst", "Patientrådet",
        "Rådet träffas på sjukhuset. Det finns ofta fika.", WHEN, empty=1, empty_deputies=1,
    ),
    Room(
        "Psykiatricentrum Södertälje", "Rådet i Södertälje",
        "För dig som bor i närheten. Det går att vara med på skärm.", "Fyra gånger per termin.",
        empty=1,
    ),
    Room("WeMind", "Patientrådet", "", ""),
]  # fmt: skip
