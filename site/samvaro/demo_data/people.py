"""Invented people. The surnames are made up, and the addresses lead nowhere."""

from dataclasses import dataclass

MAIL_DOMAINS = ("exempel.se", "example.org")
STAFF_DOMAIN = "demo.exempel.se"


@dataclass(frozen=True)
class Staff:
    """Somebody who can log in. `role` is the name of a group, or superuser."""

    role: str
    mailbox: str
    first_name: str
    last_name: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{STAFF_DOMAIN}"


STAFF = [
    Staff("redaktor", "redaktor", "Robin", "Ljungvilja"),
    Staff("samordnare", "samordnare", "Anna", "Stillbäck"),
    Staff("ledare", "ledare", "Alex", "Mossvilja"),
    Staff("kassor", "kassor", "Maj", "Björnglänta"),
    Staff("styrelse", "styrelse", "Olle", "Granhage"),
    Staff("medlemsregister", "medlemsregister", "Tove", "Ängskulle"),
    Staff("dataskydd", "dataskydd", "Nils", "Solklint"),
    Staff("superuser", "admin", "Sam", "Vinterhed"),
]

FIRST_NAMES = (
    "Kim", "Robin", "Alex", "Maja", "Elin", "Amir", "Sara", "Johan", "Lina", "Hassan", "Ebba",
    "Oskar", "Fatima", "Karin", "Leo", "Sofia", "Erik", "Nadja", "Tom", "Ingrid", "Milo", "Hanna",
    "Bo", "Zahra", "Viktor", "Mona", "Isak", "Petra", "Noor", "Gun", "Emil", "Siri", "Anders",
    "Ylva", "Josef", "Rut", "Linus", "Mira", "Stig", "Alva",
)  # fmt: skip
SURNAMES = (
    "Almljung", "Bergljung", "Dalkvarn", "Ekhage", "Fjällvind", "Grönvind", "Havslind", "Isklint",
    "Klöverhed", "Lärkstig", "Myrvinge", "Norrklint", "Onsvala", "Parkhed", "Rönnglänta",
    "Sjöklint", "Tallmo", "Uddgren", "Vassbro", "Åkervind", "Ängsmo", "Örnvilja",
)  # fmt: skip
# How many come often; the rest are here for the first time, once each.
REGULARS = 34


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    phone: str


def person(number: int) -> Person:
    """The one with this number; always the same. The first REGULARS are those who come often."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = SURNAMES[number * 7 % len(SURNAMES)]
    # People write their first name alone about every fourth time: it is enough.
    name = first if number % 4 == 3 else f"{first} {last}"
    domain = MAIL_DOMAINS[number % len(MAIL_DOMAINS)]
    phone = f"070-174 06 {5 + number % 95:02}"
    return Person(name, f"{_ascii(first)}.{_ascii(last)}{number}@{domain}", phone)


def _ascii(name: str) -> str:
    return name.lower().translate(str.maketrans("åäö", "aao"))
