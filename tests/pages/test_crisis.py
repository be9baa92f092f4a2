"""The page that must always be right, and always be there."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from mail.emails import render
from mail.letters import writer_of
from mail.models import Association, Letter
from pages.models import CrisisLine, CrisisPage, CrisisSettings, StartPage
from pages.services import crisis
from samvaro.environment import ROOT
from tests.factories import CrisisLineFactory

# Closed lines: whoever dials them in need meets nobody. Their digits, put together here only, so
# that the search below does not find itself.
CLOSED = [
    "-".join(["0771", "22 00 60"]),
    "-".join(["020", "22 00 60"]),
    "-".join(["08", "34 58 73"]),
]


def words(html: str) -> str:
    """What a reader meets: words without tags, spaces and hyphens as one types them."""
    text = strip_tags(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    text = text.replace("\u00a0", " ").replace("\u2011", "-")
    return re.sub(r" ([.,])", r"\1", " ".join(text.split()))


@pytest.fixture
def stockholm(start: StartPage) -> StartPage:
    association = Association.load()
    association.short_name = "Balans"
    association.phone_hours = "tisdag klockan 13 till 14"
    association.save()
    CrisisLineFactory(
        question=CrisisLine.Question.DANGER,
        name="Psykiatriska akuten på S:t Göran",
        name_is_shown=False,
        number="08-123 492 00",
        dial="0812349200",
        before="Du kan också åka till psykiatriska akuten på S:t Göran. Den är öppen dygnet runt.",
        order=15,
    )
    return start


def test_the_page_says_what_it_should_in_the_order_it_should(
    client: Client, stockholm: StartPage
) -> None:
    said = words(client.get("/akut-hjalp/").content.decode())
    assert (
        "Akut hjälp "
        "Är det fara för ditt liv eller någon annans? "
        "Ring 112. "
        "Du kan också åka till psykiatriska akuten på S:t Göran. Den är öppen dygnet runt. "
        "Ring 08-123 492 00. "
        "Har du tankar på att ta ditt liv? "
        "Ring 90101, Självmordslinjen. Öppet dygnet runt. Du får vara anonym. "
        "Du kan också chatta på mind.se. "
        "Är det upptaget? Ring 90 390, Hjälplinjen. Öppet dygnet runt. De som svarar är utbildade. "
        "Vill du fråga vården? "
        "Ring 1177. Öppet dygnet runt. "
        "Vill du prata med någon i natt? "
        "Ring 08-702 16 80, Jourhavande medmänniska. Öppet klockan 21 till 06. "
        "Är du orolig för någon? "
        "Fråga rakt ut om personen har tankar på att ta sitt liv. Det är inte farligt att fråga. "
        "Stanna kvar och hjälp till att ringa. "
        "Vi i Balans är ingen akutmottagning. Vi läser inte mejl dygnet runt. "
        "Vår telefon är öppen tisdag klockan 13 till 14."
    ) in said


def test_every_number_is_a_link_that_a_phone_can_dial(client: Client, stockholm: StartPage) -> None:
    html = client.get("/akut-hjalp/").content.decode()
    assert re.findall(r'class="call" href="tel:(\d+)"', html) == [
        "112",
        "0812349200",
        "90101",
        "90390",
        "1177",
        "087021680",
    ]


def test_the_page_and_its_look_fit_in_twenty_kilobytes(
    client: Client, stockholm: StartPage
) -> None:
    html = client.get("/akut-hjalp/").content
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', html.decode())
    assert sheets == ["pages/crisis.css"]
    style = (ROOT / "site/pages/static" / sheets[0]).read_bytes()
    assert len(html) + len(style) <= 20_000


def test_the_colours_are_those_of_the_other_pages() -> None:
    ours = _colours(ROOT / "site/pages/static/pages/crisis.css")
    theirs = _colours(ROOT / "site/samvaro/static/samvaro/samvaro.css")
    assert len(ours) == 4
    for own, whole in zip(ours, theirs, strict=True):
        assert own == {name: whole[name] for name in own}


def _colours(sheet: Path) -> list[dict[str, str]]:
    """Name and value of the colours, for each of the four sets in the order of the sheet."""
    sets = re.findall(r"\{([^{}]*--bg:[^{}]*)\}", sheet.read_text(encoding="utf-8"))
    return [
        {name: _long(value) for name, value in re.findall(r"--(\w+):\s*#(\w+)", one)}
        for one in sets
    ]


def _long(colour: str) -> str:
    """#FFF and #ffffff are one colour."""
    return (colour if len(colour) == 6 else "".join(sign * 2 for sign in colour)).lower()


def test_the_copy_needs_no_server(stockholm: StartPage, tmp_path: Path) -> None:
    path = crisis.write_copy(tmp_path / "akut.html")
    html = path.read_text(encoding="utf-8")
    assert "Ring 90101, Självmordslinjen." in words(html)
    assert re.findall(r"<(?:link|script|img|iframe)\b", html) == []
    assert "url(" not in html
    assert re.findall(r'(?:href|src)="(?!tel:|https://mind\.se/)', html) == []
    assert len(html.encode()) <= 20_000


@pytest.mark.django_db(transaction=True)
def test_the_copy_is_written_anew_when_a_number_is_saved_or_the_page_published() -> None:
    from pages.services import foundation

    foundation.lay()
    copy = Path(settings.CRISIS_COPY)
    line = CrisisLineFactory(name="Dagjouren")
    assert "Dagjouren" in copy.read_text(encoding="utf-8")
    line.delete()
    assert "Dagjouren" not in copy.read_text(encoding="utf-8")
    page = CrisisPage.objects.get()
    page.advice = "Stanna hos personen."
    page.save_revision().publish()
    assert "Stanna hos personen." in copy.read_text(encoding="utf-8")


def test_the_command_writes_the_copy_where_it_is_told(
    stockholm: StartPage, tmp_path: Path, capsys: Any
) -> None:
    call_command("write_crisis_page", out=tmp_path / "deep" / "akut.html")
    assert capsys.readouterr().out == f"wrote {tmp_path / 'deep' / 'akut.html'}\n"
    assert (tmp_path / "deep" / "akut.html").is_file()


@pytest.mark.django_db
def test_the_copy_can_be_written_before_there_is_a_page(tmp_path: Path) -> None:
    assert "<h1>Akut hjälp</h1>" in crisis.write_copy(tmp_path / "a.html").read_text("utf-8")


def test_closed_numbers_are_nowhere(client: Client, stockholm: StartPage) -> None:
    bare = {re.sub(r"\D", "", number) for number in CLOSED}
    assert client.get("/akut-hjalp/").content.decode().count("tel:")
    files = [
        file
        for folder in ("site", "events", "members", "newsletters", "volunteers", "docs")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".html", ".txt", ".md", ".css", ".po"}
    ]
    found = {
        (str(file), number)
        for file in files
        if file.name != "crisis.py"  # the list of what is refused
        for number in CLOSED
        if number in (text := file.read_text(encoding="utf-8")) or number.replace("-", " ") in text
    }
    assert found == set()
    assert not {line.dial for line in CrisisLine.objects.all()} & bare


@pytest.mark.django_db
@pytest.mark.parametrize("number", CLOSED)
def test_a_closed_number_is_refused(number: str) -> None:
    line = CrisisLineFactory.build(number=number, dial=re.sub(r"\D", "", number))
    with pytest.raises(ValidationError, match="stängt"):
        line.full_clean()


# --- checks ---------------------------------------------------------------------------------------

TODAY = date(2026, 11, 21)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "by", "due"), [(90, "Robin", False), (91, "Robin", True), (0, "", True)]
)
def test_a_number_is_due_when_nobody_has_checked_it_for_ninety_days(
    days: int, by: str, due: bool
) -> None:
    line = CrisisLineFactory(checked_on=TODAY - timedelta(days=days), checked_by=by)
    assert line.needs_check(TODAY) is due
    assert CrisisLine.objects.to_check(TODAY).filter(pk=line.pk).exists() is due


@pytest.mark.parametrize(("days", "said"), [(180, False), (181, True)])
def test_the_page_says_when_a_number_was_checked_long_ago(
    client: Client, start: StartPage, days: int, said: bool
) -> None:
    checked = timezone.localdate() - timedelta(days=days)
    CrisisLine.objects.all().delete()
    CrisisLineFactory(checked_on=checked)
    html = client.get("/akut-hjalp/").content.decode()
    assert ('<p class="old">Kontrollerad ' in html) is said
    assert "08-123 45 67" in words(html)


@pytest.fixture
def checkers(db: Any) -> None:
    CrisisSettings.objects.create(first_email="robin@exempel.se", second_email="anna@exempel.se")


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def test_two_people_are_asked_once_for_every_ninety_days(checkers: None) -> None:
    CrisisLineFactory(checked_on=TODAY)
    asked = []
    for days in (90, 91, 92, 179, 180, 181):
        with time_machine.travel(f"{TODAY + timedelta(days=days)}T09:00:00+00:00", tick=False):
            asked.append(crisis.ask_for_checks())
    assert asked == [0, 2, 0, 0, 2, 0]
    assert letters() == ["anna@exempel.se"] * 2 + ["robin@exempel.se"] * 2


def test_after_a_check_the_next_ninety_days_begin(checkers: None) -> None:
    line = CrisisLineFactory(checked_on=timezone.localdate() - timedelta(days=100))
    assert crisis.ask_for_checks() == 2
    line.checked_on = timezone.localdate()
    line.save()
    assert crisis.ask_for_checks() == 0


def test_nobody_is_asked_when_nobody_is_named(db: Any) -> None:
    CrisisLineFactory(checked_on=timezone.localdate() - timedelta(days=100))
    assert crisis.ask_for_checks() == 0
    assert letters() == []


def test_the_letter_says_how_long_it_has_been_and_where_the_list_is(checkers: None) -> None:
    line = CrisisLineFactory(checked_on=timezone.localdate() - timedelta(days=90), checked_by="")
    crisis.ask_for_checks()
    letter = Letter.objects.first()
    content = writer_of(letter.kind)(letter)
    subject, text, html = render(content, Association.load())
    assert subject == "Dags att kontrollera akutnumren"
    assert "Det är 90 dagar sedan någon kontrollerade numren på akutsidan." in text
    assert "http://testserver/admin/akutnummer/" in text
    assert "Senast kontrollerade för 90 dagar sedan." in html
    line.checked_by = "Robin"
    line.save()
    assert writer_of(letter.kind)(letter) is None
