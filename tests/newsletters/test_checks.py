"""What stops a letter, what is only said, and what is fine: each line of the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mail.templatetags.dates import date_long
from newsletters.models import ForeignLink, Issue
from newsletters.services import checks, links, writing
from newsletters.services.checks import Mark
from pages.services import foundation
from tests.factories import NewsPageFactory, UserFactory
from tests.newsletters.conftest import BODY, write_issue
from tests.newsletters.test_choices import subscribed

pytestmark = pytest.mark.django_db
SINCE_LAST_MONTH = timedelta(days=30)
HARD = (
    "Föreningsstyrelsens verksamhetsberättelse sammanfattar organisationsutvecklingens "
    "huvudsakliga kompetensförsörjningsproblematik beträffande medlemsrekryteringens "
    "långsiktiga finansieringsmöjligheter inklusive verksamhetsutvecklingens "
    "uppföljningsmekanismer samt kvalitetssäkringsprocessernas implementeringsstrategier "
    "avseende lokalförsörjningens anpassningsmöjligheter under nästkommande verksamhetsår "
    "tillsammans med samarbetsorganisationernas representanter"
)


@pytest.fixture(autouse=True)
def _pages() -> None:
    foundation.lay()


def ready(**facts: Any) -> Issue:
    """With a reader and a fresh test: nothing but what the test is about can stop it."""
    subscribed("las@exempel.se")
    issue = write_issue(**facts)
    writing.note_test(issue)
    issue.refresh_from_db()
    return issue


def told(issue: Issue, *marks: Mark) -> list[str]:
    return [check.text for check in checks.review(issue) if check.mark in marks]


def stopped_by(issue: Issue) -> list[str]:
    return told(issue, Mark.STOP, Mark.WAIT)


def with_text(html: str) -> list[Any]:
    return [("heading", "Hej"), ("text", html)]


def test_a_letter_in_order_is_not_stopped_and_says_what_was_looked_at():
    issue = ready()
    assert stopped_by(issue) == []
    assert told(issue, Mark.HINT) == []
    assert [text for text in told(issue, Mark.OK) if "kB" not in text and "LIX" not in text] == [
        "Inga datum som har varit.",
        "Alla länkar svarar.",
        "Länken för att avsluta finns.",
        "Ett test är skickat.",
    ]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"subject": ""}, "Skriv en ämnesrad."),
        ({"preheader": ""}, "Skriv en förhandstext."),
        ({"subject": "Höst\r\nBcc: alla@exempel.se"}, "Skriv på en rad."),
        ({"preheader": "En rad\noch en till som inte syns i inkorgen"}, "Skriv på en rad."),
        (
            {"subject": "Om bipolär sjukdom"},
            "Ordet ”bipolär” syns på låsta skärmar. Välj ett neutralt ord.",
        ),
        (
            {"greeting": "Hej {{ förnamn }}!"},
            "”{{ förnamn }}” skrivs ut som det står. Ta bort det. Hej och namnet kommer av sig självt.",
        ),
        (
            {"body": with_text("<p>Hej *|FNAME|* och välkommen</p>")},
            "”*|FNAME|*” skrivs ut som det står. Ta bort det. Hej och namnet kommer av sig självt.",
        ),
        (
            {"body": [("heading", "Två\r\nrader")]},
            "”Två rader” har en radbrytning eller ett osynligt tecken.",
        ),
        (
            {"body": [("facts", [{"term": "Var\x07", "value": "Här"}])]},
            "”Var\x07” har en radbrytning eller ett osynligt tecken.",
        ),
        (
            {"body": [("button", {"text": "Läs mer", "page": None, "address": "/aktiviteter/"})]},
            "Knapp: Skriv vad som händer, till exempel Se träffar för nya.",
        ),
        (
            {"body": with_text('<p>Se <a href="/aktiviteter/">här</a></p>')},
            "Text: Länken ”här” säger inte vart den går. Skriv vad man kommer till.",
        ),
        (
            {"body": with_text('<p>Se <a href="/finns-inte-alls/">sidan om hösten</a></p>')},
            "Länken ”sidan om hösten” leder ingenstans.",
        ),
        (
            {"body": with_text('<p>Se <a linktype="page" id="99999">sidan om hösten</a></p>')},
            "Länken ”sidan om hösten” leder ingenstans.",
        ),
        (
            {"body": with_text('<p><a href="ftp://exempel.se/fil">Filen från hösten</a></p>')},
            "Länken ”Filen från hösten” leder ingenstans.",
        ),
        ({"body": with_text("<p>Vi ses den 31 februari 2027.</p>")},
         "”31 februari 2027” finns inte i almanackan."),
        ({"body": [], "greeting": ""}, "Brevet är tomt. Skriv något först."),
    ],
)  # fmt: skip
def test_what_would_never_do_in_a_mailbox_stops_it_with_clear_words(facts, why):
    assert stopped_by(ready(**facts)) == [why]


def test_a_picture_needs_words_and_has_them_or_is_said_to_be_decoration(a_picture):
    picture = {"image": a_picture, "alt": "", "decorative": False}
    issue = ready(body=[("image", picture)])
    assert stopped_by(issue) == ["Bild: Beskriv bilden, eller kryssa i att den bara är dekoration."]
    for facts in ({"alt": "En kopp kaffe"}, {"decorative": True}):
        issue = ready(body=[("image", picture | facts)], subject=f"Bilden av {facts}"[:40])
        assert "Alla bilder har text." in told(issue, Mark.OK)


def test_a_day_that_has_been_stops_it_until_somebody_means_it():
    day = timezone.localdate() - SINCE_LAST_MONTH
    issue = ready(body=with_text(f"<p>Vi sågs den {date_long(day)}. Tack alla som kom.</p>"))
    (stop,) = checks.stops(issue)
    assert (stop.day, date_long(day) in stop.text) == (day, True)
    issue = writing.mean_day(issue, day)
    assert stopped_by(issue) == []


def test_a_day_to_come_has_been_when_the_letter_goes_after_it():
    day = timezone.localdate() + timedelta(days=3)
    issue = ready(body=with_text(f"<p>Vi ses {date_long(day)}.</p>"))
    assert stopped_by(issue) == []
    Issue.objects.update(wanted_at=timezone.now() + timedelta(days=5))
    issue.refresh_from_db()
    assert [check.day for check in checks.stops(issue)] == [day]


def test_an_hour_that_was_chosen_and_has_been_stops_it():
    issue = ready()
    Issue.objects.update(wanted_at=timezone.now() - timedelta(minutes=1))
    issue.refresh_from_db()
    assert stopped_by(issue) == ["Tiden som ni valde har varit. Välj en ny."]


def test_a_text_that_is_hard_to_read_stops_it():
    (text,) = stopped_by(ready(body=with_text(f"<p>{HARD}.</p>")))
    assert text.startswith("Texten är för svår att läsa (LIX ")


def test_a_letter_that_mail_programs_would_cut_off_is_stopped(monkeypatch):
    issue = ready()
    monkeypatch.setattr(checks, "LARGEST", 2000)
    assert stopped_by(issue) == ["Brevet är för långt. Ta bort något."]
    monkeypatch.undo()
    monkeypatch.setattr(checks, "LARGE", 2000)
    assert stopped_by(issue) == []
    assert any("Storleken är" in text for text in told(issue, Mark.HINT))


def test_nobody_to_send_to_stops_it():
    issue = write_issue()
    writing.note_test(issue)
    issue.refresh_from_db()
    assert stopped_by(issue) == ["Det finns ingen att skicka till än. Välj fler."]


def test_news_that_visitors_do_not_see_stop_it():
    news = NewsPageFactory(title="Ny lokal", live=False)
    assert stopped_by(ready(body=[*BODY, ("news", news)])) == [
        "Nyheten ”Ny lokal” är inte publicerad."
    ]


def test_a_test_is_of_the_words_as_they_are_and_readers_are_no_words():
    issue = ready()
    Issue.objects.update(audience={"to": ["subscribers"]})
    issue.refresh_from_db()
    assert stopped_by(issue) == []
    Issue.objects.update(greeting="Något nytt.")
    issue.refresh_from_db()
    assert stopped_by(issue) == ["Skicka ett test till dig själv, så som brevet är nu."]


# --- links to others ------------------------------------------------------------------------------

ELSEWHERE = '<p>Läs på <a href="https://exempel.se/om">deras egen sida</a>.</p>'
OUTCOMES = {
    "answers": (Mark.OK, "Alla länkar svarar."),
    "dead": (Mark.STOP, "Länken ”deras egen sida” till exempel.se finns inte längre."),
    "refused": (
        Mark.STOP, "Länken ”deras egen sida” går inte att nå för den som läser (exempel.se).",
    ),
    "unsure": (Mark.HINT, "Länken ”deras egen sida” till exempel.se svarade inte. Pröva den själv."),
    "waiting": (
        Mark.WAIT, "Vi prövar länken ”deras egen sida” till exempel.se. Det tar en liten stund.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_the_worker_found_at_the_others_is_told(outcome):
    issue = ready(body=with_text(ELSEWHERE))
    links.foreign(issue)
    ForeignLink.objects.update(outcome=outcome, tried_at=timezone.now())
    mark, text = OUTCOMES[outcome]
    assert text in told(issue, mark)
    assert bool(checks.stops(issue)) == (mark in (Mark.STOP, Mark.WAIT))


def test_nobody_waits_for_ever_for_a_worker_that_is_away():
    issue = ready(body=with_text(ELSEWHERE))
    assert [check.mark for check in checks.stops(issue)] == [Mark.WAIT]
    ForeignLink.objects.update(asked_at=timezone.now() - links.LONGEST_WAIT)
    assert checks.stops(issue) == []


def test_what_is_half_written_is_never_a_fault_of_ours():
    """Every block as the editor saves it before anything is filled in."""
    empty = [
        ("summary", [""]), ("heading", ""), ("text", ""), ("news", None),
        ("coming", {"days": None, "count": None}), ("facts", [{"term": "", "value": ""}]),
        ("image", {"image": None, "alt": "", "decorative": False, "caption": ""}),
        ("button", {"text": "", "page": None, "address": ""}),
    ]  # fmt: skip
    issue = writing.begin(UserFactory())
    Issue.objects.filter(pk=issue.pk).update(body=empty)
    assert len(checks.stops(Issue.objects.get())) > 5
