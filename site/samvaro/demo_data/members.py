"""Invented members: who they are, what they pay, and how it stands with them."""

from dataclasses import dataclass

from samvaro.demo_data.people import FIRST_NAMES, MAIL_DOMAINS, SURNAMES

# Kinds of membership: öre per year, of which to the national union, and the reduced fee.
PRICES = {
    "ordinary": (20000, 8000, 10000),
    "family": (10000, 4000, None),
    "youth": (10000, 4000, None),
    "supporting": (60000, 0, None),
    "organisation": (100000, 0, None),
}
REDUCED_SHARE = 4000
# Passes the check of a bankgiro, and is nobody's.
BANKGIRO = "123-4566"
TOWNS = (
    ("126 53", "Hägersten", "Stockholm"),
    ("171 41", "Solna", "Solna"),
    ("141 30", "Huddinge", "Huddinge"),
    ("118 60", "Stockholm", "Stockholm"),
    ("131 34", "Nacka", "Nacka"),
)
STREETS = ("Påhittsgatan", "Sagostigen", "Exempelvägen", "Låtsasgränd", "Drömbacken")


@dataclass(frozen=True)
class Group:
    """So many who are alike. `paid`: years that are paid for, counted from this one. `waits`: has
    been asked for next year's fee."""

    number: int
    kind: str = "ordinary"
    paid: tuple[int, ...] = (-1, 0)
    waits: bool = False
    reduced: bool = False
    mailbox: bool = True
    protected: bool = False
    household: bool = False
    free: bool = False


GROUPS = (
    Group(20),
    Group(6, paid=(0, 1)),
    Group(5, waits=True),
    Group(3, reduced=True),
    Group(7, paid=(-2, -1)),
    Group(4, kind="supporting", paid=(0,)),
    Group(3, kind="youth", paid=(0,)),
    Group(4, mailbox=False),
    Group(2, protected=True),
    Group(3, household=True),
    Group(1, kind="honorary", free=True),
    Group(1, kind="organisation", paid=(0,)),
)


@dataclass(frozen=True)
class Somebody:
    first_name: str
    last_name: str
    email: str
    street: str
    postcode: str
    town: str
    municipality: str


def somebody(number: int) -> Somebody:
    """The member with this number; always the same."""
    first = FIRST_NAMES[(number * 3 + 1) % len(FIRST_NAMES)]
    last = SURNAMES[(number * 5 + 2) % len(SURNAMES)]
    plain = f"{first}.{last}".lower().translate(str.maketrans("åäö", "aao"))
    postcode, town, municipality = TOWNS[number % len(TOWNS)]
    street = f"{STREETS[number % len(STREETS)]} {number % 40 + 1}"
    domain = MAIL_DOMAINS[number % len(MAIL_DOMAINS)]
    email = f"{plain}.{number}@{domain}"
    return Somebody(first, last, email, street, postcode, town, municipality)
