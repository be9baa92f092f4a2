"""Search finds what is meant, in the words that people type."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pages.models import NewsIndexPage, SectionPage, StartPage
from pages.services.search import search
from tests.factories import ContentPageFactory, EventFactory, NewsPageFactory


def titles(question: str) -> list[str]:
    return [hit.title for hit in search(question).hits]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("bipolär", "Bipolära sjukdomar"),
        ("bipolar", "Bipolära sjukdomar"),
        ("studiecirklar", "Vår studiecirkel"),
        ("cirkel", "Vår studiecirkel"),
        ("cirklarna", "Vår studiecirkel"),
        ("forelasning", "Föreläsningar om sömn"),
        ("föreläsningen", "Föreläsningar om sömn"),
        ("balanscafe", "Balanscaféer"),
        ("café", "Balanscaféer"),
        ("balansca", "Balanscaféer"),
        ("BALANSCAFÉET", "Balanscaféer"),
        ("grupp", "Samtalsgrupp"),
        ("kassörer", "Bli vår kassör"),
        ("anhörig", "För anhöriga"),
        ("om sömn", "Föreläsningar om sömn"),
        ("sjukdom bipolär", "Bipolära sjukdomar"),
    ],
)
def test_a_page_is_found_by_the_word_that_people_type(
    start: StartPage, question: str, title: str
) -> None:
    ContentPageFactory(title=title)
    ContentPageFactory(title="Något helt annat")
    assert titles(question) == [title]


def test_an_activity_is_found_with_its_next_time(start: StartPage) -> None:
    event = EventFactory(title="Digital yoga")
    (hit,) = search("yogan").hits
    assert (hit.title, hit.url) == ("Digital yoga", event.get_absolute_url())
    assert hit.occasion == event.next_occasion()


def test_the_words_of_the_body_are_found(start: StartPage) -> None:
    ContentPageFactory(title="Hjälp", body=[("text", "<p>Fråga om en vårdplan.</p>")])
    assert titles("vårdplanen") == ["Hjälp"]


def test_a_word_in_the_title_comes_before_one_in_the_text(start: StartPage) -> None:
    ContentPageFactory(
        title="Att sova", body=[("text", "<p>Oron stör.</p><p>Medicin hjälper.</p>")]
    )
    ContentPageFactory(title="Medicin")
    assert titles("medicin") == ["Medicin", "Att sova"]


def test_a_slip_of_the_finger_finds_what_is_most_alike(start: StartPage) -> None:
    ContentPageFactory(title="Depression")
    answer = search("dippression")
    assert [hit.title for hit in answer.hits] == ["Depression"]
    assert answer.near == "depression"


def test_nothing_alike_is_nothing(start: StartPage) -> None:
    ContentPageFactory(title="Depression")
    assert search("xyzzyq").hits == []
    assert search("?!").hits == []
    assert search("och i en").hits == []


def test_signs_that_mean_something_to_the_database_are_only_signs(start: StartPage) -> None:
    ContentPageFactory(title="Sömn")
    assert titles("sömn:* & !('\\") == ["Sömn"]


def test_only_what_anyone_may_read_is_found(start: StartPage) -> None:
    ContentPageFactory(title="Hemlig draft", live=False)
    closed = ContentPageFactory(title="Hemlig sida")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    NewsPageFactory(title="Hemlig gammal", expired=True)
    EventFactory(title="Hemligt utkast", draft=True)
    EventFactory(title="Hemligt över", over=True)
    assert titles("hemlig") == []


def test_news_are_found_until_their_last_day(start: StartPage) -> None:
    NewsPageFactory(title="Nytt kafferum", show_until=timezone.localdate())
    NewsPageFactory(title="Gammalt kafferum", show_until=timezone.localdate() - timedelta(days=1))
    assert titles("kafferum") == ["Nytt kafferum"]


def test_a_renamed_page_is_found_by_its_new_name_only(start: StartPage) -> None:
    page = ContentPageFactory(title="Simning")
    page.title = "Dansbana"
    page.save()
    assert (titles("simning"), titles("dansbana")) == ([], ["Dansbana"])


def test_sections_and_lists_are_found(start: StartPage) -> None:
    assert titles("nyheter") == [NewsIndexPage.objects.get().title]
    assert titles("stöd") == [SectionPage.objects.get(slug="stod").title]
