"""What must be in order before a letter can leave. More checks take their place in `stops`."""

from django.utils.translation import gettext as _

from newsletters.emails import issue as words
from newsletters.models import Issue

# Mail programs cut off what is longer, in bytes (ux.md M11).
LARGEST = 102_000


def stops(issue: Issue) -> list[str]:
    """Everything that stops it, in words for who wrote it."""
    found = []
    if not issue.body and not issue.greeting:
        found.append(_("Brevet är tomt. Skriv något först."))
    if issue.tested_at is None or issue.tested_at < issue.changed_at:
        found.append(_("Skicka ett test till dig själv, så som brevet är nu."))
    if pictures_without_words(issue):
        found.append(_("En bild saknar beskrivning."))
    if len(words.look_at(issue)[2].encode()) > LARGEST:
        found.append(_("Brevet är för långt. Ta bort något."))
    return found


def pictures_without_words(issue: Issue) -> int:
    return sum(
        1
        for child in issue.body
        if child.block_type == "image" and not (child.value["alt"] or child.value["decorative"])
    )
