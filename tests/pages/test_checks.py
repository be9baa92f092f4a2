"""A page that a reader could not read, hear or follow is stopped before it is published."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pages.models import CrisisPage, NewsIndexPage, SectionPage, StartPage
from pages.services.checks import Remark, stops, warnings
from tests.factories import ContentPageFactory, EventFactory, NewsPageFactory

EASY = "<p>" + "Du får komma som du är. " * 6 + "</p>"
HEAVY = (
    "<p>" + "Verksamhetsberättelsen presenterar organisationsutvecklingen utförligt. " * 8 + "</p>"
)
# 6 words a sentence, 2 of them long: LIX 39.
MIDDLING = "<p>" + "Vi träffas tillsammans på ett fik. " * 6 + "</p>"


def fields(page: Any) -> list[str]:
    return [remark.field for remark in stops(page)]


def test_an_easy_page_goes_out_without_a_word(start: StartPage) -> None:
    page = ContentPageFactory(body=[("text", EASY)])
    assert (stops(page), warnings(page)) == ([], [])


def test_a_page_above_lix_40_is_stopped(start: StartPage) -> None:
    (remark,) = stops(ContentPageFactory(body=[("text", HEAVY)]))
    assert remark.field == ""
    assert "högst 40" in remark.text


def test_a_page_above_lix_35_is_warned_about_and_goes_out(start: StartPage) -> None:
    page = ContentPageFactory(ingress="Vi ses.", body=[("text", MIDDLING)])
    assert stops(page) == []
    (remark,) = warnings(page)
    assert "Sikta på högst 35" in remark.text
    assert page.weak_points == "hard-to-read"


def test_a_long_section_without_a_heading_is_warned_about(start: StartPage) -> None:
    text = "<p>" + "Du får vara med. " * 31 + "</p>"
    page = ContentPageFactory(body=[("heading", {"text": "Om oss", "level": "h2"}), ("text", text)])
    assert [remark.field for remark in warnings(page)] == ["body"]
    assert page.weak_points == "long-section"
    shorter = "<p>" + "Du får vara med. " * 30 + "</p>"
    body = [("heading", {"text": "Om oss", "level": "h2"}), ("text", shorter)]
    assert warnings(ContentPageFactory(body=body)) == []


def test_more_than_400_words_need_a_summary_first(start: StartPage) -> None:
    text = "<p>" + "Du får vara med. " * 101 + "</p>"
    page = ContentPageFactory(body=[("text", text)])
    assert fields(page) == ["in_short"]
    assert stops(ContentPageFactory(body=[("text", text)], in_short="Du får vara med.")) == []
    block = [("summary", "Du får vara med."), ("text", text)]
    assert stops(ContentPageFactory(body=block)) == []


def test_news_whose_last_day_has_been_are_stopped(start: StartPage) -> None:
    assert fields(NewsPageFactory(expired=True)) == ["show_until"]
    assert fields(NewsPageFactory(show_until=timezone.localdate())) == []


def test_a_page_whose_time_is_over_is_stopped(start: StartPage) -> None:
    page = ContentPageFactory(expire_at=timezone.now() - timedelta(minutes=1))
    assert fields(page) == ["expire_at"]


def test_a_news_picture_is_described_or_decoration(start: StartPage) -> None:
    picture = get_image_model().objects.create(title="Kök", file=get_test_image_file())
    assert fields(NewsPageFactory(image=picture)) == ["image_alt"]
    assert fields(NewsPageFactory(image=picture, image_alt="Ett nytt kök")) == []
    assert fields(NewsPageFactory(image=picture, image_is_decoration=True)) == []


def link(attributes: str) -> list[tuple[str, str]]:
    return [("text", f"<p><a {attributes}>Våra träffar</a></p>")]


def test_a_link_of_ours_must_lead_to_a_page_that_visitors_can_see(start: StartPage) -> None:
    draft = ContentPageFactory(slug="utkast", live=False)
    seen = ContentPageFactory(slug="syns")
    EventFactory(slug="yoga")
    EventFactory(slug="utkast", draft=True)
    alive = [
        f'linktype="page" id="{seen.pk}"',
        'href="/stod/syns/"',
        'href="/aktiviteter/?for=nya"',
        'href="/aktiviteter/yoga/"',
        'href="/sok/"',
        'href="/akut-hjalp/#fraga-1"',
        'href="https://www.1177.se/finns-inte/"',
        'href="mailto:info@exempel.se"',
    ]
    dead = [
        f'linktype="page" id="{draft.pk}"',
        'linktype="page" id="999999"',
        'href="/stod/utkast/"',
        'href="/finns-inte/"',
        'href="/aktiviteter/utkast/"',
        'href="/aktiviteter/finns-inte/"',
    ]
    assert {target: fields(ContentPageFactory(body=link(target))) for target in alive} == {
        target: [] for target in alive
    }
    assert {target: fields(ContentPageFactory(body=link(target))) for target in dead} == {
        target: ["body"] for target in dead
    }


def test_links_in_questions_boxes_and_buttons_are_followed_too(start: StartPage) -> None:
    dead = '<p><a href="/finns-inte/">Våra träffar</a></p>'
    bodies = [
        [("questions", [{"question": "Hur?", "answer": dead}])],
        [("box", {"kind": "info", "text": dead})],
        [("button", {"text": "Se träffar", "page": None, "address": "/finns-inte/"})],
    ]
    assert [fields(ContentPageFactory(body=body)) for body in bodies] == [["body"]] * 3


def test_a_link_says_which_words_it_stands_on(start: StartPage) -> None:
    assert stops(ContentPageFactory(body=link('href="/finns-inte/"'))) == [
        Remark("body", "Länken ”Våra träffar” leder ingenstans. Välj en sida som finns.")
    ]


def test_a_faulty_body_is_stopped_whichever_way_it_is_published(start: StartPage) -> None:
    assert fields(ContentPageFactory(body=[("text", "<p>Vi ses 10 december.</p>")])) == ["body"]


@pytest.mark.parametrize("model", [StartPage, SectionPage, NewsIndexPage, CrisisPage])
def test_the_first_pages_pass_their_own_checks(start: StartPage, model: Any) -> None:
    assert [stops(page) for page in model.objects.all()] == [[]] * model.objects.count()
