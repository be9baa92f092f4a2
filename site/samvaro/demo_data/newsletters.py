"""Invented newsletters, and how many read them in which pace."""

from typing import Any

# So many subscribers of each pace who are no members; one of them has ended it.
READERS = {"weekly": 18, "monthly": 7, "meetings": 4, "none": 1}

SENT: dict[str, Any] = {
    "subject": "Det här händer hos oss",
    "preheader": "Öppet hus på tisdagar, en ny promenad och plats i kulturgruppen.",
    "greeting": "Vad roligt att du läser. Du behöver inte komma på något. Men du är välkommen.",
    "body": [
        ("summary", [
            "Öppet hus varje tisdag",
            "En ny promenad i lugn takt",
            "Några platser kvar i kulturgruppen",
        ]),
        ("heading", "Kom som du är"),
        ("text", (
            "<p>Vi dricker kaffe och pratar om vad som helst. Du kan sitta tyst om du vill. "
            "<a href=\"/aktiviteter/\">Här ser du alla träffar</a>.</p>"
        )),
        ("coming", {"days": 14, "count": 6}),
        ("facts", [{"term": "Var", "value": "Instrumentvägen 10, Hägersten"}]),
        ("button", {"text": "Se alla träffar", "address": "/aktiviteter/"}),
    ],
}  # fmt: skip
DRAFT: dict[str, Any] = {
    "subject": "Vintern hos oss",
    "preheader": "Julfika, en föreläsning i januari och öppet hus som vanligt.",
    "greeting": "Nu är det mörkt ute. Här inne är det varmt.",
    "body": [
        ("heading", "Fika i december"),
        ("text", "<p>Vi tänder ljus och bakar. Alla är välkomna, också den som inte firar.</p>"),
        ("coming", {"days": 30, "count": 6}),
    ],
}
