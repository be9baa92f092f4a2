"""Who the association is: its public facts, and a first page."""

# Fields of mail.Association. In the demo every letter goes to a local letter box.
ASSOCIATION = {
    "name": "Föreningen Balans Stockholm",
    "short_name": "Balans Stockholm",
    "email": "info@balansstockholm.se",
    "phone": "0761-04 50 42",
    "phone_hours": "tisdag kl. 13–14",
    "street": "Instrumentvägen 10",
    "postcode": "126 53",
    "town": "Hägersten",
    "registration_number": "802468-6936",
}

# Fields of pages.CrisisSettings: who is asked to check the numbers.
CRISIS_CHECKERS = {
    "first_name": "Robin",
    "first_email": "redaktor@demo.exempel.se",
    "second_name": "Anna",
    "second_email": "samordnare@demo.exempel.se",
}

START = {
    "title": "Start",
    "heading": "Du är inte ensam",
    "ingress": "Vi är en förening för dig som lever med bipolär sjukdom, depression eller "
    "utmattning. Och för dig som är anhörig.",
    "search_description": "Träffar, samtalsgrupper och stöd för dig i Stockholms län som lever med "
    "bipolär sjukdom, depression eller utmattning, och för dig som är anhörig.",
}
WELCOME = """
    Du behöver inte vara medlem för att komma, och du behöver inte säga något. Du får bara sitta
    med.
"""
# The text on each door, a line below it, and where it leads.
DOORS = [
    ("Hitta en aktivitet", "Café, promenad, grupper och mycket mer", "/aktiviteter/"),
    ("Jag har nyss fått en diagnos", "Läs bara det du orkar", "/stod/nyss-fatt-diagnos/"),
    ("Jag är anhörig", "Du behöver också stöd", "/stod/anhorig/"),
]

ACTIVITIES_PAGE = {
    "path": "/aktiviteter/",
    "title": "Aktiviteter",
    "ingress": "Kom som du är. Du får bara sitta med, och du får gå när du vill.",
}
UNDER_ACTIVITIES = """
    ## Är du osäker på om du orkar?
    På varje aktivitet står det hur många ni blir, hur det låter och när det är paus. Säg gärna
    till om du behöver något särskilt. Det är alltid okej att avboka.
"""
NEWS_PAGE = {
    "path": "/nyheter/",
    "title": "Nyheter",
    "ingress": "Korta rader om det som händer hos oss.",
}
CRISIS_PAGE = {"path": "/akut-hjalp/", "title": "Akut hjälp"}
STATEMENT_PAGE = {"path": "/tillganglighet/", "title": "Tillgänglighet"}
# Days ago that somebody last went through the statement.
STATEMENT_REVIEWED = 47
