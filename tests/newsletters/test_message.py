"""Every letter as it arrives: one reader, right headers, nobody else's links, both parts."""

import re
from urllib.parse import urlsplit

import pytest

from newsletters import doors
from newsletters.emails import issue as words
from newsletters.emails.issue import look_at
from newsletters.models import Delivery, Pace, Subscription
from newsletters.services import choices, sending
from newsletters.templatetags.readings import as_text
from pages.services import foundation
from tests.factories import EventFactory, NewsPageFactory, PersonFactory
from tests.letters import every_row
from tests.newsletters.conftest import BODY, approve, write_issue
from tests.newsletters.test_choices import subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(sink):
    """One to each of three, of whom one wants text only and one is a member with a name."""
    foundation.lay()
    EventFactory(title="Föreläsning & fika", place="Instrumentvägen 10")
    news = NewsPageFactory(title="Ny lokal", summary="Nu är vi på plats.")
    sink.moods.pipelines = True
    subscribed("bo@exempel.se")
    choices.choose(
        "lou@exempel.se", pace=Pace.WEEKLY, text_only=True, source=Subscription.Source.LETTER
    )
    PersonFactory(first_name="Åsa <b>", email="asa@exempel.se", member=True)
    issue = approve(
        write_issue(
            subject="Höst på Instrumentvägen, åäö",
            greeting=".En rad som börjar med punkt\n.\nOch {{ name }} {% now %} = 1",
            body=[*BODY, ("news", news)],
        )
    )
    sending.work()
    assert len(sink.letters) == 3
    return {letter.to[0]: letter for letter in sink.letters} | {"issue": issue}


def html_of(letter) -> str:
    part = letter.message.get_body(("html",))
    return str(part.get_content()) if part else ""


def bare(text: str) -> list[str]:
    """The words, without links and marks of layout."""
    return re.findall(r"\w+", re.sub(r"https?://\S+|List-\S+", " ", text))


def body_words(html: str) -> list[str]:
    inner = re.sub(r"(?s)<head>.*?</head>|<div style=.display:none.*?</div>|<!--.*?-->", " ", html)
    return bare(as_text(inner))


def test_each_letter_is_for_one_reader_and_says_so(letters):
    for address in ("bo@exempel.se", "lou@exempel.se", "asa@exempel.se"):
        letter = letters[address]
        assert letter.to == (address,)
        assert letter.message["To"] == address
        assert letter.message["Cc"] is None
        assert letter.message["Bcc"] is None
        others = {"bo@exempel.se", "lou@exempel.se", "asa@exempel.se"} - {address}
        assert not [one for one in others if one.encode() in letter.raw]


def test_the_headers_of_a_letter_to_many(letters):
    letter = letters["bo@exempel.se"]
    message = letter.message
    row = Delivery.objects.get(email="bo@exempel.se")
    assert message["Message-ID"] == f"<{row.reference.hex}@testserver>"
    assert message["From"] == "Föreningen <nyhetsbrev@testserver>"
    assert message["Reply-To"] == "hej@example.org"
    assert letter.subject == "Höst på Instrumentvägen, åäö"
    assert message["Precedence"] == "bulk"
    assert message["List-Id"].endswith("<nyhetsbrev.testserver>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(
        r"<(http://testserver/nyhetsbrev/avsluta/[^>]+)>,\s*<mailto:[^>]+>",
        message["List-Unsubscribe"],
    )
    assert found
    token = found[1].rstrip("/").rpartition("/")[2]
    assert doors.behind(token, doors.END) == row
    assert message.defects == []


def test_the_text_comes_first_and_html_is_left_out_for_who_wants_text(letters):
    kinds = [part.get_content_type() for part in letters["bo@exempel.se"].message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert letters["lou@exempel.se"].message.get_content_type() == "text/plain"
    assert "Det här händer" in letters["lou@exempel.se"].text


def test_lines_stay_short_and_dots_are_not_lost(letters):
    for address in ("bo@exempel.se", "asa@exempel.se"):
        raw = letters[address].raw
        assert max(len(line) for line in raw.split(b"\r\n")) <= 200
        body = raw.partition(b"\r\n\r\n")[2]
        assert max(len(line) for line in body.split(b"\r\n")) <= 77
        assert ".En rad som börjar med punkt" in letters[address].text
        assert "\r\n.\r\n" in letters[address].text


def test_what_editors_type_is_text(letters):
    assert "{{ name }} {% now %} = 1" in letters["bo@exempel.se"].text
    assert "{{ name }} {% now %} = 1" in html_of(letters["bo@exempel.se"])


def test_a_reader_is_greeted_by_name_in_both_parts_and_others_with_hello(letters):
    kim = letters["asa@exempel.se"]
    assert "Hej Åsa <b>!" in kim.text
    assert "<p>Hej Åsa &lt;b&gt;!</p>" in html_of(kim)
    assert "Hej!" in letters["bo@exempel.se"].text
    assert "mark" not in kim.text + html_of(kim)


def test_it_says_first_how_long_it_takes_to_read():
    for number, minutes in ((10, "1 minut\n"), (150, "1 minut\n"), (151, "2 minuter\n")):
        body = [("text", f"<p>{'ord ' * number}</p>")]
        letter = look_at(write_issue(greeting="", body=body), name="Kim")
        assert f"Lästid {minutes}" in letter[1].partition("Hej")[0], number
        assert f"Lästid {minutes.strip()}<" in letter[2]


def test_the_words_are_the_same_in_text_and_in_html(letters):
    """Down to the foot, which is the same in all our letters."""
    letter = letters["bo@exempel.se"]
    text = letter.text.partition("----")[0]
    html = html_of(letter).partition('<tr><td class="foot"')[0]
    assert sorted(set(bare(text))) == sorted(set(body_words(html)))


def test_nothing_is_fetched_and_nobody_is_followed(letters):
    html = html_of(letters["bo@exempel.se"])
    assert not re.search(r"<(img|script|link|form|iframe)\b|url\(", html)
    links = set(re.findall(r'href="([^"]+)"', html))
    assert {urlsplit(link).netloc for link in links} == {"testserver"}
    code = letters["issue"].code
    asked = {link.partition("?")[2] for link in links} - {""}
    assert asked == {f"kod={code}"}, "the same for all, and nothing else"
    assert len(html.encode()) < 80_000


def test_every_link_belongs_to_its_reader_and_looking_at_it_changes_nothing(letters, client):
    for address in ("bo@exempel.se", "lou@exempel.se", "asa@exempel.se"):
        letter = letters[address]
        links = set(letter.links) | set(re.findall(r'href="([^"]+)"', html_of(letter)))
        links |= set(re.findall(r"<(http[^>]+)>", letter.message["List-Unsubscribe"]))
        tokens = [link.rstrip("/").rpartition("/")[2] for link in links if "/val/" in link]
        assert {doors.behind(token, doors.CHOICE).email for token in tokens} == {address}
        assert len(links) >= 5
        before = every_row()
        for link in links:
            page = urlsplit(link.rstrip(".,)")).path
            for method in (client.get, client.head):
                assert method(page).status_code in (200, 301, 302), page
        assert every_row() == before


def test_a_press_is_a_change_that_would_be_seen(letters, client):
    """The test above is known to bite."""
    before = every_row()
    found = re.search(r"<(http[^>]+)>", letters["bo@exempel.se"].message["List-Unsubscribe"])
    client.post(urlsplit(found[1]).path)
    assert every_row() != before


def test_what_anybody_may_read_holds_nobody():
    """The page is made of this alone, so no reader's name can get there."""
    assert set(words.Public.__dataclass_fields__) == {"title", "on", "greeting", "body"}
