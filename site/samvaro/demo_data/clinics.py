"""Invented clinics, lecturers and visits. Days are counted from today."""

# Name, kind, whose, street, postcode, town.
CLINICS = [
    ("Affektiva mottagningen Lindkullen", "affective", "Norra Stockholms psykiatri",
     "Lindkullen 4", "113 00", "Stockholm"),
    ("Affektiva mottagningen Sjöglimt", "affective", "Psykiatri Södra Stockholm",
     "Sjöglimtsvägen 12", "120 00", "Stockholm"),
    ("Affektiva mottagningen Granhöjd", "affective", "Psykiatri Sydväst",
     "Granhöjdsvägen 3", "141 00", "Huddinge"),
    ("Mottagningen Solgläntan", "affective", "Psykiatri Nordväst",
     "Solgläntan 7", "177 00", "Järfälla"),
    ("Affektiva teamet Kanalen", "affective", "Psykiatricentrum Södertälje",
     "Kanalgränd 2", "151 00", "Södertälje"),
    ("Öppenvården Björkbacken", "general", "Psykiatri Sydväst",
     "Björkbacken 9", "143 00", "Vårby"),
    ("Vårdcentralen Rönngården", "primary", "Capio", "Rönngården 1", "126 00", "Hägersten"),
]  # fmt: skip
NO_LETTERS = "Mottagningen Solgläntan"
CONTACT = ("Pia Fjällvind", "Enhetschef", "pia.fjallvind@exempel.se")

# Name, mailbox, talks about, days since training, days until it ends.
LECTURERS = [
    ("Hanna Dalkvarn", "hanna.dalkvarn", "Att leva med bipolär sjukdom", -300, 430),
    ("Anders Klöverhed", "anders.kloverhed", "Att vara anhörig", -200, 530),
    ("Mona Isklint", "mona.isklint", "Depression och återhämtning", -800, -70),
]
GUIDELINE = "2027:1"

# The clinic (its place above), who asked, the state, days from today, how many came, new members.
VISITS = [
    (0, "Pia Fjällvind", "done", -70, 18, 2),
    (1, "Bo Norrklint", "done", -12, 9, None),
    (2, "Ingrid Havslind", "confirmed", 19, None, None),
    (4, "Leo Tallmo", "asked", None, None, None),
]
SCHOOL = "Folkhögskolan Ekudden"
